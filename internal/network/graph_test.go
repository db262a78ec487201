package network

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

func TestGraphsOfAScope(t *testing.T) {
	var all []statement.Statement
	for _, text := range strings.Split("ana Person, ben Person, da Detention, db Detention, both Detention, orphan Detention, sa Sentence, jail Facility, theft Charge, party Organization, lone Person", ", ") {
		id, typ, _ := strings.Cut(text, " ")
		all = append(all, statement.Statement{ID: id + ".t", Subject: id, Property: "type", Value: typ, Source: "s"})
	}
	for i, text := range strings.Split("ana HAS_DETENTION da, ben HAS_DETENTION db, ana HAS_DETENTION both, ben HAS_DETENTION both, da HELD_AT jail, db HELD_AT jail, orphan HELD_AT jail, both HELD_AT jail, da SENTENCED_TO sa, sa IMPOSED_FOR theft, ana MEMBER_OF party, ana MEMBER_OF party", ", ") {
		w := strings.Fields(text)
		all = append(all, statement.Statement{ID: fmt.Sprint("s", i), Subject: w[0], Property: w[1], Entity: w[2], Link: fmt.Sprint("l", i), Source: "s"})
	}
	s := storetest.NewNaive()
	if _, err := s.Write(t.Context(), statement.Commit{By: "a test", Add: all}); err != nil {
		t.Fatal(err)
	}
	n := New(s, DefaultLimits)
	for _, tt := range []struct {
		name  string
		scope MeasureScope
		want  string
	}{
		{"everything", MeasureScope{}, "ana: both da party; ben: both db; both: ana ben jail; da: ana jail sa; db: ben jail; jail: both da db orphan; orphan: jail; party: ana; sa: da theft; theft: sa; 11"},
		{"contracted", MeasureScope{Contract: true}, "ana: jail party theft; ben: jail; jail: ana ben orphan; orphan: jail; party: ana; theft: ana; 5"},
		{"people and prisons", MeasureScope{Scope: Scope{Types: []string{vocab.Person, vocab.Facility}, Relations: []string{vocab.HeldAt}}, Contract: true}, "ana: jail; ben: jail; jail: ana ben; 2"},
		{"the same, not contracted", MeasureScope{Scope: Scope{Types: []string{vocab.Person, vocab.Facility}, Relations: []string{vocab.HeldAt}}}, "0"},
		{"parallel links", MeasureScope{Scope: Scope{Relations: []string{"MEMBER_OF"}}}, "ana: party; party: ana; 1"},
		{"no relations", MeasureScope{Scope: Scope{Relations: []string{}}}, "0"},
		{"no types", MeasureScope{Scope: Scope{Types: []string{}}}, "0"},
	} {
		g, err := n.graph(t.Context(), store.PublicView, tt.scope)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for i, id := range g.IDs {
			got += id + ":"
			for _, far := range g.near[i] {
				got += " " + g.IDs[far]
			}
			got += "; "
		}
		if got += fmt.Sprint(g.Pairs); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
	c, err := n.Centrality(t.Context(), store.PublicView, Closeness, MeasureScope{Scope: Scope{Relations: []string{}}})
	if err != nil || len(c.IDs) != 0 {
		t.Errorf("%+v, %v", c, err)
	}
}
