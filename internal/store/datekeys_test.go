package store_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// The range of sort keys of a comparison of dates leaves out none for which
// it holds.
func TestDateKeys(t *testing.T) {
	start := vocab.TypeOf("Detention").Property("start")
	dates := rapid.SampledFrom([]string{
		"2025", "2025~", "2024-12", "2025-01", "2025-01?", "2025-06", "2025-06-01", "2025-06-30~", "2025-07-01", "2025-12-31", "2026",
		"[2025-05-31..2025-06-01]", "[2025-06-01..2025-06-30]", "2025-06/2025-07", "2024/..", "../2025-06-15",
	})
	rapid.Check(t, func(t *rapid.T) {
		text, possibly := dates.Draw(t, "date"), rapid.Bool().Draw(t, "possibly")
		date, err := edtf.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		asked, err := edtf.Parse(dates.Draw(t, "asked"))
		if err != nil {
			t.Fatal(err)
		}
		key, _ := store.SortKey(start, text).(string)
		for op, holds := range map[store.Op]bool{
			store.On: date.On(asked, possibly), store.Before: date.Before(asked, possibly),
			store.After: date.After(asked, possibly), store.Overlaps: date.Overlaps(asked, possibly),
		} {
			from, below := store.Compare{Property: start, Op: op, Date: asked, Possibly: possibly}.DateKeys()
			if in := key >= from && (below == "" || key < below); holds && !in {
				t.Fatalf("%v %s of %s (possibly %v) holds, and %q is not in %q to %q", op, asked, text, possibly, key, from, below)
			}
		}
	})
}
