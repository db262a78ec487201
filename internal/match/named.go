package match

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// word is a word of a name and what it counts for.
type word struct {
	token
	weight int
	// spare: a second given name or second surname, which is often left out.
	spare bool
}

// What words weigh.
const (
	fullWeight     = 100
	initialWeight  = 50
	particleWeight = 4
)

// named reads the words of a name in the order in which it is spoken: what stands
// after its only comma comes first. Of words that are no particles, the first MaxClues.
func named(name string) []word {
	var words []word
	n := 0
	for _, t := range inOrder(name, split(name)) {
		w := word{token: t, weight: particleWeight}
		if !particles[t.word] {
			if n++; n > MaxClues {
				break
			}
			w.weight = weightOf(t.word)
		}
		words = append(words, w)
	}
	var telling []*word
	for i := range words {
		if n == 0 { // a name of particles alone
			words[i].weight = weightOf(words[i].word)
		}
		if words[i].weight > particleWeight {
			telling = append(telling, &words[i])
		}
	}
	if n := len(telling); n >= 3 {
		telling[n-1].spare = true
		if n >= 4 {
			telling[1].spare = true
		}
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
