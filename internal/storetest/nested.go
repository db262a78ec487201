package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var nesting = subject{name: "nested", data: nestedData, cases: []sentence{
	{"its page, total and order are per parent", nestedPerParent},
	{"one row a link, ordered by the entity's keys, then its id, then the link's id", nestedLinks},
	{"Step follows links: the rows are the entities at their far ends", nestedSteps},
	{"none: all", nestedAnyRelation},
	{"Refs names a value of the parent that holds an id or a list of ids (also \"from\" and \"to\" of a link): the rows are those of Of with these ids", nestedRefs},
	{"Theirs and Mine, keys of texts, join by value", nestedJoins},
	{"the rows are those of Of whose value of Theirs equals the parent's value of Mine (\"id\" for its id)", nestedJoinsOfNothing},
	{"For Step only: a filter on the link, its values wanted, and what to fetch with it", nestedLinkParts},
	{"Nested is a selection of rows that belong to each row of another selection", nestedDeep},
	{"StepOf gives the step of a relation field", nestedFields},
	{"by Selection.Nested", nestedPlaces},
}}

// nestedData: people who are all associates of one another, organizations that are
// parts of each other in a ring, p1 in o1 by two links, and p2 in o1 and o3.
func nestedData() []statement.Commit {
	return []statement.Commit{together(
		source(theSource, "title", "Informe"), source("src2", "title", "Otro informe"),
		entity("p1", "Person", "name", "Zoe"), entity("p2", "Person", "name", "Ana"), entity("p3", "Person", "name", "Ana"), entity("p4", "Person"),
		entity("o1", "Organization", "name", "Uno", "kind", "PARTY"), entity("o2", "Organization", "name", "Dos"), entity("o3", "Organization", "name", "Tres", "kind", "UNION"),
		entity("d1", "Detention", "start", "2025-12-25"), entity("e1", "Event"),
		[]statement.Statement{
			say("a1", "p1", "ASSOCIATE_OF", "p2", linkID("a12")), say("a2", "p3", "ASSOCIATE_OF", "p2", linkID("a23")), say("a3", "p1", "ASSOCIATE_OF", "p3", linkID("a13")),
			say("r1", "o1", "PART_OF", "o2", linkID("r12")), say("r2", "o2", "PART_OF", "o3", linkID("r23")), say("r3", "o3", "PART_OF", "o1", linkID("r31")),
			say("m1", "p1", "MEMBER_OF", "o1", linkID("m-b"), qualified("role", "coordinadora")), say("m2", "p1", "MEMBER_OF", "o1", linkID("m-a"), from("src2")),
			say("m3", "p2", "MEMBER_OF", "o1", linkID("m-c")), say("m4", "p2", "MEMBER_OF", "o3", linkID("m-d")),
			say("m5", "p1", "MEMBER_OF", "o1", linkID("m-b"), from("src2"), qualified("role", "coordinadora")),
			say("m6", "o2", "MEMBER_OF", "o1", linkID("m-e")),
			say("h1", "p1", vocab.HasDetention, "d1", linkID("h")), say("z1", "d1", vocab.ReleasedIn, "e1", linkID("z")),
			say("n1", "p4", "notes", "Una nota.", from(vocab.Editorial)), say("n2", "p4", "notes", "Otra nota.", from("nowhere")), say("n3", "p4", "notes", "Una nota.", from("src2")),
		},
	)}
}

func nestedPerParent(t *testing.T, s *suite) {
	members := along("Organization.members")
	members.Order, members.Page.First, members.Total, members.Ends = []store.Order{asc("Person.name")}, 1, true, true
	page := s.read(t, statement.PublicView, with(all("Organization"), members))
	if got := tree(page); got != "o1(p2/m-c) o2() o3(p2/m-d)" {
		t.Error(got)
	}
	var totals []int
	var ends []bool
	for _, r := range page.Rows {
		totals = append(totals, r.Nested[0].Total)
		ends = append(ends, r.Nested[0].HasNext, r.Nested[0].HasPrevious)
	}
	if diff := cmp.Diff([]int{3, 0, 1}, totals); diff != "" {
		t.Error("totals", diff)
	}
	if diff := cmp.Diff([]bool{true, false, false, false, false, false}, ends); diff != "" {
		t.Error("ends", diff)
	}
	members.Page = store.PageOf{First: 2, Backward: true}
	s.shows(t, with(all("Organization"), members), "o1(p1/m-a p1/m-b) o2() o3(p2/m-d)")
	// One position serves all parents.
	members.Page = store.PageOf{First: 9, After: &store.Position{Keys: []any{"ana"}, ID: "p2", Link: "m-c"}}
	s.shows(t, with(all("Organization"), members), "o1(p1/m-a p1/m-b) o2() o3(p2/m-d)")
	members.Page = store.PageOf{First: 9, After: &store.Position{Keys: []any{"zoe"}, ID: "p1", Link: "m-a"}}
	s.shows(t, with(all("Organization"), members), "o1(p1/m-b) o2() o3()")
	members.Page = store.PageOf{}
	if page := s.read(t, statement.PublicView, with(all("Organization"), members)); tree(page) != "o1() o2() o3()" || page.Rows[0].Nested[0].Total != 3 {
		t.Errorf("no rows: %s of %d", tree(page), page.Rows[0].Nested[0].Total)
	}
}

func nestedLinks(t *testing.T, s *suite) {
	members := along("Organization.members")
	s.shows(t, with(only(store.Entities, "o1"), members), "o1(p1/m-a p1/m-b p2/m-c)")
	members.Order = []store.Order{asc("Person.name")}
	s.shows(t, with(only(store.Entities, "o1"), members), "o1(p2/m-c p1/m-a p1/m-b)")
	members.Order = []store.Order{desc("Person.name")}
	s.shows(t, with(only(store.Entities, "o1"), members), "o1(p1/m-b p1/m-a p2/m-c)")
	members.Order = []store.Order{desc("Person.gender")} // null in all of them
	s.shows(t, with(only(store.Entities, "o1"), members), "o1(p2/m-c p1/m-b p1/m-a)")
	members.Order = []store.Order{{Count: rel("Person.detentions")}}
	s.shows(t, with(only(store.Entities, "o1"), members), "o1(p2/m-c p1/m-a p1/m-b)")
}

func nestedSteps(t *testing.T, s *suite) {
	s.shows(t, with(only(store.Entities, "p1", "p2", "p4"), along("Person.memberOf")), "p1(o1/m-a o1/m-b) p2(o1/m-c o3/m-d) p4()")
	s.shows(t, with(all("Person"), along("Person.associates")), "p1(p2/a12 p3/a13) p2(p1/a12 p3/a23) p3(p1/a13 p2/a23) p4()")
	s.shows(t, with(all("Organization"), along("Organization.partOf"), along("Organization.parts")), "o1(o2/r12|o3/r31) o2(o3/r23|o1/r12) o3(o1/r31|o2/r23)")
	step := store.Nested{Step: &store.Step{Relations: []string{"PART_OF"}, Out: true, In: true}, Selection: store.Selection{Page: store.PageOf{First: 9}}}
	s.shows(t, with(only(store.Entities, "o1"), step), "o1(o2/r12 o3/r31)")
	step.Step.Relations = []string{"MEMBER_OF", "ASSOCIATE_OF"}
	s.shows(t, with(only(store.Entities, "p1"), step), "p1(o1/m-a o1/m-b p2/a12 p3/a13)")
}

func nestedAnyRelation(t *testing.T, s *suite) {
	step := store.Nested{Step: &store.Step{Out: true, In: true}, Selection: store.Selection{Page: store.PageOf{First: 9}}}
	s.shows(t, with(only(store.Entities, "d1"), step), "d1(e1/z p1/h)")
	s.shows(t, with(only(store.Entities, "o1"), step), "o1(o2/m-e o2/r12 o3/r31 p1/m-a p1/m-b p2/m-c)")
	step.Step.In = false
	s.shows(t, with(only(store.Entities, "d1"), step), "d1(e1/z)")
	step.Step.Types = []string{"Person", "Place"}
	s.shows(t, with(only(store.Entities, "p1", "d1"), step), "p1(p2/a12 p3/a13) d1()")
}

func nestedRefs(t *testing.T, s *suite) {
	refs := func(key string, of store.Collection) store.Nested {
		return store.Nested{Refs: key, Selection: store.Selection{Of: of, Page: store.PageOf{First: store.Everything}}}
	}
	s.shows(t, with(only(store.LinkRows, "m-b", "a23"), refs("from", store.Entities), refs("to", store.Entities)), "m-b(p1|o1) a23(p2|p3)")
	s.shows(t, with(only(store.StatementRows, "m1", "n1", "n2"), refs("source", store.Entities), refs("subject", store.Entities), refs("link", store.LinkRows)),
		"m1(src|p1|m-b) n1(editorial|p4|) n2(|p4|)")
	s.shows(t, with(only(store.Entities, "p1", "o2"), refs("sources", store.Entities)), "p1(src src2) o2(src)")
	sources := refs("sources", store.Entities)
	sources.Order, sources.Page.First, sources.Total = []store.Order{desc("Source.title")}, 1, true
	page := s.read(t, statement.PublicView, with(only(store.Entities, "p1"), sources))
	if tree(page) != "p1(src2)" || page.Rows[0].Nested[0].Total != 2 {
		t.Errorf("%s of %d", tree(page), page.Rows[0].Nested[0].Total)
	}
	sources.Where = compare("Source.title", store.Contains, "otro")
	sources.Types = []string{"Source", "Person"}
	s.shows(t, with(only(store.Entities, "p1", "o2"), sources), "p1(src2) o2()")
	s.shows(t, with(only(store.Entities, "d1"), refs("statusStatements", store.StatementRows)), "d1(z1)")
	s.shows(t, with(only(store.Entities, "p1"), refs("name", store.Entities), refs("nothing", store.Entities)), "p1(|)")
}

func theirs(theirs, mine string, of store.Collection) store.Nested {
	return store.Nested{Theirs: theirs, Mine: mine, Selection: store.Selection{Of: of, Page: store.PageOf{First: store.Everything}}}
}

func nestedJoins(t *testing.T, s *suite) {
	about := theirs("subject", "id", store.StatementRows)
	s.shows(t, with(only(store.Entities, "p2", "d1"), about), "p2(m3 m4 p2.name p2.type) d1(d1.start d1.type z1)")
	about.Where = compare("Statement.property", store.Eq, "MEMBER_OF")
	about.Page.First, about.Total = 1, true
	page := s.read(t, statement.PublicView, with(only(store.Entities, "p1", "p2", "p3"), about))
	if tree(page) != "p1(m1) p2(m3) p3()" || page.Rows[0].Nested[0].Total != 3 || page.Rows[2].Nested[0].Total != 0 {
		t.Errorf("%s of %d", tree(page), page.Rows[0].Nested[0].Total)
	}
	s.shows(t, with(only(store.LinkRows, "m-b", "a12"), theirs("link", "id", store.StatementRows)), "m-b(m1 m5) a12(a1)")
	s.shows(t, with(only(store.StatementRows, "n1", "m5"), theirs("group", "group", store.StatementRows)), "n1(n1 n3) m5(m1 m5)")
	s.shows(t, with(only(store.Entities, "src2"), theirs("source", "id", store.StatementRows)), "src2(m2 m5 n3 src2.title src2.type)")
	s.shows(t, with(only(store.Entities, "o3"), theirs("entity", "id", store.StatementRows)), "o3(m4 r2)")
}

func nestedJoinsOfNothing(t *testing.T, s *suite) {
	s.shows(t, with(only(store.Entities, "p4"), theirs("entity", "id", store.StatementRows)), "p4()")
	s.shows(t, with(only(store.StatementRows, "n1", "m1"), theirs("link", "link", store.StatementRows)), "n1() m1(m1 m5)")
	s.shows(t, with(only(store.StatementRows, "n1", "m1"), theirs("entity", "entity", store.StatementRows)), "n1() m1(m1 m2 m3 m5 m6 r3)")
	s.shows(t, with(only(store.Entities, "p4"), theirs("subject", "name", store.StatementRows)), "p4()")
}

func nestedLinkParts(t *testing.T, s *suite) {
	members := along("Organization.members")
	members.LinkWhere, members.Total = isRole, true
	page := s.read(t, statement.PublicView, with(only(store.Entities, "o1"), members))
	if tree(page) != "o1(p1/m-b)" || page.Rows[0].Nested[0].Total != 1 {
		t.Errorf("filtered: %s of %d", tree(page), page.Rows[0].Nested[0].Total)
	}
	members.Where = store.Not{Filter: isP1}
	s.shows(t, with(only(store.Entities, "o1"), members), "o1()")
	members.Where, members.LinkWhere = nil, store.Not{Filter: isRole}
	s.shows(t, with(only(store.Entities, "o1"), members), "o1(p1/m-a p2/m-c)")
	members.LinkWhere, members.LinkKeys = nil, []string{"role"}
	members.LinkNested = []store.Nested{theirs("link", "id", store.StatementRows), {Refs: "to", Selection: store.Selection{Page: store.PageOf{First: 1}}}}
	members.Nested = []store.Nested{along("Person.detentions")}
	page = s.read(t, statement.PublicView, with(only(store.Entities, "o1"), members))
	if got := tree(page); got != "o1(p1/m-a(d1/h)[m2|o1] p1/m-b(d1/h)[m1 m5|o1] p2/m-c()[m3|o1])" {
		t.Error(got)
	}
	link := page.Rows[0].Nested[0].Rows[1].Link
	want := &store.Row{ID: "m-b", Type: "MEMBER_OF", From: "p1", To: "o1", Values: store.Values{{Key: "role", Data: "coordinadora"}}}
	if diff := cmp.Diff(want, keep(link, []string{"role"})); diff != "" {
		t.Error(diff)
	}
}

func nestedDeep(t *testing.T, s *suite) {
	// Around the ring of three, twice.
	chain := along("Organization.partOf")
	for range 5 {
		chain = along("Organization.partOf", chain)
	}
	s.shows(t, with(only(store.Entities, "o1"), chain), "o1(o2/r12(o3/r23(o1/r31(o2/r12(o3/r23(o1/r31))))))")
	// A node that stands under several parents has its own rows under each.
	first := along("Person.memberOf")
	first.Page.First = 1
	tally := along("Person.associates", first)
	s.shows(t, with(only(store.Entities, "p2", "p3"), tally), "p2(p1/a12(o1/m-a) p3/a23()) p3(p1/a13(o1/m-a) p2/a23(o1/m-c))")
	// From statements to entities, along links, and back to statements.
	back := store.Nested{Refs: "source", Selection: store.Selection{Page: store.PageOf{First: 1}}}
	subject := store.Nested{Refs: "subject", Selection: store.Selection{Page: store.PageOf{First: 1}, Nested: []store.Nested{along("Person.detentions", theirs("subject", "id", store.StatementRows))}}}
	s.shows(t, with(only(store.StatementRows, "m2"), subject, back), "m2(p1(d1/h(d1.start d1.type z1))|src2)")
}

func nestedFields(t *testing.T, s *suite) {
	s.shows(t, with(only(store.Entities, "o1"), along("Organization.members"), along("Organization.memberOrganizations")), "o1(p1/m-a p1/m-b p2/m-c|o2/m-e)")
	s.shows(t, with(only(store.Entities, "d1"), along("Detention.person"), along("Detention.releases")), "d1(p1/h|e1/z)")
	s.shows(t, with(only(store.Entities, "e1"), along("Event.released"), along("Event.carriedOutBy")), "e1(d1/z|)")
}

func nestedPlaces(t *testing.T, s *suite) {
	// The same relation, asked in several ways at once.
	one, none := along("Person.memberOf"), along("Person.memberOf")
	one.Page.First = 1
	none.Where = store.Any{}
	none.Total = true
	s.shows(t, with(only(store.Entities, "p2"), one, along("Person.memberOf"), none, one), "p2(o1/m-c|o1/m-c o3/m-d||o1/m-c)")
	page := s.read(t, statement.PublicView, with(all("Person"), one, none))
	for _, r := range page.Rows {
		if len(r.Nested) != 2 || len(r.LinkNested) != 0 || r.Nested[1].Total != 0 {
			t.Errorf("%s: %+v", r.Row.ID, r)
		}
	}
}
