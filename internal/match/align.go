package match

import (
	"cmp"
	"slices"
)

// pair says that some words of one name, next to each other, are meant by some of the
// other: one word on at least one side.
type pair struct {
	a, b  span
	alike int
}

// span is a range of words, and them joined.
type span struct {
	from, to int
	text     string
	weight   int
}

// spans gives all words, and what up to three next to each other make when joined.
func spans(words []word) []span {
	list := make([]span, 0, 3*len(words))
	for i := range words {
		s := span{from: i, to: i}
		for _, w := range words[i:min(i+3, len(words))] {
			s.to, s.text, s.weight = s.to+1, s.text+w.word, s.weight+w.weight
			list = append(list, s)
		}
	}
	return list
}

func (s span) joined() bool { return s.to-s.from > 1 }

// align gives which words of two names mean each other, whatever their order: what is
// most alike is joined first, and each word is used once.
func (q *Query) align(words []word) []pair {
	var all []pair
	theirs := spans(words)
	for _, a := range q.spans {
		for _, b := range theirs {
			if a.joined() && b.joined() {
				continue
			}
			if n := q.alike(a, b); n > 0 {
				all = append(all, pair{a, b, n})
			}
		}
	}
	slices.SortFunc(all, func(x, y pair) int {
		return cmp.Or(y.alike-x.alike, (y.a.weight+y.b.weight)-(x.a.weight+x.b.weight), x.a.from-y.a.from, x.b.from-y.b.from, x.a.to-y.a.to, x.b.to-y.b.to)
	})
	var chosen []pair
	usedA, usedB := make([]bool, len(q.words)), make([]bool, len(words))
	for _, p := range all {
		if slices.Contains(usedA[p.a.from:p.a.to], true) || slices.Contains(usedB[p.b.from:p.b.to], true) {
			continue
		}
		chosen = append(chosen, p)
		for i := p.a.from; i < p.a.to; i++ {
			usedA[i] = true
		}
		for i := p.b.from; i < p.b.to; i++ {
			usedB[i] = true
		}
	}
	return chosen
}

// alike gives how alike a part of the query is to a part of a name. Joined words are
// so only if they are the same but for their spelling.
func (q *Query) alike(a, b span) int {
	if a.text == b.text {
		return whole
	}
	if !a.joined() && !b.joined() && particles[a.text] != particles[b.text] {
		return 0
	}
	joined := a.joined() || b.joined()
	if d := len(a.text) - len(b.text); joined && (d < -mostSilent || d > mostSilent) {
		return 0
	}
	key := [2]string{a.text, b.text}
	n, known := q.known[key]
	if !known {
		n = q.alikeness(a.text, b.text)
		q.known[key] = n
	}
	if joined && n <= shortened {
		return 0
	}
	if a.from == q.typed && !joined {
		n = max(n, begins(a.text, b.text))
	}
	return n
}
