package edtf_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/edtf"
)

// points draws years, months and days, thick at the ends of the calendar and
// around one year, so that two of them often touch.
func points(marks string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		year := rapid.OneOf(rapid.IntRange(2023, 2026), rapid.SampledFrom([]int{1, 2, 1900, 9998, 9999})).Draw(t, "year")
		month := rapid.IntRange(1, 12).Draw(t, "month")
		day := rapid.IntRange(1, time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()).Draw(t, "day")
		text := []string{
			fmt.Sprintf("%04d", year), fmt.Sprintf("%04d-%02d", year, month), fmt.Sprintf("%04d-%02d-%02d", year, month, day),
		}[rapid.IntRange(0, 2).Draw(t, "precision")]
		if marks == "" {
			return text
		}
		return text + rapid.SampledFrom([]string{"", marks[:1], marks[1:]}).Draw(t, "mark")
	})
}

func texts() *rapid.Generator[string] {
	point, bare := points("~?"), points("")
	end := rapid.OneOf(point, point, point, rapid.Just(".."))
	pair := func(g *rapid.Generator[string], format string) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			return fmt.Sprintf(format, g.Draw(t, "a"), g.Draw(t, "b"))
		}).Filter(func(text string) bool { _, err := edtf.Parse(text); return err == nil })
	}
	return rapid.OneOf(point, pair(bare, "[%s..%s]"), pair(end, "%s/%s"))
}

func dates() *rapid.Generator[edtf.Date] {
	return rapid.Map(texts(), func(text string) edtf.Date {
		d, err := edtf.Parse(text)
		if err != nil {
			panic(err)
		}
		return d
	})
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		d, err := edtf.Parse(text)
		if err != nil || d.String() != text {
			t.Fatalf("%q: %q, %v", text, d, err)
		}
		checkInvariants(t, d)
	})
}

var (
	dayShape     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	dayPrecision = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)
)

// checkInvariants checks what holds of every date but the zero one.
func checkInvariants(t interface{ Fatalf(string, ...any) }, d edtf.Date) {
	first, last := d.Earliest(), d.Latest()
	if !dayShape.MatchString(first) || !dayShape.MatchString(last) || first < edtf.Min || last > edtf.Max || last < first {
		t.Fatalf("%s: bounds %s to %s", d, first, last)
	}
	if d.Exact() && (first != last || d.String() != first) {
		t.Fatalf("%s is exact: %s to %s", d, first, last)
	}
	if !d.On(d, false) || !d.Overlaps(d, false) || d.Before(d, false) || d.After(d, false) {
		t.Fatalf("%s: compares wrongly with itself", d)
	}
	month := d.Coarsen()
	if month.Coarsen() != month {
		t.Fatalf("%s: %s coarsens further to %s", d, month, month.Coarsen())
	}
	if first < month.Earliest() || last > month.Latest() {
		t.Fatalf("%s: %s does not contain it", d, month)
	}
	if dayPrecision.MatchString(month.String()) {
		t.Fatalf("%s: %s shows a day", d, month)
	}
	if again, err := edtf.Parse(month.String()); err != nil || again != month {
		t.Fatalf("%s: %s is not in the subset: %v", d, month, err)
	}
}

func TestComparisonProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, v := dates().Draw(t, "d"), dates().Draw(t, "v")
		if (d == v) != (d.String() == v.String()) {
			t.Fatal("== and the text differ")
		}
		for name, f := range map[string]func(edtf.Date, bool) bool{
			"on": d.On, "before": d.Before, "after": d.After, "overlaps": d.Overlaps,
		} {
			if f(v, false) && !f(v, true) {
				t.Fatalf("certainly but not possibly %s", name)
			}
		}
		dFirst, dLast, vFirst, vLast := d.Earliest(), d.Latest(), v.Earliest(), v.Latest()
		share := dFirst <= vLast && vFirst <= dLast
		for name, same := range map[string]bool{
			"certainly on":       d.On(v, false) == (vFirst <= dFirst && dLast <= vLast),
			"possibly on":        d.On(v, true) == share,
			"certainly before":   d.Before(v, false) == (dLast < vFirst),
			"possibly before":    d.Before(v, true) == (dFirst < vLast),
			"certainly after":    d.After(v, false) == (dFirst > vLast),
			"possibly after":     d.After(v, true) == (dLast > vFirst),
			"certainly overlaps": d.Overlaps(v, false) == (d.On(v, false) || d.IsSpan() && share),
			"possibly overlaps":  d.Overlaps(v, true) == share,
			"one of three":       share != (d.Before(v, false) || d.After(v, false)),
		} {
			if !same {
				t.Fatalf("%s: not as the bounds %s to %s and %s to %s say", name, dFirst, dLast, vFirst, vLast)
			}
		}
	})
}

func TestAgainstTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1, 1, 2, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3_652_056).Draw(t, "days"))
		text := day.Format(time.DateOnly)
		d, err := edtf.Parse(text + "~")
		if err != nil {
			t.Fatal(err)
		}
		if d.Earliest() != day.AddDate(0, 0, -1).Format(time.DateOnly) || d.Latest() != day.AddDate(0, 0, 1).Format(time.DateOnly) {
			t.Fatalf("%s: %s to %s", d, d.Earliest(), d.Latest())
		}
		month, _ := edtf.Parse(text[:7])
		if end := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC); month.Latest() != end.Format(time.DateOnly) {
			t.Fatalf("%s ends on %s", month, month.Latest())
		}
		n := rapid.IntRange(1-day.Year(), 9999-day.Year()).Draw(t, "n")
		if got, want := edtf.AddYears(text, n), day.AddDate(n, 0, 0).Format(time.DateOnly); got != want {
			t.Fatalf("%s and %d years: %s, want %s", text, n, got, want)
		}
	})
}
