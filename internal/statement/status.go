package statement

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/vocab"
)

// The statuses that rules speak of.
const (
	statusUnknown  = "UNKNOWN"
	statusReleased = "RELEASED"
	statusOnTerms  = "CONDITIONALLY_RELEASED"
	statusDied     = "DIED"
)

// firm reports whether a statement is more than a hedged claim.
func firm(r *Recorded) bool { return r.Attribution == Stated || r.Verification != Unverified }

// status computes where a detention stands by what the view shows of it, and on
// which statements that rests; and where it stood on each day.
func (s sight) status(id string, values *Values) {
	c := s.custody(id)
	status, basis := c.standing(always)
	values.set(vocab.Status, status)
	values.set("statusAsOf", s.newest(basis))
	var ids []string
	for _, h := range basis {
		ids = append(ids, h.ID)
	}
	values.set("statusStatements", distinct(ids))
	steps, until := c.steps()
	values.set(vocab.StatusSteps, steps)
	values.set(vocab.HeldUntil, until)
}

// custody is what a view shows of a detention that its status can rest on.
type custody struct {
	outcome  []happening // statements of the best value, best first
	released []happening
	end      []happening
	held     []happening // arrest and holding
	measure  string      // the detention's own
}

// standing says where the detention stands by what has happened, and on what that
// rests. The first rule that applies decides.
func (c custody) standing(happened func(when) bool) (status string, basis []happening) {
	outcome, released := those(c.outcome, happened), those(c.released, happened)
	best := ""
	if len(outcome) > 0 {
		best = outcome[0].Value
	}
	switch {
	case best == "DIED":
		return hedged(outcome, statusDied, "DEATH_REPORTED"), outcome
	case best == "RELEASED" || len(released) > 0:
		if basis = released; best == "RELEASED" {
			basis = slices.Concat(released, outcome)
		}
		if status = hedged(basis, statusReleased, "RELEASE_REPORTED"); status == statusReleased && c.conditional(released) {
			status = statusOnTerms
		}
		return status, basis
	case best != "" && best != "UNKNOWN":
		return "ENDED", outcome
	}
	if basis = those(c.end, happened); len(basis) > 0 {
		return "ENDED", basis
	}
	if basis = those(c.held, happened); len(basis) > 0 {
		return hedged(basis, "DETAINED", "DETENTION_REPORTED"), basis
	}
	return statusUnknown, nil
}

func hedged(basis []happening, firmly, otherwise string) string {
	if slices.ContainsFunc(basis, happening.firm) {
		return firmly
	}
	return otherwise
}

// conditional reports whether a firm release came with conditions: by the link's
// measure, else the detention's, else the event's.
func (c custody) conditional(released []happening) bool {
	if firmly := slices.DeleteFunc(slices.Clone(released), func(h happening) bool { return !h.firm() }); len(firmly) > 0 {
		released = firmly
	}
	measure := ""
	take := func(text string) {
		if measure == "" {
			measure = text
		}
	}
	for _, h := range released {
		take(h.measure)
	}
	take(c.measure)
	for _, h := range released {
		take(h.ofEvent)
	}
	return measure != "" && measure != "FULL" && measure != "UNKNOWN"
}

// newest gives the date of the newest source among the statements, as stored, or
// to the month where they are about a protected person.
func (s sight) newest(basis []happening) string {
	newest, day := "", ""
	for _, h := range basis {
		text := s.brief(h.Source).PublishedAt[s.view]
		date, err := edtf.Parse(text)
		if err != nil {
			continue
		}
		if s.aboutProtected(h.Recorded) {
			text = date.Coarsen().String()
		}
		if latest := date.Latest(); latest > day || latest == day && strings.Compare(text, newest) > 0 {
			newest, day = text, latest
		}
	}
	return newest
}
