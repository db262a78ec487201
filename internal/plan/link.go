package plan

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

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
		if keys, only := onlyIDs(got.fields); only {
			_, err := c.deeper(at, "id")
			return linkEnd{got.name() == "to", keys}, err
		}
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

// onlyIDs gives the response keys of fields that ask for nothing but ids.
func onlyIDs(fields []*ast.Field) (keys []string, only bool) {
	for _, f := range fields {
		for _, selection := range f.SelectionSet {
			id, ok := selection.(*ast.Field)
			if !ok || id.Name != "id" || len(id.Directives) > 0 {
				return nil, false
			}
			if key := quoted(id.Alias); !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys, true
}

// linkEnd writes the id of an end of a link, which the link's row holds: what a view
// has a link to, it has.
type linkEnd struct {
	to   bool
	keys []string
}

func (v linkEnd) append(b []byte, _ *writer, it item) ([]byte, bool) {
	id := it.row.From
	if v.to {
		id = it.row.To
	}
	b = append(b, '{')
	for i, key := range v.keys {
		b = appendString(append(comma(b, i), key...), id)
	}
	return append(b, '}'), true
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
