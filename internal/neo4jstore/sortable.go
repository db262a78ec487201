package neo4jstore

import (
	"math"
	"strings"

	"github.com/vinculo/vinculo/internal/vocab"
)

// Sort keys are stored in a form in which one range of an index holds them all:
// null is a value after all others, and no key is the empty string.
//
// Neo4j's indexes order strings by code point, but its comparison operators order
// some of them by UTF-16 unit (U+E000 after U+1F600). The two agree below U+D800, so
// what lies above is written as a mark that comes after all that lies below, and
// two characters for the upper and lower bits.
const (
	nullText   = "\uD7FF"
	nullNumber = int64(math.MaxInt64)

	lowest   = "\x00" // before an empty key, or one that begins with it
	highMark = '\uD7FB'
	highFrom = '\uD7F0' // the first rune that is not written as it is
	highBase = 0x1000
)

// sortable gives the stored form of a sort key (see store.SortKey).
func sortable(key any, numeric bool) any {
	switch k := key.(type) {
	case nil:
		return nullOf(numeric)
	case string:
		if k == "" || k[0] == 0 {
			k = lowest + k
		}
		return writeHigh(k)
	}
	return key
}

// sortKey gives the sort key that was stored so.
func sortKey(stored any) any {
	switch s := stored.(type) {
	case string:
		if s == nullText {
			return nil
		}
		return readHigh(strings.TrimPrefix(s, lowest))
	case int64:
		if s == nullNumber {
			return nil
		}
	}
	return stored
}

func nullOf(numeric bool) any {
	if numeric {
		return nullNumber
	}
	return nullText
}

func isHigh(r rune) bool { return r >= highFrom }

func writeHigh(key string) string {
	if strings.IndexFunc(key, isHigh) < 0 {
		return key
	}
	var b strings.Builder
	for _, r := range key {
		if isHigh(r) {
			b.WriteRune(highMark)
			b.WriteRune(highBase + r>>10)
			r = highBase + r&0x3FF
		}
		b.WriteRune(r)
	}
	return b.String()
}

func readHigh(stored string) string {
	if !strings.ContainsRune(stored, highMark) {
		return stored
	}
	var b strings.Builder
	runes := []rune(stored)
	for i := 0; i < len(runes); i++ {
		if runes[i] == highMark && i+2 < len(runes) {
			b.WriteRune((runes[i+1]-highBase)<<10 | (runes[i+2] - highBase))
			i += 2
			continue
		}
		b.WriteRune(runes[i])
	}
	return b.String()
}

// isNumeric reports whether the property's sort keys are numbers.
func isNumeric(p *vocab.Property) bool {
	return p.Value == vocab.Integer || p.Value == vocab.Boolean || p.Value == vocab.Choice
}
