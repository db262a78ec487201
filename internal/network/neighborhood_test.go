package network_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

func neighborhoodText(n network.Neighborhood) string {
	var links []string
	for _, l := range n.Links {
		links = append(links, l.ID)
	}
	return fmt.Sprintf("%s; %s; %v", strings.Join(n.Nodes, " "), strings.Join(links, " "), n.LeftOut)
}

func TestNeighborhood(t *testing.T) {
	s := graph(t, cellmates, cellmatesLinks)
	for _, tt := range []struct {
		name string
		q    network.NeighborhoodQuery
		want string
	}{
		{"one link away", network.NeighborhoodQuery{IDs: []string{"ana"}, Depth: 1, First: 9}, "ana da party; l0 l8; map[]"},
		{"two", network.NeighborhoodQuery{IDs: []string{"ana"}, Depth: 2, First: 99}, "ana da party force jail pa sa ben; l0 l10 l12 l2 l4 l8 l9; map[]"},
		{"around two, one of them unknown and one twice", network.NeighborhoodQuery{IDs: []string{"ben", "nobody", "ana", "ben"}, Depth: 1, First: 9}, "ben ana da db party; l0 l1 l8 l9; map[]"},
		{"types", network.NeighborhoodQuery{IDs: []string{"da"}, Depth: 3, First: 9, Scope: network.Scope{Types: []string{vocab.Facility, vocab.Detention}}}, "da jail db; l2 l3; map[]"},
		{"relations", network.NeighborhoodQuery{IDs: []string{"da"}, Depth: 3, First: 9, Scope: network.Scope{Relations: []string{"TRIED_IN"}}}, "da pa; l4; map[]"},
		{"no types", network.NeighborhoodQuery{IDs: []string{"da"}, Depth: 3, First: 9, Scope: network.Scope{Types: []string{}}}, "da; ; map[]"},
		{"no relations", network.NeighborhoodQuery{IDs: []string{"da"}, Depth: 3, First: 9, Scope: network.Scope{Relations: []string{}}}, "da; ; map[]"},
		{"the first", network.NeighborhoodQuery{IDs: []string{"da"}, Depth: 1, First: 2}, "da ana force; l0 l10; map[HELD_AT:1 SENTENCED_TO:1 TRIED_IN:1]"},
		{"none but the first", network.NeighborhoodQuery{IDs: []string{"da", "ana"}, Depth: 1}, "da ana; l0; map[ARRESTED_BY:1 HELD_AT:1 MEMBER_OF:1 SENTENCED_TO:1 TRIED_IN:1]"},
	} {
		answer, err := walk(s, 1000).Neighborhood(t.Context(), tt.q)
		if got := neighborhoodText(answer); err != nil || got != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", tt.name, err, got, tt.want)
		}
	}
	answer, err := walk(s, 8).Neighborhood(t.Context(), network.NeighborhoodQuery{IDs: []string{"ana"}, Depth: 3, First: 99})
	if _, tooMuch := errors.AsType[*network.TooMuch](err); !tooMuch || neighborhoodText(answer) != "ana da party; l0 l8; map[]" {
		t.Errorf("%v, %s", err, neighborhoodText(answer))
	}
}

// Whatever is left out is counted: what is shown and what is left out at the entities
// nearer than the depth are all their links.
func TestNeighborhoodsAccountForEveryLink(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawGraph(t)
		q := network.NeighborhoodQuery{IDs: []string{rapid.SampledFrom(r.ids).Draw(t, "id")}, Depth: rapid.IntRange(1, 3).Draw(t, "depth"), First: rapid.IntRange(0, 9).Draw(t, "first")}
		if rapid.Bool().Draw(t, "typed") {
			q.Types = []string{vocab.Person}
		}
		counts := func(id string) bool { return q.Types == nil || r.typeOf[id] == vocab.Person || id == q.IDs[0] }
		answer, err := walk(r.store, 1000).Neighborhood(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(answer.Nodes) > q.First+1 || answer.Nodes[0] != q.IDs[0] {
			t.Fatalf("%+v: %s", q, neighborhoodText(answer))
		}
		far := map[string]int{q.IDs[0]: 0} // by what is shown
		for range answer.Links {
			for _, l := range answer.Links {
				for _, ends := range [][2]string{{l.From, l.To}, {l.To, l.From}} {
					if d, ok := far[ends[0]]; ok {
						if e, ok := far[ends[1]]; !ok || d+1 < e {
							far[ends[1]] = d + 1
						}
					}
				}
			}
		}
		counted := map[string]int{}
		for _, l := range r.links {
			shown := slices.ContainsFunc(answer.Links, func(s store.Row) bool { return s.ID == l.ID })
			for _, end := range []string{l.From, l.To} {
				if d, ok := far[end]; ok && d < q.Depth && !shown && counts(l.From) && counts(l.To) {
					counted[l.Type]++
				}
			}
		}
		if fmt.Sprint(counted) != fmt.Sprint(answer.LeftOut) {
			t.Fatalf("%+v: %s, counted %v", q, neighborhoodText(answer), counted)
		}
		for _, id := range answer.Nodes {
			if d, ok := far[id]; !ok || d > q.Depth {
				t.Fatalf("%+v: %s: %s is %d away", q, neighborhoodText(answer), id, d)
			}
		}
	})
}

// Of an entity with more links than are read, the rest is counted too.
func TestNeighborhoodOfAHub(t *testing.T) {
	entities, links := []string{"party Organization", "city Place"}, []string{"party LOCATED_IN city"}
	for i := range 1200 {
		entities = append(entities, fmt.Sprintf("p%04d Person", i))
		links = append(links, fmt.Sprintf("p%04d MEMBER_OF party", i))
	}
	s := graph(t, entities, links)
	answer, err := walk(s, 5000).Neighborhood(t.Context(), network.NeighborhoodQuery{IDs: []string{"party"}, Depth: 1, First: 3})
	if got, want := neighborhoodText(answer), "party city p0000 p0001; l0 l1 l2; map[MEMBER_OF:1198]"; err != nil || got != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}
