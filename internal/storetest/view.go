package storetest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var viewing = subject{name: "view", data: viewData, cases: []sentence{
	{"Everything is evaluated over the rows of the view", viewSecrets},
	{"a row that it does not have is in no page", viewPages},
	{"no total", viewTotals},
	{"no filter", viewFilters},
	{"no order", viewOrders},
	{"a value that it does not have is null", viewValues},
	{"An entity that the view does not have has no links", viewLinks},
	{"View, Row and Values are those of package statement", viewZero},
}}

// viewData is the minor's graph; an organization whose existence is restricted, one
// of whose names the better is; a restricted link; a confidential source; and someone
// whose only name is one of their other names to the public.
func viewData() []statement.Commit {
	return append(NewMinor().Commits, together(
		[]statement.Statement{say("zr-type", "zr", vocab.TypeProperty, "Organization", restricted), say("zr-name", "zr", "name", "Aaa reservada")},
		entity("zo", "Organization", "name", "Pública", "kind", "NGO"),
		entity("zp", "Person", "otherNames", "Oculta Figurada"),
		entity("zq", "Person", "name", "Otra Figurada"),
		[]statement.Statement{
			say("zp-name", "zp", "name", "Oculta Figurada", restricted),
			say("zo-better", "zo", "name", "Bbb reservada", restricted, func(s *statement.Statement) { s.Rank = statement.Preferred }),
			say("zo-notes", "zo", "notes", "nota reservada", restricted),
			say("zm-open", "zq", "MEMBER_OF", "zo", linkID("zm-o"), qualified("role", "vocal")),
			say("zm-better", "zq", "MEMBER_OF", "zo", linkID("zm-o"), qualified("role", "espía"), restricted, func(s *statement.Statement) { s.Rank = statement.Preferred }),
			say("zm-hidden", "zq", "MEMBER_OF", "zo", linkID("zm-h"), restricted),
			say("zm-gone", "zq", "MEMBER_OF", "zr", linkID("zm-r")),
			say("zs-type", "zs", vocab.TypeProperty, vocab.SourceType, from("zs"), restricted),
			say("zs-title", "zs", "title", "Fuente reservada", from("zs")),
			say("zo-told", "zo", "description", "dicho en confianza", from("zs"), func(s *statement.Statement) {
				s.Locator, s.Words, s.ClaimedBy, s.Verification = "folio 1", "así dijo", "yo3", statement.FamilyOrCounsel
			}),
		},
	))
}

// viewSecrets reads all that there is and looks for the secrets in it.
func viewSecrets(t *testing.T, s *suite) {
	minor := NewMinor()
	texts := [2]string{}
	for _, view := range statement.Views {
		text, err := json.Marshal(stateOf(t, s.Store(), view))
		if err != nil {
			t.Fatal(err)
		}
		texts[view] = strings.ToLower(string(text))
	}
	hidden := append(slices.Clone(minor.Secrets), "aaa reservada", "bbb reservada", "nota reservada", "zr-", "zm-h", "zm-r", "zm-better", "zo-better",
		"espía", "zs-", "fuente reservada", "folio 1", "así dijo", "family_or_counsel")
	for _, secret := range hidden {
		secret = strings.ToLower(secret)
		if strings.Contains(texts[statement.PublicView], secret) {
			t.Errorf("the public view tells %q", secret)
		}
		if !strings.Contains(texts[statement.FullView], secret) {
			t.Errorf("the full view does not tell %q, so that it is no test", secret)
		}
	}
	for _, key := range []string{"y1.nationality", "y2.start", "y2.end", "y2.outcome", "y2.status", "y3.date", "y3.standing"} {
		id, property, _ := strings.Cut(key, ".")
		selection := only(store.Entities, id)
		selection.Keys = []string{property}
		got := s.read(t, statement.PublicView, selection).Rows[0].Row.Values.Get(property)
		if list, ok := got.([]string); ok {
			got = strings.Join(list, " ")
		}
		if got != minor.Shown[key] {
			t.Errorf("%s is %v, want %s", key, got, minor.Shown[key])
		}
	}
}

// both checks the answers of the public and of the full view.
func (s *suite) both(t *testing.T, selection store.Selection, public, full string) {
	t.Helper()
	s.showsIn(t, statement.PublicView, selection, public)
	s.showsIn(t, statement.FullView, selection, full)
}

func viewPages(t *testing.T, s *suite) {
	orgs := all("Organization")
	orgs.Page.After = &store.Position{ID: "yo3"}
	s.both(t, orgs, "zo", "zo zr")
	s.both(t, only(store.Entities, "zr", "zo", "zs"), "zo", "zr zo zs")
	s.both(t, only(store.LinkRows, "yk-school", "yv-arrest", "yk-mention", "zm-h", "zm-r"), "yv-arrest", "yk-school yv-arrest yk-mention zm-h zm-r")
	s.both(t, only(store.StatementRows, "ys-name", "yv-months", "yr-notes", "zr-name", "zo-told"), "yv-months zo-told", "ys-name yv-months yr-notes zr-name zo-told")
	s.both(t, with(only(store.Entities, "zq"), along("Person.memberOf")), "zq(zo/zm-o)", "zq(zo/zm-h zo/zm-o zr/zm-r)")
	s.both(t, with(only(store.Entities, "yo1"), along("Organization.members")), "yo1()", "yo1(y1/yk-school yp1/yk-role)")
	s.both(t, with(only(store.Entities, "y2"), along("Detention.heldAt"), along("Detention.person"), along("Detention.proceedings")),
		"y2(yf2/yv-held|y1/yk-has|)", "y2(yf1/yk-juvenile yf2/yv-held|y1/yk-has|yk1/yk-trial)")
	sources := store.Nested{Refs: "sources", Selection: store.Selection{Page: store.PageOf{First: 9}}}
	s.both(t, with(only(store.Entities, "y1", "zo"), sources), "y1() zo(src)", "y1(src) zo(src zs)")
	source := store.Nested{Refs: "source", Selection: sources.Selection}
	s.both(t, with(only(store.StatementRows, "yv-months", "zo-told"), source), "yv-months() zo-told()", "yv-months(src) zo-told(zs)")
	s.both(t, with(only(store.LinkRows, "zm-o"), theirs("link", "id", store.StatementRows)), "zm-o(zm-open)", "zm-o(zm-better zm-open)")
}

func viewTotals(t *testing.T, s *suite) {
	totals := func(selection store.Selection, public, full int) {
		t.Helper()
		selection.Total, selection.Page.First = true, 0
		for view, want := range []int{statement.PublicView: public, statement.FullView: full} {
			if got := s.read(t, store.View(view), selection).Total; got != want {
				t.Errorf("%s in the %v view: %d, want %d", Describe([]store.Selection{selection}), store.View(view), got, want)
			}
		}
	}
	totals(all("Organization"), 4, 5)
	totals(all("Source"), 1, 2)
	totals(store.Selection{Of: store.LinkRows, Types: []string{"MEMBER_OF"}}, 1, 5)
	totals(store.Selection{Of: store.StatementRows, Where: compare("Statement.subject", store.Eq, "y1")}, 3, 15)
	totals(filtered("Person", compare("Person.name", store.IsNull, false)), 2, 4)
	members := along("Organization.members")
	members.Total, members.Page.First = true, 0
	for view, want := range []int{statement.PublicView: 0, statement.FullView: 2} {
		if got := s.read(t, store.View(view), with(only(store.Entities, "yo1"), members)).Rows[0].Nested[0].Total; got != want {
			t.Errorf("nested, %v view: %d, want %d", store.View(view), got, want)
		}
	}
}

func viewFilters(t *testing.T, s *suite) {
	member := func(q store.Quantifier, op store.Op, n int, node, link store.Filter) store.Selection {
		return filtered("Organization", store.All{
			store.Linked{Step: *store.StepOf(rel("Organization.members")), Quantifier: q, Op: op, Number: n, Node: node, Link: link},
			store.Compare{Property: vocab.Identity, Op: store.In, Values: []any{"yo1", "zo", "zr"}},
		})
	}
	for _, tt := range []struct {
		selection    store.Selection
		public, full string
	}{
		{filtered("Person", compare("Person.name", store.Eq, MinorName)), "", "y1"},
		{filtered("Person", compare("Person.name", store.Contains, "ejemplo")), "", "y1"},
		{filtered("Person", compare("Person.name", store.StartsWith, "nina")), "", "y1"},
		{filtered("Person", compare("Person.otherNames", store.In, MinorAlias)), "", "y1"},
		{filtered("Person", compare("Person.name", store.IsNull, true)), "y1 zp", ""},
		{filtered("Person", compare("Person.otherNames", store.Eq, "Oculta Figurada")), "zp", ""},
		{filtered("Person", store.Not{Filter: compare("Person.name", store.Eq, MinorName)}), "y1 yp1 zp zq", "yp1 zp zq"},
		{filtered("Person", dated("Person.birthDate", store.Before, "2015", false)), "", "y1"},
		{filtered("Person", compare("Person.protected", store.Eq, true)), "y1", "y1"},
		{filtered("Detention", dated("Detention.start", store.On, "2025-11-17", false)), "", "y2"},
		{filtered("Detention", dated("Detention.start", store.On, "2025-11-03", true)), "y2", ""},
		{filtered("Detention", compare("Detention.minorAtArrest", store.Eq, "YES")), "", "y2"},
		{filtered("Detention", store.Linked{Step: *store.StepOf(rel("Detention.heldAt")), Node: compare("Facility.kind", store.Eq, "JUVENILE")}), "", "y2"},
		{filtered("Detention", store.Linked{Step: *store.StepOf(rel("Detention.arrestedBy")), Link: compare("Link.role", store.Contains, "secreta")}), "", "y2"},
		{filtered("Organization", compare("Organization.name", store.Eq, "Bbb reservada")), "", "zo"},
		{filtered("Organization", compare("Organization.name", store.Eq, "Pública")), "zo", ""},
		{filtered("Organization", compare("Organization.otherNames", store.Eq, "Pública")), "", "zo"},
		{member(store.Some, 0, 0, nil, nil), "zo", "yo1 zo zr"},
		{member(store.None, 0, 0, nil, nil), "yo1", ""},
		{member(store.Number, store.Gte, 2, nil, nil), "", "yo1 zo"},
		{member(store.Some, 0, 0, nil, compare("Link.role", store.Eq, "espía")), "", "zo"},
		{member(store.Every, 0, 0, nil, compare("Link.role", store.Eq, "vocal")), "yo1 zo", ""},
		{member(store.Some, 0, 0, compare("Person.protected", store.Eq, true), nil), "", "yo1"},
		{store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 9}, Where: compare("Statement.verification", store.Eq, statement.FamilyOrCounsel)}, "", "ys-start yv-by yv-end yv-nationality zo-told"},
		{store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 9}, Where: store.All{
			compare("Statement.subject", store.In, "y1", "y2", "y3", "zo"),
			store.Referred{Key: statement.KeySource, Filter: compare("Source.title", store.Contains, "fuente")},
		}}, "", "zo-told"},
	} {
		s.both(t, tt.selection, tt.public, tt.full)
	}
}

func viewOrders(t *testing.T, s *suite) {
	s.both(t, ordered("Person", asc("Person.name")), "yp1 zq y1 zp", "yp1 y1 zp zq")
	s.both(t, ordered("Person", desc("Person.name")), "zq yp1 zp y1", "zq zp y1 yp1")
	s.both(t, ordered("Person", asc("Person.birthDate")), "y1 yp1 zp zq", "y1 yp1 zp zq")
	s.both(t, ordered("Organization", asc("Organization.name")), "yo3 yo2 yo1 zo", "zr zo yo3 yo2 yo1")
	members := store.Order{Count: rel("Organization.members"), Desc: true}
	byMembers := ordered("Organization", members, asc("Organization.name"))
	byMembers.Page.First = 2
	s.both(t, byMembers, "zo yo3", "zo yo1")
	for view, want := range [][]any{statement.PublicView: {int64(1), "publica"}, statement.FullView: {int64(2), "bbb reservada"}} {
		row := s.read(t, store.View(view), byMembers).Rows[0]
		if diff := cmp.Diff(want, row.Keys); diff != "" {
			t.Errorf("keys, %v view: %s", store.View(view), diff)
		}
	}
	start := ordered("Detention", asc("Detention.start"))
	for view, want := range []string{statement.PublicView: "2025-11-01/2025-11-30", statement.FullView: "2025-11-17/2025-11-17"} {
		if key := s.read(t, store.View(view), start).Rows[0].Keys[0]; key != want {
			t.Errorf("start, %v view: %v, want %s", store.View(view), key, want)
		}
	}
}

func viewValues(t *testing.T, s *suite) {
	for _, tt := range []struct {
		of           store.Collection
		id, key      string
		public, full any
	}{
		{store.Entities, "y1", "name", nil, MinorName},
		{store.Entities, "y1", "protected", true, true},
		{store.Entities, "y1", "birthDate", nil, "2009-03-14"},
		{store.Entities, "y2", "start", "2025-11", "2025-11-17"},
		{store.Entities, "y2", "minorAtArrest", nil, "YES"},
		{store.Entities, "y2", "measure", nil, "BAIL"},
		{store.Entities, "y2", "status", "RELEASED", "CONDITIONALLY_RELEASED"},
		{store.Entities, "y3", "lengthMonths", int64(48), int64(48)},
		{store.Entities, "y3", "ground", nil, "motivo secreta 8"},
		{store.Entities, "zo", "name", "Pública", "Bbb reservada"},
		{store.Entities, "zo", "notes", nil, []string{"nota reservada"}},
		{store.Entities, "zp", "otherNames", []string{"Oculta Figurada"}, nil},
		{store.Entities, "zq", "protected", false, false},
		{store.LinkRows, "yv-arrest", "role", nil, "función secreta"},
		{store.LinkRows, "yv-arrest", "start", "2025-11", "2025-11-29"},
		{store.LinkRows, "yv-arrest", "verification", statement.Privately, statement.FamilyOrCounsel},
		{store.LinkRows, "zm-o", "role", "vocal", "espía"},
		{store.StatementRows, "yv-by", "words", nil, "ocurrió ante testigos"},
		{store.StatementRows, "yv-by", "source", nil, theSource},
		{store.StatementRows, "yv-by", "reportedBy", []string{"yo3"}, []string{"yo3"}},
		{store.StatementRows, "ys-start", "text", "2025-11", "2025-11-17"},
		{store.StatementRows, "zo-told", "source", nil, "zs"},
		{store.StatementRows, "zo-told", "claimedBy", nil, "yo3"},
		{store.StatementRows, "zo-told", "text", "dicho en confianza", "dicho en confianza"},
	} {
		selection := only(tt.of, tt.id)
		selection.Keys = []string{tt.key}
		for view, want := range []any{statement.PublicView: tt.public, statement.FullView: tt.full} {
			got := s.read(t, store.View(view), selection).Rows[0].Row.Values.Get(tt.key)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s of %s, %v view: %s", tt.key, tt.id, store.View(view), diff)
			}
		}
	}
}

func viewLinks(t *testing.T, s *suite) {
	for view, want := range []string{
		statement.PublicView: "y1: yk-has (1); zq: zm-o (1); zr:  (0); yf1:  (0)",
		statement.FullView:   "y1: yk-has yk-home yk-mention yk-mother yk-school (5); zq: zm-h zm-o zm-r (3); zr: zm-r (1); yf1: yk-juvenile (1)",
	} {
		links, err := s.Store().Expand(t.Context(), store.View(view), []string{"y1", "zq", "zr", "yf1"}, nil, nil, 9)
		if err != nil {
			t.Fatal(err)
		}
		if got := linksText(links); got != want {
			t.Errorf("%v view: got %s, want %s", store.View(view), got, want)
		}
	}
}

func viewZero(t *testing.T, s *suite) {
	var view store.View // whoever forgets to say asks as the public
	s.showsIn(t, view, filtered("Person", compare("Person.name", store.Eq, MinorName)), "")
}
