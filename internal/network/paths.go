package network

import (
	"context"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
)

// PathsQuery asks for the shortest simple paths between two entities.
type PathsQuery struct {
	From, To  string // two entities
	First     int    // paths
	MaxLength int    // links of a path
	Scope            // types: of what is passed through
	Holding
	Gates
}

// Paths are the first paths by length, then by the ids of their entities in turn.
type Paths struct {
	Paths []Path
	LeftOut
}

// Paths answers the query: no paths where there are none, or where one of the two
// entities is not in the view, or both are one. Links are followed whichever their direction. Two
// paths differ in their entities: parallel links are one step. With an error that is
// a TooMuch come the first paths that were found, all of them up to some length.
func (w *Walk) Paths(ctx context.Context, q PathsQuery) (Paths, error) {
	if len(q.Avoid) > 0 {
		found, err := w.named(ctx, q.Avoid...)
		if err != nil {
			return Paths{}, err
		}
		q.Avoid = renamed(q.Avoid, found)
	}
	s := &search{web: w.web(q.Scope, q.Holding, q.Gates), q: q}
	short, whole, err := s.direct(ctx)
	if err != nil || whole {
		return Paths{short, s.leftOut()}, err
	}
	var ends []string // as the entities are known that have links
	err = s.expand(ctx, []string{q.From, q.To}, s.relations, s.keys, peek, func(l store.Links) {
		if s.counted(l); l.Total > 0 {
			ends = append(ends, l.Entity)
		}
	})
	if err != nil || len(ends) < 2 || ends[0] == ends[1] {
		return Paths{}, err
	}
	s.q.From, s.q.To = ends[0], ends[1]
	s.sides = [2]side{{distance: map[string]int{ends[0]: 0}, front: ends[:1]}, {distance: map[string]int{ends[1]: 0}, front: ends[1:]}}
	paths, err := s.run(ctx)
	if err != nil && !bounded(err) {
		return Paths{}, err
	}
	if len(paths) < len(short) { // what was found first
		paths = short
	}
	return Paths{paths, s.leftOut()}, err
}

// search looks from both ends, a layer at a time. When the layers that were gathered
// reach length links together, every path of at most that length is in the web: its
// links are at entities that are nearer than one side's depth.
type search struct {
	*web
	q     PathsQuery
	sides [2]side
}

// side is what was reached from one end.
type side struct {
	distance map[string]int
	front    []string // those farthest out, by id
	depth    int
}

func (s *search) run(ctx context.Context) ([]Path, error) {
	for length := 0; ; length++ {
		found, err := s.upTo(ctx, length)
		if err != nil || length == s.q.MaxLength || len(found) == s.q.First {
			return found, err
		}
		nearer, err := s.cheaper(ctx)
		if err != nil {
			return found, err
		}
		if len(nearer.front) == 0 { // all that can be reached from there has been gathered
			return s.upTo(ctx, s.q.MaxLength)
		}
		if err := s.grow(ctx, nearer); err != nil {
			return found, err
		}
	}
}

// cheaper gives the side whose next layer has fewer links, with only those left in
// its front that may be passed through.
func (s *search) cheaper(ctx context.Context) (*side, error) {
	var costs [2]int
	if err := s.count(ctx, slices.Concat(s.sides[0].front, s.sides[1].front)); err != nil {
		return nil, err
	}
	for i := range s.sides {
		for _, id := range s.sides[i].front {
			if s.end(id) || !s.hub(id) {
				costs[i] += s.degrees[id]
			}
		}
	}
	nearer := &s.sides[0]
	if costs[1] < costs[0] {
		nearer = &s.sides[1]
	}
	if err := s.judge(ctx, slices.DeleteFunc(slices.Clone(nearer.front), s.end)); err != nil {
		return nil, err
	}
	nearer.front = slices.DeleteFunc(nearer.front, func(id string) bool { return !s.end(id) && !s.pass(id) })
	return nearer, nil
}

func (s *search) end(id string) bool { return id == s.q.From || id == s.q.To }

// open reports whether a path may hold the entity.
func (s *search) open(id string) bool { return s.end(id) || s.verdicts[id] == passable && !s.hub(id) }

// grow gathers the next layer of a side.
func (s *search) grow(ctx context.Context, side *side) error {
	reached, err := s.gather(ctx, side.front)
	if err != nil {
		return err
	}
	side.depth++
	side.front = nil
	for far := range reached {
		if _, known := side.distance[far]; !known {
			side.distance[far] = side.depth
			if !s.end(far) { // no path goes on from there
				side.front = append(side.front, far)
			}
		}
	}
	slices.Sort(side.front)
	return nil
}

// upTo gives the first paths of at most length links that the web holds.
func (s *search) upTo(ctx context.Context, length int) ([]Path, error) {
	from, to := s.sides[0].distance, s.sides[1].distance
	var between []string
	joined := false
	for id, d := range from {
		e, both := to[id]
		if both = both && d+e <= length; both && !s.end(id) {
			between = append(between, id)
		}
		joined = joined || both
	}
	if !joined {
		return nil, nil
	}
	if err := s.judge(ctx, between); err != nil {
		return nil, err
	}
	if s.gates.MaxDegree > 0 {
		if err := s.count(ctx, between); err != nil {
			return nil, err
		}
	}
	for _, id := range between {
		s.pass(id) // remembers what is left out
	}
	return s.first(ctx, s.layered(length), length)
}

// first gives the first paths of at most length links in a graph.
func (s *search) first(ctx context.Context, g *ordered, length int) ([]Path, error) {
	var found []Path
	for nodes, err := range g.shortest(ctx, g.index[s.q.From], g.index[s.q.To], length) {
		if err != nil {
			return found, err
		}
		if found = append(found, s.path(g.names(nodes))); len(found) == s.q.First {
			break
		}
	}
	return found, nil
}

// layered gives the gathered graph of what may stand on a path of at most length
// links. What only one side has reached is farther than its depth from the other.
func (s *search) layered(length int) *ordered {
	near := func(i int, id string) int {
		if d, known := s.sides[i].distance[id]; known {
			return d
		}
		return s.sides[i].depth + 1
	}
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(s.near)) {
		if s.open(id) && near(0, id)+near(1, id) <= length {
			ids = append(ids, id)
		}
	}
	return order(ids, s.neighbors)
}

// neighbors gives what is near to an entity in the web.
func (s *search) neighbors(id string, yield func(far string)) {
	for far := range s.near[id] {
		yield(far)
	}
}
