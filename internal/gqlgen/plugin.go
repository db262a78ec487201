package main

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen/config"
	"github.com/vektah/gqlparser/v2/ast"
)

// wholeAnswers is a plugin of gqlgen. It prunes what code is generated for, never
// the schema itself: the fields of queries go, since graph/schema.go answers those
// whole, and what mutations and subscriptions return is JSON already written
// (graph.Written). What stays are introspection, and mutations and subscriptions
// with the inputs and enumerations that they name.
type wholeAnswers struct{ cfg *config.Config }

func (wholeAnswers) Name() string { return "whole-answers" }

// MutateSchema runs before gqlgen looks at the types.
func (p wholeAnswers) MutateSchema(s *ast.Schema) error {
	s.Query.Fields = slices.DeleteFunc(slices.Clone(s.Query.Fields), func(f *ast.FieldDefinition) bool {
		return !strings.HasPrefix(f.Name, "__") // __schema and __type stay
	})
	kept := pruning{schema: s, names: map[string]bool{}}
	for _, root := range []*ast.Definition{s.Mutation, s.Subscription} {
		if root == nil {
			continue
		}
		for _, f := range root.Fields {
			kept.arguments(f.Arguments)
			kept.reach(f.Type)
		}
	}
	for _, d := range s.Directives {
		kept.arguments(d.Arguments)
	}
	for name, d := range s.Types {
		if !kept.names[name] && !d.BuiltIn && !p.cfg.IsRoot(d) {
			delete(s.Types, name)
		}
	}
	for _, name := range kept.outputs {
		p.cfg.Models[name] = config.TypeMapEntry{Model: config.StringList{p.cfg.Exec.ImportPath() + ".Written"}}
	}
	return nil
}

// pruning collects what the other roots and the directives name.
type pruning struct {
	schema  *ast.Schema
	names   map[string]bool
	outputs []string
}

func (k *pruning) arguments(list ast.ArgumentDefinitionList) {
	for _, a := range list {
		k.reach(a.Type)
	}
}

// reach keeps a type and the inputs below it. Objects become leaves to gqlgen.
func (k *pruning) reach(t *ast.Type) {
	d := k.schema.Types[t.Name()]
	if k.names[d.Name] {
		return
	}
	k.names[d.Name] = true
	switch d.Kind {
	case ast.InputObject:
		for _, f := range d.Fields {
			k.reach(f.Type)
		}
	case ast.Object, ast.Interface, ast.Union:
		k.schema.Types[d.Name] = &ast.Definition{Kind: ast.Scalar, Name: d.Name, Description: d.Description, Position: d.Position}
		k.outputs = append(k.outputs, d.Name)
	}
}
