package store

import (
	"github.com/vinculo/vinculo/internal/match"
)

// Question asks for entities by the words that they bear: those that Row.Words gives
// of their row in the view.
//
// A word fits a clue by a key if it is the key's text or, with Prefix, begins with
// it; or if it has the text among its match.Keys, unless the key is weak.
//
// Where to look is told by the words that fit by a key that is not weak, the one that the
// fewest entities of the view bear first, then by text: by all of them, as long as
// the numbers of those who bear them are no more than Most in all, and by the first one
// in any case. Of the entities of Types that bear one of these words, the first Most by
// id are looked at.
//
// For each clue, an entity is given the most that one of its words is worth by one of the
// keys: the key's weight, times 10 if it is weak, and else times 40 less the bits of
// the number of entities that bear the word. Entities come by the sum of that, highest
// first, then by id.
type Question struct {
	Clues []match.Clue
	Types []string // of the entities that are looked at; none: all
	First int      // entities at most
	Most  int      // entities looked at, and ErrInvalid if it or First is negative
}
