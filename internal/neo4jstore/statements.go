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

// keptOfStatement is what the node s of a statement keeps when its row goes: what
// was recorded.
var keptOfStatement = func() string {
	keys := []string{keyID, keyRaw, keyRawProperty, keyRawLink, keyRawSource, keyRawClaimant}
	for i, key := range keys {
		keys[i] = key + ": s." + key
	}
	for key, former := range formerKeys {
		keys = append(keys, fmt.Sprintf("%[1]s: coalesce(s.%[2]s, s.%[1]s)", key, former))
	}
	slices.Sort(keys)
	return "{" + strings.Join(keys, ", ") + "}"
}()

// formerKeys are those of what was recorded of a former id, by what it is found by.
var formerKeys = map[string]string{keyRawSubject: keyFormerSubject, keyRawEntity: keyFormerEntity}

// findable adds to what changes of a node what the statement is found by, as its row
// has it.
func findable(change map[string]any, was, is statement.Twin) {
	text := func(t statement.Twin, key string) string {
		if t.Full == nil {
			return ""
		}
		return t.Full.Values.Text(key)
	}
	for _, k := range []struct{ found, value, record string }{
		{keyRawSubject, statement.KeySubject, statement.KeySubjectRecord}, {keyRawEntity, statement.KeyEntity, statement.KeyEntityRecord},
	} {
		switch now, before := text(is, k.record), text(was, k.record); {
		case now != "":
			change[k.found], change[formerKeys[k.found]] = text(is, k.value), now
		case before != "":
			change[k.found], change[formerKeys[k.found]] = before, nil
		}
	}
}

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
	if r.ClaimedBy != "" {
		props[keyRawClaimant] = r.ClaimedBy
	}
	return props, nil
}

// Most statements are new when they are written: to make them costs less than to look
// for them first.
const (
	makeStatements = "UNWIND $p.rows AS r CREATE (s:" + recordedLabel + ") SET s = r.p SET s:$(r.labels)"
	putStatements  = "UNWIND $p.rows AS r MERGE (s:" + recordedLabel + " {id: r.id}) SET s += r.p SET s:$(r.labels) REMOVE s:$(r.dropped)"
)

// statements stores statements as they were recorded, and their rows, which stand on
// the same nodes: most come together.
func statements(c *statement.Change) ([]text, error) {
	put := make(map[string]map[string]any, len(c.Recorded))
	isNew := make(map[string]bool, len(c.Recorded))
	var made, changed []any
	add := func(id string, props map[string]any, labels, dropped []string) {
		if isNew[id] {
			made = append(made, map[string]any{"p": props, "labels": labels})
		} else {
			changed = append(changed, map[string]any{"id": id, "p": props, "labels": labels, "dropped": dropped})
		}
	}
	for _, r := range c.Recorded {
		props, err := rawProperties(r)
		if err != nil {
			return nil, err
		}
		put[r.ID] = props
		isNew[r.ID] = r.Sequence == c.Log.Sequence
	}
	for _, t := range c.Statements {
		was := c.Was.Statements[t.ID]
		change, err := statementChange(was, t)
		if err != nil {
			return nil, err
		}
		raw, both := put[t.ID]
		maps.Copy(change, raw)
		findable(change, was, t)
		if both {
			if err := checkLookups(t, change); err != nil {
				return nil, err
			}
			delete(put, t.ID)
		}
		labels := statementLabels(t)
		dropped := slices.DeleteFunc(statementLabels(was), func(label string) bool { return slices.Contains(labels, label) })
		add(t.ID, change, labels, dropped)
	}
	for _, id := range slices.Sorted(maps.Keys(put)) {
		add(id, put[id], []string{}, []string{})
	}
	return append(of(makeStatements, "rows", made), of(putStatements, "rows", changed)...), nil
}

// statementChange gives what a node is to hold otherwise than it did.
func statementChange(was, is statement.Twin) (map[string]any, error) {
	rows := [2]map[string]any{{}, {}}
	for i, t := range []statement.Twin{was, is} {
		if t.Gone() {
			continue
		}
		var err error
		if rows[i], err = properties(store.StatementRows, t); err != nil {
			return nil, err
		}
		delete(rows[i], keyID)
	}
	return difference(rows[0], rows[1]), nil
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
			if shown != is && (shown != "" || key == statement.KeySubject) {
				return fmt.Errorf("statement %s has the %s %s in the %v view, and %v as recorded", t.ID, key, shown, view, is)
			}
		}
	}
	return nil
}

// statementLabels gives the labels of a statement's node in the views that show it.
func statementLabels(t statement.Twin) []string {
	labels := []string{}
	for _, view := range statement.Views {
		row := t.In(view)
		if row == nil {
			continue
		}
		if labels = append(labels, labelIn(view, statementLabel)); row.Values.Get(statement.KeyRetracted) == true {
			labels = append(labels, labelIn(view, retractedLabel))
		}
	}
	return labels
}
