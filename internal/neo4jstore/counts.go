package neo4jstore

import (
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// counted collects whose stored numbers of links a change may alter, and in which
// fields; the numbers themselves are degrees, cheaper to count than to keep.
type counted struct {
	ids     map[*vocab.Field]map[string]bool
	retyped []string // entities that had another type: their neighbors count anew
}

func newCounted(c *statement.Change) *counted {
	n := &counted{ids: map[*vocab.Field]map[string]bool{}}
	for _, t := range c.Entities {
		if t.Full == nil {
			continue
		}
		for _, f := range vocab.TypeOf(t.Full.Type).Fields() {
			if f.Countable {
				n.add(f, t.ID)
			}
		}
	}
	for _, t := range c.Links {
		if t.Full != nil {
			n.link(vocab.RelationOf(t.Full.Type), t.Full.From, t.Full.To)
		}
	}
	return n
}

// link notes both ends of a link that comes, goes or changes.
func (n *counted) link(r *vocab.Relation, from, to string) {
	if r == nil {
		return
	}
	for _, f := range r.Fields {
		if !f.Countable {
			continue
		}
		if !f.Reverse || r.Symmetric {
			n.add(f, from)
		}
		if f.Reverse || r.Symmetric {
			n.add(f, to)
		}
	}
}

func (n *counted) add(f *vocab.Field, id string) {
	if n.ids[f] == nil {
		n.ids[f] = map[string]bool{}
	}
	n.ids[f][id] = true
}

// count stores the numbers of links, by view, when everything else is in place.
func (w *writer) count(n *counted) error {
	if len(n.retyped) > 0 {
		if err := w.neighbors(n); err != nil {
			return err
		}
	}
	for _, r := range vocab.Relations() {
		for _, f := range r.Fields {
			ids := slices.Sorted(maps.Keys(n.ids[f]))
			if len(ids) == 0 {
				continue
			}
			key := f.CountName()
			text := "UNWIND $p.ids AS id MATCH (e:" + fullLabel + entityLabel + " {id: id}) WHERE e." + fullKey + keyType + " IN $p.on SET e." + key +
				" = CASE WHEN e:" + entityLabel + " THEN " + numberOf(statement.PublicView, f, "e") + " END, e." + fullKey + key + " = " + numberOf(statement.FullView, f, "e")
			if err := w.exec(text, params{"ids": ids, "on": carriers(f)}); err != nil {
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

// neighbors notes both ends of all links at entities that changed their type.
func (w *writer) neighbors(n *counted) error {
	text := "UNWIND $p.ids AS id MATCH (e:" + fullLabel + entityLabel + " {id: id}) " +
		"MATCH " + pattern(statement.FullView, &store.Step{Out: true, In: true}, "e", "r", "()") + " RETURN type(r), r.from, r.to"
	return each(w.ctx, w.tx, text, params{"ids": n.retyped}, func(v []any) error {
		typ, _ := v[0].(string)
		from, _ := v[1].(string)
		to, _ := v[2].(string)
		n.link(vocab.RelationOf(relationOfType(typ)), from, to)
		return nil
	})
}
