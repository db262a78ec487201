package edtf_test

import (
	"math"
	"testing"

	"github.com/vinculo/vinculo/internal/edtf"
)

func mustParse(t testing.TB, text string) edtf.Date {
	t.Helper()
	d, err := edtf.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestBounds(t *testing.T) {
	for _, tt := range []struct{ text, earliest, latest string }{
		{"2025", "2025-01-01", "2025-12-31"},
		{"2025-02", "2025-02-01", "2025-02-28"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"1900-02", "1900-02-01", "1900-02-28"},
		{"2000-02", "2000-02-01", "2000-02-29"},
		{"2025-12-25", "2025-12-25", "2025-12-25"},
		{"2025~", "2024-01-01", "2026-12-31"},
		{"2025?", "2024-01-01", "2026-12-31"},
		{"2025-12~", "2025-11-01", "2026-01-31"},
		{"2025-01?", "2024-12-01", "2025-02-28"},
		{"2025-11~", "2025-10-01", "2025-12-31"},
		{"2025-12-25~", "2025-12-24", "2025-12-26"},
		{"2025-12-31~", "2025-12-30", "2026-01-01"},
		{"2025-01-01~", "2024-12-31", "2025-01-02"},
		{"2024-02-28~", "2024-02-27", "2024-02-29"},
		{"2024-03-01~", "2024-02-29", "2024-03-02"},
		{"0001~", edtf.Min, "0002-12-31"},
		{"0001-01~", edtf.Min, "0001-02-28"},
		{"0001-01-01~", edtf.Min, "0001-01-02"},
		{"9999~", "9998-01-01", edtf.Max},
		{"9999-12~", "9999-11-01", edtf.Max},
		{"9999-12-31~", "9999-12-30", edtf.Max},
		{"[2025-12-25..2025-12-31]", "2025-12-25", "2025-12-31"},
		{"[2025-11..2025-12]", "2025-11-01", "2025-12-31"},
		{"[2025-12..2025-12-05]", "2025-12-01", "2025-12-05"},
		{"[2025-12-05..2025]", "2025-12-05", "2025-12-31"},
		{"[2025..2025]", "2025-01-01", "2025-12-31"},
		{"2025-12-03/2025-12-20~", "2025-12-03", "2025-12-21"},
		{"2025-12~/2026?", "2025-11-01", "2027-12-31"},
		{"2025-12-03/..", "2025-12-03", edtf.Max},
		{"../2025-12", edtf.Min, "2025-12-31"},
	} {
		d := mustParse(t, tt.text)
		if d.Earliest() != tt.earliest || d.Latest() != tt.latest {
			t.Errorf("%s: %s to %s, want %s to %s", tt.text, d.Earliest(), d.Latest(), tt.earliest, tt.latest)
		}
		if d.String() != tt.text {
			t.Errorf("%s: String is %s", tt.text, d)
		}
	}
}

func TestForms(t *testing.T) {
	for _, tt := range []struct {
		text        string
		exact, span bool
	}{
		{"2025-12-25", true, false},
		{"2025-12-25~", false, false},
		{"2025-12-25?", false, false},
		{"2025-12", false, false},
		{"[2025-12-25..2025-12-25]", false, false},
		{"2025-12-25/2025-12-25", false, true},
		{"../2025", false, true},
	} {
		d := mustParse(t, tt.text)
		if d.Exact() != tt.exact || d.IsSpan() != tt.span || d.IsZero() {
			t.Errorf("%s: exact %t, span %t, zero %t", tt.text, d.Exact(), d.IsSpan(), d.IsZero())
		}
	}
}

func TestCoarsen(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"2025", "2025"},
		{"2025~", "2025~"},
		{"2025-12?", "2025-12?"},
		{"2025-12-25", "2025-12"},
		{"2025-12-25~", "2025-12~"},
		{"[2025-12-25..2025-12-31]", "2025-12"},
		{"[2025-12..2025-12-31]", "2025-12"},
		{"[2025-12..2025-12]", "2025-12"},
		{"[2025-11-28..2025-12-02]", "[2025-11..2025-12]"},
		{"[2025..2025-06-03]", "[2025..2025-06]"},
		{"[2025..2025]", "[2025..2025]"},
		{"2025/2025", "2025/2025"},
		{"2025-12-03/2025-12-20", "2025-12"},
		{"2025-12-03~/2025-12-20~", "2025-12~"},
		{"2025-12-03/2025-12-20~", "2025-12/2025-12~"},
		{"2025-12-03?/2025-12-20~", "2025-12?/2025-12~"},
		{"2025-12-03/2026-01-20", "2025-12/2026-01"},
		{"2025-12-03/..", "2025-12/.."},
		{"../2025-12-03?", "../2025-12?"},
	} {
		if got := mustParse(t, tt.text).Coarsen().String(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.text, got, tt.want)
		}
	}
}

func TestComparisons(t *testing.T) {
	const no, maybe, yes = "no", "possibly", "certainly"
	for _, tt := range []struct{ d, v, on, before, after, overlaps string }{
		{"2025-12-25", "2025-12-25", yes, no, no, yes},
		{"2025-12-25", "2025-12-26", no, yes, no, no},
		{"2025-12-25", "2025-12", yes, maybe, maybe, yes},
		{"2025-12", "2025-12-25", maybe, maybe, maybe, maybe},
		{"2025-12-01", "2025-12", yes, maybe, no, yes},
		{"2025-12-25~", "2025-12-26", maybe, maybe, no, maybe},
		{"2025-12~", "2025-12", maybe, maybe, maybe, maybe},
		{"2025-12", "2025-12~", yes, maybe, maybe, yes},
		{"2026-01", "2025", no, no, yes, no},
		{"[2025-12-25..2026-01-02]", "2025", maybe, maybe, maybe, maybe},
		{"2025-12-25/2026-01-02", "2025", maybe, maybe, maybe, yes},
		{"2025-12-25/..", "2030-01-01", maybe, maybe, maybe, yes},
		{"2025-12-25/..", "2025-12-24", no, no, yes, no},
		{"../2025-12-25", "2025-12-26", no, yes, no, no},
		{"2025-12-25", "2025-12-20/..", yes, maybe, maybe, yes},
	} {
		d, v := mustParse(t, tt.d), mustParse(t, tt.v)
		check := func(name, want string, f func(edtf.Date, bool) bool) {
			got := no
			if f(v, false) {
				got = yes
			} else if f(v, true) {
				got = maybe
			}
			if got != want {
				t.Errorf("%s %s %s: %s, want %s", tt.d, name, tt.v, got, want)
			}
		}
		check("on", tt.on, d.On)
		check("before", tt.before, d.Before)
		check("after", tt.after, d.After)
		check("overlaps", tt.overlaps, d.Overlaps)
	}
}

func TestZero(t *testing.T) {
	var zero edtf.Date
	if !zero.IsZero() || zero.IsSpan() || zero.Exact() || !zero.Coarsen().IsZero() {
		t.Error("the zero date is something")
	}
	if got := zero.String() + zero.Earliest() + zero.Latest(); got != "" {
		t.Errorf("the zero date has the text %q", got)
	}
	for _, v := range []edtf.Date{zero, mustParse(t, "2025"), mustParse(t, "../2025")} {
		for _, possibly := range []bool{false, true} {
			for name, holds := range map[string]bool{
				"on":       zero.On(v, possibly) || v.On(zero, possibly),
				"before":   zero.Before(v, possibly) || v.Before(zero, possibly),
				"after":    zero.After(v, possibly) || v.After(zero, possibly),
				"overlaps": zero.Overlaps(v, possibly) || v.Overlaps(zero, possibly),
			} {
				if holds {
					t.Errorf("the zero date is %s %q", name, v)
				}
			}
		}
	}
}

func TestAddYears(t *testing.T) {
	for _, tt := range []struct {
		day  string
		n    int
		want string
	}{
		{"2007-12-25", 18, "2025-12-25"},
		{"2008-02-29", 18, "2026-03-01"},
		{"2008-02-29", 16, "2024-02-29"},
		{"2024-02-29", -1, "2023-03-01"},
		{"2025-12-31", 0, "2025-12-31"},
		{"9990-05-05", 18, edtf.Max},
		{"0005-05-05", -18, edtf.Min},
		{"2025-05-05", math.MaxInt, edtf.Max},
		{"2025-05-05", math.MinInt, edtf.Min},
	} {
		if got := edtf.AddYears(tt.day, tt.n); got != tt.want {
			t.Errorf("%s and %d years: %s, want %s", tt.day, tt.n, got, tt.want)
		}
	}
}

func TestAddYearsPanics(t *testing.T) {
	for _, day := range []string{"", "2025", "2025-12", "2025-02-29", "2025-12-25~", "2025-12-25T00:00"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q: no panic", day)
				}
			}()
			edtf.AddYears(day, 1)
		}()
	}
}
