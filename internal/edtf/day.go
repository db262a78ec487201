package edtf

import "fmt"

// AddYears returns the day n full years after day (before it, if n is
// negative): the same month and day, and 1 March for 29 February where the year
// has none, which is when a person born on that day has lived the full years.
// The result is clamped to Min and Max.
//
// It panics unless day is a valid "YYYY-MM-DD", as Earliest and Latest return
// for any date but the zero one: there is no answer that a comparison of ages
// would not take for a date.
func AddYears(day string, n int) string {
	s := scanner{text: day}
	p, err := s.point()
	if err != nil || p.day == 0 || s.pos != len(day) {
		panic(fmt.Sprintf("edtf.AddYears: %q is no YYYY-MM-DD", echo(day)))
	}
	n = min(max(n, -9999), 9999) // further cannot matter, and cannot overflow
	return dayOf(int(p.year)+n, int(p.month), int(p.day)).String()
}

// day is a day as the number yyyymmdd, whose order is the order in time. 0 is no
// day and has no text.
type day int32

const minDay, maxDay day = 1_01_01, 9999_12_31

// dayOf returns a day, clamped. Month and day may be out of range by a little,
// as time.Date has it: the months 0, 13 and 14, and day 0, which is the last of
// the month before. A day past the end of its month is the first of the next.
func dayOf(y, m, d int) day {
	y, m = carry(y, m)
	if d == 0 {
		y, m = carry(y, m-1)
		d = daysIn(y, m)
	} else if d > daysIn(y, m) {
		y, m = carry(y, m+1)
		d = 1
	}
	return min(max(day(y*1_00_00+m*1_00+d), minDay), maxDay)
}

// carry brings a month of 0 or more into 1 to 12.
func carry(y, m int) (int, int) { return y + (m+11)/12 - 1, (m+11)%12 + 1 }

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func (d day) String() string {
	if d == 0 {
		return ""
	}
	var array [len(Min)]byte
	y, m := int(d)/1_00_00, int(d)/1_00%1_00
	buf := appendTwo(appendTwo(array[:0], y/100), y%100)
	buf = appendTwo(append(buf, '-'), m)
	buf = appendTwo(append(buf, '-'), int(d)%1_00)
	return string(buf)
}

func appendTwo(buf []byte, n int) []byte {
	return append(buf, byte('0'+n/10), byte('0'+n%10))
}
