package network

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// reading counts what is read of a store.
type reading struct {
	*storetest.Naive
	mu          sync.Mutex
	reads, logs int
}

func (r *reading) Read(ctx context.Context, view store.View, budget int, s []store.Selection) ([]store.Page, error) {
	r.mu.Lock()
	r.reads++
	r.mu.Unlock()
	return r.Naive.Read(ctx, view, budget, s)
}

func (r *reading) Log(ctx context.Context, view store.View, entity string, after uint64, limit int) ([]statement.Entry, error) {
	r.mu.Lock()
	r.logs++
	r.mu.Unlock()
	return r.Naive.Log(ctx, view, entity, after, limit)
}

func (r *reading) write(t *testing.T, more ...statement.Statement) {
	t.Helper()
	if _, err := r.Write(t.Context(), statement.Commit{By: "a test", Add: more}); err != nil {
		t.Fatal(err)
	}
}

// friends are two people and a link between them, with ids that end in n.
func friends(n int) []statement.Statement {
	id := strconv.Itoa(n)
	return []statement.Statement{
		{ID: "a" + id, Subject: "ana" + id, Property: "type", Value: "Person", Source: "s"}, {ID: "b" + id, Subject: "ben" + id, Property: "type", Value: "Person", Source: "s"},
		{ID: "l" + id, Subject: "ana" + id, Property: "ASSOCIATE_OF", Entity: "ben" + id, Source: "s"},
	}
}

func TestMeasuresAreMadeOnceForEachStateOfTheData(t *testing.T) {
	r := &reading{Naive: storetest.NewNaive()}
	r.write(t, friends(0)...)
	n := New(r, DefaultLimits)
	ranking := func(view store.View, m Measure) int {
		c, err := n.Centrality(t.Context(), view, m, MeasureScope{})
		if err != nil {
			t.Fatal(err)
		}
		return len(c.IDs)
	}
	for i, step := range []struct {
		view      store.View
		measure   Measure
		ids, read int
	}{
		{store.PublicView, Degree, 2, 1}, {store.PublicView, Degree, 2, 1}, {store.FullView, Degree, 2, 2}, {store.PublicView, PageRank, 2, 3}, {store.PublicView, Degree, 2, 3},
	} {
		if got := ranking(step.view, step.measure); got != step.ids || r.reads != step.read {
			t.Errorf("%d: %d entities after %d reads", i, got, r.reads)
		}
	}
	r.write(t, friends(1)...)
	if got := ranking(store.PublicView, Degree); got != 4 || r.reads != 4 {
		t.Errorf("%d entities after %d reads", got, r.reads)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := n.Communities(t.Context(), store.PublicView, 1, MeasureScope{}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if r.reads != 5 {
		t.Errorf("%d reads", r.reads)
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	r := &reading{Naive: storetest.NewNaive()}
	r.write(t, friends(0)...)
	limits := DefaultLimits
	limits.Cache = 2*2*bytesPerEntity + 300
	n := New(r, limits)
	for _, m := range []Measure{Degree, PageRank, Degree, Closeness, Degree, PageRank} {
		if _, err := n.Centrality(t.Context(), store.PublicView, m, MeasureScope{Scope: Scope{Relations: []string{"ASSOCIATE_OF"}}}); err != nil {
			t.Fatal(err)
		}
		if n.cache.used > limits.Cache || len(n.cache.entries) > 2 {
			t.Errorf("%d bytes of %d, %d entries", n.cache.used, limits.Cache, len(n.cache.entries))
		}
	}
	if r.reads != 4 { // Degree, PageRank, Closeness in the place of PageRank, PageRank
		t.Errorf("%d reads", r.reads)
	}
}

// Who waits for an answer that another was making gets it, although the other gives up.
func TestAnAnswerThatWasGivenUpIsMadeByWhoWaits(t *testing.T) {
	n := New(&reading{Naive: storetest.NewNaive()}, DefaultLimits)
	making, cancel := context.WithCancel(t.Context())
	started, first := make(chan bool), make(chan error)
	go func() {
		_, err := cached(making, n, store.PublicView, "q", func(ctx context.Context) (int, int, error) {
			close(started)
			<-ctx.Done()
			return 0, 0, ctx.Err()
		})
		first <- err
	}()
	<-started
	second := make(chan int)
	go func() {
		answer, err := cached(t.Context(), n, store.PublicView, "q", func(context.Context) (int, int, error) { return 7, 1, nil })
		if err != nil {
			t.Error(err)
		}
		second <- answer
	}()
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := <-second; got != 7 {
		t.Error(got)
	}
}

func TestTheEndOfTheLogIsFound(t *testing.T) {
	r := &reading{Naive: storetest.NewNaive()}
	n := New(r, DefaultLimits)
	commits := 0
	for _, target := range []int{0, 1, 2, 3, 8, 9, 40, 41, 200} {
		for ; commits < target; commits++ {
			r.write(t, friends(commits)...)
		}
		r.logs = 0
		for range 2 {
			if got, err := n.sequence(t.Context()); err != nil || got != uint64(commits) {
				t.Errorf("%d, not %d: %v", got, commits, err)
			}
		}
		if r.logs > 20 {
			t.Errorf("%d readings for %d commits", r.logs, commits)
		}
	}
}

func TestAGraphHasItsBounds(t *testing.T) {
	r := &reading{Naive: storetest.NewNaive()}
	r.write(t, slices.Concat(friends(0), friends(1))...)
	limits := DefaultLimits
	limits.Graph = 1
	for range 2 {
		_, err := New(r, limits).Centrality(t.Context(), store.PublicView, Degree, MeasureScope{})
		if tooMuch, is := errors.AsType[*TooMuch](err); !is || *tooMuch != (TooMuch{"links", 1}) {
			t.Error(err)
		}
	}
}
