package embedstore

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// outdated makes the rows those of an older projection, and wrong.
func outdated(key []byte) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		if err := tx.Bucket(metaBucket).Put(key, []byte("older")); err != nil {
			return err
		}
		for _, name := range projected {
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		b, err := tx.CreateBucket(entityRows)
		if err != nil {
			return err
		}
		row := &statement.Row{ID: "ghost", Type: "Person"}
		return b.Put([]byte("ghost"), encodeTwin(statement.Twin{ID: "ghost", Public: row, Full: row}))
	}
}

func TestRowsOfAnotherProjectionAreMadeAnew(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := fresh(t).(*harness)
		defer func() { closeStore(t, h.store) }()
		for _, c := range storetest.Commits(rt) {
			_, _ = h.store.Write(t.Context(), c) // some are meant to be refused
		}
		before, graph := contents(t, h.store, everything...), draw(h.store.graph)
		key := rapid.SampledFrom([][]byte{projectionKey, rowsKey}).Draw(rt, "key")
		if err := h.store.db.Update(outdated(key)); err != nil {
			rt.Fatal(err)
		}
		h.Reopen(t)
		if diff := difference(before, contents(t, h.store, everything...)); diff != "" {
			rt.Fatalf("the file is another one (-before +after):\n%s", diff)
		}
		if diff := difference(graph, draw(h.store.graph)); diff != "" {
			rt.Fatalf("memory is another one (-before +after):\n%s", diff)
		}
	})
}

func TestRefreshSaysSo(t *testing.T) {
	h := fresh(t).(*harness)
	write(t, h.store, person("p1", "Ana Ficticia"))
	if err := h.store.db.Update(outdated(projectionKey)); err != nil {
		t.Fatal(err)
	}
	closeStore(t, h.store)
	var log bytes.Buffer
	s, err := Open(h.dir, Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	defer closeStore(t, s)
	for _, word := range []string{"the projection has changed", "from=older", "to=" + statement.Version(), "projected all"} {
		if !strings.Contains(log.String(), word) {
			t.Errorf("the log does not say %q:\n%s", word, &log)
		}
	}
}

func TestBrokenOffRefreshStartsAgain(t *testing.T) {
	h := fresh(t).(*harness)
	write(t, h.store, person("p1", "Ana Ficticia"))
	before := contents(t, h.store, everything...)
	if err := h.store.db.Update(clearProjected); err != nil { // and no more, as if killed then
		t.Fatal(err)
	}
	h.Reopen(t)
	if diff := difference(before, contents(t, h.store, everything...)); diff != "" {
		t.Errorf("the file is another one (-before +after):\n%s", diff)
	}
}
