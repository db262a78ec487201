package storetest

import (
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Run runs the conformance suite. Its subtests are named by subject and by the
// sentence of package store's comments that they hold the store to.
func Run(t *testing.T, open Open) {
	for _, s := range subjects {
		t.Run(s.name, func(t *testing.T) { s.run(t, open) })
	}
}

// RunConcurrent runs the part of the suite that calls a store from several
// goroutines: what the race detector has to see.
func RunConcurrent(t *testing.T, open Open) {
	for _, s := range []subject{concurring, closing} {
		t.Run(s.name, func(t *testing.T) { s.run(t, open) })
	}
}

// subject is a part of the contract, in a file of its name.
type subject struct {
	name string
	// data is written to the store before the cases run.
	data func() []statement.Commit
	// fresh: each case changes what is stored, so it gets a store of its own.
	fresh bool
	cases []sentence
}

// sentence is a case. What it says are words of the contract, as they stand there.
type sentence struct {
	says string
	test func(t *testing.T, s *suite)
}

var subjects = []subject{
	reading, filtering, ordering, paging, nesting, grouping, expanding, shortening, finding, logging, writing, merging,
	viewing, lasting, limiting, concurring, closing,
}

func (s *subject) run(t *testing.T, open Open) {
	var shared *suite
	if !s.fresh {
		shared = s.start(t, open)
	}
	for _, c := range s.cases {
		t.Run(c.says, func(t *testing.T) {
			on := shared
			if s.fresh {
				on = s.start(t, open)
			}
			c.test(t, on)
		})
	}
}

func (s *subject) start(t *testing.T, open Open) *suite {
	t.Helper()
	on := &suite{open(t)}
	if s.data != nil {
		for _, c := range s.data() {
			on.commit(t, c)
		}
	}
	return on
}

// suite is the store that a case runs on.
type suite struct{ Harness }

// budget is more than any case reads.
const budget = 100_000

// write stores the statements in one commit.
func (s *suite) write(t *testing.T, add ...statement.Statement) statement.Receipt {
	t.Helper()
	return s.commit(t, statement.Commit{Add: add})
}

// retract retracts the statements in one commit.
func (s *suite) retract(t *testing.T, ids ...string) statement.Receipt {
	t.Helper()
	return s.commit(t, statement.Commit{Retract: ids})
}

func (s *suite) commit(t *testing.T, c statement.Commit) statement.Receipt {
	t.Helper()
	receipt, err := s.Store().Write(t.Context(), c)
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return receipt
}

// read answers one selection; a page whose size is not set holds everything.
func (s *suite) read(t *testing.T, view store.View, selection store.Selection) store.Page {
	t.Helper()
	return s.pages(t, view, selection)[0]
}

func (s *suite) pages(t *testing.T, view store.View, selections ...store.Selection) []store.Page {
	t.Helper()
	pages, err := s.Store().Read(t.Context(), view, budget, selections)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	if len(pages) != len(selections) {
		t.Fatalf("read: %d pages for %d selections", len(pages), len(selections))
	}
	return pages
}

// shows checks what the public view answers, as tree writes it.
func (s *suite) shows(t *testing.T, selection store.Selection, want string) {
	t.Helper()
	s.showsIn(t, statement.PublicView, selection, want)
}

func (s *suite) showsIn(t *testing.T, view store.View, selection store.Selection, want string) {
	t.Helper()
	if got := tree(s.read(t, view, selection)); got != want {
		t.Errorf("%v view: got %q, want %q", view, got, want)
	}
}
