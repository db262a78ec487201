package generate

import (
	"slices"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/vocab"
)

// Whatever is referred to is there, whatever the size.
func TestNothingDangles(t *testing.T) {
	for _, persons := range []int{1, 2, 3, 7, 8, 9, 40, 333, 2500} {
		w := worldOf(t, Options{Persons: persons, Seed: uint64(persons)})
		seen := map[string]bool{}
		for _, s := range w.all {
			if seen[s.ID] {
				t.Errorf("%d persons: %s stands twice", persons, s.ID)
			}
			seen[s.ID] = true
			for _, id := range []string{s.Subject, s.Entity, s.Source, s.ClaimedBy} {
				if id != "" && id != vocab.Editorial && w.types[id] == "" {
					t.Errorf("%d persons: %s refers to %s, which is not there", persons, s.ID, id)
				}
			}
			if s.ClaimedBy != "" && w.types[s.ClaimedBy] != vocab.Organization || w.types[s.Source] != vocab.SourceType && s.Source != vocab.Editorial {
				t.Errorf("%d persons: %s rests on %s, claimed by %s", persons, s.ID, s.Source, s.ClaimedBy)
			}
		}
		second := func(id string) bool { return strings.HasPrefix(id, "g.q") }
		if n := len(slices.DeleteFunc(w.of(vocab.Person), second)); n != persons {
			t.Errorf("%d persons, want %d", n, persons)
		}
	}
}

// Sources, organizations, then what all share, then each person with all of theirs.
func TestOrder(t *testing.T) {
	w := worldOf(t, Options{Persons: 300, Seed: 5})
	stages := []string{"Source", "Organization", "Place", "Facility", "Charge", "Event", "Tally", "Proceeding", "Person"}
	stage, present := 0, ""
	closed := map[string]bool{}
	for _, s := range w.all {
		typ := w.types[s.Subject]
		if stages[stage] == vocab.Person {
			who := s.Subject
			if owner := w.owner[who]; owner != "" {
				who = owner
			}
			if w.types[who] == vocab.Person && who != present {
				closed[present], present = true, who
			}
			if closed[who] {
				t.Fatalf("%s, of %s, stands apart", s.ID, who)
			}
			continue
		}
		for stages[stage] != typ {
			if stage++; stage == len(stages) {
				t.Fatalf("%s: %s stands too late", s.ID, typ)
			}
		}
		present = s.Subject
	}
}

// No detention ends before it begins, and no one is arrested while held.
func TestDetentionsInTime(t *testing.T) {
	w := large(t)
	for _, person := range w.of(vocab.Person) {
		before := ""
		for _, detention := range slices.Compact(w.texts(person, vocab.HasDetention)) {
			starts, ends := w.texts(detention, "start"), w.texts(detention, "end")
			for _, start := range starts {
				for _, end := range ends {
					if date(end).Latest() < date(start).Earliest() {
						t.Errorf("%s: %s to %s", detention, start, end)
					}
				}
				if before != "" && date(start).Latest() < date(before).Earliest() {
					t.Errorf("%s begins %s, the one before ended %s", detention, start, before)
				}
			}
			if len(ends) > 0 {
				before = ends[0]
			}
		}
	}
}

// A tally's role is one that its end and metric can have.
func TestRolesOfTallies(t *testing.T) {
	w := large(t)
	fits := map[string][]string{
		"IN_DETENTION Facility": {"HELD_IN"}, "IN_DETENTION Place": {"HELD_IN"}, "ARRESTED Place": {"ARRESTED_IN"}, "ARRESTED Event": {"ARRESTED_IN"},
		"RELEASED Facility": {"RELEASED_FROM"}, "RELEASED Event": nil,
	}
	for _, s := range w.all {
		if s.Property != "COUNTS_FOR" {
			continue
		}
		what := w.texts(s.Subject, "metric")[0] + " " + w.types[s.Entity]
		if want, ok := fits[what]; !ok || !slices.Equal(s.Qualifiers["role"], want) {
			t.Errorf("%s: role %v", what, s.Qualifiers["role"])
		}
	}
	for _, tally := range w.of(vocab.Tally) {
		for _, whole := range w.texts(tally, "PART_OF") {
			if !slices.Equal(w.texts(tally, "COUNTED_BY"), w.texts(whole, "COUNTED_BY")) || !slices.Equal(w.texts(tally, "metric"), w.texts(whole, "metric")) {
				t.Errorf("%s is part of %s, another's or of another metric", tally, whole)
			}
		}
	}
}

// Three organizations count at the same time, and disagree.
func TestCountersDisagree(t *testing.T) {
	w := large(t)
	counts := map[string]map[string]bool{}
	for _, tally := range w.of(vocab.Tally) {
		by := w.texts(tally, "COUNTED_BY")[0]
		if counts[by] == nil {
			counts[by] = map[string]bool{}
		}
		counts[by][w.texts(tally, "count")[0]] = true
		if kind := w.kindOf(by); kind != "NGO" && kind != "" {
			t.Errorf("%s, a %s, counts", by, kind)
		}
		published := w.texts(w.said(tally, "type")[0].Source, vocab.PublishedBy)
		if len(published) > 0 && !slices.Contains(published, by) {
			t.Errorf("%s: counted by %s, published by %v", tally, by, published)
		}
	}
	if len(counts) != counters {
		t.Errorf("%d organizations count", len(counts))
	}
}

// A reprint is one of an article of another publisher.
func TestReprints(t *testing.T) {
	w := large(t)
	used, telling := 0, map[string]bool{}
	for _, s := range w.all {
		if w.types[s.Subject] == vocab.Person {
			telling[s.Source] = true
		}
	}
	for _, s := range w.all {
		if s.Property != vocab.DerivedFrom {
			continue
		}
		of, from := w.texts(s.Subject, vocab.PublishedBy), w.texts(s.Entity, vocab.PublishedBy)
		if len(of) > 0 && len(from) > 0 && of[0] == from[0] {
			t.Errorf("%s reprints %s of its own publisher", s.Subject, s.Entity)
		}
		if telling[s.Subject] {
			used++
		}
	}
	if used < 10 {
		t.Errorf("%d reprints tell of a person", used)
	}
}

// Nobody can take it for real: bodies and buildings say that they are invented, and
// addresses lead nowhere.
func TestClearlyInvented(t *testing.T) {
	w := large(t)
	for _, s := range w.all {
		lower := strings.ToLower(s.Value)
		invented := strings.Contains(lower, "fictici") || strings.Contains(lower, "inventad")
		switch {
		case strings.HasPrefix(s.Value, "http"):
			if host := strings.Split(s.Value, "/")[2]; !strings.HasSuffix(host, ".example") {
				t.Errorf("%s: %s", s.ID, s.Value)
			}
		case s.Property == "name" && slices.Contains([]string{"Organization", "Facility", "Event"}, w.types[s.Subject]) && !invented:
			t.Errorf("%s %s", w.types[s.Subject], s.Value)
		case s.Property == "statute" && !invented:
			t.Errorf("statute %s", s.Value)
		}
	}
}
