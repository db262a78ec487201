package storetest

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var reading = subject{name: "read", data: readingData, cases: []sentence{
	{"Read answers the selections, one Page each, in their order", readInOrder},
	{"An id that no row has, or a type without rows, gives an empty page", readNothing},
	{"ErrInvalid: a selection is malformed", readMalformed},
	{"Exactly one of Step, Refs and Theirs is set", readMalformedNested},
	{"(Only for selections that are not nested.)", readMalformedNested},
	{"ErrTooExpensive: the pages hold more than budget rows in all, nested ones counted", readBudget},
	{"Types of the entities, or relations of the links; none: all", readTypes},
	{"IDs, if not nil, are the only rows wanted", readIDs},
	{"Without Order they come in the order of this list, each once", readIDsInOrder},
	{"A built-in entity (Row.Unlisted) is selected only by id or by reference", readUnlisted},
	{"values wanted, and KeyVersion for Result.Version; a row may come with more", readKeys},
	{"nil: all", func(t *testing.T, s *suite) { s.shows(t, all("Person"), "p1 p2 p3") }},
	{"Everything as PageOf.First asks for all rows (the budget still holds)", readEverything},
	{"Result is a row of a page and what was fetched with it", readRows},
}}

func readingData() []statement.Commit {
	return []statement.Commit{together(
		source(theSource, "title", "A made-up report"),
		entity("p1", "Person", "name", "Ana Ficticia", "otherNames", "Anita", "otherNames", "Ana F.", "nationality", "VE"),
		entity("p2", "Person", "name", "Bruno Inventado"),
		entity("p3", "Person"),
		entity("o1", "Organization", "name", "Partido Imaginario", "kind", "PARTY"),
		entity("se1", "Sentence", "lengthMonths", "120", "life", "false"),
		[]statement.Statement{
			say("m1", "p1", "MEMBER_OF", "o1", linkID("l1"), qualified("role", "coordinadora"), qualified("ftm.status", "active", "old")),
			say("m2", "p2", "MEMBER_OF", "o1", linkID("l2")),
			say("a1", "p1", "ASSOCIATE_OF", "p2", linkID("l3")),
			say("e1", "o1", "description", "A party made up for tests.", from(vocab.Editorial)),
		},
	)}
}

func readInOrder(t *testing.T, s *suite) {
	pages := s.pages(t, statement.PublicView, all("Organization"), all("Person"), only(store.Entities, "p2"), all("Organization"))
	if got := trees(pages); got != "o1|p1 p2 p3|p2|o1" {
		t.Error(got)
	}
	if pages := s.pages(t, statement.PublicView); len(pages) != 0 {
		t.Errorf("no selections: %d pages", len(pages))
	}
}

func readNothing(t *testing.T, s *suite) {
	for name, selection := range map[string]store.Selection{
		"unknown id":              only(store.Entities, "nobody"),
		"type without rows":       all("Facility"),
		"unknown type":            all("Unicorn"),
		"an entity's id, of link": only(store.LinkRows, "p1"),
		"a link's id, of entity":  only(store.Entities, "l1"),
		"relation without rows":   {Of: store.LinkRows, Types: []string{"HELD_AT"}, Page: store.PageOf{First: 5}},
	} {
		selection.Total, selection.Ends = true, true
		if page := s.read(t, statement.PublicView, selection); len(page.Rows) != 0 || page.Total != 0 || page.HasNext || page.HasPrevious {
			t.Errorf("%s: %+v", name, page)
		}
	}
}

func readBudget(t *testing.T, s *suite) {
	members := along("Organization.members")
	cut := along("Organization.members")
	cut.Page.First = 1
	statements := store.Nested{Theirs: "link", Mine: "id", Selection: store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 5}}}
	deep := along("Organization.members")
	deep.LinkNested = []store.Nested{statements}
	totals := all("Person")
	totals.Page.First, totals.Total = 0, true
	for _, tt := range []struct {
		name       string
		rows       int
		selections []store.Selection
	}{
		{"one", 3, []store.Selection{all("Person")}},
		{"several", 4, []store.Selection{all("Person"), all("Organization")}},
		{"nested", 3, []store.Selection{with(all("Organization"), members)}},
		{"nested twice", 5, []store.Selection{with(all("Organization"), members, members)}},
		{"of the page, not of all", 2, []store.Selection{with(all("Organization"), cut)}},
		{"nested in links", 5, []store.Selection{with(all("Organization"), deep)}},
		{"nothing but totals", 0, []store.Selection{totals}},
	} {
		if _, err := s.Store().Read(t.Context(), statement.PublicView, tt.rows, tt.selections); err != nil {
			t.Errorf("%s, %d rows: %v", tt.name, tt.rows, err)
		}
		if tt.rows == 0 {
			continue
		}
		if _, err := s.Store().Read(t.Context(), statement.PublicView, tt.rows-1, tt.selections); !errors.Is(err, store.ErrTooExpensive) {
			t.Errorf("%s, one row more than %d: %v", tt.name, tt.rows-1, err)
		}
	}
}

func readTypes(t *testing.T, s *suite) {
	several := all("Person")
	several.Types = append(several.Types, "Organization", "Facility")
	s.shows(t, several, "o1 p1 p2 p3")
	every := all("")
	every.Types = nil
	s.shows(t, every, "o1 p1 p2 p3 se1 src")
	links := store.Selection{Of: store.LinkRows, Page: every.Page}
	s.shows(t, links, "l1 l2 l3")
	links.Types = []string{"ASSOCIATE_OF", "HELD_AT"}
	s.shows(t, links, "l3")
}

func readIDs(t *testing.T, s *suite) {
	none := only(store.Entities)
	none.IDs = []string{}
	s.shows(t, none, "")
	typed := only(store.Entities, "p1", "o1")
	typed.Types = []string{"Organization"}
	s.shows(t, typed, "o1")
	s.shows(t, only(store.LinkRows, "l3", "l1"), "l3 l1")
	s.shows(t, only(store.StatementRows, "m2", "p1.name"), "m2 p1.name")
	where := only(store.Entities, "p1", "p2", "p3")
	where.Where = compare("Person.name", store.IsNull, false)
	where.Total = true
	if page := s.read(t, statement.PublicView, where); tree(page) != "p1 p2" || page.Total != 2 {
		t.Errorf("filtered: %s of %d", tree(page), page.Total)
	}
}

func readIDsInOrder(t *testing.T, s *suite) {
	s.shows(t, only(store.Entities, "p3", "o1", "nobody", "p1", "o1", "p3"), "p3 o1 p1")
	some := only(store.Entities, "p3", "p1", "p2")
	some.Page.First = 2
	s.shows(t, some, "p3 p1")
	some.Order = []store.Order{desc("Person.name")}
	s.shows(t, some, "p2 p1")
}

func readUnlisted(t *testing.T, s *suite) {
	s.shows(t, only(store.Entities, vocab.Editorial), vocab.Editorial)
	s.shows(t, all(vocab.SourceType), theSource)
	s.shows(t, filtered(vocab.SourceType, store.Compare{Property: vocab.Identity, Op: store.Eq, Values: []any{vocab.Editorial}}), "")
	ofStatement := only(store.StatementRows, "e1")
	ofStatement.Nested = []store.Nested{{Refs: "source", Selection: store.Selection{Keys: []string{"name"}, Page: store.PageOf{First: 1}}}}
	page := s.read(t, statement.PublicView, ofStatement)
	if tree(page) != "e1(editorial)" || page.Rows[0].Nested[0].Rows[0].Row.Values.Text("name") != vocab.EditorialName {
		t.Errorf("by reference: %s", tree(page))
	}
	counted := all(vocab.SourceType)
	counted.Total = true
	if total := s.read(t, statement.PublicView, counted).Total; total != 1 {
		t.Errorf("total %d", total)
	}
}

func readKeys(t *testing.T, s *suite) {
	people := only(store.Entities, "p1")
	people.Keys = []string{"otherNames", "name", "gender"}
	row := s.read(t, statement.PublicView, people).Rows[0].Row
	if row.Values.Text("name") != "Ana Ficticia" || row.Values.Get("gender") != nil {
		t.Errorf("%+v", row)
	}
	if diff := cmp.Diff([]string{"Anita", "Ana F."}, row.Values.Get("otherNames"), sorted); diff != "" {
		t.Error(diff)
	}
	sentences := only(store.Entities, "se1")
	sentences.Keys = []string{"lengthMonths", "life"}
	values := s.read(t, statement.PublicView, sentences).Rows[0].Row.Values
	if values.Get("lengthMonths") != int64(120) || values.Get("life") != false {
		t.Errorf("%+v", values)
	}
	if !slices.IsSortedFunc(row.Values, func(a, b statement.Value) int { return cmpText(a.Key, b.Key) }) {
		t.Errorf("not sorted by key: %+v", row.Values)
	}
}

func readEverything(t *testing.T, s *suite) {
	s.shows(t, all("Person"), "p1 p2 p3")
	if _, err := s.Store().Read(t.Context(), statement.PublicView, 2, []store.Selection{all("Person")}); !errors.Is(err, store.ErrTooExpensive) {
		t.Errorf("a budget of two: %v", err)
	}
}

func readRows(t *testing.T, s *suite) {
	links := only(store.LinkRows, "l1")
	links.Keys = []string{"role", "qualifiers", "attribution", "verification", "rank", "disputed"}
	row := s.read(t, statement.PublicView, links).Rows[0].Row
	want := &store.Row{ID: "l1", Type: "MEMBER_OF", From: "p1", To: "o1", Values: store.Values{
		{Key: "attribution", Data: "STATED"}, {Key: "disputed", Data: false},
		{Key: "qualifiers", Data: `{"ftm.status":["active","old"]}`},
		{Key: "rank", Data: "NORMAL"}, {Key: "role", Data: "coordinadora"}, {Key: "verification", Data: "UNVERIFIED"},
	}}
	if diff := cmp.Diff(want, keep(row, links.Keys)); diff != "" {
		t.Errorf("link: %s", diff)
	}
	statements := only(store.StatementRows, "m1")
	statements.Keys = []string{"subject", "property", "entity", "link", "group", "place", "source", "retracted"}
	row = s.read(t, statement.PublicView, statements).Rows[0].Row
	want = &store.Row{ID: "m1", Type: statement.StatementType, Values: store.Values{
		{Key: "entity", Data: "o1"}, {Key: "group", Data: "l1"}, {Key: "link", Data: "l1"}, {Key: "place", Data: int64(0)},
		{Key: "property", Data: "MEMBER_OF"}, {Key: "retracted", Data: false}, {Key: "source", Data: theSource}, {Key: "subject", Data: "p1"},
	}}
	if diff := cmp.Diff(want, keep(row, statements.Keys)); diff != "" {
		t.Errorf("statement: %s", diff)
	}
}
