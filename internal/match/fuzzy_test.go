package match

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFuzzy(t *testing.T) {
	for _, c := range []struct {
		text, wanted string
		want         bool
	}{
		{"Ana Ejemplo Prueba", "ejemplo", true}, {"Ana Ejemplo Prueba", "prueba EJENPLO", true}, {"Ana Ejemplo", "ejmplo", true}, {"Ana Ejemplo", "ejemmplo", true}, {"Ana Ejemplo", "jeemplo", true},
		{"Ana Ejemplo", "ejmpo", false}, {"Ana Ejemplo", "ejempl", true}, {"Ana Ejemplo", "ana prueba", false}, {"Ana", "ane", false}, {"Ana", "ana", true}, {"Anita", "ana", false},
		{"Álvarez", "alvares", true}, {"x", "", true}, {"", "ejemplo", false}, {"ejem-plo", "ejemplo", false}, {"Rodeo 1985", "1986", true},
	} {
		if got := Fuzzy(c.text, c.wanted); got != c.want {
			t.Errorf("%q fits %q: %v", c.text, c.wanted, got)
		}
	}
}

// Go has no lookahead: the pattern is tried a word at a time.
func TestFuzzyPatternMatchesWhatFits(t *testing.T) {
	words := rapid.SampledFrom([]string{"ana", "ejemplo", "ejmplo", "ejemplos", "jeemplo", "prueba", "-", "ñandú", "ab", "𐌰𐌱𐌲𐌳", "𐌰𐌱𐌳", "abcd", "abdc", "\n", "12345", "1235"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(words, 0, 4).Draw(t, "text"), rapid.SampledFrom([]string{" ", "", ", "}).Draw(t, "between"))
		wanted := strings.Join(rapid.SliceOfN(words, 0, 3).Draw(t, "wanted"), " ")
		matches := true
		pattern := strings.TrimSuffix(strings.TrimPrefix(FuzzyPattern(wanted), "(?s)"), ".*")
		for _, part := range strings.Split(pattern, "(?=")[1:] {
			matches = matches && regexp.MustCompile("(?s)^"+strings.TrimSuffix(part, ")")).MatchString(Fold(text))
		}
		for _, parts := range FuzzyParts(wanted) {
			if matches && !slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(Fold(text), part) }) {
				t.Fatalf("%q fits %q, and has none of %q", text, wanted, parts)
			}
		}
		if matches != Fuzzy(text, wanted) {
			t.Fatalf("%q fits %q: %v, by %s: %v", text, wanted, !matches, pattern, matches)
		}
	})
}
