package embedstore

import (
	"cmp"
	"context"
	"slices"

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
	for i, id := range ids {
		answers[i] = r.linksOf(id, relations, limit)
	}
	if r.err != nil {
		return nil, r.err
	}
	return answers, nil
}

// linksOf gives the links at an entity, read from either end.
func (r *reader) linksOf(id string, relations []string, limit int) store.Links {
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
	for it := range r.over(n, &store.Step{Relations: relations, Out: true, In: true}) {
		answer.Total++
		if limit > 0 { // else only their number is asked for
			links = append(links, it.link)
		}
	}
	slices.SortFunc(links, byName[*link])
	for _, l := range links[:min(max(limit, 0), len(links))] {
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
