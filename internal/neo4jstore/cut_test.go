package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

func TestSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSeen(3)
		key := func(i int) textKey { return keyOf(fmt.Sprint(i)) }
		for i := range 4 {
			if s.planned(key(i)) || s.answered(key(i)) {
				t.Errorf("%d is new", i)
			}
			s.planned(key(0)) // in use
		}
		for _, i := range []int{0, 2, 3} {
			if !s.answered(key(i)) {
				t.Errorf("%d came again and is not planned", i)
			}
			s.ready(key(i))
		}
		s.bar(key(2))
		planned := func() (got string) {
			for i := range 4 {
				if s.planned(key(i)) {
					got += fmt.Sprint(i)
				}
			}
			return got
		}
		if got := planned(); got != "03" || len(s.texts) != 3 || s.order.Len() != 3 {
			t.Errorf("planned: %s", got)
		}
		if s.answered(key(2)) || s.answered(key(3)) {
			t.Error("what is barred or planned is to be planned")
		}
		time.Sleep(barred + time.Second)
		if got := planned(); got != "023" {
			t.Errorf("after a while, planned: %s", got)
		}
	})
}

// step is a nested selection along a relation field, a page of ten.
func step(typ, field string, nested ...store.Nested) store.Nested {
	return store.Nested{Step: store.StepOf(vocab.TypeOf(typ).Field(field)), Selection: store.Selection{
		Page: store.PageOf{First: 10}, Keys: []string{"name"}, Total: true, Ends: true, Nested: nested,
	}}
}

// fourLevels goes from people to their detentions, those who arrested them, and
// the others who were arrested by them, with the statements of each link.
func fourLevels(first int) []store.Selection {
	said := store.Nested{Theirs: statement.KeyLink, Mine: "id", Selection: store.Selection{
		Of: store.StatementRows, Keys: []string{statement.KeySource}, Page: store.PageOf{First: 10},
		Nested: []store.Nested{{Refs: statement.KeySource, Selection: store.Selection{Keys: []string{"title"}, Page: store.PageOf{First: 1}}}},
	}}
	arrests := step("Organization", "arrests", step("Detention", "person"))
	arrestedBy := step("Detention", "arrestedBy", arrests)
	arrestedBy.LinkNested = []store.Nested{said}
	return []store.Selection{{
		Types: []string{"Person"}, Page: store.PageOf{First: first}, Keys: []string{"name"},
		Nested: []store.Nested{step("Person", "detentions", arrestedBy)},
	}}
}

// people writes so many people with a detention each, by one of five organizations.
func people(t *testing.T, h *harness, n int) {
	t.Helper()
	var add []statement.Statement
	say := func(subject, property, value, entity string) {
		add = append(add, statement.Statement{Subject: subject, Property: property, Value: value, Entity: entity, Source: "s1"})
	}
	say("s1", "type", "Source", "")
	say("s1", "title", "Un informe inventado", "")
	for i := range 5 {
		say(fmt.Sprintf("o%d", i), "type", "Organization", "")
		say(fmt.Sprintf("o%d", i), "name", fmt.Sprintf("Cuerpo %d", i), "")
	}
	for i := range n {
		p, d := fmt.Sprintf("p%03d", i), fmt.Sprintf("d%03d", i)
		say(p, "type", "Person", "")
		say(p, "name", fmt.Sprintf("Persona %03d", (i*7)%n), "")
		say(d, "type", "Detention", "")
		say(p, "HAS_DETENTION", "", d)
		say(d, "ARRESTED_BY", "", fmt.Sprintf("o%d", i%5))
	}
	h.write(t, add...)
}

// counting is a driver that counts the texts that it is asked to run.
type counting struct {
	neo4j.DriverWithContext
	texts *atomic.Int64
}

func (c counting) NewSession(ctx context.Context, config neo4j.SessionConfig) neo4j.SessionWithContext {
	return countingSession{c.DriverWithContext.NewSession(ctx, config), c.texts}
}

type countingSession struct {
	neo4j.SessionWithContext
	texts *atomic.Int64
}

func (c countingSession) Run(ctx context.Context, text string, p map[string]any, with ...func(*neo4j.TransactionConfig)) (neo4j.ResultWithContext, error) {
	c.texts.Add(1)
	return c.SessionWithContext.Run(ctx, text, p, with...)
}

// However many parents there are, a read takes the same number of texts: one, or
// one for each selection in the tree.
func TestNumberOfTexts(t *testing.T) {
	long(t)
	for _, tt := range []struct {
		cut  CutPolicy
		want []int64 // of the same read, again and again
	}{{CutNowhere, []int64{1, 1}}, {CutEverywhere, []int64{7, 7}}, {CutNew, []int64{7, 7, 1}}} {
		t.Run(fmt.Sprint(tt.cut), func(t *testing.T) {
			h := newHarness(t, tt.cut)
			h.open(t)
			people(t, h, 60)
			h.store.leash = time.Minute // a busy machine takes its time to plan
			var texts atomic.Int64
			h.store.driver = counting{h.store.driver, &texts}
			for _, view := range statement.Views {
				for round, want := range tt.want {
					for _, first := range []int{50, 1} {
						if tt.cut == CutNew && first == 1 {
							continue // the same texts: seen by then
						}
						texts.Store(0)
						pages, err := h.store.Read(t.Context(), view, 10_000, fourLevels(first))
						if err != nil {
							t.Fatal(explained(err))
						}
						if len(pages[0].Rows) != first || len(pages[0].Rows[0].Nested[0].Rows[0].Nested[0].Rows[0].Nested[0].Rows) != 10 {
							t.Fatal("that is not what was asked for")
						}
						if n := texts.Load(); n != want && tt.cut != CutNew || n > want+1 { // one may be planned beside it
							t.Errorf("%v view, %d parents, round %d: %d texts, want %d", view, first, round, n, want)
						}
						h.store.planning <- struct{}{} // once what it plans is planned
						<-h.store.planning
					}
				}
			}
		})
	}
}

// Wherever the tree is cut, the answer is the same.
func TestCutAnywhere(t *testing.T) {
	long(t)
	h := newHarness(t, CutNowhere)
	h.open(t)
	rapid.Check(t, func(rt *rapid.T) {
		h.target = fresh(t)
		h.Reopen(t)
		for _, c := range storetest.Commits(rt) {
			_, _ = h.store.Write(t.Context(), c) // some are meant to be refused
		}
		for range 2 {
			selections := storetest.Selections(rt)
			inline := map[*query]bool{}
			at := func(q *query) bool {
				if _, ok := inline[q]; !ok {
					inline[q] = nowhere(q) && rapid.Bool().Draw(rt, "inline")
				}
				return inline[q]
			}
			for _, view := range statement.Views {
				whole, err := h.store.Read(t.Context(), view, 10_000, selections)
				if err != nil {
					rt.Fatal(explained(err))
				}
				clear(inline)
				roots := newQueries(selections, rapid.Bool().Draw(rt, "steady"))
				how := &reading{view: view, budget: 10_000, decoder: decoder{at}}
				cut, err := h.store.readIn(t.Context(), forever, how, rootPieces(view, 10_000, at, roots), roots)
				if err != nil {
					rt.Fatal(explained(err))
				}
				if diff := storetest.Diff(selections, whole, cut); diff != "" {
					rt.Fatalf("%v view, cut nowhere (-) and somewhere (+):\n%s\nof%s", view, diff, storetest.Describe(selections))
				}
			}
		}
	})
}

// A read that multiplies from level to level is not known to be too expensive until
// it is cut: it is, when one text takes too long.
func TestRunawayReadIsCut(t *testing.T) {
	long(t)
	h := newHarness(t, CutNowhere)
	h.open(t)
	people(t, h, 150)
	wide := step("Detention", "arrestedBy")
	for range 4 {
		wide.Page.First = 100
		arrests := step("Organization", "arrests", wide)
		arrests.Page.First = 100
		wide = step("Detention", "arrestedBy", arrests)
	}
	selections := []store.Selection{{Types: []string{"Detention"}, Page: store.PageOf{First: 100}, Nested: []store.Nested{wide}}}
	if _, err := h.store.Read(t.Context(), statement.PublicView, 1000, selections); !errors.Is(err, store.ErrTooExpensive) {
		t.Errorf("got %v", explained(err))
	}
}

// A commit between the pieces of a read has the read repeated, three times at most;
// then what is gone is left out.
func TestReadIsRepeated(t *testing.T) {
	h := newHarness(t, CutEverywhere)
	h.open(t)
	people(t, h, 3)
	calls, commits, notes := 0, 0, 0
	h.store.between = func() {
		calls++
		if commits > 0 {
			commits--
			notes++
			h.write(t, statement.Statement{Subject: "p000", Property: "notes", Value: fmt.Sprint(notes), Source: "s1"})
		}
	}
	for _, tt := range []struct{ commits, calls int }{{0, 1}, {1, 2}, {2, 3}, {9, 3}} {
		calls, commits = 0, tt.commits
		selections := []store.Selection{{
			Types: []string{"Person"}, Page: store.PageOf{First: 3}, Nested: []store.Nested{step("Person", "detentions")},
		}}
		pages, err := h.store.Read(t.Context(), statement.PublicView, 100, selections)
		if err != nil || len(pages[0].Rows) != 3 {
			t.Fatal(pages, err)
		}
		if calls != tt.calls {
			t.Errorf("%d commits in between: %d attempts, want %d", tt.commits, calls, tt.calls)
		}
	}
}

// A page of no rows of which nothing is asked is a page.
func TestNothingAsked(t *testing.T) {
	for name, cut := range extremes {
		t.Run(name, func(t *testing.T) {
			h := newHarness(t, cut)
			h.open(t)
			pages, err := h.store.Read(t.Context(), statement.PublicView, 10, []store.Selection{{Types: []string{"Person"}}})
			if err != nil || len(pages) != 1 || len(pages[0].Rows) != 0 {
				t.Errorf("%v, %v", pages, err)
			}
		})
	}
}
