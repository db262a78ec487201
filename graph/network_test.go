package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
)

// Of what the network looks at, those are recorded whose rows stand in the answer.
func TestNetworkIsAudited(t *testing.T) {
	audit, store := &recorded{}, small(t)
	if _, err := store.Write(t.Context(), statement.Commit{Add: []statement.Statement{say("p2", "RELATIVE_OF", "p1")}}); err != nil {
		t.Fatal(err)
	}
	s := NewSchema(Backing{Store: store, Audit: audit, Limits: plan.DefaultLimits, Network: network.New(store, network.DefaultLimits), Search: store})
	full := access.With(t.Context(), access.NewGrant("Ana", access.ReadProtected))
	for _, tt := range []struct {
		query, public, full string
		recorded            []string
	}{
		{`{ paths(from: "p2", to: "party") { paths { links { relation } } } }`, `{"paths":{"paths":[]}}`, `{"paths":{"paths":[{"links":[{"relation":"RELATIVE_OF"},{"relation":"MEMBER_OF"}]}]}}`, []string{"p2"}},
		{`{ neighborhood(ids: ["party"], depth: 2) { nodes { id } } }`, `{"neighborhood":{"nodes":[{"id":"party"},{"id":"p1"}]}}`, `{"neighborhood":{"nodes":[{"id":"party"},{"id":"p1"},{"id":"p2"}]}}`, []string{"p2"}},
		{`{ neighborhood(ids: ["party"], depth: 2, first: 1) { nodes { id } truncated { totalCount } } }`, `{"neighborhood":{"nodes":[{"id":"party"},{"id":"p1"}],"truncated":[]}}`, `{"neighborhood":{"nodes":[{"id":"party"},{"id":"p1"}],"truncated":[{"totalCount":1}]}}`, nil},
		{`{ centrality(measure: DEGREE) { nodeCount ranking { node { id } } } }`, `{"centrality":{"nodeCount":2,"ranking":[{"node":{"id":"p1"}},{"node":{"id":"party"}}]}}`, `{"centrality":{"nodeCount":3,"ranking":[{"node":{"id":"p1"}},{"node":{"id":"p2"}},{"node":{"id":"party"}}]}}`, []string{"p2"}},
		{`{ search(text: "tim fern") { totalCount } }`, `{"search":{"totalCount":0}}`, `{"search":{"totalCount":1}}`, nil},
		{`{ search(text: "tim fern") { edges { text } } }`, `{"search":{"edges":[]}}`, `{"search":{"edges":[{"text":"Tim Fern"}]}}`, []string{"p2"}},
		{`{ match(queries: [{name: "tim fern"}]) { candidates { score features { name } } } }`, `{"match":[{"candidates":[]}]}`, `{"match":[{"candidates":[{"score":0.85,"features":[{"name":"name"}]}]}]}`, []string{"p2"}},
		{`{ search(text: "tim fern", first: 0) { edges { text } } }`, `{"search":{"edges":[]}}`, `{"search":{"edges":[]}}`, nil},
	} {
		audit.entities = nil
		if a := ask(t.Context(), t, s, tt.query, nil); string(a.Data) != tt.public || a.Errors != nil || audit.entities != nil {
			t.Errorf("%s: %s %v, recorded %v", tt.query, a.Data, a.Errors, audit.entities)
		}
		a := ask(full, t, s, tt.query, nil)
		if string(a.Data) != tt.full || a.Errors != nil {
			t.Errorf("%s: %s %v", tt.query, a.Data, a.Errors)
		}
		if diff := cmp.Diff(tt.recorded, audit.entities); diff != "" {
			t.Errorf("%s: recorded: %s", tt.query, diff)
		}
	}
}
