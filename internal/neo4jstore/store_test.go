package neo4jstore

import (
	"log/slog"
	"os"
	"sync"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/neo4jtest"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

func TestMain(m *testing.M) { os.Exit(neo4jtest.Run(m)) }

// harness is that of a store on a clean database.
type harness struct {
	config Config
	store  *Store
}

func (h *harness) Store() store.Store { return h.store }

func (h *harness) Reopen(t *testing.T) store.Store {
	if err := h.store.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.open(t)
	return h.store
}

// unsteady is that of a store that reads in pieces.
type unsteady struct{ *harness }

func (h unsteady) BetweenPieces(fn func()) { h.store.between = fn }

func (h *harness) open(t *testing.T) {
	t.Helper()
	s, err := Open(t.Context(), h.config)
	if err != nil {
		t.Fatalf("%v (%s)", err, Cause(err))
	}
	t.Cleanup(func() { s.Close(t.Context()) })
	h.store = s
}

// opener opens stores that cut their reads in one way.
func opener(cut CutPolicy) storetest.Open {
	return func(t *testing.T) storetest.Harness {
		target := fresh(t)
		h := &harness{config: Config{
			URI: target.URI, Username: target.Username, Password: target.Password, Database: target.Database, Cut: cut,
			Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
		}}
		h.open(t)
		if cut == CutNowhere {
			return h
		}
		return unsteady{h}
	}
}

// cleaned are the tests that have the database for themselves.
var cleaned sync.Map

// fresh gives a clean database, to a test that opens several one after the other too.
func fresh(t *testing.T) neo4jtest.Target {
	t.Helper()
	if target, again := cleaned.Load(t.Name()); again {
		target := target.(neo4jtest.Target)
		run(t, target, "MATCH (n) DETACH DELETE n")
		return target
	}
	target := neo4jtest.Clean(t)
	cleaned.Store(t.Name(), target)
	t.Cleanup(func() { cleaned.Delete(t.Name()) })
	return target
}

// run runs a text beside the store and gives its rows.
func run(t *testing.T, target neo4jtest.Target, text string) []*neo4j.Record {
	t.Helper()
	driver, err := neo4j.NewDriverWithContext(target.URI, target.Auth())
	if err != nil {
		t.Fatal(err)
	}
	defer driver.Close(t.Context())
	result, err := neo4j.ExecuteQuery(t.Context(), driver, text, nil, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase(target.Database))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return result.Records
}

var policies = map[string]CutPolicy{"cut nowhere": CutNowhere, "cut everywhere": CutEverywhere, "cut what is new": CutNew}

func TestConformance(t *testing.T) {
	for name, cut := range policies {
		t.Run(name, func(t *testing.T) { storetest.Run(t, opener(cut)) })
	}
}

func TestProperties(t *testing.T) {
	for name, cut := range policies {
		t.Run(name, func(t *testing.T) { storetest.RunProperties(t, opener(cut)) })
	}
}
