package storetest

import "github.com/vinculo/vinculo/internal/store"

// holds evaluates a filter for a row of the view.
func (r reader) holds(f store.Filter, row *store.Row) bool {
	switch f := f.(type) {
	case store.All:
		for _, each := range f {
			if !r.holds(each, row) {
				return false
			}
		}
		return true
	case store.Any:
		for _, each := range f {
			if r.holds(each, row) {
				return true
			}
		}
		return false
	case store.Not:
		return !r.holds(f.Filter, row)
	case store.Compare:
		return f.Holds(value(row, f.Property.Name))
	case store.Linked:
		return r.linked(f, row)
	case store.Referred:
		id, _ := value(row, f.Key).(string)
		other := r.row(f.Of, id)
		return other != nil && r.holds(f.Filter, other)
	}
	return true // nil
}

func (r reader) linked(f store.Linked, row *store.Row) bool {
	links := r.steps(row, &f.Step)
	number := 0
	for _, l := range links {
		if r.holds(f.Node, l.Row) && r.holds(f.Link, l.Link) {
			number++
		}
	}
	switch f.Quantifier {
	case store.Some:
		return number > 0
	case store.None:
		return number == 0
	case store.Every:
		return number == len(links)
	}
	order := 0
	if number < f.Number {
		order = -1
	} else if number > f.Number {
		order = 1
	}
	return f.Op.Orders(order)
}
