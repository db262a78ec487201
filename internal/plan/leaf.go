package plan

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/vocab"
)

// leaf writes a value of the row.
type leaf struct {
	key    string
	absent string // what stands for it where there is none; "": no value
}

// leaf compiles a field that is a value of the row, under its own name.
func (c *compiler) leaf(in *cell, got collected) value {
	in.want(got.name())
	return leaf{got.name(), absent(got.def().Type)}
}

// absent gives what a type makes of a value that is not there.
func absent(t *ast.Type) string {
	switch {
	case !t.NonNull:
		return ""
	case t.Elem != nil:
		return "[]"
	case t.NamedType == "Boolean":
		return "false"
	case t.NamedType == vocab.StatusEnum.Name:
		return `"UNKNOWN"`
	}
	return ""
}

func (v leaf) append(b []byte, _ *writer, it item) ([]byte, bool) {
	data := it.row.Values.Get(v.key)
	if data == nil {
		return append(b, v.absent...), v.absent != ""
	}
	return appendScalar(b, data)
}

// appendScalar appends a value as rows hold them.
func appendScalar(b []byte, data any) ([]byte, bool) {
	switch d := data.(type) {
	case string:
		return appendString(b, d), true
	case int64:
		return strconv.AppendInt(b, d, 10), true
	case int:
		return strconv.AppendInt(b, int64(d), 10), true
	case float64:
		return strconv.AppendFloat(b, d, 'g', -1, 64), true
	case bool:
		return strconv.AppendBool(b, d), true
	case []string:
		b = append(b, '[')
		for i, text := range d {
			b = appendString(comma(b, i), text)
		}
		return append(b, ']'), true
	}
	return b, false
}

// rowID writes the row's id.
type rowID struct{}

func (rowID) append(b []byte, _ *writer, it item) ([]byte, bool) {
	return appendString(b, it.row.ID), true
}

// rowType writes Row.Type: an entity's type, as __typename names it, or a link's relation.
type rowType struct{}

func (rowType) append(b []byte, _ *writer, it item) ([]byte, bool) {
	return appendString(b, it.row.Type), true
}

// one writes the row of a reference; null where it is gone.
type one struct {
	child int
	shape *shape
}

func (v one) append(b []byte, w *writer, it item) ([]byte, bool) {
	p := it.page(v.child)
	if len(p.Rows) == 0 {
		return b, false
	}
	return v.shape.append(b, w, rowOf(&p.Rows[0]))
}

// many writes all rows of a reference, as a list.
type many struct {
	child int
	shape *shape
}

func (v many) append(b []byte, w *writer, it item) ([]byte, bool) {
	p := it.page(v.child)
	l := openList(b)
	for i := range p.Rows {
		l.item(func(b []byte) ([]byte, bool) { return v.shape.append(b, w, rowOf(&p.Rows[i])) })
	}
	return l.close(), true
}
