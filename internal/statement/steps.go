package statement

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
)

// steps gives the status of each day, as the days from which it is another one:
// "2025-12-25 RELEASED", sorted. That of a day rests on what has happened by its
// end; where the dates leave open what has, and that makes a difference, it is
// UNKNOWN, as it is before the first step.
//
// until is the day by whose end a firm release or death must have come, the first
// one; "" if there is none. Whatever happens after does not undo it.
func (c custody) steps() (steps []string, until string) {
	last := statusUnknown
	for _, day := range c.days() {
		status, _ := c.standing(func(w when) bool { return w.certainlyBy(day) })
		if until == "" && (status == statusReleased || status == statusOnTerms || status == statusDied) {
			until = day
		}
		if possible, _ := c.standing(func(w when) bool { return w.possiblyBy(day) }); possible != status {
			status = statusUnknown
		}
		if status != last {
			steps = append(steps, day+" "+status)
			last = status
		}
	}
	return steps, until
}

// days gives the days on which the status may become another one, sorted.
func (c custody) days() []string {
	var days []string
	for _, h := range slices.Concat(c.outcome, c.released, c.end, c.held) {
		days = append(days, h.first, h.last)
	}
	return slices.DeleteFunc(distinct(days), func(day string) bool { return day == edtf.Max })
}

// StatusOn gives the status of a detention on a day ("YYYY-MM-DD"), from its row's
// value of vocab.StatusSteps.
func StatusOn(steps []string, day string) string {
	after := slices.IndexFunc(steps, func(step string) bool { return step[:len(edtf.Min)] > day })
	if after < 0 {
		after = len(steps)
	}
	if after == 0 {
		return statusUnknown
	}
	_, status, _ := strings.Cut(steps[after-1], " ")
	return status
}
