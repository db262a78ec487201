package neo4jstore

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// keptOfStatement is what the node s of a statement keeps when its row changes or
// goes: what was recorded.
var keptOfStatement = func() string {
	keys := []string{keyID, keyRaw, keyRawSubject, keyRawProperty, keyRawEntity, keyRawLink, keyRawSource}
	for i, key := range keys {
		keys[i] = key + ": s." + key
	}
	return "{" + strings.Join(keys, ", ") + "}"
}()

// rawProperties gives what a statement's node holds of it as recorded.
func rawProperties(r *statement.Recorded) (map[string]any, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("statement %s: %w", r.ID, err)
	}
	props := map[string]any{keyID: r.ID, keyRaw: string(raw), keyRawSubject: r.Subject, keyRawProperty: r.Property, keyRawSource: r.Source}
	if r.Entity != "" {
		props[keyRawEntity] = r.Entity
	}
	if r.Link != "" {
		props[keyRawLink] = r.Link
	}
	return props, nil
}

// putStatements are the texts that store statements: as recorded, as rows, or both.
type putStatements struct {
	rows map[string][]any // by text
}

func (p *putStatements) add(text, id string, props map[string]any) {
	p.rows[text] = append(p.rows[text], map[string]any{"id": id, "p": props})
}

const (
	putRaw  = "UNWIND $p.rows AS r MERGE (s:" + recordedLabel + " {id: r.id}) SET s += r.p"
	putBoth = "UNWIND $p.rows AS r MERGE (s:" + recordedLabel + " {id: r.id}) SET s = r.p"
)

var putRow = "UNWIND $p.rows AS r MATCH (s:" + recordedLabel + " {id: r.id}) WITH s, r, " + keptOfStatement + " AS kept SET s = kept SET s += r.p"

// statements stores statements as they were recorded, and their rows, which stand on
// the same nodes: most come together.
func (w *writer) statements(recorded []*statement.Recorded, twins []statement.Twin) error {
	put := &putStatements{map[string][]any{}}
	raw := map[string]map[string]any{}
	for _, r := range recorded {
		props, err := rawProperties(r)
		if err != nil {
			return err
		}
		raw[r.ID] = props
	}
	for _, t := range twins {
		props := map[string]any{}
		if !t.Gone() {
			var err error
			if props, err = properties(store.StatementRows, t); err != nil {
				return err
			}
		}
		text := putRow
		if own, ok := raw[t.ID]; ok {
			if err := checkLookups(t, own); err != nil {
				return err
			}
			delete(raw, t.ID)
			maps.Copy(props, own)
			text = putBoth
		}
		put.add(text+statementLabels(t), t.ID, props)
	}
	for _, id := range slices.Sorted(maps.Keys(raw)) {
		put.add(putRaw, id, raw[id])
	}
	for _, text := range slices.Sorted(maps.Keys(put.rows)) {
		if err := w.exec(text, params{"rows": put.rows[text]}); err != nil {
			return err
		}
	}
	return nil
}

// checkLookups refuses rows that would not be found by what was recorded.
func checkLookups(t statement.Twin, raw map[string]any) error {
	for _, view := range statement.Views {
		row := t.In(view)
		if row == nil {
			continue
		}
		for key, lookup := range lookups {
			shown, is := row.Values.Text(key), raw[lookup]
			if lookup == statement.KeyGroup {
				is = row.Values.Text(lookup)
			}
			if shown != "" && shown != is {
				return fmt.Errorf("statement %s has the %s %s in the %v view, and %v as recorded", t.ID, key, shown, view, is)
			}
		}
	}
	return nil
}

// statementLabels is the clause that gives a statement's node its labels.
func statementLabels(t statement.Twin) string {
	public, full := statementLabel, fullLabel+statementLabel
	switch {
	case t.Public != nil:
		return " SET s:" + public + ":" + full
	case t.Full != nil:
		return " REMOVE s:" + public + " SET s:" + full
	}
	return " REMOVE s:" + public + ":" + full
}
