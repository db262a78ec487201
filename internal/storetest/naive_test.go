package storetest_test

import (
	"testing"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// harness is that of the naive store, which keeps nothing: opening the same data
// again is going on with it.
type harness struct{ naive *storetest.Naive }

func (h harness) Store() store.Store            { return h.naive }
func (h harness) Reopen(*testing.T) store.Store { return h.naive }

func open(*testing.T) storetest.Harness { return harness{storetest.NewNaive()} }

func TestConformance(t *testing.T) { storetest.Run(t, open) }

func TestProperties(t *testing.T) { storetest.RunProperties(t, open) }
