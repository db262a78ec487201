package neo4jstore

import (
	"fmt"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// One text writes rows of all kinds: their labels and types are dynamic where nothing
// has to be found by them.
const (
	makeEntities = "UNWIND $p.rows AS r CREATE (e:" + fullLabel + entityLabel + ") SET e = r.p SET e:$(r.labels)"
	putEntities  = "UNWIND $p.rows AS r MERGE (e:" + fullLabel + entityLabel + " {id: r.id}) SET e += r.p SET e:$(r.labels) REMOVE e:$(r.dropped)"
	dropEntities = "UNWIND $p.ids AS id MATCH (e:" + fullLabel + entityLabel + " {id: id}) DETACH DELETE e"
	putLinks     = "UNWIND $p.rows AS r MATCH (a:" + fullLabel + entityLabel + " {id: r.from}) MATCH (b:" + fullLabel + entityLabel + " {id: r.to}) " +
		"CREATE (a)-[x:$(r.type)]->(b) SET x = r.p RETURN count(x)"
)

// entities puts or deletes the nodes of entities. Their versions and counts stay, but
// for those of a view that has the entity anew, or has it no more.
func entities(c *statement.Change) ([]text, error) {
	var gone []string
	var made, changed []any
	for _, t := range c.Entities {
		if t.Gone() {
			gone = append(gone, t.ID)
			continue
		}
		was := c.Was.Entities[t.ID]
		props, err := entityChange(was, t)
		if err != nil {
			return nil, err
		}
		labels := entityLabels(t)
		if was.Gone() && c.Log.Sequence > 0 {
			made = append(made, map[string]any{"p": props, "labels": labels})
			continue
		}
		dropped := slices.DeleteFunc(entityLabels(was), func(label string) bool { return slices.Contains(labels, label) })
		changed = append(changed, map[string]any{"id": t.ID, "p": props, "labels": labels, "dropped": dropped})
	}
	return slices.Concat(of(dropEntities, "ids", gone), of(makeEntities, "rows", made), of(putEntities, "rows", changed)), nil
}

// entityChange gives what a node is to hold otherwise than it did; nil is nothing.
func entityChange(was, is statement.Twin) (map[string]any, error) {
	old, err := entityProperties(was)
	if err != nil {
		return nil, err
	}
	props, err := entityProperties(is)
	if err != nil {
		return nil, err
	}
	change := difference(old, props)
	if !was.Gone() && was.Full.Type != is.Full.Type {
		maps.Copy(change, noLinks(is))
	}
	if was.Public != nil && is.Public == nil {
		change[keyPublicVersion] = nil
	}
	return change, nil
}

// entityProperties gives what the node of an entity without links holds.
func entityProperties(t statement.Twin) (map[string]any, error) {
	if t.Gone() {
		return nil, nil
	}
	props, err := properties(store.Entities, t)
	if err == nil {
		maps.Copy(props, noLinks(t))
	}
	return props, err
}

// noLinks gives the numbers of links of an entity that has none.
func noLinks(t statement.Twin) map[string]any {
	numbers := map[string]any{}
	for _, view := range statement.Views {
		row := t.In(view)
		if row == nil {
			continue
		}
		for _, f := range vocab.TypeOf(row.Type).Fields() {
			if f.Countable {
				numbers[keyIn(view, f.CountName())] = int64(0)
			}
		}
	}
	return numbers
}

// difference gives what turns the old properties into the new ones; nil takes away.
func difference(old, new map[string]any) map[string]any {
	if len(old) == 0 {
		return new
	}
	change := map[string]any{}
	for key := range old {
		if _, ok := new[key]; !ok {
			change[key] = nil
		}
	}
	for key, data := range new {
		if before, ok := old[key]; !ok || !same(before, data) {
			change[key] = data
		}
	}
	return change
}

// entityLabels gives the labels of an entity's node. A built-in entity has none of
// a type or kind, and so is in no selection by type.
func entityLabels(t statement.Twin) []string {
	labels := []string{}
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

// dropLinks deletes the relationships of all links that change, as they were.
func dropLinks(c *statement.Change) ([]text, error) {
	byType := map[string][]string{}
	for _, t := range c.Links {
		if was := c.Was.Links[t.ID]; !was.Gone() {
			byType[typeOfLink(was)] = append(byType[typeOfLink(was)], t.ID)
		}
	}
	var texts []text
	for _, typ := range slices.Sorted(maps.Keys(byType)) {
		// A type that is found by cannot be dynamic: all relationships would be read.
		texts = append(texts, of("UNWIND $p.ids AS id MATCH ()-[x:"+typ+"]->() WHERE x.id = id DELETE x", "ids", byType[typ])...)
	}
	return texts, nil
}

// links makes the relationships of links; those that they replace are gone already.
func links(c *statement.Change) ([]text, error) {
	var rows []any
	for _, t := range c.Links {
		if t.Gone() {
			continue
		}
		props, err := properties(store.LinkRows, t)
		if err != nil {
			return nil, err
		}
		if vocab.RelationOf(t.Full.Type) == nil {
			return nil, fmt.Errorf("link %s is of no relation", t.ID)
		}
		rows = append(rows, map[string]any{"from": t.Full.From, "to": t.Full.To, "type": typeOfLink(t), "p": props})
	}
	texts := of(putLinks, "rows", rows)
	for i := range texts {
		texts[i].made = len(rows)
	}
	return texts, nil
}
