package match

import (
	"slices"
	"strconv"
)

// romans are the numbers, from one, that names of places and bodies carry. Longer
// ones are words more often than numbers.
var romans = []string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi", "xxii", "xxiii"}

func arabic(place int) string { return strconv.Itoa(place + 1) }

// roman reads a Roman number.
func roman(word string) (string, bool) {
	const longest = len("xviii")
	if len(word) > longest {
		return "", false
	}
	if i := slices.Index(romans, word); i >= 0 {
		return arabic(i), true
	}
	return "", false
}

// Numbers gives the numbers in a name, in order, in digits. A single letter counts
// only where it stands last: the V in "Juan V. Ejemplo" is an initial.
func Numbers(name string) []string { return numbersOf(new(room).named(name)) }

func numbersOf(words []word) []string {
	var list []string
	for i, w := range words {
		switch n, is := roman(w.word); {
		case !spelled(w.word):
			list = append(list, w.word)
		case is && i > 0 && (len(w.word) > 1 || i == len(words)-1):
			list = append(list, n)
		}
	}
	return list
}
