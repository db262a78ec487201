package storetest

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var merging = subject{name: "same", data: sameData, fresh: true, cases: []sentence{
	{"A former id, one that an entity has among its formerIds in the view, stands for that entity among a selection's IDs", sameByID},
	{"and where a filter compares ids of entities (Eq, Ne, In)", sameInFilters},
	{"Rows refer to entities by no former ids", sameReferences},
	{"A link from an entity to itself is one row", sameLinks},
	{"A former id is answered with the links of its entity, under the entity's id", sameExpanded},
	{"A former id asks for its entity", sameShortest},
	{"A former id asks for its entity, and entries that touched one of its former ids are among its own", sameLogged},
	{"Write applies the commit whole or not at all", sameTakenBack},
}}

// sameData is one person and one organization, recorded twice each and then judged
// the same, and a minor whose second record is somebody else's first.
func sameData() []statement.Commit {
	claimed := func(s *statement.Statement) { s.ClaimedBy = "o2" }
	return []statement.Commit{
		together(source(theSource), entity("p1", "Person", "name", "Ana Ficticia"), entity("o1", "Organization", "name", "Uno")),
		together(
			entity("p2", "Person", "name", "Ana Ficticia Inventada"), entity("p3", "Person"), entity("o2", "Organization"),
			entity("y1", "Person", "name", "Otra Ficticia"), entity("y2", "Person", "protection", "PROTECTED"), entity("d2", "Detention", "start", "2025-12-03"),
			[]statement.Statement{
				say("m1", "p1", "MEMBER_OF", "o1"), say("m2", "p2", "MEMBER_OF", "o2", claimed), say("a", "p3", "ASSOCIATE_OF", "p2", linkID("la")),
				say("r", "p1", "RELATIVE_OF", "p2"), say("h", "p2", vocab.HasDetention, "d2", linkID("lh")),
			}),
		{Add: []statement.Statement{
			say("same.p", "p2", vocab.SameAs, "p1", from(vocab.Editorial)), say("same.o", "o1", vocab.SameAs, "o2", from(vocab.Editorial)),
			say("same.y", "y1", vocab.SameAs, "y2", from(vocab.Editorial)), say("unsure", "p3", vocab.UnsureSameAs, "p2"),
		}},
	}
}

func sameByID(t *testing.T, s *suite) {
	former := func(view store.View, ids ...string) (rows []string) {
		selection := only(store.Entities, ids...)
		selection.Keys = []string{vocab.FormerIDs}
		for _, r := range s.read(t, view, selection).Rows {
			text := r.Row.ID
			if list, ok := r.Row.Values.Get(vocab.FormerIDs).([]string); ok {
				text += " was " + list[0]
			}
			rows = append(rows, text)
		}
		return rows
	}
	for _, tt := range []struct {
		view store.View
		ids  []string
		want []string
	}{
		{statement.PublicView, []string{"p2"}, []string{"p1 was p2"}},
		{statement.PublicView, []string{"o2", "p2", "p3", "p1", "nobody"}, []string{"o1 was o2", "p1 was p2", "p3"}},
		{statement.PublicView, []string{"y2"}, nil}, {statement.PublicView, []string{"y1"}, []string{"y1"}},
		{statement.FullView, []string{"y2", "y1"}, []string{"y1 was y2"}},
	} {
		if diff := cmp.Diff(tt.want, former(tt.view, tt.ids...)); diff != "" {
			t.Errorf("%v view, %v: %s", tt.view, tt.ids, diff)
		}
	}
	people := with(only(store.Entities, "p2", "x"), along("Person.memberOf"))
	people.Types, people.Total = []string{"Person"}, true
	if page := s.read(t, statement.PublicView, people); tree(page) != "p1(o1/"+s.linkOf(t, "m1")+")" || page.Total != 1 {
		t.Errorf("with what is nested: %s, %d in all", tree(page), page.Total)
	}
	if got := trees(s.pages(t, statement.PublicView, only(store.StatementRows, "m2"), only(store.LinkRows, "la", "p2"), only(store.Entities, "m2", "p2"))); got != "m2|la|p1" {
		t.Errorf("of all three collections: %s", got)
	}
}

// linkOf gives the link that a statement speaks of.
func (s *suite) linkOf(t *testing.T, id string) string {
	t.Helper()
	selection := only(store.StatementRows, id)
	selection.Keys = []string{statement.KeyLink}
	return s.read(t, statement.FullView, selection).Rows[0].Row.Values.Text(statement.KeyLink)
}

func sameInFilters(t *testing.T, s *suite) {
	is := func(op store.Op, ids ...any) store.Filter {
		return store.Compare{Property: vocab.Identity, Op: op, Values: ids}
	}
	s.shows(t, filtered("Person", is(store.Eq, "p2")), "p1")
	s.shows(t, filtered("Person", is(store.Ne, "p2")), "p3 y1")
	s.shows(t, filtered("Person", store.Any{is(store.In, "p2", "p1", "nobody"), store.Not{Filter: is(store.Ne, "p3")}}), "p1 p3")
	s.shows(t, filtered("Person", is(store.In, "y2")), "")
	s.shows(t, filtered("Person", store.Linked{Step: *store.StepOf(rel("Person.memberOf")), Node: is(store.Eq, "o2")}), "p1")
	nested := along("Person.associates")
	nested.Where = is(store.Eq, "p2")
	s.shows(t, with(only(store.Entities, "p3"), nested), "p3(p1/la)")
	for _, tt := range []struct{ property, id, want string }{
		{"Statement.subject", "p2", "h m1 m2 p1.name p1.type p2.name p2.type r same.p"}, {"Statement.subject", "p1", "h m1 m2 p1.name p1.type p2.name p2.type r same.p"},
		{"Statement.entity", "o2", "m1 m2 same.o"}, {"Statement.entity", "o1", "m1 m2 same.o"}, {"Statement.claimedBy", "o2", "m2"}, {"Statement.claimedBy", "o1", "m2"}, {"Statement.entity", "y2", ""},
	} {
		s.shows(t, store.Selection{Of: store.StatementRows, Where: compare(tt.property, store.Eq, tt.id), Page: store.PageOf{First: store.Everything}}, tt.want)
	}
	ordered := store.Selection{Of: store.StatementRows, Where: compare("Statement.subject", store.In, "p2", "o2"), Page: store.PageOf{First: 3, After: &store.Position{ID: "m1"}}, Total: true}
	if page := s.read(t, statement.PublicView, ordered); tree(page) != "m2 o1.name o1.type" || page.Total != 13 {
		t.Errorf("a page of the statements of two: %s of %d", tree(page), page.Total)
	}
	linked := store.Referred{Key: "from", Of: store.Entities, Filter: is(store.Eq, "p2")}
	s.shows(t, store.Selection{Of: store.LinkRows, Types: []string{vocab.HasDetention}, Where: linked, Page: store.PageOf{First: 9}}, "lh")
}

func sameReferences(t *testing.T, s *suite) {
	former := []string{"p2", "o2", "y2"}
	for _, view := range statement.Views {
		for _, of := range []store.Collection{store.Entities, store.LinkRows, store.StatementRows} {
			keys := []string{statement.KeySubject, statement.KeyEntity, statement.KeyClaimedBy, statement.KeyReportedBy, "reportedBy"}
			for _, r := range s.read(t, view, store.Selection{Of: of, Keys: keys, Page: store.PageOf{First: store.Everything}}).Rows {
				held := []string{r.Row.ID, r.Row.From, r.Row.To}
				for _, key := range keys {
					held = append(held, ids(r.Row.Values.Get(key))...)
				}
				if slices.ContainsFunc(held, func(id string) bool { return slices.Contains(former, id) }) {
					t.Errorf("%v view: %s holds a former id: %q", view, r.Row.ID, held)
				}
			}
		}
	}
	// What was stated of either record is stated of the one.
	statements := store.Nested{Theirs: statement.KeySubject, Mine: "id", Selection: store.Selection{Of: store.StatementRows, Page: store.PageOf{First: store.Everything}}}
	s.shows(t, with(only(store.Entities, "p1", "o1"), statements), "p1(h m1 m2 p1.name p1.type p2.name p2.type r same.p) o1(o1.name o1.type o2.type same.o)")
	into := store.Nested{Theirs: statement.KeyEntity, Mine: "id", Selection: store.Selection{Of: store.StatementRows, Page: store.PageOf{First: store.Everything}}}
	s.shows(t, with(only(store.Entities, "p1", "o1"), into), "p1(a r same.p unsure) o1(m1 m2 same.o)")
	s.write(t, say("g", "p2", "gender", "f"), say("a2", "p3", "RELATIVE_OF", "p2", linkID("lr")))
	s.shows(t, with(only(store.Entities, "p1"), along("Person.relatives")), "p1(p3/lr)")
}

func sameLinks(t *testing.T, s *suite) {
	same, unsure := s.linkOf(t, "same.p"), s.linkOf(t, "unsure")
	judgements := along("Person.judgements")
	judgements.Total = true
	judgements.LinkNested = []store.Nested{{Theirs: statement.KeyLink, Mine: "id", Selection: store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 9}}}}
	page := s.read(t, statement.PublicView, with(only(store.Entities, "p1"), judgements))
	if got, want := tree(page), "p1(p1/"+same+"[same.p] p3/"+unsure+"[unsure])"; got != want || page.Rows[0].Nested[0].Total != 2 {
		t.Errorf("judgements of one: %s, want %s; %d in all", got, want, page.Rows[0].Nested[0].Total)
	}
	loop := store.Linked{Step: *store.StepOf(rel("Person.judgements")), Quantifier: store.Number, Op: store.Eq, Number: 2}
	s.shows(t, filtered("Person", loop), "p1")
	every := store.Nested{Step: &store.Step{Out: true, In: true}, Selection: store.Selection{Types: []string{"Person"}, Total: true, Page: store.PageOf{First: 9}}}
	if page := s.read(t, statement.PublicView, with(only(store.Entities, "p1"), every)).Rows[0].Nested[0]; page.Total != 3 || len(page.Rows) != 3 {
		t.Errorf("all links of one to people: %s, %d in all", tree(page), page.Total)
	}
	s.showsIn(t, statement.PublicView, with(only(store.Entities, "y1"), along("Person.judgements")), "y1()")
	s.showsIn(t, statement.FullView, with(only(store.Entities, "y1"), along("Person.judgements")), "y1(y1/"+s.linkOf(t, "same.y")+")")
}

func sameExpanded(t *testing.T, s *suite) {
	links := s.expand(t, []string{"p2", "p1", "y2"}, []string{"MEMBER_OF", vocab.SameAs}, 9)
	ids := []string{s.linkOf(t, "m1"), s.linkOf(t, "same.p")}
	slices.Sort(ids)
	both := ids[0] + " " + ids[1] + " (2)"
	if got, want := linksText(links), "p1: "+both+"; p1: "+both+"; y2:  (0)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func sameShortest(t *testing.T, s *suite) {
	for _, ends := range [][2]string{{"p2", "o1"}, {"p1", "o2"}, {"p2", "o2"}} {
		if got, want := s.shortest(t, store.Way{From: ends[0], To: ends[1], Length: 3, Most: 9}), "p1-1-o1: "+s.linkOf(t, "m1"); got != want {
			t.Errorf("%v: %s, want %s", ends, got, want)
		}
	}
	for _, id := range []string{"p1", "y1", "y2"} { // the same entity, or what the view does not have
		if got := s.shortest(t, store.Way{From: "p2", To: id, Length: 3, Most: 9}); got != "-0-: " {
			t.Errorf("to %s: %s", id, got)
		}
	}
}

func sameLogged(t *testing.T, s *suite) {
	s.write(t, say("g", "p2", "gender", "f"))
	for _, tt := range []struct {
		view   store.View
		entity string
		want   []uint64
	}{
		{statement.PublicView, "p1", []uint64{1, 2, 3, 4}}, {statement.PublicView, "p2", []uint64{1, 2, 3, 4}}, {statement.FullView, "o2", []uint64{1, 2, 3}},
		{statement.PublicView, "y1", nil}, {statement.PublicView, "y2", nil}, {statement.FullView, "y2", []uint64{2, 3}},
	} {
		if diff := cmp.Diff(tt.want, sequences(s.log(t, tt.view, tt.entity, 0, 100))); diff != "" {
			t.Errorf("%s, %v view: %s", tt.entity, tt.view, diff)
		}
	}
	if diff := cmp.Diff([]uint64{2, 3}, sequences(s.log(t, statement.FullView, "p2", 1, 2))); diff != "" {
		t.Errorf("two after 1: %s", diff)
	}
	got := logText(s.log(t, statement.PublicView, "", 2, 1), statement.PublicView)
	if want := "3 UPDATED Detention d2 UPDATED Organization o1 REMOVED Organization o2 UPDATED Person p1 REMOVED Person p2 UPDATED Person p3"; got != want {
		t.Errorf("the merge: got  %s\nwant %s", got, want)
	}
	versioned := only(store.Entities, "p2")
	versioned.Keys = []string{store.KeyVersion}
	if version := s.read(t, statement.PublicView, versioned).Rows[0].Version; version != 4 {
		t.Errorf("version %d", version)
	}
}

// sameTakenBack merges what was there before, reads it anew, and takes it back.
func sameTakenBack(t *testing.T, s *suite) {
	s.write(t, say("more", "p3", vocab.SameAs, "p2"))
	s.Reopen(t)
	s.shows(t, only(store.Entities, "p3", "p2", "p1"), "p1")
	s.shows(t, with(only(store.Entities, "d2"), along("Detention.person")), "d2(p1/lh)")
	s.retract(t, "same.p", "more", "same.o")
	s.shows(t, all("Person"), "p1 p2 p3 y1")
	s.shows(t, with(only(store.Entities, "p2", "p1"), along("Person.memberOf"), along("Person.associates")),
		"p2(o2/"+s.linkOf(t, "m2")+"|p3/la) p1(o1/"+s.linkOf(t, "m1")+"|)")
	s.shows(t, store.Selection{Of: store.StatementRows, Where: compare("Statement.subject", store.Eq, "p2"), Page: store.PageOf{First: 9}}, "h m2 p2.name p2.type same.p")
	s.Reopen(t)
	s.shows(t, only(store.Entities, "o2", "p2"), "o2 p2")
	s.shows(t, with(only(store.Entities, "o2"), along("Organization.members")), "o2(p2/"+s.linkOf(t, "m2")+")")
}
