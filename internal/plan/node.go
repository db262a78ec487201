package plan

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// byID writes the roots node and nodes: entities, links and statements have one
// namespace of ids, so all three collections are asked.
type byID struct {
	ids    []string
	list   bool
	shapes []*shape // of what was read, in the order of the root's selections
}

// nodes compiles node and nodes. A collection of which nothing would be written is
// not read: with fragments on entities only, the id of a link gives null.
func (c *compiler) nodes(at *path, in *cell, got collected) (value, error) {
	if err := c.selection(at, 1); err != nil {
		return nil, err
	}
	args, err := c.arguments(at, got.fields[0])
	if err != nil {
		return nil, err
	}
	v := byID{list: got.name() == "nodes"}
	if id, ok := args["id"].(string); ok {
		v.ids = []string{id}
	}
	ids, _ := args["ids"].([]any)
	for _, id := range ids {
		v.ids = append(v.ids, id.(string)) // coerced to ID
	}
	wanted := slices.DeleteFunc(slices.Clone(v.ids), func(id string) bool { return !statement.ValidID(id) })
	var all []*rows
	var shapes []*shape
	for of, types := range [][]*ast.Definition{c.words.types[vocab.AnyEntity], c.words.types[linkType], c.words.types[statement.StatementType]} {
		if !anyFor(types, got.fields) {
			continue
		}
		r := newRows(at, store.Nested{Selection: store.Selection{Of: store.Collection(of), IDs: wanted, Page: store.PageOf{First: len(wanted)}}})
		r.wanted = true
		if r.Of == store.Entities {
			r.want(vocab.FormerIDs) // by which it may be asked for
		}
		s, err := c.shapeOf(at, &r.cell, types, got.fields)
		if err != nil {
			return nil, err
		}
		all, shapes = append(all, r), append(shapes, s)
	}
	nothing := !slices.ContainsFunc(shapes, func(s *shape) bool { return !s.empty() })
	for i, s := range shapes {
		if len(wanted) > 0 && (nothing || !s.empty()) {
			in.nested, v.shapes = append(in.nested, all[i]), append(v.shapes, s)
		}
	}
	return v, nil
}

// anyFor reports whether anything may be selected of an object of one of the types.
func anyFor(types []*ast.Definition, from []*ast.Field) bool {
	about := func(condition string) bool {
		return slices.ContainsFunc(types, func(typ *ast.Definition) bool { return applies(condition, typ) })
	}
	return slices.ContainsFunc(from, func(f *ast.Field) bool {
		return slices.ContainsFunc(f.SelectionSet, func(selection ast.Selection) bool {
			switch s := selection.(type) {
			case *ast.InlineFragment:
				return about(s.TypeCondition)
			case *ast.FragmentSpread:
				return about(s.Definition.TypeCondition)
			}
			return true
		})
	})
}

// empty reports whether nothing is written of any row.
func (s *shape) empty() bool {
	if s.only != nil {
		return len(s.only.fields) == 0
	}
	for _, o := range s.byType {
		if len(o.fields) > 0 {
			return false
		}
	}
	return true
}

func (v byID) append(b []byte, w *writer, it item) ([]byte, bool) {
	if !v.list {
		return v.node(b, w, it, v.ids[0])
	}
	b = append(b, '[')
	for i, id := range v.ids {
		b = comma(b, i)
		start, ok := len(b), false
		if b, ok = v.node(b, w, it, id); !ok {
			b = append(b[:start], "null"...)
		}
	}
	return append(b, ']'), true
}

func (v byID) node(b []byte, w *writer, it item, id string) ([]byte, bool) {
	for i, s := range v.shapes {
		p := it.page(i)
		// At most 250 rows, in the order of the ids asked for: looking at each is soon done.
		if j := slices.IndexFunc(p.Rows, func(r store.Result) bool { return slices.Contains(store.Answers(r.Row), id) }); j >= 0 {
			return s.append(b, w, rowOf(&p.Rows[j]))
		}
	}
	return b, false
}
