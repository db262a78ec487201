package embedstore

import (
	"context"
	"testing"
	"time"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

func TestConformance(t *testing.T) { storetest.Run(t, fresh) }

func TestProperties(t *testing.T) { storetest.RunProperties(t, fresh) }

// harness is a store in a folder of its own.
type harness struct {
	dir   string
	now   func() time.Time
	store *Store
}

func fresh(t *testing.T) storetest.Harness {
	t.Helper()
	h := &harness{dir: t.TempDir(), now: storetest.Clock()}
	h.open(t)
	return h
}

func (h *harness) Store() store.Store { return h.store }

func (h *harness) Reopen(t *testing.T) store.Store {
	t.Helper()
	closeStore(t, h.store)
	h.open(t)
	return h.store
}

func (h *harness) open(t *testing.T) {
	t.Helper()
	h.store = open(t, h.dir)
	h.store.now = h.now
}

// open opens a store that is closed when the test ends. It leaves it to the
// operating system when what is written reaches the disk.
func open(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{noSync: true})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() { closeStore(t, s) })
	return s
}

func closeStore(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(context.WithoutCancel(t.Context())); err != nil {
		t.Errorf("close: %v", err)
	}
}
