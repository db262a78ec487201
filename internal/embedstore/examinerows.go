package embedstore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
)

// Compare implements doctor.State.
func (s still) Compare(want *doctor.Rows) ([]doctor.Finding, error) {
	c := rowComparison{still: s}
	for _, t := range want.Entities {
		c.row(doctor.Entities, t, s.tx.Bucket(entityRows).Get([]byte(t.ID)))
	}
	for _, list := range want.Links {
		for _, t := range list {
			c.row(doctor.Links, t, s.tx.Bucket(linkRows).Get([]byte(t.ID)))
		}
	}
	for _, t := range want.Statements {
		if key := s.tx.Bucket(idBucket).Get([]byte(t.ID)); key != nil {
			c.row(doctor.Statements, t, s.tx.Bucket(statementRows).Get(key))
		}
	}
	for id, brief := range want.Briefs {
		var data []byte
		if !brief.Zero() {
			data, _ = json.Marshal(brief) // as it was written, it cannot fail
		}
		c.bytes(doctor.Briefs, id, data, s.tx.Bucket(briefBucket).Get([]byte(id)))
	}
	for id, names := range want.Names {
		var data []byte
		if len(names) > 0 {
			data, _ = json.Marshal(names)
		}
		c.bytes(doctor.Names, id, data, s.tx.Bucket(namePersonBucket).Get([]byte(id)))
	}
	return c.found, nil
}

type rowComparison struct {
	still
	found []doctor.Finding
}

func (c *rowComparison) tell(kind doctor.Kind, format string, args ...any) {
	c.found = append(c.found, doctor.Finding{Kind: kind, Text: fmt.Sprintf(format, args...)})
}

// row compares a stored row with what would be stored.
func (c *rowComparison) row(kind doctor.Kind, want statement.Twin, data []byte) {
	if !want.Gone() && bytes.Equal(encodeTwin(want), data) || want.Gone() && data == nil {
		return
	}
	have, err := decodeTwin(want.ID, data)
	if err != nil {
		c.tell(doctor.Unreadable, "%s: %v", want.ID, err)
		return
	}
	difference := doctor.Difference(flat(want), flat(have))
	if difference == "" {
		difference = "is stored in another form"
	}
	c.tell(kind, "%s: %s", want.ID, difference)
}

// flat gives what a row holds in both views, by key; nil of one that is gone.
func flat(t statement.Twin) map[string]any {
	if t.Gone() {
		return nil
	}
	all := map[string]any{}
	for _, view := range statement.Views {
		row := t.In(view)
		if row == nil {
			continue
		}
		values := map[string]any{"row": true, "type": row.Type, "ends": row.From + " " + row.To, "unlisted": row.Unlisted}
		for _, v := range row.Values {
			values[v.Key] = v.Data
		}
		for key, data := range values {
			all[view.String()+" "+key] = data
		}
	}
	return all
}

func (c *rowComparison) bytes(kind doctor.Kind, id string, want, have []byte) {
	if bytes.Equal(want, have) {
		return
	}
	w, err := object(want)
	if err != nil {
		c.tell(doctor.Unreadable, "%s: %v", id, err)
		return
	}
	h, err := object(have)
	if err != nil {
		c.tell(doctor.Unreadable, "%s: it is no JSON", id)
		return
	}
	if difference := doctor.Difference(w, h); difference != "" {
		c.tell(kind, "%s: %s", id, difference)
	}
}

// object reads JSON as keys and values: of a list, its number and its items.
func object(data []byte) (map[string]any, error) {
	if data == nil {
		return nil, nil
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return nil, err
	}
	switch v := value.(type) {
	case map[string]any:
		return v, nil
	case []any:
		items := map[string]any{}
		for i, item := range v {
			items[fmt.Sprintf("name %d", i+1)] = item
		}
		return items, nil
	}
	return maps.Collect(func(yield func(string, any) bool) { yield("value", value) }), nil
}
