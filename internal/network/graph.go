package network

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// MeasureScope says of what graph something is measured. Its entities are those with
// a link that counts; links count whichever their direction, parallel ones once.
type MeasureScope struct {
	Scope
	// Contract puts whom they are of in the place of episodes: the person for a
	// detention, so that two people held in one prison are two steps apart, not four.
	Contract bool
	// Day, if it is not "", is that of Holding: what did not hold on it does not count,
	// and an episode that did not takes its links with it.
	Day string
	Holding
}

// key tells scopes apart.
func (s MeasureScope) key() string {
	types := "all"
	if s.Types != nil {
		types = strings.Join(slices.Compact(slices.Sorted(slices.Values(s.Types))), ",")
	}
	return fmt.Sprint(strings.Join(s.relations(), ","), " ", types, " ", s.Contract, " ", s.Day)
}

// Graph is an undirected graph without parallel links and loops, whose entities are
// numbered in the order of ids.
type Graph struct {
	IDs   []string
	Pairs int // links
	near  [][]int
}

// graph reads the graph of a scope.
func (n *Network) graph(ctx context.Context, view store.View, s MeasureScope) (*Graph, error) {
	wanted := s.relations()
	if len(wanted) == 0 || s.Types != nil && len(s.Types) == 0 {
		return newGraph(nil), nil
	}
	relations := wanted
	if s.Contract {
		relations = slices.Concat(wanted, episodeRelations)
	}
	links, err := n.all(ctx, view, store.Selection{Of: store.LinkRows, Types: relations, Where: s.Links}, "links")
	if err != nil {
		return nil, err
	}
	var kept map[string]bool
	if s.Types != nil {
		if kept, err = n.ids(ctx, view, store.Selection{Types: s.Types}); err != nil {
			return nil, err
		}
	}
	if s.Nodes != nil {
		gone, err := n.ids(ctx, view, store.Selection{Types: datedTypes, Where: store.Not{Filter: s.Nodes}})
		if err != nil {
			return nil, err
		}
		links = slices.DeleteFunc(links, func(r store.Result) bool { return gone[r.Row.From] || gone[r.Row.To] })
	}
	owners := map[string][]string{}
	if s.Contract {
		for _, r := range links {
			if slices.Contains(episodeRelations, r.Row.Type) {
				owners[r.Row.To] = append(owners[r.Row.To], r.Row.From)
			}
		}
	}
	var pairs [][2]string
	for _, r := range links {
		if s.Contract && slices.Contains(episodeRelations, r.Row.Type) {
			continue
		}
		for _, from := range standing(owners, r.Row.From) {
			for _, to := range standing(owners, r.Row.To) {
				if from != to && (kept == nil || kept[from] && kept[to]) {
					pairs = append(pairs, [2]string{from, to})
				}
			}
		}
	}
	return newGraph(pairs), nil
}

// standing gives what stands for an entity: whom it is an episode of, or itself.
func standing(owners map[string][]string, id string) (all []string) {
	if len(owners[id]) == 0 {
		return []string{id}
	}
	for _, owner := range owners[id] {
		all = append(all, standing(owners, owner)...)
	}
	return all
}

// datedTypes are those of which something holds on one day and not on another.
var datedTypes = func() (names []string) {
	for _, t := range vocab.Types() {
		if t.Property("start") != nil {
			names = append(names, t.Name)
		}
	}
	return names
}()

// ids reads the ids of a collection.
func (n *Network) ids(ctx context.Context, view store.View, s store.Selection) (map[string]bool, error) {
	rows, err := n.all(ctx, view, s, "entities")
	ids := make(map[string]bool, len(rows))
	for _, r := range rows {
		ids[r.Row.ID] = true
	}
	return ids, err
}

// all reads a collection whole.
func (n *Network) all(ctx context.Context, view store.View, s store.Selection, what string) ([]store.Result, error) {
	s.Page.First = store.Everything
	pages, err := n.reader.Read(ctx, view, n.limits.Graph, []store.Selection{s})
	if errors.Is(err, store.ErrTooExpensive) {
		return nil, &TooMuch{what, n.limits.Graph}
	}
	if err != nil {
		return nil, err
	}
	return pages[0].Rows, nil
}

// newGraph makes a graph of pairs of different ids.
func newGraph(pairs [][2]string) *Graph {
	g := &Graph{}
	for _, p := range pairs {
		g.IDs = append(g.IDs, p[0], p[1])
	}
	slices.Sort(g.IDs)
	g.IDs = slices.Compact(g.IDs)
	index := make(map[string]int, len(g.IDs))
	for i, id := range g.IDs {
		index[id] = i
	}
	g.near = make([][]int, len(g.IDs))
	for _, p := range pairs {
		a, b := index[p[0]], index[p[1]]
		g.near[a], g.near[b] = append(g.near[a], b), append(g.near[b], a)
	}
	for i := range g.near {
		slices.Sort(g.near[i])
		g.near[i] = slices.Compact(g.near[i])
		g.Pairs += len(g.near[i])
	}
	g.Pairs /= 2
	return g
}

// parts gives the connected parts, each in ascending order, by their first.
func (g *Graph) parts() (parts [][]int) {
	seen := make([]bool, len(g.IDs))
	for start := range g.IDs {
		if seen[start] {
			continue
		}
		seen[start] = true
		part := []int{start}
		for i := 0; i < len(part); i++ {
			for _, far := range g.near[part[i]] {
				if !seen[far] {
					seen[far] = true
					part = append(part, far)
				}
			}
		}
		slices.Sort(part)
		parts = append(parts, part)
	}
	return parts
}
