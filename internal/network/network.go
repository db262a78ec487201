// Package network answers what is about the graph as a whole: how two entities are
// connected (paths.go, shortest.go), what stands around some (neighborhood.go), what
// some have in common (common.go), who is central (centrality.go) and which belong
// together (communities.go).
//
// It is the same code over every store's Expand, Shortest and Read, so that all answer alike.
// Everything is evaluated over the rows of one view. Work is bounded; where a walk
// meets its bound, the answer holds what was found until then.
package network

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Reader is the part of a store that is needed here.
type Reader interface {
	Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error)
	Expand(ctx context.Context, view store.View, ids, relations, keys []string, limit int) ([]store.Links, error)
	Shortest(ctx context.Context, view store.View, q store.Way) (store.Ways, error)
	Log(ctx context.Context, view store.View, entity string, after uint64, limit int) ([]statement.Entry, error)
}

// Limits bound the work.
type Limits struct {
	Links int // looked at by the walks of one operation
	Graph int // links of a graph that is measured
	Exact int // entities of a connected part above which betweenness and closeness are sampled
	Cache int // bytes of measures kept
}

// DefaultLimits are those of the documents.
var DefaultLimits = Limits{Links: 50_000, Graph: 300_000, Exact: 2_000, Cache: 64 << 20}

// atOnce is how many measures are made at the same time.
const atOnce = 2

// Network answers over one reader. Any number of goroutines may use it.
type Network struct {
	reader Reader
	limits Limits
	cache  cache
	making chan struct{} // has room for those who are making a measure: graphs are large

	mu   sync.Mutex // guards seen
	seen uint64     // the last sequence known to be in the log
}

// New makes a network over a reader.
func New(r Reader, limits Limits) *Network {
	return &Network{reader: r, limits: limits, cache: cache{most: limits.Cache, entries: map[string]*entry{}}, making: make(chan struct{}, atOnce)}
}

// Scope says what of the graph is meant.
type Scope struct {
	Relations []string // nil: all but those that the vocabulary sets aside; empty: none
	Types     []string // of the entities; nil: all; empty: none
}

// relations gives the names of the relations meant.
func (s Scope) relations() []string {
	if s.Relations != nil {
		return slices.Compact(slices.Sorted(slices.Values(s.Relations)))
	}
	var names []string
	for _, r := range vocab.Relations() {
		if !r.Aside {
			names = append(names, r.Name)
		}
	}
	return names
}

// Holding says what has to hold of what is met; the zero value asks for nothing.
type Holding struct {
	Nodes store.Filter // of entities; nil: all
	Links store.Filter // of links, of All, Not and Compare alone; nil: all
	Keys  []string     // values of links that the answer is to have; what else links come with is open
}

// keys gives the values of links that are read.
func (h Holding) keys() []string {
	keys := comparedKeys(slices.Clone(h.Keys), h.Links)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// comparedKeys adds the keys of the values that a filter on links compares.
func comparedKeys(keys []string, f store.Filter) []string {
	switch f := f.(type) {
	case store.All:
		for _, part := range f {
			keys = comparedKeys(keys, part)
		}
	case store.Not:
		keys = comparedKeys(keys, f.Filter)
	case store.Compare:
		keys = append(keys, f.Property.Name)
	}
	return keys
}

// holds evaluates a filter on a link.
func holds(f store.Filter, link *store.Row) bool {
	switch f := f.(type) {
	case nil:
		return true
	case store.All:
		return !slices.ContainsFunc(f, func(part store.Filter) bool { return !holds(part, link) })
	case store.Not:
		return !holds(f.Filter, link)
	case store.Compare:
		return f.Holds(link.Values.Get(f.Property.Name))
	}
	panic(fmt.Sprintf("network: a filter on links is no %T", f))
}

// TooMuch is the error of what would need more work than it may. What was found
// until then is given along with it, unless there can be none.
type TooMuch struct {
	What string // what there is too much of
	Most int
}

func (e *TooMuch) Error() string { return fmt.Sprintf("more than %d %s", e.Most, e.What) }
