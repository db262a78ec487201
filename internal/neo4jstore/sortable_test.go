package neo4jstore

import (
	"cmp"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

// Stored keys have the order of the keys whether strings are compared by code point
// or by UTF-16 unit, and null comes after them all.
func TestSortableKeepsTheOrder(t *testing.T) {
	runes := []rune{0, 1, 'a', 'z', 'é', 0x0FFF, 0x1000, 0x13FF, 0xD7EF, 0xD7F0, 0xD7FB, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF}
	key := rapid.StringOf(rapid.OneOf(rapid.SampledFrom(runes), rapid.Rune()))
	rapid.Check(t, func(t *rapid.T) {
		a, b := key.Draw(t, "a"), key.Draw(t, "b")
		if rapid.Bool().Draw(t, "prefix") {
			b = a + b
		}
		storedA, storedB := sortable(a, false).(string), sortable(b, false).(string)
		if sortKey(storedA) != a {
			t.Fatalf("%q is read back as %q", a, sortKey(storedA))
		}
		want := strings.Compare(a, b)
		if got := strings.Compare(storedA, storedB); got != want {
			t.Errorf("by code point %q and %q compare as %d, want %d", storedA, storedB, got, want)
		}
		if got := cmp.Compare(compareUnits(storedA, storedB), 0); got != want {
			t.Errorf("by unit %q and %q compare as %d, want %d", storedA, storedB, got, want)
		}
		if storedA >= nullText || storedA == "" {
			t.Errorf("%q is stored as %q", a, storedA)
		}
	})
	for _, numeric := range []bool{true, false} {
		if sortKey(sortable(nil, numeric)) != nil {
			t.Error("null is not read back as null")
		}
	}
}

func compareUnits(a, b string) int {
	left, right := utf16.Encode([]rune(a)), utf16.Encode([]rune(b))
	for i := range min(len(left), len(right)) {
		if left[i] != right[i] {
			return int(left[i]) - int(right[i])
		}
	}
	return len(left) - len(right)
}
