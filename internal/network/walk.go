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

// batch is how many entities one read asks about.
const batch = 1000

// Walk is the work of one operation, whose walks share one bound. One goroutine at a
// time may use it.
type Walk struct {
	network *Network
	view    store.View
	left    int // links that may still be looked at
}

// Walk starts the work of an operation.
func (n *Network) Walk(view store.View) *Walk { return &Walk{n, view, n.limits.Links} }

// spend takes links out of what may still be looked at.
func (w *Walk) spend(links int) error {
	if links > w.left {
		return &TooMuch{"links to look at", w.network.limits.Links}
	}
	w.left -= links
	return nil
}

// Gates say what a walk does not pass through. Where it begins and ends is exempt.
type Gates struct {
	Avoid       []string // ids of entities and links
	MaxDegree   int      // most links, of the relations meant, of what is passed; 0: any number
	Unspecified bool     // organizations that are no single body are passed too
}

// Hub is an entity that was met and not passed through, for the number of its links.
type Hub struct {
	ID    string
	Links int
}

// LeftOut is what was met and not passed through, though it was not named to be
// avoided.
type LeftOut struct {
	Hubs        []Hub    // most links first, then by id
	Unspecified []string // by id
}

// web is the part of the graph that a walk has gathered.
type web struct {
	*Walk
	relations []string
	keys      []string // values of links
	types     []string // of what is passed; nil: all
	holding   Holding
	gates     Gates
	avoid     map[string]bool

	typed       bool                              // typeOf is wanted of all that is judged
	near        map[string]map[string][]store.Row // links by both their ends, by id
	degrees     map[string]int                    // links of the relations
	peeked      map[string]store.Links            // of those with few, until they are gathered
	gathered    map[string]bool                   // its links are in near
	verdicts    map[string]verdict
	typeOf      map[string]string // of what was read to be judged, and exists
	bodies      map[string]bool   // what may be an organization, by the links to it
	hubs        map[string]int    // met, and not passed through
	unspecified map[string]bool   // the same
}

// verdict says whether an entity may be passed through.
type verdict uint8

const (
	absent verdict = iota + 1 // not in the view, or not what is asked for
	passable
	unspecified
)

func (w *Walk) web(s Scope, holding Holding, gates Gates) *web {
	g := &web{
		Walk: w, relations: s.relations(), keys: holding.keys(), types: s.Types, holding: holding, gates: gates, avoid: map[string]bool{},
		near: map[string]map[string][]store.Row{}, degrees: map[string]int{}, peeked: map[string]store.Links{}, gathered: map[string]bool{}, verdicts: map[string]verdict{}, typeOf: map[string]string{},
		bodies: map[string]bool{}, hubs: map[string]int{}, unspecified: map[string]bool{},
	}
	for _, id := range gates.Avoid {
		g.avoid[id] = true
	}
	return g
}

// Of up to few entities, peek links each are read along with their number: of most, all.
// What takes time on a database are the questions, not their size.
const (
	few  = 100
	peek = 50
)

// count learns the number of links of the entities.
func (g *web) count(ctx context.Context, ids []string) error {
	ids = g.uncounted(ids)
	limit := 0
	if len(ids) <= few {
		limit = peek
	}
	return g.expand(ctx, ids, g.relations, g.keys, limit, g.counted)
}

// weigh learns the number of links of the entities, and nothing else, where there is a
// bound to it.
func (g *web) weigh(ctx context.Context, ids []string) error {
	if g.gates.MaxDegree == 0 {
		return nil
	}
	return g.expand(ctx, g.uncounted(ids), g.relations, nil, 0, g.counted)
}

func (g *web) uncounted(ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { _, known := g.degrees[id]; return known })
}

func (g *web) counted(l store.Links) {
	g.degrees[l.Entity] = l.Total
	if len(l.Links) == l.Total {
		g.peeked[l.Entity] = l
	}
}

// expand reads the links of entities, in batches.
func (w *Walk) expand(ctx context.Context, ids, relations, keys []string, limit int, each func(store.Links)) error {
	if len(relations) == 0 {
		return nil // where no names would mean all
	}
	for part := range slices.Chunk(ids, batch) {
		list, err := w.network.reader.Expand(ctx, w.view, part, relations, keys, limit)
		if err != nil {
			return err
		}
		for _, l := range list {
			each(l)
		}
	}
	return nil
}

// judge finds out which of the entities may be passed through, but for their number
// of links.
func (g *web) judge(ctx context.Context, ids []string) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return g.verdicts[id] != 0 })
	if g.types == nil && g.holding.Nodes == nil && !g.typed {
		// All ends of links are there: only what may be no single body has to be read.
		ids = slices.DeleteFunc(ids, func(id string) bool {
			open := g.gates.Unspecified || !g.bodies[id]
			if open {
				g.verdicts[id] = passable
			}
			return open
		})
	}
	for _, id := range ids {
		g.verdicts[id] = absent
	}
	return g.entities(ctx, ids, g.types, g.holding.Nodes, func(row *store.Row) {
		g.typeOf[row.ID] = row.Type
		g.verdicts[row.ID] = passable
		if !g.gates.Unspecified && row.Values.Get(vocab.Unspecified) == true {
			g.verdicts[row.ID] = unspecified
		}
	})
}

// pass reports whether an entity that was judged and counted may be passed through,
// and remembers it as left out if its number of links, or that it is no single body,
// is why not.
func (g *web) pass(id string) bool {
	switch {
	case g.verdicts[id] == unspecified:
		g.unspecified[id] = true
	case g.verdicts[id] == passable && g.hub(id):
		g.hubs[id] = g.degrees[id]
	default:
		return g.verdicts[id] == passable
	}
	return false
}

// hub reports whether an entity that was counted has too many links to be passed.
func (g *web) hub(id string) bool {
	return g.gates.MaxDegree > 0 && g.degrees[id] > g.gates.MaxDegree
}

// entities reads the rows of entities that there are, in batches.
func (w *Walk) entities(ctx context.Context, ids, types []string, where store.Filter, each func(*store.Row)) error {
	if types != nil && len(types) == 0 {
		return nil // where no types would mean all
	}
	for part := range slices.Chunk(ids, batch) {
		pages, err := w.network.reader.Read(ctx, w.view, len(part), []store.Selection{{
			Types: types, IDs: part, Where: where, Keys: []string{vocab.Unspecified}, Page: store.PageOf{First: len(part)},
		}})
		if err != nil {
			return err
		}
		for _, r := range pages[0].Rows {
			each(r.Row)
		}
	}
	return nil
}

// firsts holds for entities that were reached the first, by id, of those from which.
type firsts map[string]string

func (f firsts) add(far, from string) {
	if before, known := f[far]; !known || from < before {
		f[far] = from
	}
}

// named reads the entities that ids ask for, by the ids that were asked: a former one
// asks for the entity that answers for it. What is not in the view is left out.
func (w *Walk) named(ctx context.Context, ids ...string) (map[string]*store.Row, error) {
	found := map[string]*store.Row{}
	for part := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(ids))), batch) {
		pages, err := w.network.reader.Read(ctx, w.view, len(part), []store.Selection{{
			IDs: part, Keys: []string{vocab.FormerIDs}, Page: store.PageOf{First: len(part)},
		}})
		if err != nil {
			return nil, err
		}
		for _, r := range pages[0].Rows {
			for _, id := range store.Answers(r.Row) {
				found[id] = r.Row
			}
		}
	}
	return found, nil
}

// renamed gives the ids with those of the entities that were found for them.
func renamed(ids []string, found map[string]*store.Row) []string {
	list := slices.Clone(ids)
	for i, id := range list {
		if row := found[id]; row != nil {
			list[i] = row.ID
		}
	}
	return list
}

// gather takes in the links of entities that were counted, and gives the far ends that
// are not avoided, each with the first of the entities that it is near to.
func (g *web) gather(ctx context.Context, ids []string) (firsts, error) {
	links, most := 0, 0
	reached := firsts{}
	var unread []string
	for _, id := range ids {
		if g.gathered[id] { // by a walk from elsewhere
			for far := range g.near[id] {
				reached.add(far, id)
			}
			continue
		}
		links, most = links+g.degrees[id], max(most, g.degrees[id])
		unread = append(unread, id)
	}
	if err := g.spend(links); err != nil {
		return nil, err
	}
	unread = slices.DeleteFunc(unread, func(id string) bool {
		l, known := g.peeked[id]
		g.take(l, reached)
		delete(g.peeked, id)
		g.gathered[id] = true
		return known
	})
	err := g.expand(ctx, unread, g.relations, g.keys, most, func(l store.Links) { g.take(l, reached) })
	return reached, err
}

// take keeps the links at an entity.
func (g *web) take(l store.Links, reached firsts) {
	for i := range l.Links {
		link := &l.Links[i]
		far := farEnd(l.Entity, link)
		if g.avoid[far] || g.avoid[link.ID] || !holds(g.holding.Links, link) {
			continue
		}
		g.keep(link)
		reached.add(far, l.Entity)
	}
}

// keep keeps a link at both its ends.
func (g *web) keep(link *store.Row) {
	r := vocab.RelationOf(link.Type)
	g.bodies[link.From] = g.bodies[link.From] || r.HasFrom(vocab.Organization)
	g.bodies[link.To] = g.bodies[link.To] || r.HasTo(vocab.Organization)
	g.add(link.From, link.To, link)
	g.add(link.To, link.From, link)
}

// add keeps a link at one of its ends, once, in the order of ids.
func (g *web) add(at, far string, link *store.Row) {
	if g.near[at] == nil {
		g.near[at] = map[string][]store.Row{}
	}
	list := g.near[at][far]
	i, known := slices.BinarySearchFunc(list, link.ID, func(r store.Row, id string) int { return cmp.Compare(r.ID, id) })
	if !known {
		g.near[at][far] = slices.Insert(list, i, *link)
	}
}

// leftOut gives what was met and not passed through.
func (g *web) leftOut() LeftOut {
	var out LeftOut
	for id, links := range g.hubs {
		out.Hubs = append(out.Hubs, Hub{id, links})
	}
	slices.SortFunc(out.Hubs, func(a, b Hub) int { return cmp.Or(cmp.Compare(b.Links, a.Links), cmp.Compare(a.ID, b.ID)) })
	out.Unspecified = slices.Sorted(maps.Keys(g.unspecified))
	return out
}

// Path leads from one entity to another, no entity twice.
type Path struct {
	Nodes []string
	Steps [][]store.Row // the links between each two entities that follow, by id: one at least
}

// path gives the path over these entities, of which each two that follow are near.
func (g *web) path(nodes []string) Path {
	p := Path{Nodes: nodes}
	for i := range len(nodes) - 1 {
		p.Steps = append(p.Steps, g.near[nodes[i]][nodes[i+1]])
	}
	return p
}

// bounded reports whether an error is a bound's, with which an answer is given.
func bounded(err error) bool {
	_, is := errors.AsType[*TooMuch](err)
	return is
}
