package store

import (
	"crypto/sha256"
	"encoding/hex"
	"unicode/utf8"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/vocab"
)

// maxSortKey bounds a text's sort key, so that every store can index it and a
// cursor can hold it: beyond it texts are ordered by a hash.
const maxSortKey = 256

// SortKey gives what rows are ordered by for a property: a text's fold (longer
// than 256 bytes: cut there, and told apart by a hash), a date's earliest and
// latest day, an enumeration's position, a number, 0 or 1. It is a string, an
// int64, or nil for null. Strings compare by byte, which in UTF-8 is by code point.
func SortKey(p *vocab.Property, data any) any {
	switch d := data.(type) {
	case string:
		switch p.Value {
		case vocab.Date:
			date, err := edtf.Parse(d)
			if err != nil {
				return nil // rows hold only what was validated
			}
			return date.Earliest() + "/" + date.Latest()
		case vocab.Choice:
			return int64(p.Enum.Index(d))
		}
		return foldKey(d)
	case bool:
		if d {
			return int64(1)
		}
		return int64(0)
	case int64:
		return d
	}
	return nil
}

func foldKey(text string) string {
	fold := match.Fold(text)
	if len(fold) <= maxSortKey {
		return fold
	}
	cut := maxSortKey
	for !utf8.RuneStart(fold[cut]) {
		cut--
	}
	sum := sha256.Sum256([]byte(fold[cut:]))
	return fold[:cut] + hex.EncodeToString(sum[:16])
}

// DateKeys gives bounds within which the sort keys lie of all dates for which a
// comparison of dates holds: not below from, and below the other one; "" is none. It
// need not hold for all within them.
func (c Compare) DateKeys() (from, below string) {
	low, high := c.Date.Earliest(), c.Date.Latest()
	const past = "0" // after a day: past all keys that begin with it, since '0' comes after '/'
	switch {
	case c.Op == Before && c.Possibly:
		return "", high
	case c.Op == Before:
		return "", low
	case c.Op == After && c.Possibly:
		return "", ""
	case c.Op == After:
		return high + past, ""
	case c.Possibly || c.Op == Overlaps:
		return "", high + past
	}
	return low, high + past
}

// CompareKeys orders two sort keys of the same property: -1, 0, 1. Null is last in
// both directions.
func CompareKeys(a, b any, desc bool) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	order := 0
	switch a := a.(type) {
	case string:
		if b := b.(string); a < b {
			order = -1
		} else if a > b {
			order = 1
		}
	case int64:
		if b := b.(int64); a < b {
			order = -1
		} else if a > b {
			order = 1
		}
	}
	if desc {
		return -order
	}
	return order
}
