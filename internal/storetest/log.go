package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var logging = subject{name: "log", data: logData, cases: []sentence{
	{"Log gives the commits after a sequence, in rising sequence, at most limit", logAfter},
	{"With entity set, only those that touched it in the view, and of what they touched nothing else", logOfEntity},
	{"The public view gets no commit's content (Entry.Commit is zero)", logContent},
	{"of what was touched, only what is not now a protected person, their detention or sentence", logProtected},
	{"commits without anything left for it are left out, so its sequences have gaps", logGaps},
}}

// logData is eight commits: 3 is about a protected person alone, 4 is restricted,
// 5 links the two people, 6 protects p2 later than that, 7 removes o2.
func logData() []statement.Commit {
	reasoned := func(c statement.Commit) statement.Commit {
		c.By, c.Reason, c.Import = "curator-1", "as told", "import-1"
		return c
	}
	return []statement.Commit{
		together(source(theSource)),
		reasoned(together(entity("o1", "Organization", "name", "Uno"), entity("o2", "Organization"), entity("p2", "Person", "name", "Visible"))),
		together(entity("p1", "Person", "name", "Niña Ejemplo Ficticia", "protection", "PROTECTED"), entity("d1", "Detention"), []statement.Statement{say("h1", "p1", vocab.HasDetention, "d1")}),
		{Add: []statement.Statement{say("o1.secret", "o1", "description", "reservado", restricted)}},
		{Add: []statement.Statement{say("a1", "p1", "ASSOCIATE_OF", "p2"), say("o1.open", "o1", "notes", "abierta")}},
		{Add: []statement.Statement{say("p2.protection", "p2", "protection", "PROTECTED", from(vocab.Editorial))}},
		{Retract: []string{"o2.type"}},
		{Set: []statement.Setting{{ID: "o1.secret", Visibility: statement.Public}}},
	}
}

func (s *suite) log(t *testing.T, view store.View, entity string, after uint64, limit int) []statement.Entry {
	t.Helper()
	entries, err := s.Store().Log(t.Context(), view, entity, after, limit)
	if err != nil {
		t.Fatalf("log: %v", err)
	}
	return entries
}

// logText writes entries as their sequences and what they touched in the view.
func logText(entries []statement.Entry, view store.View) string {
	var texts []string
	for _, e := range entries {
		text := fmt.Sprint(e.Sequence)
		for _, touch := range e.Touched[view] {
			text += fmt.Sprintf(" %s %s %s", touch.Change, touch.Type, touch.Entity)
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "; ")
}

func sequences(entries []statement.Entry) (list []uint64) {
	for _, e := range entries {
		list = append(list, e.Sequence)
	}
	return list
}

func logAfter(t *testing.T, s *suite) {
	for _, tt := range []struct {
		after uint64
		limit int
		want  []uint64
	}{
		{0, 100, []uint64{1, 2, 3, 4, 5, 6, 7, 8}}, {0, 3, []uint64{1, 2, 3}}, {3, 2, []uint64{4, 5}}, {7, 5, []uint64{8}},
		{8, 5, nil}, {99, 5, nil}, {0, 0, nil}, {1<<64 - 1, 5, nil},
	} {
		if diff := cmp.Diff(tt.want, sequences(s.log(t, statement.FullView, "", tt.after, tt.limit))); diff != "" {
			t.Errorf("%d after %d: %s", tt.limit, tt.after, diff)
		}
	}
	// The limit counts what is given, not what was looked at.
	if diff := cmp.Diff([]uint64{5, 7}, sequences(s.log(t, statement.PublicView, "", 2, 2))); diff != "" {
		t.Errorf("public: %s", diff)
	}
}

func logOfEntity(t *testing.T, s *suite) {
	for _, tt := range []struct {
		view   store.View
		entity string
		want   []uint64
	}{
		{statement.FullView, "o1", []uint64{2, 4, 5, 8}}, {statement.PublicView, "o1", []uint64{2, 5, 8}},
		{statement.FullView, "p1", []uint64{3, 5}}, {statement.FullView, "o2", []uint64{2, 7}}, {statement.PublicView, "o2", []uint64{2, 7}},
		{statement.FullView, "nobody", nil}, {statement.FullView, vocab.Editorial, nil},
	} {
		entries := s.log(t, tt.view, tt.entity, 0, 100)
		if diff := cmp.Diff(tt.want, sequences(entries)); diff != "" {
			t.Errorf("%s, %v view: %s", tt.entity, tt.view, diff)
		}
		for _, e := range entries {
			if list := e.Touched[tt.view]; len(list) != 1 || list[0].Entity != tt.entity {
				t.Errorf("%s, %v view: %d tells of %v", tt.entity, tt.view, e.Sequence, list)
			}
		}
	}
	if diff := cmp.Diff([]uint64{4}, sequences(s.log(t, statement.FullView, "o1", 2, 1))); diff != "" {
		t.Errorf("one after 2: %s", diff)
	}
}

func logContent(t *testing.T, s *suite) {
	for _, e := range s.log(t, statement.PublicView, "", 0, 100) {
		if diff := cmp.Diff(statement.Commit{}, e.Commit); diff != "" {
			t.Errorf("%d: %s", e.Sequence, diff)
		}
		if len(e.Touched[statement.FullView]) > 0 {
			t.Errorf("%d tells what was touched in the full view: %v", e.Sequence, e.Touched)
		}
		if e.At == "" {
			t.Errorf("%d: no time", e.Sequence)
		}
	}
	full := s.log(t, statement.FullView, "", 1, 1)[0]
	c := full.Commit
	if c.By != "curator-1" || c.Reason != "as told" || c.Import != "import-1" || len(c.Add) != 5 {
		t.Errorf("full: %+v", c)
	}
	name := c.Add[1]
	if name.ID != "o1.name" || name.Value != "Uno" || name.Source != theSource || name.By != "curator-1" || name.At != full.At {
		t.Errorf("full, a statement: %+v", name)
	}
	last := s.log(t, statement.FullView, "", 6, 9)
	if diff := cmp.Diff([]string{"o2.type"}, last[0].Commit.Retract); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]statement.Setting{{ID: "o1.secret", Visibility: statement.Public}}, last[1].Commit.Set); diff != "" {
		t.Error(diff)
	}
}

func logProtected(t *testing.T, s *suite) {
	got := logText(s.log(t, statement.PublicView, "", 0, 100), statement.PublicView)
	want := "1 CREATED Source src; 2 CREATED Organization o1 CREATED Organization o2; 5 UPDATED Organization o1; 7 REMOVED Organization o2; 8 UPDATED Organization o1"
	if got != want {
		t.Errorf("public: got  %s\nwant %s", got, want)
	}
	for _, id := range []string{"p1", "d1", "p2"} {
		if entries := s.log(t, statement.PublicView, id, 0, 100); len(entries) > 0 {
			t.Errorf("%s is protected: %s", id, logText(entries, statement.PublicView))
		}
	}
	full := logText(s.log(t, statement.FullView, "", 2, 4), statement.FullView)
	want = "3 CREATED Detention d1 CREATED Person p1; 4 UPDATED Organization o1; 5 UPDATED Organization o1 UPDATED Person p1 UPDATED Person p2; 6 UPDATED Person p2"
	if full != want {
		t.Errorf("full: got  %s\nwant %s", full, want)
	}
}

func logGaps(t *testing.T, s *suite) {
	if diff := cmp.Diff([]uint64{1, 2, 5, 7, 8}, sequences(s.log(t, statement.PublicView, "", 0, 100))); diff != "" {
		t.Error(diff)
	}
}
