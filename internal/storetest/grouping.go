package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var grouping = subject{name: "groups", data: groupData, cases: []sentence{
	{"into groups of those that have the same keys", groupByValue},
	{"Grouping divides the rows that Where (and LinkWhere) allow, whatever the page", groupFiltered},
	{"In a relation's rows an entity counts once, however many links lead to it", groupLinked},
	{"then a group is a pair of keys", groupPairs},
	{"of an integer property: Group.Numbers is wanted", groupNumbers},
	{"Groups come by their number of rows, the greatest first, equal ones by their keys as CompareKeys orders them", groupOrder},
	{"or with ByKey, by their keys alone", groupOrder},
	{"Desc turns the first of these orders around: the fewest rows first, the last key first", groupOrder},
	{"Null is last even so", groupOrder},
	{"so many of them, and no more", groupCut},
	{"Dimension gives the keys of a row: the values of Property that the ends of Way have, each once or, without a property, those ends themselves", groupEnds},
	{"A row is in the group of each of its keys: the groups can have more rows than there are", groupMany},
	{"One without any key is in the group of null", groupMany},
	{"over links from entity to entity; none: the row is its own end", groupEnds},
	{"cuts the bounds of a date, and the key is both of them with a slash between: to 4 its years, to 7 its months, to 10 its days", groupDates},
	{"Hop is a step over the links for which Link holds (nil: over all)", groupHops},
	{"What the view does not show leads nowhere", groupViews},
	{"The groups given count against the budget as rows do", groupBudget},
	{"of all groups, given or not", groupCut},
	{"that were divided, each once", groupMany},
	{"one for each dimension", groupPairs},
	{"the id of an entity that the view has, or nil for null", groupEnds},
	{"the SortKey, an entity's that of its name", groupOrder},
	{"Numbers are those that the rows of a group have in Grouping.Number: over a way, each end's once a row", groupNumbers},
	{"The sum is exact", groupSums},
	{"The median of an even number of them is the mean of the two in the middle", groupNumbers},
	{"Without any, all are zero", groupNumbers},
	{"ErrInvalid: a selection is malformed", groupMalformed},
	{"by Selection.Groupings", groupCollections},
}}

// groupData: detentions with charges (d2 has two, and one of them by two links, d4
// none), courts over proceedings, and sentences; d3 is of someone protected.
func groupData() []statement.Commit {
	return []statement.Commit{together(
		source(theSource),
		entity("p1", "Person", "name", "Ana Inventada", "nationality", "VE", "nationality", "es", "gender", "f"),
		entity("p2", "Person", "name", "Bruno Inventado", "nationality", "VE", "gender", "F"),
		entity("p3", "Person", "name", "Cora Inventada", "protection", "PROTECTED", "gender", "f"),
		entity("p4", "Person", "nationality", "ES"),
		entity("d1", "Detention", "start", "2025-12-25"), entity("d2", "Detention", "start", "2025-12~"), entity("d3", "Detention", "start", "2025-12-25"), entity("d4", "Detention"),
		entity("c1", "Charge", "name", "terrorismo inventado"), entity("c2", "Charge", "name", "Asociación inventada"), entity("c3", "Charge"),
		entity("k1", "Proceeding"), entity("k2", "Proceeding"), entity("o1", "Organization", "name", "Tribunal B", "kind", "COURT"), entity("o2", "Organization", "name", "Tribunal A", "kind", "COURT"),
		entity("n1", "Sentence", "lengthMonths", "120"), entity("n2", "Sentence", "lengthMonths", "7"), entity("n3", "Sentence", "lengthMonths", "120"), entity("n4", "Sentence"),
		[]statement.Statement{
			say("h1", "p1", vocab.HasDetention, "d1"), say("h2", "p2", vocab.HasDetention, "d2"), say("h3", "p3", vocab.HasDetention, "d3"), say("h4", "p4", vocab.HasDetention, "d4"),
			say("w1", "d1", "CHARGED_WITH", "c1"), say("w2", "d2", "CHARGED_WITH", "c1", linkID("w-2"), qualified("role", "primera")), say("w3", "d2", "CHARGED_WITH", "c1", linkID("w-3")),
			say("w4", "d2", "CHARGED_WITH", "c2"), say("w5", "d3", "CHARGED_WITH", "c3"), say("w6", "d4", "CHARGED_WITH", "c2", restricted),
			say("t1", "d1", "TRIED_IN", "k1"), say("t2", "d2", "TRIED_IN", "k2"), say("t3", "d3", "TRIED_IN", "k1"),
			say("b1", "k1", "HEARD_BY", "o1"), say("b2", "k1", "HEARD_BY", "o2"), say("b3", "k2", "HEARD_BY", "o2"),
			say("s1", "d1", vocab.SentencedTo, "n1"), say("s2", "d1", vocab.SentencedTo, "n2"), say("s3", "d2", vocab.SentencedTo, "n3"), say("s4", "d3", vocab.SentencedTo, "n4"),
		},
	)}
}

// grouped asks for all groups of a selection, and nothing else.
func grouped(s store.Selection, list ...store.Grouping) store.Selection {
	s.Page.First, s.Groupings = 0, list
	return s
}

// by is a grouping by dimensions, each a property ("Person.name") or fields and perhaps
// a property at their end ("Detention.proceedings/Proceeding.courts/Organization.kind").
func by(ways ...string) store.Grouping {
	g := store.Grouping{First: store.Everything, Rows: true}
	for _, w := range ways {
		g.By = append(g.By, dimension(w))
	}
	return g
}

func dimension(way string) store.Dimension {
	var d store.Dimension
	for _, part := range strings.Split(way, "/") {
		if typ, key, _ := strings.Cut(part, "."); vocab.TypeOf(typ) != nil && vocab.TypeOf(typ).Field(key) != nil {
			d.Way = append(d.Way, store.Hop{Step: *store.StepOf(rel(part))})
		} else {
			d.Property = prop(part)
		}
	}
	return d
}

// groupsText writes groups as their keys and number of rows.
func groupsText(g store.Groups) string {
	var list []string
	for _, group := range g.Groups {
		var keys []string
		for _, k := range group.Keys {
			if k.Value == nil {
				k.Value = "null"
			}
			keys = append(keys, fmt.Sprint(k.Value))
		}
		list = append(list, fmt.Sprintf("%s=%d", strings.Join(keys, "×"), group.Count))
	}
	return strings.Join(list, " ")
}

// groups reads the only grouping of a selection.
func (s *suite) groups(t *testing.T, view store.View, selection store.Selection) store.Groups {
	t.Helper()
	page := s.read(t, view, selection)
	if len(page.Groups) != 1 {
		t.Fatalf("%d groupings, want 1", len(page.Groups))
	}
	return page.Groups[0]
}

func (s *suite) divides(t *testing.T, selection store.Selection, want string) {
	t.Helper()
	if got := groupsText(s.groups(t, statement.PublicView, selection)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func groupByValue(t *testing.T, s *suite) {
	s.divides(t, grouped(all("Organization"), by("Organization.kind")), "COURT=2")
	s.divides(t, grouped(all("Person"), by("Person.gender")), "null=2 F=1 f=1") // what one fold has are two values
	s.divides(t, grouped(all("Person"), by("Person.protected")), "false=3 true=1")
	s.divides(t, grouped(all("Sentence"), by("Sentence.lengthMonths")), "120=2 7=1 null=1")
	every := all("")
	every.Types = nil
	s.divides(t, grouped(every, store.Grouping{By: []store.Dimension{{Property: vocab.RowType}}, First: 3}), "Detention=4 Person=4 Sentence=4")
	s.divides(t, grouped(all("Facility"), by("Facility.kind")), "")
	s.divides(t, grouped(only(store.Entities, "d1", "nobody", "d1"), by("Detention.start")), "2025-12-25=1")
}

func groupFiltered(t *testing.T, s *suite) {
	where := filtered("Detention", store.Linked{Step: *store.StepOf(rel("Detention.charges")), Node: compare("Charge.name", store.Contains, "terror")})
	s.divides(t, grouped(where, by("Detention.start")), "2025-12~=1 2025-12-25=1")
	page := grouped(all("Detention"), by("Detention.start"))
	page.Page = store.PageOf{First: 1, After: &store.Position{Keys: []any{}, ID: "d1"}}
	page.Total, page.Ends = true, true
	got := s.read(t, statement.PublicView, page)
	if text := groupsText(got.Groups[0]); text != "2025-12~=1 2025-12=1 2025-12-25=1 null=1" || tree(got) != "d2" || got.Total != 4 || !got.HasPrevious {
		t.Errorf("with a page: %s, %s of %d", text, tree(got), got.Total)
	}
}

func groupLinked(t *testing.T, s *suite) {
	detentions := along("Charge.detentions")
	detentions.Page.First, detentions.Total = 0, true
	detentions.Groupings = []store.Grouping{by("Detention.start"), by("Detention.charges")}
	page := s.read(t, statement.PublicView, with(all("Charge"), detentions))
	var got []string
	for _, r := range page.Rows {
		of := r.Nested[0]
		got = append(got, fmt.Sprintf("%s %d/%d %s %s", r.Row.ID, of.Total, of.Groups[0].Rows, groupsText(of.Groups[0]), groupsText(of.Groups[1])))
	}
	want := []string{
		"c1 3/2 2025-12~=1 2025-12-25=1 c1=2 c2=1", "c2 1/1 2025-12~=1 c2=1 c1=1", "c3 1/1 2025-12=1 c3=1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	detentions.LinkWhere = compare("Link.role", store.Eq, "primera")
	detentions.Total = false
	page = s.read(t, statement.PublicView, with(only(store.Entities, "c1"), detentions))
	if got := groupsText(page.Rows[0].Nested[0].Groups[0]); got != "2025-12~=1" {
		t.Error("filtered links:", got)
	}
}

func groupPairs(t *testing.T, s *suite) {
	pairs := grouped(all("Detention"), by("Detention.charges", "Detention.proceedings/Proceeding.courts"))
	s.divides(t, pairs, "c1×o2=2 c2×o2=1 c1×o1=1 c3×null=1 null×null=1")
}

func groupNumbers(t *testing.T, s *suite) {
	direct := by("Sentence.standing")
	months := dimension("Sentence.lengthMonths")
	direct.Number = &months
	got := s.groups(t, statement.PublicView, grouped(all("Sentence"), direct)).Groups[0]
	if diff := cmp.Diff(store.Numbers{Count: 3, Sum: 247, Min: 7, Max: 120, Median: 120}, got.Numbers); diff != "" || got.Count != 4 {
		t.Error(got.Count, diff)
	}
	reached := by("Detention.charges")
	over := dimension("Detention.sentences/Sentence.lengthMonths")
	reached.Number = &over
	var list []string
	for _, g := range s.groups(t, statement.PublicView, grouped(all("Detention"), reached)).Groups {
		list = append(list, fmt.Sprintf("%v %d %+v", g.Keys[0].Value, g.Count, g.Numbers))
	}
	want := []string{
		"c1 2 {Count:3 Sum:247 Min:7 Max:120 Median:120}", "c2 1 {Count:1 Sum:120 Min:120 Max:120 Median:120}",
		"c3 1 {Count:0 Sum:0 Min:0 Max:0 Median:0}", "<nil> 1 {Count:0 Sum:0 Min:0 Max:0 Median:0}",
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
	reached.By[0] = dimension("Detention.start")
	if got := s.groups(t, statement.PublicView, grouped(only(store.Entities, "d1"), reached)).Groups[0].Numbers; got.Median != 63.5 || got.Count != 2 {
		t.Errorf("two in the middle: %+v", got)
	}
}

func groupSums(t *testing.T, s *suite) {
	n := store.NumbersOf([]int64{1<<31 - 1, 1<<31 - 1, 1, -1 << 31})
	if diff := cmp.Diff(store.Numbers{Count: 4, Sum: 1<<31 - 1, Min: -1 << 31, Max: 1<<31 - 1, Median: 1 << 30}, n); diff != "" {
		t.Error(diff)
	}
	months := dimension("Sentence.lengthMonths")
	whole := store.Grouping{By: []store.Dimension{{Property: vocab.RowType}}, Number: &months, First: 1}
	if got := s.groups(t, statement.PublicView, grouped(all("Sentence"), whole)).Groups[0].Numbers.Sum; got != 247 {
		t.Errorf("sum %d", got)
	}
}

func groupOrder(t *testing.T, s *suite) {
	order := func(by string, byKey, desc bool) store.Grouping {
		g := store.Grouping{By: []store.Dimension{dimension(by)}, First: store.Everything, ByKey: byKey, Desc: desc}
		return g
	}
	for _, tt := range []struct {
		typ, by     string
		byKey, desc bool
		want        string
	}{
		{"Detention", "Detention.charges", false, false, "c1=2 c2=1 c3=1 null=1"},
		{"Detention", "Detention.charges", false, true, "c2=1 c3=1 null=1 c1=2"},
		{"Detention", "Detention.charges", true, false, "c2=1 c1=2 c3=1 null=1"},
		{"Detention", "Detention.charges", true, true, "c1=2 c2=1 c3=1 null=1"},
		{"Sentence", "Sentence.lengthMonths", true, false, "7=1 120=2 null=1"},
		{"Sentence", "Sentence.lengthMonths", true, true, "120=2 7=1 null=1"},
		{"Person", "Person.nationality", true, false, "ES=1 es=1 VE=2 null=1"},
		{"Person", "Person.nationality", true, true, "VE=2 es=1 ES=1 null=1"},
		{"Person", "Person.nationality", false, true, "ES=1 es=1 null=1 VE=2"},
	} {
		s.divides(t, grouped(all(tt.typ), order(tt.by, tt.byKey, tt.desc)), tt.want)
	}
	got := s.groups(t, statement.PublicView, grouped(all("Detention"), by("Detention.charges"))).Groups
	if got[0].Keys[0].Sort != "terrorismo inventado" || got[2].Keys[0].Sort != nil || got[3].Keys[0] != (store.Key{}) {
		t.Errorf("%+v", got)
	}
}

func groupCut(t *testing.T, s *suite) {
	for _, tt := range []struct {
		first int
		want  string
	}{{0, ""}, {1, "VE=2"}, {2, "VE=2 ES=1"}, {3, "VE=2 ES=1 es=1"}, {9, "VE=2 ES=1 es=1 null=1"}} {
		g := by("Person.nationality")
		g.First = tt.first
		got := s.groups(t, statement.PublicView, grouped(all("Person"), g))
		if groupsText(got) != tt.want || got.Total != 4 {
			t.Errorf("first %d: %s of %d", tt.first, groupsText(got), got.Total)
		}
	}
}

func groupEnds(t *testing.T, s *suite) {
	s.divides(t, grouped(all("Detention"), by("Detention.proceedings/Proceeding.courts")), "o2=2 null=2 o1=1")
	s.divides(t, grouped(all("Detention"), by("Detention.proceedings/Proceeding.courts/Organization.kind")), "COURT=2 null=2")
	s.divides(t, grouped(all("Detention"), by("Detention.person/Person.nationality")), "VE=2 ES=1 es=1 null=1")
	s.divides(t, grouped(all("Charge"), by("Charge.detentions/Detention.charges")), "c2=2 c1=2 c3=1") // back over the same links
	s.divides(t, grouped(all("Person"), by("Person.detentions/Detention.charges/Charge.name")), "terrorismo inventado=2 null=2 Asociación inventada=1")
}

func groupMany(t *testing.T, s *suite) {
	got := s.groups(t, statement.PublicView, grouped(all("Person"), by("Person.nationality")))
	if groupsText(got) != "VE=2 ES=1 es=1 null=1" || got.Rows != 4 {
		t.Errorf("%s of %d", groupsText(got), got.Rows)
	}
	s.divides(t, grouped(all("Person"), by("Person.otherNames")), "null=4")
}

func groupDates(t *testing.T, s *suite) {
	for digits, want := range map[int]string{
		4:  "2025/2025=2 2025/2026=1 null=1",
		7:  "2025-12/2025-12=2 2025-11/2026-01=1 null=1",
		10: "2025-11-01/2026-01-31=1 2025-12-01/2025-12-31=1 2025-12-25/2025-12-25=1 null=1",
	} {
		g := by("Detention.start")
		g.By[0].Digits = digits
		s.divides(t, grouped(all("Detention"), g), want)
	}
}

func groupHops(t *testing.T, s *suite) {
	g := by("Detention.charges")
	g.By[0].Way[0].Link = compare("Link.role", store.Eq, "primera")
	s.divides(t, grouped(all("Detention"), g), "null=3 c1=1")
}

func groupViews(t *testing.T, s *suite) {
	charges := grouped(all("Detention"), by("Detention.charges"))
	s.divides(t, charges, "c1=2 c2=1 c3=1 null=1")
	courts := grouped(all("Detention"), by("Detention.proceedings/Proceeding.courts"))
	s.divides(t, courts, "o2=2 null=2 o1=1")
	for _, tt := range []struct {
		selection store.Selection
		want      string
	}{
		{charges, "c2=2 c1=2 c3=1"}, {courts, "o2=3 o1=2 null=1"}, {grouped(all("Person"), by("Person.gender")), "f=2 F=1 null=1"},
		{grouped(all("Detention"), by("Detention.start")), "2025-12-25=2 2025-12~=1 null=1"},
	} {
		if got := groupsText(s.groups(t, statement.FullView, tt.selection)); got != tt.want {
			t.Errorf("full view: %s, want %s", got, tt.want)
		}
	}
}

func groupBudget(t *testing.T, s *suite) {
	selection := grouped(all("Detention"), by("Detention.charges"), by("Detention.start")) // 4 groups each
	selection.Page.First = 1
	for budget, want := range map[int]error{9: nil, 8: store.ErrTooExpensive, 0: store.ErrTooExpensive} {
		if _, err := s.Store().Read(t.Context(), statement.PublicView, budget, []store.Selection{selection}); !errors.Is(err, want) {
			t.Errorf("budget %d: %v, want %v", budget, err, want)
		}
	}
}

func groupMalformed(t *testing.T, s *suite) {
	name, start := store.Dimension{Property: prop("Person.name")}, dimension("Detention.start")
	cut := start
	cut.Digits = 5
	text := name
	text.Digits = 4
	way := dimension("Detention.charges")
	for what, selection := range map[string]store.Selection{
		"by nothing":         grouped(all("Person"), store.Grouping{First: 1}),
		"by three":           grouped(all("Person"), store.Grouping{By: []store.Dimension{name, name, name}}),
		"by no dimension":    grouped(all("Person"), store.Grouping{By: []store.Dimension{{}}}),
		"less than none":     grouped(all("Person"), store.Grouping{By: []store.Dimension{name}, First: -1}),
		"numbers of texts":   grouped(all("Person"), store.Grouping{By: []store.Dimension{name}, Number: &name}),
		"numbers of ends":    grouped(all("Detention"), store.Grouping{By: []store.Dimension{way}, Number: &way}),
		"five digits":        grouped(all("Detention"), store.Grouping{By: []store.Dimension{cut}}),
		"digits of text":     grouped(all("Person"), store.Grouping{By: []store.Dimension{text}}),
		"lists of rows":      grouped(all("Person"), store.Grouping{By: []store.Dimension{{Property: prop("Person.sources")}}}),
		"ways of statements": grouped(store.Selection{Of: store.StatementRows}, store.Grouping{By: []store.Dimension{way}}),
	} {
		if _, err := s.Store().Read(t.Context(), statement.PublicView, budget, []store.Selection{selection}); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func groupCollections(t *testing.T, s *suite) {
	said := store.Selection{Of: store.StatementRows, Where: compare("Statement.subject", store.In, "d2", "k1")}
	s.divides(t, grouped(said, by("Statement.property")), "CHARGED_WITH=3 HEARD_BY=2 type=2 "+vocab.SentencedTo+"=1 start=1 TRIED_IN=1")
	links := store.Selection{Of: store.LinkRows, Types: []string{"CHARGED_WITH", "HEARD_BY"}}
	s.divides(t, grouped(links, store.Grouping{By: []store.Dimension{{Property: vocab.RowType}, {Property: prop("Link.role")}}, First: 9}),
		"CHARGED_WITH×null=4 HEARD_BY×null=3 CHARGED_WITH×primera=1")
	several := grouped(all("Organization"), by("Organization.kind"), by("Organization.name"))
	page := s.read(t, statement.PublicView, several)
	if got := groupsText(page.Groups[0]) + "|" + groupsText(page.Groups[1]); got != "COURT=2|Tribunal A=1 Tribunal B=1" {
		t.Error(got)
	}
}
