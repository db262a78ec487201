package storetest

import (
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var filtering = subject{name: "filter", data: filterData, cases: []sentence{
	{"All holds if each of them holds; none hold of itself", filterAll},
	{"Any holds if one of them holds; an empty one never does", filterAny},
	{"it holds wherever its filter does not, nulls included", filterNot},
	{"On a property with many values Eq to Gte hold if one value fulfils them", filterMany},
	{"With a null value all but Ne and IsNull (true) fail", filterNull},
	{"exact, of text after NFC", filterEq},
	{"not Eq, null included", filterNe},
	{"Eq to one of Values; of none, nothing", filterIn},
	{"the folds of texts", filterFold},
	{"match.Fuzzy, of texts", filterFuzzy},
	{"Lt to Gte: by SortKey (numbers, enumerations, times)", filterLess},
	{"true, the value is null (or the list empty); false, it is not", filterIsNull},
	{"On to Overlaps: dates, package edtf tells how", filterDates},
	{"Compare is about a value of the row", filterValues},
	{"Property may be vocab.Identity and vocab.RowType too", filterIdentity},
	{"at least one link fulfils both filters", filterSome},
	{"none does", filterNone},
	{"each does; true where there are no links", filterEvery},
	{"the number of those that do compares with Linked.Number by Linked.Op", filterNumber},
	{"of the same link, Node holds of the far end and Link of the link (nil: always)", filterSameLink},
	{"links that start, that end at the entity", filterDirections},
	{"of the entity at the far end; none: all", filterFarTypes},
	{"Referred is about the row of Of whose id the row holds in Key; it fails where there is none", filterReferred},
}}

// filterData: p1 is a coordinator of o1 by l1 and its treasurer by l2; p2 is the
// treasurer of o1 and a coordinator of o2; p3 is in o2 in a role that nobody names;
// p4 and p5 are in nothing. That d1 is p1's is disputed.
func filterData() []statement.Commit {
	return []statement.Commit{together(
		source(theSource, "kind", "REPORT"), source("src2"),
		entity("p1", "Person", "name", "Álvaro Ñame", "otherNames", "Al", "otherNames", "El Ñato", "nationality", "VE"),
		entity("p2", "Person", "name", "A\u0301lvaro N\u0303ame", "otherNames", "Beto"),
		entity("p3", "Person", "name", "alvaro name"),
		entity("p4", "Person", "name", `100% "real"_x 'y' \ [a-z].*`),
		entity("p5", "Person"),
		entity("o1", "Organization", "name", "Partido Uno", "kind", "PARTY"),
		entity("o2", "Organization", "name", "Sindicato Dos", "kind", "UNION"),
		entity("n1", "Sentence", "lengthMonths", "120", "life", "false", "standing", "IMPOSED"),
		entity("n2", "Sentence", "lengthMonths", "2", "life", "true", "standing", "SERVED"),
		entity("n3", "Sentence", "lengthMonths", "360"),
		entity("d1", "Detention", "start", "2025-12-25"),
		entity("d2", "Detention", "start", "2025-12"),
		entity("d3", "Detention", "start", "2025-12-24/2025-12-26"),
		entity("d4", "Detention", "start", "2025-12-25~"),
		entity("d5", "Detention"),
		[]statement.Statement{
			say("m1", "p1", "MEMBER_OF", "o1", linkID("l1"), qualified("role", "coordinadora"), qualified("start", "2020")),
			say("m2", "p1", "MEMBER_OF", "o1", linkID("l2"), qualified("role", "tesorera"), from("src2")),
			say("m3", "p2", "MEMBER_OF", "o1", linkID("l3"), qualified("role", "tesorera")),
			say("m4", "p2", "MEMBER_OF", "o2", linkID("l4"), qualified("role", "coordinadora")),
			say("m5", "p3", "MEMBER_OF", "o2", linkID("l5")),
			say("a1", "p1", "ASSOCIATE_OF", "p2", linkID("l6")),
			say("h1", "p1", "HAS_DETENTION", "d1", linkID("l7")),
			say("h1.no", "p1", "HAS_DETENTION", "d1", denies),
			say("o1.part", "o1", "PART_OF", "o2", linkID("l8")),
			say("lost", "p4", "occupation", "maestro", from("nowhere")),
		},
	)}
}

// holding is a filter on a type, and the ids of those of which it holds.
type holding struct {
	typ    string
	filter store.Filter
	want   string
}

func (s *suite) hold(t *testing.T, list ...holding) {
	t.Helper()
	for _, h := range list {
		selection := filtered(h.typ, h.filter)
		selection.Total = true
		page := s.read(t, statement.PublicView, selection)
		if got := tree(page); got != h.want || page.Total != len(page.Rows) {
			t.Errorf("%s: got %q (total %d), want %q", Describe([]store.Selection{selection}), got, page.Total, h.want)
		}
	}
}

var (
	isP1     = store.Compare{Property: vocab.Identity, Op: store.Eq, Values: []any{"p1"}}
	isParty  = compare("Organization.kind", store.Eq, "PARTY")
	isRole   = compare("Link.role", store.Eq, "coordinadora")
	memberOf = *store.StepOf(rel("Person.memberOf"))
)

func filterAll(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Person", store.All{}, "p1 p2 p3 p4 p5"},
		holding{"Person", store.All{isP1}, "p1"},
		holding{"Person", store.All{isP1, compare("Person.name", store.IsNull, true)}, ""},
		holding{"Person", store.All{compare("Person.nationality", store.Eq, "VE"), store.All{isP1, store.All{}}}, "p1"},
	)
}

func filterAny(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Person", store.Any{}, ""},
		holding{"Person", store.Not{Filter: store.Any{}}, "p1 p2 p3 p4 p5"},
		holding{"Person", store.Any{isP1, compare("Person.name", store.IsNull, true)}, "p1 p5"},
		holding{"Person", store.All{isP1, store.Any{}}, ""},
		holding{"Person", store.Any{isP1, store.Linked{Step: memberOf, Node: isParty}}, "p1 p2"},
	)
}

func filterNot(t *testing.T, s *suite) {
	not := func(f store.Filter) store.Filter { return store.Not{Filter: f} }
	s.hold(t,
		holding{"Person", not(store.All{}), ""},
		holding{"Person", not(compare("Person.name", store.Eq, "alvaro name")), "p1 p2 p4 p5"},
		holding{"Person", not(compare("Person.name", store.Contains, "a")), "p5"},
		holding{"Person", not(not(compare("Person.name", store.Contains, "alv"))), "p1 p2 p3"},
		holding{"Person", not(compare("Person.name", store.Ne, "alvaro name")), "p3"},
		holding{"Person", not(compare("Person.otherNames", store.Eq, "Al")), "p2 p3 p4 p5"},
		holding{"Person", not(compare("Person.nationality", store.In, "VE", "CO")), "p2 p3 p4 p5"},
		holding{"Sentence", not(compare("Sentence.lengthMonths", store.Gt, int64(100))), "n2"},
		holding{"Sentence", not(compare("Sentence.life", store.Eq, true)), "n1 n3"},
		holding{"Detention", not(dated("Detention.start", store.On, "2025-12", false)), "d5"},
		holding{"Person", not(store.All{compare("Person.name", store.Eq, "x"), compare("Person.nationality", store.Eq, "VE")}), "p1 p2 p3 p4 p5"},
		holding{"Person", not(store.Any{compare("Person.name", store.Eq, "x"), compare("Person.nationality", store.Eq, "VE")}), "p2 p3 p4 p5"},
		holding{"Person", not(store.Linked{Step: memberOf, Link: isRole}), "p3 p4 p5"},
		holding{"Person", store.Linked{Step: memberOf, Link: not(isRole)}, "p1 p2 p3"},
	)
}

func filterMany(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Person", compare("Person.otherNames", store.Eq, "El Ñato"), "p1"},
		holding{"Person", compare("Person.otherNames", store.In, "Beto", "El Ñato"), "p1 p2"},
		holding{"Person", compare("Person.otherNames", store.Contains, "ÑATO"), "p1"},
		holding{"Person", compare("Person.otherNames", store.StartsWith, "be"), "p2"},
		holding{"Person", compare("Person.otherNames", store.StartsWith, "nato"), ""},
		holding{"Person", compare("Person.otherNames", store.Ne, "Al"), "p2 p3 p4 p5"},
		holding{"Person", compare("Person.otherNames", store.Contains, "al el"), ""},
	)
}

func filterNull(t *testing.T, s *suite) {
	s.hold(t,
		holding{"Detention", compare("Detention.ground", store.Eq, ""), ""},
		holding{"Detention", compare("Detention.ground", store.Contains, ""), ""},
		holding{"Detention", compare("Detention.ground", store.StartsWith, ""), ""},
		holding{"Detention", compare("Detention.ground", store.In, "", "x"), ""},
		holding{"Detention", compare("Detention.outcome", store.Lte, "UNKNOWN"), ""},
		holding{"Detention", compare("Detention.outcome", store.Gte, "RELEASED"), ""},
		holding{"Detention", dated("Detention.end", store.Before, "9999", true), ""},
		holding{"Sentence", compare("Sentence.life", store.Eq, false), "n1"},
		holding{"Detention", compare("Detention.ground", store.Ne, "x"), "d1 d2 d3 d4 d5"},
		holding{"Detention", compare("Detention.ground", store.IsNull, true), "d1 d2 d3 d4 d5"},
		holding{"Person", compare("Person.birthDate", store.IsNull, false), ""},
	)
}
