package plan

import (
	"context"
)

// plainRoot writes a root that needs no store: its value is asked for here, and
// written by the shape of the query.
type plainRoot struct {
	data  any
	shape *plain
}

// plain is what to write of a value that is no row: nil for a leaf.
type plain struct {
	typeName string
	fields   []plainField
}

type plainField struct {
	key, name string
	nullable  bool
	typename  bool
	shape     *plain
}

func (c *compiler) plainRoot(at *path, got collected, get func(ctx context.Context) any) (value, error) {
	v := plainRoot{data: get(c.ctx)}
	var err error
	if len(got.fields[0].SelectionSet) > 0 {
		v.shape, err = c.plain(at, got)
	}
	return v, err
}

func (c *compiler) plain(at *path, got collected) (*plain, error) {
	def := c.typeOf(got)
	found, err := c.collect(at, got.fields, def)
	if err != nil {
		return nil, err
	}
	s := &plain{def.Name, make([]plainField, len(found))}
	for i, f := range found {
		below, err := c.deeper(at, f.key)
		if err != nil {
			return nil, err
		}
		s.fields[i] = plainField{key: quoted(f.key), name: f.name(), nullable: f.nullable(), typename: f.name() == "__typename"}
		if len(f.fields[0].SelectionSet) == 0 {
			continue
		}
		if s.fields[i].shape, err = c.plain(below, f); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (v plainRoot) append(b []byte, w *writer, _ item) ([]byte, bool) {
	return v.shape.append(b, w, v.data)
}

func (s *plain) append(b []byte, w *writer, data any) ([]byte, bool) {
	switch d := data.(type) {
	case []any:
		l := openList(b)
		for _, item := range d {
			l.item(func(b []byte) ([]byte, bool) { return s.append(b, w, item) })
		}
		return l.close(), true
	case []map[string]any:
		l := openList(b)
		for _, item := range d {
			l.item(func(b []byte) ([]byte, bool) { return s.append(b, w, item) })
		}
		return l.close(), true
	case map[string]any:
		if s == nil || d == nil {
			return b, false
		}
		return s.object(b, w, d)
	}
	if s != nil {
		return b, false
	}
	return appendScalar(b, data)
}

func (s *plain) object(b []byte, w *writer, values map[string]any) ([]byte, bool) {
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
		if b, ok = f.shape.append(b, w, values[f.name]); !ok {
			if !f.nullable {
				return b, false
			}
			b = append(b[:start], "null"...)
		}
	}
	return append(b, '}'), true
}
