package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// RunProperties checks on random graphs that a store answers as the naive one
// does, and that nothing withheld bears on what the public view answers. Each
// check opens one store, writes one graph and reads it many times; how many
// checks there are is set by -rapid.checks.
func RunProperties(t *testing.T, open Open) {
	t.Run("answers as the naive store does", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			pair := openPair(t, rt, open)
			defer pair.close()
			for _, c := range Commits(rt) {
				pair.write(c)
			}
			if rapid.IntRange(0, 3).Draw(rt, "reopened") == 3 {
				pair.tested = pair.harness.Reopen(t)
			}
			pair.sameState()
			pair.sameReads(Selections(rt))
			pair.sameFinds(drawQuestions(rt))
		})
	})
	t.Run("data sets that differ in what is withheld answer the public alike", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) { withheld(t, rt, open) })
	})
}

// pair is a store under test and the naive store, written alike.
type pair struct {
	t       *testing.T
	rt      *rapid.T
	harness Harness
	tested  store.Store
	naive   *Naive
}

func openPair(t *testing.T, rt *rapid.T, open Open) *pair {
	h := open(t)
	return &pair{t: t, rt: rt, harness: h, tested: h.Store(), naive: NewNaive()}
}

func (p *pair) close() {
	if err := p.tested.Close(p.t.Context()); err != nil {
		p.rt.Errorf("close: %v", err)
	}
}

func (p *pair) write(c statement.Commit) {
	want, wantErr := p.naive.Write(p.t.Context(), c)
	got, err := p.tested.Write(p.t.Context(), c)
	if !sameError(wantErr, err) {
		p.rt.Fatalf("write: %v, want %v", err, wantErr)
	}
	if diff := difference(want, got); diff != "" {
		p.rt.Fatalf("receipt (-want +got):\n%s", diff)
	}
}

// sameError reports whether two errors are of one kind; what a writer is told is
// the same to the letter.
func sameError(want, got error) bool {
	if want == nil || got == nil {
		return want == nil && got == nil
	}
	for _, kind := range []error{store.ErrInvalid, store.ErrConflict, store.ErrNotFound, store.ErrUnavailable, store.ErrTooExpensive} {
		if errors.Is(want, kind) != errors.Is(got, kind) {
			return false
		}
	}
	var a, b *statement.Error
	return errors.As(want, &a) == errors.As(got, &b) && (a == nil || *a == *b)
}

// sameState compares all rows, links by entity and logs.
func (p *pair) sameState() {
	for _, view := range statement.Views {
		want, got := stateOf(p.rt, p.naive, view), stateOf(p.rt, p.tested, view)
		if diff := difference(want, got); diff != "" {
			p.rt.Fatalf("%v view, whole state (-want +got):\n%s", view, diff)
		}
	}
}

// state is all that a store shows of itself in a view.
type state struct {
	Pages   []store.Page
	Links   []store.Links
	Few     []store.Links // no more than one an entity
	Ways    []store.Ways  // between neighbors in the list of ids
	Log     []statement.Entry
	LogOf   [][]statement.Entry // by entity
	LogFrom []statement.Entry   // two after the first
	Found   [][]string          // by asked
}

// tester is what *testing.T and *rapid.T share.
type tester interface {
	Helper()
	Context() context.Context
	Fatalf(format string, args ...any)
}

func stateOf(t tester, s store.Store, view store.View) (st state) {
	t.Helper()
	var errs []error
	keep := func(err error) { errs = append(errs, err) }
	selections := Whole()
	for i := range selections { // one at a time: a query of them all would be too much for a store that plans it
		pages, err := s.Read(t.Context(), view, budget, selections[i:i+1])
		keep(err)
		st.Pages = append(st.Pages, answers(selections[i:i+1], pages)...)
	}
	var err error
	st.Links, err = s.Expand(t.Context(), view, append(entityIDs, "nobody", "p1"), nil, linkKeys, 1000)
	keep(err)
	st.Few, err = s.Expand(t.Context(), view, entityIDs, []string{"MEMBER_OF", "RELATIVE_OF", vocab.HasDetention}, linkKeys[:2], 1)
	keep(err)
	for i, id := range entityIDs {
		q := store.Way{From: id, To: entityIDs[(i+1)%len(entityIDs)], Length: 4, Keys: linkKeys, Most: 3}
		if i%2 == 0 {
			q.Relations, q.Without = []string{"MEMBER_OF", "RELATIVE_OF", vocab.HasDetention, "HELD_AT"}, []string{entityIDs[(i+2)%len(entityIDs)]}
		}
		ways, err := s.Shortest(t.Context(), view, q)
		keep(err)
		st.Ways = append(st.Ways, ways)
	}
	st.Log, err = s.Log(t.Context(), view, "", 0, 1000)
	keep(err)
	for _, id := range entityIDs {
		entries, err := s.Log(t.Context(), view, id, 0, 1000)
		keep(err)
		st.LogOf = append(st.LogOf, entries)
	}
	st.LogFrom, err = s.Log(t.Context(), view, "", 1, 2)
	keep(err)
	st.Found, err = s.Find(t.Context(), view, asked)
	keep(err)
	if err := errors.Join(errs...); err != nil {
		t.Fatalf("%v view: %v", view, err)
	}
	return st
}

// Whole selects every row that a generated graph can have, with its values.
func Whole() []store.Selection {
	list := []store.Selection{
		{Of: store.LinkRows, Keys: keysOf(store.LinkRows, nil)},
		{Of: store.StatementRows, Keys: keysOf(store.StatementRows, nil)},
		{IDs: []string{vocab.Editorial}, Keys: []string{"name", "title"}},
	}
	for _, t := range typeNames {
		list = append(list, store.Selection{Types: []string{t}, Keys: keysOf(store.Entities, []string{t})})
	}
	for i := range list {
		list[i].Page.First = store.Everything
		list[i].Total, list[i].Ends = true, true
	}
	return list
}

// sameReads compares the answers to selections in both views, each alone and all
// together, and with a budget that may be too small.
func (p *pair) sameReads(selections []store.Selection) {
	for _, view := range statement.Views {
		for i := range selections {
			p.sameRead(view, budget, selections[i:i+1])
		}
		p.sameRead(view, rapid.IntRange(0, 40).Draw(p.rt, "budget"), selections)
	}
}

func (p *pair) sameRead(view store.View, budget int, selections []store.Selection) {
	want, wantErr := p.naive.Read(p.t.Context(), view, budget, selections)
	got, err := p.tested.Read(p.t.Context(), view, budget, selections)
	if !sameError(wantErr, err) {
		p.rt.Fatalf("%v view, budget %d: %v, want %v, for\n%s", view, budget, err, wantErr, Describe(selections))
	}
	if diff := Diff(selections, want, got); diff != "" {
		p.rt.Fatalf("%v view (-want +got):\n%s\nfor\n%s", view, diff, Describe(selections))
	}
}

func (p *pair) sameFinds(questions []store.Question) {
	for _, view := range statement.Views {
		want, wantErr := p.naive.Find(p.t.Context(), view, questions)
		got, err := p.tested.Find(p.t.Context(), view, questions)
		if wantErr != nil || err != nil {
			p.rt.Fatalf("%v view: %v, %v", view, wantErr, err)
		}
		if diff := difference(want, got); diff != "" {
			p.rt.Fatalf("%v view (-want +got):\n%s\nfor %+v", view, diff, questions)
		}
	}
}

// Describe writes selections for people to read.
func Describe(selections []store.Selection) string {
	text := ""
	for i := range selections {
		text += fmt.Sprintf("%d: %s\n", i, describe(&store.Nested{Selection: selections[i]}))
	}
	return text
}
