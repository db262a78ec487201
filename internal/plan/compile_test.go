package plan_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// compiled gives what a query selects.
func compiled(t *testing.T, query string) []store.Selection {
	t.Helper()
	c := &counting{Reader: storetest.NewNaive()}
	newAsker(t, c, statement.PublicView).data(t, query)
	if c.reads != 1 {
		t.Fatalf("%d reads, not one", c.reads)
	}
	return c.selections
}

func TestSelections(t *testing.T) {
	person := vocab.TypeOf(vocab.Person)
	members := vocab.TypeOf(vocab.Organization).Field("members")
	detentions := person.Field("detentions")
	step := func(f *vocab.Field, s store.Selection) store.Nested {
		return store.Nested{Step: store.StepOf(f), Selection: s}
	}
	inForce := store.Compare{Property: vocab.StatementProperties[12], Op: store.Ne, Values: []any{true}}
	for _, c := range []struct {
		name, query string
		want        []store.Selection
	}{
		{"a total needs no rows", `{people{totalCount}}`,
			[]store.Selection{{Types: []string{"Person"}, Total: true}}},
		{"nodes and edges share their rows", `{people{nodes{gender detentions{nodes{start}}} edges{node{birthDate detentions{nodes{end} totalCount}}} pageInfo{hasNextPage}}}`,
			[]store.Selection{{Types: []string{"Person"}, Page: store.PageOf{First: 25}, Ends: true, Keys: []string{"birthDate", "gender"}, Nested: []store.Nested{
				step(detentions, store.Selection{Page: store.PageOf{First: 25}, Total: true, Keys: []string{"end", "start"}}),
			}}}},
		{"other arguments, other rows", `{organizations(first:1){nodes{a:members(first:1){nodes{gender}} b:members(first:1){nodes{description}} c:members(last:2){nodes{id}}}}}`,
			[]store.Selection{{Types: []string{"Organization"}, Page: store.PageOf{First: 1}, Nested: []store.Nested{
				step(members, store.Selection{Page: store.PageOf{First: 1}, Keys: []string{"description", "gender"}}),
				step(members, store.Selection{Page: store.PageOf{First: 2, Backward: true}}),
			}}}},
		{"links have their own", `{people{edges{node{memberOf{edges{link{role from{id type} to{id x:id id} statements(first:3){totalCount}}}}}}}}`,
			[]store.Selection{{Types: []string{"Person"}, Page: store.PageOf{First: 25}, Nested: []store.Nested{{
				Step: store.StepOf(person.Field("memberOf")), Selection: store.Selection{Page: store.PageOf{First: 25}}, LinkKeys: []string{"role"},
				LinkNested: []store.Nested{
					{Refs: "from", Selection: store.Selection{Page: store.PageOf{First: 1}}},
					{Theirs: "link", Mine: "id", Selection: store.Selection{Of: store.StatementRows, Where: inForce, Total: true}},
				},
			}}}}},
		{"ids are looked for in all collections", `{node(id:"x"){id}}`,
			[]store.Selection{
				{IDs: []string{"x"}, Page: store.PageOf{First: 1}, Keys: []string{"formerIds"}},
				{Of: store.LinkRows, IDs: []string{"x"}, Page: store.PageOf{First: 1}},
				{Of: store.StatementRows, IDs: []string{"x"}, Page: store.PageOf{First: 1}},
			}},
		{"but where nothing would be written", `{node(id:"x"){...on Entity{description}}}`,
			[]store.Selection{{IDs: []string{"x"}, Page: store.PageOf{First: 1}, Keys: []string{"description", "formerIds"}}}},
		{"retracted statements where they are spoken of", `{statements(where:{not:{retracted:{eq:false}}}){nodes{text}}}`,
			[]store.Selection{{Of: store.StatementRows, Page: store.PageOf{First: 25}, Keys: []string{"text"}, Where: store.Not{
				Filter: store.Compare{Property: vocab.StatementProperties[12], Op: store.Eq, Values: []any{false}},
			}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, compiled(t, c.query), same); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTypesShareWhatTheyShare(t *testing.T) {
	s := compiled(t, `{node(id:"x"){...on Entity{linkedTo{nodes{description}} ...on Person{linkedTo{nodes{notes}} gender} ...on Source{title}}}}`)
	if len(s) != 1 || len(s[0].Nested) != 1 {
		t.Fatalf("%d selections with %d, not one with one", len(s), len(s[0].Nested))
	}
	if diff := cmp.Diff([]string{"description", "notes"}, s[0].Nested[0].Keys); diff != "" {
		t.Error(diff)
	}
}

// A fragment may stand in several places that share their rows, and be joined there
// by other fields of the same key.
func TestMerging(t *testing.T) {
	a := newAsker(t, small(t), statement.PublicView)
	got := a.data(t, `
		query { nodes(ids: ["ana", "union", "jail"]) { __typename ...e ...on Person { links(first: 1) { nodes { ...l } } } ...on Facility { links(first: 1) { nodes { id @skip(if: true) to { name } } } } } }
		fragment e on Entity { links(first: 1) { totalCount nodes { relation } } }
		fragment l on Link { from { name } }`)
	want := `{"nodes":[` +
		`{"__typename":"Person","links":{"totalCount":3,"nodes":[{"relation":"RELATIVE_OF","from":{"name":"Ana Ficticia"}}]}},` +
		`{"__typename":"Organization","links":{"totalCount":2,"nodes":[{"relation":"MEMBER_OF"}]}},` +
		`{"__typename":"Facility","links":{"totalCount":1,"nodes":[{"relation":"HELD_AT","to":{"name":"North Jail"}}]}}]}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func fieldsOf(typ *ast.Definition, inner func(*ast.FieldDefinition) string) (all []string) {
	for _, f := range typ.Fields {
		all = append(all, f.Name+inner(f))
	}
	return all
}

// Every field of every type can be asked for.
func TestWholeSchema(t *testing.T) {
	a := networked(t, small(t), statement.FullView, network.DefaultLimits)
	def := schema(t)
	inner := func(f *ast.FieldDefinition) string {
		args := ""
		if f.Arguments.ForName("knownAt") != nil {
			args = `(knownAt:"2026-02-01T00:00:00Z")`
		}
		if def.Types[f.Type.Name()].IsLeafType() {
			return args
		}
		return args + "{__typename}"
	}
	for _, f := range def.Query.Fields {
		required := map[string]string{
			"stockAndFlow": `(before:"2025-11",after:"2025-12")`, "search": `(text:"ana")`, "match": `(queries:[{name:"ana"}])`,
			"node": `(id:"ana")`, "nodes": `(ids:[])`, "paths": `(from:"ana" to:"ben")`, "neighborhood": `(ids:["ana"])`, "common": `(ids:["ana" "ben"])`, "centrality": `(measure:PAGERANK)`,
		}
		if !strings.HasPrefix(f.Name, "__") && f.Name != "viewer" && f.Name != "vocabulary" {
			a.data(t, "{"+f.Name+required[f.Name]+inner(f)+"}")
		}
	}
	for name, typ := range def.Types {
		if !slices.Contains(typ.Interfaces, "Node") && typ.Name != "Entity" {
			continue
		}
		all := fieldsOf(typ, inner)
		for _, id := range []string{"ana", "d1", "ana-a", "jail", "source"} {
			a.data(t, `{node(id:"`+id+`"){__typename ...on `+name+"{"+strings.Join(all, " ")+"}}}")
		}
	}
	a.data(t, `{people{nodes{facts{__typename property text lang entity{id} attribution verification rank corroborated disputed best statements{__typename}}}}}`)
	past := func(name string) string { return strings.Join(fieldsOf(def.Types[name], inner), " ") }
	a.data(t, `{people{nodes{history{edges{node{`+past("Change")+`}}} snapshot(knownAt:"2026-02-01T00:00:00Z"){`+past("Snapshot")+` of:links{nodes{`+past("SnapshotLink")+`}}}}}}`)
}

func TestPlainRoots(t *testing.T) {
	c := &counting{Reader: storetest.NewNaive()}
	a := newAsker(t, c, statement.PublicView)
	a.plain = map[string]func(context.Context) any{
		"viewer": func(context.Context) any { return map[string]any{"name": "public", "scopes": []string{}} },
		"vocabulary": func(context.Context) any {
			return map[string]any{"types": []map[string]any{{"name": "Person"}, {"root": "x"}}}
		},
	}
	got := a.data(t, `{__typename me:viewer{scopes __typename who:name} vocabulary{types{name}} viewer{name}}`)
	want := `{"__typename":"Query","me":{"scopes":[],"__typename":"Viewer","who":"public"},"vocabulary":{"types":[{"name":"Person"}]},"viewer":{"name":"public"}}`
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if c.reads != 0 {
		t.Errorf("read %d times for nothing", c.reads)
	}
	a.plain["viewer"] = func(context.Context) any { return nil }
	if got := a.data(t, `{viewer{name}}`); got != `{"viewer":null}` {
		t.Error(got)
	}
}

func TestIntrospection(t *testing.T) {
	a := newAsker(t, small(t), statement.PublicView)
	req := a.request(t, `{first:people(first:0){totalCount} s:__schema{queryType{name}} __type(name:"X"){name}}`, "")
	req.Introspect = func(fields ast.SelectionSet) map[string]json.RawMessage {
		if len(fields) != 2 {
			t.Errorf("%d fields, not 2", len(fields))
		}
		return map[string]json.RawMessage{"s": json.RawMessage(`{"queryType":{"name":"Query"}}`)}
	}
	answer := a.planner.Query(t.Context(), a.reader, req)
	if got, want := string(answer.Data), `{"first":{"totalCount":3},"s":{"queryType":{"name":"Query"}},"__type":null}`; got != want || len(answer.Errors) > 0 {
		t.Errorf("got %s %v, want %s", got, answer.Errors, want)
	}
}

func TestVariables(t *testing.T) {
	a := newAsker(t, small(t), statement.PublicView)
	for _, c := range []struct{ query, variables, want string }{
		{`query($w:PersonFilter){people(where:$w){totalCount}}`, ``, `{"people":{"totalCount":3}}`},
		{`query($w:PersonFilter){people(where:$w){totalCount}}`, `{"w":null}`, `{"people":{"totalCount":3}}`},
		{`query($w:PersonFilter){people(where:$w){totalCount}}`, `{"w":{"or":{"id":{"in":"ana"}}}}`, `{"people":{"totalCount":1}}`},
		{`query($x:ID){people(where:{not:{id:{eq:$x,in:["ana"]}}}){totalCount}}`, ``, `{"people":{"totalCount":2}}`},
		{`query($ids:[ID!]!){nodes(ids:$ids){id}}`, `{"ids":"ana"}`, `{"nodes":[{"id":"ana"}]}`},
		{`query($ids:[ID!]!){nodes(ids:$ids){id}}`, `{"ids":["ana",7]}`, `{"nodes":[{"id":"ana"},null]}`},
		{`query($n:Int=1){people(first:$n){nodes{id}}}`, ``, `{"people":{"nodes":[{"id":"ana"}]}}`},
		{`query($n:Int=1){people(first:$n){nodes{id}}}`, `{"n":null}`, `{"people":{"nodes":[{"id":"ana"},{"id":"ben"},{"id":"kid"}]}}`},
		{`query($o:[PersonOrder!]){people(orderBy:$o){nodes{id}}}`, `{"o":{"field":"NAME"}}`, `{"people":{"nodes":[{"id":"ana"},{"id":"ben"},{"id":"kid"}]}}`},
		{`query($yes:Boolean!){people(first:0){__typename @skip(if:$yes) totalCount @include(if:$yes)}}`, `{"yes":true}`, `{"people":{"totalCount":3}}`},
	} {
		answer := a.answer(t, c.query, c.variables)
		if string(answer.Data) != c.want || len(answer.Errors) > 0 {
			t.Errorf("%s %s\n got %s %v\nwant %s", c.query, c.variables, answer.Data, answer.Errors, c.want)
		}
	}
}

// One root's error leaves the others.
func TestRootErrors(t *testing.T) {
	a := newAsker(t, small(t), statement.PublicView)
	answer := a.answer(t, `{a:people(first:-1){nodes{name}} b:people(first:1){nodes{name}} c:organizations(where:{kind:{eq:PRISON}}){totalCount}}`, "")
	if got, want := string(answer.Data), `{"a":null,"b":{"nodes":[{"name":"Ana Ficticia"}]},"c":null}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	var got []string
	for _, e := range answer.Errors {
		got = append(got, e.Field.Alias+" "+e.Code+" "+e.Message)
	}
	want := []string{
		"a BAD_USER_INPUT a, argument first: -1 is not between 0 and 100",
		"c BAD_USER_INPUT c, argument where.kind.eq: PRISON is no kind of type Organization, but of Facility",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

var _ plan.Reader = (store.Store)(nil)
