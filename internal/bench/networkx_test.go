package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/graph"
)

func TestMeasureTextsFitTheSchema(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "schema", Input: graph.SDL()})
	for _, measure := range measures {
		if _, errs := gqlparser.LoadQueryWithRules(schema, measureText(measure), nil); errs != nil {
			t.Errorf("%s: %v", measure, errs)
		}
	}
}

// Whoever does not agree with networkx is not measured beside it.
func TestAgreement(t *testing.T) {
	t.Parallel()
	var theirs networkx
	if err := json.Unmarshal([]byte(`{"Measures":{"DEGREE":{"Seconds":0.5,"Scores":{"a":1,"b":0.5,"c":0.5}}},"Communities":{"Seconds":2,"Modularity":0.4}}`), &theirs); err != nil {
		t.Fatal(err)
	}
	said := func(text string) *twice {
		var o ours
		if err := json.Unmarshal([]byte(text), &o); err != nil {
			t.Fatal(err)
		}
		return &twice{first: [2]ours{o, o}, again: o}
	}
	for _, c := range []struct{ measure, ours, took, agreement, err string }{
		{"DEGREE", `{"NodeCount":3,"Ranking":[{"Score":1.0000000001,"Node":{"ID":"a"}},{"Score":0.5,"Node":{"ID":"b"}}]}`, "500.00", "to 1e-10", ""},
		{"DEGREE", `{"NodeCount":3,"Ranking":[{"Score":0.9,"Node":{"ID":"a"}}]}`, "", "", "scores differ"},
		{"DEGREE", `{"NodeCount":2}`, "", "", "2 entities, networkx 3"},
		{"BETWEENNESS", `{"NodeCount":3,"Sampled":true}`, "–", "from a sample: not compared", ""},
		{communities, `{"Modularity":0.41}`, "2000.00", "modularity 0.410, networkx 0.400", ""},
		{communities, `{"Modularity":0.3}`, "", "", "modularity 0.3"},
	} {
		took, agreement, err := theirs.agrees(c.measure, said(c.ours))
		if took != c.took || agreement != c.agreement || (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s %s: %q %q %v", c.measure, c.ours, took, agreement, err)
		}
	}
}
