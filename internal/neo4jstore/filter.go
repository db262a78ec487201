package neo4jstore

import (
	"strings"

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
		return "EXISTS { " + c.matchLinks(other, " = "+key, vocab.Relations(), conditions) + " }"
	}
	return "EXISTS { MATCH (" + other.variable + ":" + rowLabels(c.view, f.Of) + ")" + where(append([]string{other.id() + " = " + key}, conditions...)) + " }"
}
