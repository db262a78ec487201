package network_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Of two graphs that differ only in what is withheld, the public view gives the same
// paths, hubs, neighborhoods, ranks and groups.
func TestNothingWithheldBearsOnPublicAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		commits, other := storetest.Withheld(t)
		q := drawPublic(t)
		got, want := q.answers(t, commits), q.answers(t, other)
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%+v\n%s\nand, where other things are withheld,\n%s", q, got[i], want[i])
			}
		}
	})
}

// publicQuestions are asked of the public view.
type publicQuestions struct {
	paths        network.PathsQuery
	neighborhood network.NeighborhoodQuery
	common       network.CommonQuery
	measured     network.MeasureScope
	bound        int
}

func drawPublic(t *rapid.T) publicQuestions {
	ids := rapid.Permutation(storetest.EntityIDs()).Draw(t, "ids")
	var scope network.Scope
	if rapid.Bool().Draw(t, "typed") {
		scope.Types = []string{vocab.Person, vocab.Detention, vocab.Organization, vocab.Facility}
	}
	gates := network.Gates{MaxDegree: rapid.IntRange(0, 5).Draw(t, "degree"), Unspecified: rapid.Bool().Draw(t, "through")}
	return publicQuestions{
		network.PathsQuery{From: ids[0], To: ids[1], First: 20, MaxLength: 6, Scope: scope, Gates: gates},
		network.NeighborhoodQuery{IDs: ids[:2], Depth: rapid.IntRange(1, 3).Draw(t, "depth"), First: rapid.IntRange(0, 9).Draw(t, "first"), Scope: scope},
		network.CommonQuery{IDs: ids[:3], AtLeast: 2, Within: 2, First: 20, Scope: scope, Gates: gates},
		network.MeasureScope{Scope: scope, Contract: rapid.Bool().Draw(t, "contract")},
		rapid.SampledFrom([]int{5, 50, 5000}).Draw(t, "bound"),
	}
}

// answers writes a graph and gives what the public view answers about it, errors too.
func (q publicQuestions) answers(t *rapid.T, commits []statement.Commit) (list []string) {
	s := storetest.NewNaive()
	for _, c := range commits {
		_, _ = s.Write(t.Context(), c) // some are refused, as they are meant to be
	}
	say := func(answer any, err error) { list = append(list, fmt.Sprintf("%+v %v", answer, err)) }
	paths, err := walk(s, q.bound).Paths(t.Context(), q.paths)
	say(paths, err)
	neighborhood, err := walk(s, q.bound).Neighborhood(t.Context(), q.neighborhood)
	say(neighborhood, err)
	common, err := walk(s, q.bound).Common(t.Context(), q.common)
	say(common, err)
	n := network.New(s, network.DefaultLimits)
	for _, m := range []network.Measure{network.Degree, network.PageRank, network.Betweenness, network.Closeness} {
		c, err := n.Centrality(t.Context(), statement.PublicView, m, q.measured)
		say(c, err)
	}
	c, err := n.Communities(t.Context(), statement.PublicView, 1, q.measured)
	say(c, err)
	return list
}
