package generate

import "strconv"

// The letters of ids, by the sort of what they name.
const (
	personID       = 'p'
	duplicateID    = 'q'
	organizationID = 'o'
	facilityID     = 'f'
	placeID        = 'l'
	detentionID    = 'd'
	chargeID       = 'c'
	proceedingID   = 'k'
	sentenceID     = 'n'
	eventID        = 'v'
	tallyID        = 't'
	sourceID       = 's'
	recordID       = 'm'
	linkID         = 'r'
	statementID    = 'x'
)

// id makes the id of what has that number: g.p000123.
func id(letter byte, number int) string {
	var array, digits [24]byte
	text := strconv.AppendInt(digits[:0], int64(number), 10)
	buf := append(array[:0], 'g', '.', letter)
	for range 6 - len(text) {
		buf = append(buf, '0')
	}
	return string(append(buf, text...))
}

// next makes the next running id of a sort. What persons own has numbers of its own,
// which do not tell whose it is.
func (s *scribe) next(letter byte) string {
	n := &s.running[letter-'a']
	*n++
	return id(letter, *n-1)
}
