package storetest

import (
	"strconv"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Shorthands in which the cases are written: statements, filters, selections, and
// the text form of an answer.

// theSource is the source of every statement that does not name another.
const theSource = "src"

// say is a statement of theSource: of a link if the property is a relation.
func say(id, subject, property, value string, with ...func(*statement.Statement)) statement.Statement {
	s := statement.Statement{ID: id, Subject: subject, Property: property, Source: theSource}
	if vocab.RelationOf(property) != nil {
		s.Entity = value
	} else {
		s.Value = value
	}
	if vocab.CuratorsAct(property) {
		s.Source = vocab.Editorial
	}
	for _, set := range with {
		set(&s)
	}
	return s
}

// entity gives the statements of an entity's type and of properties and their
// values in turn. Their ids are the entity's with the property's name, and a
// number from the second of that name on.
func entity(id, typ string, pairs ...string) []statement.Statement {
	list := []statement.Statement{say(id+".type", id, vocab.TypeProperty, typ)}
	seen := map[string]int{}
	for i := 0; i < len(pairs); i += 2 {
		name := id + "." + pairs[i]
		if seen[name]++; seen[name] > 1 {
			name += strconv.Itoa(seen[name])
		}
		list = append(list, say(name, id, pairs[i], pairs[i+1]))
	}
	return list
}

// together joins lists of statements into one commit's.
func together(lists ...[]statement.Statement) statement.Commit {
	var c statement.Commit
	for _, list := range lists {
		c.Add = append(c.Add, list...)
	}
	return c
}

// source gives the statements of a source that states itself.
func source(id string, pairs ...string) []statement.Statement {
	list := entity(id, vocab.SourceType, pairs...)
	for i := range list {
		list[i].Source = id
	}
	return list
}

func restricted(s *statement.Statement) { s.Visibility = statement.Restricted }

func denies(s *statement.Statement) { s.Denies = true }

func linkID(id string) func(*statement.Statement) {
	return func(s *statement.Statement) { s.Link = id }
}

func from(source string) func(*statement.Statement) {
	return func(s *statement.Statement) { s.Source = source }
}

func qualified(key string, values ...string) func(*statement.Statement) {
	return func(s *statement.Statement) {
		if s.Qualifiers == nil {
			s.Qualifiers = map[string][]string{}
		}
		s.Qualifiers[key] = values
	}
}

// prop gives a property by its type and name, "Person.name"; "Link." and
// "Statement." name those of links and statements.
func prop(name string) *vocab.Property {
	typ, key, _ := strings.Cut(name, ".")
	list := vocab.StatementProperties
	switch {
	case typ == "Link":
		list = vocab.LinkProperties
	case vocab.TypeOf(typ) != nil:
		list = vocab.TypeOf(typ).Properties
	}
	for _, p := range list {
		if p.Name == key {
			return p
		}
	}
	panic("no property " + name)
}

// rel gives a relation field by its type and name, "Person.detentions".
func rel(name string) *vocab.Field {
	typ, key, _ := strings.Cut(name, ".")
	return vocab.TypeOf(typ).Field(key)
}

func compare(p string, op store.Op, values ...any) store.Compare {
	return store.Compare{Property: prop(p), Op: op, Values: values}
}

func dated(p string, op store.Op, date string, possibly bool) store.Compare {
	d, err := edtf.Parse(date)
	if err != nil {
		panic(err)
	}
	return store.Compare{Property: prop(p), Op: op, Date: d, Possibly: possibly}
}

// all selects all entities of a type.
func all(typ string) store.Selection {
	return store.Selection{Types: []string{typ}, Page: store.PageOf{First: store.Everything}}
}

// filtered selects the entities of a type for which the filter holds.
func filtered(typ string, f store.Filter) store.Selection {
	s := all(typ)
	s.Where = f
	return s
}

// ordered selects all entities of a type in an order.
func ordered(typ string, order ...store.Order) store.Selection {
	s := all(typ)
	s.Order = order
	return s
}

// only selects rows by id.
func only(of store.Collection, ids ...string) store.Selection {
	return store.Selection{Of: of, IDs: ids, Page: store.PageOf{First: store.Everything}}
}

func asc(p string) store.Order  { return store.Order{Property: prop(p)} }
func desc(p string) store.Order { return store.Order{Property: prop(p), Desc: true} }

// along gives what lies along a relation field, all of it.
func along(field string, nested ...store.Nested) store.Nested {
	return store.Nested{Step: store.StepOf(rel(field)), Selection: store.Selection{
		Page: store.PageOf{First: store.Everything}, Nested: nested,
	}}
}

// with adds to a selection what is nested in it.
func with(s store.Selection, nested ...store.Nested) store.Selection {
	s.Nested = nested
	return s
}

// tree writes a page as the ids of its rows, each with /link if it came by one,
// then in () what is nested in the row and in [] what is nested in its link; pages
// are kept apart by |.
func tree(page store.Page) string {
	var rows []string
	for _, r := range page.Rows {
		text := r.Row.ID
		if r.Link != nil {
			text += "/" + r.Link.ID
		}
		if len(r.Nested) > 0 {
			text += "(" + trees(r.Nested) + ")"
		}
		if len(r.LinkNested) > 0 {
			text += "[" + trees(r.LinkNested) + "]"
		}
		rows = append(rows, text)
	}
	return strings.Join(rows, " ")
}

func trees(pages []store.Page) string {
	var list []string
	for _, p := range pages {
		list = append(list, tree(p))
	}
	return strings.Join(list, "|")
}
