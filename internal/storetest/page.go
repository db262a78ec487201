package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

var paging = subject{name: "page", data: pageData, cases: []sentence{
	{"First ones or, if Backward, the last First ones (still in order)", pageBounds},
	{"First may be 0", pageOfNothing},
	{"A position need not be that of a row that still exists", pagePositions},
	{"of all rows that Where (and LinkWhere) allow, whatever the page", pageTotals},
	{"HasPrevious: a row precedes the page's first one; HasNext: one follows its last", pageEnds},
	{"An empty page stands where it was asked for: right after After or, if Backward, right before Before", pageEmpty},
	{"Position is a place in an order", pageWalks},
	{"the ids that break ties: the row's and, in a relation's rows, the link's", pageTies},
}}

// pageData: five parties, two of one name and one of none, and a person who is
// in o3 by three links.
func pageData() []statement.Commit {
	return []statement.Commit{together(
		source(theSource),
		entity("o1", "Organization", "name", "Beta", "kind", "UNION"), entity("o2", "Organization", "name", "alfa", "kind", "PARTY"),
		entity("o3", "Organization", "name", "Alfa", "kind", "UNION"), entity("o4", "Organization", "kind", "PARTY"),
		entity("o5", "Organization", "name", "Gama"),
		entity("p1", "Person"),
		[]statement.Statement{
			say("m1", "p1", "MEMBER_OF", "o3", linkID("l1"), qualified("role", "a")), say("m2", "p1", "MEMBER_OF", "o3", linkID("l2"), qualified("role", "b")),
			say("m3", "p1", "MEMBER_OF", "o3", linkID("l3"), qualified("role", "a")), say("m4", "p1", "MEMBER_OF", "o1", linkID("l4"), qualified("role", "a")),
			say("m5", "p1", "MEMBER_OF", "o4", linkID("l5")),
		},
	)}
}

// byNames is the organizations by name: o2 o3 o1 o5 o4.
func byNames(page store.PageOf) store.Selection {
	s := ordered("Organization", asc("Organization.name"))
	s.Page, s.Total, s.Ends = page, true, true
	return s
}

// at is a position in the order of byNames; a name of "" is null.
func at(name, id string) *store.Position {
	if name == "" {
		return &store.Position{Keys: []any{nil}, ID: id}
	}
	return &store.Position{Keys: []any{name}, ID: id}
}

// sides writes a page's ids between < and > where rows precede and follow.
func sides(page store.Page) string {
	text := tree(page)
	if page.HasPrevious {
		text = "<" + text
	}
	if page.HasNext {
		text += ">"
	}
	return text
}

type cutting struct {
	page store.PageOf
	want string
}

func (s *suite) cuts(t *testing.T, list ...cutting) {
	t.Helper()
	for _, c := range list {
		page := s.read(t, statement.PublicView, byNames(c.page))
		if got := sides(page); got != c.want || page.Total != 5 {
			t.Errorf("%s: got %q of %d, want %q", Describe([]store.Selection{byNames(c.page)}), got, page.Total, c.want)
		}
	}
}

func pageBounds(t *testing.T, s *suite) {
	after, before := at("alfa", "o2"), at("gama", "o5")
	s.cuts(t,
		cutting{store.PageOf{First: 2}, "o2 o3>"},
		cutting{store.PageOf{First: 2, Backward: true}, "<o5 o4"},
		cutting{store.PageOf{First: 9}, "o2 o3 o1 o5 o4"},
		cutting{store.PageOf{First: 9, Backward: true}, "o2 o3 o1 o5 o4"},
		cutting{store.PageOf{First: 2, After: after}, "<o3 o1>"},
		cutting{store.PageOf{First: 2, Backward: true, After: after}, "<o5 o4"},
		cutting{store.PageOf{First: 2, Before: before}, "o2 o3>"},
		cutting{store.PageOf{First: 2, Backward: true, Before: before}, "<o3 o1>"},
		cutting{store.PageOf{First: 1, After: after, Before: before}, "<o3>"},
		cutting{store.PageOf{First: 1, Backward: true, After: after, Before: before}, "<o1>"},
		cutting{store.PageOf{First: 9, After: after, Before: before}, "<o3 o1>"},
		cutting{store.PageOf{First: 9, Backward: true, After: after, Before: before}, "<o3 o1>"},
		cutting{store.PageOf{First: 9, After: at("gama", "o5")}, "<o4"},
		cutting{store.PageOf{First: 9, Before: at("", "o4")}, "o2 o3 o1 o5>"},
	)
}

func pageOfNothing(t *testing.T, s *suite) {
	s.cuts(t,
		cutting{store.PageOf{}, ">"},
		cutting{store.PageOf{Backward: true}, "<"},
		cutting{store.PageOf{After: at("beta", "o1")}, "<>"},
	)
}

func pagePositions(t *testing.T, s *suite) {
	s.cuts(t,
		cutting{store.PageOf{First: 2, After: at("alfa", "o2x")}, "<o3 o1>"},
		cutting{store.PageOf{First: 9, After: at("b", "zzz")}, "<o1 o5 o4"},
		cutting{store.PageOf{First: 9, Before: at("b", "zzz")}, "o2 o3>"},
		cutting{store.PageOf{First: 9, After: at("zzz", "o1")}, "<o4"},
		cutting{store.PageOf{First: 9, After: at("", "o3")}, "<o4"},
		cutting{store.PageOf{First: 9, Before: at("", "o3")}, "o2 o3 o1 o5>"},
		cutting{store.PageOf{First: 2, Backward: true, Before: at("", "o9")}, "<o5 o4"},
		cutting{store.PageOf{First: 9, After: at("", "o9")}, "<"},
		cutting{store.PageOf{First: 9, Before: at("0", "o9")}, ">"},
	)
	byID := all("Organization")
	byID.Page = store.PageOf{First: 2, After: &store.Position{ID: "o2x"}}
	s.shows(t, byID, "o3 o4")
	byID.Page = store.PageOf{First: 2, Backward: true, Before: &store.Position{ID: "o2x"}}
	s.shows(t, byID, "o1 o2")
}

func pageTotals(t *testing.T, s *suite) {
	unions := filtered("Organization", compare("Organization.kind", store.Eq, "UNION"))
	unions.Total = true
	for _, page := range []store.PageOf{{}, {First: 1}, {First: 9, After: &store.Position{ID: "o1"}}, {First: 1, Before: &store.Position{ID: "a"}}} {
		unions.Page = page
		if got := s.read(t, statement.PublicView, unions).Total; got != 2 {
			t.Errorf("page %+v: total %d", page, got)
		}
	}
	nested := along("Person.memberOf")
	nested.Total, nested.Page.First = true, 1
	nested.Where = compare("Organization.kind", store.Eq, "UNION")
	nested.LinkWhere = compare("Link.role", store.Eq, "a")
	page := s.read(t, statement.PublicView, with(all("Person"), nested)).Rows[0].Nested[0]
	if tree(page) != "o1/l4" || page.Total != 3 {
		t.Errorf("nested: %s of %d", tree(page), page.Total)
	}
}

func pageEnds(t *testing.T, s *suite) {
	s.cuts(t,
		cutting{store.PageOf{First: 5}, "o2 o3 o1 o5 o4"},
		cutting{store.PageOf{First: 4}, "o2 o3 o1 o5>"},
		cutting{store.PageOf{First: 4, Backward: true}, "<o3 o1 o5 o4"},
		// What lies outside After and Before counts too.
		cutting{store.PageOf{First: 1, After: at("alfa", "o2"), Before: at("beta", "o1")}, "<o3>"},
		cutting{store.PageOf{First: 1, Before: at("alfa", "o3")}, "o2>"},
		cutting{store.PageOf{First: 1, Backward: true, After: at("gama", "o5")}, "<o4"},
	)
}

func pageEmpty(t *testing.T, s *suite) {
	after, before := at("gama", "o5"), at("alfa", "o3")
	s.cuts(t,
		cutting{store.PageOf{After: at("", "o4")}, "<"},
		cutting{store.PageOf{After: at("0", "o4")}, ">"},
		cutting{store.PageOf{Backward: true, Before: at("alfa", "o2")}, ">"},
		cutting{store.PageOf{Backward: true, Before: at("zzz", "o1")}, "<>"},
		cutting{store.PageOf{Backward: true, After: at("gama", "o5")}, "<"},
		cutting{store.PageOf{Before: at("alfa", "o3")}, ">"},
		// Nothing lies after the fourth and before the second.
		cutting{store.PageOf{First: 3, After: after, Before: before}, "<>"},
		cutting{store.PageOf{First: 3, Backward: true, After: after, Before: before}, "<>"},
		cutting{store.PageOf{First: 3, After: at("", "o4"), Before: before}, "<"},
		cutting{store.PageOf{First: 3, Backward: true, After: after, Before: at("alfa", "o2")}, ">"},
	)
}

// pageWalks goes through all rows, page by page, by every order in both directions.
func pageWalks(t *testing.T, s *suite) {
	name, kind := prop("Organization.name"), prop("Organization.kind")
	members := rel("Organization.members")
	for _, order := range [][]store.Order{
		nil, {{Property: name}}, {{Property: name, Desc: true}}, {{Property: kind}}, {{Property: kind, Desc: true}},
		{{Count: members}}, {{Count: members, Desc: true}}, {{Property: kind, Desc: true}, {Property: name}}, {{Property: kind}, {Property: name, Desc: true}},
	} {
		whole := strings.Fields(tree(s.read(t, statement.PublicView, ordered("Organization", order...))))
		for _, size := range []int{1, 2, 3} {
			t.Run(fmt.Sprintf("%s by %d", Describe([]store.Selection{ordered("Organization", order...)}), size), func(t *testing.T) {
				if got := s.walk(t, order, size, false); !slices.Equal(got, whole) {
					t.Errorf("forward: %v, want %v", got, whole)
				}
				if got := s.walk(t, order, size, true); !slices.Equal(got, whole) {
					t.Errorf("backward: %v, want %v", got, whole)
				}
			})
		}
	}
}

func (s *suite) walk(t *testing.T, order []store.Order, size int, backward bool) (seen []string) {
	t.Helper()
	selection := ordered("Organization", order...)
	selection.Page, selection.Ends = store.PageOf{First: size, Backward: backward}, true
	for range 10 {
		page := s.read(t, statement.PublicView, selection)
		rows := strings.Fields(tree(page))
		if backward {
			seen = append(rows, seen...)
			if !page.HasPrevious {
				return seen
			}
			first := place(page.Rows[0])
			selection.Page.Before = &first
			continue
		}
		seen = append(seen, rows...)
		if !page.HasNext {
			return seen
		}
		last := place(page.Rows[len(page.Rows)-1])
		selection.Page.After = &last
	}
	t.Errorf("no end in sight after %v", seen)
	return seen
}

func pageTies(t *testing.T, s *suite) {
	for _, order := range [][]store.Order{nil, {asc("Organization.kind")}, {desc("Organization.kind")}, {asc("Organization.name")}, {desc("Organization.name")}} {
		nested := along("Person.memberOf")
		nested.Order = order
		whole := strings.Fields(tree(s.read(t, statement.PublicView, with(all("Person"), nested)).Rows[0].Nested[0]))
		if len(whole) != 5 {
			t.Fatalf("%v", whole)
		}
		var seen []string
		nested.Page.First, nested.Ends = 1, true
		for range whole {
			page := s.read(t, statement.PublicView, with(all("Person"), nested)).Rows[0].Nested[0]
			seen = append(seen, strings.Fields(tree(page))...)
			if page.HasNext != (len(seen) < 5) || page.HasPrevious != (len(seen) > 1) {
				t.Errorf("after %v: %s", seen, sides(page))
			}
			last := place(page.Rows[0])
			nested.Page.After = &last
		}
		if !slices.Equal(seen, whole) {
			t.Errorf("by one: %v, want %v", seen, whole)
		}
	}
}
