package store

import (
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Answers gives the ids that an entity's row, read with vocab.FormerIDs, answers: its
// own and the former ones.
func Answers(row *Row) []string {
	former, _ := row.Values.Get(vocab.FormerIDs).([]string)
	return append([]string{row.ID}, former...)
}

// Named gives the ids that may be former ones of entities: those that selections
// ask for (Selection.IDs), and those that their filters compare with.
func Named(selections []Selection) (asked, compared []string) {
	for i := range selections {
		if selections[i].Of == Entities {
			asked = append(asked, selections[i].IDs...)
		}
	}
	var see func(Filter)
	see = func(f Filter) {
		switch f := f.(type) {
		case All:
			each(f, see)
		case Any:
			each(f, see)
		case Not:
			see(f.Filter)
		case Linked:
			see(f.Node)
			see(f.Link)
		case Referred:
			see(f.Filter)
		case Compare:
			if f.names() {
				for _, v := range f.Values {
					if id, ok := v.(string); ok {
						compared = append(compared, id)
					}
				}
			}
		}
	}
	var nested func([]Nested)
	nested = func(list []Nested) {
		for i := range list {
			see(list[i].Where)
			see(list[i].LinkWhere)
			nested(list[i].Nested)
			nested(list[i].LinkNested)
		}
	}
	for i := range selections {
		see(selections[i].Where)
		nested(selections[i].Nested)
	}
	return asked, compared
}

func each(list []Filter, fn func(Filter)) {
	for _, f := range list {
		fn(f)
	}
}

// Renamed gives the selections with the ids of entities in place of their former
// ids, which are the keys of the map.
func Renamed(selections []Selection, entities map[string]string) []Selection {
	if len(entities) == 0 {
		return selections
	}
	rename := func(id string) string {
		if entity := entities[id]; entity != "" {
			return entity
		}
		return id
	}
	list := renamed(selections, rename)
	for i := range list {
		if list[i].Of == Entities && list[i].IDs != nil {
			list[i].IDs = slices.Clone(list[i].IDs)
			for j, id := range list[i].IDs {
				list[i].IDs[j] = rename(id)
			}
		}
	}
	return list
}

// renamed gives the selections with other ids in the filters, at every depth.
func renamed(selections []Selection, rename func(string) string) []Selection {
	list := slices.Clone(selections)
	for i := range list {
		list[i].Where = renamedIn(list[i].Where, rename)
		list[i].Nested = renamedNested(list[i].Nested, rename)
	}
	return list
}

func renamedNested(nested []Nested, rename func(string) string) []Nested {
	list := slices.Clone(nested)
	for i := range list {
		n := &list[i]
		n.Where, n.LinkWhere = renamedIn(n.Where, rename), renamedIn(n.LinkWhere, rename)
		n.Nested, n.LinkNested = renamedNested(n.Nested, rename), renamedNested(n.LinkNested, rename)
	}
	return list
}

func renamedIn(f Filter, rename func(string) string) Filter {
	switch f := f.(type) {
	case All:
		return All(renamedAll(f, rename))
	case Any:
		return Any(renamedAll(f, rename))
	case Not:
		return Not{renamedIn(f.Filter, rename)}
	case Linked:
		f.Node, f.Link = renamedIn(f.Node, rename), renamedIn(f.Link, rename)
		return f
	case Referred:
		f.Filter = renamedIn(f.Filter, rename)
		return f
	case Compare:
		if f.names() {
			f.Values = slices.Clone(f.Values)
			for i, v := range f.Values {
				if id, ok := v.(string); ok {
					f.Values[i] = rename(id)
				}
			}
		}
		return f
	}
	return f
}

func renamedAll(list []Filter, rename func(string) string) []Filter {
	list = slices.Clone(list)
	for i := range list {
		list[i] = renamedIn(list[i], rename)
	}
	return list
}

// names reports whether it compares with the ids of entities.
func (c Compare) names() bool {
	return c.Op <= In && (c.Property == vocab.Identity || slices.Contains(entityKeys, c.Property.Name) && slices.Contains(vocab.StatementProperties, c.Property))
}

// entityKeys are the values of statements that are ids of entities of which
// others may be former ones.
var entityKeys = []string{statement.KeySubject, statement.KeyEntity, statement.KeyClaimedBy}
