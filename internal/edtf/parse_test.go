package edtf_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vinculo/vinculo/internal/edtf"
)

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", "character 1: the text is empty"},
		{" 2025", `character 1: unexpected " ": a year has four digits`},
		{"2025 ", `character 5: unexpected " ": the date should end here`},
		{"2025\n", `character 5: unexpected "\n"`},
		{"225", "character 4: the text ends too early: a year has four digits"},
		{"-2025", `character 1: unexpected "-"`},
		{"Y12025", `character 1: unexpected "Y"`},
		{"20251225", `character 5: unexpected "1": the date should end here`},
		{"0000", "character 1: years are 0001 to 9999"},
		{"２０２５", `character 1: unexpected "２": a year has four digits`},
		{"2025\xff", `character 5: unexpected "\xff"`},
		{"2025-", "character 6: the text ends too early: a month has two digits"},
		{"2025-1", "character 7: the text ends too early: a month has two digits"},
		{"2025-00", "character 6: months are 01 to 12"},
		{"2025-13", "character 6: months are 01 to 12"},
		{"2025-21", "character 6: months are 01 to 12"}, // a season in full EDTF
		{"2025-XX", `character 6: unexpected "X"`},
		{"2025-12-", "character 9: the text ends too early: a day has two digits"},
		{"2025-12-00", "character 9: the days of 2025-12 are 01 to 31"},
		{"2025-02-29", "character 9: the days of 2025-02 are 01 to 28"},
		{"1900-02-29", "character 9: the days of 1900-02 are 01 to 28"},
		{"2025-04-31", "character 9: the days of 2025-04 are 01 to 30"},
		{"2025-12-25T10:00Z", `character 11: unexpected "T": the date should end here`},
		{"2025%", "character 5: % is not in use: write ~ (approximate) or ? (uncertain)"},
		{"2025~?", "character 6: only one of ~ and ? can stand here"},
		{"2025??", "character 6: only one of ~ and ? can stand here"},
		{"2025~%", "character 6: only one of ~ and ? can stand here"},
		{"~2025", `character 1: unexpected "~"`},
		{"2025~-12", `character 6: unexpected "-"`},
		{"[2025]", `character 6: unexpected "]": between the two ends of a set stands ..`},
		{"[..2025]", "character 2: a set needs both its ends"},
		{"[2025..]", "character 8: a set needs both its ends"},
		{"[2025..", "character 8: a set needs both its ends"},
		{"[]", "character 2: a set needs both its ends"},
		{"[", "character 2: a set needs both its ends"},
		{"[2025,2026]", `character 6: unexpected ","`},
		{"[2025..2026", "character 12: the text ends too early: a set ends with ]"},
		{"[2025..2026]~", `character 13: unexpected "~": the date should end here`},
		{"[2025~..2026]", "character 6: no ~, ? or % can stand inside a set"},
		{"[2025..2026?]", "character 12: no ~, ? or % can stand inside a set"},
		{"[2026..2025]", "character 8: the end is before the beginning"},
		{"[2025-12-26..2025-12-25]", "character 14: the end is before the beginning"},
		{"{2025..2026}", `character 1: unexpected "{"`},
		{"..", "character 3: the text ends too early: an open beginning is followed by /"},
		{"..2025", `character 3: unexpected "2": an open beginning is followed by /`},
		{"../..", "character 4: a span cannot be open at both ends"},
		{"/2025", `character 1: unexpected "/"`},
		{"2025/", "character 6: the text ends too early: a year has four digits"},
		{"2025..2026", `character 5: unexpected "."`},
		{"2025/2026/2027", `character 10: unexpected "/": the date should end here`},
		{"2025/[2025..2026]", `character 6: unexpected "["`},
		{"2026/2025", "character 6: the end is before the beginning"},
		{"2025-12-25~/2025-12-24", "character 13: the end is before the beginning"},
	} {
		d, err := edtf.Parse(tt.text)
		if err == nil {
			t.Errorf("%q: accepted as %s", tt.text, d)
			continue
		}
		if !d.IsZero() {
			t.Errorf("%q: a date beside the error", tt.text)
		}
		if !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "allowed are") {
			t.Errorf("%q: %v\nwant %s", tt.text, err, tt.want)
		}
	}
}

func TestParseErrorIsBounded(t *testing.T) {
	_, err := edtf.Parse(strings.Repeat("ñ", 40) + strings.Repeat("x", 1<<20))
	if !strings.Contains(err.Error(), `date "`+strings.Repeat("ñ", 40)+`…"`) {
		t.Error(err)
	}
}

func TestParseDoesNotAllocate(t *testing.T) {
	for _, text := range []string{"2025-12-25", "[2025-12-25..2025-12-31]", "2025-12-25~/2026-01-03?"} {
		if n := testing.AllocsPerRun(100, func() { _, _ = edtf.Parse(text) }); n != 0 {
			t.Errorf("%s: %v allocations", text, n)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		_, _ = edtf.Parse("2025-12-25~/2026-01-03?")
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "2025", "2025-12~", "2024-02-29?", "[2025-12-25..2025-12-31]", "[2025-11..2025]",
		"2025-12-25/..", "../2025~", "0001~/9999?", "2025%", "../..", "[2025", "２０２５",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := edtf.Parse(text)
		if err != nil {
			if n := utf8.RuneCountInString(err.Error()); !d.IsZero() || n > 1000 {
				t.Fatalf("zero %t, error of %d characters: %v", d.IsZero(), n, err)
			}
			return
		}
		if d.String() != text {
			t.Fatalf("%q: String is %q", text, d)
		}
		checkInvariants(t, d)
	})
}
