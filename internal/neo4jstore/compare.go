package neo4jstore

import (
	"fmt"
	"strconv"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// compare is the condition for a value of the row.
func (c *compiler) compare(f store.Compare, s scope) string {
	key := f.Property.Name
	if s.of == store.StatementRows && isInForce(f) {
		return "NOT " + s.variable + ":" + c.label(retractedLabel) // which a node has at hand, other than its values
	}
	value := c.value(s, key)
	if value == "null" {
		return c.compareNull(f)
	}
	switch f.Op {
	case store.IsNull:
		if f.Values[0] == true {
			return value + " IS NULL"
		}
		return value + " IS NOT NULL"
	case store.Ne:
		return "NOT " + holds(c.equals(f, s, value))
	case store.Eq:
		return c.equals(f, s, value)
	case store.In:
		return c.isAmong(f, s, value)
	case store.Contains:
		return c.folded(f, s, value, "CONTAINS")
	case store.StartsWith:
		return c.folded(f, s, value, "STARTS WITH")
	case store.Fuzzy:
		return c.folded(f, s, value, "=~")
	case store.Lt, store.Lte, store.Gt, store.Gte:
		return c.orders(f, s, value)
	}
	return c.dated(f, s, value)
}

// compareNull is the condition for a key that rows never have.
func (c *compiler) compareNull(f store.Compare) string {
	if f.Op == store.Ne || f.Op == store.IsNull && f.Values[0] == true {
		return always
	}
	return never
}

// indexed reports whether the property's sort key is stored for the rows, so that a
// condition on it finds an index.
func (c *compiler) indexed(p *vocab.Property, s scope) bool {
	return isIndexed(s.of, p) && isValue(s.of, p.Name) && !p.Many
}

func (c *compiler) equals(f store.Compare, s scope, value string) string {
	wanted := f.Values[0]
	if isList(s.of, f.Property.Name) {
		return c.bind(wanted) + " IN " + value
	}
	bound := c.bind(wanted)
	condition := value + " = " + bound
	if found := c.found(s, f.Property.Name, " = "+bound); found != "" {
		return "(" + found + ")"
	}
	if !c.indexed(f.Property, s) {
		return condition
	}
	key := c.sortable(f.Property, wanted)
	found := c.sortedBy(s, f.Property) + " = " + c.bind(key)
	if isTold(f.Property, key) {
		return found
	}
	return "(" + found + " AND " + condition + ")"
}

// isTold reports whether only one value has the stored sort key, so that it need not
// be read beside it: a number, but not a text, which others can be alike.
func isTold(p *vocab.Property, key any) bool {
	n, ok := key.(int64)
	return ok && isNumeric(p) && n != nullNumber && (p.Value != vocab.Choice || n >= 0)
}

// found is a comparison of a statement's value that an index knows; "" if there is
// none. It is instead of the plain comparison and not beside it: from two equations
// of one thing Neo4j makes a third, and forgets the index.
func (c *compiler) found(s scope, key, comparison string) string {
	if s.of != store.StatementRows || lookups[key] == "" {
		return ""
	}
	lookup := s.variable + "." + lookups[key]
	if lookups[key] == statement.KeyGroup {
		lookup = c.value(s, statement.KeyGroup)
	}
	also := s.id()
	if key == statement.KeyEntity {
		also = s.variable + "." + keyRawProperty
	}
	condition := lookup + comparison + " AND " + also + " IS NOT NULL"
	if key == statement.KeySubject { // which a statement shows wherever it shows
		return condition
	}
	return condition + " AND " + c.value(s, key) + " IS NOT NULL"
}

func (c *compiler) sortable(p *vocab.Property, value any) any {
	return sortable(store.SortKey(p, value), isNumeric(p))
}

func (c *compiler) isAmong(f store.Compare, s scope, value string) string {
	if len(f.Values) == 0 {
		return never
	}
	values := append([]any(nil), f.Values...)
	if isList(s.of, f.Property.Name) {
		return "any(x IN " + value + " WHERE x IN " + c.bind(values) + ")"
	}
	bound := c.bind(values)
	condition := value + " IN " + bound
	if found := c.found(s, f.Property.Name, " IN "+bound); found != "" {
		return "(" + found + ")"
	}
	if !c.indexed(f.Property, s) {
		return condition
	}
	told := true
	keys := make([]any, len(values))
	for i, v := range values {
		keys[i] = c.sortable(f.Property, v)
		told = told && isTold(f.Property, keys[i])
	}
	among := c.sortedBy(s, f.Property) + " IN " + c.bind(keys)
	if told {
		return among
	}
	return "(" + among + " AND " + condition + ")"
}

// shortPrefix is how long the fold of a text may be so that sort keys, which are
// cut, begin with it too.
const shortPrefix = 200

func (c *compiler) folded(f store.Compare, s scope, value, op string) string {
	text, _ := f.Values[0].(string)
	fold := match.Fold(text)
	p := f.Property
	if isNumeric(p) && p.Value != vocab.Choice {
		return never // numbers have no text
	}
	holds := func(of, with string) string { return of + " " + op + " " + with }
	var wanted string
	if f.Op == store.Fuzzy {
		// A pattern is read anew for each row, so those are left out first that cannot match.
		parts := c.bind(match.FuzzyParts(text))
		wanted = c.bind(match.FuzzyPattern(text))
		holds = func(of, with string) string {
			return "CASE WHEN all(w IN " + parts + " WHERE any(t IN w WHERE " + of + " CONTAINS t)) THEN " + of + " =~ " + with + " ELSE false END"
		}
	} else {
		wanted = c.bind(fold)
	}
	switch {
	case isList(s.of, p.Name) && isIdentifier(s.of, p):
		return "any(x IN " + value + " WHERE " + holds("toLower(x)", wanted) + ")"
	case isList(s.of, p.Name):
		return "any(x IN " + c.stored(s, p.Name, asFold) + " WHERE " + holds("x", wanted) + ")"
	case isIdentifier(s.of, p), p.Value == vocab.Date, p.Value == vocab.Choice:
		return holds("toLower("+value+")", wanted)
	}
	if f.Op == store.StartsWith && c.indexed(p, s) && fold != "" && len(fold) <= shortPrefix && sortable(fold, false) == fold {
		return holds(c.sortedBy(s, p), wanted)
	}
	return holds(c.stored(s, p.Name, asFold), wanted)
}

// orders compares sort keys. Null is stored as the greatest one.
func (c *compiler) orders(f store.Compare, s scope, value string) string {
	p, op := f.Property, operator(f.Op)
	wanted := c.bind(c.sortable(p, f.Values[0]))
	switch {
	case isList(s.of, p.Name) && isIdentifier(s.of, p):
		return "any(x IN " + value + " WHERE toLower(x) " + op + " " + wanted + ")"
	case isList(s.of, p.Name):
		return "any(x IN " + c.sortedBy(s, p) + " WHERE x " + op + " " + wanted + ")"
	case isIdentifier(s.of, p):
		// Of times too, although they have an index: most statements are older than a
		// moment that is asked about, and by it they would all be read and sorted.
		return "toLower(" + value + ") " + op + " " + wanted
	}
	condition := c.sortedBy(s, p) + " " + op + " " + wanted
	if c.indexed(p, s) && (f.Op == store.Gt || f.Op == store.Gte) {
		return "(" + condition + " AND " + c.sortedBy(s, p) + " < " + c.bind(nullOf(isNumeric(p))) + ")"
	}
	return condition
}

// dated compares the bounds of a date, as package edtf defines it. Where there is an
// index of sort keys it is asked for those that can hold, and the bounds are read from
// the keys, which the index has at hand.
func (c *compiler) dated(f store.Compare, s scope, value string) string {
	if f.Property.Value != vocab.Date || f.Date.IsZero() || f.Property.Many {
		return never
	}
	first, last := c.stored(s, f.Property.Name, asFirst), c.stored(s, f.Property.Name, asLast)
	from, below := f.DateKeys()
	if !c.indexed(f.Property, s) || from == "" && below == "" {
		return c.bounded(f, value, first, last)
	}
	if below == "" {
		below = nullText
	}
	key := c.sortedBy(s, f.Property)
	day := strconv.Itoa(len(edtf.Min))
	conditions := []string{key + " < " + c.bind(below), c.bounded(f, value, "left("+key+", "+day+")", "right("+key+", "+day+")")}
	if from != "" {
		conditions = append([]string{key + " >= " + c.bind(from)}, conditions...)
	}
	return "(" + and(conditions) + ")"
}

// bounded compares the first and the last day that a date may mean.
func (c *compiler) bounded(f store.Compare, value, first, last string) string {
	low, high := c.bind(f.Date.Earliest()), c.bind(f.Date.Latest())
	within := fmt.Sprintf("%s >= %s AND %s <= %s", first, low, last, high)
	meets := fmt.Sprintf("%s <= %s AND %s >= %s", first, high, last, low)
	switch {
	case f.Op == store.Before && f.Possibly:
		return first + " < " + high
	case f.Op == store.Before:
		return last + " < " + low
	case f.Op == store.After && f.Possibly:
		return last + " > " + low
	case f.Op == store.After:
		return first + " > " + high
	case f.Possibly:
		return "(" + meets + ")"
	case f.Op == store.Overlaps: // a span overlaps where its bounds meet
		return fmt.Sprintf("(%s AND (%s CONTAINS '/' OR (%s)))", meets, value, within)
	}
	return "(" + within + ")"
}

func operator(op store.Op) string {
	return map[store.Op]string{store.Eq: "=", store.Ne: "<>", store.Lt: "<", store.Lte: "<=", store.Gt: ">", store.Gte: ">="}[op]
}
