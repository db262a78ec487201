package storetest

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var ordering = subject{name: "order", data: orderData, cases: []sentence{
	{"then by id, in the direction of the last one; ascending if there is none", orderByID},
	{"a text's fold (longer than 256 bytes: cut there, and told apart by a hash)", orderByText},
	{"Strings compare by byte, which in UTF-8 is by code point", orderByCodePoint},
	{"a date's earliest and latest day", orderByDate},
	{"an enumeration's position, a number, 0 or 1", orderByNumber},
	{"nulls are last in both directions", orderNulls},
	{"by the number of links of a field that the vocabulary marks countable", orderByCount},
	{"Order is by a property", orderBySeveral},
	{"the sort keys of Order at this row, for a Position", orderKeys},
	{"none: all", orderAcrossTypes},
	{"The three collections", orderOthers},
}}

func orderData() []statement.Commit {
	charges := [][]string{
		{"c01", "zeta"}, {"c02", "Álvaro"}, {"c03", "alvaro"}, {"c04", "Bruno"}, {"c05", "Ñandú"}, {"c06", "ana"}, {"c07", "Ωmega"}, {"c08", "10"},
		{"c09", "ﬁn"}, {"c10", "\ue000"}, {"c11", "😀"}, {"c12"}, {"c13"},
		{"c14", strings.Repeat("muy largo ", 30) + "a"}, {"c15", strings.Repeat("Muy Largo ", 30) + "b"},
	}
	var lists [][]statement.Statement
	for _, c := range charges {
		if len(c) == 1 {
			lists = append(lists, entity(c[0], "Charge"))
		} else {
			lists = append(lists, entity(c[0], "Charge", "name", c[1]))
		}
	}
	for _, id := range []string{"a1", "Z9", "10", "a-1", "9", "B1", "a.1"} {
		lists = append(lists, entity(id, "Place"))
	}
	lists = append(lists,
		source(theSource),
		entity("d1", "Detention", "start", "2025-12"), entity("d2", "Detention", "start", "2025-12-01"), entity("d3", "Detention", "start", "2025"),
		entity("d4", "Detention", "start", "../2025-12-01"), entity("d5", "Detention", "start", "2025-12-01~"), entity("d6", "Detention"),
		entity("d7", "Detention", "start", "2025-12-01"),
		entity("n1", "Sentence", "lengthMonths", "9", "life", "true", "standing", "SERVED"), entity("n2", "Sentence", "lengthMonths", "10", "standing", "PARDONED"),
		entity("n3", "Sentence", "lengthMonths", "2", "life", "false", "standing", "IMPOSED"), entity("n4", "Sentence"),
		entity("p1", "Person", "name", "Uno"), entity("p2", "Person", "name", "Dos"), entity("p3", "Person", "name", "Tres"), entity("p4", "Person"),
		entity("o1", "Organization", "kind", "UNION", "name", "b"), entity("o2", "Organization", "kind", "PARTY", "name", "a"),
		entity("o3", "Organization", "kind", "UNION", "name", "a"), entity("o4", "Organization", "name", "b"),
		[]statement.Statement{
			say("h1", "p1", vocab.HasDetention, "d1", linkID("h-1"), qualified("start", "2025-02")), say("h2", "p1", vocab.HasDetention, "d2", linkID("h-2"), qualified("start", "2025-01")),
			say("h3", "p3", vocab.HasDetention, "d3", linkID("h-3")),
			// Only people are members in the field that is counted.
			say("m1", "p1", "MEMBER_OF", "o1", linkID("m-1")), say("m2", "p1", "MEMBER_OF", "o1", linkID("m-2")), say("m3", "o3", "MEMBER_OF", "o2", linkID("m-3")),
			say("m4", "p2", "MEMBER_OF", "o3", linkID("m-4")),
		},
	)
	return []statement.Commit{together(lists...)}
}

func orderByID(t *testing.T, s *suite) {
	s.shows(t, all("Place"), "10 9 B1 Z9 a-1 a.1 a1")
	byState := prop("Place.state") // null in all of them
	s.shows(t, ordered("Place", store.Order{Property: byState}), "10 9 B1 Z9 a-1 a.1 a1")
	s.shows(t, ordered("Place", store.Order{Property: byState, Desc: true}), "a1 a.1 a-1 Z9 B1 9 10")
	s.shows(t, ordered("Organization", asc("Organization.name"), desc("Organization.description")), "o3 o2 o4 o1")
	s.shows(t, ordered("Organization", desc("Organization.name"), asc("Organization.description")), "o1 o4 o2 o3")
}

// byName is the order of the charges by name; the two long ones are told apart by
// a hash, of which all that is promised is that it is the same everywhere.
func byName() (long []string, ascending string) {
	long = []string{"c14", "c15"}
	name := prop("Charge.name")
	if store.CompareKeys(store.SortKey(name, strings.Repeat("muy largo ", 30)+"a"), store.SortKey(name, strings.Repeat("Muy Largo ", 30)+"b"), false) > 0 {
		slices.Reverse(long)
	}
	return long, "c08 c02 c03 c06 c04 c09 " + strings.Join(long, " ") + " c05 c01 c07 c10 c11"
}

func orderByText(t *testing.T, s *suite) {
	long, ascending := byName()
	s.shows(t, ordered("Charge", asc("Charge.name")), ascending+" c12 c13")
	cut := ordered("Charge", asc("Charge.name"))
	cut.IDs = []string{"c14", "c05", "c15", "c09"}
	s.shows(t, cut, "c09 "+strings.Join(long, " ")+" c05")
}

func orderByCodePoint(t *testing.T, s *suite) {
	_, ascending := byName()
	descending := strings.Fields(ascending)
	slices.Reverse(descending)
	s.shows(t, ordered("Charge", desc("Charge.name")), strings.Join(descending, " ")+" c13 c12")
}

func orderByDate(t *testing.T, s *suite) {
	// d4 begins at the first day there is, d3 in January, d5 on 30 November.
	s.shows(t, ordered("Detention", asc("Detention.start")), "d4 d3 d5 d2 d7 d1 d6")
	s.shows(t, ordered("Detention", desc("Detention.start")), "d1 d7 d2 d5 d3 d4 d6")
}

func orderByNumber(t *testing.T, s *suite) {
	s.shows(t, ordered("Sentence", asc("Sentence.lengthMonths")), "n3 n1 n2 n4")
	s.shows(t, ordered("Sentence", desc("Sentence.lengthMonths")), "n2 n1 n3 n4")
	s.shows(t, ordered("Sentence", asc("Sentence.standing")), "n3 n2 n1 n4")
	s.shows(t, ordered("Sentence", desc("Sentence.standing")), "n1 n2 n3 n4")
	s.shows(t, ordered("Sentence", asc("Sentence.life")), "n3 n1 n2 n4")
	s.shows(t, ordered("Sentence", desc("Sentence.life")), "n1 n3 n4 n2")
}

func orderNulls(t *testing.T, s *suite) {
	s.shows(t, ordered("Organization", asc("Organization.kind"), asc("Organization.name")), "o2 o3 o1 o4")
	s.shows(t, ordered("Organization", desc("Organization.kind"), asc("Organization.name")), "o3 o1 o2 o4")
	s.shows(t, ordered("Person", desc("Person.name")), "p1 p3 p2 p4")
	s.shows(t, ordered("Person", asc("Person.name")), "p2 p3 p1 p4")
	s.shows(t, ordered("Sentence", desc("Sentence.life"), desc("Sentence.lengthMonths")), "n1 n3 n2 n4")
}

func orderByCount(t *testing.T, s *suite) {
	detentions, members := store.Order{Count: rel("Person.detentions")}, store.Order{Count: rel("Organization.members")}
	s.shows(t, ordered("Person", detentions), "p2 p4 p3 p1")
	s.shows(t, ordered("Organization", members), "o2 o4 o3 o1")
	detentions.Desc, members.Desc = true, true
	s.shows(t, ordered("Person", detentions), "p1 p3 p4 p2")
	s.shows(t, ordered("Person", detentions, asc("Person.name")), "p1 p3 p2 p4")
	s.shows(t, ordered("Organization", members), "o1 o3 o4 o2")
}

func orderBySeveral(t *testing.T, s *suite) {
	s.shows(t, ordered("Organization", asc("Organization.name"), asc("Organization.kind")), "o2 o3 o1 o4")
	s.shows(t, ordered("Organization", desc("Organization.name"), desc("Organization.kind")), "o1 o4 o3 o2")
	s.shows(t, ordered("Organization", desc("Organization.kind"), desc("Organization.name")), "o1 o3 o2 o4")
}

func orderKeys(t *testing.T, s *suite) {
	for _, tt := range []struct {
		selection store.Selection
		want      [][]any
	}{
		{ordered("Organization", asc("Organization.kind"), desc("Organization.name"), store.Order{Count: rel("Organization.members")}), [][]any{
			{int64(0), "a", int64(0)}, {int64(1), "b", int64(2)}, {int64(1), "a", int64(1)}, {nil, "b", int64(0)},
		}},
		{ordered("Sentence", asc("Sentence.life")), [][]any{{int64(0)}, {int64(1)}, {nil}, {nil}}},
		{ordered("Sentence", desc("Sentence.lengthMonths")), [][]any{{int64(10)}, {int64(9)}, {int64(2)}, {nil}}},
	} {
		var got [][]any
		for _, r := range s.read(t, statement.PublicView, tt.selection).Rows {
			got = append(got, r.Keys)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Error(diff)
		}
	}
	dates := ordered("Detention", asc("Detention.start"))
	dates.IDs = []string{"d1"}
	row := s.read(t, statement.PublicView, dates).Rows[0]
	if diff := cmp.Diff([]any{"2025-12-01/2025-12-31"}, row.Keys); diff != "" {
		t.Error(diff)
	}
}

func orderAcrossTypes(t *testing.T, s *suite) {
	mixed := ordered("Organization", asc("Organization.name"))
	mixed.Types = []string{"Person", "Organization"}
	s.shows(t, mixed, "o2 o3 o1 o4 p2 p3 p1 p4")
	mixed.Types = nil
	mixed.Page.First = 3
	s.shows(t, mixed, "c08 o2 o3")
}

func orderOthers(t *testing.T, s *suite) {
	links := store.Selection{Of: store.LinkRows, Types: []string{vocab.HasDetention}, Page: store.PageOf{First: 9}, Order: []store.Order{asc("Link.start")}}
	s.shows(t, links, "h-2 h-1 h-3")
	links.Order[0].Desc = true
	s.shows(t, links, "h-1 h-2 h-3")
	statements := store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 9}, Order: []store.Order{asc("Statement.at"), desc("Statement.property")}}
	statements.Where = compare("Statement.subject", store.Eq, "p1")
	s.shows(t, statements, "p1.type p1.name m2 m1 h2 h1")
	statements.Order = []store.Order{{Property: &vocab.Property{Name: statement.KeyPlace, Value: vocab.Integer}, Desc: true}}
	statements.Page.First = 3
	s.shows(t, statements, "p1.type p1.name m2")
}
