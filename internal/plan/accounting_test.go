package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// wave is an invented release: two organizations state the whole, one of them parts,
// and five people were released, of whom one is protected and one has no name.
func wave(t testing.TB) *asker {
	t.Helper()
	return newAsker(t, graph(t, slices.Concat(
		of("source", "Source", "title", "A report"),
		of("league", "Organization", "name", "The League"), of("agency", "Organization", "name", "An Agency"),
		of("jail", "Facility", "name", "North Jail"), of("town", "Place", "name", "A Town"),
		of("wave", "Event", "kind", "RELEASE_WAVE", "name", "The release"), of("other", "Event", "kind", "RELEASE_WAVE"), of("protest", "Event", "kind", "PROTEST"),
		of("t1", "Tally", "metric", "RELEASED", "count", "40", "date", "2025-12-20", "COUNTS_FOR", "wave", "COUNTED_BY", "league"),
		of("t2", "Tally", "metric", "RELEASED", "count", "..60~", "date", "2025-12", "COUNTS_FOR", "wave", "COUNTED_BY", "agency"),
		of("t3", "Tally", "metric", "RELEASED", "count", "25..", "PART_OF", "t1", "COUNTS_FOR", "jail"),
		of("t4", "Tally", "metric", "RELEASED", "count", "12", "COUNTS_FOR", "wave", "COUNTS_FOR", "town"),
		of("t5", "Tally", "metric", "RELEASED", "count", "8", "COUNTS_FOR", "wave", "PART_OF", "t2"),
		of("t6", "Tally", "metric", "MISSING", "count", "90", "COUNTS_FOR", "wave"),
		of("t7", "Tally", "metric", "RELEASED", "COUNTS_FOR", "wave"),
		of("t8", "Tally", "metric", "RELEASED", "count", "5", "COUNTS_FOR", "other", "COUNTS_FOR", "jail"),
		of("ana", "Person", "name", "Ana Ficticia", "HAS_DETENTION", "d1", "HAS_DETENTION", "d2"), of("d1", "Detention", "RELEASED_IN", "wave"), of("d2", "Detention", "RELEASED_IN", "wave"),
		of("ben", "Person", "name", "Ben Inventado", "HAS_DETENTION", "d3"), of("d3", "Detention"),
		of("kid", "Person", "name", "Kim Inventado", "protection", "PROTECTED", "HAS_DETENTION", "d4"), of("d4", "Detention", "RELEASED_IN", "wave"),
		of("nameless", "Person", "HAS_DETENTION", "d5"), of("d5", "Detention", "RELEASED_IN", "wave"), of("d6", "Detention", "RELEASED_IN", "wave"),
		[]statement.Statement{{ID: "x1", Subject: "d3", Property: "RELEASED_IN", Entity: "wave", Attribution: "REPORTED"}},
	)...), store.PublicView)
}

func TestAccounting(t *testing.T) {
	a := wave(t)
	for _, c := range []struct{ name, of, select_, want string }{
		{"several wholes, their parts, and those of the event", "wave", `stated placed unaccounted{min max}`, `"stated":["40","..60~"],"placed":["25..","12","8"],"unaccounted":{"min":0,"max":48}`},
		{"what each rests on", "wave", `basis{wholes{tally{id countedBy{nodes{name}}}link{from{id}}unaccounted{max}}parts{tally{id}places{to{id}}}}`,
			`"basis":{"wholes":[{"tally":{"id":"t1","countedBy":{"nodes":[{"name":"The League"}]}},"link":{"from":{"id":"t1"}},"unaccounted":{"max":15}},{"tally":{"id":"t2","countedBy":{"nodes":[{"name":"An Agency"}]}},"link":{"from":{"id":"t2"}},"unaccounted":{"max":48}}],` +
				`"parts":[{"tally":{"id":"t3"},"places":[{"to":{"id":"jail"}}]},{"tally":{"id":"t4"},"places":[{"to":{"id":"town"}}]},{"tally":{"id":"t5"},"places":[]}]}`},
		{"who is named", "wave", `named basis{people{person{id name}link{from{id}attribution}}}`,
			`"named":2,"basis":{"people":[{"person":{"id":"ana","name":"Ana Ficticia"},"link":{"from":{"id":"d2"},"attribution":"STATED"}},{"person":{"id":"ana","name":"Ana Ficticia"},"link":{"from":{"id":"d1"},"attribution":"STATED"}},{"person":{"id":"ben","name":"Ben Inventado"},"link":{"from":{"id":"d3"},"attribution":"REPORTED"}}]}`},
		{"a page of them", "wave", `basis{none:people(first:0){__typename}people(first:1){__typename person{id}}}`, `"basis":{"none":[],"people":[{"__typename":"NamedRelease","person":{"id":"ana"}}]}`},
		{"nothing stated of the whole", "other", `__typename stated placed named unaccounted{min max}basis{wholes{tally{id}}}`, `"__typename":"Accounting","stated":[],"placed":["5"],"named":0,"unaccounted":{"min":null,"max":null},"basis":{"wholes":[]}`},
	} {
		want := fmt.Sprintf(`{"node":{"accounting":{%s}}}`, c.want)
		if got := a.data(t, fmt.Sprintf(`{node(id:%q){...on Event{accounting{%s}}}}`, c.of, c.select_)); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, want)
		}
	}
	if got := a.data(t, `{node(id:"protest"){...on Event{accounting{stated}}}}`); got != `{"node":{"accounting":null}}` {
		t.Errorf("of a protest: %s", got)
	}
	if code, message := a.refused(t, `{node(id:"wave"){...on Event{accounting{basis{people(first:101){link{id}}}}}}}`, ""); code != "BAD_USER_INPUT" {
		t.Errorf("%s: %s", code, message)
	}
	a.view = store.FullView
	if got, want := a.data(t, `{events(first:1,where:{id:{eq:"wave"}}){nodes{accounting{named}}}}`), `{"events":{"nodes":[{"accounting":{"named":3}}]}}`; got != want {
		t.Errorf("the full view knows the name of the protected one: %s", got)
	}
}

func TestTalliesByOrganization(t *testing.T) {
	a := newAsker(t, graph(t, slices.Concat(
		of("source", "Source"), of("league", "Organization", "name", "Zeta League"), of("agency", "Organization", "name", "Ágora Agency"), of("nameless", "Organization"),
		of("t1", "Tally", "metric", "IN_DETENTION", "count", "900", "date", "2025-12-20", "criteria", "all", "COUNTED_BY", "league"),
		of("t2", "Tally", "metric", "IN_DETENTION", "count", "950", "date", "2025-11", "COUNTED_BY", "league", "COUNTED_BY", "agency"),
		of("t3", "Tally", "metric", "IN_DETENTION", "count", "880", "COUNTED_BY", "league"),
		of("t4", "Tally", "metric", "IN_DETENTION", "count", "1000", "date", "2025-12-20", "COUNTED_BY", "league"),
		of("t5", "Tally", "metric", "IN_DETENTION", "count", "1..", "COUNTED_BY", "nameless"),
		of("t6", "Tally", "metric", "IN_DETENTION", "count", "7"), of("t7", "Tally", "metric", "RELEASED", "count", "3", "COUNTED_BY", "agency"),
	)...), store.PublicView)
	for query, want := range map[string]string{
		`{tallies(where:{metric:{eq:IN_DETENTION}}){byOrganization{organization{name}tallies{count criteria}}}}`: `{"tallies":{"byOrganization":[{"organization":{"name":"Ágora Agency"},"tallies":[{"count":"950","criteria":null}]},` +
			`{"organization":{"name":"Zeta League"},"tallies":[{"count":"950","criteria":null},{"count":"900","criteria":"all"},{"count":"1000","criteria":null},{"count":"880","criteria":null}]},` +
			`{"organization":{"name":"Organization nameless"},"tallies":[{"count":"1..","criteria":null}]},{"organization":null,"tallies":[{"count":"7","criteria":null}]}]}}`,
		`{tallies(first:1,orderBy:[{field:VALUE,direction:DESC}]){totalCount nodes{id}byOrganization{__typename tallies{id}}}}`: `{"tallies":{"totalCount":7,"nodes":[{"id":"t4"}],"byOrganization":[{"__typename":"OrganizationTallies","tallies":[{"id":"t4"}]}]}}`,
		`{tallies(where:{metric:{eq:MISSING}}){byOrganization{tallies{id}}}}`:                                                   `{"tallies":{"byOrganization":[]}}`,
	} {
		if got := a.data(t, query); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", query, got, want)
		}
	}
}
