package network

import (
	"cmp"
	"context"
	"fmt"
	"slices"

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

// Communities divides the graph of a scope by Louvain's method, once for each state
// of the data: always alike, for the same data. A higher resolution gives smaller
// groups.
func (n *Network) Communities(ctx context.Context, view store.View, resolution float64, s MeasureScope) (*Communities, error) {
	return cached(ctx, n, view, fmt.Sprint("communities ", resolution, " ", s.key()), func(ctx context.Context) (*Communities, int, error) {
		g, err := n.graph(ctx, view, s)
		if err != nil {
			return nil, 0, err
		}
		c, err := g.communities(ctx, resolution)
		return c, len(g.IDs) * bytesPerEntity, err
	})
}

func (g *Graph) communities(ctx context.Context, resolution float64) (*Communities, error) {
	c := &Communities{Entities: len(g.IDs), Pairs: g.Pairs}
	if g.Pairs == 0 {
		return c, nil
	}
	of, err := louvain(ctx, g.weighted(), resolution)
	if err != nil {
		return nil, err
	}
	groups := make([][]int, slices.Max(of)+1)
	for i, group := range of {
		groups[group] = append(groups[group], i)
	}
	for _, group := range groups {
		slices.SortFunc(group, func(a, b int) int { return cmp.Or(cmp.Compare(len(g.near[b]), len(g.near[a])), cmp.Compare(a, b)) })
	}
	slices.SortFunc(groups, func(a, b []int) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0])) })
	c.Modularity = g.modularity(groups, resolution)
	for _, group := range groups {
		ids := make([]string, len(group))
		for i, n := range group {
			ids[i] = g.IDs[n]
		}
		c.Groups = append(c.Groups, ids)
	}
	return c, nil
}

// modularity is Newman's: the part of links that stay within a group, less what it
// would be if the same links were laid at random.
func (g *Graph) modularity(groups [][]int, resolution float64) float64 {
	of := make([]int, len(g.IDs))
	for i, group := range groups {
		for _, n := range group {
			of[n] = i
		}
	}
	q, links := 0.0, float64(g.Pairs)
	for i, group := range groups {
		within, ends := 0, 0
		for _, n := range group {
			ends += len(g.near[n])
			for _, far := range g.near[n] {
				if of[far] == i {
					within++
				}
			}
		}
		q += float64(within)/(2*links) - resolution*float64(ends)*float64(ends)/(4*links*links)
	}
	return q
}
