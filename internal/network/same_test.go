package network_test

import (
	"fmt"
	"testing"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/statement"
)

// What is the same is one place in the graph, whichever id asks for it; why it is one
// joins nothing.
func TestWhatIsTheSameIsOnePlace(t *testing.T) {
	same := func(id, former string) statement.Statement {
		return statement.Statement{ID: id + ".same", Subject: former, Property: "SAME_AS", Entity: id, Source: "editorial"}
	}
	s := graph(t, []string{"ana Person", "ben2 Person", "guild Organization"}, []string{"ana MEMBER_OF union", "ben2 MEMBER_OF union", "ben2 ASSOCIATE_OF ben"},
		entity("ben Person"), entity("union Organization"), same("ben", "ben2"), same("union", "guild"))
	for _, c := range []struct{ from, to, avoid, want string }{
		{"ana", "ben2", "nobody", "[ana -l0- union -l1- ben]"}, {"ben2", "ana", "nobody", "[ben -l1- union -l0- ana]"},
		{"ana", "ben2", "guild", "[]"}, {"ben2", "ben", "nobody", "[]"},
	} {
		q := network.PathsQuery{From: c.from, To: c.to, First: 9, MaxLength: 4, Gates: network.Gates{Avoid: []string{c.avoid}}}
		if answer, err := walk(s, 100).Paths(t.Context(), q); err != nil || fmt.Sprint(texts(answer.Paths)) != c.want {
			t.Errorf("%+v: %v %v", c, texts(answer.Paths), err)
		}
	}
	around, err := walk(s, 100).Neighborhood(t.Context(), network.NeighborhoodQuery{IDs: []string{"ben2", "ben"}, Depth: 1, First: 9})
	if err != nil || fmt.Sprint(around.Nodes) != "[ben union]" || len(around.Links) != 1 {
		t.Errorf("around: %v %v", around, err)
	}
	common, err := walk(s, 100).Common(t.Context(), network.CommonQuery{IDs: []string{"ben2", "ana"}, AtLeast: 2, Within: 1, First: 9})
	if err != nil || len(common.Shared) != 1 || common.Shared[0].ID != "union" || fmt.Sprint(texts(common.Shared[0].Paths)) != "[ben -l1- union ana -l0- union]" {
		t.Errorf("in common: %v %v", common, err)
	}
	named := network.NeighborhoodQuery{IDs: []string{"ben2"}, Depth: 1, First: 9, Scope: network.Scope{Relations: []string{"SAME_AS"}}}
	if around, err = walk(s, 100).Neighborhood(t.Context(), named); err != nil || fmt.Sprint(around.Nodes) != "[ben]" || len(around.Links) != 1 {
		t.Errorf("why it is one: %v %v", around, err)
	}
}
