// Package edtf holds the dates of the model: a subset of the Extended
// Date/Time Format (ISO 8601-2:2019), enough to write down what a source says
// and no more.
//
//	2025  2025-12  2025-12-25    one day within that year or month; that day
//	2025-12~  2025-12?           the same, approximate or uncertain
//	[2025-12-25..2025-12-31]     one day among these
//	2025-12-25/2026-01-03~       the whole span; either end, not both, may be ..
//
// Years are 0001 to 9999 in the proleptic Gregorian calendar. There is no time
// of day and no zone: a date is local to what it dates.
//
// A date has bounds, the earliest and the latest day it may mean. ~ and ? both
// widen them by one unit of the precision on both sides: 2025-12~ is 2025-11-01
// to 2026-01-31. An open end, and whatever would lie beyond, is [Min] or [Max].
// Days are handed out as "YYYY-MM-DD", whose string order is the order in time.
//
// A comparison holds certainly or possibly; what holds certainly holds possibly
// too. Nothing here reads a clock.
package edtf

// Min and Max are the first and the last day there is; as the bounds of a span
// with an open end they mean "no bound".
const Min, Max = "0001-01-01", "9999-12-31"

// Date is one date of the subset. It is a small value without pointers; two
// dates are == exactly when their texts are equal. The zero value is no date:
// its texts are empty and every comparison with it is false.
type Date struct {
	form form
	a, b point // b only in sets and spans; the zero point is an open end
}

type form uint8

const (
	none form = iota
	single
	set
	span
)

// point is a year, month or day as written; month and day are 0 where absent.
type point struct {
	year       uint16
	month, day uint8
	mark       byte // '~', '?' or 0
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d.form == none }

// IsSpan reports whether d is written a/b: the whole time from a to b, where
// every other form means one day somewhere within its bounds.
func (d Date) IsSpan() bool { return d.form == span }

// Exact reports whether d is written as one day without ~ or ?. Sets and spans
// are not exact, not even those of one day.
func (d Date) Exact() bool {
	return d.form == single && d.a.day != 0 && d.a.mark == 0
}

// String returns the text that d was parsed from.
func (d Date) String() string {
	var array [24]byte // the longest is 2025-12-25~/2025-12-25~
	buf := array[:0]
	switch d.form {
	case single:
		buf = d.a.append(buf)
	case set:
		buf = d.a.append(append(buf, '['))
		buf = d.b.append(append(buf, ".."...))
		buf = append(buf, ']')
	case span:
		buf = d.a.append(buf)
		buf = d.b.append(append(buf, '/'))
	}
	return string(buf)
}

// Earliest returns the first day that d may mean, "" if d is zero.
func (d Date) Earliest() string {
	first, _ := d.bounds()
	return first.String()
}

// Latest returns the last day that d may mean, "" if d is zero.
func (d Date) Latest() string {
	_, last := d.bounds()
	return last.String()
}

// Coarsen returns d to the month, as it is shown of a protected person: each
// day becomes its month and keeps its ~ or ?, months and years stay. A set or
// span whose ends have become the same text at month precision becomes that
// month, no longer a span; ends that differ in ~ or ? alone stay two, so that
// neither hedge is lost: 2025-12-03/2025-12-20~ is 2025-12/2025-12~. The bounds
// of the result contain those of d, and coarsening it again changes nothing.
func (d Date) Coarsen() Date {
	d.a.day, d.b.day = 0, 0
	if d.form != single && d.a == d.b && d.a.month != 0 {
		return Date{form: single, a: d.a}
	}
	return d
}

// On reports whether d lies on v: certainly, when the bounds of d lie within
// those of v; possibly, when they share a day.
func (d Date) On(v Date, possibly bool) bool {
	if d.IsZero() || v.IsZero() {
		return false
	}
	first, last := d.bounds()
	vFirst, vLast := v.bounds()
	if possibly {
		return first <= vLast && vFirst <= last
	}
	return vFirst <= first && last <= vLast
}

// Before reports whether d is before v: certainly, when all of d is before all
// of v; possibly, when the earliest day of d is before the latest of v.
func (d Date) Before(v Date, possibly bool) bool {
	if d.IsZero() || v.IsZero() {
		return false
	}
	first, last := d.bounds()
	vFirst, vLast := v.bounds()
	if possibly {
		return first < vLast
	}
	return last < vFirst
}

// After reports whether d is after v; it is v.Before(d, possibly).
func (d Date) After(v Date, possibly bool) bool { return v.Before(d, possibly) }

// Overlaps reports whether d and v have a day in common. For a span, possibly
// or not, that is when their bounds share a day (so ~ and ? on its ends count
// in its favour); any other d is one day and overlaps as [Date.On] says.
func (d Date) Overlaps(v Date, possibly bool) bool {
	return d.On(v, possibly || d.IsSpan())
}

// bounds are 0 for the zero date.
func (d Date) bounds() (first, last day) {
	switch d.form {
	case none:
		return 0, 0
	case single:
		return d.a.first(), d.a.last()
	}
	first, last = minDay, maxDay
	if !d.a.open() {
		first = d.a.first()
	}
	if !d.b.open() {
		last = d.b.last()
	}
	return first, last
}

func (p point) open() bool { return p.year == 0 }

// width is how many units p is widened by on each side.
func (p point) width() int {
	if p.mark == 0 {
		return 0
	}
	return 1
}

func (p point) first() day {
	y, m, d, w := int(p.year), int(p.month), int(p.day), p.width()
	switch {
	case m == 0:
		return dayOf(y-w, 1, 1)
	case d == 0:
		return dayOf(y, m-w, 1)
	}
	return dayOf(y, m, d-w)
}

func (p point) last() day {
	y, m, d, w := int(p.year), int(p.month), int(p.day), p.width()
	switch {
	case m == 0:
		return dayOf(y+w, 12, 31)
	case d == 0:
		return dayOf(y, m+w+1, 0)
	}
	return dayOf(y, m, d+w)
}

func (p point) append(buf []byte) []byte {
	if p.open() {
		return append(buf, ".."...)
	}
	buf = appendTwo(appendTwo(buf, int(p.year)/100), int(p.year)%100)
	if p.month != 0 {
		buf = appendTwo(append(buf, '-'), int(p.month))
	}
	if p.day != 0 {
		buf = appendTwo(append(buf, '-'), int(p.day))
	}
	if p.mark != 0 {
		buf = append(buf, p.mark)
	}
	return buf
}
