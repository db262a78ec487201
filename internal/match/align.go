package match

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// mostJoined is how many words next to each other may be written as one: DelaCruz, or a
// whole name.
const mostJoined = 6

// span is a range of words, and what they weigh together.
type span struct{ from, to, weight int }

func (s span) joined() bool { return s.to-s.from > 1 }

// words gives the set of the words.
func (s span) words() uint64 { return 1<<s.to - 1<<s.from }

// part is a word of the query, or several joined.
type part struct {
	span
	form
	others []string // its nicknames
}

// parts gives all words, and what words next to each other make when joined.
func parts(words []word, written bool) []part {
	list := make([]part, 0, mostJoined*len(words))
	for i := range words {
		s, text := span{from: i, to: i}, ""
		for _, w := range words[i:min(i+mostJoined, len(words))] {
			s.to, s.weight, text = s.to+1, s.weight+w.weight, text+w.word
			list = append(list, part{s, formOf(text, !written || w.capital), Nicknames(text)})
		}
	}
	return list
}

// pair says that some words of the query, next to each other, are meant by some of a
// name: one word on at least one side.
type pair struct {
	a, b  span
	alike int
}

// like is a part of the query that a word of a name is like.
type like struct {
	part  span
	alike int
}

// align gives which words of the query and of a name mean each other, whatever their
// order: what is most alike is joined first, and each word is used once. The pairs are good until
// it is called again.
func (q *Query) align(words []word) []pair {
	all := q.pairs[:0]
	for i := range words {
		b := span{i, i + 1, words[i].weight}
		for _, l := range q.likes(&words[i]) {
			all = append(all, pair{l.part, b, l.alike})
		}
		text := append(q.text[:0], words[i].word...)
		for _, w := range words[i+1 : min(i+mostJoined, len(words))] {
			text, b.to, b.weight = append(text, w.word...), b.to+1, b.weight+w.weight
			if len(text) >= len(q.lengths) {
				break
			}
			if q.lengths[len(text)] {
				for _, l := range q.likesOfJoined(text) {
					all = append(all, pair{l.part, b, l.alike})
				}
			}
		}
		q.text = text
	}
	q.pairs = all
	return best(all)
}

// best leaves out what uses a word that a better pair uses.
func best(all []pair) []pair {
	clash, usedA, usedB := false, uint64(0), uint64(0)
	for _, p := range all {
		clash = clash || usedA&p.a.words() != 0 || usedB&p.b.words() != 0
		usedA, usedB = usedA|p.a.words(), usedB|p.b.words()
	}
	if !clash {
		return all
	}
	slices.SortFunc(all, func(x, y pair) int {
		return cmp.Or(y.alike-x.alike, (y.a.weight+y.b.weight)-(x.a.weight+x.b.weight), x.a.from-y.a.from, x.b.from-y.b.from, x.a.to-y.a.to, x.b.to-y.b.to)
	})
	usedA, usedB = 0, 0
	return slices.DeleteFunc(all, func(p pair) bool {
		if usedA&p.a.words() != 0 || usedB&p.b.words() != 0 {
			return true
		}
		usedA, usedB = usedA|p.a.words(), usedB|p.b.words()
		return false
	})
}

// initialKey begins what is known of a letter that is a capital.
const initialKey = "^"

// likes gives the parts of the query that a word of a name is like.
func (q *Query) likes(w *word) []like {
	key := w.word
	if w.capital && utf8.RuneCountInString(w.word) == 1 {
		key = initialKey + key
	}
	list, known := q.known[key]
	if !known {
		other := formOf(w.word, q.written || w.capital)
		for i := range q.parts {
			if n := q.alike(&q.parts[i], &other); n > 0 {
				list = append(list, like{q.parts[i].span, n})
			}
		}
		q.known[key] = list
	}
	return list
}

// likesOfJoined gives the words of the query that joined words of a name are.
func (q *Query) likesOfJoined(text []byte) []like {
	list, known := q.joined[string(text)]
	if !known {
		other := formOf(string(text), false)
		for i := range q.parts {
			if p := &q.parts[i]; !p.span.joined() {
				if n := sameJoined(p, &other); n > 0 {
					list = append(list, like{p.span, n})
				}
			}
		}
		q.joined[other.text] = list
	}
	return list
}

// alike gives how alike a part of the query is to a word of a name.
func (q *Query) alike(a *part, b *form) int {
	switch {
	case a.text == b.text:
		return whole
	case a.joined():
		return sameJoined(a, b)
	case isParticle(a.text) != isParticle(b.text):
		return 0
	}
	n := alikeness(a, b)
	if a.from == q.typed {
		n = max(n, begins(a.text, b.text))
	}
	return n
}

// sameJoined gives how alike what is joined, on one side, is to a word: they are the
// same but for their spelling, or not alike.
func sameJoined(a *part, b *form) int {
	if d := len(a.text) - len(b.text); d < -mostSilent || d > mostSilent {
		return 0
	}
	if n := alikeness(a, b); n > shortened {
		return n
	}
	return 0
}
