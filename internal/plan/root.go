package plan

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// root is one root field of the operation: what it reads, and what it writes.
type root struct {
	collected
	cell  cell // of no row: what is nested in it are the root's selections
	first int  // the place of the first of them among the operation's
	value value
	err   *RootError

	gather func(context.Context) error // finds what to read, before that is read; nil: known
	partly *RootError                  // why the value is not all of it
}

// item gives what the root is written of.
func (r *root) item(pages []store.Page) item {
	if len(r.cell.nested) == 0 {
		return item{}
	}
	return item{nested: pages[r.first : r.first+len(r.cell.nested)]}
}

// roots compiles the operation, each root for itself. An error is one that refuses
// the operation as a whole.
func (c *compiler) roots() ([]*root, *RootError) {
	query := &ast.Field{SelectionSet: c.req.Operation.SelectionSet}
	found, err := c.collect(&path{key: "the query"}, []*ast.Field{query}, c.schema.Query)
	roots := make([]*root, len(found))
	for i, got := range found {
		roots[i] = &root{collected: got}
	}
	if err != nil {
		return nil, (&root{collected: collected{fields: []*ast.Field{firstField(query.SelectionSet)}}}).refuse(err)
	}
	introspection := c.introspection(found)
	for _, r := range roots {
		r.value, err = c.root(r, introspection)
		if err == nil {
			continue
		}
		r.err = r.refuse(err)
		if refused, ok := errors.AsType[*refusal](err); ok && refused.whole {
			return nil, r.err
		}
	}
	return roots, nil
}

// firstField gives the first field of a query: there is one.
func firstField(set ast.SelectionSet) *ast.Field {
	switch s := set[0].(type) {
	case *ast.Field:
		return s
	case *ast.InlineFragment:
		return firstField(s.SelectionSet)
	}
	return firstField(set[0].(*ast.FragmentSpread).Definition.SelectionSet)
}

func (c *compiler) root(r *root, introspection map[string]json.RawMessage) (value, error) {
	at := (*path)(nil).below(r.key)
	name := r.name()
	if plain, ok := c.req.Plain[name]; ok {
		return c.plainRoot(at, r, plain)
	}
	switch name {
	case "__typename":
		return constant(appendString(nil, c.schema.Query.Name)), nil
	case "__schema", "__type":
		return written(introspection[r.key]), nil
	case "paths", "neighborhood", "common", "centrality", "communities":
		return c.network(at, r)
	case "stockAndFlow":
		return c.stockAndFlow(at, r)
	case "search", "match":
		return c.searching(at, r)
	case "node", "nodes":
		return c.nodes(at, &r.cell, r.collected)
	case "statements":
		return c.connection(at, &r.cell, r.collected, listing{
			identity: "Query.statements", rows: store.Nested{Selection: store.Selection{Of: store.StatementRows}}, about: about{kind: aboutStatements},
		})
	}
	i := slices.IndexFunc(vocab.Types(), func(t *vocab.Type) bool { return t.Root == name })
	if i < 0 {
		return nil, unknownField(at)
	}
	t := vocab.Types()[i]
	return c.connection(at, &r.cell, r.collected, listing{
		identity: "Query." + name, rows: store.Nested{Selection: store.Selection{Types: []string{t.Name}}}, about: about{typ: t},
	})
}

// introspection has the roots answered that ask about the schema.
func (c *compiler) introspection(found []collected) map[string]json.RawMessage {
	var fields ast.SelectionSet
	for _, got := range found {
		if got.name() == "__schema" || got.name() == "__type" {
			for _, f := range got.fields {
				fields = append(fields, f)
			}
		}
	}
	if len(fields) == 0 || c.req.Introspect == nil {
		return nil
	}
	return c.req.Introspect(fields)
}
