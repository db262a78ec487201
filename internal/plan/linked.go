package plan

import (
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// relation compiles the filter on a relation field: {some, none, every, count}, or
// {node, link} where the field gives one entity.
func (f filters) relation(field *vocab.Field, value map[string]any, where string) (store.Filter, error) {
	if field.One {
		linked, err := f.linked(field, value, where)
		return linked, err
	}
	var all store.All
	for _, name := range slices.Sorted(maps.Keys(value)) {
		below := where + "." + name
		if value[name] == nil {
			return nil, f.bad(below, "null is no filter: leave it out to filter nothing")
		}
		if name == "count" {
			counts, err := f.count(field, fieldsOf(value[name]), below)
			if err != nil {
				return nil, err
			}
			all = append(all, counts...)
			continue
		}
		linked, err := f.linked(field, fieldsOf(value[name]), below)
		if err != nil {
			return nil, err
		}
		linked.Quantifier = map[string]store.Quantifier{"some": store.Some, "none": store.None, "every": store.Every}[name]
		all = append(all, linked)
	}
	if len(all) == 0 {
		return nil, f.bad(where, "empty: say some, none, every or count (`some: {}` asks for any link)")
	}
	return simple(all), nil
}

// maxLinked bounds the relations that all filters of an operation follow: a store has
// to find out for each where it is best begun.
const maxLinked = 100

// linked compiles {node, link}, of links one of which must fulfil both.
func (f filters) linked(field *vocab.Field, value map[string]any, where string) (store.Linked, error) {
	if f.c.linked++; f.c.linked > maxLinked {
		return store.Linked{}, tooLarge(f.at, where, "the operation has more than %d relations in its filters", maxLinked)
	}
	node, link, err := f.ends(vocab.TypeOf(field.Target), value, where)
	return store.Linked{Step: *store.StepOf(field), Quantifier: store.Some, Node: node, Link: link}, err
}

// ends compiles {node, link} into a filter on the far end and one on the link; nil
// where nothing is said.
func (f filters) ends(far *vocab.Type, value map[string]any, where string) (node, link store.Filter, err error) {
	for _, name := range slices.Sorted(maps.Keys(value)) {
		below := where + "." + name
		if value[name] == nil {
			return nil, nil, f.bad(below, "null is no filter: leave it out to filter nothing")
		}
		if name == "link" {
			link, err = f.filter(about{kind: aboutLinks}, fieldsOf(value[name]), below)
		} else {
			node, err = f.filter(about{aboutEntities, far}, fieldsOf(value[name]), below)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return orNil(node), orNil(link), nil
}

// count compiles {of, eq, ne, lt, lte, gt, gte}.
func (f filters) count(field *vocab.Field, value map[string]any, where string) (store.All, error) {
	var all store.All
	of, given := value["of"]
	if given && of == nil {
		return nil, f.bad(where+".of", "null is no filter: leave it out to count all links")
	}
	linked, err := f.linked(field, fieldsOf(of), where+".of")
	if err != nil {
		return nil, err
	}
	linked.Quantifier = store.Number
	for _, name := range slices.Sorted(maps.Keys(value)) {
		if name == "of" {
			continue
		}
		number, ok := value[name].(int64)
		if !ok {
			return nil, f.bad(where+"."+name, "null is no number: leave it out")
		}
		linked.Op, linked.Number = operators[name], int(number)
		all = append(all, linked)
	}
	if len(all) == 0 {
		return nil, f.bad(where, "say what the number is to be: eq, ne, lt, lte, gt or gte")
	}
	return all, nil
}
