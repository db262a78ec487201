package main

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/graph"
)

// Every text is good GraphQL of our schema, or `make bench` would find out late.
func TestTextsFitTheSchema(t *testing.T) {
	t.Parallel()
	schema := gqlparser.MustLoadSchema(&ast.Source{Name: "schema", Input: graph.SDL()})
	names := map[string]bool{}
	for _, s := range shapes() {
		if names[s.name] {
			t.Errorf("there are two shapes %s", s.name)
		}
		names[s.name] = true
		texts := []string{s.query}
		if s.cold != nil {
			texts = nil
			for n := range 500 {
				texts = append(texts, s.cold(n))
			}
		}
		for _, text := range texts {
			if _, errs := gqlparser.LoadQueryWithRules(schema, text, nil); errs != nil {
				t.Errorf("%s: %v\n%s", s.name, errs, text)
			}
		}
	}
}

// But for the name of the operation.
func TestColdTextsDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for n := range 50_000 {
		text := coldText(n)
		if text != coldText(n) {
			t.Fatalf("text %d is not always the same", n)
		}
		_, text, _ = strings.Cut(text, "(")
		if before, ok := seen[text]; ok {
			t.Fatalf("texts %d and %d are alike: %s", before, n, text)
		}
		seen[text] = n
	}
}
