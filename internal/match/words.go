package match

import (
	"slices"
	"strings"
	"unicode"
)

// MaxWords bounds how many words of one entity are indexed, those of its names first.
const MaxWords = 200

// maxLetters bounds a word, in letters: what follows them is dropped.
const maxLetters = 40

// InText begins the words of a text that is no name. No word of a name begins with
// it, nor does any other key.
const InText = ":"

// particles join the words of a name and tell little of it.
var particles = set("de", "del", "la", "las", "el", "los", "lo", "y", "e", "da", "das", "do", "dos", "di", "du", "von", "van", "der", "den", "san", "al")

func isParticle(word string) bool {
	const longest = len("del")
	return len(word) <= longest && particles[word]
}

func set(words ...string) map[string]bool {
	all := make(map[string]bool, len(words))
	for _, w := range words {
		all[w] = true
	}
	return all
}

func cut(word string) string {
	n := 0
	for i := range word {
		if n++; n > maxLetters {
			return word[:i]
		}
	}
	return word
}

// Words gives the words by which an entity is found, each once: those of its names,
// then, each after InText, those of its texts; at most MaxWords. Particles are among them only
// where a name has nothing else.
func Words(names, texts []string) []string {
	var list []string
	seen := map[string]bool{}
	add := func(word string) {
		if !seen[word] && len(list) < MaxWords {
			seen[word] = true
			list = append(list, word)
		}
	}
	for _, name := range names {
		for _, t := range telling(split(name, nil)) {
			add(t.word)
		}
	}
	for _, text := range texts {
		for _, t := range split(text, nil) {
			if !isParticle(t.word) {
				add(InText + t.word)
			}
		}
	}
	return list
}

// telling leaves out particles, unless there is nothing else.
func telling(tokens []token) []token {
	rest := slices.DeleteFunc(slices.Clone(tokens), func(t token) bool { return isParticle(t.word) })
	if len(rest) == 0 {
		return tokens
	}
	return rest
}

// Telling gives the number of words of a name that tell something: no particles.
func Telling(name string) int { return len(telling(split(name, nil))) }

// Keys gives what a word of a name is found by beside itself: how it sounds, and
// what is left of it without one of its letters. A word of a text has none.
func Keys(word string) []string {
	if strings.HasPrefix(word, InText) || !spelled(word) {
		return nil
	}
	keys := []string{soundKey(word)}
	for _, w := range lacking(word) {
		keys = append(keys, typoKey+w)
	}
	return keys
}

const typoKey = "-"

func soundKey(word string) string { return "/" + Sound(word) }

// Words of fewer letters, and of more, are compared as they are.
const leastLetters, mostLetters = 4, 24

// spelled reports whether a word can be spelled in other ways: it is no number.
func spelled(word string) bool {
	return !strings.ContainsFunc(word, unicode.IsDigit)
}

// lacking gives the word without each of its letters, each result once.
func lacking(word string) []string {
	letters := []rune(word)
	if len(letters) < leastLetters || len(letters) > mostLetters {
		return nil
	}
	var list []string
	for i := range letters {
		if i > 0 && letters[i] == letters[i-1] {
			continue
		}
		list = append(list, string(letters[:i])+string(letters[i+1:]))
	}
	return list
}
