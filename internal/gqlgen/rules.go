package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// check loads the schema whole and holds it to our own rules: a field name has one
// type wherever it is a leaf, since GraphQL refuses fragments on an interface that
// differ in it; everything is described; and every type is used.
func check(sources ...*ast.Source) error {
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		return err
	}
	problems := oneTypeAName(schema)
	used := map[string]bool{}
	for _, d := range sorted(schema) {
		problems = append(problems, described(d)...)
		for _, f := range d.Fields {
			used[f.Type.Name()] = true
			for _, a := range f.Arguments {
				used[a.Type.Name()] = true
			}
		}
		for _, name := range d.Interfaces {
			used[d.Name], used[name] = true, true // an object is reached by its interfaces
		}
	}
	for _, d := range sorted(schema) {
		if root := d == schema.Query || d == schema.Mutation || d == schema.Subscription; !root && !used[d.Name] {
			problems = append(problems, fmt.Errorf("nothing uses %s", d.Name))
		}
	}
	return errors.Join(problems...)
}

func described(d *ast.Definition) (problems []error) {
	missing := func(name, description string) {
		if description == "" {
			problems = append(problems, fmt.Errorf("%s has no description", name))
		}
	}
	missing(d.Name, d.Description)
	for _, v := range d.EnumValues {
		missing(d.Name+"."+v.Name, v.Description)
	}
	for _, f := range ownFields(d) {
		missing(d.Name+"."+f.Name, f.Description)
	}
	return problems
}

// ownFields leaves out __schema and __type.
func ownFields(d *ast.Definition) ast.FieldList {
	return slices.DeleteFunc(slices.Clone(d.Fields), func(f *ast.FieldDefinition) bool { return f.Position == nil })
}

func oneTypeAName(schema *ast.Schema) (problems []error) {
	declared := map[string]where{}
	for _, d := range sorted(schema) {
		if d.Kind == ast.InputObject || d == schema.Query {
			continue
		}
		for _, f := range d.Fields {
			here := where{d.Name, f.Type.String(), schema.Types[f.Type.Name()].IsLeafType()}
			there, ok := declared[f.Name]
			if !ok {
				declared[f.Name] = here
			} else if (here.leaf || there.leaf) && here.typ != there.typ {
				problems = append(problems, fmt.Errorf("field %s is %s on %s and %s on %s", f.Name, there.typ, there.on, here.typ, here.on))
			}
		}
	}
	return problems
}

// where tells where a field name was first seen, and its type there.
type where struct {
	on, typ string
	leaf    bool
}

// sorted gives our own definitions by name.
func sorted(schema *ast.Schema) []*ast.Definition {
	var all []*ast.Definition
	for _, d := range schema.Types {
		if !d.BuiltIn {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b *ast.Definition) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
