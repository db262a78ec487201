package storetest

import (
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var lasting = subject{name: "durable", data: viewData, fresh: true, cases: []sentence{
	{"returns when that is durable", durableState},
	{"Store keeps statements, their log, and the rows projected from them", durableFacts},
	{"Close waits for what runs, then releases the store", durableTwice},
}}

// reopened closes the store and goes on with the one that opens the same data.
func (s *suite) reopened(t *testing.T) *suite {
	t.Helper()
	next := s.Reopen(t)
	if next != s.Store() {
		t.Fatal("after Reopen, Store gives another one")
	}
	return s
}

func durableState(t *testing.T, s *suite) {
	before := s.whole(t)
	at := s.log(t, statement.FullView, "", 0, 100)
	s.reopened(t)
	if diff := difference(before, s.whole(t)); diff != "" {
		t.Errorf("reopened (-before +after):\n%s", diff)
	}
	if diff := difference(at, s.log(t, statement.FullView, "", 0, 100)); diff != "" {
		t.Errorf("the log, with its times (-before +after):\n%s", diff)
	}
	// Orders by stored counts and the built-in rows are there too, once.
	s.both(t, ordered("Organization", store.Order{Count: rel("Organization.members"), Desc: true}), "zo yo3 yo2 yo1", "zo yo1 zr yo3 yo2")
	s.both(t, only(store.Entities, vocab.Editorial), vocab.Editorial, vocab.Editorial)
}

func durableFacts(t *testing.T, s *suite) {
	anonymous := say("", "zo", "notes", "Sin id.")
	first := s.write(t, anonymous)
	s.reopened(t)
	// The sequence goes on, and the secret that ids are made with is the same.
	if again := s.write(t, anonymous); !again.Unchanged || again.Sequence != first.Sequence || again.Added[0] != first.Added[0] {
		t.Errorf("the same statement again: %+v, first %+v", again, first)
	}
	if next := s.write(t, say("zo-more", "zo", "notes", "Más.")); next.Sequence != first.Sequence+1 {
		t.Errorf("sequence %d after %d", next.Sequence, first.Sequence)
	}
	// What decides a commit is still known: ids, types, ends of links, protected names.
	for name, wrong := range map[string]statement.Statement{
		"other content":       say("zo-more", "zo", "notes", "Otra."),
		"second type":         say("bad", "zo", vocab.TypeProperty, "Person"),
		"a link's other ends": say("bad", "zq", "MEMBER_OF", "yo1", linkID("zm-o")),
	} {
		if _, err := s.Store().Write(t.Context(), statement.Commit{Add: []statement.Statement{wrong}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if receipt := s.write(t, say("zo-named", "zo", "notes", "Conoce a "+MinorName+".")); len(receipt.Restricted) != 1 {
		t.Errorf("a protected name was forgotten: %+v", receipt)
	}
	s.retract(t, "zm-open", "zm-better")
	s.both(t, with(only(store.Entities, "zq"), along("Person.memberOf")), "zq()", "zq(zo/zm-h zr/zm-r)")
}

func durableTwice(t *testing.T, s *suite) {
	for range 3 {
		s.reopened(t)
	}
	s.write(t, entity("zz", "Organization")...)
	s.reopened(t)
	s.both(t, only(store.Entities, "zz"), "zz", "zz")
	if err := s.Store().Close(t.Context()); err != nil {
		t.Errorf("close: %v", err)
	}
}
