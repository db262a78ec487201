package network

import (
	"cmp"
	"context"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// CommonQuery asks what entities are connected to in common. Episodes stand for
// whom they are of: what a person's detention is linked to is one step from the
// person, and what has a link to the detention is so to the person.
type CommonQuery struct {
	IDs     []string
	AtLeast int // how many of them
	Within  int // steps
	First   int
	Scope   // types: of what is in common
	Holding
	Gates
}

// Shared is what some of the entities have in common, with a shortest path to it
// from each of them that has one: the first by the ids along it.
type Shared struct {
	ID    string
	Paths []Path // in the order of the query's ids
}

// Common are the first shared entities: those of most first, then those with the
// least steps in all, then by id.
type Common struct {
	Shared []Shared
	Total  int
	LeftOut
}

// Common answers the query. The entities asked about, and what is left out, are not
// shared. With an error that is a TooMuch comes what was found until then.
func (w *Walk) Common(ctx context.Context, q CommonQuery) (Common, error) {
	found, err := w.named(ctx, slices.Concat(q.IDs, q.Avoid)...)
	if err != nil {
		return Common{}, err
	}
	q.IDs, q.Avoid = renamed(q.IDs, found), renamed(q.Avoid, found)
	g := w.web(q.Scope, q.Holding, q.Gates)
	g.types, g.typed = nil, true // anything is passed
	g.relations = slices.DeleteFunc(g.relations, func(name string) bool { return vocab.RelationOf(name).Episode })
	for _, row := range found {
		g.typeOf[row.ID] = row.Type
	}
	c := &commons{web: g, q: q, by: map[string][]reached{}}
	for i, id := range q.IDs {
		if g.typeOf[id] == "" || slices.Contains(q.IDs[:i], id) {
			continue
		}
		if err = c.around(ctx, id); err != nil {
			break
		}
	}
	if err != nil && !bounded(err) {
		return Common{}, err
	}
	shared := c.shared()
	answer := Common{Total: len(shared), LeftOut: g.leftOut()}
	for _, id := range shared[:min(q.First, len(shared))] {
		s := Shared{ID: id}
		for _, r := range c.by[id] {
			s.Paths = append(s.Paths, g.path(r.tree.to(id)))
		}
		answer.Shared = append(answer.Shared, s)
	}
	return answer, err
}

type commons struct {
	*web
	q  CommonQuery
	by map[string][]reached // what was reached, from which of the starts
}

// reached says from which start, and in how many steps.
type reached struct {
	tree  tree
	steps int
}

// tree holds for each entity the one before it on the way from the start.
type tree map[string]string

// to gives the way to an entity.
func (t tree) to(id string) []string {
	var way []string
	for ; id != ""; id = t[id] {
		way = append(way, id)
	}
	slices.Reverse(way)
	return way
}

// around walks from one of the entities asked about.
func (c *commons) around(ctx context.Context, start string) error {
	from := tree{start: ""}
	layer := []string{start}
	for steps := 0; ; steps++ {
		near, err := c.episodes(ctx, from, layer)
		if err != nil {
			return err
		}
		for _, id := range near {
			c.by[id] = append(c.by[id], reached{from, steps})
		}
		if steps == c.q.Within {
			return nil
		}
		if err := c.count(ctx, near); err != nil {
			return err
		}
		if steps > 0 {
			near = slices.DeleteFunc(near, func(id string) bool { return !c.pass(id) })
		}
		found, err := c.gather(ctx, near)
		if err != nil {
			return err
		}
		if layer, err = c.there(ctx, from.grow(found)); err != nil {
			return err
		}
	}
}

// there gives those of the entities that are in the view and hold.
func (c *commons) there(ctx context.Context, ids []string) ([]string, error) {
	err := c.judge(ctx, ids)
	return slices.DeleteFunc(ids, func(id string) bool { return c.verdicts[id] == absent }), err
}

// grow adds what was found and was not there, and gives that by id.
func (t tree) grow(found firsts) (added []string) {
	for far, before := range found {
		if _, known := t[far]; !known {
			t[far] = before
			added = append(added, far)
		}
	}
	slices.Sort(added)
	return added
}

// episodeRelations and episodeTypes are the relations to episodes, and the types at
// their ends.
var episodeRelations, episodeTypes = func() (relations, types []string) {
	for _, r := range vocab.Relations() {
		if r.Episode {
			relations = append(relations, r.Name)
			types = slices.Concat(types, r.From, r.To)
		}
	}
	return relations, types
}()

// maxEpisodes is how many episodes of one entity are looked at.
const maxEpisodes = 100

// episodes adds to a layer what is no step away from it.
func (c *commons) episodes(ctx context.Context, from tree, layer []string) ([]string, error) {
	all := slices.Clone(layer)
	for front := layer; len(front) > 0; {
		front = slices.DeleteFunc(slices.Clone(front), func(id string) bool { return !slices.Contains(episodeTypes, c.typeOf[id]) })
		if err := c.spend(len(front)); err != nil {
			return nil, err
		}
		found := firsts{}
		if err := c.expand(ctx, front, episodeRelations, c.keys, maxEpisodes, func(l store.Links) { c.take(l, found) }); err != nil {
			return nil, err
		}
		var err error
		if front, err = c.there(ctx, from.grow(found)); err != nil {
			return nil, err
		}
		all = append(all, front...)
	}
	slices.Sort(all)
	return all, nil
}

// shared gives what enough of the entities are connected to, in order.
func (c *commons) shared() []string {
	steps := func(id string) (sum int) {
		for _, r := range c.by[id] {
			sum += r.steps
		}
		return sum
	}
	var ids []string
	for id, by := range c.by {
		if len(by) >= c.q.AtLeast && !slices.Contains(c.q.IDs, id) && c.verdicts[id] != unspecified && !c.isEpisode(id) &&
			(c.q.Types == nil || slices.Contains(c.q.Types, c.typeOf[id])) {
			ids = append(ids, id)
		} else if c.verdicts[id] == unspecified && len(by) >= c.q.AtLeast {
			c.unspecified[id] = true
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(c.by[b]), len(c.by[a])), cmp.Compare(steps(a), steps(b)), cmp.Compare(a, b))
	})
	return ids
}

// isEpisode reports whether something stands for the entity.
func (c *commons) isEpisode(id string) bool {
	for _, links := range c.near[id] {
		if slices.ContainsFunc(links, func(l store.Row) bool { return l.To == id && slices.Contains(episodeRelations, l.Type) }) {
			return true
		}
	}
	return false
}
