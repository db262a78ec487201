package network

import (
	"context"
	"math/rand/v2"
	"slices"
)

// weighted is a graph for Louvain's method: its entities, which at first are those of
// a Graph and then groups of them, are numbered. (gonum's goes through all members of a
// group for each neighbor in it: a random graph of 10,000 entities and 300,000 links
// took it more than nine minutes, in which nothing could stop it.)
type weighted struct {
	near  [][]end
	ends  []float64 // of links at each, those within it counted twice
	total float64   // of all ends
}

// end is a neighbor, and the number of links to it. Links within an entity are not
// among its ends: they stay with it wherever it moves.
type end struct {
	far   int
	links float64
}

func (g *Graph) weighted() *weighted {
	w := &weighted{near: make([][]end, len(g.IDs)), ends: make([]float64, len(g.IDs)), total: 2 * float64(g.Pairs)}
	for i, near := range g.near {
		w.ends[i] = float64(len(near))
		for _, far := range near {
			w.near[i] = append(w.near[i], end{far, 1})
		}
	}
	return w
}

// louvain divides a graph (Blondel and others 2008): each entity moves to the group of
// its neighbors that betters the modularity most, until none moves; then groups become
// entities, until that changes nothing. It gives the group of each, and ends with the
// context's error.
func louvain(ctx context.Context, w *weighted, resolution float64) ([]int, error) {
	order := rand.New(rand.NewPCG(1, 2)) // always the same
	of := make([]int, len(w.near))
	for i := range of {
		of[i] = i
	}
	for {
		moved, changed, err := w.move(ctx, order, resolution)
		if err != nil || !changed {
			return of, err
		}
		for i := range of {
			of[i] = moved[of[i]]
		}
		w = w.reduce(moved)
	}
}

// leastGain is what a move has to better, so that rounding moves nothing to and fro.
const leastGain = 1e-9

// move gives the group of each entity, numbered from 0 without gaps, and reports
// whether any has more than one.
func (w *weighted) move(ctx context.Context, order *rand.Rand, resolution float64) (of []int, changed bool, err error) {
	n := len(w.near)
	of = make([]int, n)
	ends := slices.Clone(w.ends) // of each group
	for i := range of {
		of[i] = i
	}
	links, near := make([]float64, n), []int{} // to each group near an entity, and which those are
	for moved := true; moved; {
		moved = false
		for _, i := range order.Perm(n) {
			if err := ctx.Err(); err != nil {
				return nil, false, err
			}
			near = append(near[:0], of[i])
			for _, e := range w.near[i] {
				group := of[e.far]
				if links[group] == 0 && group != of[i] {
					near = append(near, group)
				}
				links[group] += e.links
			}
			ends[of[i]] -= w.ends[i]
			gain := func(group int) float64 { return links[group] - resolution*w.ends[i]*ends[group]/w.total }
			best, most := of[i], gain(of[i])
			for _, group := range near[1:] {
				if g := gain(group); g > most+leastGain {
					best, most = group, g
				}
			}
			for _, group := range near {
				links[group] = 0
			}
			ends[best] += w.ends[i]
			if best != of[i] {
				of[i], moved, changed = best, true, true
			}
		}
	}
	return renumbered(of), changed, nil
}

// renumbered numbers groups by their first members.
func renumbered(of []int) []int {
	numbers := map[int]int{}
	for i, group := range of {
		if _, known := numbers[group]; !known {
			numbers[group] = len(numbers)
		}
		of[i] = numbers[group]
	}
	return of
}

// reduce makes an entity of each group.
func (w *weighted) reduce(of []int) *weighted {
	groups := slices.Max(of) + 1
	members := make([][]int, groups)
	for i, group := range of {
		members[group] = append(members[group], i)
	}
	r := &weighted{near: make([][]end, groups), ends: make([]float64, groups), total: w.total}
	links := make([]float64, groups)
	for group, all := range members {
		for _, i := range all {
			r.ends[group] += w.ends[i]
			for _, e := range w.near[i] {
				if far := of[e.far]; far != group {
					if links[far] == 0 {
						r.near[group] = append(r.near[group], end{far: far})
					}
					links[far] += e.links
				}
			}
		}
		for i := range r.near[group] {
			e := &r.near[group][i]
			e.links, links[e.far] = links[e.far], 0
		}
	}
	return r
}
