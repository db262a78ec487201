package neo4jstore

import (
	"context"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
)

// Expand implements store.Store.
func (s *Store) Expand(ctx context.Context, view store.View, ids, relations []string, limit int) ([]store.Links, error) {
	ctx, leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	c := &compiler{view: view, p: params{}}
	columns := columnsOf(store.LinkRows, linkValues, nil)
	r := scope{store.LinkRows, "r"}
	shape := func(rel string) string {
		return pattern(view, &store.Step{Relations: relations, Out: true, In: true}, "e", rel, "()")
	}
	p := params{"ids": unrepeated(ids), "limit": int64(max(limit, 0))}
	text := "UNWIND $p.ids AS id MATCH (e:" + c.label(entityLabel) + ") WHERE e.id = id RETURN id, COUNT { " + shape("") + " }, " +
		"COLLECT { MATCH " + shape("r") + " WITH r ORDER BY r.id LIMIT $p.limit RETURN [" + strings.Join(c.head(r, columns), ", ") + "] }"
	found := map[string]store.Links{}
	err = s.query(ctx, forever, func(ctx context.Context, texts runner) error {
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
	if err != nil {
		return nil, err
	}
	answer := make([]store.Links, len(ids))
	for i, id := range ids {
		answer[i] = found[id]
		answer[i].Entity = id
	}
	return answer, nil
}
