package plan_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/search"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// schemaFiles are the API's, as served.
func schemaFiles(t rapid.TB) []*ast.Source {
	t.Helper()
	root := filepath.Join("..", "..")
	files, err := filepath.Glob(filepath.Join(root, "graph", "*.graphqls"))
	if err != nil {
		t.Fatal(err)
	}
	var sources []*ast.Source
	for _, file := range append([]string{filepath.Join(root, "schema.graphqls")}, files...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: file, Input: string(text)})
	}
	return sources
}

var loaded struct {
	sync.Once
	schema *ast.Schema
	err    error
}

func schema(t rapid.TB) *ast.Schema {
	t.Helper()
	loaded.Do(func() { loaded.schema, loaded.err = gqlparser.LoadSchema(schemaFiles(t)...) })
	if loaded.err != nil {
		t.Fatal(loaded.err)
	}
	return loaded.schema
}

// asker asks a reader, as a server would.
type asker struct {
	planner *plan.Planner
	reader  plan.Reader
	view    store.View
	plain   map[string]func(context.Context) any
	network *network.Network
	search  search.Reader
}

func newAsker(t testing.TB, r plan.Reader, view store.View) *asker {
	t.Helper()
	finder, _ := r.(search.Reader)
	return &asker{planner: plan.New(schema(t), plan.DefaultLimits), reader: r, view: view, search: finder}
}

// request parses and validates a query. Variables are JSON.
func (a *asker) request(t rapid.TB, query, variables string) plan.Request {
	t.Helper()
	doc, errs := gqlparser.LoadQueryWithRules(schema(t), query, rules.NewDefaultRules())
	if len(errs) > 0 {
		t.Fatalf("%v\n%s", errs, query)
	}
	vars := map[string]any{}
	if variables != "" {
		d := json.NewDecoder(strings.NewReader(variables))
		d.UseNumber()
		if err := d.Decode(&vars); err != nil {
			t.Fatal(err)
		}
	}
	coerced, err := validator.VariableValues(schema(t), doc.Operations[0], vars)
	if err != nil {
		t.Fatal(err)
	}
	return plan.Request{View: a.view, Operation: doc.Operations[0], Variables: coerced, Plain: a.plain, Network: a.network, Search: a.search}
}

func (a *asker) answer(t rapid.TB, query, variables string) plan.Answer {
	t.Helper()
	return a.planner.Query(context.Background(), a.reader, a.request(t, query, variables))
}

// data gives the answer to a query that has no errors.
func (a *asker) data(t rapid.TB, query string) string {
	t.Helper()
	answer := a.answer(t, query, "")
	for _, e := range answer.Errors {
		t.Errorf("%s: %s: %s (%v)", e.Field.Alias, e.Code, e.Message, e.Err)
	}
	if !json.Valid(answer.Data) {
		t.Fatalf("this is no JSON: %s", answer.Data)
	}
	return string(answer.Data)
}

// refused gives the code and the message of the one error of a query.
func (a *asker) refused(t rapid.TB, query, variables string) (code, message string) {
	t.Helper()
	answer := a.answer(t, query, variables)
	if len(answer.Errors) != 1 {
		t.Fatalf("%d errors, not one: %v\n%s", len(answer.Errors), answer.Errors, query)
	}
	return answer.Errors[0].Code, answer.Errors[0].Message
}

// graph gives a store that holds the statements.
func graph(t testing.TB, statements ...statement.Statement) *storetest.Naive {
	t.Helper()
	s := storetest.NewNaive()
	for i := range statements {
		if statements[i].Source == "" {
			statements[i].Source = "source"
		}
	}
	if _, err := s.Write(t.Context(), statement.Commit{By: "a test", Add: statements}); err != nil {
		t.Fatal(err)
	}
	return s
}

// of gives the statements of an entity's type and of properties, or relations, and
// their values in turn. Their ids are the entity's with a letter for each.
func of(id, typ string, pairs ...string) []statement.Statement {
	list := []statement.Statement{{ID: id + "-t", Subject: id, Property: "type", Value: typ}}
	for i := 0; i < len(pairs); i += 2 {
		s := statement.Statement{ID: id + "-" + string(rune('a'+i/2)), Subject: id, Property: pairs[i]}
		if strings.ToUpper(pairs[i]) == pairs[i] {
			s.Entity = pairs[i+1]
		} else {
			s.Value = pairs[i+1]
		}
		if vocab.CuratorsAct(s.Property) {
			s.Source = vocab.Editorial
		}
		list = append(list, s)
	}
	return list
}

// counting counts the reads, and keeps what was selected last.
type counting struct {
	plan.Reader
	reads      int
	selections []store.Selection
}

func (c *counting) Read(ctx context.Context, view store.View, budget int, s []store.Selection) ([]store.Page, error) {
	c.reads++
	c.selections = s
	return c.Reader.Read(ctx, view, budget, s)
}

// same compares selections: rows of the vocabulary by identity.
var same = cmp.Options{
	cmp.Comparer(func(a, b *vocab.Property) bool { return a == b }),
	cmp.Comparer(func(a, b *vocab.Field) bool { return a == b }),
	cmp.Comparer(func(a, b edtf.Date) bool { return a == b }),
}
