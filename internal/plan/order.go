package plan

import (
	"slices"
	"strconv"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// orders compiles the coerced value of an `orderBy` argument, which may stand beside
// an asOf.
func (c *compiler) orders(at *path, a about, value any, asOf bool) ([]store.Order, error) {
	items, _ := value.([]any)
	var orders []store.Order
	for i, item := range items {
		where := "orderBy[" + strconv.Itoa(i) + "]"
		fields := fieldsOf(item)
		name, _ := fields["field"].(string)
		order, ok := a.order(name)
		if !ok {
			return nil, badInput(at, where+".field", "%s is nothing to order by here", shown(name))
		}
		if err := refuseStatus(at, order.Property, asOf, where+".field"); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(orders, func(o store.Order) bool { return o.Property == order.Property && o.Count == order.Count }) {
			return nil, badInput(at, where+".field", "%s stands there already: a second time it orders nothing", name)
		}
		order.Desc = fields["direction"] == "DESC" // null reads as the default
		orders = append(orders, order)
	}
	return orders, nil
}

// order finds what a value of an order's enumeration names.
func (a about) order(name string) (store.Order, bool) {
	properties := vocab.StatementProperties
	switch {
	case a.kind == aboutEntities && a.typ != nil:
		properties = a.typ.Properties
		for _, f := range a.typ.Fields() {
			if f.Countable && vocab.UpperSnake(f.CountName()) == name {
				return store.Order{Count: f}, true
			}
		}
	case a.kind == aboutEntities:
		properties = vocab.Types()[0].Properties
	}
	for _, p := range properties {
		if p.Orderable() && p.EnumName() == name {
			return store.Order{Property: p}, true
		}
	}
	return store.Order{}, false
}

// holdsText reports whether the sort keys of an order are strings; others are int64.
func holdsText(o store.Order) bool {
	if o.Count != nil {
		return false
	}
	switch o.Property.Value {
	case vocab.Text, vocab.URL, vocab.Date:
		return true
	}
	return false
}
