package embedstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// everything are the buckets of a file.
var everything = append(append([][]byte{}, recorded...), projected...)

func person(id, name string) statement.Commit {
	return statement.Commit{Add: []statement.Statement{
		{ID: id + ".type", Subject: id, Property: "type", Value: "Person", Source: "src"},
		{ID: id + ".name", Subject: id, Property: "name", Value: name, Source: "src"},
	}}
}

func write(t testing.TB, s *Store, c statement.Commit) statement.Receipt {
	t.Helper()
	receipt, err := s.Write(t.Context(), c)
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return receipt
}

func TestMemoryIsWhatTheFileSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t, t.TempDir())
		defer closeStore(t, s)
		for _, c := range storetest.Commits(rt) {
			before := contents(rt, s, everything...)
			if _, err := s.Write(t.Context(), c); err != nil {
				if diff := difference(before, contents(rt, s, everything...)); diff != "" {
					rt.Fatalf("a refused commit (%v) changed the file:\n%s", err, diff)
				}
			}
			sameGraph(rt, s)
		}
	})
}

func TestWriteOfAnEndedContextChangesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := open(t, t.TempDir())
	s.now = func() time.Time {
		cancel() // in the midst of the write
		return time.Now()
	}
	before := contents(t, s, everything...)
	if _, err := s.Write(ctx, person("p1", "Ana Ficticia")); !errors.Is(err, context.Canceled) {
		t.Fatalf("write: %v, want the context's error", err)
	}
	if diff := difference(before, contents(t, s, everything...)); diff != "" {
		t.Errorf("the file changed:\n%s", diff)
	}
	sameGraph(t, s)
	if r := write(t, s, person("p1", "Ana Ficticia")); r.Sequence != 1 {
		t.Errorf("the next write is commit %d, want 1", r.Sequence)
	}
}

func TestWaitingToWriteEndsWithTheContext(t *testing.T) {
	s := open(t, t.TempDir())
	if err := s.enter(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer s.leave()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := s.Write(ctx, person("p1", "Ana Ficticia")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("write: %v, want the deadline", err)
	}
}

// While commits come, every read sees entities and statements of the same commits.
func TestReadsSeeWholeCommits(t *testing.T) {
	s := open(t, t.TempDir())
	write(t, s, statement.Commit{Add: []statement.Statement{
		{ID: "src.type", Subject: "src", Property: "type", Value: "Source", Source: "src"},
	}})
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					readWhole(t, s)
				}
			}
		})
	}
	for i := range 200 {
		write(t, s, person(fmt.Sprintf("p%d", i), "Ana Ficticia"))
	}
	close(done)
	readers.Wait()
}

func readWhole(t *testing.T, s *Store) {
	all := store.PageOf{First: store.Everything}
	pages, err := s.Read(t.Context(), statement.FullView, 10_000, []store.Selection{
		{Types: []string{"Person"}, Page: all, Nested: []store.Nested{{
			Theirs: statement.KeySubject, Mine: "id", Selection: store.Selection{Of: store.StatementRows, Page: all},
		}}},
		{Of: store.StatementRows, Page: all},
	})
	if err != nil {
		t.Errorf("read: %v", err)
		return
	}
	people := pages[0].Rows
	for i := range people {
		if n := len(people[i].Nested[0].Rows); n != 2 {
			t.Errorf("%s has %d statements, want 2", people[i].Row.ID, n)
		}
	}
	if got, want := len(pages[1].Rows), 2*len(people)+1; got != want {
		t.Errorf("%d statements of %d people, want %d", got, len(people), want)
	}
}

func TestRowsThatWereReadStayAsTheyWere(t *testing.T) {
	s := open(t, t.TempDir())
	write(t, s, person("p1", "Ana Ficticia"))
	only := []store.Selection{{IDs: []string{"p1"}, Page: store.PageOf{First: 1}, Keys: []string{"name"}}}
	read := func() *store.Row {
		pages, err := s.Read(t.Context(), statement.PublicView, 10, only)
		if err != nil {
			t.Fatal(err)
		}
		return pages[0].Rows[0].Row
	}
	row := read()
	write(t, s, statement.Commit{
		Retract: []string{"p1.name"},
		Add:     []statement.Statement{{Subject: "p1", Property: "name", Value: "Berta Inventada", Source: "src"}},
	})
	if got := row.Values.Text("name"); got != "Ana Ficticia" {
		t.Errorf("a row that was read has become %q", got)
	}
	if got := read().Values.Text("name"); got != "Berta Inventada" {
		t.Errorf("the row reads %q after the change", got)
	}
}

func TestFailedCommitChangesNothing(t *testing.T) {
	s := open(t, t.TempDir())
	write(t, s, person("p1", "Ana Ficticia"))
	before := contents(t, s, everything...)
	s.db.MaxSize = 1 // the file cannot grow
	var err error
	for i := 2; err == nil && i < 1000; i++ {
		before = contents(t, s, everything...)
		_, err = s.Write(t.Context(), person(fmt.Sprintf("p%d", i), "Ana Ficticia"))
	}
	if !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("write: %v, want ErrUnavailable", err)
	}
	if diff := difference(before, contents(t, s, everything...)); diff != "" {
		t.Errorf("the file changed:\n%s", diff)
	}
	sameGraph(t, s)
	s.db.MaxSize = 0
	sequence := s.sequence
	if r := write(t, s, person("p0", "Ana Ficticia")); r.Sequence != sequence+1 {
		t.Errorf("the next commit is %d, want %d", r.Sequence, sequence+1)
	}
	sameGraph(t, s)
}

// A commit of which nobody can tell whether it is durable closes the store.
func TestHalfFailedCommitClosesTheStore(t *testing.T) {
	s := open(t, t.TempDir())
	failure := errors.New("the disk is gone")
	err := s.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Put(sequenceKey, number(1)) })
	if err != nil {
		t.Fatal(err)
	}
	if err := s.uncommitted(failure); !errors.Is(err, store.ErrUnavailable) || !errors.Is(err, failure) {
		t.Errorf("the error is %v", err)
	}
	if _, err := s.Read(t.Context(), statement.PublicView, 1, nil); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("read: %v, want ErrUnavailable", err)
	}
}
