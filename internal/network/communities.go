package network

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"

	"github.com/vinculo/vinculo/internal/store"
)

// Communities divides a graph. It is shared: never changed.
type Communities struct {
	// Groups are the largest first, then by their members; of each the members with
	// most neighbors first, then by id.
	Groups     [][]string
	Modularity float64 // of the division, at the resolution asked for
	Entities   int
	Pairs      int // of entities with a link
}

// Communities divides the graph of a scope by the Louvain method, once for each state
// of the data: always alike, for the same data. A higher resolution gives smaller
// groups.
func (n *Network) Communities(ctx context.Context, view store.View, resolution float64, s MeasureScope) (*Communities, error) {
	return cached(ctx, n, view, fmt.Sprint("communities ", resolution, " ", s.key()), func(ctx context.Context) (*Communities, int, error) {
		g, err := n.graph(ctx, view, s)
		if err != nil {
			return nil, 0, err
		}
		if len(g.IDs) > n.limits.Group {
			return nil, 0, &TooMuch{"entities to divide", n.limits.Group}
		}
		// Nothing stops it once it runs, which around one large hub takes seconds: whoever
		// asks again finds it made.
		return g.communities(resolution), len(g.IDs) * bytesPerEntity, nil
	})
}

func (g *Graph) communities(resolution float64) *Communities {
	c := &Communities{Entities: len(g.IDs), Pairs: g.Pairs}
	if g.Pairs == 0 {
		return c
	}
	groups := community.Modularize(g, resolution, rand.NewPCG(1, 2)).Communities()
	for _, group := range groups {
		slices.SortFunc(group, func(a, b graph.Node) int {
			return cmp.Or(cmp.Compare(len(g.near[b.ID()]), len(g.near[a.ID()])), cmp.Compare(a.ID(), b.ID()))
		})
	}
	slices.SortFunc(groups, func(a, b []graph.Node) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0].ID(), b[0].ID()))
	})
	c.Modularity = g.modularity(groups, resolution)
	for _, group := range groups {
		ids := make([]string, len(group))
		for i, n := range group {
			ids[i] = g.IDs[n.ID()]
		}
		c.Groups = append(c.Groups, ids)
	}
	return c
}

// modularity is Newman's: the part of links that stay within a group, less what it
// would be if the same links were laid at random. (gonum's takes the square of the
// size of the largest group.)
func (g *Graph) modularity(groups [][]graph.Node, resolution float64) float64 {
	of := make([]int, len(g.IDs))
	for i, group := range groups {
		for _, n := range group {
			of[n.ID()] = i
		}
	}
	q, links := 0.0, float64(g.Pairs)
	for i, group := range groups {
		within, ends := 0, 0
		for _, n := range group {
			ends += len(g.near[n.ID()])
			for _, far := range g.near[n.ID()] {
				if of[far] == i {
					within++
				}
			}
		}
		q += float64(within)/(2*links) - resolution*float64(ends)*float64(ends)/(4*links*links)
	}
	return q
}
