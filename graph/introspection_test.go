package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// Introspection gives what the schema's files say.
func TestIntrospection(t *testing.T) {
	a := ask(t.Context(), t, backed(nil), introspection.Query, nil)
	if a.Errors != nil {
		t.Fatal(a.Errors)
	}
	var told struct {
		Schema struct {
			QueryType        struct{ Name string }
			MutationType     *struct{ Name string }
			SubscriptionType *struct{ Name string }
			Types            []toldType
			Directives       []struct{ Name string }
		} `json:"__schema"`
	}
	if err := json.Unmarshal(a.Data, &told); err != nil {
		t.Fatal(err)
	}
	if told.Schema.QueryType.Name != "Query" || told.Schema.MutationType != nil || told.Schema.SubscriptionType != nil {
		t.Errorf("roots: %+v", told.Schema)
	}
	for _, d := range told.Schema.Directives {
		if d.Name == "defer" {
			t.Error("answers are whole: there is no @defer")
		}
	}
	files := gqlparser.MustLoadSchema(sources...)
	declared := map[string]toldType{}
	for name, d := range files.Types {
		declared[name] = declaredType(files, d)
	}
	for _, typ := range told.Schema.Types {
		if strings.HasPrefix(typ.Name, "__") {
			delete(declared, typ.Name)
			continue
		}
		if diff := cmp.Diff(declared[typ.Name], typ); diff != "" {
			t.Errorf("%s (-declared +told):\n%s", typ.Name, diff)
		}
		delete(declared, typ.Name)
	}
	for name := range declared {
		t.Errorf("%s is not told", name)
	}
}

// toldType is what introspection tells of a type, as far as a schema's file says it.
type toldType struct {
	Kind, Name, Description   string
	Fields, InputFields       []toldField
	EnumValues                []toldField
	Interfaces, PossibleTypes []typeRef
}

type toldField struct {
	Name, Description string
	Args              []toldField
	Type              *typeRef
	DefaultValue      *string
}

type typeRef struct {
	Kind, Name string
	OfType     *typeRef
}

func (r *typeRef) String() string {
	switch r.Kind {
	case "NON_NULL":
		return r.OfType.String() + "!"
	case "LIST":
		return "[" + r.OfType.String() + "]"
	}
	return r.Name
}

func (r *typeRef) Equal(o *typeRef) bool {
	return r == o || r != nil && o != nil && r.String() == o.String()
}

func declaredType(s *ast.Schema, d *ast.Definition) toldType {
	told := toldType{
		Kind: string(d.Kind), Name: d.Name, Description: d.Description,
		Fields: []toldField{}, InputFields: []toldField{}, EnumValues: []toldField{}, Interfaces: []typeRef{}, PossibleTypes: []typeRef{},
	}
	for _, f := range d.Fields {
		if f.Position == nil {
			continue // __schema and __type
		}
		field := toldField{Name: f.Name, Description: f.Description, Type: &typeRef{Name: f.Type.String()}}
		if d.Kind == ast.InputObject {
			field.DefaultValue = text(f.DefaultValue)
			told.InputFields = append(told.InputFields, field)
			continue
		}
		field.Args = []toldField{}
		for _, a := range f.Arguments {
			field.Args = append(field.Args, toldField{Name: a.Name, Description: a.Description, Type: &typeRef{Name: a.Type.String()}, DefaultValue: text(a.DefaultValue)})
		}
		told.Fields = append(told.Fields, field)
	}
	for _, v := range d.EnumValues {
		told.EnumValues = append(told.EnumValues, toldField{Name: v.Name, Description: v.Description})
	}
	for _, name := range d.Interfaces {
		told.Interfaces = append(told.Interfaces, typeRef{Kind: "INTERFACE", Name: name})
	}
	if d.IsAbstractType() {
		for _, possible := range s.PossibleTypes[d.Name] {
			if possible.Kind == ast.Object {
				told.PossibleTypes = append(told.PossibleTypes, typeRef{Kind: "OBJECT", Name: possible.Name})
			}
		}
	}
	return told
}

func text(v *ast.Value) *string {
	if v == nil {
		return nil
	}
	s := v.String()
	return &s
}

// cost counts the fields that an operation would give.
func cost(t *testing.T, query string, variables map[string]any) int {
	t.Helper()
	tidy()
	doc, errs := gqlparser.LoadQueryWithRules(parsedSchema, query, nil)
	if errs != nil {
		t.Fatal(errs)
	}
	return newIntrospectionCost(t.Context(), parsedSchema, variables).operation(doc.Operations[0])
}

// fields counts the fields in an answer, but for the roots.
func fields(v any) int {
	switch v := v.(type) {
	case map[string]any:
		total := len(v)
		for _, below := range v {
			total += fields(below)
		}
		return total
	case []any:
		total := 0
		for _, below := range v {
			total += fields(below)
		}
		return total
	}
	return 0
}

func TestIntrospectionCost(t *testing.T) {
	cases := map[string]string{
		"what tools ask":     introspection.Query,
		"a type by name":     `{ __type(name: "Person") { fields { name args { name type { name ofType { name ofType { name } } } } } } }`,
		"by variable":        `query($n: String!) { __type(name: $n) { kind enumValues { name } inputFields { name } possibleTypes { name } } }`,
		"an unknown type":    `{ __type(name: "Nobody") { name } }`,
		"fragments, aliases": `{ a: __schema { ...s } b: __schema { ...s } } fragment s on __Schema { directives { args { type { ofType { name } } } } queryType { ... on __Type { name } } mutationType { name } }`,
		"beside other roots": `{ __typename viewer { name } __schema { types { interfaces { name } } } }`,
	}
	for name, query := range cases {
		t.Run(name, func(t *testing.T) {
			variables := map[string]any{"n": "Entity"}
			a := ask(t.Context(), t, backed(nil), query, variables)
			if a.Errors != nil {
				t.Fatal(a.Errors)
			}
			var data map[string]any
			if err := json.Unmarshal(a.Data, &data); err != nil {
				t.Fatal(err)
			}
			wanted := 0
			for key, v := range data {
				if key != "__typename" && key != "viewer" {
					wanted += fields(v)
				}
			}
			if got := cost(t, query, variables); got != wanted {
				t.Errorf("counted %d, the answer has %d", got, wanted)
			}
		})
	}
}

func TestIntrospectionHasAnAllowance(t *testing.T) {
	var wide, spread strings.Builder
	for i := range 80 {
		fmt.Fprintf(&wide, "a%d: __schema { types { fields { args { type { fields { name } } } } } }\n", i)
		fmt.Fprintf(&spread, "fragment f%d on __Schema { a%[1]d: types { fields { name type { name } } } ...f%d }\n", i, i+1)
	}
	cases := map[string]string{
		"many aliases":   "{" + wide.String() + "}",
		"many fragments": "{ __schema { ...f0 } }" + spread.String() + "fragment f80 on __Schema { types { name } }",
	}
	for name, query := range cases {
		t.Run(name, func(t *testing.T) {
			a := ask(t.Context(), t, backed(nil), query, nil)
			if len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeQueryTooComplex || string(a.Data) != "null" {
				t.Errorf("%.200s, %v", a.Data, a.Errors)
			}
		})
	}
}

// Nobody waits for what would be counted.
func TestIntrospectionCostHeedsTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	doc, errs := gqlparser.LoadQueryWithRules(parsedSchema, introspection.Query, nil)
	if errs != nil {
		t.Fatal(errs)
	}
	err := allowIntrospection(ctx, parsedSchema, &graphql.OperationContext{Operation: doc.Operations[0]})
	if err == nil || err.Extensions[codeKey] != CodeTimeout {
		t.Error(err)
	}
}
