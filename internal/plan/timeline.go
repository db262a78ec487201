package plan

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Bounds of a timeline.
const (
	maxTimes = 1000 // buckets
	maxSpans = 5000 // different dates, as far as buckets tell them apart
)

// interval is how long the buckets of a timeline are.
type interval struct {
	name   string                  // for people, in the plural
	longer string                  // what to do if they are too many, but for narrowing
	digits int                     // of a day, that tell its bucket
	number func(day string) int    // of the bucket of a day, cut to the digits: 0 is the first there is
	start  func(number int) string // of the bucket, as a date
}

var intervals = map[string]interval{
	"DAY":   {"days", "choose a longer interval, or ", 10, dayNumber, dayOf},
	"WEEK":  {"weeks", "choose a longer interval, or ", 10, func(day string) int { return dayNumber(day) / 7 }, func(n int) string { return dayOf(7 * n) }},
	"MONTH": {"months", "choose the interval YEAR, or ", 7, monthNumber, monthOf},
	"YEAR":  {"years", "", 4, func(year string) int { return numberIn(year) - 1 }, func(n int) string { return fmt.Sprintf("%04d", n+1) }},
}

// firstDay is a Monday.
var firstDay, _ = time.Parse(time.DateOnly, edtf.Min)

func dayNumber(day string) int {
	t, _ := time.Parse(time.DateOnly, day) // as package edtf writes it
	return int((t.Unix() - firstDay.Unix()) / (24 * 60 * 60))
}

func dayOf(number int) string { return firstDay.AddDate(0, 0, number).Format(time.DateOnly) }

func monthNumber(month string) int { return numberIn(month[:4])*12 + numberIn(month[5:]) - 13 }

func monthOf(number int) string { return fmt.Sprintf("%04d-%02d", number/12+1, number%12+1) }

func numberIn(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// timeline reads the arguments of the field of that name. Dates are told apart as far as
// the buckets do, and counted in them when they have been read.
func (d dividing) timeline(v *divided) (store.Grouping, error) {
	g := store.Grouping{ByKey: true, First: maxSpans, Rows: v.shape.asksFor("nodeCount")}
	date, err := d.dimension(vocab.DatesOf(d.typ), d.args["of"], "of")
	if err != nil {
		return g, err
	}
	name, _ := d.args["interval"].(string)
	unit := intervals[name]
	g.By = []store.Dimension{{Property: date.Property, Digits: unit.digits}}
	narrow := fmt.Sprintf("%snarrow the nodes with where: {%s: {…}}", unit.longer, date.Property.Name)
	v.data = func(groups *store.Groups) (map[string]any, error) {
		if groups.Total > maxSpans {
			return nil, tooLarge(d.at, "interval", "there are %d different dates, more than %d: %s", groups.Total, maxSpans, narrow)
		}
		t := unit.times(groups)
		if n := t.last - t.first + 1; n > maxTimes {
			return nil, tooLarge(d.at, "interval", "from %s to %s there are %d %s, and a timeline has at most %d buckets: %s",
				unit.start(t.first), unit.start(t.last), n, unit.name, maxTimes, narrow)
		}
		return map[string]any{"nodeCount": groups.Rows, "undatedCount": t.undated, "buckets": t.buckets(unit)}, nil
	}
	return g, nil
}

// times are dates, each with the numbers of the first and last bucket that it may lie in.
type times struct {
	spans       []timeSpan
	first, last int // of all
	undated     int
}

type timeSpan struct {
	from, to         int
	openFrom, openTo bool // no bound on this side
	count            int
}

func (unit interval) times(groups *store.Groups) times {
	t := times{first: 0, last: -1}
	reach := func(number int) {
		if t.last < t.first {
			t.first, t.last = number, number
		}
		t.first, t.last = min(t.first, number), max(t.last, number)
	}
	for _, g := range groups.Groups {
		text, dated := g.Keys[0].Value.(string)
		if !dated {
			t.undated = g.Count
			continue
		}
		from, to, _ := strings.Cut(text, "/")
		s := timeSpan{unit.number(from), unit.number(to), from == edtf.Min[:unit.digits], to == edtf.Max[:unit.digits], g.Count}
		if !s.openFrom {
			reach(s.from)
		}
		if !s.openTo {
			reach(s.to)
		}
		t.spans = append(t.spans, s)
	}
	return t
}

// buckets counts the dates in buckets. What has no bound on a side reaches as far as the
// others do.
func (t times) buckets(unit interval) []any {
	n := t.last - t.first + 1
	certain, begun := make([]int, n), make([]int, n+1) // begun: how many more are possible from here on
	for _, s := range t.spans {
		from, to := max(s.from, t.first), min(s.to, t.last)
		if from == to && !s.openFrom && !s.openTo {
			certain[from-t.first] += s.count
		} else {
			begun[from-t.first] += s.count
			begun[to-t.first+1] -= s.count
		}
	}
	list, possible := make([]any, n), 0
	for i := range list {
		possible += begun[i]
		list[i] = map[string]any{"start": unit.start(t.first + i), "certainCount": certain[i], "possibleCount": possible}
	}
	return list
}
