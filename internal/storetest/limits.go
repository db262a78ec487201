package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var limiting = subject{name: "limits", data: limitData, cases: []sentence{
	{"An id that no row has, or a type without rows, gives an empty page", limitNames},
	{"none of which knows an entity type", limitTypes},
	{"Write applies the commit whole or not at all", limitCommits},
	{"longer than 256 bytes: cut there, and told apart by a hash", limitTexts},
	{"its page, total and order are per parent", limitParents},
	{"Everything as PageOf.First asks for all rows (the budget still holds)", limitDepth},
	{"(nil: always)", limitFilters},
}}

// limitData is 300 people, in one organization each of three.
func limitData() []statement.Commit {
	var people, rest []statement.Statement
	for i := range 300 {
		id := fmt.Sprintf("p%03d", i)
		people = append(people, entity(id, "Person", "name", fmt.Sprintf("Persona %d", i%7))...)
		rest = append(rest, say("m"+id, id, "MEMBER_OF", fmt.Sprintf("o%d", i%3)))
	}
	return []statement.Commit{
		together(source(theSource), entity("o0", "Organization"), entity("o1", "Organization"), entity("o2", "Organization")),
		{Add: people}, {Add: rest},
	}
}

// limitNames asks for names that no vocabulary has, with what is a sign to this or
// that query language: they are names like others, of nothing.
func limitNames(t *testing.T, s *suite) {
	for _, name := range []string{"Unicorn", "", "`", "Person`) DETACH DELETE n //", "Person|Organization", "*", "'; --", "$p", "pérsona", "Statement", "\\u0060"} {
		typed := all(name)
		typed.Total = true
		linked := with(only(store.Entities, "o0"), store.Nested{Step: &store.Step{Relations: []string{name}, Types: []string{name}, Out: true, In: true}, Selection: store.Selection{Page: store.PageOf{First: 1}}})
		pages := s.pages(t, statement.PublicView, typed, linked,
			store.Selection{Of: store.LinkRows, Types: []string{name}, Page: store.PageOf{First: 1}},
			filtered("Person", store.Linked{Step: store.Step{Relations: []string{name}, Out: true}}),
			only(store.Entities, name), only(store.LinkRows, name), only(store.StatementRows, name),
			filtered("Person", store.Compare{Property: vocab.Identity, Op: store.Eq, Values: []any{name}}),
		)
		if got := trees(pages); got != "|o0()||||||" || pages[0].Total != 0 {
			t.Errorf("%q: %s", name, got)
		}
		links, err := s.Store().Expand(t.Context(), statement.PublicView, []string{name, "o0"}, []string{name}, []string{name}, 5)
		if err != nil || len(links) != 2 || links[0].Total+links[1].Total != 0 {
			t.Errorf("%q: %+v, %v", name, links, err)
		}
		ways, err := s.Store().Shortest(t.Context(), statement.PublicView, store.Way{
			From: "o0", To: name, Length: 3, Relations: []string{name}, Without: []string{name}, Keys: []string{name}, Most: 5,
		})
		if err != nil || ways.Length != 0 {
			t.Errorf("%q: %+v, %v", name, ways, err)
		}
		if entries, err := s.Store().Log(t.Context(), statement.PublicView, name, 0, 5); err != nil || name != "" && len(entries) != 0 {
			t.Errorf("%q: %d entries, %v", name, len(entries), err)
		}
	}
	if total := s.read(t, statement.PublicView, counted(all("Person"))).Total; total != 300 {
		t.Errorf("%d people are left", total)
	}
}

func counted(s store.Selection) store.Selection {
	s.Total, s.Page.First = true, 0
	return s
}

// limitTypes reads every type with each of its properties and fields: in an order,
// a filter, among the values, nested.
func limitTypes(t *testing.T, s *suite) {
	var selections []store.Selection
	for _, typ := range vocab.Types() {
		properties, fields := all(typ.Name), all(typ.Name)
		nulls := store.Any{compare("Person.name", store.IsNull, true)}
		for _, p := range typ.Properties {
			properties.Keys = append(properties.Keys, p.Name)
			if p.Orderable() {
				properties.Order = append(properties.Order, store.Order{Property: p})
			}
			if p.Value != vocab.Refs {
				nulls = append(nulls, store.Compare{Property: p, Op: store.IsNull, Values: []any{false}})
			}
		}
		properties.Where = nulls
		for _, f := range typ.Fields() {
			step := store.Nested{Step: store.StepOf(f), Selection: store.Selection{Page: store.PageOf{First: 1}}}
			fields.Nested = append(fields.Nested, step)
			if f.Countable {
				fields.Order = append(fields.Order, store.Order{Count: f})
			}
		}
		selections = append(selections, properties, fields)
	}
	for _, view := range statement.Views {
		for i, page := range s.pages(t, view, selections...) {
			want := map[string]int{"Person": 300, "Organization": 3, "Source": 1}[selections[i].Types[0]]
			if len(page.Rows) != want {
				t.Errorf("%s: %d rows, want %d", Describe(selections[i:i+1]), len(page.Rows), want)
			}
		}
	}
}

func limitCommits(t *testing.T, s *suite) {
	var add []statement.Statement
	for i := range statement.MaxStatements + 1 {
		add = append(add, say(fmt.Sprintf("n%04d", i), "p000", "notes", fmt.Sprint(i)))
	}
	if _, err := s.Store().Write(t.Context(), statement.Commit{Add: add}); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("one statement too many: %v", err)
	}
	notes := store.Selection{Of: store.StatementRows, Where: store.All{compare("Statement.subject", store.Eq, "p000"), compare("Statement.property", store.Eq, "notes")}}
	if total := s.read(t, statement.PublicView, counted(notes)).Total; total != 0 {
		t.Errorf("%d of them were stored", total)
	}
	s.write(t, add[:statement.MaxStatements]...)
	if total := s.read(t, statement.PublicView, counted(notes)).Total; total != statement.MaxStatements {
		t.Errorf("%d were stored", total)
	}
}

func limitTexts(t *testing.T, s *suite) {
	// The longest text there may be, in letters of three bytes; ids of 64 characters.
	long := strings.Repeat("字", 1<<16/3)
	id := "L" + strings.Repeat("o", 62) + "g"
	s.write(t, say(id, "o1", "description", long), say("ch-type", "x"+id[1:], vocab.TypeProperty, "Charge"), say("ch-name", "x"+id[1:], "name", long))
	charges := filtered("Charge", store.All{compare("Charge.name", store.Eq, long), compare("Charge.name", store.Contains, long[3:]), compare("Charge.name", store.StartsWith, long)})
	charges.Order, charges.Keys = []store.Order{desc("Charge.name")}, []string{"name"}
	page := s.read(t, statement.PublicView, charges)
	if tree(page) != "x"+id[1:] || page.Rows[0].Row.Values.Text("name") != long {
		t.Fatalf("got %s", tree(page))
	}
	if key := page.Rows[0].Keys[0].(string); len(key) > 300 {
		t.Errorf("a sort key of %d bytes", len(key))
	}
	after := place(page.Rows[0])
	charges.Page.After = &after
	s.shows(t, charges, "")
	if _, err := s.Store().Write(t.Context(), statement.Commit{Add: []statement.Statement{say("bad", "o1", "notes", long+"字")}}); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a longer text: %v", err)
	}
}

func limitParents(t *testing.T, s *suite) {
	first := along("Organization.members")
	first.Page.First, first.Total, first.Order = 2, true, []store.Order{desc("Person.name")}
	back := along("Person.memberOf", first)
	people := with(all("Person"), back)
	people.Page.First = 250
	page := s.read(t, statement.PublicView, people)
	if len(page.Rows) != 250 {
		t.Fatalf("%d parents", len(page.Rows))
	}
	for i, r := range page.Rows {
		orgs := r.Nested[0].Rows
		if len(orgs) != 1 || orgs[0].Row.ID != fmt.Sprintf("o%d", i%3) || orgs[0].Nested[0].Total != 100 || len(orgs[0].Nested[0].Rows) != 2 {
			t.Fatalf("%s: %+v", r.Row.ID, r.Nested)
		}
	}
}

func limitDepth(t *testing.T, s *suite) {
	// To and fro, fifteen levels deep: one row at each.
	field := [2]string{"Person.memberOf", "Organization.members"}
	nested := along(field[0])
	nested.Page.First = 1
	for i := range 14 {
		nested = along(field[(i+1)%2], nested)
		nested.Page.First = 1
	}
	deep := with(only(store.Entities, "p000"), nested)
	if _, err := s.Store().Read(t.Context(), statement.PublicView, 16, []store.Selection{deep}); err != nil {
		t.Errorf("sixteen rows: %v", err)
	}
	if _, err := s.Store().Read(t.Context(), statement.PublicView, 15, []store.Selection{deep}); !errors.Is(err, store.ErrTooExpensive) {
		t.Errorf("one too many: %v", err)
	}
	// What multiplies at each level is refused, and soon.
	wide := along(field[0])
	for i := range 6 {
		wide = along(field[(i+1)%2], wide)
	}
	if _, err := s.Store().Read(t.Context(), statement.PublicView, 10_000, []store.Selection{with(only(store.Entities, "p000"), wide)}); !errors.Is(err, store.ErrTooExpensive) {
		t.Errorf("millions of rows: %v", err)
	}
}

func limitFilters(t *testing.T, s *suite) {
	var ids []any
	for i := range 250 {
		ids = append(ids, fmt.Sprintf("p%03d", i*2))
	}
	in := store.Compare{Property: vocab.Identity, Op: store.In, Values: ids}
	if total := s.read(t, statement.PublicView, counted(filtered("Person", in))).Total; total != 150 {
		t.Errorf("in 250 ids: %d", total)
	}
	// Of two people: in an organization one of whose members is in an organization
	// one of whose members is p299, who is in the third.
	var deep store.Filter = store.Compare{Property: vocab.Identity, Op: store.Eq, Values: []any{"p299"}}
	for i := range 4 {
		step := memberOf
		if i%2 == 0 {
			step = *store.StepOf(rel("Organization.members"))
		}
		deep = store.Not{Filter: store.Not{Filter: store.All{store.Any{store.Linked{Step: step, Node: deep}}}}}
	}
	people := only(store.Entities, "p000", "p002")
	people.Where = deep
	s.shows(t, people, "p002")
}
