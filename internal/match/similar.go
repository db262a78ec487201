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

// form is a folded word, and what is compared of it.
type form struct {
	spelling
	number bool // it has digits
	first  bool // it may be the initial of another
	sound  *spelling
}

// spelling is letters: how many there are, and which.
type spelling struct {
	text    string
	runes   int
	letters uint32 // a bit for each, shared by some
}

func formOf(word string, initial bool) form {
	f := form{spelling: spell(word), number: !spelled(word)}
	f.first = initial && f.runes == 1
	return f
}

func spell(text string) spelling {
	s := spelling{text: text}
	for _, r := range text {
		s.runes++
		s.letters |= 1 << (r & 31)
	}
	return s
}

// heard gives how it sounds.
func (f *form) heard() *spelling {
	if f.sound == nil {
		s := spell(Sound(f.text))
		f.sound = &s
	}
	return f.sound
}

// alikeness gives how alike two folded words are, from 0 to whole.
func alikeness(a *part, b *form) int {
	switch {
	case a.text == b.text:
		return whole
	case a.number || b.number:
		return sameNumberOf(a.text, b.text)
	case bothRoman(a.text, b.text):
		return 0
	case a.runes == 1 || b.runes == 1:
		if a.first && strings.HasPrefix(b.text, a.text) || b.first && strings.HasPrefix(a.text, b.text) {
			return initial
		}
		return 0
	case slices.Contains(a.others, b.text):
		return shortForm
	}
	if n := alikeByEar(&a.form, b); n > 0 {
		return n
	}
	if min(len(a.text), len(b.text)) >= 3 && (strings.HasPrefix(a.text, b.text) || strings.HasPrefix(b.text, a.text)) {
		return shortened
	}
	return 0
}

// alikeByEar gives how alike two words are in their letters or in their sound.
func alikeByEar(a, b *form) int {
	if d := len(a.text) - len(b.text); d < -mostSilent || d > mostSilent {
		return 0
	}
	soundA, soundB := a.heard(), b.heard()
	if soundA.text == soundB.text {
		return sameSound
	}
	return max(near(&a.spelling, &b.spelling), near(soundA, soundB)*sameSound/whole)
}

// mostSilent is by how many bytes words may differ that sound alike.
const mostSilent = 4

func bothRoman(a, b string) bool {
	_, romanA := roman(a)
	_, romanB := roman(b)
	return romanA && romanB
}

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
func near(a, b *spelling) int {
	longer := max(a.runes, b.runes)
	most := min(longer/leastLetters, 2)
	if most == 0 || longer-min(a.runes, b.runes) > most || longer > maxLetters {
		return 0
	}
	if bits.OnesCount32(a.letters^b.letters) > 2*most { // each changes two letters at most
		return 0
	}
	if d := edlib.OSADamerauLevenshteinDistance(a.text, b.text); d <= most {
		return whole - (whole+whole/10)*d/longer
	}
	return 0
}

// begins gives how well a word fits that begins with what has been typed of it.
func begins(typed, word string) int {
	if !strings.HasPrefix(word, typed) {
		return 0
	}
	return beginning + (whole-beginning)*utf8.RuneCountInString(typed)/utf8.RuneCountInString(word)
}
