package match

import (
	"slices"
	"strings"
	"unicode/utf8"
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
	words  []word
	spans  []span
	typed  int               // the place of the word that may be only the beginning of one, or -1
	number []string          // its numbers
	known  map[[2]string]int // how alike two words are
	sounds map[string]string
}

// NewQuery reads a text: of its words that are no particles, the first MaxClues. With
// prefix, the last word may be only the beginning of one.
func NewQuery(text string, prefix bool) *Query {
	q := &Query{words: named(text), typed: -1, number: Numbers(text), known: map[[2]string]int{}, sounds: map[string]string{}}
	if prefix && len(q.words) > 0 {
		for i := range q.words {
			if q.typed < 0 || q.words[i].start > q.words[q.typed].start {
				q.typed = i
			}
		}
		q.words[q.typed].weight = fullWeight
	}
	q.spans = spans(q.words)
	return q
}

// Text is a text of an entity: one of its names, or another one.
type Text struct {
	Property, Text string
	Name           bool
}

// Found says how well an entity fits a query, and by which of its texts.
type Found struct {
	Score     int // thousandths
	Text      Text
	Fragments []Fragment // the text, whole, in parts
}

// Fragment is a part of a text.
type Fragment struct {
	Text string
	Hit  bool // the query means it
}

// Best gives the text that fits best, the first of equals; false if none fits at all.
func (q *Query) Best(texts []Text) (Found, bool) {
	elsewhere := q.inTexts(texts)
	var best Found
	var hits []token
	for _, t := range texts {
		score, found := 0, []token(nil)
		if t.Name {
			score, found = q.name(t.Text, elsewhere)
		} else {
			score, found = q.text(t.Text)
		}
		if score > best.Score {
			best, hits = Found{Score: score, Text: t}, found
		}
	}
	if best.Score > 0 {
		best.Fragments = fragments(strings.ToValidUTF8(best.Text.Text, "\uFFFD"), hits)
	}
	return best, best.Score > 0
}

// Name compares a name: from 0, nothing in common, to 1000, the same but for accents and case.
func (q *Query) Name(name string) int {
	score, _ := q.name(name, nil)
	return score
}

func (q *Query) name(name string, elsewhere []bool) (int, []token) {
	words := named(name)
	pairs := q.align(words)
	if len(pairs) == 0 {
		return 0, nil
	}
	var hits []token
	missedHere, missedThere := make([]bool, len(q.words)), make([]bool, len(words))
	fill(missedHere)
	fill(missedThere)
	got, of, inOrder := 0, 0, true
	ends := make([]int, len(q.words)) // where in the name the words of the query stand
	for _, p := range pairs {
		got += p.a.weight * p.alike
		of += p.a.weight
		for i := p.a.from; i < p.a.to; i++ {
			missedHere[i], ends[i] = false, p.b.to
		}
		for i := p.b.from; i < p.b.to; i++ {
			missedThere[i] = false
			hits = append(hits, words[i].token)
		}
	}
	last := 0
	for i, w := range q.words {
		switch {
		case !missedHere[i]:
			inOrder = inOrder && ends[i] >= last
			last = ends[i]
		case elsewhere != nil && elsewhere[i]:
			of += w.weight * textHelp / 100
		case w.spare:
			of += w.weight * spareMiss / 100
		default:
			of += w.weight
		}
	}
	return got / of * (whole - q.loss(words, missedThere, inOrder)) / whole, hits
}

func fill(all []bool) {
	for i := range all {
		all[i] = true
	}
}

// loss gives what the words cost that the query does not have.
func (q *Query) loss(words []word, missed []bool, inOrder bool) int {
	lost := 0
	for i, w := range words {
		switch {
		case !missed[i]:
		case w.spare:
			lost += costOfSpare
		default:
			lost += costOfWord * w.weight / fullWeight
		}
	}
	if !inOrder {
		lost += costOfOrder
	}
	if other := numbersOf(words); len(q.number) > 0 && len(other) > 0 && !slices.Equal(q.number, other) {
		lost += costOfOther
	}
	return min(lost, mostLoss)
}

// inTexts tells of each word of the query whether a text that is no name has it.
func (q *Query) inTexts(texts []Text) []bool {
	var there []bool
	for _, t := range texts {
		if t.Name {
			continue
		}
		if there == nil {
			there = make([]bool, len(q.words))
		}
		for _, token := range split(t.Text) {
			for i := range q.words {
				there[i] = there[i] || q.same(i, token.word)
			}
		}
	}
	return there
}

// same reports whether a word of a text is the i-th of the query, or begins with it
// if that is still being typed.
func (q *Query) same(i int, word string) bool {
	return q.words[i].word == word || i == q.typed && strings.HasPrefix(word, q.words[i].word)
}

func (q *Query) text(text string) (int, []token) {
	var hits []token
	there := make([]bool, len(q.words))
	for _, token := range split(text) {
		for i, w := range q.words {
			if q.same(i, token.word) && w.weight > particleWeight {
				there[i] = true
				hits = append(hits, token)
				break
			}
		}
	}
	got := 0
	for i, w := range q.words {
		if there[i] {
			got += w.weight
		}
	}
	return textWhole * got / max(1, weights(q.words)), hits
}

// begins gives how well a word fits that begins with what has been typed of it.
func begins(typed, word string) int {
	if !strings.HasPrefix(word, typed) {
		return 0
	}
	return beginning + (whole-beginning)*utf8.RuneCountInString(typed)/utf8.RuneCountInString(word)
}
