package match

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hbollon/go-edlib"
)

// Parts of one that words are alike, in thousandths. Whole numbers, so that every
// machine gives the same.
const (
	whole      = 1000
	sameNumber = 990
	sameSound  = 940
	shortForm  = 920
	beginning  = 850 // of a word that is still being typed, when little of it is there
	shortened  = 700 // at least three letters of a longer word
	initial    = 650
)

// alikeness gives how alike two folded words are, from 0 to whole.
func (q *Query) alikeness(a, b string) int {
	if a == b {
		return whole
	}
	if !spelled(a) || !spelled(b) {
		return sameNumberOf(a, b)
	}
	_, romanA := roman(a)
	_, romanB := roman(b)
	if romanA && romanB {
		return 0
	}
	if utf8.RuneCountInString(a) == 1 || utf8.RuneCountInString(b) == 1 {
		if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
			return initial
		}
		return 0
	}
	if slices.Contains(Nicknames(a), b) {
		return shortForm
	}
	if n := q.alikeByEar(a, b); n > 0 {
		return n
	}
	if min(len(a), len(b)) >= 3 && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) {
		return shortened
	}
	return 0
}

// alikeByEar gives how alike two words are in their letters or in their sound.
func (q *Query) alikeByEar(a, b string) int {
	if d := len(a) - len(b); d < -mostSilent || d > mostSilent {
		return 0
	}
	soundA, soundB := q.sound(a), q.sound(b)
	if soundA == soundB {
		return sameSound
	}
	return max(near(a, b), near(soundA, soundB)*sameSound/whole)
}

func (q *Query) sound(word string) string {
	sound, known := q.sounds[word]
	if !known {
		sound = Sound(word)
		q.sounds[word] = sound
	}
	return sound
}

// mostSilent is by how many bytes words may differ that sound alike.
const mostSilent = 4

func sameNumberOf(a, b string) int {
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		if n, ok := roman(pair[0]); ok && n == pair[1] {
			return sameNumber
		}
	}
	return 0
}

// near gives how alike words are that differ by few letters, left out, put in,
// changed or swapped with the next: one of four letters, two of eight.
func near(a, b string) int {
	la, lb := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	longer := max(la, lb)
	most := min(longer/leastLetters, 2)
	if most == 0 || longer-min(la, lb) > most || longer > maxLetters {
		return 0
	}
	if bits.OnesCount32(lettersOf(a)^lettersOf(b)) > 2*most { // each changes two letters at most
		return 0
	}
	if d := edlib.OSADamerauLevenshteinDistance(a, b); d <= most {
		return whole - (whole+whole/10)*d/longer
	}
	return 0
}

// lettersOf tells which letters a word has: a bit for each, shared by some.
func lettersOf(word string) uint32 {
	var set uint32
	for _, r := range word {
		set |= 1 << (r & 31)
	}
	return set
}
