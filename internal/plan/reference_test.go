package plan_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// reference is graphql-js, with resolvers over plain rows: folder reference.
type reference struct {
	in  io.Writer
	out *bufio.Reader
}

// startReference installs and starts it. Without Node the test is skipped, but never
// in CI.
func startReference(t *testing.T) *reference {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("%s is not installed: answers cannot be compared with graphql-js", tool)
			}
			t.Skipf("NOT TESTED: answers are not compared with graphql-js, since %s is not installed", tool)
		}
	}
	if _, err := os.Stat(filepath.Join("reference", "node_modules", "graphql", "package.json")); err != nil {
		install := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
		install.Dir = "reference"
		if output, err := install.CombinedOutput(); err != nil {
			t.Fatalf("npm ci: %v\n%s", err, output)
		}
	}
	cmd := exec.CommandContext(ctx, "node", "answer.js")
	cmd.Dir, cmd.Stderr = "reference", os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("node: %v", err)
		}
	})
	return &reference{in, bufio.NewReaderSize(out, 1<<20)}
}

// exchange is one line to the reference. What is left out is as in the line before.
type exchange struct {
	Schema    string          `json:"schema,omitempty"`
	Data      *plainData      `json:"data,omitempty"`
	Query     string          `json:"query"`
	Variables json.RawMessage `json:"variables,omitempty"`
}

func (r *reference) ask(t rapid.TB, e exchange) string {
	t.Helper()
	line, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	answer, err := r.out.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(answer, "\n")
}

// plainData is all rows that a view has, and what of the vocabulary the reference
// needs to know.
type plainData struct {
	View          string                     `json:"view"`
	Entities      []plainRow                 `json:"entities"`
	Links         []plainRow                 `json:"links"`
	Statements    []plainRow                 `json:"statements"`
	Roots         map[string]string          `json:"roots"`
	Fields        map[string]plainField      `json:"fields"`
	Properties    map[string][]plainProperty `json:"properties"`
	Relations     []string                   `json:"relations"`
	Singles       map[string][]string        `json:"singles"`
	Ranks         []string                   `json:"ranks"`
	Verifications []string                   `json:"verifications"`
	Attributions  []string                   `json:"attributions"`
}

type plainRow struct {
	ID       string         `json:"id"`
	Type     string         `json:"type"`
	From     string         `json:"from,omitempty"`
	To       string         `json:"to,omitempty"`
	Unlisted bool           `json:"unlisted,omitempty"`
	Version  uint64         `json:"version,omitempty"`
	Values   map[string]any `json:"values"`
	// The first and last day of each date that tells whether it held on a day.
	Bounds map[string][2]string `json:"bounds,omitempty"`
}

type plainField struct {
	Relations []string `json:"relations"`
	Out       bool     `json:"out"`
	In        bool     `json:"in"`
	Target    string   `json:"target,omitempty"`
	One       bool     `json:"one"`
}

type plainProperty struct {
	Name string `json:"name"`
	Many bool   `json:"many"`
}

// plainDataOf reads a store whole. Built-in entities are found by their ids alone.
func plainDataOf(t rapid.TB, s store.Store, view store.View) *plainData {
	t.Helper()
	var selections []store.Selection
	for _, of := range []store.Collection{store.Entities, store.LinkRows, store.StatementRows} {
		selections = append(selections, store.Selection{Of: of, Page: store.PageOf{First: store.Everything}})
	}
	selections = append(selections, store.Selection{IDs: []string{vocab.Editorial}, Page: store.PageOf{First: 1}})
	pages, err := s.Read(context.Background(), view, store.Everything, selections)
	if err != nil {
		t.Fatal(err)
	}
	d := &plainData{
		View: view.String(), Roots: map[string]string{}, Fields: map[string]plainField{}, Properties: map[string][]plainProperty{}, Singles: map[string][]string{},
		Entities: append(plainRows(pages[0]), plainRows(pages[3])...), Links: plainRows(pages[1]), Statements: plainRows(pages[2]),
		Ranks: valuesOf(vocab.RankEnum), Verifications: valuesOf(vocab.VerificationEnum), Attributions: valuesOf(vocab.AttributionEnum),
	}
	d.addVocabulary()
	return d
}

func (d *plainData) addVocabulary() {
	for _, r := range vocab.Relations() {
		d.Relations = append(d.Relations, r.Name)
	}
	for _, typ := range vocab.Types() {
		d.Roots[typ.Root] = typ.Name
		for _, p := range typ.Properties {
			d.Properties[typ.Name] = append(d.Properties[typ.Name], plainProperty{p.Name, p.Many})
		}
		for _, f := range typ.Fields() {
			p := plainField{Relations: f.Relations(), Out: !f.Reverse || f.Relation.Symmetric, In: f.Reverse || f.Relation.Symmetric, One: f.One}
			if f.Target != vocab.AnyEntity {
				p.Target = f.Target
			}
			d.Fields[typ.Name+"."+f.Name] = p
			if f.One && !f.Reverse {
				d.Singles[typ.Name] = append(d.Singles[typ.Name], f.Relation.Name)
			}
		}
	}
}

func plainRows(p store.Page) []plainRow {
	rows := make([]plainRow, len(p.Rows))
	for i, r := range p.Rows {
		rows[i] = plainRow{r.Row.ID, r.Row.Type, r.Row.From, r.Row.To, r.Row.Unlisted, r.Version, map[string]any{}, map[string][2]string{}}
		for _, v := range r.Row.Values {
			rows[i].Values[v.Key] = v.Data
			if v.Key == statement.KeyStart || v.Key == statement.KeyEnd || v.Key == vocab.HeldUntil {
				date, _ := edtf.Parse(v.Data.(string))
				rows[i].Bounds[v.Key] = [2]string{date.Earliest(), date.Latest()}
			}
		}
	}
	return rows
}

func valuesOf(e *vocab.Enum) []string {
	var names []string
	for _, v := range e.Values {
		names = append(names, v.Name)
	}
	return names
}

// TestReference compares answers with those of graphql-js, byte for byte, for
// generated operations over generated graphs.
func TestReference(t *testing.T) {
	r := startReference(t)
	text := ""
	for _, source := range schemaFiles(t) {
		text += source.Input + "\n"
	}
	limits := plan.DefaultLimits
	limits.Rows = store.Everything
	planner := plan.New(schema(t), limits)
	rapid.Check(t, func(rt *rapid.T) {
		s := storetest.NewNaive()
		for _, commit := range storetest.Commits(rt) {
			_, _ = s.Write(t.Context(), commit) // some are made to be refused
		}
		view := rapid.SampledFrom(statement.Views[:]).Draw(rt, "view")
		data := plainDataOf(rt, s, view)
		for range 8 {
			query, variables := operation(rt, schema(rt), data)
			want := r.ask(rt, exchange{text, data, query, json.RawMessage(variables)})
			text = ""
			a := &asker{planner: planner, reader: s, view: view}
			answer := a.answer(rt, query, variables)
			if got := `{"data":` + string(answer.Data) + `}`; got != want || len(answer.Errors) > 0 {
				rt.Fatalf("%s\n%s\n got %s %v\nwant %s", query, variables, got, answer.Errors, want)
			}
			data = nil
		}
	})
}
