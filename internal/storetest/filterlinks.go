package storetest

import (
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// The cases of filters that follow links, on the data of filterData.

func filterSome(t *testing.T, s *suite) {
	deep := store.Linked{Step: *store.StepOf(rel("Organization.members")), Node: isP1}
	s.hold(t,
		holding{"Person", store.Linked{Step: memberOf}, "p1 p2 p3"},
		holding{"Person", store.Linked{Step: memberOf, Node: isParty}, "p1 p2"},
		holding{"Person", store.Linked{Step: memberOf, Link: isRole}, "p1 p2"},
		holding{"Person", store.Linked{Step: memberOf, Node: deep}, "p1 p2"},
		holding{"Person", store.Linked{Step: memberOf, Node: store.Not{Filter: deep}}, "p2 p3"},
		holding{"Person", store.Linked{Step: memberOf, Node: store.Any{}}, ""},
		holding{"Facility", store.Linked{Step: *store.StepOf(rel("Facility.detentions"))}, ""},
	)
}

func filterNone(t *testing.T, s *suite) {
	none := func(node, link store.Filter) store.Filter {
		return store.Linked{Step: memberOf, Quantifier: store.None, Node: node, Link: link}
	}
	s.hold(t,
		holding{"Person", none(nil, nil), "p4 p5"},
		holding{"Person", none(isParty, nil), "p3 p4 p5"},
		holding{"Person", none(isParty, isRole), "p2 p3 p4 p5"},
		holding{"Person", none(store.Any{}, nil), "p1 p2 p3 p4 p5"},
	)
}

func filterEvery(t *testing.T, s *suite) {
	every := func(node, link store.Filter) store.Filter {
		return store.Linked{Step: memberOf, Quantifier: store.Every, Node: node, Link: link}
	}
	s.hold(t,
		holding{"Person", every(nil, nil), "p1 p2 p3 p4 p5"},
		holding{"Person", every(isParty, nil), "p1 p4 p5"},
		// p3's role is null: no filter on it holds of that link.
		holding{"Person", every(nil, compare("Link.role", store.Contains, "a")), "p1 p2 p4 p5"},
		holding{"Person", every(nil, compare("Link.role", store.Ne, "coordinadora")), "p3 p4 p5"},
		holding{"Person", every(isParty, isRole), "p4 p5"},
		holding{"Person", every(store.Any{}, nil), "p4 p5"},
		holding{"Person", every(compare("Organization.description", store.Eq, "x"), nil), "p4 p5"},
	)
}

func filterNumber(t *testing.T, s *suite) {
	number := func(op store.Op, n int, node, link store.Filter) store.Filter {
		return store.Linked{Step: memberOf, Quantifier: store.Number, Op: op, Number: n, Node: node, Link: link}
	}
	s.hold(t,
		// Links are counted, not organizations: p1 is in one of them twice.
		holding{"Person", number(store.Eq, 2, nil, nil), "p1 p2"},
		holding{"Person", number(store.Eq, 0, nil, nil), "p4 p5"},
		holding{"Person", number(store.Ne, 2, nil, nil), "p3 p4 p5"},
		holding{"Person", number(store.Lt, 2, nil, nil), "p3 p4 p5"},
		holding{"Person", number(store.Lte, 1, isParty, nil), "p2 p3 p4 p5"},
		holding{"Person", number(store.Gt, 1, isParty, nil), "p1"},
		holding{"Person", number(store.Gte, 1, isParty, isRole), "p1"},
		holding{"Person", number(store.Gte, 0, isParty, isRole), "p1 p2 p3 p4 p5"},
	)
}

func filterSameLink(t *testing.T, s *suite) {
	s.hold(t,
		// p2 is in o1, and a coordinator, but not of o1.
		holding{"Person", store.Linked{Step: memberOf, Node: isParty, Link: isRole}, "p1"},
		holding{"Person", store.All{store.Linked{Step: memberOf, Node: isParty}, store.Linked{Step: memberOf, Link: isRole}}, "p1 p2"},
		// No one link of p1 has both roles, two parallel ones have one each.
		holding{"Person", store.Linked{Step: memberOf, Link: store.All{isRole, compare("Link.role", store.Eq, "tesorera")}}, ""},
	)
}

func filterDirections(t *testing.T, s *suite) {
	partOf := func(out, in bool) store.Filter {
		return store.Linked{Step: store.Step{Relations: []string{"PART_OF"}, Out: out, In: in}}
	}
	associates := *store.StepOf(rel("Person.associates"))
	s.hold(t,
		holding{"Organization", partOf(true, false), "o1"},
		holding{"Organization", partOf(false, true), "o2"},
		holding{"Organization", partOf(true, true), "o1 o2"},
		holding{"Person", store.Linked{Step: associates}, "p1 p2"},
		holding{"Person", store.Linked{Step: associates, Node: isP1}, "p2"},
	)
}

func filterFarTypes(t *testing.T, s *suite) {
	any := store.Step{Out: true, In: true}
	toPeople := store.Step{Out: true, In: true, Types: []string{"Person"}}
	toSome := store.Step{Relations: []string{"MEMBER_OF", "PART_OF"}, Out: true, In: true, Types: []string{"Person", "Organization"}}
	s.hold(t,
		holding{"Person", store.Linked{Step: any}, "p1 p2 p3"},
		holding{"Person", store.Linked{Step: toPeople}, "p1 p2"},
		holding{"Organization", store.Linked{Step: toPeople, Quantifier: store.Number, Op: store.Gte, Number: 3}, "o1"},
		holding{"Organization", store.Linked{Step: toSome, Quantifier: store.Number, Op: store.Eq, Number: 3}, "o2"},
		holding{"Detention", store.Linked{Step: any}, "d1"},
	)
}

func filterReferred(t *testing.T, s *suite) {
	statements := func(f store.Filter) store.Selection {
		return store.Selection{Of: store.StatementRows, Page: store.PageOf{First: store.Everything}, Where: store.All{
			compare("Statement.property", store.In, "MEMBER_OF", "occupation"), f,
		}}
	}
	report := store.Referred{Key: statement.KeySource, Filter: compare("Source.kind", store.Eq, "REPORT")}
	s.shows(t, statements(report), "m1 m3 m4 m5")
	s.shows(t, statements(store.Not{Filter: report}), "lost m2")
	anySource := store.Referred{Key: statement.KeySource, Filter: store.All{}}
	s.shows(t, statements(anySource), "m1 m2 m3 m4 m5")
	s.shows(t, statements(store.Not{Filter: anySource}), "lost")
	s.shows(t, statements(store.Referred{Key: statement.KeyLink, Of: store.LinkRows, Filter: isRole}), "m1 m4")
	s.shows(t, statements(store.Referred{Key: statement.KeyClaimedBy, Filter: store.All{}}), "")
	links := store.Selection{Of: store.LinkRows, Page: store.PageOf{First: store.Everything}}
	links.Where = store.Referred{Key: "to", Filter: isParty}
	s.shows(t, links, "l1 l2 l3")
	links.Where = store.Referred{Key: "from", Filter: store.Compare{Property: vocab.RowType, Op: store.Eq, Values: []any{"Organization"}}}
	s.shows(t, links, "l8")
}
