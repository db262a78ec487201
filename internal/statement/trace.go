package statement

import (
	"slices"
	"strconv"
	"strings"
)

// Was is how a statement was until a commit set it otherwise.
type Was struct {
	Sequence     uint64 `json:"sequence"` // of that commit
	At           string `json:"at"`       // when that was
	Rank         string `json:"rank"`
	Verification string `json:"verification"`
	Visibility   string `json:"visibility"`
}

// reset gives a copy for a commit to set otherwise, which keeps how the statement
// was before that commit.
func (r *Recorded) reset(stamp Stamp) Recorded {
	c := *r
	if n := len(r.Was); n == 0 || r.Was[n-1].Sequence != stamp.Sequence {
		c.Was = append(slices.Clip(r.Was), Was{stamp.Sequence, stamp.At, r.Rank, r.Verification, r.Visibility})
	}
	return c
}

// Trace is what one commit did to a statement: the first added it, the last may
// have retracted it, those between have set it otherwise.
type Trace struct {
	Sequence           uint64
	At                 string // RFC 3339, UTC
	Rank, Verification string // from then on, as the view shows them; empty: retracted
}

// trace gives the row of a statement the times of what commits did to it.
func (s sight) trace(r *Recorded, row *Row) {
	row.Values.set(KeyAt, r.At)
	row.Values.set(KeyRetractedAt, r.RetractedAt)
	var lines []string
	sequence, at := r.Sequence, r.At
	note := func(parts ...string) {
		lines = append(lines, strings.Join(append([]string{strconv.FormatUint(sequence, 10), at}, parts...), " "))
	}
	for _, was := range r.Was {
		note(was.Rank, s.verified(was.Verification))
		sequence, at = was.Sequence, was.At
	}
	note(r.Rank, s.verification(r))
	if !r.InForce() {
		sequence, at = r.Retracted, r.RetractedAt
		note()
	}
	row.Values.set(KeyTrace, lines)
}

// ReadTrace reads what a statement's row holds under KeyTrace, oldest first; nothing
// where the view is not told.
func ReadTrace(row *Row) []Trace {
	lines, _ := row.Values.Get(KeyTrace).([]string)
	list := make([]Trace, len(lines))
	for i, line := range lines {
		parts := strings.Split(line, " ")
		list[i].Sequence, _ = strconv.ParseUint(parts[0], 10, 64)
		list[i].At = parts[1]
		if len(parts) > 2 {
			list[i].Rank, list[i].Verification = parts[2], parts[3]
		}
	}
	return list
}
