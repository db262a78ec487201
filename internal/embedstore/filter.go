package embedstore

import (
	"cmp"

	"github.com/vinculo/vinculo/internal/store"
)

// holds evaluates a filter for a row.
func (r *reader) holds(f store.Filter, it item) bool {
	switch f := f.(type) {
	case store.All:
		for _, each := range f {
			if !r.holds(each, it) {
				return false
			}
		}
		return true
	case store.Any:
		for _, each := range f {
			if r.holds(each, it) {
				return true
			}
		}
		return false
	case store.Not:
		return !r.holds(f.Filter, it)
	case store.Compare:
		return f.Holds(it.get(f.Property.Name))
	case store.Linked:
		return r.linked(&f, it)
	case store.Referred:
		id, _ := it.get(f.Key).(string)
		other := r.item(f.Of, id)
		return other.id != "" && r.holds(f.Filter, other)
	}
	return true // no filter
}

// linked evaluates a filter about an entity's links, looking at no more of them
// than it takes.
func (r *reader) linked(f *store.Linked, it item) bool {
	number := 0
	for far := range r.over(it.node, &f.Step) {
		fulfils := r.holds(f.Node, far) && (f.Link == nil || r.holds(f.Link, r.relation(far.link)))
		switch {
		case f.Quantifier == store.Every:
			if !fulfils {
				return false
			}
		case !fulfils:
		case f.Quantifier == store.Some:
			return true
		case f.Quantifier == store.None:
			return false
		default:
			number++
		}
	}
	switch f.Quantifier {
	case store.Some:
		return false
	case store.None, store.Every:
		return true
	}
	return f.Op.Orders(cmp.Compare(number, f.Number))
}
