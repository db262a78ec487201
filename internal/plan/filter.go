package plan

import (
	"maps"
	"slices"
	"strconv"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// kindOfFilter says about what a filter input speaks.
type kindOfFilter uint8

const (
	aboutEntities kindOfFilter = iota
	aboutLinks
	aboutStatements
)

// filters compiles the coerced value of one `where` argument.
type filters struct {
	c    *compiler
	at   *path
	asOf bool // beside it stands an asOf
}

func (f filters) bad(where, format string, args ...any) error {
	return badInput(f.at, where, format, args...)
}

// about names what a filter is about: entities of a type (nil: of any), links, or
// statements.
type about struct {
	kind kindOfFilter
	typ  *vocab.Type
}

// filter gives what the input says, all of it; All{} where it says nothing.
func (f filters) filter(a about, value map[string]any, where string) (store.Filter, error) {
	var all store.All
	for _, name := range slices.Sorted(maps.Keys(value)) {
		below := where + "." + name
		if value[name] == nil {
			return nil, f.bad(below, "null is no filter: leave it out to filter nothing")
		}
		part, err := f.member(a, name, value[name], below)
		if err != nil {
			return nil, err
		}
		all = with(all, part)
	}
	return simple(all), nil
}

// with adds a filter to those that must all hold.
func with(all store.All, part store.Filter) store.All {
	if inner, ok := part.(store.All); ok {
		return append(all, inner...)
	}
	return append(all, part)
}

func simple(all store.All) store.Filter {
	if len(all) == 1 {
		return all[0]
	}
	return all
}

// orNil gives nil for a filter that always holds: no filter.
func orNil(f store.Filter) store.Filter {
	if all, ok := f.(store.All); ok && len(all) == 0 {
		return nil
	}
	return f
}

func (f filters) member(a about, name string, value any, where string) (store.Filter, error) {
	switch name {
	case "and", "or":
		list, err := f.list(a, value, where)
		if err != nil || name == "or" {
			return store.Any(list), err
		}
		return simple(flatten(list)), nil
	case "not":
		inner, err := f.filter(a, fieldsOf(value), where)
		return store.Not{Filter: inner}, err
	}
	if err := f.condition(where); err != nil {
		return nil, err
	}
	if p := a.property(name); p != nil {
		return f.compare(a, p, fieldsOf(value), where)
	}
	if a.kind == aboutEntities {
		if field := a.field(name); field != nil {
			return f.relation(field, fieldsOf(value), where)
		}
	}
	return nil, f.bad(where, "there is no such filter here")
}

func (f filters) list(a about, value any, where string) ([]store.Filter, error) {
	items, _ := value.([]any)
	list := make([]store.Filter, len(items))
	for i, item := range items {
		var err error
		if list[i], err = f.filter(a, fieldsOf(item), where+"["+strconv.Itoa(i)+"]"); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func flatten(list []store.Filter) store.All {
	var all store.All
	for _, part := range list {
		all = with(all, part)
	}
	return all
}

// condition counts what a store has to evaluate.
func (f filters) condition(where string) error {
	most := f.c.limits.List * conditionsPerList
	if f.c.conditions++; f.c.conditions > most {
		return tooLarge(f.at, where, "the operation has more than %d conditions in its filters", most)
	}
	return nil
}

// fieldsOf gives a coerced input object; arguments has seen to it that it is one.
func fieldsOf(value any) map[string]any {
	fields, _ := value.(map[string]any)
	return fields
}

// property gives the property that a filter field compares, or nil.
func (a about) property(name string) *vocab.Property {
	switch {
	case name == vocab.Identity.Name:
		return vocab.Identity
	case a.kind == aboutLinks && name == "relation", a.kind == aboutEntities && name == vocab.RowType.Name:
		return vocab.RowType
	case a.kind == aboutLinks:
		return named(vocab.LinkProperties, name)
	case a.kind == aboutStatements:
		return named(vocab.StatementProperties, name)
	case a.typ != nil:
		return a.typ.Property(name)
	}
	if same := vocab.PropertiesOf(name); len(same) > 0 {
		return same[0] // on every type
	}
	return nil
}

func named(properties []*vocab.Property, name string) *vocab.Property {
	for _, p := range properties {
		if p.Name == name {
			return p
		}
	}
	return nil
}

// field gives the relation field that a filter field follows, or nil.
func (a about) field(name string) *vocab.Field {
	if a.typ != nil {
		return a.typ.Field(name)
	}
	return onEveryType(name)
}

// onEveryType gives the relation field that all entities have, or nil.
func onEveryType(name string) *vocab.Field {
	if f := vocab.Types()[0].Field(name); f != nil && f.On[0] == vocab.AnyEntity {
		return f
	}
	return nil
}
