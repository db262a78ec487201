package neo4jstore

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// examined gives what the doctor says of a database, by kind.
func examined(t *testing.T, h *harness) (*doctor.Report, map[doctor.Kind]string) {
	t.Helper()
	e, err := Examine(t.Context(), h.config)
	if err != nil {
		t.Fatalf("examine: %v", err)
	}
	defer func() { _ = e.Close(t.Context()) }()
	report, err := doctor.Check(t.Context(), e, doctor.Options{Lines: 100})
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	said := map[doctor.Kind]string{}
	for _, f := range report.Found {
		said[f.Kind] = strings.Join(f.Texts, "\n")
	}
	return report, said
}

// A few lives of small graphs: that a commit leaves what all statements give anew is
// tested with many, and that a store keeps that is too.
func TestExamineFindsNothingInWhatCommitsLeave(t *testing.T) {
	long(t)
	lives := rapid.Custom(storetest.Commits)
	for seed := range 8 {
		h := opener(CutNew)(t).(unsteady)
		for _, c := range lives.Example(seed) {
			_, _ = h.store.Write(t.Context(), c) // some are meant to be refused
		}
		_, said := examined(t, h.harness)
		for kind, texts := range said {
			if kind.Wrong() && kind != doctor.Exposed {
				t.Errorf("seed %d: %s:\n%s", seed, kind, texts)
			}
		}
		if err := h.store.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// patient is a store with one of each thing that can break: p is protected, the text
// x.o names her, and only the full view has link l2 and entity r.
func patient(t *testing.T) *harness {
	t.Helper()
	h := opener(CutNew)(t).(unsteady).harness
	of := func(id, subject, property, value string) statement.Statement {
		return statement.Statement{ID: id, Subject: subject, Property: property, Value: value, Source: "src"}
	}
	link := statement.Statement{ID: "x.m", Subject: "q", Property: "MEMBER_OF", Entity: "o", Link: "l1", Source: "src"}
	hidden := statement.Statement{ID: "x.h", Subject: "q", Property: "MEMBER_OF", Entity: "o", Link: "l2", Source: "src", Visibility: statement.Restricted}
	secret := of("x.r", "r", "type", "Organization")
	secret.Visibility = statement.Restricted
	lost := of("x.lost", "nobody", "notes", "Nada")
	lost.Source = "nowhere"
	h.commit(t,
		statement.Commit{Add: []statement.Statement{
			of("x.src", "src", "type", "Source"), of("x.title", "src", "title", "Un informe"), of("x.o.type", "o", "type", "Organization"), of("x.kind", "o", "kind", "PARTY"),
			of("x.q", "q", "type", "Person"), link, hidden, secret, of("x.o", "o", "notes", "Conoce a Ana Ficticia"),
			of("x.p", "p", "type", "Person"), of("x.p.name", "p", "name", "Ana Ficticia"),
		}},
		statement.Commit{Retract: []string{"x.title"}, Add: []statement.Statement{of("x.title2", "src", "title", "Otro informe")}},
		statement.Commit{Add: []statement.Statement{statement.Statement{ID: "x.prot", Subject: "p", Property: "protection", Value: "PROTECTED", Source: vocab.Editorial}}},
		statement.Commit{Add: []statement.Statement{lost}},
	)
	return h
}

func TestExamineNotes(t *testing.T) {
	h := patient(t)
	report, said := examined(t, h)
	want := map[doctor.Kind]string{doctor.Exposed: "x.o", doctor.Dangling: "x.lost: its source is nowhere", doctor.Untyped: "nobody"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
	if report.Entities != 5 || report.Statements != 14 || report.Commits != 4 {
		t.Errorf("checked %d entities, %d statements, %d commits", report.Entities, report.Statements, report.Commits)
	}
	next := statement.Commit{Add: []statement.Statement{{ID: "x.next", Subject: "o", Property: "notes", Value: "Más", Source: "src"}}}
	if receipt, err := h.store.Write(t.Context(), next); err != nil || receipt.Sequence != 5 {
		t.Errorf("the next commit is %d, %v: the examination has left something", receipt.Sequence, err)
	}
}

func TestExamineFindsWhatIsBroken(t *testing.T) {
	long(t)
	index := index(nameLabel, nameKey)
	constraint := uniqueLink("FULL_MEMBER_OF")
	for name, c := range map[string]struct {
		damage string
		kind   doctor.Kind
		says   string
	}{
		"an entity is gone":            {"MATCH (e:FullEntity {id: 'p'}) DETACH DELETE e", doctor.Entities, "p: is missing"},
		"an entity by hand":            {"CREATE (:Entity:Person {id: 'x', name: 'Berta'})", doctor.Shape, "x: has a label of an entity, and not FullEntity"},
		"an entity by hand, in full":   {"CREATE (:Entity:Person:FullEntity:FullPerson {id: 'x', name: 'Berta'})", doctor.Entities, "x: should not be there"},
		"without an id":                {"CREATE (:FullEntity:FullPerson {name: 'Berta'})", doctor.Shape, "an entity without an id"},
		"a label is gone":              {"MATCH (e:FullEntity {id: 'q'}) REMOVE e:FullPerson", doctor.Entities, "q: lacks label FullPerson"},
		"a type in one view":           {"MATCH (e:FullEntity {id: 'q'}) REMOVE e:FullPerson", doctor.Shape, "q: is Person and not FullPerson"},
		"a kind's label is gone":       {"MATCH (e:FullEntity {id: 'o'}) REMOVE e:Party", doctor.Entities, "o: lacks label Party"},
		"a twin is gone":               {"MATCH (e:FullEntity {id: 'o'}) REMOVE e.full_name_sort", doctor.Entities, "o: lacks full_name_sort"},
		"a protected name in public":   {"MATCH (e:FullEntity {id: 'p'}) SET e.name = 'Ana Ficticia', e.name_fold = 'ana ficticia'", doctor.Entities, "p: should not have name, name_fold"},
		"what is restricted in public": {"MATCH (e:FullEntity {id: 'r'}) SET e:Entity", doctor.Entities, "r: should not have label Entity"},
		"a number of links":            {"MATCH (e:FullEntity {id: 'o'}) SET e.full_" + countOf("members") + " = 7", doctor.Counts, "o: " + countOf("members")},
		"a version":                    {"MATCH (e:FullEntity {id: 'o'}) SET e.full_public_version = 7", doctor.Version, "o: 7 in the public view, by the log 1"},
		"a link is gone":               {"MATCH ()-[x:MEMBER_OF]->() DELETE x", doctor.Links, "l1: is missing"},
		"a hidden link is public":      {"MATCH (a)-[x:FULL_MEMBER_OF]->(b) CREATE (a)-[y:MEMBER_OF]->(b) SET y = x DELETE x", doctor.Links, "l2: differs in type"},
		"a hidden link has a double":   {"MATCH (a)-[x:FULL_MEMBER_OF]->(b) CREATE (a)-[y:MEMBER_OF]->(b) SET y = x", doctor.Shape, "l2: stands as FULL_MEMBER_OF and as MEMBER_OF"},
		"a link of no statement":       {"MATCH (a:FullEntity {id: 'p'}), (b:FullEntity {id: 'o'}) CREATE (a)-[:MEMBER_OF {id: 'l9', from: 'p', to: 'o'}]->(b)", doctor.Links, "l9: no statement speaks of it"},
		"a link by hand":               {"MATCH (a:FullEntity {id: 'p'}), (b:FullEntity {id: 'o'}) CREATE (a)-[:MEMBER_OF]->(b)", doctor.Shape, "a relationship MEMBER_OF without an id"},
		"a link's ends":                {"MATCH (a)-[x:MEMBER_OF]->(b) SET x.from = 'p'", doctor.Shape, "l1: a relationship MEMBER_OF whose ends"},
		"a public link to what is not": {"MATCH (e:FullEntity {id: 'o'}) REMOVE e:Entity", doctor.Shape, "l1: MEMBER_OF joins what is not public"},
		"a link's value":               {"MATCH ()-[x:MEMBER_OF]->() SET x.role = 'Ana Ficticia'", doctor.Links, "l1: should not have role"},
		"a statement's row":            {"MATCH (s:Recorded {id: 'x.o'}) REMOVE s:Statement:FullStatement SET s.text = null", doctor.Statements, "x.o: lacks label FullStatement, label Statement, text"},
		"a statement's twin":           {"MATCH (s:Recorded {id: 'x.o'}) REMOVE s.full_group", doctor.Statements, "x.o: lacks full_group"},
		"a statement's index key":      {"MATCH (s:Recorded {id: 'x.o'}) SET s.full_raw_subject = 'q'", doctor.Statements, "x.o: "},
		"a retracted one in force":     {"MATCH (s:Recorded {id: 'x.title'}) REMOVE s:Retracted", doctor.Statements, "x.title: lacks label Retracted"},
		"a statement by hand":          {"CREATE (:Statement:FullStatement {id: 'x.hand'})", doctor.Shape, "x.hand: is no recorded statement"},
		"nothing was recorded":         {"MATCH (s:Recorded {id: 'x.o'}) SET s.full_raw = null", doctor.Shape, "x.o: a statement without"},
		"a statement that is none":     {"MATCH (s:Recorded {id: 'x.kind'}) SET s.full_raw = '{'", doctor.Unreadable, "o: a stored statement is no statement"},
		"a brief is gone":              {"MATCH (b:VinculoBrief {id: 'src'}) DELETE b", doctor.Briefs, "src: is missing"},
		"a brief's flag":               {"MATCH (b:VinculoBrief {id: 'p'}) SET b.full_shielded = false", doctor.Briefs, "p: differs in full_shielded"},
		"a former id of nothing":       {"MATCH (b:VinculoBrief {id: 'q'}) SET b.answers = 'o'", doctor.Briefs, "q: differs in answers"},
		"a statement of a former id":   {"MATCH (s:Recorded {id: 'x.o'}) SET s.full_former_subject = 'q'", doctor.Statements, "x.o: should not have full_former_subject"},
		"a protected name is gone":     {"MATCH (n:VinculoName) DELETE n", doctor.Names, "p: 0 stored, should be 1"},
		"a word leads nowhere":         {"MATCH (:FullEntity {id: 'p'})-[x:FULL_BEARS]->() DELETE x", doctor.Index, "p: by its words: 2 lead not to it, 0 should not"},
		"a hidden word is public":      {"MATCH (e:FullEntity {id: 'p'})-[x:FULL_BEARS]->(w) DELETE x CREATE (e)-[:BEARS]->(w)", doctor.Index, "p: by its words: 2 lead not to it, 2 should not"},
		"a word nobody bears":          {"CREATE (:VinculoWord {full_word: 'berta'})", doctor.Shape, "a word that nobody bears"},
		"a spelling is gone":           {"MATCH (s:VinculoSpelling {full_key: '-nforme'}) DETACH DELETE s", doctor.Index, "src: by its words: 0 lead not to it, 0 should not, 1 are not found"},
		"a spelling of nothing":        {"CREATE (:VinculoSpelling {full_key: '-brta'})", doctor.Shape, "a spelling of no word"},
		"a commit is gone":             {"MATCH (c:VinculoCommit {sequence: 2}) DELETE c", doctor.Log, "commit 2 is missing"},
		"a commit that is none":        {"MATCH (c:VinculoCommit {sequence: 2}) SET c.full_entry = '{'", doctor.Unreadable, "commit 2"},
		"a touch is gone":              {"MATCH (t:VinculoTouch {full_entity: 'p', sequence: 3}) DELETE t", doctor.Index, "commit 3 touched p"},
		"a touch of no commit":         {"CREATE (:VinculoTouch {full_entity: 'q', sequence: 3, full_change: 'UPDATED'})", doctor.Index, "the index of touched entities has"},
		"the sequence":                 {"MATCH (m:VinculoMeta) SET m.sequence = 7", doctor.Log, "the store's sequence is 7, the last commit is 4"},
		"a label by hand":              {"MATCH (e:FullEntity {id: 'o'}) SET e:Judge", doctor.Shape, "o: has a label that is not Vínculo's"},
		"a relationship by hand":       {"MATCH (a:FullEntity {id: 'p'}), (b:FullEntity {id: 'o'}) CREATE (a)-[:LIKES]->(b)", doctor.Shape, "LIKES: a relationship that is not Vínculo's"},
		"a second meta node":           {"CREATE (:VinculoMeta {key: 'other'})", doctor.Shape, "a second VinculoMeta"},
		"another projection":           {"MATCH (m:VinculoMeta) SET m.projection = 'older'", doctor.Stale, "start the server"},
		"an index is gone":             {"DROP INDEX " + index.name, doctor.Schema, index.name + ": is missing"},
		"a constraint is gone":         {"DROP CONSTRAINT " + constraint.name, doctor.Schema, constraint.name + ": is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			h := patient(t)
			run(t, h.target, c.damage)
			report, said := examined(t, h)
			if !strings.Contains(said[c.kind], c.says) {
				t.Errorf("%q is not among what it says: %q", c.says, said)
			}
			if report.Wrong() == 0 {
				t.Error("all is well, it says")
			}
			if all := strings.ToLower(fmt.Sprint(said)); strings.Contains(all, "ficticia") {
				t.Errorf("it tells a protected name: %s", all)
			}
		})
	}
}

// countOf gives the key of the number of links of a field.
func countOf(field string) string {
	for _, r := range vocab.Relations() {
		for _, f := range r.Fields {
			if f.Name == field {
				return f.CountName()
			}
		}
	}
	return ""
}

func TestExamineWhatIsNone(t *testing.T) {
	h := newHarness(t, CutNew)
	for name, text := range map[string]string{"empty": "RETURN 1", "somebody else's": "CREATE (:Movie)"} {
		run(t, h.target, text)
		if _, err := Examine(t.Context(), h.config); err == nil || !strings.Contains(err.Error(), "there is no store in it") {
			t.Errorf("%s: %v", name, err)
		}
		if rows := run(t, h.target, "MATCH (n:VinculoMeta) RETURN n"); len(rows) > 0 {
			t.Errorf("%s: it has made a store", name)
		}
	}
	h = patient(t)
	run(t, h.target, "MATCH (m:VinculoMeta) SET m.format = 99")
	if _, err := Examine(t.Context(), h.config); err == nil || !strings.Contains(err.Error(), "format is 99") {
		t.Errorf("a later format: %v", err)
	}
}

// The doctor sees no commit by half, whoever writes meanwhile.
func TestExamineWhileOthersWrite(t *testing.T) {
	h := patient(t)
	ctx, stop := context.WithCancel(t.Context())
	var writer sync.WaitGroup
	written := 0
	writer.Go(func() {
		for ctx.Err() == nil {
			who := fmt.Sprintf("p%d", written)
			of := func(id, property, value, entity string) statement.Statement {
				return statement.Statement{ID: who + "." + id, Subject: who, Property: property, Value: value, Entity: entity, Source: "src"}
			}
			c := statement.Commit{Add: []statement.Statement{of("type", "type", "Person", ""), of("name", "name", "Berta Inventada", ""), of("m", "MEMBER_OF", "", "o")}}
			if written%2 == 1 {
				c.Retract = []string{fmt.Sprintf("p%d.m", written-1), fmt.Sprintf("p%d.type", written-1)}
			}
			if _, err := h.store.Write(t.Context(), c); err != nil {
				t.Errorf("write: %v", err)
				return
			}
			written++
		}
	})
	for range 2 {
		_, said := examined(t, h)
		delete(said, doctor.Exposed)
		delete(said, doctor.Dangling)
		delete(said, doctor.Untyped)
		if len(said) > 0 {
			t.Errorf("it says %v", said)
		}
	}
	stop()
	writer.Wait()
	if written < 10 {
		t.Errorf("only %d commits came meanwhile", written)
	}
}
