package network

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// NeighborhoodQuery asks what stands around entities.
type NeighborhoodQuery struct {
	IDs   []string
	Depth int // links away, at most
	First int // entities around them
	Scope     // types: of those around
	Holding
}

// Neighborhood is a part of the graph: the entities asked about that there are, in
// their order, then those around them, nearest first; and the links between these at
// those of them that are nearer than the depth.
type Neighborhood struct {
	Nodes []string
	Links []store.Row // by id
	// LeftOut counts by relation the links at those nearer than the depth that are
	// not among Links: one that is left out at both its ends counts twice. Of an entity
	// with more than maxRead links the rest counts whatever Types and Holding say.
	LeftOut map[string]int
}

// Bounds of a neighborhood.
const (
	maxLinksPerNode = 5    // that are given
	maxRead         = 1000 // of one entity
)

// Neighborhood answers the query. Of a layer with more entities than there is room
// for, those are given that come first among the links of one relation at one entity
// (ordered by far end), then by id: each relation of each entity gets its share.
// With an error that is a TooMuch comes what was found until then.
func (w *Walk) Neighborhood(ctx context.Context, q NeighborhoodQuery) (Neighborhood, error) {
	a := &area{
		Walk: w, q: q, relations: q.relations(), keys: q.keys(), depths: map[string]int{}, typeOf: map[string]string{}, judged: map[string]bool{},
		links: map[string]store.Row{}, looked: map[string]bool{}, totals: map[string]int{},
	}
	found, err := a.start(ctx)
	front := slices.Clone(a.nodes)
	for depth := 1; depth <= q.Depth && len(front) > 0 && err == nil; depth++ {
		if depth > 1 {
			found, err = a.around(ctx, front)
		}
		if err == nil {
			front, err = a.grow(ctx, found, depth)
		}
	}
	if err != nil && !bounded(err) {
		return Neighborhood{}, err
	}
	return a.answer(), err
}

// area is a neighborhood in the making.
type area struct {
	*Walk
	q         NeighborhoodQuery
	relations []string
	keys      []string // values of links
	nodes     []string
	added     int               // nodes that were not asked for
	depths    map[string]int    // of nodes
	typeOf    map[string]string // of those that may be nodes, and of no others
	judged    map[string]bool   // whether they may be is known
	links     map[string]store.Row
	looked    map[string]bool
	totals    map[string]int // links by relation, at the nodes that were looked at
}

func (a *area) take(id string, depth int) {
	if _, known := a.depths[id]; !known {
		a.depths[id] = depth
		a.nodes = append(a.nodes, id)
	}
}

// start takes in the entities asked about, and gives their links. Whoever has some is
// there; the rows are read of the others, and of hubs, whose rest is counted by type.
func (a *area) start(ctx context.Context) ([]store.Links, error) {
	asked := slices.Compact(slices.Sorted(slices.Values(a.q.IDs)))
	answers, failed := a.around(ctx, asked)
	if failed != nil && !bounded(failed) {
		return nil, failed
	}
	entity := map[string]string{} // by the ids asked for
	var unsure []string
	for i, id := range asked {
		if i < len(answers) && answers[i].Total > 0 {
			entity[id] = answers[i].Entity
		}
		if i >= len(answers) || answers[i].Total > len(answers[i].Links) || answers[i].Total == 0 {
			unsure = append(unsure, id)
		}
	}
	rows, err := a.named(ctx, unsure...)
	if err != nil {
		return nil, err
	}
	for id, row := range rows {
		entity[id] = row.ID
		a.typeOf[row.ID] = row.Type
	}
	links := map[string]store.Links{}
	for _, l := range answers {
		links[l.Entity] = l
	}
	var found []store.Links
	for _, id := range a.q.IDs {
		if id = entity[id]; id != "" && !a.judged[id] {
			a.judged[id], a.typeOf[id] = true, cmp.Or(a.typeOf[id], vocab.AnyEntity)
			a.take(id, 0)
			found = append(found, links[id])
		}
	}
	return found, failed
}

// grow looks at the links of a layer, and gives the next one.
func (a *area) grow(ctx context.Context, found []store.Links, depth int) ([]string, error) {
	if err := a.judge(ctx, found); err != nil {
		return nil, err
	}
	places := map[string]int{} // of new entities, among the links of a relation at an entity
	for i := range found {
		a.look(&found[i], places)
	}
	next := slices.SortedFunc(maps.Keys(places), func(x, y string) int {
		return cmp.Or(cmp.Compare(places[x], places[y]), cmp.Compare(x, y))
	})
	next = next[:min(len(next), a.q.First-a.added)]
	a.added += len(next)
	for _, id := range next {
		a.take(id, depth)
	}
	slices.Sort(next)
	return next, nil
}

// around gives the links of a layer, in its order. With an error that is a TooMuch come
// those that were read.
func (a *area) around(ctx context.Context, layer []string) (found []store.Links, err error) {
	for part := range slices.Chunk(layer, batch/20) {
		read := 0
		if err := a.expand(ctx, part, a.relations, a.keys, maxRead, func(l store.Links) {
			found = append(found, l)
			read += len(l.Links)
		}); err != nil {
			return nil, err
		}
		if err := a.spend(read); err != nil {
			return found, err
		}
	}
	return found, nil
}

// judge learns what is at the far ends of links.
func (a *area) judge(ctx context.Context, found []store.Links) error {
	var far []string
	var hubs []store.Links
	for _, l := range found {
		if l.Total > len(l.Links) {
			hubs = append(hubs, l)
		}
		for i := range l.Links {
			if id := farEnd(l.Entity, &l.Links[i]); !a.judged[id] {
				a.judged[id] = true
				far = append(far, id)
			}
		}
	}
	if a.q.Types == nil && a.q.Nodes == nil { // all ends of links are there
		for _, id := range far {
			a.typeOf[id] = vocab.AnyEntity
		}
	} else if err := a.entities(ctx, far, a.q.Types, a.q.Nodes, func(r *store.Row) { a.typeOf[r.ID] = r.Type }); err != nil {
		return err
	}
	return a.countRest(ctx, hubs)
}

// countRest counts by relation the links of entities that were not read.
func (a *area) countRest(ctx context.Context, hubs []store.Links) error {
	var ids []string
	for _, l := range hubs {
		ids = append(ids, l.Entity)
		for i := range l.Links {
			a.totals[l.Links[i].Type]--
		}
	}
	for _, name := range a.relations {
		r := vocab.RelationOf(name)
		may := slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
			return a.typeOf[id] != vocab.AnyEntity && !r.HasFrom(a.typeOf[id]) && !r.HasTo(a.typeOf[id])
		})
		if err := a.expand(ctx, may, []string{name}, nil, 0, func(l store.Links) { a.totals[name] += l.Total }); err != nil {
			return err
		}
	}
	return nil
}

// look takes the links of an entity in.
func (a *area) look(l *store.Links, places map[string]int) {
	a.looked[l.Entity] = true
	byRelation := map[string][]*store.Row{}
	for i := range l.Links {
		link := &l.Links[i]
		if a.typeOf[farEnd(l.Entity, link)] != "" && holds(a.q.Links, link) {
			byRelation[link.Type] = append(byRelation[link.Type], link)
		}
	}
	for relation, links := range byRelation {
		a.totals[relation] += len(links)
		slices.SortFunc(links, func(x, y *store.Row) int {
			return cmp.Or(cmp.Compare(farEnd(l.Entity, x), farEnd(l.Entity, y)), cmp.Compare(x.ID, y.ID))
		})
		for place, link := range links {
			a.links[link.ID] = *link
			far := farEnd(l.Entity, link)
			if _, known := a.depths[far]; known {
				continue
			}
			if before, known := places[far]; !known || place < before {
				places[far] = place
			}
		}
	}
}

// farEnd gives the end of a link that is not the entity.
func farEnd(id string, link *store.Row) string {
	if link.From == id {
		return link.To
	}
	return link.From
}

// answer gives what was taken in, with the links whose ends both are.
func (a *area) answer() Neighborhood {
	n := Neighborhood{Nodes: a.nodes, LeftOut: map[string]int{}}
	for _, id := range slices.Sorted(maps.Keys(a.links)) {
		link := a.links[id]
		_, hasFrom := a.depths[link.From]
		_, hasTo := a.depths[link.To]
		if !hasFrom || !hasTo || len(n.Links) == maxLinksPerNode*len(n.Nodes) {
			continue
		}
		n.Links = append(n.Links, link)
		for _, end := range []string{link.From, link.To} {
			if a.looked[end] {
				a.totals[link.Type]--
			}
		}
	}
	for relation, left := range a.totals {
		if left > 0 {
			n.LeftOut[relation] = left
		}
	}
	return n
}
