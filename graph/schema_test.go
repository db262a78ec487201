package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Every field of every type can be asked: what the schema declares, package plan or
// the generated code knows.
func TestEveryFieldCanBeAsked(t *testing.T) {
	s := backed(nil)
	schema := s.Schema()
	paths := map[string][]string{"Query": {}} // by type: the fields that lead to it
	for queue := []string{"Query"}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for _, f := range schema.Types[at].Fields {
			name := f.Type.Name()
			selection := call(schema, f)
			if schema.Types[name].IsCompositeType() {
				selection += " { __typename }"
				if paths[name] == nil {
					paths[name] = append(append([]string{}, paths[at]...), call(schema, f))
					queue = append(queue, name)
				}
			}
			query := strings.Join(append(append([]string{}, paths[at]...), selection), " { ") + strings.Repeat(" }", len(paths[at]))
			if a := ask(t.Context(), t, s, "{ "+query+" }", nil); a.Errors != nil {
				t.Errorf("%s: %v", query, a.Errors)
			}
		}
	}
	for name, d := range schema.Types {
		if d.Kind == ast.Object && paths[name] == nil {
			t.Errorf("no field leads to %s", name)
		}
	}
}

// call writes a field with the arguments that it requires.
func call(schema *ast.Schema, f *ast.FieldDefinition) string {
	required := map[string]string{"id": `"x"`, "ids": `["x"]`, "name": `"Person"`, "from": `"x"`, "to": `"y"`, "knownAt": `"2026-12-01T00:00:00Z"`, "before": `"2025-11"`, "after": `"2025-12"`,
		"text": `"x"`, "queries": `[{name: "x"}]`}
	var given []string
	for _, a := range f.Arguments {
		if a.Type.NonNull {
			value := required[a.Name]
			if enum := schema.Types[a.Type.Name()]; enum.Kind == ast.Enum {
				value = enum.EnumValues[0].Name
			}
			given = append(given, a.Name+": "+value)
		}
	}
	if len(given) > 0 {
		return f.Name + "(" + strings.Join(given, ", ") + ")"
	}
	return f.Name
}

// say is a statement of the source src.
func say(subject, property, value string) statement.Statement {
	s := statement.Statement{Subject: subject, Property: property, Value: value, Source: "src"}
	if vocab.RelationOf(property) != nil {
		s.Entity, s.Value = value, ""
	}
	if vocab.CuratorsAct(property) {
		s.Source = vocab.Editorial
	}
	return s
}

// small is a store that holds a party, a member who is an adult and one who is not.
func small(t *testing.T) *storetest.Naive {
	t.Helper()
	s := storetest.NewNaive()
	_, err := s.Write(t.Context(), statement.Commit{Add: []statement.Statement{
		say("src", "type", "Source"), say("src", "title", "The Gazette of Ruritania"),
		say("party", "type", "Organization"), say("party", "name", "Meadow Party"), say("party", "kind", "PARTY"),
		say("p1", "type", "Person"), say("p1", "name", "Ada Quill"), say("p1", "MEMBER_OF", "party"),
		say("p2", "type", "Person"), say("p2", "name", "Tim Fern"), say("p2", "protection", "PROTECTED"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The schema in its own language begins with its front page, and is whole.
func TestSDL(t *testing.T) {
	if sdl := SDL(); !strings.HasPrefix(sdl, "# Vínculo's API: its front page.") {
		t.Errorf("it begins with %.100s", sdl)
	} else if s, err := gqlparser.LoadSchema(&ast.Source{Input: sdl}); err != nil || s.Types["Person"] == nil {
		t.Error(err)
	}
}

func TestQuery(t *testing.T) {
	a := ask(t.Context(), t, backed(small(t)), `
		query($id: ID!) {
			party: node(id: $id) { __typename id ... on Organization { name kind members { totalCount nodes { name } } } }
			viewer { name scopes }
			vocabulary { types { name } }
			__type(name: "Meadow") { name }
			__typename
		}`, map[string]any{"id": "party"})
	if a.Errors != nil {
		t.Fatal(a.Errors)
	}
	var types []string
	for _, typ := range vocab.Types() {
		types = append(types, fmt.Sprintf(`{"name":%q}`, typ.Name))
	}
	want := `{"party":{"__typename":"Organization","id":"party","name":"Meadow Party","kind":"PARTY","members":{"totalCount":1,"nodes":[{"name":"Ada Quill"}]}},` +
		`"viewer":{"name":"public","scopes":[]},"vocabulary":{"types":[` + strings.Join(types, ",") + `]},"__type":null,"__typename":"Query"}`
	if diff := cmp.Diff(want, string(a.Data)); diff != "" {
		t.Error(diff)
	}
}

// The view is that of the context's grant; reads of the full one are recorded.
func TestQueryByView(t *testing.T) {
	audit := &recorded{}
	s := NewSchema(Backing{Store: small(t), Audit: audit, Limits: plan.DefaultLimits})
	const query = `{ people { nodes { id name protected } } viewer { scopes } }`

	a := ask(t.Context(), t, s, query, nil)
	want := `{"people":{"nodes":[{"id":"p1","name":"Ada Quill","protected":false},{"id":"p2","name":"Name withheld","protected":true}]},"viewer":{"scopes":[]}}`
	if diff := cmp.Diff(want, string(a.Data)); diff != "" || a.Errors != nil {
		t.Error(a.Errors, diff)
	}
	if audit.entities != nil {
		t.Errorf("recorded of the public: %v", audit.entities)
	}

	full := access.With(t.Context(), access.NewGrant("Ana", access.ReadProtected))
	a = ask(full, t, s, query, nil)
	want = `{"people":{"nodes":[{"id":"p1","name":"Ada Quill","protected":false},{"id":"p2","name":"Tim Fern","protected":true}]},"viewer":{"scopes":["protected:read"]}}`
	if diff := cmp.Diff(want, string(a.Data)); diff != "" || a.Errors != nil {
		t.Error(a.Errors, diff)
	}
	if diff := cmp.Diff([]string{"p2"}, audit.entities); diff != "" {
		t.Errorf("recorded: %s", diff)
	}

	audit.entities = nil
	ask(full, t, s, `{ statements(where: {property: {eq: "name"}}) { nodes { text } } }`, nil)
	if diff := cmp.Diff([]string{"p2"}, audit.entities); diff != "" {
		t.Errorf("recorded of statements: %s", diff)
	}

	audit.err = errors.New("disk full")
	a = ask(full, t, s, query, nil)
	if string(a.Data) != `{"people":null,"viewer":{"scopes":["protected:read"]}}` || len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeInternal {
		t.Errorf("what cannot be recorded is not given: %s %v", a.Data, a.Errors)
	}
}

// An error of one root leaves the others, and says which one it was.
func TestErrorOfARoot(t *testing.T) {
	a := ask(t.Context(), t, backed(small(t)), "{\n  some: people(first: -1) { totalCount }\n  people { totalCount }\n}", nil)
	if string(a.Data) != `{"some":null,"people":{"totalCount":2}}` || len(a.Errors) != 1 {
		t.Fatalf("%s %v", a.Data, a.Errors)
	}
	e := a.Errors[0]
	if e.Path.String() != "some" || e.Locations[0].Line != 2 || e.Locations[0].Column != 3 || e.Extensions["code"] != CodeBadUserInput {
		t.Errorf("%+v", e)
	}
}

func TestFailingStore(t *testing.T) {
	cases := map[string]struct {
		err  error
		code string
	}{
		"away":      {fmt.Errorf("%s: %w", secret, store.ErrUnavailable), CodeUnavailable},
		"slow":      {fmt.Errorf("%s: %w", secret, context.DeadlineExceeded), CodeTimeout},
		"too much":  {fmt.Errorf("%s: %w", secret, store.ErrTooExpensive), CodeQueryTooComplex},
		"malformed": {fmt.Errorf("%s: %w", secret, store.ErrInvalid), CodeInternal},
		"unknown":   {errors.New(secret), CodeInternal},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := backed(readerFunc(func(context.Context, store.View, int, []store.Selection) ([]store.Page, error) { return nil, c.err }))
			a := ask(t.Context(), t, s, `{ people { totalCount } viewer { name } }`, nil)
			if string(a.Data) != `{"people":null,"viewer":{"name":"public"}}` || len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != c.code {
				t.Errorf("%s %v", a.Data, a.Errors)
			}
			if text, _ := json.Marshal(a.Errors); strings.Contains(string(text), secret) {
				t.Errorf("it tells what is not for clients: %s", text)
			}
		})
	}
}

func TestPanic(t *testing.T) {
	s := backed(readerFunc(func(context.Context, store.View, int, []store.Selection) ([]store.Page, error) { panic(secret) }))
	a := ask(t.Context(), t, s, `{ people { totalCount } viewer { name } }`, nil)
	if string(a.Data) != "null" || len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != CodeInternal || strings.Contains(a.Errors[0].Message, secret) {
		t.Errorf("%s %v", a.Data, a.Errors)
	}
}
