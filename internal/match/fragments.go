package match

import (
	"cmp"
	"slices"
)

// fragments cuts a text into what is meant and what lies between: all of it, in order.
func fragments(text string, hits []token) []Fragment {
	slices.SortFunc(hits, func(a, b token) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	var list []Fragment
	at := 0
	for _, h := range hits {
		if h.start < at { // a word that is cut in two
			continue
		}
		if h.start > at {
			list = append(list, Fragment{Text: text[at:h.start]})
		}
		list = append(list, Fragment{Text: text[h.start:h.end], Hit: true})
		at = h.end
	}
	if at < len(text) {
		list = append(list, Fragment{Text: text[at:]})
	}
	return list
}
