package embedstore

import (
	"cmp"
	"context"
	"slices"
	"sort"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Expand implements store.Store.
func (s *Store) Expand(ctx context.Context, view store.View, ids, relations []string, limit int) ([]store.Links, error) {
	if err := checkView(view); err != nil {
		return nil, err
	}
	snap, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer snap.release()
	r := &reader{ended: ctx.Err, view: view, graph: snap.graph, tx: snap.tx, decoded: map[values]statement.Values{}}
	answers := make([]store.Links, len(ids))
	wanted := wordsIn(relations)
	for i, id := range ids {
		answers[i] = r.linksOf(id, wanted, limit)
	}
	if r.err != nil {
		return nil, r.err
	}
	return answers, nil
}

// linksOf gives the links at an entity, read from either end.
func (r *reader) linksOf(id string, wanted []bool, limit int) store.Links {
	id = cmp.Or(r.graph.former[r.view][id], id)
	answer := store.Links{Entity: id}
	if r.stopped() {
		return answer
	}
	n := r.graph.nodes.get(id)
	if n == nil {
		return answer
	}
	var links []*link
	for i := 0; i < len(n.links) && !r.stopped(); i++ {
		l := n.links[i]
		if wanted != nil && !wanted[l.relation] { // nor are those that follow, of the same relation
			i += sort.Search(len(n.links)-i, func(j int) bool { return n.links[i+j].relation != l.relation }) - 1
			continue
		}
		if !l.shows(r.view) || !l.far(n).flags.shows(r.view) {
			continue
		}
		answer.Total++
		if limit > 0 { // else only their number is asked for
			links = append(links, l)
		}
	}
	slices.SortFunc(links, byName[*link])
	links = links[:min(max(limit, 0), len(links))]
	answer.Links = slices.Grow(answer.Links, len(links))
	for _, l := range links {
		values := l.row.values(r.view)
		all, known := r.decoded[values]
		if !known {
			all = values.all()
			r.decoded[values] = all
		}
		answer.Links = append(answer.Links, store.Row{ID: l.id, Type: l.relation.String(), From: l.from.id, To: l.to.id, Values: all})
	}
	return answer
}

// wordsIn tells of each word whether it is one of the relations; nil: all are (none are
// named).
func wordsIn(relations []string) []bool {
	if len(relations) == 0 {
		return nil
	}
	in := make([]bool, len(words))
	for _, name := range relations {
		if place, known := wordOf[name]; known {
			in[place] = true
		}
	}
	return in
}
