package plan

import (
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// degree writes the number of links of each relation of an entity. The relations are
// counted one by one, without rows, and as one selection against the bound.
type degree struct {
	in     *cell
	at     *path
	wanted []any       // names of relations; nil: all
	counts []linkCount // in the order of the vocabulary
	fields []degreeField
}

// linkCount says where the links of a relation are counted.
type linkCount struct {
	relation *vocab.Relation
	child    int
	step     *store.Step
}

type degreeField struct{ key, name string }

func (c *compiler) degree(at *path, in *cell, got collected) (value, error) {
	if err := c.selection(at, 1); err != nil {
		return nil, err
	}
	args, err := c.arguments(at, got.fields[0])
	if err != nil {
		return nil, err
	}
	v := &degree{in: in, at: at}
	v.wanted, _ = args["relations"].([]any)
	found, err := c.collect(at, got.fields, c.typeOf(got))
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		if _, err := c.deeper(at, f.key); err != nil {
			return nil, err
		}
		v.fields = append(v.fields, degreeField{quoted(f.key), f.name()})
	}
	return v, nil
}

// of has those relations counted that entities of the types may have. It is called
// for all types of whose entities the value is written.
func (v *degree) of(types []*ast.Definition) {
	for _, r := range vocab.Relations() {
		if v.wanted != nil && !slices.Contains(v.wanted, any(r.Name)) {
			continue
		}
		out := slices.ContainsFunc(types, func(d *ast.Definition) bool { return r.HasFrom(d.Name) })
		in := slices.ContainsFunc(types, func(d *ast.Definition) bool { return r.HasTo(d.Name) })
		if out || in {
			step := v.count(r).step
			step.Out, step.In = step.Out || out || r.Symmetric, step.In || in || r.Symmetric
		}
	}
}

// count gives the place where a relation is counted.
func (v *degree) count(r *vocab.Relation) linkCount {
	if i := slices.IndexFunc(v.counts, func(c linkCount) bool { return c.relation == r }); i >= 0 {
		return v.counts[i]
	}
	child, rows := v.in.child(v.at, "degree "+r.Name, store.Nested{Step: &store.Step{Relations: []string{r.Name}}})
	rows.Total = true
	count := linkCount{r, child, rows.Step}
	place := func(r *vocab.Relation) int { return slices.Index(vocab.Relations(), r) }
	before, _ := slices.BinarySearchFunc(v.counts, count, func(a, b linkCount) int { return place(a.relation) - place(b.relation) })
	v.counts = slices.Insert(v.counts, before, count)
	return count
}

func (v *degree) append(b []byte, _ *writer, it item) ([]byte, bool) {
	b = append(b, '[')
	written := 0
	for _, count := range v.counts {
		total := it.page(count.child).Total
		if total == 0 {
			continue
		}
		b = append(comma(b, written), '{')
		written++
		for i, f := range v.fields {
			b = append(comma(b, i), f.key...)
			switch f.name {
			case "relation":
				b = appendString(b, count.relation.Name)
			case "totalCount":
				b = strconv.AppendInt(b, int64(total), 10)
			default: // __typename
				b = append(b, `"Degree"`...)
			}
		}
		b = append(b, '}')
	}
	return append(b, ']'), true
}
