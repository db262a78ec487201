package match

import (
	"slices"
	"unicode/utf8"
)

// MaxClues bounds how many words of a query are used, the first ones.
const MaxClues = 12

// Clue is a word that is looked for: the keys by which words are found that may be
// meant, each once.
type Clue []Key

// Key is a word or one of its Keys; with Prefix, it is how words begin. Weight says
// how well what it finds fits.
type Key struct {
	Text   string
	Prefix bool
	Weight int
	// Weak keys find too much to begin with: they only tell apart what others find.
	Weak bool
}

// What a word is worth by how it was found.
const (
	sameWord   = 100
	otherForm  = 70 // as a nickname, by its sound
	partWord   = 60 // joined with another, or an initial
	typoWord   = 50
	wordInText = 30
	firstOf    = 25 // begins with the initial that is looked for
)

// Clues gives the clues of the words that are looked for. With prefix, the last word
// may be only the beginning of one. Particles are left out where there are other words.
func Clues(text string, prefix bool) []Clue {
	all := split(text, nil)
	tokens := telling(all)
	var clues []Clue
	for i, t := range tokens {
		if len(clues) == MaxClues {
			break
		}
		c := clue{place: map[string]int{}}
		c.word(t.word)
		if prefix && i == len(tokens)-1 {
			c.add(Key{Text: t.word, Prefix: true, Weight: sameWord - 10})
			c.add(Key{Text: InText + t.word, Prefix: true, Weight: wordInText})
		}
		for _, joined := range joinedWith(all, t) {
			c.add(Key{Text: joined, Weight: otherForm})
		}
		clues = append(clues, c.keys)
	}
	for _, t := range tokens[:len(clues)] {
		if more := endings(t.word); len(more) > 0 && len(clues) < MaxClues {
			clues = append(clues, more)
		}
	}
	if !slices.ContainsFunc(clues, func(c Clue) bool { return !slices.ContainsFunc(c, isWeak) }) {
		for _, c := range clues { // initials alone
			for i := range c {
				c[i].Weak = false
			}
		}
	}
	return clues
}

func isWeak(k Key) bool { return k.Weak }

// joinedWith gives the words that a token makes with those before and after it.
func joinedWith(all []token, t token) []string {
	var list []string
	for i := range all {
		if all[i].start > t.start {
			break
		}
		joined := all[i].word
		for j := i + 1; j < min(i+mostJoined, len(all)); j++ {
			joined += all[j].word
			if all[i].start <= t.start && t.end <= all[j].end && len(joined) > len(t.word) {
				list = append(list, joined)
			}
		}
	}
	return list
}

type clue struct {
	keys  []Key
	place map[string]int
}

func (c *clue) add(k Key) {
	name := k.Text
	if k.Prefix {
		name += "*"
	}
	if i, there := c.place[name]; there {
		c.keys[i].Weight = max(c.keys[i].Weight, k.Weight)
		return
	}
	c.place[name] = len(c.keys)
	c.keys = append(c.keys, k)
}

// word adds the keys of a word.
func (c *clue) word(w string) {
	c.add(Key{Text: w, Weight: sameWord})
	c.add(Key{Text: InText + w, Weight: wordInText})
	letters := utf8.RuneCountInString(w)
	if !spelled(w) {
		c.number(w)
		return
	}
	if n, ok := roman(w); ok {
		c.add(Key{Text: n, Weight: otherForm})
	}
	if letters == 1 {
		c.add(Key{Text: w, Prefix: true, Weight: firstOf, Weak: true})
		return
	}
	first, _ := utf8.DecodeRuneInString(w)
	c.add(Key{Text: string(first), Weight: partWord})
	c.add(Key{Text: soundKey(w), Weight: otherForm})
	for _, other := range Nicknames(w) {
		c.add(Key{Text: other, Weight: otherForm})
	}
	c.add(Key{Text: typoKey + w, Weight: typoWord})
	for _, less := range lacking(w) {
		c.add(Key{Text: less, Weight: typoWord})
		c.add(Key{Text: typoKey + less, Weight: typoWord})
	}
	for i := range w {
		if i >= leastPart && len(w)-i >= leastPart {
			c.add(Key{Text: w[:i], Weight: partWord})
		}
	}
}

// leastPart is the fewest bytes of a word that is taken to be joined with others.
const leastPart = 3

// endings gives the words that a word may end with, if it is several joined. They are a clue
// of their own: who bears one that it begins with too is more likely meant.
func endings(w string) Clue {
	var keys []Key
	for i := range w {
		if i >= leastPart && len(w)-i >= leastPart && spelled(w) {
			keys = append(keys, Key{Text: w[i:], Weight: partWord})
		}
	}
	return keys
}

func (c *clue) number(w string) {
	for n, text := range romans {
		if arabic(n) == w {
			c.add(Key{Text: text, Weight: otherForm})
		}
	}
}
