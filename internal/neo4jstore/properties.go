package neo4jstore

import (
	"fmt"
	"slices"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// properties gives what a node or relationship holds for a row in both views: under
// plain keys what the public view reads, under full_ ones what the full view reads
// otherwise. It refuses a row of which the public view shows what the full one does
// not have, since plain keys are read by both.
func properties(of store.Collection, twin statement.Twin) (map[string]any, error) {
	if twin.Full == nil {
		return nil, fmt.Errorf("row %s is in the public view alone", twin.ID)
	}
	full := flat(of, twin.Full)
	public := map[string]any{}
	switch {
	case twin.Public == twin.Full:
		public = full
	case twin.Public != nil:
		public = flat(of, twin.Public)
	}
	props := make(map[string]any, len(full)+4)
	for key, data := range public {
		if _, ok := full[key]; !ok && !twinned[of][key] {
			return nil, fmt.Errorf("row %s has %s in the public view alone", twin.ID, key)
		}
		props[key] = data
	}
	for key, data := range full {
		if twinned[of][key] || !same(public[key], data) {
			props[fullKey+key] = data
		}
	}
	props[keyID] = twin.ID
	if of == store.LinkRows {
		if twin.Public != nil && (twin.Public.From != twin.Full.From || twin.Public.To != twin.Full.To || twin.Public.Type != twin.Full.Type) {
			return nil, fmt.Errorf("link %s has different ends in the two views", twin.ID)
		}
		props[keyFrom], props[keyTo] = twin.Full.From, twin.Full.To
	}
	return props, nil
}

func same(a, b any) bool {
	list, ok := b.([]string)
	if other, both := a.([]string); ok || both {
		return ok && both && slices.Equal(list, other)
	}
	if numbers, ok := b.([]int64); ok {
		other, both := a.([]int64)
		return both && slices.Equal(numbers, other)
	}
	return a == b
}

// flat gives a row's values and what is derived from them, by key.
func flat(of store.Collection, row *store.Row) map[string]any {
	m := make(map[string]any, 3*len(row.Values))
	for _, v := range row.Values {
		m[v.Key] = v.Data
		derive(m, of, propertyOf(of, row.Type, v.Key), v)
	}
	list := vocab.StatementProperties
	if of == store.Entities {
		m[keyType] = row.Type
		if row.Unlisted {
			m[keyUnlisted] = true
		}
		list = vocab.TypeOf(row.Type).Properties
	}
	for _, p := range list {
		if _, ok := m[p.Name+asSort]; !ok && isIndexed(of, p) {
			m[p.Name+asSort] = nullOf(isNumeric(p))
		}
	}
	return m
}

// derive adds what filters and orders read instead of the value. The sort key of a
// text without an index is its fold, and so stands there only where it is not.
func derive(m map[string]any, of store.Collection, p *vocab.Property, v statement.Value) {
	if isIdentifier(of, p) {
		if isIndexed(of, p) {
			m[v.Key+asSort] = sortable(store.SortKey(p, v.Data), false)
		}
		return
	}
	switch data := v.Data.(type) {
	case []string:
		fold, keys := folds(data), sortKeys(p, data)
		m[v.Key+asFold] = fold
		if !slices.Equal(fold, keys) {
			m[v.Key+asSort] = keys
		}
	case string:
		if p.Value == vocab.Date {
			if date, err := edtf.Parse(data); err == nil {
				m[v.Key+asFirst], m[v.Key+asLast] = date.Earliest(), date.Latest()
			}
		}
		key := sortable(store.SortKey(p, data), isNumeric(p))
		if isText(of, p) {
			m[v.Key+asFold] = match.Fold(data)
		}
		if key != m[v.Key+asFold] || isIndexed(of, p) {
			m[v.Key+asSort] = key
		}
	default:
		m[v.Key+asSort] = store.SortKey(p, data)
	}
}

func folds(list []string) []string {
	out := make([]string, len(list))
	for i, text := range list {
		out[i] = match.Fold(text)
	}
	return out
}

// sortKeys gives the sort keys of a property of many texts.
func sortKeys(p *vocab.Property, list []string) []string {
	out := make([]string, len(list))
	for i, text := range list {
		key, _ := store.SortKey(p, text).(string)
		out[i], _ = sortable(key, false).(string)
	}
	return out
}
