package neo4jtest

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestMain(m *testing.M) { os.Exit(Run(m)) }

// query runs a statement on the tests' server and gives the first value of each row.
func query(t *testing.T, cypher string) []any {
	t.Helper()
	rows, err := shared().run(context.WithoutCancel(t.Context()), cypher, nil)
	if err != nil {
		t.Fatalf("%s: %v", cypher, err)
	}
	var values []any
	for _, row := range rows {
		values = append(values, row.Values[0])
	}
	return values
}

func count(t *testing.T) int64 {
	t.Helper()
	return query(t, `MATCH (n) RETURN count(n)`)[0].(int64)
}

func TestCleanEmptiesTheDatabaseAndKeepsItsSchema(t *testing.T) {
	CleanSchema(t)
	query(t, "CREATE CONSTRAINT `odd``name` FOR (n:Kept) REQUIRE n.id IS UNIQUE")
	query(t, `CREATE INDEX kept FOR (n:Kept) ON (n.name)`)
	// More nodes than one batch, some of them linked.
	query(t, `UNWIND range(1, 25000) AS i CREATE (a:Kept {id: i}) WITH a, i WHERE i % 10 = 0 CREATE (a)-[:TO]->(:Kept)`)
	if err := shared().wipe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(t); n != 0 {
		t.Errorf("%d nodes are left", n)
	}
	names := query(t, `SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name ORDER BY name`)
	if want := []any{"kept", "odd`name"}; !slices.Equal(names, want) {
		t.Errorf("indexes %q, want %q", names, want)
	}
	if err := shared().dropSchema(t.Context()); err != nil {
		t.Fatal(err)
	}
	if names := query(t, `SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name`); len(names) > 0 {
		t.Errorf("indexes %q are left", names)
	}
	if names := query(t, `SHOW CONSTRAINTS YIELD name`); len(names) > 0 {
		t.Errorf("constraints %q are left", names)
	}
	if kinds := query(t, `SHOW INDEXES YIELD type`); len(kinds) != 2 {
		t.Errorf("indexes of types %v, want the two for lookup", kinds)
	}
}

// Two processes write as much as they can, each counting on being alone.
func TestCleanKeepsOtherProcessesOut(t *testing.T) {
	if os.Getenv("NEO4JTEST_CHILD") != "" {
		for range 10 {
			t.Run("", func(t *testing.T) {
				Clean(t)
				for i := range int64(5) {
					if n := count(t); n != i {
						t.Fatalf("%d nodes, want %d: someone else is here", n, i)
					}
					query(t, `CREATE (:Mine)`)
				}
			})
		}
		return
	}
	Connect(t)
	done := make(chan string)
	for range 3 {
		go func() {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
			child.Env = append(os.Environ(), "NEO4JTEST_CHILD=1")
			out, err := child.CombinedOutput()
			if err != nil {
				done <- err.Error() + "\n" + string(out)
			} else {
				done <- ""
			}
		}()
	}
	for range 3 {
		if message := <-done; message != "" {
			t.Error(message)
		}
	}
}

// The child's test must fail, and say why: waiting for its own parent would never end.
func TestCleanRefusesATestAndItsSubtest(t *testing.T) {
	if os.Getenv("NEO4JTEST_CHILD") != "" {
		Clean(t)
		t.Run("sub", func(t *testing.T) { Clean(t) })
		return
	}
	Connect(t)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), "NEO4JTEST_CHILD=1")
	out, err := child.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "would wait for ever") {
		t.Errorf("got %v and\n%s", err, out)
	}
}

func TestWithoutAServer(t *testing.T) {
	for _, c := range []struct{ name, ci, want string }{
		{"skips loudly", "", "*** 1 Neo4j tests NOT RUN"},
		{"fails in CI", "true", "--- FAIL: TestCleanEmpties"},
	} {
		t.Run(c.name, func(t *testing.T) {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCleanEmpties")
			child.Env = append(os.Environ(), "NEO4J_TEST_URI=", "CI="+c.ci)
			out, err := child.CombinedOutput()
			if failed := err != nil; failed != (c.ci == "true") || !strings.Contains(string(out), c.want) {
				t.Errorf("got %v and\n%s", err, out)
			}
		})
	}
}
