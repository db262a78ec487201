package plan_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Whom a statement names as source or claimant is one that the view has; so it is
// for filters.
func TestReferredInTheView(t *testing.T) {
	said := func(id, source, claimedBy string) statement.Statement {
		return statement.Statement{ID: id, Subject: "ana", Property: "notes", Value: id, Source: source, ClaimedBy: claimedBy}
	}
	hidden := of("hidden", "Organization", "name", "A cell")
	for i := range hidden {
		hidden[i].Visibility = "RESTRICTED"
	}
	s := graph(t, append(slices.Concat(of("source", "Source"), of("org", "Organization"), hidden, of("ana", "Person")),
		said("s1", "source", "org"), said("s2", "source", "hidden"), said("s3", "editorial", ""))...)
	for _, c := range []struct{ filter, public, full string }{
		{`claimedBy:{eq:"org"}`, "s1", "s1"},
		{`claimedBy:{eq:"hidden"}`, "", "s2"},
		{`claimedBy:{in:["org","hidden"]}`, "s1", "s1 s2"},
		{`claimedBy:{ne:"hidden"}`, "s1 s2 s3", "s1 s3"},
		{`source:{eq:"editorial"}`, "s3", "s3"},
		{`source:{in:["editorial","source"]}`, "s1 s2 s3", "s1 s2 s3"},
		{`source:{ne:"source"}`, "s3", "s3"},
	} {
		for view, want := range map[store.View]string{statement.PublicView: c.public, statement.FullView: c.full} {
			data := newAsker(t, s, view).data(t, `{statements(where:{property:{eq:"notes"} `+c.filter+`}){nodes{id}}}`)
			if got := strings.Join(regexp.MustCompile(`s\d`).FindAllString(data, -1), " "); got != want {
				t.Errorf("%s in the %s view: got %s, want %s", c.filter, view, got, want)
			}
		}
	}
}

// They are of the type that the field gives, too.
func TestReferredAreOfTheirType(t *testing.T) {
	types := map[string][]string{}
	var look func(list []store.Nested)
	look = func(list []store.Nested) {
		for _, n := range list {
			if n.Refs != "" {
				types[n.Refs] = n.Types
			}
			look(n.Nested)
		}
	}
	s := compiled(t, `{statements{nodes{subject{id} entity{id} source{id} claimedBy{id} reportedBy{id}}} people{nodes{sources{nodes{id}} reportedBy{id}}}}`)
	look(s[0].Nested)
	look(s[1].Nested)
	organization, source := []string{"Organization"}, []string{"Source"}
	want := map[string][]string{"subject": nil, "entity": nil, "source": source, "claimedBy": organization, "reportedBy": organization, "sources": source}
	if diff := cmp.Diff(want, types); diff != "" {
		t.Error(diff)
	}
	claimedBy := named(t, "claimedBy")
	is := store.Referred{Key: "claimedBy", Filter: store.Compare{Property: vocab.RowType, Op: store.Eq, Values: []any{"Organization"}}}
	eq := store.Compare{Property: claimedBy, Op: store.Eq, Values: []any{"x"}}
	for where, want := range map[string]store.Filter{
		`{retracted:{ne:true} claimedBy:{eq:"x"}}`: store.All{eq, is, store.Compare{Property: named(t, "retracted"), Op: store.Ne, Values: []any{true}}},
		`{retracted:{ne:true} claimedBy:{ne:"x"}}`: store.All{store.Not{Filter: store.All{eq, is}}, store.Compare{Property: named(t, "retracted"), Op: store.Ne, Values: []any{true}}},
	} {
		if diff := cmp.Diff(want, compiled(t, "{statements(where:"+where+"){totalCount}}")[0].Where, same); diff != "" {
			t.Errorf("%s: %s", where, diff)
		}
	}
}

// named gives a property of statements.
func named(t *testing.T, name string) *vocab.Property {
	t.Helper()
	for _, p := range vocab.StatementProperties {
		if p.Name == name {
			return p
		}
	}
	t.Fatal(name)
	return nil
}
