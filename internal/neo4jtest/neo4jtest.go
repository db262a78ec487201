// Package neo4jtest gives tests a real Neo4j, and one test at a time a clean database in it.
//
// The server is named by the environment: NEO4J_TEST_URI, and NEO4J_TEST_USERNAME, NEO4J_TEST_PASSWORD and
// NEO4J_TEST_DATABASE where they are needed. `make test` starts one and sets them (deploy/neo4j/with-server does the
// same for any command). Everything in that database is deleted: it must be one for tests alone.
//
// Without a server the tests are skipped, loudly; with CI=true they fail, for a skipped test looks like a passed one.
package neo4jtest

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
)

// Target says where the Neo4j of the tests is and how to get in. An empty Username: it wants no authentication.
type Target struct {
	URI, Username, Password, Database string
}

// Auth is the driver's form of the target's username and password.
func (t Target) Auth() neo4j.AuthToken {
	if t.Username == "" {
		return neo4j.NoAuth()
	}
	return neo4j.BasicAuth(t.Username, t.Password, "")
}

const notRun = "Neo4j tests NOT RUN: NEO4J_TEST_URI is not set; run `make test`, or the command under deploy/neo4j/with-server"

// patience is how long a server that has just started may refuse work.
const patience = 20 * time.Second

// skipped counts the tests of this process that went without a server.
var skipped atomic.Int64

// Run is for TestMain: it runs the tests, says on standard error if some went without a Neo4j (go test shows the
// reason for a skip only with -v), and returns the exit code.
//
//	func TestMain(m *testing.M) { os.Exit(neo4jtest.Run(m)) }
func Run(m *testing.M) int {
	code := m.Run()
	if n := skipped.Load(); n > 0 {
		fmt.Fprintf(os.Stderr, "\n*** %d %s ***\n\n", n, notRun)
	}
	return code
}

// Connect returns the server of the tests, which it has seen to answer. The database holds whatever other tests left
// or are writing just now: a test that writes, or counts on what it reads, wants [Clean].
//
// Without a server the test is skipped, and with CI=true it fails. A server that is named but does not answer is a
// failure anywhere.
func Connect(t testing.TB) Target {
	t.Helper()
	return connect(t).target
}

// connection is what the tests of one process share: the driver that cleans.
type connection struct {
	driver neo4j.DriverWithContext
	target Target
	err    error
}

func connect(t testing.TB) connection {
	t.Helper()
	if os.Getenv("NEO4J_TEST_URI") == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal(notRun)
		}
		skipped.Add(1)
		t.Skip(notRun)
	}
	c := shared()
	if c.err != nil {
		t.Fatalf("Neo4j at NEO4J_TEST_URI=%s: %v", c.target.URI, c.err)
	}
	return c
}

// shared opens the driver once in a process, and waits until the database takes a transaction. Nobody closes it: it
// lives as long as the tests.
var shared = sync.OnceValue(func() connection {
	c := connection{target: Target{
		URI:      os.Getenv("NEO4J_TEST_URI"),
		Username: os.Getenv("NEO4J_TEST_USERNAME"),
		Password: os.Getenv("NEO4J_TEST_PASSWORD"),
		Database: cmp.Or(os.Getenv("NEO4J_TEST_DATABASE"), "neo4j"),
	}}
	c.driver, c.err = neo4j.NewDriverWithContext(c.target.URI, c.target.Auth(), func(c *config.Config) {
		c.MaxTransactionRetryTime = patience
		c.TelemetryDisabled = true
	})
	if c.err == nil {
		_, c.err = c.run(context.Background(), `RETURN 1`, nil)
	}
	return c
})

// Ask runs a query on the database of the tests and gives its answer, as someone with Neo4j's own tools gets it.
func Ask(t testing.TB, cypher string) (keys []string, rows [][]any) {
	t.Helper()
	records, err := connect(t).run(t.Context(), cypher, nil)
	if err != nil {
		t.Fatalf("neo4jtest: %s: %v", cypher, err)
	}
	for _, r := range records {
		keys, rows = r.Keys, append(rows, r.Values)
	}
	return keys, rows
}

// run gives the rows of one statement in a transaction of its own, which the driver repeats while that may help.
func (c connection) run(ctx context.Context, cypher string, parameters map[string]any) ([]*neo4j.Record, error) {
	result, err := neo4j.ExecuteQuery(ctx, c.driver, cypher, parameters, neo4j.EagerResultTransformer,
		neo4j.ExecuteQueryWithDatabase(c.target.Database))
	if err != nil {
		return nil, err
	}
	return result.Records, nil
}
