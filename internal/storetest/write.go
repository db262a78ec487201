package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var writing = subject{name: "write", data: writeData, fresh: true, cases: []sentence{
	{"Write applies the commit whole or not at all", writeWhole},
	{"Writes are serial: their sequences rise by one in the order in which they commit", writeSequence},
	{"A commit that changes nothing is not logged and gets the receipt of the sequence that brought its last statement", writeNothing},
	{"Errors of package statement (ErrInvalid, ErrConflict, ErrNotFound) say what is wrong and where", writeErrors},
	{"if the context ends before the write is durable, nothing is changed", writeCanceled},
	{"Store keeps statements, their log, and the rows projected from them", writeRows},
	{"KeyVersion among the keys of a selection asks for the version of its entities", writeVersions},
	{"of an entity in this view: the sequence of its last change", writeVersions},
	{"The row of a statement tells what commits did to it, and when, to the view that may know", writeTraces},
}}

// writeData is two commits.
func writeData() []statement.Commit {
	return []statement.Commit{
		together(source(theSource), entity("o1", "Organization", "name", "Uno")),
		together(entity("p1", "Person", "name", "Ana Ficticia"), []statement.Statement{say("m1", "p1", "MEMBER_OF", "o1", linkID("l1"))}),
	}
}

// whole gives everything that the store shows, in both views.
func (s *suite) whole(t *testing.T) (list [2]state) {
	t.Helper()
	for _, view := range statement.Views {
		list[view] = stateOf(t, s.Store(), view)
	}
	return list
}

// unchanged runs fn and fails if the store shows anything else after it.
func (s *suite) unchanged(t *testing.T, fn func()) {
	t.Helper()
	before := s.whole(t)
	fn()
	if diff := difference(before, s.whole(t)); diff != "" {
		t.Errorf("the store has changed (-before +after):\n%s", diff)
	}
}

func writeWhole(t *testing.T, s *suite) {
	bad := map[string]statement.Statement{
		"first check":     say("bad", "p1", "wingspan", "3"),
		"type of the end": say("bad", "o1", "MEMBER_OF", "p1"),
		"second type":     say("bad", "p1", vocab.TypeProperty, "Organization"),
		"known id":        say("p1.name", "p1", "name", "Otra"),
		"one link, two":   say("bad", "p1", "MEMBER_OF", "o9", linkID("l1")),
	}
	for name, wrong := range bad {
		s.unchanged(t, func() {
			c := together(entity("o2", "Organization", "name", "Dos"), []statement.Statement{say("p1.notes", "p1", "notes", "x"), wrong})
			c.Retract = []string{"o1.name"}
			if _, err := s.Store().Write(t.Context(), c); err == nil {
				t.Errorf("%s: no error", name)
			}
		})
	}
	s.commit(t, statement.Commit{Retract: []string{"m1", "p1.name"}, Add: entity("o2", "Organization"), Set: []statement.Setting{{ID: "o1.name", Rank: "DEPRECATED"}}})
	named := with(store.Selection{Types: []string{"Person", "Organization"}, Where: compare("Person.name", store.IsNull, true), Page: store.PageOf{First: 9}}, along("Person.memberOf"))
	s.shows(t, named, "o1() o2() p1()")
}

func writeSequence(t *testing.T, s *suite) {
	for i := range 5 {
		receipt := s.write(t, say(fmt.Sprintf("note%d", i), "p1", "notes", fmt.Sprint(i)))
		if want := uint64(i + 3); receipt.Sequence != want {
			t.Errorf("sequence %d, want %d", receipt.Sequence, want)
		}
		if _, err := s.Store().Write(t.Context(), statement.Commit{Retract: []string{"nothing"}}); err == nil {
			t.Error("no error")
		}
		if again := s.write(t, say("p1.name", "p1", "name", "Ana Ficticia")); again.Sequence != 2 || !again.Unchanged {
			t.Errorf("a repetition: %+v", again)
		}
	}
	// Failed and unchanged commits used up no sequence.
	if diff := cmp.Diff([]uint64{1, 2, 3, 4, 5, 6, 7}, sequences(s.log(t, statement.FullView, "", 0, 100))); diff != "" {
		t.Error(diff)
	}
}

func writeNothing(t *testing.T, s *suite) {
	for _, tt := range []struct {
		name   string
		commit statement.Commit
		want   statement.Receipt
	}{
		{"the first commit again", writeData()[0], statement.Receipt{Sequence: 1, Unchanged: true, Added: []string{"src.type", "o1.type", "o1.name"}}},
		{"statements of both", statement.Commit{Add: []statement.Statement{say("p1.name", "p1", "name", "Ana Ficticia"), say("o1.name", "o1", "name", "Uno")}},
			statement.Receipt{Sequence: 2, Unchanged: true, Added: []string{"p1.name", "o1.name"}}},
		{"a setting that is so", statement.Commit{Set: []statement.Setting{{ID: "p1.name", Rank: statement.Normal}}}, statement.Receipt{Sequence: 2, Unchanged: true}},
	} {
		s.unchanged(t, func() {
			if diff := difference(tt.want, s.commit(t, tt.commit)); diff != "" {
				t.Errorf("%s: %s", tt.name, diff)
			}
		})
	}
	retraction := s.retract(t, "m1")
	s.unchanged(t, func() {
		if again := s.retract(t, "m1"); again.Sequence != retraction.Sequence || !again.Unchanged {
			t.Errorf("retracted again: %+v", again)
		}
	})
}

func writeErrors(t *testing.T, s *suite) {
	good := say("good", "p1", "notes", "x")
	s.retract(t, "m1")
	for _, tt := range []struct {
		name   string
		commit statement.Commit
		kind   error
		index  int
		key    string
	}{
		{"unknown property", statement.Commit{Add: []statement.Statement{good, say("bad", "p1", "wingspan", "3")}}, store.ErrInvalid, 1, "property"},
		{"bad value", statement.Commit{Add: []statement.Statement{say("bad", "p1", "birthDate", "soon"), good}}, store.ErrInvalid, 0, "value"},
		{"no source", statement.Commit{Add: []statement.Statement{say("bad", "p1", "notes", "x", from(""))}}, store.ErrInvalid, 0, "source"},
		{"swapped ends", statement.Commit{Add: []statement.Statement{good, good, say("bad", "o1", "MEMBER_OF", "p1")}}, store.ErrInvalid, 2, "property"},
		{"second type", statement.Commit{Add: []statement.Statement{say("bad", "p1", vocab.TypeProperty, "Organization")}}, store.ErrConflict, 0, "property"},
		{"other content", statement.Commit{Add: []statement.Statement{say("p1.name", "p1", "name", "Otra")}}, store.ErrConflict, 0, "id"},
		{"an entity's id", statement.Commit{Add: []statement.Statement{say("o1", "p1", "name", "Otra")}}, store.ErrConflict, 0, "id"},
		{"unknown to retract", statement.Commit{Retract: []string{"p1.name", "nothing"}}, store.ErrNotFound, 1, "retract"},
		{"unknown to set", statement.Commit{Set: []statement.Setting{{ID: "nothing", Rank: "PREFERRED"}}}, store.ErrNotFound, 0, "set"},
		{"retracted to set", statement.Commit{Set: []statement.Setting{{ID: "m1", Rank: "PREFERRED"}}}, store.ErrConflict, 0, "set"},
	} {
		_, err := s.Store().Write(t.Context(), tt.commit)
		var e *statement.Error
		if !errors.Is(err, tt.kind) || !errors.As(err, &e) {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if e.Index != tt.index || e.Key != tt.key || e.Message == "" {
			t.Errorf("%s: at %d, key %q: %s", tt.name, e.Index, e.Key, e.Message)
		}
	}
}

func writeCanceled(t *testing.T, s *suite) {
	s.unchanged(t, func() {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Store().Write(ctx, together(entity("o2", "Organization"))); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
	if receipt := s.write(t, say("note", "p1", "notes", "x")); receipt.Sequence != 3 {
		t.Errorf("the sequence moved: %d", receipt.Sequence)
	}
}

func writeRows(t *testing.T, s *suite) {
	// Statements without an id get one, the same for the same content.
	anonymous := say("", "p1", "notes", "Una nota.")
	receipt := s.write(t, anonymous)
	if len(receipt.Added) != 1 || !statement.ValidID(receipt.Added[0]) {
		t.Fatalf("%+v", receipt)
	}
	if again := s.write(t, anonymous); !again.Unchanged || again.Added[0] != receipt.Added[0] || again.Sequence != receipt.Sequence {
		t.Errorf("again: %+v", again)
	}
	s.shows(t, only(store.StatementRows, receipt.Added...), receipt.Added[0])
	// A link shows once its far end exists, and no longer than that.
	memberships := with(only(store.Entities, "p1"), along("Person.memberOf"))
	s.write(t, say("m2", "p1", "MEMBER_OF", "o0", linkID("l2")))
	s.shows(t, memberships, "p1(o1/l1)")
	s.write(t, entity("o0", "Organization")...)
	s.shows(t, memberships, "p1(o0/l2 o1/l1)")
	s.retract(t, "o0.type", "m1")
	s.shows(t, memberships, "p1()")
	s.shows(t, only(store.LinkRows, "l1", "l2"), "")
	s.shows(t, only(store.StatementRows, "m1", "m2"), "m1") // retracted, but of someone who is there
	retracted := only(store.StatementRows, "m1")
	retracted.Keys = []string{statement.KeyRetracted, statement.KeyPlace}
	row := s.read(t, statement.PublicView, retracted).Rows[0].Row
	if row.Values.Get(statement.KeyRetracted) != true || row.Values.Get(statement.KeyPlace) != nil {
		t.Errorf("retracted: %+v", row.Values)
	}
	// Counts move with links.
	byCount := ordered("Organization", store.Order{Count: rel("Organization.members")})
	s.write(t, entity("o2", "Organization")...)
	s.write(t, say("m3", "p1", "MEMBER_OF", "o2"))
	s.shows(t, byCount, "o1 o2")
	s.write(t, say("m4", "p1", "MEMBER_OF", "o1", linkID("l4")), say("m5", "p1", "MEMBER_OF", "o1", linkID("l5")))
	s.shows(t, byCount, "o2 o1")
	s.retract(t, "m4", "m5")
	s.shows(t, byCount, "o1 o2")
}

func writeVersions(t *testing.T, s *suite) {
	versions := func(view store.View, want string) {
		t.Helper()
		text := ""
		selection := only(store.Entities, "src", "o1", "p1")
		selection.Keys = []string{store.KeyVersion}
		for _, r := range s.read(t, view, selection).Rows {
			text += fmt.Sprintf("%s@%d ", r.Row.ID, r.Version)
		}
		if text != want {
			t.Errorf("%v view: got %q, want %q", view, text, want)
		}
	}
	versions(statement.PublicView, "src@1 o1@2 p1@2 ")
	s.write(t, say("secret", "o1", "notes", "x", restricted))
	versions(statement.PublicView, "src@1 o1@2 p1@2 ")
	versions(statement.FullView, "src@1 o1@3 p1@2 ")
	s.write(t, say("title", theSource, "title", "Informe", from(theSource)))
	versions(statement.PublicView, "src@4 o1@2 p1@2 ")
	s.retract(t, "m1")
	versions(statement.PublicView, "src@4 o1@5 p1@5 ")
	versions(statement.FullView, "src@4 o1@5 p1@5 ")
	nested := with(only(store.Entities, "p1"), theirs("subject", "id", store.StatementRows))
	nested.Keys = []string{store.KeyVersion}
	if r := s.read(t, statement.PublicView, nested).Rows[0]; r.Version != 5 || r.Nested[0].Rows[0].Version != 0 {
		t.Errorf("%+v", r)
	}
}

// A filter on these times gives the statements that were in force at a moment.
func writeTraces(t *testing.T, s *suite) {
	s.commit(t, statement.Commit{ // at moment 3, the data having come at 1 and 2
		Add: append(entity("p2", "Person", "protection", "PROTECTED", "nationality", "VE"), say("a1", "p1", "ASSOCIATE_OF", "p2"), say("o1.notes", "o1", "notes", "x")),
		Set: []statement.Setting{{ID: "o1.name", Rank: "PREFERRED", Verification: statement.FamilyOrCounsel}},
	})
	s.commit(t, statement.Commit{Retract: []string{"o1.name"}, Set: []statement.Setting{{ID: "m1", Visibility: statement.Restricted}, {ID: "p1.name", Rank: statement.Normal}}})
	s.commit(t, statement.Commit{Set: []statement.Setting{{ID: "m1", Visibility: statement.Public}}})

	rows := only(store.StatementRows, "o1.name", "m1", "p1.name", "p2.nationality")
	rows.Keys = []string{statement.KeyAt, statement.KeyRetractedAt, statement.KeyTrace}
	said := func(who string) string {
		return "1 " + moment(1) + " NORMAL UNVERIFIED, 3 " + moment(3) + " PREFERRED " + who + ", 4 " + moment(4)
	}
	const open = " NORMAL UNVERIFIED"
	m1 := "2 " + moment(2) + open + ", 4 " + moment(4) + open + ", 5 " + moment(5) + open
	for view, want := range map[store.View][]string{
		statement.PublicView: {moment(1), moment(4), said(statement.Privately), moment(2), "", m1, moment(2), "", "2 " + moment(2) + open, "", "", ""},
		statement.FullView:   {moment(1), moment(4), said(statement.FamilyOrCounsel), moment(2), "", m1, moment(2), "", "2 " + moment(2) + open, moment(3), "", "3 " + moment(3) + open},
	} {
		var got []string
		for _, r := range s.read(t, view, rows).Rows {
			trace, _ := r.Row.Values.Get(statement.KeyTrace).([]string)
			got = append(got, r.Row.Values.Text(statement.KeyAt), r.Row.Values.Text(statement.KeyRetractedAt), strings.Join(trace, ", "))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v view: %s", view, diff)
		}
	}

	for n, want := range []string{"", "o1.name", "m1 o1.name", "a1 m1 o1.name o1.notes p2.nationality", "a1 m1 o1.notes p2.nationality"} {
		then := only(store.StatementRows, "a1", "m1", "o1.name", "o1.notes", "p2.nationality")
		then.Where = store.All{
			compare("Statement.at", store.Lte, moment(n)),
			store.Not{Filter: compare("Statement.retractedAt", store.Lte, moment(n))},
		}
		s.showsIn(t, statement.FullView, then, want)
		withheld := strings.NewReplacer("a1 ", "", " p2.nationality", "").Replace(want)
		s.shows(t, then, withheld)
	}
}
