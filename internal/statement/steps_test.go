package statement

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/vocab"
)

func TestStepsOfADetention(t *testing.T) {
	reported := attributed("REPORTED")
	on := func(day string) func(*Statement) { return qualified("start", day) }
	arrest := of("d start 2025-10-02")
	wave := of("e start 2025-12-25")
	for _, c := range []struct {
		name       string
		statements []Statement
		steps      string
		until      string
	}{
		{"nothing", nil, "", ""},
		{"arrest", []Statement{arrest}, "2025-10-02 DETAINED", ""},
		{"an arrest that has no date happened on any day", []Statement{of("d ARRESTED_BY o")}, "", ""},
		{"an arrest is dated by the start", []Statement{of("d ARRESTED_BY o"), of("d start 2025-10-02", reported)}, "2025-10-02 DETAINED", ""},
		{"or by its own link", []Statement{of("d HELD_AT f", on("2025-10-05")), of("d start 2025-10-02", reported)}, "2025-10-02 DETENTION_REPORTED, 2025-10-05 DETAINED", ""},
		{"a month leaves its days open", []Statement{of("d start 2025-10")}, "2025-10-31 DETAINED", ""},
		{"so does an approximate one, and more", []Statement{of("d start 2025-12~")}, "2026-01-31 DETAINED", ""},
		{"one without bounds is never certain", []Statement{of("d start 2025-10-02/..")}, "", ""},
		{"released in an event", []Statement{arrest, wave, of("d RELEASED_IN e")}, "2025-10-02 DETAINED, 2025-12-25 RELEASED", "2025-12-25"},
		{"in an event of days", []Statement{arrest, wave, of("e end 2025-12-27"), of("d RELEASED_IN e")}, "2025-10-02 DETAINED, 2025-12-25 UNKNOWN, 2025-12-27 RELEASED", "2025-12-27"},
		{"the link's start comes first", []Statement{arrest, wave, of("d RELEASED_IN e", on("2025-12-24"))}, "2025-10-02 DETAINED, 2025-12-24 RELEASED", "2025-12-24"},
		{"the end comes last", []Statement{arrest, of("d RELEASED_IN e"), of("d end 2025-12-20")}, "2025-10-02 DETAINED, 2025-12-20 RELEASED", "2025-12-20"},
		{"released on terms", []Statement{arrest, wave, of("e measure BAIL"), of("d RELEASED_IN e")}, "2025-10-02 DETAINED, 2025-12-25 CONDITIONALLY_RELEASED", "2025-12-25"},
		{"a release that is only reported", []Statement{arrest, wave, of("d RELEASED_IN e", reported)}, "2025-10-02 DETAINED, 2025-12-25 RELEASE_REPORTED", ""},
		{"reported, then firm", []Statement{arrest, wave, of("d RELEASED_IN e", reported), of("d RELEASED_IN e2", on("2025-12-28")), of("e2 type Event")},
			"2025-10-02 DETAINED, 2025-12-25 RELEASE_REPORTED, 2025-12-28 RELEASED", "2025-12-28"},
		{"a release that has no date leaves all open", []Statement{arrest, of("d RELEASED_IN e")}, "", ""},
		{"an outcome is dated by the end", []Statement{arrest, of("d outcome RELEASED"), of("d end 2025-12")}, "2025-10-02 DETAINED, 2025-12-01 UNKNOWN, 2025-12-31 RELEASED", "2025-12-31"},
		{"or by the release", []Statement{arrest, of("d outcome RELEASED"), wave, of("d RELEASED_IN e")}, "2025-10-02 DETAINED, 2025-12-25 RELEASED", "2025-12-25"},
		{"but a firm one by none that is only reported", []Statement{arrest, of("d outcome RELEASED"), wave, of("d RELEASED_IN e", reported)}, "", ""},
		{"and if both are only reported", []Statement{arrest, of("d outcome RELEASED", reported), wave, of("d RELEASED_IN e", reported)}, "2025-10-02 DETAINED, 2025-12-25 RELEASE_REPORTED", ""},
		{"a death by its date", []Statement{arrest, of("d outcome DIED"), of("p deathDate 2025-11-11")}, "2025-10-02 DETAINED, 2025-11-11 DIED", "2025-11-11"},
		{"but a firm one by none that is only reported, either", []Statement{arrest, of("d outcome DIED"), of("p deathDate 2025-11-11", reported)}, "", ""},
		{"a death date alone says nothing", []Statement{arrest, of("p deathDate 2025-11-11")}, "2025-10-02 DETAINED", ""},
		{"a death that is only reported", []Statement{arrest, of("d outcome DIED", reported), of("d end 2025-11-11")}, "2025-10-02 DETAINED, 2025-11-11 DEATH_REPORTED", ""},
		{"an end", []Statement{arrest, of("d end 2025-12-20")}, "2025-10-02 DETAINED, 2025-12-20 ENDED", ""},
		{"only a release", []Statement{wave, of("d RELEASED_IN e")}, "2025-12-25 RELEASED", "2025-12-25"},
		{"what comes after does not undo a release", []Statement{arrest, wave, of("d RELEASED_IN e"), of("d outcome DIED", reported)}, "", "2025-12-25"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLedger()
			l.add(t, scene()...)
			if len(c.statements) > 0 {
				l.add(t, c.statements...)
			}
			values := l.row(t, PublicView, "d").Values
			steps, _ := values.Get(vocab.StatusSteps).([]string)
			if got := strings.Join(steps, ", "); got != c.steps || values.Text(vocab.HeldUntil) != c.until {
				t.Errorf("steps %q until %q, want %q until %q", got, values.Text(vocab.HeldUntil), c.steps, c.until)
			}
		})
	}
}

// The public view's steps are made of what it shows: a protected person's of months.
func TestStepsOfAProtectedPerson(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, of("d minorAtArrest YES"), of("d start 2025-10-02"), of("d RELEASED_IN e", qualified("start", "2025-12-24"), restricted), of("d RELEASED_IN e2"), of("e2 type Event"), of("e2 start 2025-12-25"))
	for view, want := range [][]string{
		PublicView: {"2025-10-31 DETAINED", "2025-12-01 UNKNOWN", "2025-12-31 RELEASED", "2025-12-31"},
		FullView:   {"2025-10-02 DETAINED", "2025-12-24 RELEASED", "2025-12-24"},
	} {
		values := l.row(t, View(view), "d").Values
		steps, _ := values.Get(vocab.StatusSteps).([]string)
		if diff := cmp.Diff(want, append(slices.Clone(steps), values.Text(vocab.HeldUntil))); diff != "" {
			t.Errorf("%s: %s", View(view), diff)
		}
	}
}

func TestStatusOn(t *testing.T) {
	steps := []string{"2025-10-02 DETAINED", "2025-12-01 UNKNOWN", "2025-12-25 RELEASED"}
	for day, want := range map[string]string{
		edtf.Min: "UNKNOWN", "2025-10-01": "UNKNOWN", "2025-10-02": "DETAINED", "2025-11-30": "DETAINED", "2025-12-01": "UNKNOWN",
		"2025-12-24": "UNKNOWN", "2025-12-25": "RELEASED", edtf.Max: "RELEASED",
	} {
		if got := StatusOn(steps, day); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
	if got := StatusOn(nil, "2025-12-25"); got != "UNKNOWN" {
		t.Error(got)
	}
}

// tale draws what is said of a detention, every happening with a date of its own.
func tale(t *rapid.T) []Statement {
	dates := rapid.SampledFrom([]string{"2025-12-03", "2025-12-24", "2025-12", "2025-12-25~", "[2025-12-20..2025-12-28]", "2026-01-02", "2025"})
	start, end := of("d start "+dates.Draw(t, "start")), of("d end "+dates.Draw(t, "end"))
	choices := [][]Statement{
		{start}, {end}, {of("d HELD_AT f", qualified("start", dates.Draw(t, "held")))},
		{of("d RELEASED_IN e", qualified("start", dates.Draw(t, "released")), parallel("one"))},
		{of("d RELEASED_IN e", qualified("start", dates.Draw(t, "again")), qualified("measure", "BAIL"), parallel("two"))},
		{of("d outcome " + rapid.SampledFrom([]string{"RELEASED", "DIED", "EXPELLED", "UNKNOWN"}).Draw(t, "outcome")), end},
	}
	var list []Statement
	for i, choice := range choices {
		if !rapid.Bool().Draw(t, "told") || i == 5 && slices.ContainsFunc(list, func(s Statement) bool { return s.Property == KeyEnd }) {
			continue
		}
		for _, s := range choice {
			s.Attribution = rapid.SampledFrom([]string{"", "", "REPORTED"}).Draw(t, "attribution")
			list = append(list, s)
		}
	}
	return list
}

// by gives of a tale what has happened by a day, possibly or certainly.
func by(told []Statement, day string, possibly bool) []Statement {
	end := ""
	for _, s := range told {
		if s.Property == KeyEnd {
			end = s.Value
		}
	}
	return slices.DeleteFunc(slices.Clone(told), func(s Statement) bool {
		text := s.Value
		if s.IsLink() {
			text = s.Qualifiers[KeyStart][0]
		} else if s.Property == "outcome" {
			text = end
		}
		date, _ := edtf.Parse(text)
		if possibly {
			return date.Earliest() > day
		}
		return date.Latest() > day
	})
}

// The status of a day is that of a world in which nothing later has happened, where
// that does not depend on what the dates leave open; in the end it is today's.
func TestTheStatusOfADay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		row := func(told []Statement) Values {
			l := newLedger()
			l.add(t, append(scene(), told...)...)
			return l.row(t, PublicView, "d").Values
		}
		told := tale(rt)
		values := row(told)
		steps, _ := values.Get(vocab.StatusSteps).([]string)
		if !slices.IsSorted(steps) {
			rt.Fatalf("not sorted: %v", steps)
		}
		if got, want := StatusOn(steps, edtf.Max), values.Text(vocab.Status); got != want {
			rt.Fatalf("in the end %s, today %s", got, want)
		}
		for _, day := range []string{"2024-12-31", "2025-12-02", "2025-12-03", "2025-12-19", "2025-12-24", "2025-12-26", "2025-12-28", "2025-12-31", "2026-01-02"} {
			want, possible := row(by(told, day, false)), row(by(told, day, true))
			status := want.Text(vocab.Status)
			if until := values.Text(vocab.HeldUntil); (until != "" && until <= day) != (want.Text(vocab.HeldUntil) != "") {
				rt.Fatalf("%s: held until %q, what is certain by then %v", day, until, want)
			}
			if possible.Text(vocab.Status) != status {
				status = "UNKNOWN"
			}
			if got := StatusOn(steps, day); got != status {
				rt.Fatalf("%s: %s, want %s", day, got, status)
			}
		}
	})
}
