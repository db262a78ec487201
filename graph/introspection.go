package graph

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// maxIntrospection bounds the fields of an answer about the schema itself: several
// times what tools ask for.
const maxIntrospection = 100_000

// allowIntrospection refuses an operation whose __schema and __type would give more
// than maxIntrospection fields. They count apart from rows, since they read none.
func allowIntrospection(ctx context.Context, s *ast.Schema, op *graphql.OperationContext) *gqlerror.Error {
	c := newIntrospectionCost(ctx, s, op.Variables)
	switch total := c.operation(op.Operation); {
	case ctx.Err() != nil:
		return Errorf(CodeTimeout, "the answer took too long: ask for less at once")
	case total > maxIntrospection:
		return Errorf(CodeQueryTooComplex, "the answer about the schema would have more than %d fields: ask for fewer types at once", maxIntrospection)
	}
	return nil
}

// introspectionCost counts the fields of an answer without making it: each field of
// the operation is counted once for each element of the schema that it is asked of.
type introspectionCost struct {
	ctx       context.Context
	schema    *ast.Schema
	variables map[string]any
	known     map[place]int
	selected  map[*ast.Field][]*ast.Field // below a field, fragments expanded
	steps     int                         // fields looked at: each is at least one of the answer
	expanded  int                         // selections looked at to find them
}

func newIntrospectionCost(ctx context.Context, s *ast.Schema, variables map[string]any) *introspectionCost {
	return &introspectionCost{ctx: ctx, schema: s, variables: variables, known: map[place]int{}, selected: map[*ast.Field][]*ast.Field{}}
}

// place is a field asked of an element of the schema: an operationRoot,
// *ast.Schema, *ast.Definition, wrappedType, *ast.FieldDefinition,
// *ast.ArgumentDefinition, *ast.EnumValueDefinition or *ast.DirectiveDefinition.
type place struct {
	field   *ast.Field
	element any
}

// operationRoot is where an operation starts.
type operationRoot struct{}

// wrappedType is a list or, unless inner, what is not null: a type with an ofType.
type wrappedType struct {
	typ   *ast.Type
	inner bool // below its own exclamation mark
}

// operation counts a little more than maxIntrospection at most, whatever is asked.
func (c *introspectionCost) operation(op *ast.OperationDefinition) int {
	return c.of(&ast.Field{SelectionSet: op.SelectionSet}, operationRoot{})
}

// of counts what the field selects of an element.
func (c *introspectionCost) of(f *ast.Field, element any) int {
	total := 0
	for _, selected := range c.fields(f) {
		if c.steps > maxIntrospection || c.ctx.Err() != nil {
			return maxIntrospection + 1
		}
		if total += c.ofField(selected, element); total > maxIntrospection {
			return maxIntrospection + 1
		}
	}
	return total
}

// fields gives the fields that stand below a field, in whatever fragments. A fragment
// is looked at once, however often it is spread there: it would give the same fields
// again. So a document's cost here is the square of its size at most.
func (c *introspectionCost) fields(f *ast.Field) []*ast.Field {
	if found, ok := c.selected[f]; ok {
		return found
	}
	var found []*ast.Field
	seen := map[*ast.FragmentDefinition]bool{}
	var look func(ast.SelectionSet)
	look = func(set ast.SelectionSet) {
		c.expanded += len(set)
		for _, selected := range set {
			switch selected := selected.(type) {
			case *ast.Field:
				found = append(found, selected)
			case *ast.InlineFragment:
				look(selected.SelectionSet)
			case *ast.FragmentSpread:
				if !seen[selected.Definition] {
					seen[selected.Definition] = true
					look(selected.Definition.SelectionSet)
				}
			}
		}
	}
	look(f.SelectionSet)
	c.selected[f] = found
	return found
}

func (c *introspectionCost) ofField(f *ast.Field, element any) int {
	c.steps++
	at := place{f, element}
	if total, ok := c.known[at]; ok {
		return total
	}
	total := 1
	if element == any(operationRoot{}) {
		total = 0 // but for __schema and __type, which give at least one below
	}
	for _, below := range c.below(f, element) {
		if total += c.of(f, below); total > maxIntrospection {
			break
		}
	}
	c.known[at] = total
	return total
}

// below gives the elements that a field leads to.
func (c *introspectionCost) below(f *ast.Field, element any) []any {
	switch e := element.(type) {
	case operationRoot:
		return c.belowRoot(f)
	case *ast.Schema:
		return c.belowSchema(f)
	case *ast.Definition:
		return c.belowDefinition(f, e)
	case wrappedType:
		if f.Name != "ofType" {
			return nil
		}
		if !e.inner {
			return c.typeOf(e.typ, true)
		}
		return c.typeOf(e.typ.Elem, false)
	case *ast.FieldDefinition:
		if f.Name == "args" {
			return elements(e.Arguments)
		}
		if f.Name == "type" {
			return c.typeOf(e.Type, false)
		}
	case *ast.ArgumentDefinition:
		if f.Name == "type" {
			return c.typeOf(e.Type, false)
		}
	case *ast.DirectiveDefinition:
		if f.Name == "args" {
			return elements(e.Arguments)
		}
	}
	return nil
}

func (c *introspectionCost) belowRoot(f *ast.Field) []any {
	switch f.Name {
	case "__schema":
		return []any{c.schema}
	case "__type":
		if name, ok := f.ArgumentMap(c.variables)["name"].(string); ok && c.schema.Types[name] != nil {
			return []any{c.schema.Types[name]}
		}
	}
	return nil
}

func (c *introspectionCost) belowSchema(f *ast.Field) []any {
	switch f.Name {
	case "types":
		return elements(slices.Collect(maps.Values(c.schema.Types)))
	case "directives":
		return elements(slices.Collect(maps.Values(c.schema.Directives)))
	case "queryType":
		return []any{c.schema.Query}
	case "mutationType", "subscriptionType":
		root := map[string]*ast.Definition{"mutationType": c.schema.Mutation, "subscriptionType": c.schema.Subscription}[f.Name]
		if root != nil {
			return []any{root}
		}
	}
	return nil
}

func (c *introspectionCost) belowDefinition(f *ast.Field, d *ast.Definition) []any {
	switch f.Name {
	case "fields", "inputFields":
		if (f.Name == "inputFields") == (d.Kind == ast.InputObject) {
			return elements(slices.DeleteFunc(slices.Clone(d.Fields), func(f *ast.FieldDefinition) bool { return strings.HasPrefix(f.Name, "__") }))
		}
	case "enumValues":
		return elements(d.EnumValues)
	case "possibleTypes":
		if d.IsAbstractType() {
			return elements(c.schema.GetPossibleTypes(d))
		}
	case "interfaces":
		return elements(c.schema.GetImplements(d))
	}
	return nil
}

// typeOf gives the type of a field or argument as introspection unwraps it.
func (c *introspectionCost) typeOf(t *ast.Type, inner bool) []any {
	switch {
	case t.NonNull && !inner:
		return []any{wrappedType{t, false}}
	case t.Elem != nil:
		return []any{wrappedType{t, true}}
	}
	return []any{c.schema.Types[t.NamedType]}
}

func elements[T any](list []T) []any {
	all := make([]any, len(list))
	for i, e := range list {
		all[i] = e
	}
	return all
}
