package graph

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2"
)

// doubling gives n fragments on a type, each of which spreads the next one twice, and
// the last of which selects what is given. What stands beside is added to each.
func doubling(n int, typ, beside, last string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on %s{%s ...F%d ...F%[4]d}", i, typ, beside, i+1)
	}
	fmt.Fprintf(&b, " fragment F%d on %s{%s}", n, typ, last)
	return b.String()
}

// bombs are small texts that unfold into something huge, by name: the code of their
// refusal, or "" where each fragment gives its fields once and there is an answer.
var bombs = map[string]struct{ query, code string }{
	"on Query":                 {"{...F0}" + doubling(40, "Query", "", "people{totalCount}"), ""},
	"on Query, __typename":     {"{...F0}" + doubling(40, "Query", "__typename", "__typename"), ""},
	"on Query, wide":           {"{...F0}" + doubling(1, "Query", strings.Repeat("...F1 ", 800), "people{totalCount}"), ""},
	"on Query, inline":         {"{...F0}" + doubling(40, "Query", "...{...on Query{__typename}}", "people{totalCount}"), ""},
	"on Node":                  {`{node(id:"x"){...F0}}` + doubling(40, "Node", "", "id"), ""},
	"on Node, __typename":      {`{node(id:"x"){...F0}}` + doubling(40, "Node", "__typename ...on Person{__typename}", "__typename"), ""},
	"on Node, nested":          {`{node(id:"x"){...F0}}` + nesting(30, "Node", "...on Person{a:relatives{nodes{%s}} b:relatives{nodes{%s}}}"), CodeQueryTooComplex},
	"on __Schema":              {"{__schema{...F0}}" + doubling(40, "__Schema", "", "types{name}"), ""},
	"on __Type":                {"{__schema{types{...F0}}}" + doubling(40, "__Type", "__typename", "name"), ""},
	"on __Type, wide":          {"{__schema{types{...F0}}}" + doubling(1, "__Type", strings.Repeat("...F1 ", 800), "name"), ""},
	"on __Type, nested":        {"{__schema{types{...F0}}}" + nesting(30, "__Type", "a:ofType{%s} b:ofType{%s}"), ""},
	"on __Schema, nested":      {"{__schema{...F0}}" + nesting(30, "__Schema", "a#:types{fields{args{type{name}}}} b#:queryType{fields{name}} %s"), CodeQueryTooComplex},
	"on __Type, wide and deep": {"{__schema{types{fields{args{type{...F0}}}}}}" + nesting(30, "__Type", "a:ofType{%s} b:ofType{%s} c#:enumValues{name} d#:enumValues{name}"), ""},
	"mixed": {`{...F0 __schema{...S0} node(id:"x"){...N0}}` + doubling(20, "Query", "__typename", "__type(name:\"Person\"){name}") +
		strings.ReplaceAll(doubling(20, "__Schema", "__typename", "types{name}"), "F", "S") + strings.ReplaceAll(doubling(20, "Node", "__typename", "id"), "F", "N"), ""},
}

// nesting gives n fragments, each of which holds the next one where it says %s. # is
// another number in each.
func nesting(n int, typ, below string) string {
	var b strings.Builder
	for i := range n {
		inner := "__typename"
		if i+1 < n {
			inner = fmt.Sprintf("...F%d", i+1)
		}
		fmt.Fprintf(&b, " fragment F%d on %s{%s}", i, typ, strings.NewReplacer("%s", inner, "#", strconv.Itoa(i)).Replace(below))
	}
	return b.String()
}

func TestBombs(t *testing.T) {
	s := backed(nil)
	for name, bomb := range bombs {
		t.Run(name, func(t *testing.T) {
			answered := make(chan answer, 1)
			go func() { answered <- ask(t.Context(), t, s, bomb.query, nil) }()
			select {
			case a := <-answered:
				code := ""
				if len(a.Errors) > 0 {
					code, _ = a.Errors[0].Extensions[codeKey].(string)
				}
				if code != bomb.code {
					t.Errorf("%q, not %q: %.300s %v", code, bomb.code, a.Data, a.Errors)
				}
			case <-time.After(time.Minute): // unfolded, they would take hours
				t.Fatal("no answer")
			}
		})
	}
}

// What is looked at to count an answer about the schema is bounded by what is asked.
func TestIntrospectionCostIsBounded(t *testing.T) {
	tidy()
	for name, bomb := range bombs {
		t.Run(name, func(t *testing.T) {
			doc, errs := gqlparser.LoadQueryWithRules(parsedSchema, bomb.query, nil)
			if errs != nil {
				t.Fatal(errs)
			}
			c := newIntrospectionCost(t.Context(), parsedSchema, nil)
			c.operation(doc.Operations[0])
			if c.steps > maxIntrospection+1 || c.expanded > len(bomb.query) {
				t.Errorf("%d fields and %d selections for %d bytes", c.steps, c.expanded, len(bomb.query))
			}
		})
	}
}
