package neo4jstore

import (
	"fmt"
	"strings"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Conditions may be null where a value is: a WHERE takes that as false, and so does
// everything that negates (holds).
const (
	always = "true"
	never  = "false"
)

// holds makes a condition true or false, for negation.
func holds(condition string) string {
	if condition == always || condition == never {
		return condition
	}
	return "coalesce(" + condition + ", false)"
}

// conditions gives what all have to hold for the filter to hold.
func (c *compiler) conditions(f store.Filter, s scope) []string {
	if f == nil {
		return nil
	}
	all, ok := f.(store.All)
	if !ok {
		return []string{c.filter(f, s)}
	}
	var list []string
	for _, each := range all {
		list = append(list, c.conditions(each, s)...)
	}
	return list
}

// filter is the condition for a filter.
func (c *compiler) filter(f store.Filter, s scope) string {
	switch f := f.(type) {
	case store.All:
		list := c.conditions(f, s)
		if len(list) == 0 {
			return always
		}
		return "(" + and(list) + ")"
	case store.Any:
		return c.any(f, s)
	case store.Not:
		return "NOT " + holds(c.filter(f.Filter, s))
	case store.Compare:
		return c.compare(f, s)
	case store.Linked:
		return c.linked(f, s)
	case store.Referred:
		return c.referred(f, s)
	}
	return always
}

func (c *compiler) any(f store.Any, s scope) string {
	if len(f) == 0 {
		return never
	}
	list := make([]string, len(f))
	for i, each := range f {
		list[i] = c.filter(each, s)
	}
	return "(" + strings.Join(list, " OR ") + ")"
}

// linked is the condition for the links of an entity: node and link stand in one
// pattern, since both have to be of the same link.
func (c *compiler) linked(f store.Linked, s scope) string {
	far, rel := scope{store.Entities, c.name("n")}, scope{store.LinkRows, c.name("r")}
	in := c.inTypes(far, &f.Step)
	wanted := append(c.conditions(f.Node, far), c.conditions(f.Link, rel)...)
	shape := pattern(c.view, &f.Step, s.variable, rel.variable, "("+far.variable+")")
	if shape == "" || s.of != store.Entities {
		return c.unlinked(f)
	}
	switch f.Quantifier {
	case store.Some:
		return "EXISTS { MATCH " + shape + where(append(in, wanted...)) + " }"
	case store.None:
		return "NOT EXISTS { MATCH " + shape + where(append(in, wanted...)) + " }"
	case store.Every:
		if len(wanted) == 0 {
			return always
		}
		return "NOT EXISTS { MATCH " + shape + where(append(in, "NOT "+holds("("+and(wanted)+")"))) + " }"
	}
	return "COUNT { MATCH " + shape + where(append(in, wanted...)) + " } " + operator(f.Op) + " " + c.bind(int64(f.Number))
}

// unlinked is the condition for links of which there are none.
func (c *compiler) unlinked(f store.Linked) string {
	order := 0
	if f.Number > 0 {
		order = -1
	} else if f.Number < 0 {
		order = 1
	}
	if f.Quantifier == store.Some || f.Quantifier == store.Number && !f.Op.Orders(order) {
		return never
	}
	return always
}

// inTypes is the condition that the far end is of the step's types, if the
// relations do not say so already.
func (c *compiler) inTypes(far scope, s *store.Step) []string {
	if len(s.Types) == 0 || impliesTypes(s) {
		return nil
	}
	return []string{c.isOf(far, s.Types)}
}

// isOf is the condition that a row is of one of the types.
func (c *compiler) isOf(s scope, types []string) string {
	return c.value(s, keyType) + " IN " + c.bind(types)
}

// referred is the condition for the row that a value names.
func (c *compiler) referred(f store.Referred, s scope) string {
	other := scope{f.Of, c.name("n")}
	key := c.value(s, f.Key)
	if key == "null" || isList(s.of, f.Key) {
		return never
	}
	conditions := c.conditions(f.Filter, other)
	if f.Of == store.LinkRows {
		var branches []string
		for _, typ := range typesIn(c.view, vocab.Relations()) {
			branches = append(branches, "MATCH ()-["+other.variable+":"+typ+"]->()"+where(append([]string{other.id() + " = " + key}, conditions...))+" RETURN 1 AS one")
		}
		return "EXISTS { " + strings.Join(branches, " UNION ALL ") + " }"
	}
	return "EXISTS { MATCH (" + other.variable + ":" + c.label(baseLabel(f.Of)) + ")" + where(append([]string{other.id() + " = " + key}, conditions...)) + " }"
}

func operator(op store.Op) string {
	return map[store.Op]string{store.Eq: "=", store.Ne: "<>", store.Lt: "<", store.Lte: "<=", store.Gt: ">", store.Gte: ">="}[op]
}

// compare is the condition for a value of the row.
func (c *compiler) compare(f store.Compare, s scope) string {
	key := f.Property.Name
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
	condition := value + " = " + c.bind(wanted)
	if c.indexed(f.Property, s) {
		return "(" + c.sortedBy(s, f.Property) + " = " + c.bind(c.sortable(f.Property, wanted)) + " AND " + condition + ")"
	}
	return condition
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
	condition := value + " IN " + c.bind(values)
	if c.indexed(f.Property, s) {
		keys := make([]any, len(values))
		for i, v := range values {
			keys[i] = c.sortable(f.Property, v)
		}
		return "(" + c.sortedBy(s, f.Property) + " IN " + c.bind(keys) + " AND " + condition + ")"
	}
	return condition
}

// shortPrefix is how long the fold of a text may be so that sort keys, which are
// cut, begin with it too.
const shortPrefix = 200

func (c *compiler) folded(f store.Compare, s scope, value, op string) string {
	text, _ := f.Values[0].(string)
	fold := match.Fold(text)
	wanted := c.bind(fold)
	p := f.Property
	switch {
	case isNumeric(p) && p.Value != vocab.Choice:
		return never // numbers have no text
	case isList(s.of, p.Name) && isIdentifier(s.of, p):
		return "any(x IN " + value + " WHERE toLower(x) " + op + " " + wanted + ")"
	case isList(s.of, p.Name):
		return "any(x IN " + c.stored(s, p.Name, asFold) + " WHERE x " + op + " " + wanted + ")"
	case isIdentifier(s.of, p), p.Value == vocab.Date, p.Value == vocab.Choice:
		return "toLower(" + value + ") " + op + " " + wanted
	}
	condition := c.stored(s, p.Name, asFold) + " " + op + " " + wanted
	if op == "STARTS WITH" && c.indexed(p, s) && fold != "" && len(fold) <= shortPrefix && sortable(fold, false) == fold {
		return "(" + c.sortedBy(s, p) + " STARTS WITH " + wanted + " AND " + condition + ")"
	}
	return condition
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
	case isIdentifier(s.of, p) && !isIndexed(s.of, p):
		return "toLower(" + value + ") " + op + " " + wanted
	}
	condition := c.sortedBy(s, p) + " " + op + " " + wanted
	if c.indexed(p, s) && (f.Op == store.Gt || f.Op == store.Gte) {
		return "(" + condition + " AND " + c.sortedBy(s, p) + " < " + c.bind(nullOf(isNumeric(p))) + ")"
	}
	return condition
}

// dated compares the bounds of a date, as package edtf defines it.
func (c *compiler) dated(f store.Compare, s scope, value string) string {
	if f.Property.Value != vocab.Date || f.Date.IsZero() || f.Property.Many {
		return never
	}
	first, last := c.stored(s, f.Property.Name, asFirst), c.stored(s, f.Property.Name, asLast)
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
