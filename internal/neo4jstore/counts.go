package neo4jstore

import (
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

const addCounts = "UNWIND $p.rows AS r MATCH (e:" + fullLabel + entityLabel + " {id: r.id}) SET e[r.key] = coalesce(e[r.key], 0) + r.by"

// counts changes the stored numbers of links, when everything else is in place. They
// are added to and not counted anew, which of a party with thousands of members is
// reading what each of them is.
func counts(c *statement.Change) ([]text, error) {
	rows := make([]any, len(c.Counts))
	for i, n := range c.Counts {
		rows[i] = map[string]any{"id": n.Entity, "key": keyIn(n.View, n.Field.CountName()), "by": int64(n.By)}
	}
	return of(addCounts, "rows", rows), nil
}

// recount counts the links of entities, and stores the numbers.
func (w *writer) recount(ids []string) error {
	for _, r := range vocab.Relations() {
		for _, f := range r.Fields {
			if !f.Countable {
				continue
			}
			key := f.CountName()
			err := w.exec("UNWIND $p.ids AS id MATCH (e:"+fullLabel+entityLabel+" {id: id}) WHERE e."+fullKey+keyType+" IN $p.on SET e."+key+
				" = CASE WHEN e:"+entityLabel+" THEN "+numberOf(statement.PublicView, f, "e")+" END, e."+fullKey+key+" = "+
				numberOf(statement.FullView, f, "e"), params{"ids": ids, "on": carriers(f)})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// carriers lists the types that have the field.
func carriers(f *vocab.Field) []string {
	var names []string
	for _, t := range vocab.Types() {
		if slices.Contains(t.Fields(), f) {
			names = append(names, t.Name)
		}
	}
	return names
}

// numberOf is the expression for the number of links of a field at an entity. Names
// of types in it are the vocabulary's.
func numberOf(view store.View, f *vocab.Field, variable string) string {
	step := store.StepOf(f)
	far := variable + "x"
	if len(step.Types) == 0 || impliesTypes(step) {
		return "COUNT { " + pattern(view, step, variable, "", "()") + " }"
	}
	return "COUNT { " + pattern(view, step, variable, "", "("+far+")") + " WHERE " + column(view, store.Entities, far, keyType) + " = '" + f.Target + "' }"
}
