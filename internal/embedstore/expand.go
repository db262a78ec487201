package embedstore

import (
	"cmp"
	"context"
	"slices"
	"strings"

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
	r := &reader{ended: ctx.Err, view: view, graph: snap.graph, tx: snap.tx}
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
	var found []*store.Row
	for it := range r.over(r.graph.nodes[id], &store.Step{Relations: relations, Out: true, In: true}) {
		answer.Total++
		if limit > 0 { // else only their number is asked for
			found = append(found, it.link.rows[r.view])
		}
	}
	slices.SortFunc(found, func(a, b *store.Row) int { return strings.Compare(a.ID, b.ID) })
	for _, row := range found[:min(max(limit, 0), len(found))] {
		answer.Links = append(answer.Links, *row)
	}
	return answer
}
