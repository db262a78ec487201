package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// charged gives a store of three detentions, one of someone protected and one without
// anything known, and what they are charged with.
func charged(t *testing.T) *storetest.Naive {
	return graph(t, slices.Concat(
		of("source", "Source"),
		of("ana", "Person", "name", "Ana Inventada", "HAS_DETENTION", "d1"), of("nina", "Person", "name", "Nina Ficticia", "protection", "PROTECTED", "HAS_DETENTION", "d2"),
		of("d1", "Detention", "start", "2025-12-25", "CHARGED_WITH", "terror", "CHARGED_WITH", "hate", "SENTENCED_TO", "s1", "SENTENCED_TO", "s2", "TRIED_IN", "case"),
		of("d2", "Detention", "start", "2025-12-03", "CHARGED_WITH", "terror", "HELD_AT", "prison"), of("d3", "Detention", "HELD_AT", "prison"),
		of("terror", "Charge", "name", "terrorismo"), of("hate", "Charge", "name", "Odio"),
		of("s1", "Sentence", "lengthMonths", "120"), of("s2", "Sentence", "lengthMonths", "7"),
		of("case", "Proceeding", "HEARD_BY", "court"), of("court", "Organization", "name", "Tribunal"), of("prison", "Facility", "name", "Cárcel"),
		[]statement.Statement{{ID: "moved", Subject: "d1", Property: "HELD_AT", Entity: "prison", Qualifiers: map[string][]string{"end": {"2025-12-26"}}}},
	)...)
}

func TestBreakdown(t *testing.T) {
	s := charged(t)
	for _, c := range []struct {
		name, query, want string
		view              store.View
	}{
		{"by what a relation leads to", `{detentions{totalCount breakdown(by:[CHARGE]){__typename nodeCount bucketCount leftOut buckets{nodeCount keys{unknown text entity{id name}} numbers{sum}}}}}`,
			`{"detentions":{"totalCount":3,"breakdown":{"__typename":"Breakdown","nodeCount":3,"bucketCount":3,"leftOut":0,"buckets":[` +
				`{"nodeCount":2,"keys":[{"unknown":false,"text":"terrorismo","entity":{"id":"terror","name":"terrorismo"}}],"numbers":null},` +
				`{"nodeCount":1,"keys":[{"unknown":false,"text":"Odio","entity":{"id":"hate","name":"Odio"}}],"numbers":null},` +
				`{"nodeCount":1,"keys":[{"unknown":true,"text":null,"entity":null}],"numbers":null}]}}}`, statement.PublicView},
		{"pairs, over a way", `{detentions{breakdown(by:[CHARGE,COURT],orderBy:{field:KEY}){buckets{nodeCount keys{text}}}}}`,
			`{"detentions":{"breakdown":{"buckets":[{"nodeCount":1,"keys":[{"text":"Odio"},{"text":"Tribunal"}]},{"nodeCount":1,"keys":[{"text":"terrorismo"},{"text":"Tribunal"}]},` +
				`{"nodeCount":1,"keys":[{"text":"terrorismo"},{"text":null}]},{"nodeCount":1,"keys":[{"text":null},{"text":null}]}]}}}`, statement.PublicView},
		{"numbers", `{detentions{breakdown(by:CHARGE,number:LENGTH_MONTHS,first:1){leftOut buckets{numbers{numberCount sum min max mean median}}}} sentences{breakdown(by:STANDING,number:LENGTH_MONTHS,orderBy:{field:NODE_COUNT}){buckets{numbers{sum}}}}}`,
			`{"detentions":{"breakdown":{"leftOut":2,"buckets":[{"numbers":{"numberCount":2,"sum":127,"min":7,"max":120,"mean":63.5,"median":63.5}}]}},"sentences":{"breakdown":{"buckets":[{"numbers":{"sum":127}}]}}}`, statement.PublicView},
		{"no numbers", `{detentions(where:{id:{eq:"d3"}}){breakdown(by:PROTECTED,number:LENGTH_MONTHS){buckets{keys{text} numbers{numberCount sum min mean}}}}}`,
			`{"detentions":{"breakdown":{"buckets":[{"keys":[{"text":"false"}],"numbers":{"numberCount":0,"sum":0,"min":null,"mean":null}}]}}}`, statement.PublicView},
		{"per parent, under its own filter", `{charges(orderBy:[{field:NAME}]){nodes{detentions(where:{node:{start:{isNull:false}}}){breakdown(by:[PERSON]){nodeCount buckets{keys{text}}}}}}}`,
			`{"charges":{"nodes":[{"detentions":{"breakdown":{"nodeCount":1,"buckets":[{"keys":[{"text":"Ana Inventada"}]}]}}},{"detentions":{"breakdown":{"nodeCount":2,"buckets":[{"keys":[{"text":"Ana Inventada"}]},{"keys":[{"text":"Name withheld"}]}]}}}]}}`, statement.PublicView},
		{"in the full view", `{people{breakdown(by:[NAME]){buckets{nodeCount keys{text}}}}}`,
			`{"people":{"breakdown":{"buckets":[{"nodeCount":1,"keys":[{"text":"Ana Inventada"}]},{"nodeCount":1,"keys":[{"text":"Nina Ficticia"}]}]}}}`, statement.FullView},
		{"a withheld name is unknown", `{people{breakdown(by:[NAME]){buckets{nodeCount keys{unknown text}}}}}`,
			`{"people":{"breakdown":{"buckets":[{"nodeCount":1,"keys":[{"unknown":false,"text":"Ana Inventada"}]},{"nodeCount":1,"keys":[{"unknown":true,"text":null}]}]}}}`, statement.PublicView},
		{"of entities of any type", `{node(id:"prison"){...on Facility{linkedTo{breakdown(by:TYPE){nodeCount buckets{nodeCount}}}}} nodes(ids:["d1"]){...on Detention{charges{breakdown(by:DETENTION){buckets{keys{text}}}}}}}`,
			`{"node":{"linkedTo":{"breakdown":{"nodeCount":0,"buckets":[]}}},"nodes":[{"charges":{"breakdown":{"buckets":[{"keys":[{"text":"Detention 2025-12-25"}]},{"keys":[{"text":"Detention 2025-12"}]}]}}}]}`, statement.PublicView},
		{"below the entity of a bucket", `{charges(where:{id:{eq:"hate"}}){breakdown(by:DETENTION){buckets{keys{entity{...on Detention{id heldAt{breakdown(by:NAME){buckets{keys{text}}}}}}}}}}}`,
			`{"charges":{"breakdown":{"buckets":[{"keys":[{"entity":{"id":"d1","heldAt":{"breakdown":{"buckets":[{"keys":[{"text":"Cárcel"}]}]}}}}]}]}}}`, statement.PublicView},
		{"the history of a bucket's entity", `{charges{breakdown(by:DETENTION,first:1){buckets{keys{entity{...on Detention{id history{nodes{sequence}}}}}}}}}`,
			`{"charges":{"breakdown":{"buckets":[{"keys":[{"entity":{"id":"d1","history":{"nodes":[{"sequence":"1"}]}}}]}]}}}`, statement.PublicView},
		{"of statements", `{statements(where:{subject:{eq:"d1"}}){breakdown(by:[SOURCE,PROPERTY],orderBy:{field:KEY},first:2){bucketCount buckets{nodeCount keys{text entity{id}}}}} node(id:"terror"){...on Entity{statements{breakdown(by:VERIFICATION){buckets{nodeCount keys{text}}}}}}}`,
			`{"statements":{"breakdown":{"bucketCount":6,"buckets":[{"nodeCount":2,"keys":[{"text":"Source source","entity":{"id":"source"}},{"text":"CHARGED_WITH","entity":null}]},{"nodeCount":1,"keys":[{"text":"Source source","entity":{"id":"source"}},{"text":"HELD_AT","entity":null}]}]}},` +
				`"node":{"statements":{"breakdown":{"buckets":[{"nodeCount":2,"keys":[{"text":"UNVERIFIED"}]}]}}}}`, statement.PublicView},
		{"on a day, over links of that day", `{a:detentions(asOf:"2025-12-25"){breakdown(by:HELD_AT){nodeCount buckets{nodeCount keys{text}}}} b:detentions(asOf:"2025-12-30"){breakdown(by:HELD_AT){buckets{nodeCount keys{text}}}}}`,
			`{"a":{"breakdown":{"nodeCount":3,"buckets":[{"nodeCount":3,"keys":[{"text":"Cárcel"}]}]}},"b":{"breakdown":{"buckets":[{"nodeCount":2,"keys":[{"text":"Cárcel"}]},{"nodeCount":1,"keys":[{"text":null}]}]}}}`, statement.PublicView},
	} {
		a := newAsker(t, s, c.view)
		if diff := cmp.Diff(c.want, a.data(t, c.query)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestBreakdownRefusals(t *testing.T) {
	a := newAsker(t, charged(t), statement.PublicView)
	for _, c := range []struct{ query, code, message string }{
		{`{detentions{breakdown(by:[]){nodeCount}}}`, "BAD_USER_INPUT", "detentions.breakdown, argument by: 0 dimensions: name one, or two for pairs"},
		{`{detentions{breakdown(by:[CHARGE,COURT,START]){nodeCount}}}`, "BAD_USER_INPUT", "3 dimensions"},
		{`{detentions{breakdown(by:[CHARGE,CHARGE]){nodeCount}}}`, "BAD_USER_INPUT", "argument by[1]: CHARGE stands there already"},
		{`{detentions{breakdown(by:CHARGE,first:101){nodeCount}}}`, "BAD_USER_INPUT", "argument first: 101 is not between 0 and 100"},
		{`{detentions{breakdown(by:CHARGE,first:-1){nodeCount}}}`, "BAD_USER_INPUT", "argument first: -1 is not between 0 and 100"},
		{`{detentions(asOf:"2025-12-25"){breakdown(by:STATUS){nodeCount}}}`, "BAD_USER_INPUT", "argument by[0]: status is today's here"},
		{`{node(id:"d1"){...on Entity{facts{statements{breakdown(by:SOURCE){nodeCount}}}}}}`, "BAD_USER_INPUT", "node.facts.statements.breakdown: the statements of facts and snapshots are not divided"},
		{"{detentions{" + siblings(200, "breakdown(by:CHARGE){nodeCount}") + "}}", "QUERY_TOO_COMPLEX", "200 selections"},
	} {
		if code, message := a.refused(t, c.query, ""); code != c.code || !strings.Contains(message, c.message) {
			t.Errorf("%s: %s %s", c.query, code, message)
		}
	}
}

// What groups name is read within what the operation may still read.
func TestBreakdownIsBounded(t *testing.T) {
	limits := plan.DefaultLimits
	s := charged(t)
	for rows, want := range map[int]string{6: "", 5: "QUERY_TOO_COMPLEX"} { // 3 groups, the names of 2, and one more row
		limits.Rows = rows
		a := newAsker(t, s, statement.PublicView)
		a.planner = plan.New(schema(t), limits)
		answer := a.answer(t, `{detentions(first:1){nodes{id} breakdown(by:CHARGE){buckets{keys{text}}}}}`, "")
		if got := len(answer.Errors) == 0; got != (want == "") || !got && answer.Errors[0].Code != want {
			t.Errorf("%d rows: %s %v", rows, answer.Data, answer.Errors)
		}
	}
	// What comes after counts too.
	limits.Rows = 8
	a := newAsker(t, s, statement.PublicView)
	a.planner = plan.New(schema(t), limits)
	if code, _ := a.refused(t, `{detentions{breakdown(by:CHARGE){buckets{keys{text}}}} people{nodes{id}} charges{nodes{id}}}`, ""); code != "QUERY_TOO_COMPLEX" {
		t.Error(code)
	}
}

// Rows are not read for their groups, nor entities that nobody asks for.
func TestBreakdownReadsNoRows(t *testing.T) {
	r := &counting{Reader: charged(t)}
	a := newAsker(t, r, statement.PublicView)
	a.data(t, `{detentions{breakdown(by:CHARGE){buckets{nodeCount keys{unknown}}}}}`)
	if r.reads != 1 || r.selections[0].Page.First != 0 || r.selections[0].Total {
		t.Errorf("%d reads, the last one of %+v", r.reads, r.selections)
	}
}
