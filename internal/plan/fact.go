package plan

import (
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// foreignFacts stands behind every property of the table and before every relation:
// properties kept from another vocabulary, by name.
const foreignFacts = 1 << 16

// facts writes the values in force of an entity, one for each group of statements
// that say the same.
type facts struct {
	child  int
	fields []factField
}

type factField struct {
	field
	part       factPart
	statements *connection // of factStatements
	sourced    sourced     // of factCorroborated
}

// What of a fact is not a value of its best statement.
type factPart uint8

const (
	factValue factPart = iota
	factBest
	factDisputed
	factCorroborated
	factStatements
)

// facts compiles the field of that name: of the statements about the entity those in
// force, now or at the moment if there is one, are read whole, and grouped when they
// are written.
func (c *compiler) facts(at *path, in *cell, got collected, moment string) (value, error) {
	if err := c.selection(at, 1); err != nil {
		return nil, err
	}
	args, err := c.arguments(at, got.fields[0])
	if err != nil {
		return nil, err
	}
	force := inForce
	if moment != "" {
		force = inForceAt(moment)
	}
	child, r := in.child(at, string(canonical([]byte("facts "+moment), args)), store.Nested{
		Theirs: statement.KeySubject, Mine: vocab.Identity.Name,
		Selection: store.Selection{Of: store.StatementRows, Where: both(force, c.factFilter(args)), Page: store.PageOf{First: store.Everything}},
	})
	r.wanted = true
	r.want(statement.KeyProperty, statement.KeyGroup, statement.KeyPlace)
	found, err := c.collect(at, got.fields, c.typeOf(got))
	if err != nil {
		return nil, err
	}
	v := facts{child: child, fields: make([]factField, len(found))}
	for i, f := range found {
		below, err := c.deeper(at, f.key)
		if err != nil {
			return nil, err
		}
		v.fields[i].key, v.fields[i].nullable = quoted(f.key), f.nullable()
		if err := c.factField(below, r, f, &v.fields[i]); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// factFilter compiles properties and relations: those named, or all properties.
func (c *compiler) factFilter(args map[string]any) store.Filter {
	property := named(vocab.StatementProperties, statement.KeyProperty)
	if args["properties"] == nil && args["relations"] == nil {
		return store.Not{Filter: store.Compare{Property: property, Op: store.In, Values: c.words.noValues}}
	}
	names := append(wantedNames(args["properties"], c.words.properties), wantedNames(args["relations"], nil)...)
	return store.Compare{Property: property, Op: store.In, Values: names}
}

func (c *compiler) factField(at *path, r *rows, got collected, f *factField) (err error) {
	switch got.name() {
	case "__typename":
		f.value = constant(`"Fact"`)
	case "best":
		f.part = factBest
		r.want(statement.KeyRank, statement.KeyVerification, statement.KeyAttribution)
	case "disputed":
		f.part = factDisputed
		r.want(statement.KeyDisputed)
	case "corroborated":
		f.part, f.sourced = factCorroborated, sourcesOf(at, &r.cell)
		err = c.selection(at, 1)
	case "statements":
		f.part = factStatements
		f.statements, err = c.factStatements(at, r, got)
	case "entity":
		f.value, err = c.reference(at, &r.cell, got, store.Entities)
	default:
		f.value, err = c.plainField(at, &r.cell, got)
	}
	return err
}

// factStatements compiles a page of the statements of a fact: it is cut when it is
// written, out of those that were read for the facts.
func (c *compiler) factStatements(at *path, r *rows, got collected) (*connection, error) {
	var own cell
	_, page, m, err := c.list(at, &own, got, listing{
		identity: "Fact.statements", about: about{kind: aboutStatements}, rows: store.Nested{Selection: store.Selection{Of: store.StatementRows}},
	})
	if err != nil {
		return nil, err
	}
	p := &paging{c: c, rows: page, in: &r.cell}
	v := &connection{cursors: cursors{mark: m}, cut: &page.Page}
	v.fields, err = p.fields(at, c.typeOf(got), got.fields)
	return v, err
}

func (v facts) append(b []byte, w *writer, it item) ([]byte, bool) {
	l := openList(b)
	p := it.page(v.child)
	for _, g := range groupsOf(then(p, it.known), w.words.facts[it.row.Type]) {
		l.item(func(b []byte) ([]byte, bool) { return v.fact(b, w, g, p) })
	}
	return l.close(), true
}

// fact writes one group of what was read in a page.
func (v facts) fact(b []byte, w *writer, g *group, read *store.Page) ([]byte, bool) {
	b = append(b, '{')
	for i := range v.fields {
		f := &v.fields[i]
		b = append(comma(b, i), f.key...)
		switch f.part {
		case factBest:
			b, _ = appendScalar(b, g.shown)
		case factDisputed:
			b, _ = appendScalar(b, slices.ContainsFunc(g.rows, func(r *store.Result) bool { return r.Row.Values.Get(statement.KeyDisputed) == true }))
		case factCorroborated:
			b, _ = appendScalar(b, f.sourced.independent(g.rows))
		case factStatements:
			b = f.statements.page(b, w, cut(today(g.rows, read), f.statements.cut))
		default:
			var ok bool
			if b, ok = f.write(b, w, rowOf(g.best)); !ok {
				return b, false
			}
		}
	}
	return append(b, '}'), true
}
