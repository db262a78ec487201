package storetest

import (
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// The cases of comparing values, on the data of filterData.

func filterEq(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Person", compare("Person.name", store.Eq, "Álvaro Ñame"), "p1 p2"},
		holding{"Person", compare("Person.name", store.Eq, "alvaro name"), "p3"},
		holding{"Person", compare("Person.name", store.Eq, "álvaro ñame"), ""},
		holding{"Person", compare("Person.name", store.Eq, "Álvaro"), ""},
		holding{"Person", compare("Person.name", store.Eq, `100% "real"_x 'y' \ [a-z].*`), "p4"},
		holding{"Sentence", compare("Sentence.lengthMonths", store.Eq, int64(2)), "n2"},
		holding{"Sentence", compare("Sentence.life", store.Eq, true), "n2"},
		holding{"Organization", isParty, "o1"},
	)
}

func filterNe(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Person", compare("Person.name", store.Ne, "Álvaro Ñame"), "p3 p4 p5"},
		holding{"Sentence", compare("Sentence.lengthMonths", store.Ne, int64(120)), "n2 n3"},
		holding{"Sentence", compare("Sentence.life", store.Ne, true), "n1 n3"},
		holding{"Sentence", compare("Sentence.standing", store.Ne, "SERVED"), "n1 n3"},
	)
}

func filterIn(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Person", compare("Person.name", store.In), ""},
		holding{"Person", compare("Person.name", store.In, "alvaro name", "alvaro name", "nobody"), "p3"},
		holding{"Sentence", compare("Sentence.lengthMonths", store.In, int64(360), int64(120)), "n1 n3"},
		holding{"Person", store.Not{Filter: compare("Person.name", store.In)}, "p1 p2 p3 p4 p5"},
		holding{"Person", compare("Person.otherNames", store.In), ""},
	)
}

func filterFold(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Person", compare("Person.name", store.Contains, "ÁLVARO ñ"), "p1 p2 p3"},
		holding{"Person", compare("Person.name", store.Contains, "varo n"), "p1 p2 p3"},
		holding{"Person", compare("Person.name", store.StartsWith, "alv"), "p1 p2 p3"},
		holding{"Person", compare("Person.name", store.StartsWith, "varo"), ""},
		holding{"Person", compare("Person.name", store.Contains, ""), "p1 p2 p3 p4"},
		holding{"Person", compare("Person.name", store.Contains, "%"), "p4"},
		holding{"Person", compare("Person.name", store.Contains, "_"), "p4"},
		holding{"Person", compare("Person.name", store.Contains, ".*"), "p4"},
		holding{"Person", compare("Person.name", store.Contains, `"real"_x 'y' \ [`), "p4"},
		holding{"Person", compare("Person.name", store.Contains, "a.v"), ""},
		holding{"Person", compare("Person.name", store.StartsWith, `100% "REAL`), "p4"},
	)
}

func filterFuzzy(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Person", compare("Person.name", store.Fuzzy, "nname ÁLVRO"), "p1 p2 p3"},
		holding{"Person", compare("Person.name", store.Fuzzy, "alv"), ""},
		holding{"Person", compare("Person.name", store.Fuzzy, "alvaro real"), ""},
		holding{"Person", compare("Person.name", store.Fuzzy, `raal.* (`), "p4"},
		holding{"Person", compare("Person.name", store.Fuzzy, ""), "p1 p2 p3 p4"},
		holding{"Person", store.Not{Filter: compare("Person.name", store.Fuzzy, "alvaro")}, "p4 p5"},
	)
}

func filterLess(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Sentence", compare("Sentence.lengthMonths", store.Lt, int64(120)), "n2"},
		holding{"Sentence", compare("Sentence.lengthMonths", store.Lte, int64(120)), "n1 n2"},
		holding{"Sentence", compare("Sentence.lengthMonths", store.Gt, int64(120)), "n3"},
		holding{"Sentence", compare("Sentence.lengthMonths", store.Gte, int64(120)), "n1 n3"},
		// In the declared order, which is not the alphabet's: IMPOSED … ANNULLED … SERVED.
		holding{"Sentence", compare("Sentence.standing", store.Lt, "ANNULLED"), "n1"},
		holding{"Sentence", compare("Sentence.standing", store.Gte, "ANNULLED"), "n2"},
		holding{"Sentence", compare("Sentence.standing", store.Lte, "SERVED"), "n1 n2"},
	)
}

func filterIsNull(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Person", compare("Person.name", store.IsNull, true), "p5"},
		holding{"Person", compare("Person.name", store.IsNull, false), "p1 p2 p3 p4"},
		holding{"Person", compare("Person.otherNames", store.IsNull, true), "p3 p4 p5"},
		holding{"Person", compare("Person.otherNames", store.IsNull, false), "p1 p2"},
		holding{"Sentence", compare("Sentence.life", store.IsNull, true), "n3"},
		holding{"Detention", compare("Detention.start", store.IsNull, true), "d5"},
	)
}

func filterDates(t *testing.T, s *suite) {
	start := func(op store.Op, date string, possibly bool) store.Filter {
		return dated("Detention.start", op, date, possibly)
	}
	s.hold(t,
		holding{"Detention", start(store.On, "2025-12-25", false), "d1"},
		holding{"Detention", start(store.On, "2025-12-25", true), "d1 d2 d3 d4"},
		holding{"Detention", start(store.On, "2025-12", false), "d1 d2 d3 d4"},
		holding{"Detention", start(store.Before, "2025-12-26", false), "d1"},
		holding{"Detention", start(store.Before, "2025-12-26", true), "d1 d2 d3 d4"},
		holding{"Detention", start(store.Before, "2025-12-24", true), "d2"},
		holding{"Detention", start(store.After, "2025-12-24", false), "d1"},
		holding{"Detention", start(store.After, "2025-12-25", true), "d2 d3 d4"},
		// d3 is a span: it certainly overlaps a day within it.
		holding{"Detention", start(store.Overlaps, "2025-12-25", false), "d1 d3"},
		holding{"Detention", start(store.Overlaps, "2025-12-26", true), "d2 d3 d4"},
		holding{"Detention", start(store.On, "[2025-12-24..2025-12-26]", false), "d1 d3 d4"},
		holding{"Person", store.Linked{Step: memberOf, Link: dated("Link.start", store.Before, "2021", false)}, "p1"},
	)
}

func filterValues(t *testing.T, s *suite) {
	links := store.Selection{Of: store.LinkRows, Where: isRole, Page: store.PageOf{First: store.Everything}}
	s.shows(t, links, "l1 l4")
	links.Where = store.All{compare("Link.disputed", store.Eq, false), compare("Link.role", store.IsNull, true), compare("Link.rank", store.Eq, "NORMAL")}
	s.shows(t, links, "l5 l6 l8")
	links.Where = compare("Link.disputed", store.Eq, true)
	s.shows(t, links, "l7")
	statements := store.Selection{Of: store.StatementRows, Page: links.Page}
	statements.Where = store.All{compare("Statement.subject", store.Eq, "p1"), compare("Statement.property", store.In, "name", "otherNames")}
	s.shows(t, statements, "p1.name p1.otherNames p1.otherNames2")
	statements.Where = store.All{compare("Statement.entity", store.Eq, "o1"), compare("Statement.source", store.Eq, "src2")}
	s.shows(t, statements, "m2")
	statements.Where = compare("Statement.disputed", store.Eq, true)
	s.shows(t, statements, "h1")
	statements.Where = compare("Statement.denies", store.Ne, false)
	s.shows(t, statements, "h1.no")
	// Values that no filter of the API names are compared all the same.
	statements.Where = store.All{
		compare("Statement.subject", store.Eq, "p1"),
		store.Compare{Property: &vocab.Property{Name: statement.KeyLink}, Op: store.In, Values: []any{"l1", "l2"}},
		store.Compare{Property: &vocab.Property{Name: statement.KeyPlace, Value: vocab.Integer}, Op: store.Lt, Values: []any{int64(1)}},
	}
	s.shows(t, statements, "m1 m2")
}

func filterIdentity(t *testing.T, s *suite) {
	identity := func(op store.Op, ids ...any) store.Filter {
		return store.Compare{Property: vocab.Identity, Op: op, Values: ids}
	}
	typed := func(op store.Op, types ...any) store.Filter {
		return store.Compare{Property: vocab.RowType, Op: op, Values: types}
	}
	s.hold(t,
		holding{"Person", isP1, "p1"},
		holding{"Person", identity(store.In, "p5", "o1", "p2"), "p2 p5"},
		holding{"Person", identity(store.Ne, "p3"), "p1 p2 p4 p5"},
		holding{"Person", typed(store.Eq, "Person"), "p1 p2 p3 p4 p5"},
		holding{"Person", store.Linked{Step: memberOf, Node: identity(store.Eq, "o2")}, "p2 p3"},
	)
	every := store.Selection{Where: typed(store.In, "Organization", "Source"), Page: store.PageOf{First: 9}}
	s.shows(t, every, "o1 o2 src src2")
	links := store.Selection{Of: store.LinkRows, Where: typed(store.Ne, "MEMBER_OF"), Page: store.PageOf{First: 9}}
	s.shows(t, links, "l6 l7 l8")
	statements := store.Selection{Of: store.StatementRows, Where: identity(store.In, "m1", "lost", "l1"), Page: store.PageOf{First: 9}}
	s.shows(t, statements, "lost m1")
}
