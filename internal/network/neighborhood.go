package network

import (
	"cmp"
	"context"
	"errors"
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
	// not among Links: one that is left out at both its ends counts twice.
	LeftOut map[string]int
}

// maxLinksPerNode bounds the links of a neighborhood by its entities.
const maxLinksPerNode = 5

// Neighborhood answers the query. Of a layer with more entities than there is room
// for, those are given that come first among the links of one relation at one entity
// (ordered by far end), then by id: each relation of each entity gets its share.
// With an error that is a TooMuch comes what was found until then.
func (w *Walk) Neighborhood(ctx context.Context, q NeighborhoodQuery) (Neighborhood, error) {
	a := &area{Walk: w, q: q, relations: q.relations(), depths: map[string]int{}, looked: map[string]bool{}, links: map[string]store.Row{}, totals: map[string]int{}}
	there := map[string]bool{}
	if err := w.entities(ctx, slices.Compact(slices.Sorted(slices.Values(q.IDs))), nil, nil, func(r *store.Row) { there[r.ID] = true }); err != nil {
		return Neighborhood{}, err
	}
	for _, id := range q.IDs {
		if there[id] {
			a.take(id, 0)
		}
	}
	front := slices.Clone(a.nodes)
	var err error
	for depth := 1; depth <= q.Depth && len(front) > 0 && err == nil; depth++ {
		front, err = a.grow(ctx, front, depth)
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
	nodes     []string
	around    int            // nodes that were not asked for
	depths    map[string]int // of nodes
	looked    map[string]bool
	links     map[string]store.Row
	totals    map[string]int // links by relation, at the nodes that were looked at
}

func (a *area) take(id string, depth int) {
	if _, known := a.depths[id]; !known {
		a.depths[id] = depth
		a.nodes = append(a.nodes, id)
	}
}

// grow looks at the links of a layer, and gives the next one.
func (a *area) grow(ctx context.Context, layer []string, depth int) ([]string, error) {
	most := max(10, (2*a.q.First+len(layer)-1)/len(layer))
	where := a.wanted()
	nested := make([]store.Nested, len(a.relations))
	for i, name := range a.relations {
		nested[i] = store.Nested{
			Step:      &store.Step{Relations: []string{name}, Out: true, In: true},
			Selection: store.Selection{Where: where, Page: store.PageOf{First: most}, Total: true},
			LinkWhere: a.q.Holding.Links,
		}
	}
	places := map[string]int{} // of new entities, among the links of a relation at an entity
	for part := range slices.Chunk(layer, batch) {
		pages, err := a.network.reader.Read(ctx, a.view, a.left, []store.Selection{{IDs: part, Page: store.PageOf{First: len(part)}, Nested: nested}})
		if errors.Is(err, store.ErrTooExpensive) {
			err = &TooMuch{"links to look at", a.network.limits.Links}
		}
		if err != nil {
			return nil, err
		}
		for _, r := range pages[0].Rows {
			a.look(r, places)
		}
	}
	next := slices.SortedFunc(maps.Keys(places), func(x, y string) int {
		return cmp.Or(cmp.Compare(places[x], places[y]), cmp.Compare(x, y))
	})
	next = next[:min(len(next), a.q.First-a.around)]
	a.around += len(next)
	for _, id := range next {
		a.take(id, depth)
	}
	slices.Sort(next)
	return next, nil
}

// wanted holds of what may stand around, and of what is asked about: so a link counts
// at both its ends or at none.
func (a *area) wanted() store.Filter {
	around := store.All{}
	if a.q.Types != nil {
		around = append(around, store.Compare{Property: vocab.RowType, Op: store.In, Values: anys(a.q.Types)})
	}
	if a.q.Nodes != nil {
		around = append(around, a.q.Nodes)
	}
	if len(around) == 0 {
		return nil
	}
	return store.Any{around, store.Compare{Property: vocab.Identity, Op: store.In, Values: anys(a.q.IDs)}}
}

func anys(texts []string) []any {
	values := make([]any, len(texts))
	for i, text := range texts {
		values[i] = text
	}
	return values
}

// look takes the links of an entity in.
func (a *area) look(r store.Result, places map[string]int) {
	a.looked[r.Row.ID] = true
	for i, page := range r.Nested {
		a.totals[a.relations[i]] += page.Total
		for place, row := range page.Rows {
			a.left--
			a.links[row.Link.ID] = *row.Link
			if _, known := a.depths[row.Row.ID]; known {
				continue
			}
			if before, known := places[row.Row.ID]; !known || place < before {
				places[row.Row.ID] = place
			}
		}
	}
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
