package generate

import (
	"strconv"
	"time"
)

// day is a day, counted from 1970-01-01.
type day int

// The world of the data lasts twelve years.
const (
	epoch   day = 16071        // 2014-01-01
	days        = 4383         // from the epoch to the horizon
	horizon     = epoch + days // 2026-01-01
)

func (d day) civil() (year, month, dayOfMonth int) {
	y, m, dom := time.Unix(int64(d)*24*60*60, 0).UTC().Date()
	return y, int(m), dom
}

// String gives YYYY-MM-DD.
func (d day) String() string {
	y, m, dom := d.civil()
	return string(two(two(year(y), m), dom))
}

func (d day) month() string {
	y, m, _ := d.civil()
	return string(two(year(y), m))
}

func (d day) year() string {
	y, _, _ := d.civil()
	return string(year(y))
}

func year(y int) []byte { return strconv.AppendInt(make([]byte, 0, 10), int64(y), 10) }

func two(buf []byte, n int) []byte { return append(buf, '-', byte('0'+n/10), byte('0'+n%10)) }

// vague writes a day as a source does that does not know it exactly. What it writes
// always may mean the day.
func (d *dice) vague(on day) string {
	switch d.weighted(30, 12, 10, 12, 6, 8, 6, 16) {
	case 0:
		return on.month()
	case 1:
		return on.String() + "~"
	case 2:
		return on.String() + "?"
	case 3:
		return on.month() + "~"
	case 4:
		return on.month() + "?"
	case 5:
		return on.year()
	case 6:
		return on.year() + pick(d, []string{"~", "?"})
	}
	first := on - day(d.below(7))
	return "[" + first.String() + ".." + (first + day(d.between(6, 12))).String() + "]"
}

// written writes a day exactly, but for so many times in a thousand.
func (d *dice) written(on day, vague int) string {
	if d.chance(vague) {
		return d.vague(on)
	}
	return on.String()
}

// period writes the whole time from one day to another; one end may be open.
func (d *dice) period(from, to day) string {
	switch d.weighted(5, 2, 1, 1, 1) {
	case 0:
		return from.String() + "/" + to.String()
	case 1:
		return from.month() + "/" + to.String() + "~"
	case 2:
		return from.String() + "/.."
	case 3:
		return "../" + to.String()
	}
	return from.String() + "?/" + to.month()
}

// within gives a day of the world's time: a part of it after the epoch, in thousandths.
func (d *dice) within(low, high int) day {
	return epoch + day(d.between(days*low/1000, days*high/1000))
}
