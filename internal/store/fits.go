package store

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/match"
)

// What Question says of how rare a word is.
const (
	mostRarity = 40
	weakRarity = 10
)

// Fits tells which words fit the clues of a question, and how well. Stores that do
// not look at every word share it.
type Fits struct {
	clues  []match.Clue
	borne  []Borne          // words that fit by a key that is not weak
	worths map[string][]int // of these, by clue
	weak   []clueKey
}

// Borne is a word and the number of entities that bear it in the view.
type Borne struct {
	Word    string
	Bearers int
}

type clueKey struct {
	clue int
	match.Key
}

// NewFits makes the fits of a question from words among which are all that fit by a key that
// is not weak; those that nobody bears are none.
func NewFits(q *Question, words []Borne) *Fits {
	f := &Fits{clues: q.Clues, worths: map[string][]int{}}
	strong := map[string][]clueKey{}
	var prefixes []clueKey
	for i, clue := range q.Clues {
		for _, k := range clue {
			switch {
			case k.Weak:
				f.weak = append(f.weak, clueKey{i, k})
			case k.Prefix:
				prefixes = append(prefixes, clueKey{i, k})
			default:
				strong[k.Text] = append(strong[k.Text], clueKey{i, k})
			}
		}
	}
	for _, w := range words {
		if w.Bearers > 0 && f.worths[w.Word] == nil {
			f.judge(w, strong, prefixes)
		}
	}
	slices.SortFunc(f.borne, func(a, b Borne) int { return cmp.Or(a.Bearers-b.Bearers, strings.Compare(a.Word, b.Word)) })
	return f
}

// judge finds what a word is worth.
func (f *Fits) judge(w Borne, strong map[string][]clueKey, prefixes []clueKey) {
	worths := make([]int, len(f.clues))
	fits := false
	note := func(k clueKey) {
		worths[k.clue] = max(worths[k.clue], k.Weight*(mostRarity-bits.Len(uint(w.Bearers))))
		fits = true
	}
	for _, text := range append(match.Keys(w.Word), w.Word) {
		for _, k := range strong[text] {
			note(k)
		}
	}
	for _, k := range prefixes {
		if strings.HasPrefix(w.Word, k.Text) {
			note(k)
		}
	}
	if fits {
		f.worths[w.Word] = worths
		f.borne = append(f.borne, w)
	}
}

// Look gives the words whose bearers are looked at.
func (f *Fits) Look(most int) []string {
	var words []string
	for _, w := range f.borne {
		if most -= w.Bearers; most < 0 && len(words) > 0 {
			break
		}
		words = append(words, w.Word)
	}
	return words
}

// Words gives the words that fit by a key that is not weak.
func (f *Fits) Words() []Borne { return f.borne }

// Weak gives the beginnings of the words that fit by a weak key.
func (f *Fits) Weak() []string {
	var texts []string
	for _, k := range f.weak {
		texts = append(texts, k.Text)
	}
	return texts
}

// Raise raises what an entity is given for each clue to what a word of it is worth.
func (f *Fits) Raise(given []int, word string) {
	for i, worth := range f.worths[word] {
		given[i] = max(given[i], worth)
	}
	for _, k := range f.weak {
		if word == k.Text || k.Prefix && strings.HasPrefix(word, k.Text) {
			given[k.clue] = max(given[k.clue], k.Weight*weakRarity)
		}
	}
}

// Worthy is an entity that was looked at, and what it is worth.
type Worthy struct {
	ID    string
	Worth int
}

// Best gives the ids of the first entities.
func Best(all []Worthy, first int) []string {
	slices.SortFunc(all, func(a, b Worthy) int { return cmp.Or(b.Worth-a.Worth, strings.Compare(a.ID, b.ID)) })
	ids := make([]string, min(first, len(all)))
	for i := range ids {
		ids[i] = all[i].ID
	}
	return ids
}
