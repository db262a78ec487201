package statement

import (
	"cmp"
	"slices"

	"github.com/vinculo/vinculo/internal/vocab"
)

// Count is by how much a commit changes the number of an entity's links in a field
// of the vocabulary that is Countable, in a view. Of an entity that the view did not
// have before the commit, or not as one of this type, the number is counted from 0.
type Count struct {
	Entity string
	Field  *vocab.Field
	View   View
	By     int
}

// place is where links are counted.
type place struct {
	entity string
	field  *vocab.Field
	view   View
}

// counts gives what differs between the numbers of links at the two moments. All
// links that count elsewhere than before are loaded: those that come and go, and
// those to an entity that begins to exist, or has another type.
func (w *world) counts(was, is map[string]Twin) []Count {
	numbers := map[place]int{}
	for m, links := range [...]map[string]Twin{before: was, after: is} {
		for _, t := range links {
			for _, v := range Views {
				if row := t.In(v); row != nil {
					w.count(moment(m), v, row, numbers)
				}
			}
		}
	}
	var list []Count
	for at, by := range numbers {
		if by != 0 {
			list = append(list, Count{at.entity, at.field, at.view, by})
		}
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.Field.Name, b.Field.Name), cmp.Compare(a.View, b.View))
	})
	return list
}

// count adds a link to the numbers at its ends, or takes it from them.
func (w *world) count(m moment, v View, link *Row, numbers map[place]int) {
	relation := vocab.RelationOf(link.Type)
	for _, f := range relation.Fields {
		if !f.Countable {
			continue
		}
		at := func(near, far string) {
			switch t := vocab.TypeOf(w.brief(m, near).Type); {
			case t == nil || !slices.Contains(t.Fields(), f):
			case f.Target != vocab.AnyEntity && f.Target != w.brief(m, far).Type:
			case m == after:
				numbers[place{near, f, v}]++
			case !w.restarts(v, near):
				numbers[place{near, f, v}]--
			}
		}
		if !f.Reverse || relation.Symmetric {
			at(link.From, link.To)
		}
		if f.Reverse || relation.Symmetric {
			at(link.To, link.From)
		}
	}
}

// restarts reports whether the view has the entity anew, or not as it was.
func (w *world) restarts(v View, id string) bool {
	was, is := w.brief(before, id), w.brief(after, id)
	return was.Exists(v) != is.Exists(v) || was.Type != is.Type
}
