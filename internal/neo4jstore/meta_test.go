package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

func TestNewEnough(t *testing.T) {
	for version, want := range map[string]bool{
		"5.26.0": true, "5.26.25": true, "5.27-aura": true, "2025.08.0": true, "5.26": true, "6": true,
		"5.25.9": false, "4.4.30": false, "5": false, "": false, "unknown": false,
	} {
		if newEnough(version) != want {
			t.Errorf("%q: %v", version, !want)
		}
	}
}

// A database that holds somebody's data is not written to, unless that is wanted.
func TestForeignData(t *testing.T) {
	h := newHarness(t, CutNew)
	run(t, h.target, "CREATE (:Film {title: 'Una película'})")
	refused := func(want string) {
		t.Helper()
		_, err := Open(t.Context(), h.config)
		if err == nil || !strings.Contains(err.Error(), want) || errors.Is(err, store.ErrUnavailable) {
			t.Fatalf("got %v, want an error with %q", err, want)
		}
		if n := run(t, h.target, "MATCH (m:VinculoMeta) RETURN count(m)")[0].Values[0]; n != int64(0) {
			t.Fatal("it was made ours all the same")
		}
	}
	refused("--adopt")
	run(t, h.target, "CREATE (:Person {name: 'Quien no es de aquí'})")
	h.config.Adopt = true
	refused("labels")
	run(t, h.target, "MATCH (p:Person) DELETE p")
	h.open(t)
	h.config.Adopt = false
	h.Reopen(t) // ours by now
	everything := store.Selection{Page: store.PageOf{First: 10}, Total: true}
	if got := h.ids(t, everything); got != "" {
		t.Errorf("the store has %s", got)
	}
	if n := run(t, h.target, "MATCH (f:Film) RETURN count(f)")[0].Values[0]; n != int64(1) {
		t.Errorf("%v films are left", n)
	}
}

func TestNewerFormatIsRefused(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	run(t, h.target, "MATCH (m:VinculoMeta) SET m.format = m.format + 1")
	if _, err := Open(t.Context(), h.config); err == nil || !strings.Contains(err.Error(), "format") {
		t.Errorf("got %v", err)
	}
}

// A database that is emptied while it is in use is not an empty store.
func TestEmptiedDatabase(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	run(t, h.target, "MATCH (n) DETACH DELETE n")
	people := []store.Selection{{Types: []string{"Person"}, Page: store.PageOf{First: 1}}}
	if _, err := h.store.Read(t.Context(), statement.PublicView, 10, people); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("read: %v", err)
	}
	if _, err := h.store.Write(t.Context(), statement.Commit{}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("write: %v", err)
	}
}

// Schema objects are told apart by their names alone, and what is not wanted any
// more goes.
func TestSchema(t *testing.T) {
	names := map[string]bool{}
	for _, o := range schema() {
		if names[o.name] {
			t.Errorf("two are called %s", o.name)
		}
		names[o.name] = true
	}
	h := newHarness(t, CutNew)
	h.open(t)
	run(t, h.target, "CREATE INDEX vinculo_of_old IF NOT EXISTS FOR (n:Old) ON (n.key)")
	run(t, h.target, "DROP INDEX vinculo_index_Person_name_sort_id IF EXISTS")
	h.Reopen(t)
	var there []string
	for _, r := range run(t, h.target, "SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'vinculo_' AND state = 'ONLINE' RETURN name") {
		there = append(there, r.Values[0].(string))
	}
	slices.Sort(there)
	var want []string
	for _, o := range schema() {
		want = append(want, o.name)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, there); diff != "" {
		t.Errorf("schema (-want +there):\n%s", diff)
	}
	t.Logf("%d constraints and indexes", len(want))
}

// What another process makes at the same moment is in the way of a constraint only
// until that is looked for again.
func TestSchemaMadeMeanwhile(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	constraint := unique(metaLabel, "key")
	run(t, h.target, "DROP CONSTRAINT "+constraint.name)
	run(t, h.target, "CREATE INDEX in_the_way FOR (n:"+metaLabel+") ON (n.key)")
	tries := 0
	h.config.Logger = slog.New(slog.NewTextHandler(writerFunc(func(line []byte) (int, error) {
		if strings.Contains(string(line), "making constraints") {
			if tries++; tries == 2 {
				run(t, h.target, "DROP INDEX in_the_way")
			}
		}
		return len(line), nil
	}), nil))
	h.Reopen(t)
	there := run(t, h.target, "SHOW CONSTRAINTS YIELD name WHERE name = $p.name RETURN name", params{"name": constraint.name})
	if tries != 2 || len(there) != 1 {
		t.Errorf("%d tries, %d constraints", tries, len(there))
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// Rows of another projection are not shown, and are made anew from the statements:
// the same rows, versions and log.
func TestReproject(t *testing.T) {
	long(t)
	h := newHarness(t, CutNowhere)
	h.open(t)
	minor := storetest.NewMinor()
	for _, c := range minor.Commits {
		if _, err := h.store.Write(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	second := func(id, subject, property, value, entity string) statement.Statement {
		return statement.Statement{ID: id, Subject: subject, Property: property, Value: value, Entity: entity, Source: "src", ClaimedBy: "yo4"}
	}
	same := func(id, subject, entity string) statement.Statement {
		return statement.Statement{ID: id, Subject: subject, Property: vocab.SameAs, Entity: entity, Source: vocab.Editorial}
	}
	h.write(t, second("m1", "y9", "type", "Person", ""), second("m2", "y9", "gender", "seña", ""), second("m3", "yo4", "type", "Organization", ""), second("m4", "yp1", "ASSOCIATE_OF", "", "y9"))
	h.write(t, same("m5", "y9", minor.Person), same("m6", "yo4", "yo3"))
	if _, err := h.store.Write(t.Context(), statement.Commit{Retract: []string{minor.Commits[0].Add[0].ID}}); err != nil {
		t.Fatal(err)
	}
	rowsBefore, logBefore := state(t, h.store)
	run(t, h.target, "MATCH (m:VinculoMeta) SET m.projection = 'of old' WITH m MATCH (p:Person) SET p.name = 'de antes', p.name_sort = 'de antes'")
	old := h.store
	h.open(t)
	if !h.store.Outdated() {
		t.Fatal("it is not known to be outdated")
	}
	for name, s := range map[string]*Store{"opened before": old, "opened after": h.store} {
		if _, err := s.Write(t.Context(), statement.Commit{Add: minor.Commits[0].Add[:1]}); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: write: %v", name, err)
		}
	}
	if _, err := h.store.Read(t.Context(), statement.PublicView, 10, storetest.Whole()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("read: %v", err)
	}
	if err := h.store.Reproject(t.Context()); err != nil {
		t.Fatal(explained(err))
	}
	if h.store.Outdated() {
		t.Error("it still is outdated")
	}
	rows, log := state(t, h.store)
	for _, view := range statement.Views {
		if diff := storetest.Diff(storetest.Whole(), rowsBefore[view], rows[view]); diff != "" {
			t.Errorf("%v view (-before +after):\n%s", view, diff)
		}
	}
	if diff := cmp.Diff(logBefore, log); diff != "" {
		t.Errorf("log (-before +after):\n%s", diff)
	}
	if err := h.store.Reproject(t.Context()); err != nil {
		t.Errorf("again: %v", err)
	}
}

// A projection of several batches: links end at what comes later, and what two batches
// have in common is made by both.
func TestReprojectInBatches(t *testing.T) {
	long(t)
	h := newHarness(t, CutNew)
	h.open(t)
	of := func(subject, property, value string) statement.Statement {
		return statement.Statement{Subject: subject, Property: property, Value: value, Source: "src"}
	}
	to := func(subject, relation, entity string) statement.Statement {
		return statement.Statement{Subject: subject, Property: relation, Entity: entity, Source: "src"}
	}
	add := []statement.Statement{of("src", "type", "Source"), of("z", "type", "Organization")}
	for i := range 2 * projectBatch {
		id := fmt.Sprintf("p%03d", i)
		add = append(add, of(id, "type", "Person"), to(id, "MEMBER_OF", "z"))
	}
	first, last := "p000", fmt.Sprintf("p%03d", 2*projectBatch-1)
	h.write(t, append(add, of("zd", "type", "Detention"), to(first, "HAS_DETENTION", "zd"), to(first, "RELATIVE_OF", last), to(last, "RELATIVE_OF", first))...)
	run(t, h.target, "MATCH (m:VinculoMeta) SET m.projection = 'of old'")
	h.open(t)
	if err := h.store.Reproject(t.Context()); err != nil {
		t.Fatal(explained(err))
	}
	report, said := examined(t, h)
	if report.Wrong() > 0 || report.Entities != 2*projectBatch+3 {
		t.Errorf("%d entities; wrong: %v", report.Entities, said)
	}
	if got := h.ids(t, store.Selection{Types: []string{"Organization"}, Where: store.Linked{
		Step: *store.StepOf(vocab.TypeOf("Organization").Field("members")), Quantifier: store.Number, Op: store.Eq, Number: 2 * projectBatch,
	}, Page: store.PageOf{First: 1}}); got != "z" {
		t.Errorf("with all its members there is %q", got)
	}
}

// A projection that fails says why, and the next start makes it good.
func TestReprojectAgainAfterAFailure(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	h.write(t, statement.Statement{ID: "one", Subject: "src", Property: "type", Value: "Source", Source: "src"})
	run(t, h.target, "MATCH (m:VinculoMeta) SET m.projection = 'of old'")
	run(t, h.target, "MATCH (s:Recorded {id: 'one'}) CREATE (:Kept {raw: s.full_raw}) SET s.full_raw = '{'")
	h.open(t)
	if err := h.store.Reproject(t.Context()); err == nil || !strings.Contains(err.Error(), "a stored statement is no statement") {
		t.Errorf("got %v", err)
	}
	run(t, h.target, "MATCH (s:Recorded {id: 'one'}) MATCH (k:Kept) SET s.full_raw = k.raw DELETE k")
	h.open(t)
	if !h.store.Outdated() {
		t.Error("what failed is taken for done")
	}
	if err := h.store.Reproject(t.Context()); err != nil {
		t.Fatal(explained(err))
	}
	if report, said := examined(t, h); report.Wrong() > 0 || report.Entities != 1 {
		t.Errorf("%d entities; wrong: %v", report.Entities, said)
	}
}

// state is all that a store answers, by view.
func state(t *testing.T, s *Store) (rows [len(statement.Views)][]store.Page, log [len(statement.Views)][]statement.Entry) {
	t.Helper()
	for _, view := range statement.Views {
		var err error
		if rows[view], err = s.Read(t.Context(), view, 100_000, storetest.Whole()); err != nil {
			t.Fatal(explained(err))
		}
		if log[view], err = s.Log(t.Context(), view, "", 0, 1000); err != nil {
			t.Fatal(explained(err))
		}
	}
	return rows, log
}

// Of two processes that project anew the one that began last goes on.
func TestReprojectionIsClaimed(t *testing.T) {
	h := newHarness(t, CutNowhere)
	h.open(t)
	run(t, h.target, "MATCH (m:VinculoMeta) SET m.projection = 'of old'")
	first, second := &reprojection{h.store, "first"}, &reprojection{h.store, "second"}
	for _, r := range []*reprojection{first, second} {
		if done, err := r.begin(t.Context()); err != nil || done {
			t.Fatal(done, err)
		}
	}
	step := func(r *reprojection) error { return r.batch(t.Context(), func(*writer) error { return nil }) }
	if err := step(first); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("the first one goes on: %v", err)
	}
	if err := step(second); err != nil {
		t.Errorf("the second one: %v", err)
	}
	if err := second.finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if done, err := first.begin(context.WithoutCancel(t.Context())); err != nil || !done {
		t.Errorf("once it is done, beginning again gives %v, %v", done, err)
	}
}
