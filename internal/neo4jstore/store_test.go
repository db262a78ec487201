package neo4jstore

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/neo4jtest"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// databaseChecks is how many graphs a property is tried on, each in a database that
// is emptied for it, unless -rapid.checks says otherwise.
const databaseChecks = 2

func TestMain(m *testing.M) {
	flag.Parse()
	if !rapidWasAskedFor() {
		if err := flag.Set("rapid.checks", strconv.Itoa(databaseChecks)); err != nil {
			panic(err)
		}
	}
	os.Exit(neo4jtest.Run(m))
}

// rapidWasAskedFor reports whether the command line says how many checks to make.
func rapidWasAskedFor() (asked bool) {
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	return asked
}

// harness is that of a store on a clean database.
type harness struct {
	target neo4jtest.Target
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
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("close: %v", explained(err))
		}
	})
	h.store = s
}

// commit stores commits.
func (h *harness) commit(t *testing.T, commits ...statement.Commit) {
	t.Helper()
	for _, c := range commits {
		if _, err := h.store.Write(t.Context(), c); err != nil {
			t.Fatalf("write: %v", explained(err))
		}
	}
}

// write stores statements, in as few commits as can hold them.
func (h *harness) write(t *testing.T, add ...statement.Statement) {
	t.Helper()
	for part := range slices.Chunk(add, statement.MaxStatements) {
		h.commit(t, statement.Commit{Add: part})
	}
}

// ids gives the ids of the rows that a selection has in the public view.
func (h *harness) ids(t *testing.T, s store.Selection) string {
	t.Helper()
	pages, err := h.store.Read(t.Context(), statement.PublicView, 1000, []store.Selection{s})
	if err != nil {
		t.Fatalf("read: %v", explained(err))
	}
	var ids []string
	for _, r := range pages[0].Rows {
		ids = append(ids, r.Row.ID)
	}
	return strings.Join(ids, " ")
}

// newHarness is a harness on a clean database, of a store that is not open yet.
func newHarness(t *testing.T, cut CutPolicy) *harness {
	t.Helper()
	target := fresh(t)
	return &harness{target: target, config: Config{
		URI: target.URI, Username: target.Username, Password: target.Password, Database: target.Database, Cut: cut, now: storetest.Clock(),
		Logger: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}}
}

// opener opens stores that cut their reads in one way.
func opener(cut CutPolicy) storetest.Open {
	return func(t *testing.T) storetest.Harness {
		h := newHarness(t, cut)
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

// run runs a text beside the store, with the parameter $p, and gives its rows.
func run(t *testing.T, target neo4jtest.Target, text string, p ...params) []*neo4j.Record {
	t.Helper()
	driver, err := neo4j.NewDriverWithContext(target.URI, target.Auth())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = driver.Close(t.Context()) }()
	all := map[string]any{}
	for _, each := range p {
		all["p"] = map[string]any(each)
	}
	result, err := neo4j.ExecuteQuery(t.Context(), driver, text, all, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase(target.Database))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return result.Records
}

// The suite runs on both extremes of how a read is cut.
var extremes = map[string]CutPolicy{"cut nowhere": CutNowhere, "cut everywhere": CutEverywhere}

// long leaves a test to `make test` alone: what does nothing at the same time shows
// the race detector, which `make check` runs, nothing, and waits for Neo4j to plan.
func long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("too long for -short: make test runs it")
	}
}

func TestConformance(t *testing.T) {
	long(t)
	for name, cut := range extremes {
		t.Run(name, func(t *testing.T) { storetest.Run(t, opener(cut)) })
	}
}

// Operations at the same time also share what they know of each other's texts.
func TestConcurrency(t *testing.T) {
	storetest.RunConcurrent(t, opener(CutNew))
}

func TestProperties(t *testing.T) {
	long(t)
	for name, cut := range extremes {
		t.Run(name, func(t *testing.T) { storetest.RunProperties(t, opener(cut)) })
	}
}

// A cluster is read through routing: here it has one server, which is all of it.
func TestRouting(t *testing.T) {
	h := newHarness(t, CutNew)
	h.config.URI = strings.Replace(h.config.URI, "bolt://", "neo4j://", 1)
	h.open(t)
	for i := range 5 {
		id := fmt.Sprintf("p%d", i)
		h.write(t, statement.Statement{Subject: id, Property: "type", Value: "Person", Source: "s1"})
		if got := h.ids(t, store.Selection{IDs: []string{id}, Page: store.PageOf{First: 1}}); got != id {
			t.Fatalf("what was just written reads %q", got)
		}
	}
}

// Of two servers on one database each sees at once what the other writes, and in its
// log too.
func TestTwoServersSeeEachOthersWrites(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	other := &harness{target: h.target, config: h.config}
	other.open(t)
	for i := range 6 {
		id := fmt.Sprintf("p%d", i)
		writer, reader := h, other
		if i%2 == 1 {
			writer, reader = other, h
		}
		writer.write(t, statement.Statement{Subject: id, Property: "type", Value: "Person", Source: "s1"})
		if got := reader.ids(t, store.Selection{Types: []string{"Person"}, Page: store.PageOf{First: 10}}); got != "p0 p1 p2 p3 p4 p5"[:3*i+2] {
			t.Fatalf("after %d writes the other one reads %q", i+1, got)
		}
		log, err := reader.store.Log(t.Context(), store.FullView, id, 0, 1)
		if err != nil || len(log) != 1 || log[0].Sequence != uint64(i+1) {
			t.Fatalf("the other one's log of %s: %v %v", id, log, err)
		}
	}
}
