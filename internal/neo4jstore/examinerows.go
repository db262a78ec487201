package neo4jstore

import (
	"fmt"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Compare implements doctor.State. What stands on a node or a relationship must be,
// label by label and key by key, what a write would put there.
func (s still) Compare(want *doctor.Rows) ([]doctor.Finding, error) {
	c := &rowComparison{still: s}
	for _, step := range []func(*doctor.Rows) error{c.entities, c.counts, c.statements, c.links, c.briefs, c.names, c.words} {
		if err := step(want); err != nil {
			return nil, err
		}
	}
	return c.found, nil
}

type rowComparison struct {
	still
	found []doctor.Finding
}

// contents is what a node or a relationship holds, or should: its properties, and
// under "label X" and the like what else it is.
type contents map[string]any

func (c *rowComparison) compare(kind doctor.Kind, id string, want, have contents) {
	if difference := doctor.Difference(want, have); difference != "" {
		c.found = append(c.found, doctor.Finding{Kind: kind, Text: id + ": " + difference})
	}
}

// wanted gives properties as the driver reads them, and labels.
func wanted(props map[string]any, labels ...string) contents {
	w := contents{}
	for key, data := range props {
		w[key] = read(data)
	}
	w.label(labels)
	return w
}

func (w contents) label(labels []string) {
	for _, label := range labels {
		w["label "+label] = true
	}
}

// read gives a property as the driver reads it: lists as []any.
func read(data any) any {
	switch list := data.(type) {
	case []string:
		return anything(list)
	case []int64:
		return anything(list)
	}
	return data
}

func anything[T any](list []T) []any {
	all := make([]any, len(list))
	for i, item := range list {
		all[i] = item
	}
	return all
}

// nodes gives the nodes of a label that have these ids. Labels that are not ours
// are nobody's business.
func (c *rowComparison) nodes(label string, ids []string) (map[string]contents, error) {
	found := map[string]contents{}
	ours := labels()
	text := "UNWIND $p.ids AS id MATCH (n:" + label + ") WHERE n.id = id RETURN id, properties(n), labels(n)"
	err := each(c.ctx, c.tx, text, params{"ids": ids}, func(v []any) error {
		id, _ := v[0].(string)
		props, _ := v[1].(map[string]any)
		found[id] = contents(props)
		found[id].label(slices.DeleteFunc(texts(v[2]), func(label string) bool { return !slices.Contains(ours, label) }))
		return nil
	})
	return found, err
}

func idsOf(list []statement.Twin) []string {
	ids := make([]string, len(list))
	for i, t := range list {
		ids[i] = t.ID
	}
	return ids
}

func (c *rowComparison) entities(rows *doctor.Rows) error {
	have, err := c.nodes(fullLabel+entityLabel, idsOf(rows.Entities))
	if err != nil {
		return err
	}
	for _, t := range rows.Entities {
		var want contents
		if !t.Gone() {
			props, err := properties(store.Entities, t)
			if err != nil {
				return err
			}
			want = wanted(props, entityLabels(t)...)
			apart(have[t.ID], t.Full.Type)
		}
		c.compare(doctor.Entities, t.ID, want, have[t.ID])
	}
	return nil
}

// apart leaves out what is compared on its own: versions, and numbers of links.
func apart(node contents, typ string) {
	delete(node, keyVersion)
	delete(node, keyPublicVersion)
	for _, f := range vocab.TypeOf(typ).Fields() {
		if f.Countable {
			delete(node, f.CountName())
			delete(node, fullKey+f.CountName())
		}
	}
}

// counts compares the stored numbers of links with those of the links that are there.
func (c *rowComparison) counts(rows *doctor.Rows) error {
	byField := map[*vocab.Field][]string{}
	for _, t := range rows.Entities {
		if t.Gone() {
			continue
		}
		for _, f := range vocab.TypeOf(t.Full.Type).Fields() {
			if f.Countable {
				byField[f] = append(byField[f], t.ID)
			}
		}
	}
	for f, ids := range byField {
		key := f.CountName()
		text := "UNWIND $p.ids AS id MATCH (e:" + fullLabel + entityLabel + " {id: id}) WHERE coalesce(e." + fullKey + key + ", -1) <> " + numberOf(statement.FullView, f, "e") +
			" OR coalesce(e." + key + ", -1) <> CASE WHEN e:" + entityLabel + " THEN " + numberOf(statement.PublicView, f, "e") + " ELSE -1 END RETURN id"
		err := each(c.ctx, c.tx, text, params{"ids": ids}, func(v []any) error {
			c.found = append(c.found, doctor.Finding{Kind: doctor.Counts, Text: fmt.Sprintf("%v: %s", v[0], key)})
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *rowComparison) statements(rows *doctor.Rows) error {
	have, err := c.nodes(recordedLabel, idsOf(rows.Statements))
	if err != nil {
		return err
	}
	for i, t := range rows.Statements {
		props, err := rawProperties(rows.Recorded[i])
		if err != nil {
			return err
		}
		labels := append(statementLabels(t), recordedLabel)
		if !t.Gone() {
			row, err := properties(store.StatementRows, t)
			if err != nil {
				return err
			}
			maps.Copy(props, row)
			findable(props, statement.Twin{}, t)
		}
		delete(props, keyRaw) // from which all of this was read
		delete(have[t.ID], keyRaw)
		c.compare(doctor.Statements, t.ID, wanted(props, labels...), have[t.ID])
	}
	return nil
}
