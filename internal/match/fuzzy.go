package match

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hbollon/go-edlib"
)

// FuzzyWords bounds how many words Fuzzy looks for.
const FuzzyWords = 12

// Fuzzy reports whether each of the first FuzzyWords words of one text, as Tokens gives
// them, stands in the other one with at most one letter left out, put in, changed, or
// swapped with the next. Words of fewer than four letters, or of more than 24, stand there as they are.
func Fuzzy(text, wanted string) bool {
	there := Tokens(text)
	for _, word := range fuzzyWords(wanted) {
		if !slices.ContainsFunc(there, func(t string) bool { return mistaken(t, word) }) {
			return false
		}
	}
	return true
}

func fuzzyWords(wanted string) []string {
	words := Tokens(wanted)
	return words[:min(len(words), FuzzyWords)]
}

// mistaken reports whether a word may be meant by another.
func mistaken(word, wanted string) bool {
	if word == wanted {
		return true
	}
	n, m := utf8.RuneCountInString(wanted), utf8.RuneCountInString(word)
	return n >= leastLetters && n <= mostLetters && m-n <= 1 && n-m <= 1 && edlib.OSADamerauLevenshteinDistance(word, wanted) <= 1
}

// FuzzyPattern gives the regular expression, of Java's kind, that the fold of a text
// matches whole if Fuzzy holds of it.
func FuzzyPattern(wanted string) string {
	const letter, other = `[\p{L}\p{Nd}]`, `[^\p{L}\p{Nd}]`
	var b strings.Builder
	b.WriteString("(?s)")
	for _, word := range fuzzyWords(wanted) {
		b.WriteString("(?=(?:.*" + other + ")?(?:" + strings.Join(mistakes(word, letter), "|") + ")(?:" + other + ".*)?\\z)")
	}
	b.WriteString(".*")
	return b.String()
}

// mistakes gives patterns of what may be written for a word, which has letters and digits alone.
func mistakes(word, letter string) []string {
	list := []string{word}
	letters := []rune(word)
	if len(letters) < leastLetters || len(letters) > mostLetters {
		return list
	}
	for i := range letters {
		before, after := string(letters[:i]), string(letters[i+1:])
		list = append(list, before+letter+"?"+after, before+letter+string(letters[i:]))
		if i+1 < len(letters) {
			list = append(list, before+string([]rune{letters[i+1], letters[i]})+string(letters[i+2:]))
		}
	}
	return append(list, word+letter)
}

// FuzzyParts gives for each of the words parts of it, of which the fold of a text has at least one if
// Fuzzy holds of it: of three parts one mistake leaves one as it was.
func FuzzyParts(wanted string) [][]string {
	parts := [][]string{}
	for _, word := range fuzzyWords(wanted) {
		letters := []rune(word)
		n := len(letters)
		if n < leastLetters || n > mostLetters {
			parts = append(parts, []string{word})
			continue
		}
		parts = append(parts, []string{string(letters[:n/3]), string(letters[n/3 : 2*n/3]), string(letters[2*n/3:])})
	}
	return parts
}
