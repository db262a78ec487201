package plan

import (
	"context"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/store"
)

// compiler compiles one operation.
type compiler struct {
	*Planner
	ctx context.Context // of the roots that need no store, called while compiling
	req Request

	walk *network.Walk         // of the roots about the graph as a whole, once there is one
	met  map[string]*store.Row // links that it has met and the answer holds

	selections, visits, conditions, linked, values, texts int // what it has cost so far
	deepest                                               int // level of fields reached in what is being compiled

	logged  bool // a history is asked for
	divides bool // rows are divided into groups
}

// collected is a response key with the fields that stand for it.
type collected struct {
	key    string
	fields []*ast.Field
}

func (g collected) name() string              { return g.fields[0].Name }
func (g collected) def() *ast.FieldDefinition { return g.fields[0].Definition }
func (g collected) nullable() bool            { return !g.def().Type.NonNull }
func (c *compiler) typeOf(g collected) *ast.Definition {
	return c.schema.Types[g.def().Type.Name()]
}

// collect gathers what the fields select of an object of the type, by response key
// in the order of their first appearance, fragments expanded and directives obeyed.
func (c *compiler) collect(at *path, from []*ast.Field, typ *ast.Definition) ([]collected, error) {
	g := gathering{c: c, at: at, typ: typ}
	for _, f := range from {
		if err := g.add(f.SelectionSet); err != nil {
			return nil, err
		}
	}
	return g.found, nil
}

type gathering struct {
	c       *compiler
	at      *path
	typ     *ast.Definition
	found   []collected
	byKey   map[string]int // once there are many
	spreads []*ast.FragmentDefinition
}

func (g *gathering) add(set ast.SelectionSet) error {
	for _, selection := range set {
		if err := g.c.visit(g.at, 1); err != nil {
			return err
		}
		var inner ast.SelectionSet
		switch s := selection.(type) {
		case *ast.Field:
			if g.c.included(s.Directives) {
				g.field(s)
			}
			continue
		case *ast.InlineFragment:
			if g.c.included(s.Directives) && applies(s.TypeCondition, g.typ) {
				inner = s.SelectionSet
			}
		case *ast.FragmentSpread:
			if !g.c.included(s.Directives) || slices.Contains(g.spreads, s.Definition) {
				continue
			}
			if g.spreads = append(g.spreads, s.Definition); applies(s.Definition.TypeCondition, g.typ) {
				inner = s.Definition.SelectionSet
			}
		}
		if err := g.add(inner); err != nil {
			return err
		}
	}
	return nil
}

// manyKeys is how many keys are still found faster by looking at each.
const manyKeys = 12

func (g *gathering) field(f *ast.Field) {
	if i := g.find(f.Alias); i >= 0 {
		g.found[i].fields = append(g.found[i].fields, f)
		return
	}
	if g.byKey != nil {
		g.byKey[f.Alias] = len(g.found)
	}
	g.found = append(g.found, collected{f.Alias, []*ast.Field{f}})
}

func (g *gathering) find(key string) int {
	if g.byKey == nil && len(g.found) < manyKeys {
		return slices.IndexFunc(g.found, func(c collected) bool { return c.key == key })
	}
	if g.byKey == nil {
		g.byKey = make(map[string]int, 2*manyKeys)
		for i, c := range g.found {
			g.byKey[c.key] = i
		}
	}
	if i, ok := g.byKey[key]; ok {
		return i
	}
	return -1
}

// applies reports whether a fragment with this condition is about objects of the type.
func applies(condition string, typ *ast.Definition) bool {
	return condition == "" || condition == typ.Name || slices.Contains(typ.Interfaces, condition)
}

// included obeys @skip and @include.
func (c *compiler) included(directives ast.DirectiveList) bool {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		condition, _ := c.literalBool(d.Arguments.ForName("if"))
		if condition != (d.Name == "include") {
			return false
		}
	}
	return true
}

func (c *compiler) literalBool(arg *ast.Argument) (value, ok bool) {
	if arg == nil {
		return false, false
	}
	if arg.Value.Kind == ast.Variable {
		value, ok = c.req.Variables[arg.Value.Raw].(bool)
		return value, ok
	}
	return arg.Value.Raw == "true", true
}

// visit counts fields and fragments looked at.
func (c *compiler) visit(at *path, n int) error {
	if c.visits += n; c.visits > c.limits.Selections*visitsPerSelection {
		return tooComplex(at, "the operation has more than %d fields and fragments after fragments are expanded: ask for less at once", c.limits.Selections*visitsPerSelection)
	}
	return nil
}

// selection counts places that hold rows.
func (c *compiler) selection(at *path, n int) error {
	if c.selections += n; c.selections > c.limits.Selections {
		return tooComplex(at, "the operation has more than %d selections after fragments are expanded: ask for less at once", c.limits.Selections)
	}
	return nil
}

// deeper gives the place of a field, unless that is too deep.
func (c *compiler) deeper(at *path, key string) (*path, error) {
	p := at.below(key)
	return p, c.depth(p, p.depth)
}

func (c *compiler) depth(at *path, depth int) error {
	if c.deepest = max(c.deepest, depth); depth > c.limits.Depth {
		return tooComplex(at, "the operation has more than %d levels of fields", c.limits.Depth)
	}
	return nil
}
