package statement

import (
	"slices"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/vocab"
)

// when is a time in which something happened: on some day from first to last. The
// zero value is unknown: any day there is.
type when struct{ first, last string }

// always holds for what has happened on whatever day.
func always(when) bool { return true }

// or gives the other time where this one is unknown.
func (w when) or(other when) when {
	if w == (when{}) {
		return other
	}
	return w
}

// through gives the time up to the end of a later one: within a wave of releases.
func (w when) through(end when) when {
	if w != (when{}) && end.last > w.last {
		w.last = end.last
	}
	return w
}

// possiblyBy and certainlyBy report whether it may have, and must have, happened by
// the end of the day. An open end is no day.
func (w when) possiblyBy(day string) bool { return w.first <= day }

func (w when) certainlyBy(day string) bool {
	return w.last != "" && w.last != edtf.Max && w.last <= day
}

// dated reads a date, to the month where the view coarsens it.
func dated(text string, coarsen bool) when {
	date, err := edtf.Parse(text)
	if err != nil {
		return when{}
	}
	if coarsen {
		date = date.Coarsen()
	}
	return when{date.Earliest(), date.Latest()}
}

// happening is a statement that something happened, and when.
type happening struct {
	*Recorded
	when
	measure, ofEvent string // of a release: the link's measure, the event's
}

func (h happening) firm() bool { return firm(h.Recorded) }

// those gives the happenings whose time fulfils a condition.
func those(list []happening, happened func(when) bool) []happening {
	return slices.DeleteFunc(slices.Clone(list), func(h happening) bool { return !happened(h.when) })
}

// custody collects what the view shows of a detention that its status can rest on.
//
// An arrest or holding happened at its link's start, else at the detention's. A
// release happened at its link's start, else in the time of its event, else at the
// detention's end. An outcome came at the end; else a release with RELEASED_IN, and
// a death on the person's deathDate, if these are as firm. What has no date then, happened
// on any day.
func (s sight) custody(id string) custody {
	start, end := s.best(id, KeyStart), s.best(id, KeyEnd)
	c := custody{end: s.happenings(id, KeyEnd, end)}
	for _, property := range []string{KeyStart, vocab.ArrestedBy, vocab.ArrestedAt, vocab.HeldAt} {
		c.held = append(c.held, s.happenings(id, property, start)...)
	}
	for _, h := range s.happenings(id, vocab.ReleasedIn, when{}) {
		event, coarsen := s.brief(h.Entity), s.aboutProtected(h.Recorded)
		in := dated(event.Start[s.view], coarsen).through(dated(event.End[s.view], coarsen))
		h.when = h.when.or(in).or(end)
		h.ofEvent = event.Measure[s.view]
		if list := s.qualifiers(h.Recorded)[KeyMeasure]; len(list) > 0 {
			h.measure = list[0]
		}
		c.released = append(c.released, h)
	}
	if list := s.candidates(id, KeyMeasure); len(list) > 0 {
		c.measure = list[0].Value
	}
	if list := s.happenings(id, "outcome", end); len(list) > 0 {
		best := list[0].Value
		c.outcome = slices.DeleteFunc(list, func(h happening) bool { return h.Value != best })
		for i := range c.outcome {
			c.outcome[i].when = end.or(s.ending(id, c.outcome[i], c.released))
		}
	}
	return c
}

// ending gives when an outcome came about of which no end is stated. A firm one is dated
// by what is firm alone.
func (s sight) ending(id string, outcome happening, released []happening) when {
	switch outcome.Value {
	case "RELEASED":
		for _, h := range released {
			if h.firm() || !outcome.firm() {
				return h.when
			}
		}
	case "DIED":
		var has []*Recorded
		for _, r := range s.into[s.at][id] {
			if r.Property == vocab.HasDetention && r.projects() && s.shows(r) {
				has = append(has, r)
			}
		}
		if s.rank(has); len(has) > 0 {
			for _, r := range s.candidates(has[0].Subject, "deathDate") {
				if firm(r) || !outcome.firm() {
					return dated(s.text(r), false)
				}
			}
		}
	}
	return when{}
}

// happenings gives the statements of a property that may become its value, best
// first. A link that has no start of its own happened at the other time.
func (s sight) happenings(id, property string, otherwise when) []happening {
	var list []happening
	for _, r := range s.candidates(id, property) {
		h := happening{Recorded: r, when: otherwise}
		if starts := s.qualifiers(r)[KeyStart]; r.IsLink() && len(starts) > 0 {
			h.when = dated(starts[0], false).or(otherwise)
		}
		list = append(list, h)
	}
	return list
}

// best gives the time of the best value of a date.
func (s sight) best(id, property string) when {
	if list := s.candidates(id, property); len(list) > 0 {
		return dated(s.text(list[0]), false)
	}
	return when{}
}
