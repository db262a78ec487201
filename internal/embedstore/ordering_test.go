package embedstore

import (
	"fmt"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// orders gives the orders of a type that are kept, in both directions, and none.
func orders(typ *vocab.Type) [][]store.Order {
	all := [][]store.Order{nil}
	for _, p := range typ.Properties {
		if p.Sorted && p.Orderable() {
			all = append(all, []store.Order{{Property: p}}, []store.Order{{Property: p, Desc: true}})
		}
	}
	return all
}

// inAllOrders gives everything in all orders that are kept, and what the links of a
// field lead to.
func inAllOrders(t *rapid.T) []store.Selection {
	var all []store.Selection
	for _, typ := range vocab.Types() {
		for _, order := range orders(typ) {
			s := everyRow(store.Entities)
			s.Types, s.Order, s.Ends = []string{typ.Name}, order, true
			all = append(all, s)
		}
	}
	for range 10 {
		typ := rapid.SampledFrom(vocab.Types()).Draw(t, "type")
		f := rapid.SampledFrom(typ.Fields()).Draw(t, "field")
		child := everyRow(store.Entities)
		child.Ends = true
		if target := vocab.TypeOf(f.Target); target != nil {
			child.Order = rapid.SampledFrom(orders(target)).Draw(t, "order")
		}
		s := everyRow(store.Entities)
		s.Types = []string{typ.Name}
		s.Nested = []store.Nested{{Step: store.StepOf(f), Selection: child}}
		all = append(all, s)
	}
	return all
}

// What is kept in order is right after each of many writes, in whatever batches it is
// brought up to date.
func TestOrdersStayRightWhileDataChanges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, naive := open(t, t.TempDir()), storetest.NewNaive()
		defer closeStore(t, s)
		s.graph.hubs.degree, s.now = 1, storetest.Clock()
		for _, c := range storetest.Commits(rt) {
			_, _ = s.Write(t.Context(), c) // some are meant to be refused, by both
			_, _ = naive.Write(t.Context(), c)
			if rapid.IntRange(0, 2).Draw(rt, "read") == 0 {
				continue
			}
			selections := append(inAllOrders(rt), storetest.Selections(rt)...)
			for _, view := range statement.Views {
				want, err := naive.Read(t.Context(), view, 1_000_000, selections)
				if err != nil {
					rt.Fatal(err)
				}
				got, err := s.Read(t.Context(), view, 1_000_000, selections)
				if err != nil {
					rt.Fatal(err)
				}
				for i := range selections {
					if diff := storetest.Diff(selections[i:i+1], want[i:i+1], got[i:i+1]); diff != "" {
						rt.Fatalf("%v view, %s (-want +got):\n%s", view, storetest.Describe(selections[i:i+1]), diff)
					}
				}
			}
		}
	})
}

// Readers that come while a writer writes find all that is kept in order in one state.
func TestReadersSeeOrdersOfOneState(t *testing.T) {
	s := crowd(t, 200)
	name := vocab.TypeOf("Person").Property("name")
	members := store.StepOf(vocab.TypeOf("Organization").Field("members"))
	everybody := store.Selection{Types: []string{"Person"}, Page: store.PageOf{First: store.Everything}, Total: true}
	byName, inOrganization := everybody, everybody
	byName.Order = []store.Order{{Property: name, Desc: true}}
	inOrganization.Order = []store.Order{{Property: name}}
	selections := []store.Selection{everybody, byName, {IDs: []string{"o"}, Page: store.PageOf{First: 1}, Nested: []store.Nested{{Step: members, Selection: inOrganization}}}}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for last := 0; ; {
				select {
				case <-done:
					return
				default:
				}
				pages, err := s.Read(t.Context(), statement.PublicView, 1_000_000, selections)
				if err != nil {
					t.Error(err)
					return
				}
				all, ordered, linked := pages[0], pages[1], pages[2].Rows[0].Nested[0]
				if all.Total < last || all.Total != len(all.Rows) || ordered.Total != all.Total || linked.Total != all.Total {
					t.Errorf("%d people by id, %d by name, %d in the organization, %d before", all.Total, ordered.Total, linked.Total, last)
				}
				last = all.Total
				for i := range ordered.Rows {
					if i > 0 && ordered.Rows[i-1].Keys[0].(string) < ordered.Rows[i].Keys[0].(string) {
						t.Errorf("%v is before %v", ordered.Rows[i-1].Keys, ordered.Rows[i].Keys)
					}
				}
			}
		})
	}
	for i := range 60 {
		id := fmt.Sprintf("q%02d", i)
		c := person(id, fmt.Sprintf("Berta Inventada %d", i%7))
		c.Add = append(c.Add, statement.Statement{ID: id + ".in", Subject: id, Property: "MEMBER_OF", Entity: "o", Source: "src"})
		write(t, s, c)
	}
	close(done)
	readers.Wait()
}
