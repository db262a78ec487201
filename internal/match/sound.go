package match

import (
	"strings"
	"unicode/utf8"
)

// Sound writes a folded word as it is heard in Venezuelan Spanish: words that only
// differ in b and v, c, s and z, g and j, ll and y, qu and k, or in h, sound alike.
// A sound that has no letter of its own is a capital.
func Sound(word string) string {
	sounds, last := make([]byte, 0, maxLetters+mostSilent), ""
	for rest := word; rest != ""; {
		sound, n := heard(rest, len(rest) == len(word))
		rest = rest[n:]
		if sound != "" && sound != last { // double letters are heard once
			sounds, last = append(sounds, sound...), sound
		}
	}
	if len(sounds) == 0 {
		return word
	}
	return string(sounds)
}

// heard gives how a word begins to sound, in one letter or none, and how many bytes of it that is.
func heard(word string, first bool) (sound string, n int) {
	for _, r := range rulesBy[word[0]] {
		if !strings.HasPrefix(word, r.letters) || r.first && !first {
			continue
		}
		if rest := word[len(r.letters):]; r.before == "" || rest != "" && strings.IndexByte(r.before, rest[0]) >= 0 {
			return r.sound, len(r.letters)
		}
	}
	_, n = utf8.DecodeRuneInString(word)
	return word[:n], n
}

const (
	bright = "eiy"   // vowels before which c and g are soft
	vowels = "aeiou" // any
)

type soundRule struct {
	letters       string
	first         bool   // only where the word begins
	before, sound string // before: only if one of these letters follows
}

// rulesBy holds the rules by their first byte.
var rulesBy = func() (by [256][]soundRule) {
	for _, r := range rules {
		by[r.letters[0]] = append(by[r.letters[0]], r)
	}
	return by
}()

// rules are tried in order.
var rules = []soundRule{
	{"ps", true, "", "s"}, {"pt", true, "", "t"}, {"x", true, "", "y"}, {"gn", true, "", "n"},
	{"j", true, vowels, "y"}, {"g", true, bright, "y"}, {"i", true, "aeou", "y"}, {"hi", true, "aeou", "y"}, {"y", true, vowels, "y"}, {"ll", true, "", "y"},
	{"wh", true, "", "b"},
	{"sch", false, "", "s"}, {"sh", false, "", "s"}, {"ch", false, "", "C"}, {"ph", false, "", "f"}, {"th", false, "", "t"}, {"ck", false, "", "k"},
	{"ll", false, "", "Y"}, {"y", false, vowels, "Y"}, {"y", false, "", "i"},
	{"qu", false, bright, "k"}, {"q", false, "", "k"}, {"gu", false, bright, "g"}, {"g", false, bright, "j"},
	{"sc", false, bright, "s"}, {"xc", false, bright, "s"}, {"cc", false, bright, "s"}, {"c", false, bright, "s"}, {"c", false, "", "k"},
	{"z", false, "", "s"}, {"x", false, "", "s"}, {"v", false, "", "b"}, {"w", false, "", "b"}, {"h", false, "", ""},
	{"m", false, "bpv", "n"}, {"ee", false, "", "i"}, {"oo", false, "", "u"},
}
