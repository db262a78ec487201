package plan

import (
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/tally"
)

// built writes objects that are no rows, each of something that was made of rows.
type built[T any] []builtField[T]

type builtField[T any] struct {
	key      string
	nullable bool
	append   writes[T]
}

// writes appends a value as value.append does.
type writes[T any] func(b []byte, w *writer, of T) ([]byte, bool)

// build compiles what is selected of such an object, each field by compile.
func build[T any](c *compiler, at *path, got collected, compile func(at *path, got collected) (writes[T], error)) (built[T], error) {
	def := c.typeOf(got)
	found, err := c.collect(at, got.fields, def)
	if err != nil {
		return nil, err
	}
	o := make(built[T], len(found))
	for i, f := range found {
		below, err := c.deeper(at, f.key)
		if err != nil {
			return nil, err
		}
		o[i] = builtField[T]{key: quoted(f.key), nullable: f.nullable()}
		if f.name() == "__typename" {
			o[i].append = func(b []byte, _ *writer, _ T) ([]byte, bool) { return appendString(b, def.Name), true }
		} else if o[i].append, err = compile(below, f); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (o built[T]) append(b []byte, w *writer, of T) ([]byte, bool) {
	b = append(b, '{')
	for i := range o {
		if w.over = w.over || len(b) > maxAnswer; w.over {
			return b, false
		}
		b = append(comma(b, i), o[i].key...)
		start, ok := len(b), false
		if b, ok = o[i].append(b, w, of); !ok {
			if !o[i].nullable {
				return b, false
			}
			b = append(b[:start], "null"...)
		}
	}
	return append(b, '}'), true
}

func appendEach[T any](b []byte, w *writer, of []T, write writes[T]) []byte {
	l := openList(b)
	for _, one := range of {
		l.item(func(b []byte) ([]byte, bool) { return write(b, w, one) })
	}
	return l.close()
}

// computed is a value that is computed of a row and of what was read with it.
type computed writes[item]

func (v computed) append(b []byte, w *writer, it item) ([]byte, bool) { return v(b, w, it) }

// countRange compiles a CountRange, of whatever of gives the range.
func countRange[T any](c *compiler, at *path, got collected, of func(T) tally.Range) (writes[T], error) {
	o, err := build(c, at, got, func(at *path, got collected) (writes[tally.Range], error) {
		name := got.name()
		return func(b []byte, _ *writer, r tally.Range) ([]byte, bool) {
			end := r.Max
			switch name {
			case "about":
				return appendScalar(b, r.About)
			case "min":
				end = r.Min
			}
			if end == nil || *end != int64(int32(*end)) { // beyond what an Int can say
				return b, false
			}
			return appendScalar(b, *end)
		}, nil
	})
	return func(b []byte, w *writer, t T) ([]byte, bool) { return o.append(b, w, of(t)) }, err
}

// rowShape compiles what is selected of a page's rows, and linkShape of their links.
func (c *compiler) rowShape(at *path, r *rows, got collected) (*shape, error) {
	return c.shapeOf(at, &r.cell, c.words.possible(r.cell.of, got), got.fields)
}

func (c *compiler) linkShape(at *path, r *rows, got collected) (*shape, error) {
	return c.shapeOf(at, &r.link, c.words.possible(store.LinkRows, got), got.fields)
}
