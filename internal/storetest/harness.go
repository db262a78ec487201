package storetest

import (
	"testing"

	"github.com/vinculo/vinculo/internal/store"
)

// Harness is one store under test, opened on no data but what it creates itself.
// Its times are those of one Clock. The suite has one in use at a time: the next may be opened in the same place once
// the last one's test has ended or its store is closed. A harness closes its store
// by t.Cleanup, closed already or not.
type Harness interface {
	// Store gives the store, the same at each call until Reopen.
	Store() store.Store
	// Reopen closes the store and opens the same data again. A store that keeps
	// nothing gives the one that is open.
	Reopen(t *testing.T) store.Store
}

// Unsteady is a Harness of a store that reads committed data without a snapshot.
// BetweenPieces has fn called between any two pieces of every later read, in each
// of its attempts, with no lock held that keeps fn from writing; nil ends that.
type Unsteady interface {
	BetweenPieces(fn func())
}

// Open opens a fresh, empty store. It fails the test if it cannot.
type Open func(t *testing.T) Harness
