package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word of a name and what it counts for.
type word struct {
	token
	weight int
	// spare: a second given name or second surname, which is often left out.
	spare bool
	// capital: it begins with a capital letter, as it is written.
	capital bool
}

// What words weigh.
const (
	fullWeight     = 100
	initialWeight  = 50
	particleWeight = 4
)

// mostWords bounds the words of a name, particles and all, so that a set of them is a number.
const mostWords = 64

// room is where names are read, so that one after another takes no memory. What has been read is
// good until the next is.
type room struct {
	tokens []token
	words  []word
}

// named reads the words of a name in the order in which it is spoken: what stands
// after its only comma comes first. Of words that are no particles, the first MaxClues; of all,
// the first mostWords.
func (r *room) named(name string) []word {
	r.tokens = split(name, r.tokens[:0])
	words, n := r.words[:0], 0
	for _, t := range inOrder(name, r.tokens) {
		w := word{token: t, weight: particleWeight}
		if !isParticle(t.word) {
			if n++; n > MaxClues {
				break
			}
			w.weight = weightOf(t.word)
		}
		first, _ := utf8.DecodeRuneInString(name[t.start:])
		w.capital = unicode.IsUpper(first) || unicode.IsTitle(first)
		if words = append(words, w); len(words) == mostWords {
			break
		}
	}
	r.words = words
	telling, second, last := 0, 0, 0 // where words stand that tell
	for i := range words {
		if n == 0 { // a name of particles alone
			words[i].weight = weightOf(words[i].word)
		}
		if words[i].weight > particleWeight {
			if telling++; telling == 2 {
				second = i
			}
			last = i
		}
	}
	if telling >= 3 {
		words[last].spare = true
	}
	if telling >= 4 {
		words[second].spare = true
	}
	return words
}

func weightOf(word string) int {
	if utf8.RuneCountInString(word) == 1 && spelled(word) {
		return initialWeight
	}
	return fullWeight
}

// inOrder puts the surnames of "Ejemplo Prueba, Ana" after what follows them.
func inOrder(name string, tokens []token) []token {
	comma := strings.IndexByte(name, ',')
	if comma < 0 || strings.IndexByte(name[comma+1:], ',') >= 0 {
		return tokens
	}
	i := slices.IndexFunc(tokens, func(t token) bool { return t.start > comma })
	if i < 0 {
		return tokens
	}
	return slices.Concat(tokens[i:], tokens[:i])
}

// weights adds up what words weigh.
func weights(words []word) int {
	sum := 0
	for _, w := range words {
		sum += w.weight
	}
	return sum
}
