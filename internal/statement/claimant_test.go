package statement

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// What is named as a source or as who claims something can become nothing else,
// whichever comes first.
func TestASourceIsASourceAndAClaimantAnOrganization(t *testing.T) {
	note := Statement{ID: "note", Subject: "school", Property: "notes", Value: "a note", Source: "rep"}
	for _, of := range []struct {
		key string
		set func(*Statement)
	}{{"source", func(s *Statement) { s.Source = "kid" }}, {"claimedBy", func(s *Statement) { s.ClaimedBy = "kid" }}} {
		named := note
		of.set(&named)
		person := Statement{ID: "kid.type", Subject: "kid", Property: "type", Value: "Person", Source: "rep"}
		for name, commits := range map[string][][]Statement{
			"named first": {{named}, {person}}, "typed first": {{person}, {named}}, "together": {{named, person}},
		} {
			t.Run(of.key+" "+name, func(t *testing.T) {
				l := newLedger()
				l.add(t, Statement{Subject: "rep", Property: "type", Value: "Source", Source: "editorial"}, Statement{Subject: "school", Property: "type", Value: "Organization", Source: "rep"})
				for i, add := range commits {
					_, err := l.apply(Commit{Add: add})
					var wrong *Error
					switch last := i == len(commits)-1; {
					case !last && err != nil:
						t.Fatal(err)
					case last && (!errors.As(err, &wrong) || !errors.Is(err, ErrInvalid) || wrong.Index < 0 || !strings.HasPrefix(wrong.Message, of.key+": kid is Person")):
						t.Errorf("got %v", err)
					}
				}
			})
		}
	}
}

// The public view names nobody whom it does not know: no claimant or publisher that is
// RESTRICTED, or of which nothing is known; and it does as soon as they are public.
func TestPublicRowsNameOnlyWhoIsPublic(t *testing.T) {
	l := newLedger()
	l.add(t,
		Statement{Subject: "rep", Property: "type", Value: "Source", Source: "editorial"},
		Statement{Subject: "rep", Property: "PUBLISHED_BY", Entity: "paper", Source: "rep"},
		Statement{Subject: "school", Property: "type", Value: "Organization", Source: "rep"},
		Statement{ID: "note", Subject: "school", Property: "notes", Value: "a note", Source: "rep", ClaimedBy: "teller"},
	)
	check := func(when string, view View, claimant string, reporters ...string) {
		t.Helper()
		row := l.statements["note"].In(view)
		if got := row.Values.Text(KeyClaimedBy); got != claimant {
			t.Errorf("%s: claimedBy in %v: %q", when, view, got)
		}
		got, _ := l.row(t, view, "school").Values.Get("reportedBy").([]string)
		if !slices.Equal(got, reporters) {
			t.Errorf("%s: reportedBy in %v: %q", when, view, got)
		}
	}
	check("unknown", PublicView, "")
	check("unknown", FullView, "teller", "paper", "teller")
	hidden := []Statement{
		{ID: "t1", Subject: "teller", Property: "type", Value: "Organization", Source: "rep", Visibility: Restricted},
		{ID: "t2", Subject: "paper", Property: "type", Value: "Organization", Source: "rep", Visibility: Restricted},
	}
	l.add(t, hidden...)
	check("restricted", PublicView, "")
	check("restricted", FullView, "teller", "paper", "teller")
	if _, err := l.apply(Commit{Set: []Setting{{ID: "t1", Visibility: Public}, {ID: "t2", Visibility: Public}}}); err != nil {
		t.Fatal(err)
	}
	check("public", PublicView, "teller", "paper", "teller")
}
