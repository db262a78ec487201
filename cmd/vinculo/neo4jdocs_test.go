package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/neo4jtest"
)

var documented = regexp.MustCompile("```cypher\n([^`]+)\n```\n```text\n([^`]*)```")

// checkDocumentedQueries asks what docs/neo4j.md asks, of a database that holds the
// bundled data, and compares the answers with those in it.
func checkDocumentedQueries(t *testing.T) {
	t.Helper()
	page, err := os.ReadFile("../../docs/neo4j.md")
	if err != nil {
		t.Fatal(err)
	}
	queries := documented.FindAllStringSubmatch(string(page), -1)
	if len(queries) != 10 {
		t.Errorf("docs/neo4j.md has %d queries with answers, want ten", len(queries))
	}
	for _, q := range queries {
		if got := asked(t, q[1]); got != q[2] {
			t.Errorf("docs/neo4j.md says of\n%s\n%s\nthe answer is\n%s", q[1], q[2], got)
		}
	}
	// And what it warns of.
	hidden := asked(t, `MATCH (p:Person) RETURN any(key IN keys(p) WHERE key STARTS WITH "full_") AS hidden LIMIT 1`)
	if hidden != "hidden\ntrue\n" {
		t.Errorf("whole nodes show no more than the public view: %s", hidden)
	}
}

// asked gives an answer as the page writes it.
func asked(t *testing.T, cypher string) string {
	t.Helper()
	keys, rows := neo4jtest.Ask(t, cypher)
	lines := []string{strings.Join(keys, " | ")}
	for _, row := range rows {
		values := make([]string, len(row))
		for i, v := range row {
			values[i] = written(v)
		}
		lines = append(lines, strings.Join(values, " | "))
	}
	return strings.Join(lines, "\n") + "\n"
}

func written(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = written(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return fmt.Sprint(value)
}
