package plan

import (
	"context"
	"slices"
)

// plainRoot writes a root whose value is found before anything is read: it is
// written by the shape of the query, and the rows that it names are.
type plainRoot struct {
	data  any
	shape *plain
}

// plain is what to write of a value that is no row: nil for a leaf.
type plain struct {
	typeName string
	fields   []plainField
	named    *namedRows // of a row or a list of them: the value is their ids
}

type plainField struct {
	key, name string
	nullable  bool
	typename  bool
	shape     *plain
}

// plainRoot compiles a root whose value needs no store: it is asked for here.
func (c *compiler) plainRoot(at *path, r *root, get func(ctx context.Context) any) (value, error) {
	v := &plainRoot{data: get(c.ctx)}
	var err error
	if len(r.fields[0].SelectionSet) > 0 {
		v.shape, err = c.plain(at, &r.cell, r.collected)
	}
	return v, err
}

// plain compiles an object; what it names is read as rows of the cell.
func (c *compiler) plain(at *path, in *cell, got collected) (*plain, error) {
	def := c.typeOf(got)
	if _, isRow := c.words.types[def.Name]; isRow {
		n, err := c.named(at, in, got)
		return &plain{typeName: def.Name, named: n}, err
	}
	found, err := c.collect(at, got.fields, def)
	if err != nil {
		return nil, err
	}
	s := &plain{typeName: def.Name, fields: make([]plainField, len(found))}
	for i, f := range found {
		below, err := c.deeper(at, f.key)
		if err != nil {
			return nil, err
		}
		s.fields[i] = plainField{key: quoted(f.key), name: f.name(), nullable: f.nullable(), typename: f.name() == "__typename"}
		if len(f.fields[0].SelectionSet) == 0 {
			continue
		}
		if s.fields[i].shape, err = c.plain(below, in, f); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (v *plainRoot) append(b []byte, w *writer, it item) ([]byte, bool) {
	return v.shape.append(b, w, it, v.data)
}

func (s *plain) append(b []byte, w *writer, it item, data any) ([]byte, bool) {
	switch d := data.(type) {
	case []any:
		l := openList(b)
		for _, part := range d {
			l.item(func(b []byte) ([]byte, bool) { return s.append(b, w, it, part) })
		}
		return l.close(), true
	case []map[string]any:
		l := openList(b)
		for _, part := range d {
			l.item(func(b []byte) ([]byte, bool) { return s.append(b, w, it, part) })
		}
		return l.close(), true
	case map[string]any:
		if s == nil || d == nil {
			return b, false
		}
		return s.object(b, w, it, d)
	case nameOf:
		return d.append(b, w, it)
	}
	if s != nil && s.named != nil {
		return s.named.append(b, w, it, data)
	}
	if s != nil {
		return b, false
	}
	return appendScalar(b, data)
}

func (s *plain) object(b []byte, w *writer, it item, values map[string]any) ([]byte, bool) {
	b = append(b, '{')
	for i := range s.fields {
		if w.over = w.over || len(b) > maxAnswer; w.over {
			return b, false
		}
		f := &s.fields[i]
		b = append(comma(b, i), f.key...)
		if f.typename {
			b = appendString(b, s.typeName)
			continue
		}
		start, ok := len(b), false
		if b, ok = f.shape.append(b, w, it, values[f.name]); !ok {
			if !f.nullable {
				return b, false
			}
			b = append(b[:start], "null"...)
		}
	}
	return append(b, '}'), true
}

// read has the rows read that a value names.
func (s *plain) read(data any) {
	if s == nil {
		return
	}
	switch d := data.(type) {
	case []any:
		for _, part := range d {
			s.read(part)
		}
	case map[string]any:
		for i := range s.fields {
			s.fields[i].shape.read(d[s.fields[i].name])
		}
	default:
		if s.named != nil {
			s.named.read(data)
		}
	}
}

// asksFor reports whether the value's part at the end of the path is asked for.
func (s *plain) asksFor(path ...string) bool {
	return s != nil && slices.ContainsFunc(s.fields, func(f plainField) bool {
		return f.name == path[0] && (len(path) == 1 || f.shape.asksFor(path[1:]...))
	})
}
