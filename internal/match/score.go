package match

import (
	"slices"
	"strings"
)

// What a name loses by its words that the query does not have, in thousandths for each.
const (
	costOfWord  = 150
	costOfSpare = 45
	costOfOrder = 5   // where the words stand in another order
	costOfOther = 250 // where it has other numbers: Rodeo I is not Rodeo II

	spareMiss = 35  // hundredths of its weight that a spare word of the query counts if the name lacks it
	textHelp  = 50  // and any word, if a text of the entity has it
	textWhole = 450 // of a text that has all the words
	mostLoss  = 500
)

// Query is a text that names are compared with. One goroutine at a time may use it: it
// remembers how alike words are.
type Query struct {
	words   []word
	parts   []part
	written bool     // it is a name as it is written, and what it is compared with is what somebody typed
	typed   int      // the place of the word that may be only the beginning of one, or -1
	number  []string // its numbers
	lengths []bool   // whether joined words of so many bytes may be one of its words

	known, joined map[string][]like // by a word of a name, and by several joined
	room          room
	pairs         []pair
	text          []byte
}

// NewQuery reads a text that somebody typed: of its words that are no particles, the first
// MaxClues. With prefix, the last word may be only the beginning of one.
//
// Of what was typed any single letter may be an initial, of a name as it is written only a capital.
func NewQuery(text string, prefix bool) *Query { return newQuery(text, prefix, false) }

func newQuery(text string, prefix, written bool) *Query {
	q := &Query{words: new(room).named(text), written: written, typed: -1, number: Numbers(text), known: map[string][]like{}, joined: map[string][]like{}}
	if prefix && len(q.words) > 0 {
		for i := range q.words {
			if q.typed < 0 || q.words[i].start > q.words[q.typed].start {
				q.typed = i
			}
		}
		q.words[q.typed].weight = fullWeight
	}
	q.parts = parts(q.words, written)
	for _, w := range q.words {
		for n := max(0, len(w.word)-mostSilent); n <= len(w.word)+mostSilent; n++ {
			q.lengths = append(q.lengths, make([]bool, max(0, n+1-len(q.lengths)))...)
			q.lengths[n] = true
		}
	}
	return q
}

// Text is a text of an entity: one of its names, or another one.
type Text struct {
	Property, Text string
	Name           bool
}

// Found says how well an entity fits a query, and by which of its texts.
type Found struct {
	Score int // thousandths
	Text  Text
	hits  []token
}

// Fragment is a part of a text.
type Fragment struct {
	Text string
	Hit  bool // the query means it
}

// Fragments gives the text, whole, in parts.
func (f *Found) Fragments() []Fragment {
	return fragments(strings.ToValidUTF8(f.Text.Text, "\uFFFD"), f.hits)
}

// Best gives the text that fits best, the first of equals; false if none fits at all.
func (q *Query) Best(texts []Text) (Found, bool) {
	var best Found
	elsewhere, read := q.read(texts)
	for i, t := range texts {
		if !t.Name {
			if score := textWhole * read[i].got / max(1, weights(q.words)); score > best.Score {
				best = Found{score, t, read[i].hits}
			}
			continue
		}
		words := q.room.named(t.Text)
		score, used := q.name(words, elsewhere)
		if score <= best.Score {
			continue
		}
		best = Found{score, t, best.hits[:0]}
		for j, w := range words {
			if used&(1<<j) != 0 {
				best.hits = append(best.hits, w.token)
			}
		}
	}
	return best, best.Score > 0
}

// Name compares a name: from 0, nothing in common, to 1000, the same but for accents and case.
func (q *Query) Name(name string) int {
	score, _ := q.name(q.room.named(name), 0)
	return score
}

// Mutual compares a name both ways, since neither has to be the whole one.
func (q *Query) Mutual(name string) int {
	there := q.Name(name)
	if there == 0 {
		return 0
	}
	back, _ := newQuery(name, false, true).name(q.words, 0)
	return (there + back) / 2
}

// name compares the words of a name, and tells which of them the query means. Elsewhere
// are the words of the query that a text of the entity has which is no name.
func (q *Query) name(words []word, elsewhere uint64) (score int, used uint64) {
	pairs := q.align(words)
	if len(pairs) == 0 {
		return 0, 0
	}
	found := uint64(0)
	got, of, inOrder := 0, 0, true
	var ends [mostWords]int // where in the name the words of the query stand
	for _, p := range pairs {
		got += p.a.weight * p.alike
		of += p.a.weight
		found, used = found|p.a.words(), used|p.b.words()
		for i := p.a.from; i < p.a.to; i++ {
			ends[i] = p.b.to
		}
	}
	last := 0
	for i, w := range q.words {
		switch {
		case found&(1<<i) != 0:
			inOrder = inOrder && ends[i] >= last
			last = ends[i]
		case elsewhere&(1<<i) != 0:
			of += w.weight * textHelp / 100
		case w.spare:
			of += w.weight * spareMiss / 100
		default:
			of += w.weight
		}
	}
	return got / of * (whole - q.loss(words, used, inOrder)) / whole, used
}

// loss gives what the words cost that the query does not have.
func (q *Query) loss(words []word, used uint64, inOrder bool) int {
	lost := 0
	for i, w := range words {
		switch {
		case used&(1<<i) != 0:
		case w.spare:
			lost += costOfSpare
		default:
			lost += costOfWord * w.weight / fullWeight
		}
	}
	if !inOrder {
		lost += costOfOrder
	}
	if len(q.number) > 0 {
		if other := numbersOf(words); len(other) > 0 && !slices.Equal(q.number, other) {
			lost += costOfOther
		}
	}
	return min(lost, mostLoss)
}

// inText is what a text that is no name has of the query.
type inText struct {
	got  int // what its words weigh
	hits []token
}

// read gives, by their places, what the texts that are no names have of the query, and the
// words of it that are in one of them.
func (q *Query) read(texts []Text) (there uint64, read []inText) {
	for i, t := range texts {
		if t.Name {
			continue
		}
		if read == nil {
			read = make([]inText, len(texts))
		}
		here := uint64(0)
		for _, token := range split(t.Text, nil) {
			first := true
			for j, w := range q.words {
				if !q.same(j, token.word) {
					continue
				}
				there |= 1 << j
				if first && w.weight > particleWeight {
					first, here = false, here|1<<j
					read[i].hits = append(read[i].hits, token)
				}
			}
		}
		for j, w := range q.words {
			if here&(1<<j) != 0 {
				read[i].got += w.weight
			}
		}
	}
	return there, read
}

// same reports whether a word of a text is the i-th of the query, or begins with it
// if that is still being typed.
func (q *Query) same(i int, word string) bool {
	return q.words[i].word == word || i == q.typed && strings.HasPrefix(word, q.words[i].word)
}
