package embedstore

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"sort"

	"github.com/vinculo/vinculo/internal/store"
)

// Shortest implements store.Store. It looks from both ends, a layer at a time, until
// they meet; so it looks at a hub's links only where that is the shorter way.
func (s *Store) Shortest(ctx context.Context, view store.View, q store.Way) (store.Ways, error) {
	if err := checkView(view); err != nil {
		return store.Ways{}, err
	}
	snap, err := s.snapshot(ctx)
	if err != nil {
		return store.Ways{}, err
	}
	defer snap.release()
	m := &meeting{
		reader: &reader{ended: ctx.Err, view: view, graph: snap.graph}, relations: wordsIn(q.Relations), without: map[*link]bool{},
	}
	ways := m.answer(q)
	return ways, m.err
}

// meeting looks for the ways between two nodes.
type meeting struct {
	*reader
	relations []bool
	without   map[*link]bool
	sides     [2]shore
	links     []*link // of the ways
}

// shore is what was reached from one of the two nodes.
type shore struct {
	begin    *node
	distance map[*node]int32 // blocked of what may not be reached
	front    []*node         // those at the distance depth
	depth    int32
	ways     map[*node]int // from the node to those that ways go through
}

const (
	blocked  int32 = -1
	manyWays       = 1 << 30 // where counting ends
)

func (m *meeting) answer(q store.Way) store.Ways {
	var ids [2]string
	for i, id := range []string{q.From, q.To} {
		ids[i] = cmp.Or(m.graph.former[m.view][id], id)
		n := m.graph.nodes.get(ids[i])
		if n == nil || !n.flags.shows(m.view) {
			return store.Ways{}
		}
		m.sides[i] = shore{begin: n, distance: map[*node]int32{}, front: []*node{n}, ways: map[*node]int{n: 1}}
		for _, id := range q.Without {
			m.sides[i].distance[m.graph.nodes.get(id)] = blocked // nil too: no harm
			m.without[m.graph.links.get(id)] = true
		}
		m.sides[i].distance[n] = 0
	}
	if ids[0] == ids[1] {
		return store.Ways{}
	}
	length, ways := m.meet(q.Length)
	if length == 0 {
		return store.Ways{}
	}
	answer := store.Ways{From: ids[0], To: ids[1], Length: length}
	if ways > q.Most {
		return answer
	}
	slices.SortFunc(m.links, byName[*link])
	rows := newTelling(q.Keys)
	for _, l := range m.links {
		answer.Links = append(answer.Links, rows.of(l, m.view))
	}
	return answer
}

// meet gives the length and the number of the shortest ways; 0 if there are none.
func (m *meeting) meet(most int) (length, ways int) {
	for length := 1; length <= most; length++ {
		near, other := &m.sides[0], &m.sides[1]
		if near.cost() > other.cost() {
			near, other = other, near
		}
		if ways := m.cross(near, other); ways > 0 {
			return length, ways
		}
		if m.grow(near); len(near.front) == 0 || m.err != nil {
			break
		}
	}
	return 0, 0
}

// cost is about the number of links at the front.
func (s *shore) cost() (links int) {
	for _, n := range s.front {
		links += len(n.links)
	}
	return links
}

// near gives the links at a node over which ways may go, with their far ends.
func (m *meeting) near(n *node) iter.Seq2[*link, *node] {
	return func(yield func(*link, *node) bool) {
		if !n.flags.shows(m.view) { // known only here: to see it of all that is reached takes the longest
			return
		}
		for i := 0; i < len(n.links) && !m.stopped(); i++ {
			l := n.links[i]
			if m.relations != nil && !m.relations[l.relation] { // nor are those that follow, of the same relation
				i += sort.Search(len(n.links)-i, func(j int) bool { return n.links[i+j].relation != l.relation }) - 1
				continue
			}
			if l.shows(m.view) && (len(m.without) == 0 || !m.without[l]) && !yield(l, l.far(n)) {
				return
			}
		}
	}
}

// cross gives the number of ways that go from one front on to the other, and takes
// their links. What was reached from there before its front is not near to this one,
// or they had met before.
func (m *meeting) cross(near, other *shore) (ways int) {
	for _, n := range near.front {
		for l, far := range m.near(n) {
			if d, known := other.distance[far]; known && d != blocked && far.flags.shows(m.view) {
				m.links = append(m.links, l)
				ways = min(ways+m.waysTo(near, n)*m.waysTo(other, far), manyWays)
			}
		}
	}
	return ways
}

// waysTo gives the number of the shortest ways to a node from where the side begins,
// and takes their links when it is asked first.
func (m *meeting) waysTo(s *shore, n *node) (ways int) {
	if ways, known := s.ways[n]; known {
		return ways
	}
	depth := s.distance[n]
	if depth == 1 && len(s.begin.links) < len(n.links) { // of a hub, seen from there
		for l, far := range m.near(s.begin) {
			if far == n {
				m.links = append(m.links, l)
				ways++
			}
		}
	} else {
		for l, before := range m.near(n) {
			if d, known := s.distance[before]; known && d == depth-1 {
				if n := m.waysTo(s, before); n > 0 { // else the view does not have it
					m.links = append(m.links, l)
					ways = min(ways+n, manyWays)
				}
			}
		}
	}
	s.ways[n] = ways
	return ways
}

// grow reaches the next layer of a side.
func (m *meeting) grow(s *shore) {
	var next []*node
	s.depth++
	for _, n := range s.front {
		for _, far := range m.near(n) {
			if _, known := s.distance[far]; !known {
				s.distance[far] = s.depth
				next = append(next, far)
			}
		}
	}
	s.front = next
}
