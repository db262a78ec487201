package neo4jstore

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
)

// Expand implements store.Store.
func (s *Store) Expand(ctx context.Context, view store.View, ids, relations, keys []string, limit int) ([]store.Links, error) {
	ctx, leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	found, err := s.expand(ctx, view, ids, relations, keys, limit)
	if err != nil {
		return nil, err
	}
	former, err := s.former(ctx, view, slices.DeleteFunc(slices.Clone(ids), func(id string) bool { _, ok := found[id]; return ok }))
	if err != nil {
		return nil, err
	}
	if len(former) > 0 {
		ids = slices.Clone(ids)
		for i, id := range ids {
			ids[i] = cmp.Or(former[id], id)
		}
		if found, err = s.expand(ctx, view, ids, relations, keys, limit); err != nil {
			return nil, err
		}
	}
	answer := make([]store.Links, len(ids))
	for i, id := range ids {
		answer[i] = found[id]
		answer[i].Entity = id
	}
	return answer, nil
}

// expand gives the links of those of the entities that the view has.
func (s *Store) expand(ctx context.Context, view store.View, ids, relations, keys []string, limit int) (map[string]store.Links, error) {
	c := &compiler{view: view, p: params{}}
	columns := columnsOf(store.LinkRows, keys, nil)
	r := scope{store.LinkRows, "r"}
	shape := func(rel string) string {
		return pattern(view, &store.Step{Relations: relations, Out: true, In: true}, "e", rel, "()")
	}
	p := params{"ids": unrepeated(ids), "limit": int64(max(limit, 0))}
	// The number is a sum over all relations: it is asked only where links may be left out.
	text := "UNWIND $p.ids AS id MATCH (e:" + c.label(entityLabel) + ") WHERE e.id = id WITH id, e, " +
		"COLLECT { MATCH " + shape("r") + " WITH r ORDER BY r.id LIMIT $p.limit RETURN [" + strings.Join(c.head(r, columns), ", ") + "] } AS links " +
		"RETURN id, CASE WHEN size(links) < $p.limit THEN size(links) ELSE COUNT { " + shape("") + " } END, links"
	found := map[string]store.Links{}
	err := s.query(ctx, forever, func(ctx context.Context, texts runner) error {
		clear(found)
		if shape("") == "" || len(ids) == 0 {
			return nil
		}
		return each(ctx, texts, text, p, func(v []any) error {
			var l store.Links
			l.Entity, _ = v[0].(string)
			total, _ := v[1].(int64)
			l.Total = int(total)
			rows, _ := v[2].([]any)
			for _, row := range rows {
				list, _ := row.([]any)
				link, _, _ := head(columns, list)
				l.Links = append(l.Links, *link)
			}
			found[l.Entity] = l
			return nil
		})
	})
	return found, err
}
