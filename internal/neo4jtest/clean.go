package neo4jtest

import (
	"context"
	"strings"
	"testing"
)

// Clean returns the server of the tests with no node and no relationship in its database, for this test alone: until
// the test has ended no other one gets past Clean, in this process or in another on this machine. What the test
// registers with Cleanup after this call (closing its store, say) is done before the next test gets in.
//
// Constraints and indexes stay, since making them takes Neo4j longer than most tests; see [CleanSchema].
// A test and its subtests cannot both call it: the subtest would wait for its parent for ever, so it fails at once.
//
// Skipping and failing are as for [Connect].
func Clean(t testing.TB) Target {
	t.Helper()
	c := connect(t)
	lock(t, c.target)
	if err := c.wipe(t.Context()); err != nil {
		t.Fatalf("emptying the test database: %v", err)
	}
	return c.target
}

// CleanSchema is Clean, and also drops all constraints and all indexes but the lookup indexes that every new database
// has: the database is then as Neo4j makes it.
func CleanSchema(t testing.TB) Target {
	t.Helper()
	target := Clean(t)
	if err := shared().dropSchema(t.Context()); err != nil {
		t.Fatalf("dropping constraints and indexes of the test database: %v", err)
	}
	return target
}

// wipe deletes all nodes, with their relationships, in batches that a small heap can hold.
func (c connection) wipe(ctx context.Context) error {
	const batch = 10_000
	for {
		rows, err := c.run(ctx, `MATCH (n) WITH n LIMIT $n DETACH DELETE n RETURN count(*)`, map[string]any{"n": batch})
		if err != nil {
			return err
		}
		if rows[0].Values[0].(int64) < batch {
			return nil
		}
	}
}

// dropSchema drops constraints first: each takes the index that it owns with it.
func (c connection) dropSchema(ctx context.Context) error {
	for _, kind := range []struct{ list, drop string }{
		{`SHOW CONSTRAINTS YIELD name`, `DROP CONSTRAINT `},
		{`SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name`, `DROP INDEX `},
	} {
		rows, err := c.run(ctx, kind.list, nil)
		if err != nil {
			return err
		}
		for _, row := range rows {
			// Schema statements take no name as a parameter on the older servers.
			name := "`" + strings.ReplaceAll(row.Values[0].(string), "`", "``") + "`"
			if _, err := c.run(ctx, kind.drop+name+` IF EXISTS`, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
