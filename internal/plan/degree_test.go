package plan_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

func TestDegree(t *testing.T) {
	a := newAsker(t, small(t), statement.PublicView)
	for _, c := range []struct{ query, want string }{
		{`{people{nodes{degree{relation totalCount}}}}`,
			`{"people":{"nodes":[{"degree":[{"relation":"MEMBER_OF","totalCount":1},{"relation":"RELATIVE_OF","totalCount":1},{"relation":"HAS_DETENTION","totalCount":1}]},` +
				`{"degree":[{"relation":"MEMBER_OF","totalCount":1},{"relation":"RELATIVE_OF","totalCount":1}]},{"degree":[{"relation":"HAS_DETENTION","totalCount":1}]}]}}`},
		{`{node(id:"ana"){...on Entity{a:degree(relations:HELD_AT){totalCount} b:degree(relations:[HAS_DETENTION,MEMBER_OF,MEMBER_OF]){n:totalCount __typename r:relation} c:degree(relations:[]){relation}}}}`,
			`{"node":{"a":[],"b":[{"n":1,"__typename":"Degree","r":"MEMBER_OF"},{"n":1,"__typename":"Degree","r":"HAS_DETENTION"}],"c":[]}}`},
		// One fragment for entities of types that have other relations, and more selected of one type.
		{`{nodes(ids:["ana","union","d1","source"]){...d ...on Person{gender ...d}}} fragment d on Entity{degree{relation totalCount}}`,
			`{"nodes":[{"degree":[{"relation":"MEMBER_OF","totalCount":1},{"relation":"RELATIVE_OF","totalCount":1},{"relation":"HAS_DETENTION","totalCount":1}],"gender":null},` +
				`{"degree":[{"relation":"MEMBER_OF","totalCount":2}]},{"degree":[{"relation":"HAS_DETENTION","totalCount":1},{"relation":"HELD_AT","totalCount":1}]},` +
				`{"degree":[{"relation":"PUBLISHED_BY","totalCount":1}]}]}`},
	} {
		if diff := cmp.Diff(c.want, a.data(t, c.query)); diff != "" {
			t.Errorf("%s\n%s", c.query, diff)
		}
	}
}

// Links are counted, not read, in the directions that the type may have them, and
// once for all fields that ask.
func TestDegreeIsCounted(t *testing.T) {
	s := compiled(t, `{organizations{nodes{degree(relations:[MEMBER_OF,HELD_AT]){totalCount} again:degree(relations:[COUNTED_BY,MEMBER_OF]){totalCount}}}}`)
	count := func(relation string, out bool) store.Nested {
		return store.Nested{Step: &store.Step{Relations: []string{relation}, Out: out, In: true}, Selection: store.Selection{Total: true}}
	}
	if diff := cmp.Diff([]store.Nested{count("MEMBER_OF", true), count("COUNTED_BY", false)}, s[0].Nested); diff != "" {
		t.Error(diff)
	}
}

// However many relations it counts, it is one selection.
func TestDegreeIsOneSelection(t *testing.T) {
	a := newAsker(t, small(t), statement.PublicView)
	a.data(t, "{people{nodes{"+siblings(199, "degree{totalCount}")+"}}}")
	if code, message := a.refused(t, "{people{nodes{"+siblings(200, "degree{totalCount}")+"}}}", ""); code != "QUERY_TOO_COMPLEX" || !strings.Contains(message, "200 selections") {
		t.Error(code, message)
	}
}
