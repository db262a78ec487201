package network

import (
	"cmp"
	"container/heap"
	"context"
	"iter"
	"slices"
)

// ordered is an undirected graph whose entities are numbered in the order of ids.
type ordered struct {
	ids   []string
	index map[string]int
	near  [][]int // ascending
}

// order numbers the ids, which are sorted; neighbors not among them are left out.
func order(ids []string, neighbors func(id string, yield func(far string))) *ordered {
	g := &ordered{ids: ids, index: make(map[string]int, len(ids)), near: make([][]int, len(ids))}
	for i, id := range ids {
		g.index[id] = i
	}
	for i, id := range ids {
		neighbors(id, func(far string) {
			if j, ok := g.index[far]; ok {
				g.near[i] = append(g.near[i], j)
			}
		})
		slices.Sort(g.near[i])
	}
	return g
}

func (g *ordered) names(nodes []int) []string {
	names := make([]string, len(nodes))
	for i, n := range nodes {
		names[i] = g.ids[n]
	}
	return names
}

// route is a path among numbered entities. Others are found from it that leave it
// at its entity number leaves or later.
type route struct {
	nodes  []int
	leaves int
}

// routes is a heap of candidates, first those that are first in the answer.
type routes []route

func (r routes) Len() int           { return len(r) }
func (r routes) Swap(i, j int)      { r[i], r[j] = r[j], r[i] }
func (r *routes) Push(x any)        { *r = append(*r, x.(route)) }
func (r routes) Less(i, j int) bool { return compareRoutes(r[i].nodes, r[j].nodes) < 0 }
func (r *routes) Pop() any {
	last := (*r)[len(*r)-1]
	*r = (*r)[:len(*r)-1]
	return last
}

func compareRoutes(a, b []int) int { return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b)) }

// shortest gives the simple paths of at most length links in the order of
// compareRoutes, by Yen's algorithm in Lawler's form: the paths not yet given are
// divided by where they leave those that were, and the first of each part is a
// candidate. It ends with the context's error.
func (g *ordered) shortest(ctx context.Context, from, to, length int) iter.Seq2[[]int, error] {
	return func(yield func([]int, error) bool) {
		s := spurs{g: g, to: to, distance: make([]int, len(g.ids)), held: make([]bool, len(g.ids))}
		var candidates routes
		var given [][]int
		add := func(root []int, banned []int) {
			if tail := s.first(root, banned, length-len(root)+1); tail != nil {
				heap.Push(&candidates, route{slices.Concat(root, tail), len(root) - 1})
			}
		}
		add([]int{from}, nil)
		for len(candidates) > 0 {
			if err := ctx.Err(); err != nil {
				yield(nil, err)
				return
			}
			next := heap.Pop(&candidates).(route)
			if !yield(next.nodes, nil) {
				return
			}
			given = append(given, next.nodes)
			for i := next.leaves; i < len(next.nodes)-1; i++ {
				root := next.nodes[:i+1]
				var banned []int
				for _, other := range given {
					if len(other) > i+1 && slices.Equal(other[:i+1], root) {
						banned = append(banned, other[i+1])
					}
				}
				add(root, banned)
			}
		}
	}
}

// spurs finds the rest of paths of which a beginning is given.
type spurs struct {
	g        *ordered
	to       int
	distance []int  // to the target, plus 1; 0: not reached
	held     []bool // by the beginning
	queue    []int
}

// first gives what follows the root in the first path of at most length links more
// that begins so and does not go on to one of the banned; nil if there is none.
func (s *spurs) first(root, banned []int, length int) []int {
	if length < 1 {
		return nil
	}
	for _, n := range root {
		s.held[n] = true
	}
	defer func() {
		for _, n := range root {
			s.held[n] = false
		}
		for _, n := range s.queue {
			s.distance[n] = 0
		}
	}()
	s.reach(length)
	at := root[len(root)-1]
	next := s.nearest(at, length, func(n int) bool { return slices.Contains(banned, n) })
	var tail []int
	for ; next >= 0; next = s.nearest(at, s.distance[at]-1, nil) {
		tail = append(tail, next)
		if next == s.to {
			return tail
		}
		at = next
	}
	return nil
}

// reach measures the distances to the target, as far as they are less than length,
// around what is held.
func (s *spurs) reach(length int) {
	s.queue = append(s.queue[:0], s.to)
	s.distance[s.to] = 1
	for i := 0; i < len(s.queue); i++ {
		n := s.queue[i]
		if s.distance[n] == length {
			return // the others are as far
		}
		for _, far := range s.g.near[n] {
			if s.distance[far] == 0 && !s.held[far] {
				s.distance[far] = s.distance[n] + 1
				s.queue = append(s.queue, far)
			}
		}
	}
}

// nearest gives the neighbor nearest to the target, of those that are nearer than
// length; the first of them; -1 if there is none.
func (s *spurs) nearest(at, length int, banned func(int) bool) int {
	best := -1
	for _, n := range s.g.near[at] {
		if d := s.distance[n]; d == 0 || d > length || banned != nil && banned(n) {
			continue
		}
		if best < 0 || s.distance[n] < s.distance[best] {
			best = n
		}
	}
	return best
}
