package statement

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/vocab"
)

// firm reports whether a statement is more than a hedged claim.
func firm(r *Recorded) bool { return r.Attribution == Stated || r.Verification != Unverified }

func anyFirm(list []*Recorded) bool { return slices.ContainsFunc(list, firm) }

// status computes where a detention stands by what the view shows of it, and on
// which statements that rests. The first rule that applies decides.
func (s sight) status(id string, values *Values) {
	outcome := s.candidates(id, "outcome")
	best := ""
	if len(outcome) > 0 {
		best = outcome[0].Value
		outcome = slices.DeleteFunc(outcome, func(r *Recorded) bool { return r.Value != best })
	}
	released := s.candidates(id, vocab.ReleasedIn)
	status, basis := "UNKNOWN", []*Recorded(nil)
	switch {
	case best == "DIED":
		status, basis = hedged(outcome, "DIED", "DEATH_REPORTED"), outcome
	case best == "RELEASED" || len(released) > 0:
		if basis = released; best == "RELEASED" {
			basis = slices.Concat(released, outcome)
		}
		if status = hedged(basis, "RELEASED", "RELEASE_REPORTED"); status == "RELEASED" && s.conditional(id, released) {
			status = "CONDITIONALLY_RELEASED"
		}
	case best != "" && best != "UNKNOWN":
		status, basis = "ENDED", outcome
	default:
		if basis = s.candidates(id, KeyEnd); len(basis) > 0 {
			status = "ENDED"
			break
		}
		for _, property := range []string{KeyStart, vocab.ArrestedBy, vocab.ArrestedAt, vocab.HeldAt} {
			basis = append(basis, s.candidates(id, property)...)
		}
		if len(basis) > 0 {
			status = hedged(basis, "DETAINED", "DETENTION_REPORTED")
		}
	}
	values.set("status", status)
	values.set("statusAsOf", s.newest(basis))
	var ids []string
	for _, r := range basis {
		ids = append(ids, r.ID)
	}
	values.set("statusStatements", distinct(ids))
}

func hedged(basis []*Recorded, firmly, otherwise string) string {
	if anyFirm(basis) {
		return firmly
	}
	return otherwise
}

// conditional reports whether a firm release came with conditions: by the link's
// measure, else the detention's, else the event's.
func (s sight) conditional(id string, released []*Recorded) bool {
	measure := ""
	take := func(text string) {
		if measure == "" {
			measure = text
		}
	}
	claims := slices.Clone(released)
	if firmly := slices.DeleteFunc(slices.Clone(released), func(r *Recorded) bool { return !firm(r) }); len(firmly) > 0 {
		claims = firmly
	}
	for _, r := range claims {
		if list := s.qualifiers(r)[KeyMeasure]; len(list) > 0 {
			take(list[0])
		}
	}
	if list := s.candidates(id, KeyMeasure); len(list) > 0 {
		take(list[0].Value)
	}
	for _, r := range claims {
		take(s.brief(r.Entity).Measure[s.view])
	}
	return measure != "" && measure != "FULL" && measure != "UNKNOWN"
}

// newest gives the date of the newest source among the statements, as stored, or
// to the month where they are about a protected person.
func (s sight) newest(basis []*Recorded) string {
	newest, day := "", ""
	for _, r := range basis {
		text := s.brief(r.Source).PublishedAt[s.view]
		date, err := edtf.Parse(text)
		if err != nil {
			continue
		}
		if s.aboutProtected(r) {
			text = date.Coarsen().String()
		}
		if latest := date.Latest(); latest > day || latest == day && strings.Compare(text, newest) > 0 {
			newest, day = text, latest
		}
	}
	return newest
}
