package plan

import (
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// linkField compiles a field of a link.
func (c *compiler) linkField(at *path, in *cell, got collected) (value, error) {
	switch got.name() {
	case "__typename":
		return constant(appendString(nil, linkType)), nil
	case "id":
		return rowID{}, nil
	case "relation":
		return rowType{}, nil
	case "from", "to":
		return c.reference(at, in, got, store.Entities)
	case "qualifiers":
		return c.qualifiers(at, in, got)
	case "corroborated":
		return corroborated{c.witnesses(at, in, statement.KeyLink, "id"), false}, c.selection(at, 1)
	case "statements":
		return c.statements(at, in, got, linkType, statement.KeyLink)
	}
	return c.plainField(at, in, got)
}

// plainField compiles a field that is a value of the row and nothing else.
func (c *compiler) plainField(at *path, in *cell, got collected) (value, error) {
	if len(got.fields[0].SelectionSet) > 0 {
		return nil, unknownField(at)
	}
	return c.leaf(in, got), nil
}

// reference compiles a field whose value is the id of another row.
func (c *compiler) reference(at *path, in *cell, got collected, of store.Collection) (value, error) {
	if err := c.selection(at, 1); err != nil {
		return nil, err
	}
	child, r := in.reference(at, got.name(), of)
	s, err := c.shapeOf(at, &r.cell, c.words.possible(of, got), got.fields)
	return one{child, s}, err
}

// qualifiers writes what is said of a link itself.
type qualifiers struct{ fields []qualifierField }

type qualifierField struct {
	key, name string
}

func (c *compiler) qualifiers(at *path, in *cell, got collected) (value, error) {
	in.want(statement.KeyQualifiers)
	found, err := c.collect(at, got.fields, c.typeOf(got))
	if err != nil {
		return nil, err
	}
	v := qualifiers{}
	for _, f := range found {
		if _, err := c.deeper(at, f.key); err != nil {
			return nil, err
		}
		v.fields = append(v.fields, qualifierField{quoted(f.key), f.name()})
	}
	return v, nil
}

func (v qualifiers) append(b []byte, _ *writer, it item) ([]byte, bool) {
	properties, said := statement.ReadQualifiers(it.row.Values.Text(statement.KeyQualifiers))
	b = append(b, '[')
	for i, property := range properties {
		b = append(comma(b, i), '{')
		for j, f := range v.fields {
			b = append(comma(b, j), f.key...)
			switch f.name {
			case "property":
				b = appendString(b, property)
			case "values":
				b, _ = appendScalar(b, said[property])
			default: // __typename
				b = append(b, `"Qualifier"`...)
			}
		}
		b = append(b, '}')
	}
	return append(b, ']'), true
}
