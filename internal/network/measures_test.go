package network

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph"
)

// known is what networkx says of a graph: testdata/measures.py.
type known struct {
	Edges                     [][2]string
	Scores                    map[Measure]map[string]float64
	Groups                    [][]string
	Modularity, ModularityAt2 float64
	Paths                     []struct {
		From, To                    string
		Length, Shortest, OneLonger int
	}
}

func knownGraphs(t *testing.T) map[string]known {
	t.Helper()
	text, err := os.ReadFile("testdata/measures.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Graphs map[string]known }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Graphs) != 3 {
		t.Fatalf("%d graphs", len(file.Graphs))
	}
	return file.Graphs
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestMeasuresAgreeWithNetworkx(t *testing.T) {
	for name, k := range knownGraphs(t) {
		g := newGraph(k.Edges)
		for _, m := range []Measure{Degree, PageRank, Betweenness, Closeness} {
			c, err := g.centrality(t.Context(), m, len(g.IDs))
			if err != nil || len(c.IDs) != len(k.Scores[m]) || c.Sampled {
				t.Fatalf("%s, %s: %d scores of %d, %v", name, m, len(c.IDs), len(k.Scores[m]), err)
			}
			for i, id := range c.IDs {
				if !near(c.Scores[i], k.Scores[m][id]) {
					t.Errorf("%s, %s of %s: %v, networkx %v", name, m, id, c.Scores[i], k.Scores[m][id])
				}
				if i > 0 && c.Scores[i] > c.Scores[i-1]+1e-9 {
					t.Errorf("%s, %s: %s ranks too low", name, m, id)
				}
			}
		}
	}
}

func TestShortestPathsAgreeWithNetworkx(t *testing.T) {
	for name, k := range knownGraphs(t) {
		g := newGraph(k.Edges)
		far := func(id string, yield func(string)) {
			i, _ := slices.BinarySearch(g.IDs, id)
			for _, j := range g.near[i] {
				yield(g.IDs[j])
			}
		}
		o := order(g.IDs, far)
		if len(k.Paths) == 0 {
			t.Errorf("%s: no paths", name)
		}
		for _, p := range k.Paths {
			shortest, longer := 0, 0
			for nodes, err := range o.shortest(t.Context(), o.index[p.From], o.index[p.To], p.Length+1) {
				if err != nil {
					t.Fatal(err)
				}
				longer++
				if len(nodes) == p.Length+1 {
					shortest++
				}
			}
			if shortest != p.Shortest || longer != p.OneLonger {
				t.Errorf("%s: %+v: %d and %d paths", name, p, shortest, longer)
			}
		}
	}
}

// Louvain's method has no one answer: ours is valued as networkx values it, and is
// no worse than its own.
func TestCommunitiesAreAsGoodAsNetworkx(t *testing.T) {
	for name, k := range knownGraphs(t) {
		g := newGraph(k.Edges)
		var groups [][]graph.Node
		for _, ids := range k.Groups {
			var group []graph.Node
			for _, id := range ids {
				i, _ := slices.BinarySearch(g.IDs, id)
				group = append(group, numbered(i))
			}
			groups = append(groups, group)
		}
		if q := g.modularity(groups, 1); !near(q, k.Modularity) {
			t.Errorf("%s: modularity %v, networkx %v", name, q, k.Modularity)
		}
		if q := g.modularity(groups, 2); !near(q, k.ModularityAt2) {
			t.Errorf("%s: modularity at resolution 2 %v, networkx %v", name, q, k.ModularityAt2)
		}
		c := g.communities(1)
		if c.Modularity < k.Modularity-0.01 {
			t.Errorf("%s: modularity %v of ours, %v of networkx's", name, c.Modularity, k.Modularity)
		}
		members := slices.Sorted(slices.Values(slices.Concat(c.Groups...)))
		if !slices.Equal(members, g.IDs) {
			t.Errorf("%s: the groups hold %d of %d", name, len(members), len(g.IDs))
		}
		for range 5 {
			if again := newGraph(k.Edges).communities(1); !slices.EqualFunc(again.Groups, c.Groups, slices.Equal) {
				t.Errorf("%s: other groups the second time", name)
			}
		}
	}
}

// A sample estimates: in a part with more entities than are measured exactly, and
// only there; the same each time.
func TestSampledMeasuresAreNear(t *testing.T) {
	g := newGraph(knownGraphs(t)["several parts"].Edges)
	for m, off := range map[Measure]float64{Betweenness: 0.03, Closeness: 0.05} {
		exact, err := g.centrality(context.Background(), m, 1000)
		if err != nil {
			t.Fatal(err)
		}
		want := scoresOf(exact)
		half := newSweep(g)
		scores := make([]float64, len(g.IDs))
		for _, part := range g.parts() {
			if err := half.part(t.Context(), m, part, sample(part, max(2, len(part)/2)), scores); err != nil {
				t.Fatal(err)
			}
		}
		for i, id := range g.IDs {
			if math.Abs(scores[i]-want[id]) > off {
				t.Errorf("%s of %s: %v, exactly %v", m, id, scores[i], want[id])
			}
		}
		first, _ := g.centrality(t.Context(), m, 30)
		second, _ := g.centrality(t.Context(), m, 30)
		if !first.Sampled || !maps.Equal(scoresOf(first), scoresOf(second)) {
			t.Errorf("%s: sampled %v, or differs the second time", m, first.Sampled)
		}
	}
}

func scoresOf(c *Centrality) map[string]float64 {
	scores := map[string]float64{}
	for i, id := range c.IDs {
		scores[id] = c.Scores[i]
	}
	return scores
}
