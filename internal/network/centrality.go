package network

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
)

// Measure is a measure of how central an entity is.
type Measure string

// The measures, each as networkx normalizes it by default, n being the number of
// entities of the graph.
const (
	Degree      Measure = "DEGREE"      // neighbors, of n-1
	PageRank    Measure = "PAGERANK"    // the probability to be there for who goes on to a random neighbor (0.85) or anywhere (0.15)
	Betweenness Measure = "BETWEENNESS" // the part of shortest paths between pairs of others that goes through it, summed and divided by the number of pairs
	Closeness   Measure = "CLOSENESS"   // (r-1)/sum of distances to the r-1 others that can be reached, times (r-1)/(n-1)
)

// Centrality ranks the entities of a graph. It is shared: never changed.
type Centrality struct {
	IDs     []string // highest score first, then by id
	Scores  []float64
	Pairs   int  // of entities with a link
	Sampled bool // the scores are estimates from a sample of entities
}

// Centrality measures the graph of a scope, once for each state of the data.
func (n *Network) Centrality(ctx context.Context, view store.View, m Measure, s MeasureScope) (*Centrality, error) {
	return cached(ctx, n, view, string(m)+" "+s.key(), func(ctx context.Context) (*Centrality, int, error) {
		g, err := n.graph(ctx, view, s)
		if err != nil {
			return nil, 0, err
		}
		c, err := g.centrality(ctx, m, n.limits.Exact)
		return c, len(g.IDs) * bytesPerEntity, err
	})
}

func (g *Graph) centrality(ctx context.Context, m Measure, exact int) (*Centrality, error) {
	var scores []float64
	var err error
	sampled := false
	switch m {
	case Degree:
		scores = make([]float64, len(g.IDs))
		for i := range scores {
			scores[i] = float64(len(g.near[i])) / float64(len(g.IDs)-1)
		}
	case PageRank:
		scores, err = g.pageRank(ctx)
	default:
		scores, sampled, err = g.byDistance(ctx, m, exact)
	}
	if err != nil {
		return nil, err
	}
	c := &Centrality{IDs: make([]string, len(g.IDs)), Scores: make([]float64, len(g.IDs)), Pairs: g.Pairs, Sampled: sampled}
	for place, i := range ranked(scores) {
		c.IDs[place], c.Scores[place] = g.IDs[i], scores[i]
	}
	return c, nil
}

// ranked gives the places of scores, highest first, then in order. Scores that differ
// by no more than rounding are one: what stands alike in a graph ranks by id.
func ranked(scores []float64) []int {
	round := func(x float64) float64 {
		if x == 0 {
			return 0
		}
		scale := math.Pow(10, 9-math.Ceil(math.Log10(x)))
		return math.Round(x*scale) / scale
	}
	rounded := make([]float64, len(scores))
	places := make([]int, len(scores))
	for i, x := range scores {
		rounded[i], places[i] = round(x), i
	}
	slices.SortFunc(places, func(a, b int) int { return cmp.Or(cmp.Compare(rounded[b], rounded[a]), cmp.Compare(a, b)) })
	return places
}

// The parameters of PageRank.
const (
	damping   = 0.85
	tolerance = 1e-12 // of the sum of changes
	maxRounds = 1000  // each leaves at most damping of the change: some 170 suffice
)

// pageRank is the power iteration from equal scores. (gonum's starts at random scores
// of its own, so that no two answers are equal.)
func (g *Graph) pageRank(ctx context.Context) ([]float64, error) {
	n := float64(len(g.IDs))
	now, next := make([]float64, len(g.IDs)), make([]float64, len(g.IDs))
	for i := range now {
		now[i] = 1 / n
	}
	for range maxRounds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		change := 0.0
		for i := range next {
			sum := 0.0
			for _, far := range g.near[i] { // everything has a neighbor: nothing is lost
				sum += now[far] / float64(len(g.near[far]))
			}
			next[i] = (1-damping)/n + damping*sum
			change += math.Abs(next[i] - now[i])
		}
		now, next = next, now
		if change < tolerance {
			break
		}
	}
	return now, nil
}

// pivots is how many entities of a large part are a sample of it.
const pivots = 200

// byDistance measures betweenness or closeness part by part: from each entity or, in
// a part of more than exact ones, from a sample that is always the same.
func (g *Graph) byDistance(ctx context.Context, m Measure, exact int) (scores []float64, sampled bool, err error) {
	scores = make([]float64, len(g.IDs))
	s := newSweep(g)
	for _, part := range g.parts() {
		sources := part
		if len(part) > exact {
			sources, sampled = sample(part, pivots), true
		}
		if err := s.part(ctx, m, part, sources, scores); err != nil {
			return nil, false, err
		}
	}
	return scores, sampled, nil
}

// sample gives some of a part, always the same.
func sample(part []int, size int) []int {
	all := slices.Clone(part)
	rand.New(rand.NewPCG(1, uint64(len(part)))).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(size, len(all))]
}

// sweep counts shortest paths from one entity after the other.
type sweep struct {
	g                     *Graph
	distance              []int // from the source; -1: not reached
	paths, between, total []float64
	seen                  []float64 // the number of other sources from which it was reached
	order                 []int
}

func newSweep(g *Graph) *sweep {
	n := len(g.IDs)
	s := &sweep{g: g, distance: make([]int, n), paths: make([]float64, n), between: make([]float64, n), total: make([]float64, n), seen: make([]float64, n)}
	for i := range s.distance {
		s.distance[i] = -1
	}
	return s
}

// part measures one connected part from its sources.
func (s *sweep) part(ctx context.Context, m Measure, part, sources []int, scores []float64) error {
	for _, source := range sources {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.from(source)
		for _, n := range s.order[1:] {
			s.total[n] += float64(s.distance[n])
			s.seen[n]++
		}
		if m == Betweenness {
			s.collect(source, scores)
		}
		for _, n := range s.order {
			s.distance[n] = -1
		}
	}
	n, r := float64(len(s.g.IDs)), float64(len(part))
	for _, i := range part {
		switch {
		case m == Betweenness && n > 2:
			scores[i] *= r / float64(len(sources)) / ((n - 1) * (n - 2))
		case m == Closeness:
			scores[i] = s.seen[i] / s.total[i] * (r - 1) / (n - 1)
		}
	}
	return nil
}

// from counts the shortest paths from a source, and orders what it reaches by distance.
func (s *sweep) from(source int) {
	s.order = append(s.order[:0], source)
	s.distance[source], s.paths[source] = 0, 1
	for i := 0; i < len(s.order); i++ {
		n := s.order[i]
		for _, far := range s.g.near[n] {
			if s.distance[far] < 0 {
				s.distance[far], s.paths[far] = s.distance[n]+1, 0
				s.order = append(s.order, far)
			}
			if s.distance[far] == s.distance[n]+1 {
				s.paths[far] += s.paths[n]
			}
		}
	}
}

// collect adds to each entity the part of the shortest paths from the source that
// goes through it, from the farthest back (Brandes 2001).
func (s *sweep) collect(source int, scores []float64) {
	for _, n := range s.order {
		s.between[n] = 0
	}
	for i := len(s.order) - 1; i > 0; i-- {
		n := s.order[i]
		for _, far := range s.g.near[n] {
			if s.distance[far] == s.distance[n]-1 {
				s.between[far] += s.paths[far] / s.paths[n] * (1 + s.between[n])
			}
		}
		if n != source {
			scores[n] += s.between[n]
		}
	}
}
