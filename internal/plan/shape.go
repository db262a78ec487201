package plan

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/store"
)

// shape is what to write of a row: an object for each type that it may have.
type shape struct {
	only   *object            // whatever its type
	byType map[string]*object // if only is nil, by Row.Type
}

// of gives the object for a row; nil if the schema has no such type.
func (s *shape) of(row *store.Row) *object {
	if s.only != nil {
		return s.only
	}
	return s.byType[row.Type]
}

// object is what to write of a row: its fields in the order of the query.
type object struct{ fields []field }

type field struct {
	key string // "name":
	value
	nullable bool
}

// groups divides the types into those for which the fields select the same.
func (c *compiler) groups(possible []*ast.Definition, from []*ast.Field) [][]*ast.Definition {
	var conditions []string
	var spreads []*ast.FragmentDefinition
	var look func(ast.SelectionSet)
	note := func(condition string, set ast.SelectionSet) {
		if condition != "" && !slices.Contains(conditions, condition) {
			conditions = append(conditions, condition)
		}
		look(set)
	}
	look = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.InlineFragment:
				note(s.TypeCondition, s.SelectionSet)
			case *ast.FragmentSpread:
				if !slices.Contains(spreads, s.Definition) {
					spreads = append(spreads, s.Definition)
					note(s.Definition.TypeCondition, s.Definition.SelectionSet)
				}
			}
		}
	}
	for _, f := range from {
		look(f.SelectionSet)
	}
	var groups [][]*ast.Definition
	same := func(a, b *ast.Definition) bool {
		return !slices.ContainsFunc(conditions, func(condition string) bool { return applies(condition, a) != applies(condition, b) })
	}
next:
	for _, typ := range possible {
		for i := range groups {
			if same(groups[i][0], typ) {
				groups[i] = append(groups[i], typ)
				continue next
			}
		}
		groups = append(groups, []*ast.Definition{typ})
	}
	return groups
}

// shapeOf compiles what the fields select of the cell's row, which is of one of the
// possible types.
func (c *compiler) shapeOf(at *path, in *cell, possible []*ast.Definition, from []*ast.Field) (*shape, error) {
	s := &shape{}
	if len(possible) == 1 {
		o, err := c.object(at, in, s, possible, from)
		s.only = o
		return s, err
	}
	s.byType = make(map[string]*object, len(possible))
	for _, group := range c.groups(possible, from) {
		o, err := c.object(at, in, s, group, from)
		if err != nil {
			return nil, err
		}
		for _, typ := range group {
			s.byType[typ.Name] = o
		}
	}
	return s, nil
}

// object compiles what the fields select of a row of one of the types, of all of
// which they select the same.
func (c *compiler) object(at *path, in *cell, s *shape, types []*ast.Definition, from []*ast.Field) (*object, error) {
	found, err := c.collect(at, from, types[0])
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		if err := c.depth(at, at.depth+1); err != nil {
			return nil, err
		}
	}
	o := &object{make([]field, len(found))}
	for i, got := range found {
		v, err := c.member(at, in, s, types[0], got)
		if err != nil {
			return nil, err
		}
		if d, ok := v.(*degree); ok {
			d.of(types)
		}
		o.fields[i] = field{quoted(got.key), v, got.nullable()}
	}
	return o, nil
}

// made compiles what the fields select of an object that is no row, each by compile.
func (c *compiler) made(at *path, got collected, compile func(at *path, got collected) (value, error)) (*object, error) {
	def := c.typeOf(got)
	found, err := c.collect(at, got.fields, def)
	if err != nil {
		return nil, err
	}
	o := &object{make([]field, len(found))}
	for i, f := range found {
		below, err := c.deeper(at, f.key)
		if err != nil {
			return nil, err
		}
		v := value(constant(appendString(nil, def.Name)))
		if f.name() != "__typename" {
			if v, err = compile(below, f); err != nil {
				return nil, err
			}
		}
		o.fields[i] = field{quoted(f.key), v, f.nullable()}
	}
	return o, nil
}

// member compiles a field of a row: once for the same fields of the same cell.
func (c *compiler) member(at *path, in *cell, s *shape, typ *ast.Definition, got collected) (value, error) {
	if len(got.fields[0].SelectionSet) == 0 {
		return c.fieldOf(at, in, typ, got)
	}
	for _, m := range in.memo {
		if slices.Equal(m.fields, got.fields) {
			return m.value, c.again(at, m, s)
		}
	}
	below := at.below(got.key)
	m := &memo{fields: got.fields, selections: c.selections, visits: c.visits, counted: s}
	in.memo = append(in.memo, m)
	outer := c.deepest
	c.deepest = at.depth
	var err error
	if m.value, err = c.fieldOf(below, in, typ, got); err != nil {
		return nil, err
	}
	m.selections, m.visits, m.height = c.selections-m.selections, c.visits-m.visits, c.deepest-at.depth
	c.deepest = max(outer, c.deepest)
	return m.value, nil
}

// again counts what was compiled before, unless it is the same place, seen for
// objects of another type.
func (c *compiler) again(at *path, m *memo, s *shape) error {
	if m.counted == s {
		return nil
	}
	m.counted = s
	if err := c.depth(at, at.depth+m.height); err != nil {
		return err
	}
	if err := c.visit(at, m.visits); err != nil {
		return err
	}
	return c.selection(at, m.selections)
}

func (c *compiler) fieldOf(at *path, in *cell, typ *ast.Definition, got collected) (value, error) {
	switch in.of {
	case store.LinkRows:
		return c.linkField(at, in, got)
	case store.StatementRows:
		return c.statementField(at, in, got)
	}
	return c.entityField(at, in, typ, got)
}
