package neo4jstore

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// What people write in Neo4j's own tools reads the public view, as long as it names
// labels, types and keys without the prefixes of the full one.
func TestPlainGraphIsThePublicView(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	minor := storetest.NewMinor()
	h.commit(t, minor.Commits...)
	for what, text := range map[string]string{
		"nodes": "MATCH (n) UNWIND [l IN labels(n) WHERE NOT l STARTS WITH 'Full' AND NOT l STARTS WITH 'Vinculo' AND l <> 'Recorded'] AS label " +
			"UNWIND [k IN keys(n) WHERE NOT k STARTS WITH 'full_'] AS key RETURN DISTINCT label, n.id, key, n[key]",
		"any node":      "MATCH (n) UNWIND [k IN keys(n) WHERE NOT k STARTS WITH 'full_' AND k <> 'id'] AS key RETURN DISTINCT n.id, key, n[key]",
		"relationships": "MATCH ()-[r]->() WHERE NOT type(r) STARTS WITH 'FULL_' UNWIND [k IN keys(r) WHERE NOT k STARTS WITH 'full_'] AS key RETURN type(r), key, r[key]",
	} {
		for _, row := range run(t, h.target, text) {
			if what == "any node" && row.Values[0] != nil {
				row.Values[0] = "" // ids of statements stand on nodes without a label of the public view
			}
			said, _ := json.Marshal(row.Values)
			for _, secret := range minor.Secrets {
				if strings.Contains(strings.ToLower(string(said)), strings.ToLower(secret)) {
					t.Errorf("%s: %s holds %q", what, said, secret)
				}
			}
		}
	}
	if rows := run(t, h.target, "MATCH (e:Entity) UNWIND keys(e) AS key WITH key WHERE key CONTAINS 'version' AND NOT key STARTS WITH 'full_' RETURN key"); len(rows) > 0 {
		t.Errorf("when something about the minor changed is told: %v", rows[0].Values)
	}
	if rows := run(t, h.target, fmt.Sprintf("MATCH (p:FullPerson {id: '%s'}) RETURN p.full_name", minor.Person)); len(rows) != 1 || rows[0].Values[0] == nil {
		t.Error("the full view does not have what the public one lacks")
	}
	if rows := run(t, h.target, fmt.Sprintf("MATCH (p:Person {id: '%s'}) RETURN p.name, p.protected", minor.Person)); len(rows) != 1 ||
		!cmp.Equal(rows[0].Values, []any{nil, true}) {
		t.Errorf("the public view has %v", rows)
	}
}

// No plain key names who the public view does not know: who claims something and is
// RESTRICTED, or is not known at all.
func TestPlainGraphNamesNoHiddenClaimant(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	h.write(t,
		statement.Statement{Subject: "s1", Property: "type", Value: "Source", Source: "s1"},
		statement.Statement{Subject: "s1", Property: "PUBLISHED_BY", Entity: "hidden-publisher", Source: "s1"},
		statement.Statement{Subject: "hidden-publisher", Property: "type", Value: "Organization", Source: "s1", Visibility: statement.Restricted},
		statement.Statement{Subject: "o1", Property: "type", Value: "Organization", Source: "s1"},
		statement.Statement{Subject: "o1", Property: "notes", Value: "una nota", Source: "s1", ClaimedBy: "hidden-teller"},
		statement.Statement{Subject: "hidden-teller", Property: "type", Value: "Organization", Source: "s1", Visibility: statement.Restricted},
		statement.Statement{Subject: "o1", Property: "description", Value: "una cosa", Source: "s1", ClaimedBy: "hidden-nobody"},
	)
	text := "MATCH (n) WHERE n:Entity OR n:Statement UNWIND [k IN keys(n) WHERE NOT k STARTS WITH 'full_'] AS key WITH n, key WHERE any(v IN [] + n[key] WHERE toString(v) STARTS WITH 'hidden') RETURN n.id, key"
	for _, row := range run(t, h.target, text) {
		t.Errorf("%v tells", row.Values)
	}
}

func TestQueriesInNeo4jsOwnTools(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	h.write(t,
		statement.Statement{Subject: "s1", Property: "type", Value: "Source", Source: "s1"},
		statement.Statement{Subject: "p1", Property: "type", Value: "Person", Source: "s1"},
		statement.Statement{Subject: "p1", Property: "name", Value: "Ana Ficticia", Source: "s1"},
		statement.Statement{Subject: "p2", Property: "type", Value: "Person", Source: "s1"},
		statement.Statement{Subject: "o1", Property: "type", Value: "Organization", Source: "s1"},
		statement.Statement{Subject: "o1", Property: "name", Value: "Partido Imaginario", Source: "s1"},
		statement.Statement{ID: "kind", Subject: "o1", Property: "kind", Value: "PARTY", Source: "s1"},
		statement.Statement{Subject: "p1", Property: "MEMBER_OF", Entity: "o1", Source: "s1"},
		statement.Statement{Subject: "p2", Property: "MEMBER_OF", Entity: "o1", Source: "s1", Visibility: statement.Restricted},
	)
	members := `MATCH (p:Person)-[:MEMBER_OF]->(:Party {name: "Partido Imaginario"}) RETURN p.name`
	if rows := run(t, h.target, members); len(rows) != 1 || rows[0].Values[0] != "Ana Ficticia" {
		t.Errorf("members: %v", rows)
	}
	// A label goes with the kind that it is of; one that means something else has another name.
	h.commit(t, statement.Commit{Retract: []string{"kind"}})
	if rows := run(t, h.target, members); len(rows) != 0 {
		t.Errorf("members of what is no party any more: %v", rows)
	}
	if got := kindLabel("SECURITY_FORCE") + " " + kindLabel("STATEMENT"); got != "SecurityForce StatementKind" {
		t.Error(got)
	}
}
