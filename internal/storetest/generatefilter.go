package storetest

import (
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// drawFilter draws a filter on rows of the types, at most so deep.
func drawFilter(t *rapid.T, of store.Collection, types []string, depth int) store.Filter {
	if depth == 0 {
		return drawCompare(t, of, types)
	}
	switch rapid.IntRange(0, 9).Draw(t, "filter") {
	case 0, 1, 2:
		return drawCompare(t, of, types)
	case 3:
		return store.Not{Filter: drawFilter(t, of, types, depth-1)}
	case 4:
		return store.All(drawFilters(t, of, types, depth-1))
	case 5:
		return store.Any(drawFilters(t, of, types, depth-1))
	}
	if of == store.Entities {
		return drawLinked(t, types, depth-1)
	}
	return drawReferred(t, of, depth-1)
}

func drawFilters(t *rapid.T, of store.Collection, types []string, depth int) []store.Filter {
	list := make([]store.Filter, rapid.IntRange(0, 3).Draw(t, "filters"))
	for i := range list {
		list[i] = drawFilter(t, of, types, depth)
	}
	return list
}

func drawLinked(t *rapid.T, types []string, depth int) store.Filter {
	l := store.Linked{
		Step:       drawStep(t, types),
		Quantifier: pick(t, "quantifier", []store.Quantifier{store.Some, store.None, store.Every, store.Number}),
	}
	if rapid.Bool().Draw(t, "of node") {
		l.Node = drawFilter(t, store.Entities, l.Step.Types, depth)
	}
	if rapid.Bool().Draw(t, "of link") {
		l.Link = drawFilter(t, store.LinkRows, nil, min(depth, 1))
	}
	if l.Quantifier == store.Number {
		l.Op = pick(t, "op", []store.Op{store.Eq, store.Ne, store.Lt, store.Lte, store.Gt, store.Gte})
		l.Number = rapid.IntRange(0, 3).Draw(t, "number")
	}
	return l
}

func drawReferred(t *rapid.T, of store.Collection, depth int) store.Filter {
	keys := []string{"from", "to"}
	if of == store.StatementRows {
		keys = []string{statement.KeySubject, statement.KeySource, statement.KeyEntity, statement.KeyClaimedBy}
	}
	return store.Referred{Key: pick(t, "key", keys), Of: store.Entities, Filter: drawFilter(t, store.Entities, nil, depth)}
}

func drawCompare(t *rapid.T, of store.Collection, types []string) store.Filter {
	var list []*vocab.Property
	for _, p := range propertiesOf(of, types) {
		if p.Value != vocab.Refs {
			list = append(list, p)
		}
	}
	list = append(list, vocab.Identity)
	if of != store.StatementRows {
		list = append(list, vocab.RowType)
	}
	p := pick(t, "property", list)
	c := store.Compare{Property: p, Op: pick(t, "op", opsOf(p))}
	switch c.Op {
	case store.IsNull:
		c.Values = []any{rapid.Bool().Draw(t, "null")}
	case store.On, store.Before, store.After, store.Overlaps:
		c.Date, _ = edtf.Parse(pick(t, "date", dates))
		c.Possibly = rapid.Bool().Draw(t, "possibly")
	case store.In:
		for range rapid.IntRange(0, 3).Draw(t, "values") {
			c.Values = append(c.Values, drawOperand(t, p))
		}
	case store.Contains, store.StartsWith, store.Fuzzy:
		c.Values = []any{pick(t, "part", []string{"an", "Ana", "ñ", "%", ".*", "'", "zet", "", "MUY LARGO", "😀", "dicen QUE ana", "fictisia", "ana estuov", "lrago"})}
	default:
		c.Values = []any{drawOperand(t, p)}
	}
	return c
}

// opsOf gives the operators that a property's type allows.
func opsOf(p *vocab.Property) []store.Op {
	if p == vocab.Identity || p == vocab.RowType {
		return []store.Op{store.Eq, store.Ne, store.In}
	}
	if isTime(p) {
		return []store.Op{store.IsNull, store.Eq, store.Lt, store.Lte, store.Gt, store.Gte}
	}
	switch p.Value {
	case vocab.Date:
		return []store.Op{store.IsNull, store.On, store.Before, store.After, store.Overlaps}
	case vocab.Integer, vocab.Choice:
		return []store.Op{store.Eq, store.Ne, store.In, store.IsNull, store.Lt, store.Lte, store.Gt, store.Gte}
	case vocab.Boolean:
		return []store.Op{store.Eq, store.Ne, store.IsNull}
	}
	return []store.Op{store.Eq, store.Ne, store.In, store.IsNull, store.Contains, store.StartsWith, store.Fuzzy}
}

// isTime reports whether the property is when a commit was.
func isTime(p *vocab.Property) bool {
	return p.Name == statement.KeyAt || p.Name == statement.KeyRetractedAt
}

// drawOperand draws a value that the property might have.
func drawOperand(t *rapid.T, p *vocab.Property) any {
	switch {
	case p == vocab.RowType:
		return pick(t, "type", append([]string{"MEMBER_OF", "HELD_AT"}, typeNames...))
	case p == vocab.Identity, p.Name == statement.KeySubject, p.Name == statement.KeyEntity, p.Name == statement.KeySource, p.Name == statement.KeyClaimedBy:
		return pick(t, "id", append([]string{vocab.Editorial, "x1", "x5"}, entityIDs...))
	case isTime(p):
		return moment(rapid.IntRange(0, 8).Draw(t, "moment"))
	case p.Name == statement.KeyProperty:
		return pick(t, "name", []string{"name", "type", "start", "notes", "MEMBER_OF", "HAS_DETENTION"})
	}
	switch p.Value {
	case vocab.Integer:
		return pick(t, "number", []any{int64(0), int64(1), int64(120), int64(360), int64(1000), int64(2)})
	case vocab.Boolean:
		return rapid.Bool().Draw(t, "boolean")
	case vocab.Choice:
		return pick(t, "choice", names(p.Enum.Values, func(v vocab.EnumValue) string { return v.Name }))
	case vocab.Count:
		return pick(t, "count", counts)
	case vocab.URL:
		return pick(t, "url", urls)
	}
	return match.NFC(pick(t, "text", texts))
}
