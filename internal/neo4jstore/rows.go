package neo4jstore

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// entities puts or deletes the nodes of entities. Their versions stay; their counts
// are made anew by count.
func (w *writer) entities(twins []statement.Twin, counted *counted) error {
	var gone []string
	groups := map[string][]any{} // rows by the labels they get
	for _, t := range twins {
		if t.Gone() {
			gone = append(gone, t.ID)
			continue
		}
		props, err := properties(store.Entities, t)
		if err != nil {
			return err
		}
		labels := strings.Join(entityLabels(t), ":")
		groups[labels] = append(groups[labels], map[string]any{"id": t.ID, "type": t.Full.Type, "public": t.Public != nil, "p": props})
	}
	if len(gone) > 0 {
		if err := w.exec("UNWIND $p.ids AS id MATCH (e:"+fullLabel+entityLabel+" {id: id}) DETACH DELETE e", params{"ids": gone}); err != nil {
			return err
		}
	}
	for _, labels := range slices.Sorted(maps.Keys(groups)) {
		err := each(w.ctx, w.tx, putEntities(labels), params{"rows": groups[labels]}, func(v []any) error {
			id, _ := v[0].(string)
			counted.retyped = append(counted.retyped, id)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// putEntities is the text that gives nodes their properties and exactly these
// labels; it returns the ids of those that had another type. (SET e:$(labels) would
// make it one text for all, and needs a later server.)
func putEntities(labels string) string {
	set := strings.Split(labels, ":")
	var remove []string
	for _, view := range statement.Views {
		for _, label := range append(changingLabels(), entityLabel) {
			if label = labelIn(view, label); !slices.Contains(set, label) {
				remove = append(remove, label)
			}
		}
	}
	kept := fmt.Sprintf("{%[1]s: CASE WHEN r.public THEN e.%[1]s END, %[2]s: e.%[2]s}", keyVersion, fullKey+keyVersion)
	return "UNWIND $p.rows AS r MERGE (e:" + fullLabel + entityLabel + " {id: r.id}) WITH e, r, e." + fullKey + keyType + " AS was, " + kept + " AS kept " +
		"SET e = r.p SET e += kept REMOVE e:" + strings.Join(remove, ":") + " SET e:" + labels +
		" WITH r.id AS id, r.type AS is, was WHERE was <> is RETURN id"
}

// entityLabels gives the labels of an entity's node. A built-in entity has none of
// a type or kind, and so is in no selection by type.
func entityLabels(t statement.Twin) []string {
	var labels []string
	for _, view := range statement.Views {
		row := t.In(view)
		if row == nil {
			continue
		}
		labels = append(labels, labelIn(view, entityLabel))
		if row.Unlisted {
			continue
		}
		labels = append(labels, labelIn(view, row.Type))
		if kind := row.Values.Text("kind"); vocab.KindEnum.Index(kind) >= 0 {
			labels = append(labels, labelIn(view, kindLabel(kind)))
		}
	}
	return labels
}

// dropLinks deletes the relationships of all links that change, as they were: under
// whatever relation and between whatever ends.
func (w *writer) dropLinks(twins []statement.Twin, counted *counted) error {
	if len(twins) == 0 {
		return nil
	}
	ids := make([]string, len(twins))
	for i, t := range twins {
		ids[i] = t.ID
	}
	// A link's relation is that of the statements that speak of it, whose rows are
	// still those before the change.
	s := func(key string) string { return column(statement.FullView, store.StatementRows, "s", key) }
	text := "UNWIND $p.ids AS id MATCH (s:" + fullLabel + statementLabel + ") WHERE " + s(statement.KeyGroup) + " = id AND s.id IS NOT NULL " +
		"RETURN DISTINCT id, " + s(statement.KeyProperty)
	old := map[*vocab.Relation][]string{}
	err := each(w.ctx, w.tx, text, params{"ids": ids}, func(v []any) error {
		id, _ := v[0].(string)
		name, _ := v[1].(string)
		if r := vocab.RelationOf(name); r != nil {
			old[r] = append(old[r], id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, r := range vocab.Relations() {
		if len(old[r]) == 0 {
			continue
		}
		text := "UNWIND $p.ids AS id CALL (id) { MATCH ()-[x:" + r.Name + "]->() WHERE x.id = id RETURN x UNION ALL MATCH ()-[x:" + fullType + r.Name +
			"]->() WHERE x.id = id RETURN x } WITH x, x.from AS a, x.to AS b DELETE x RETURN a, b"
		err := each(w.ctx, w.tx, text, params{"ids": old[r]}, func(v []any) error {
			from, _ := v[0].(string)
			to, _ := v[1].(string)
			counted.link(r, from, to)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// links makes the relationships of links; those that they replace are gone already.
func (w *writer) links(twins []statement.Twin) error {
	groups := map[string][]any{} // rows by relationship type
	for _, t := range twins {
		if t.Gone() {
			continue
		}
		props, err := properties(store.LinkRows, t)
		if err != nil {
			return err
		}
		typ := t.Full.Type
		if vocab.RelationOf(typ) == nil {
			return fmt.Errorf("link %s is of no relation", t.ID)
		}
		if t.Public == nil {
			typ = fullType + typ
		}
		groups[typ] = append(groups[typ], map[string]any{"from": t.Full.From, "to": t.Full.To, "p": props})
	}
	for _, typ := range slices.Sorted(maps.Keys(groups)) {
		made := int64(0)
		label := fullLabel + entityLabel
		text := "UNWIND $p.rows AS r MATCH (a:" + label + " {id: r.from}) MATCH (b:" + label + " {id: r.to}) CREATE (a)-[x:" + typ + "]->(b) SET x = r.p RETURN count(x)"
		err := each(w.ctx, w.tx, text, params{"rows": groups[typ]}, func(v []any) error {
			made, _ = v[0].(int64)
			return nil
		})
		if err != nil {
			return err
		}
		if made != int64(len(groups[typ])) {
			return fmt.Errorf("of %d links %s only %d have both ends", len(groups[typ]), typ, made)
		}
	}
	return nil
}
