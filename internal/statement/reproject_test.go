package statement

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/vocab"
)

// A world small enough for its statements to meet: every kind of thing that
// another thing's rows depend on.
var playTypes = map[string]string{
	"p1": "Person", "p2": "Person", "p3": "Person", "f2": "Facility", "d1": "Detention", "d2": "Detention", "s1": "Sentence", "f1": "Facility",
	"e1": "Event", "o1": "Organization", "o2": "Organization", "src1": "Source", "src2": "Source", "t1": "Tally", "c1": "Charge",
}

type playProperty struct {
	of, name string
	values   []string
}

var playProperties = []playProperty{
	{"Person", "name", []string{"Ana Ficticia", "Ana Inventada Ficticia"}}, {"Person", "birthDate", []string{"1980-05-01", "2010", "2007-12~"}},
	{"Person", "protection", []string{"PROTECTED", "LIFTED"}}, {"Person", "nationality", []string{"VE", "CO"}}, {"Person", "notes", []string{"nota"}}, {"Person", "deathDate", []string{"2025-12-18", "2026"}},
	{"Detention", "start", []string{"2025-12-03", "2024-01", "2025-12~"}}, {"Detention", "end", []string{"2025-12-20"}}, {"Detention", "minorAtArrest", []string{"YES", "NO", "POSSIBLE"}},
	{"Detention", "outcome", []string{"RELEASED", "DIED", "TRANSFERRED"}}, {"Detention", "measure", []string{"FULL", "BAIL"}}, {"Detention", "ground", []string{"razón", "contra Ana Ficticia"}},
	{"Sentence", "lengthMonths", []string{"12", "120"}}, {"Facility", "kind", []string{"PRISON", "JUVENILE"}}, {"Facility", "name", []string{"Penal Ficticio"}},
	{"Event", "measure", []string{"FULL", "TRAVEL_BAN"}}, {"Event", "start", []string{"2025-12-25", "2025-12~"}}, {"Event", "end", []string{"2025-12-31"}}, {"Organization", "name", []string{"Grupo A", "Amigos de Ana Inventada Ficticia"}}, {"Source", "publishedAt", []string{"2025-12-01", "2026", "2024-02~"}},
	{"Source", "title", []string{"Título"}}, {"Tally", "count", []string{"10", "5..", "..20~"}},
}

var playRelations = []struct {
	name     string
	from, to string
}{
	{"HAS_DETENTION", "Person", "Detention"}, {"SENTENCED_TO", "Detention", "Sentence"}, {"HELD_AT", "Detention", "Facility"}, {"RELEASED_IN", "Detention", "Event"},
	{"ARRESTED_BY", "Detention", "Organization"}, {"CHARGED_WITH", "Detention", "Charge"}, {"MEMBER_OF", "Person", "Organization"}, {"RELATIVE_OF", "Person", "Person"},
	{"PUBLISHED_BY", "Source", "Organization"}, {"DERIVED_FROM", "Source", "Source"}, {"MENTIONS", "Source", "Person"}, {"PART_OF", "Organization", "Organization"},
	{"SAME_AS", "Person", "Person"}, {"SAME_AS", "Person", "Person"}, {"SAME_AS", "Organization", "Organization"}, {"SAME_AS", "Detention", "Detention"}, {"SAME_AS", "Facility", "Facility"},
	{"NOT_SAME_AS", "Person", "Person"}, {"UNSURE_SAME_AS", "Person", "Person"},
}

func playIDs(typ string) []string {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(playTypes)) {
		if playTypes[id] == typ {
			ids = append(ids, id)
		}
	}
	return ids
}

func playStatement(t *rapid.T, number int) Statement {
	s := Statement{
		ID:           fmt.Sprintf("st%d", number),
		Source:       rapid.SampledFrom([]string{"src1", "src2", "src1", "editorial", "src1", "src2", "src1", "editorial", "src1", "p2"}).Draw(t, "source"),
		Visibility:   rapid.SampledFrom([]string{"", "", "", Restricted}).Draw(t, "visibility"),
		Rank:         rapid.SampledFrom([]string{"", "", "", Preferred, Deprecated}).Draw(t, "rank"),
		Attribution:  rapid.SampledFrom([]string{"", "", "REPORTED", "ALLEGED"}).Draw(t, "attribution"),
		Verification: rapid.SampledFrom([]string{"", "", FamilyOrCounsel}).Draw(t, "verification"),
		ClaimedBy:    rapid.SampledFrom([]string{"", "", "o1", "", "", "o1", "o2", "", "", "p2"}).Draw(t, "claimedBy"),
		Words:        rapid.SampledFrom([]string{"", "", "dice Ana Ficticia"}).Draw(t, "words"),
	}
	switch rapid.SampledFrom([]string{"type", "property", "relation", "relation", "property"}).Draw(t, "form") {
	case "type":
		s.Subject = rapid.SampledFrom(slices.Sorted(maps.Keys(playTypes))).Draw(t, "subject")
		s.Property, s.Value = "type", playTypes[s.Subject]
		return s
	case "property":
		p := rapid.SampledFrom(playProperties).Draw(t, "property")
		s.Subject = rapid.SampledFrom(playIDs(p.of)).Draw(t, "subject")
		s.Property, s.Value = p.name, rapid.SampledFrom(p.values).Draw(t, "value")
	default:
		r := rapid.SampledFrom(playRelations).Draw(t, "relation")
		s.Property = r.name
		s.Subject = rapid.SampledFrom(playIDs(r.from)).Draw(t, "subject")
		s.Entity = rapid.SampledFrom(playIDs(r.to)).Filter(func(id string) bool { return id != s.Subject || len(playIDs(r.to)) == 1 }).Draw(t, "entity")
		if r.name == "SAME_AS" {
			s.Visibility, s.Words = "", ""
		}
		if r.name == "RELEASED_IN" {
			s.Qualifiers = map[string][]string{"measure": {rapid.SampledFrom([]string{"FULL", "UNKNOWN", "BAIL"}).Draw(t, "measure")}}
			if rapid.Bool().Draw(t, "dated") {
				s.Qualifiers["start"] = []string{"2025-12-25"}
			}
		}
	}
	if vocab.CuratorsAct(s.Property) {
		s.Source = vocab.Editorial
	}
	s.Denies = rapid.SampledFrom([]bool{false, false, false, true}).Draw(t, "denies")
	return s
}

// What a commit re-projects gives, whatever came before, the rows that re-projecting
// everything would: no dependency of a row on another entity is forgotten.
func TestReprojectingWhatACommitTouchesEqualsReprojectingEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, number := newLedger(), 0
		if rapid.Bool().Draw(t, "typed") {
			var c Commit
			for _, id := range slices.Sorted(maps.Keys(playTypes)) {
				c.Add = append(c.Add, Statement{Subject: id, Property: "type", Value: playTypes[id], Source: "src1"})
			}
			if _, err := l.apply(c); err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 8).Draw(t, "commits") {
			var c Commit
			for range rapid.IntRange(0, 6).Draw(t, "added") {
				number++
				c.Add = append(c.Add, playStatement(t, number))
			}
			if ids := slices.Sorted(maps.Keys(l.recorded)); len(ids) > 0 {
				for range rapid.IntRange(0, 2).Draw(t, "retracted") {
					c.Retract = append(c.Retract, rapid.SampledFrom(ids).Draw(t, "retract"))
				}
				if id := rapid.SampledFrom(ids).Draw(t, "set"); rapid.Bool().Draw(t, "sets") && l.recorded[id].InForce() && !slices.Contains(c.Retract, id) {
					c.Set = append(c.Set, Setting{ID: id, Visibility: rapid.SampledFrom([]string{"", Public, Restricted}).Draw(t, "to"), Rank: rapid.SampledFrom([]string{"", Normal, Deprecated}).Draw(t, "rank")})
				}
			}
			if _, err := l.apply(c); err != nil && !refusedJudgement(err) && !misplaced(err) {
				t.Fatalf("apply %+v: %v", c, err)
			}
			checkAgainstEverything(t, l)
			if diff := l.counted(); diff != "" {
				t.Fatalf("numbers of links, counted (-) and kept (+):\n%s", diff)
			}
		}
	})
}

// refusedJudgement reports whether a commit was refused for a judgement in it, as some
// drawn ones are.
func refusedJudgement(err error) bool {
	return errors.Is(err, ErrConflict) || strings.Contains(err.Error(), "SAME_AS is never RESTRICTED")
}

// misplaced reports whether a commit is refused because a person, or what becomes one,
// is named as a source or as who claims something.
func misplaced(err error) bool {
	var e *Error
	return errors.As(err, &e) && errors.Is(err, ErrInvalid) && (strings.HasPrefix(e.Message, "source: p2") || strings.HasPrefix(e.Message, "claimedBy: p2"))
}

func checkAgainstEverything(t *rapid.T, l *ledger) {
	anew := &ledger{recorded: l.recorded}
	anew.clear()
	subjects := distinct(slices.Collect(func(yield func(string) bool) {
		for _, r := range l.recorded {
			if !yield(r.Subject) {
				return
			}
		}
	}))
	for _, briefsOnly := range []bool{true, false} {
		for _, id := range subjects { // one at a time: batches must not matter
			c, err := Reproject(anew, []string{id}, briefsOnly)
			if err != nil {
				t.Fatal(err)
			}
			anew.put(c)
		}
	}
	for _, part := range []struct {
		name     string
		was, all any
	}{{"entities", l.entities, anew.entities}, {"links", l.links, anew.links}, {"statements", l.statements, anew.statements}, {"briefs", l.briefs, anew.briefs}, {"names", l.names, anew.names}} {
		if diff := cmp.Diff(part.all, part.was); diff != "" {
			t.Fatalf("%s: all anew (-) differs from what was kept up (+):\n%s", part.name, diff)
		}
	}
	for id, e := range l.links {
		if e.Public != nil && (l.entities[e.Public.From].Public == nil || l.entities[e.Public.To].Public == nil) || l.entities[e.Full.From].Full == nil || l.entities[e.Full.To].Full == nil {
			t.Fatalf("link %s hangs in the air", id)
		}
	}
}
