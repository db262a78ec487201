package neo4jstore

import (
	"context"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// former gives the entities of those of the ids that are former ones in the view.
func (s *Store) former(ctx context.Context, view store.View, ids []string) (map[string]string, error) {
	entities := map[string]string{}
	if len(ids) == 0 {
		return entities, nil
	}
	text := "UNWIND $p.ids AS id MATCH (b:" + briefLabel + " {id: id}) WHERE b." + keyIn(view, keyAnswers) + " IS NOT NULL RETURN id, b." + keyIn(view, keyAnswers)
	err := s.query(ctx, forever, func(ctx context.Context, texts runner) error {
		clear(entities)
		return each(ctx, texts, text, params{"ids": unrepeated(ids)}, func(v []any) error {
			id, _ := v[0].(string)
			entities[id], _ = v[1].(string)
			return nil
		})
	})
	return entities, err
}

// missing gives those of the ids that no page has a row of.
func missing(ids []string, pages []store.Page) []string {
	if len(ids) == 0 {
		return nil
	}
	there := map[string]bool{}
	for i := range pages {
		for _, r := range pages[i].Rows {
			there[r.Row.ID] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return there[id] })
}

// recordsOf gives the ids of the entity that an id asks for: its own, and its former
// ones, as the view knows them.
func recordsOf(ctx context.Context, run runner, view store.View, id string) (records []string, err error) {
	c := &compiler{view: view}
	text := "OPTIONAL MATCH (b:" + briefLabel + " {id: $p.id}) WITH coalesce(b." + keyIn(view, keyAnswers) + ", $p.id) AS id " +
		"OPTIONAL MATCH (e:" + c.label(entityLabel) + ") WHERE e.id = id RETURN [id] + coalesce(" + c.value(scope{store.Entities, "e"}, vocab.FormerIDs) + ", [])"
	err = each(ctx, run, text, params{"id": id}, func(v []any) error {
		records = texts(v[0])
		return nil
	})
	return records, err
}
