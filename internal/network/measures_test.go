package network

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"
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
// no worse than its own, nor than gonum's.
func TestCommunitiesAreAsGoodAsOthers(t *testing.T) {
	for name, k := range knownGraphs(t) {
		g := newGraph(k.Edges)
		var groups [][]int
		for _, ids := range k.Groups {
			var group []int
			for _, id := range ids {
				i, _ := slices.BinarySearch(g.IDs, id)
				group = append(group, i)
			}
			groups = append(groups, group)
		}
		if q := g.modularity(groups, 1); !near(q, k.Modularity) {
			t.Errorf("%s: modularity %v, networkx %v", name, q, k.Modularity)
		}
		if q := g.modularity(groups, 2); !near(q, k.ModularityAt2) {
			t.Errorf("%s: modularity at resolution 2 %v, networkx %v", name, q, k.ModularityAt2)
		}
		for resolution, least := range map[float64]float64{1: max(k.Modularity, gonums(g, 1)), 0.5: gonums(g, 0.5), 2: gonums(g, 2)} {
			if q := divided(t, g, resolution).Modularity; q < least-0.01 {
				t.Errorf("%s at resolution %v: modularity %v of ours, %v of others", name, resolution, q, least)
			}
		}
		c := divided(t, g, 1)
		members := slices.Sorted(slices.Values(slices.Concat(c.Groups...)))
		if !slices.Equal(members, g.IDs) {
			t.Errorf("%s: the groups hold %d of %d", name, len(members), len(g.IDs))
		}
		for range 5 {
			if again := divided(t, newGraph(k.Edges), 1); !slices.EqualFunc(again.Groups, c.Groups, slices.Equal) {
				t.Errorf("%s: other groups the second time", name)
			}
		}
	}
}

func divided(t *testing.T, g *Graph, resolution float64) *Communities {
	t.Helper()
	c, err := g.communities(t.Context(), resolution)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// gonums gives the modularity of the division that gonum finds.
func gonums(g *Graph, resolution float64) float64 {
	u := simple.NewUndirectedGraph()
	for i := range g.IDs {
		for _, far := range g.near[i] {
			u.SetEdge(simple.Edge{F: simple.Node(i), T: simple.Node(far)})
		}
	}
	var groups [][]int
	for _, group := range community.Modularize(u, resolution, rand.NewPCG(1, 2)).Communities() {
		var members []int
		for _, n := range group {
			members = append(members, int(n.ID()))
		}
		groups = append(groups, members)
	}
	return g.modularity(groups, resolution)
}

// Dividing ends with its context, and what took gonum minutes takes a moment.
func TestDividingEnds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var pairs [][2]string
	for range 300_000 {
		a, b := r.IntN(10_000), r.IntN(10_000)
		if a != b {
			pairs = append(pairs, [2]string{strconv.Itoa(a), strconv.Itoa(b)})
		}
	}
	g := newGraph(pairs)
	if c := divided(t, g, 1); len(c.Groups) < 2 || c.Modularity < 0.05 {
		t.Errorf("%d groups, modularity %v", len(c.Groups), c.Modularity)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if c, err := g.communities(ctx, 1); !errors.Is(err, context.Canceled) || c != nil {
		t.Errorf("%v %v", c, err)
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
