package generate

import (
	"bytes"
	"regexp"
	"slices"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// within checks that a part of a whole lies between two bounds.
func within(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if got < low || got > high {
		t.Errorf("%s: %.4f, want %.4f to %.4f", what, got, low, high)
	}
}

func TestProportions(t *testing.T) {
	w := large(t)
	whole := float64(len(w.all))
	part := func(of func(*statement.Statement) bool) float64 {
		n := 0
		for i := range w.all {
			if of(&w.all[i]) {
				n++
			}
		}
		return float64(n)
	}
	within(t, "statements a person", whole/many, 27, 35)
	within(t, "detentions a person", float64(len(w.of("Detention")))/many, 1.2, 1.3)
	within(t, "organizations a person", float64(len(w.of("Organization")))/many, 0.09, 0.12)
	within(t, "RESTRICTED", part(func(s *statement.Statement) bool { return s.Visibility == statement.Restricted })/whole, 0.005, 0.015)
	within(t, "hedged", part(func(s *statement.Statement) bool { return s.Attribution != "" })/whole, 0.1, 0.3)
	within(t, "claimed by another", part(func(s *statement.Statement) bool { return s.ClaimedBy != "" })/whole, 0.03, 0.12)
	within(t, "denials", part(func(s *statement.Statement) bool { return s.Denies })/whole, 0.004, 0.02)
	within(t, "checked by somebody", part(func(s *statement.Statement) bool { return s.Verification != "" })/whole, 0.2, 0.5)
	within(t, "preferred", part(func(s *statement.Statement) bool { return s.Rank == statement.Preferred })/whole, 0.002, 0.02)
	within(t, "put aside", part(func(s *statement.Statement) bool { return s.Rank == statement.Deprecated })/whole, 0.002, 0.02)
	within(t, "parallel memberships", part(func(s *statement.Statement) bool { return s.Link != "" })/part(func(s *statement.Statement) bool { return s.Property == "MEMBER_OF" }), 0.01, 0.04)

	protected := 0
	for _, person := range w.of(vocab.Person) {
		if w.protected(person) {
			protected++
		}
	}
	within(t, "protected", float64(protected)/many, 0.006, 0.014)
}

func TestSourcesOfAPerson(t *testing.T) {
	w := large(t)
	sources := map[string]map[string]bool{}
	for _, s := range w.all {
		who := s.Subject
		if owner := w.owner[who]; owner != "" {
			who = owner
		}
		if w.types[who] == vocab.Person && s.Source != vocab.Editorial {
			if sources[who] == nil {
				sources[who] = map[string]bool{}
			}
			sources[who][s.Source] = true
		}
	}
	counts := map[int]int{}
	for _, of := range sources {
		counts[len(of)]++
	}
	within(t, "persons with two or three sources", float64(counts[2]+counts[3])/many, 0.97, 1)
	within(t, "persons with three", float64(counts[3])/many, 0.3, 0.8)
}

func TestDetentionsOfAPerson(t *testing.T) {
	w := large(t)
	counts, moved, freed, waved := map[int]int{}, 0, 0, 0
	for _, person := range w.of(vocab.Person) {
		counts[len(slices.Compact(slices.Sorted(slices.Values(w.texts(person, vocab.HasDetention)))))]++
	}
	for _, detention := range w.of(vocab.Detention) {
		places := map[string]bool{}
		for _, s := range w.said(detention, vocab.HeldAt) {
			places[s.Entity] = true
		}
		if len(places) > 1 {
			moved++
		}
		switch {
		case len(w.said(detention, vocab.ReleasedIn)) > 0:
			waved++
		case slices.Contains(w.texts(detention, "outcome"), "RELEASED"):
			freed++
		}
	}
	all := float64(len(w.of(vocab.Detention)))
	within(t, "never detained", float64(counts[0])/many, 0.03, 0.08)
	within(t, "detained again", float64(counts[2]+counts[3]+counts[4])/many, 0.2, 0.3)
	within(t, "transferred", float64(moved)/all, 0.2, 0.5)
	within(t, "released in a wave", float64(waved)/all, 0.15, 0.4)
	within(t, "released without one", float64(freed)/all, 0.15, 0.4)
}

// What is chosen by rank has a hub that grows with the number of persons.
func TestHubs(t *testing.T) {
	w := large(t)
	ends := map[string]map[string]map[string]bool{} // relation, entity, subjects
	for _, s := range w.all {
		if s.Entity != "" && !s.Denies {
			if ends[s.Property] == nil {
				ends[s.Property] = map[string]map[string]bool{}
			}
			if ends[s.Property][s.Entity] == nil {
				ends[s.Property][s.Entity] = map[string]bool{}
			}
			ends[s.Property][s.Entity][s.Subject] = true
		}
	}
	for relation, least := range map[string]int{
		vocab.HeldAt: 600, "CHARGED_WITH": 1200, vocab.ArrestedBy: 500, vocab.ArrestedAt: 300, vocab.ReleasedIn: 200, "MEMBER_OF": 300, "TRIED_IN": 50,
	} {
		var sizes []int
		for _, subjects := range ends[relation] {
			sizes = append(sizes, len(subjects))
		}
		slices.Sort(sizes)
		if largest, median := sizes[len(sizes)-1], sizes[len(sizes)/2]; largest < least || len(sizes) > 20 && largest < 3*median {
			t.Errorf("%s: the largest has %d, the median %d; the largest should have %d", relation, largest, median, least)
		}
	}
	if n := len(ends["CHARGED_WITH"]); n != 30 {
		t.Errorf("%d charges are in use, want 30", n)
	}
}

// A server is measured with 20,000 persons: the first prison then has thousands.
func TestOneOfThousands(t *testing.T) {
	held, charged := map[string]bool{}, map[string]bool{}
	for line := range bytes.Lines(written(t, Options{Persons: 20000, Seed: 1})) {
		what, whom := bytes.CutPrefix(line[bytes.IndexByte(line, ',')+1:], []byte(`"subject":"`))
		subject, of, _ := bytes.Cut(what, []byte(`"`))
		switch {
		case whom && bytes.HasPrefix(of, []byte(`,"property":"HELD_AT","entity":"g.f000000"`)):
			held[string(subject)] = true
		case whom && bytes.HasPrefix(of, []byte(`,"property":"CHARGED_WITH","entity":"g.c000000"`)):
			charged[string(subject)] = true
		}
	}
	if len(held) < 2000 || len(charged) < 4000 {
		t.Errorf("%d held in the first prison, %d with the first charge", len(held), len(charged))
	}
}

// Every form that a date can have occurs.
func TestDatesOfEveryForm(t *testing.T) {
	const one = `\d{4}(-\d\d)?(-\d\d)?[~?]?`
	forms := map[string]int{
		`\d{4}-\d\d-\d\d`: 0, `\d{4}-\d\d`: 0, `\d{4}`: 0, `\d{4}-\d\d-\d\d~`: 0, `\d{4}-\d\d-\d\d\?`: 0, `\d{4}-\d\d~`: 0, `\d{4}-\d\d\?`: 0,
		`\d{4}~`: 0, `\d{4}\?`: 0, `\[.*\.\..*\]`: 0, one + `/` + one: 0, one + `/\.\.`: 0, `\.\./` + one: 0,
	}
	exprs := map[string]*regexp.Regexp{}
	for form := range forms {
		exprs[form] = regexp.MustCompile(`^` + form + `$`)
	}
	for _, s := range large(t).all {
		switch s.Property {
		case "start", "end", "date", "birthDate", "publishedAt":
			for form, expr := range exprs {
				if expr.MatchString(s.Value) {
					forms[form]++
				}
			}
		}
	}
	for form, n := range forms {
		if n < 5 {
			t.Errorf("%s occurs %d times", form, n)
		}
	}
}
