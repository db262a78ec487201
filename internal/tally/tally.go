// Package tally reckons with published counts, which are ranges: what the parts of a
// release leave open, and how counts of people held fit what is counted in between.
//
// It reads only numbers. Every range that it gives is wide enough for each of the counts
// that went into it, whichever of them are right; which are, it never says.
package tally

import (
	"slices"
	"strings"
)

// Range is of numbers. An end that is nil is open, or unknown: the zero Range says
// nothing at all.
type Range struct {
	Min, Max *int64
	About    bool // rests on a count of nearly, about or just over a number: nobody says by how much
}

// Count gives the range of a published count: people are never fewer than none.
func Count(least, most *int64, about bool) Range {
	if least == nil {
		least = new(int64)
	}
	return Range{least, most, about}
}

// Widest gives the range that holds all of these; of none, nothing is known.
func Widest(ranges []Range) Range {
	if len(ranges) == 0 {
		return Range{}
	}
	all := ranges[0]
	for _, r := range ranges[1:] {
		all.Min = both(all.Min, r.Min, func(a, b int64) int64 { return min(a, b) })
		all.Max = both(all.Max, r.Max, func(a, b int64) int64 { return max(a, b) })
		all.About = all.About || r.About
	}
	return all
}

// Unaccounted gives how many of a whole may be in none of its parts. The parts may
// overlap and need not tell of all, so that it is at least 0, and at most the whole less
// the least of the largest part. A part larger than the whole contradicts it: then
// nothing is known.
func Unaccounted(whole Range, parts []Range) Range {
	largest, about := int64(0), whole.About
	for _, p := range parts {
		largest, about = max(largest, *p.Min), about || p.About
	}
	if whole.Max == nil {
		return Range{Min: new(int64), About: about}
	}
	if *whole.Max < largest {
		return Range{About: about}
	}
	return Range{new(int64), new(*whole.Max - largest), about}
}

// Flow is a count of what happened in between.
type Flow struct {
	Range
	Events   []string // that it counts for
	Possible bool     // its date only may lie in between
}

// Total gives the range of all that happened: counts of the same events are
// alternatives, those of different events add up, and one of no event may count the
// same people as others, or different ones. Of no counts, nothing is known.
func Total(flows []Flow) Range {
	if len(flows) == 0 {
		return Range{}
	}
	byEvent := map[string][]Range{}
	total, alone := Range{Min: new(int64), Max: new(int64)}, int64(0)
	for _, f := range flows {
		r := f.Range
		total.About = total.About || r.About
		if f.Possible {
			r.Min = new(int64)
		}
		if len(f.Events) == 0 {
			alone = max(alone, *r.Min)
			total.Max = both(total.Max, r.Max, plus)
			continue
		}
		key := strings.Join(slices.Sorted(slices.Values(f.Events)), " ")
		byEvent[key] = append(byEvent[key], r)
	}
	for _, alternatives := range byEvent {
		total = Sum(total, Widest(alternatives))
	}
	return Range{new(max(alone, *total.Min)), total.Max, total.About}
}

// Sum gives a + b.
func Sum(a, b Range) Range {
	return Range{both(a.Min, b.Min, plus), both(a.Max, b.Max, plus), a.About || b.About}
}

// Difference gives a - b.
func Difference(a, b Range) Range {
	return Range{both(a.Min, b.Max, minus), both(a.Max, b.Min, minus), a.About || b.About}
}

func plus(a, b int64) int64  { return a + b }
func minus(a, b int64) int64 { return a - b }

// both reckons with two ends; nil where one of them is.
func both(a, b *int64, reckon func(a, b int64) int64) *int64 {
	if a == nil || b == nil {
		return nil
	}
	return new(reckon(*a, *b))
}
