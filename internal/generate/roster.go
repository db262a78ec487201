package generate

// Name is an invented name of two surnames.
type Name struct {
	Given, Second string // Second: often empty
	First, Last   string // the surnames
	Kin           bool   // one of the names before is that of a sibling, cousin, uncle or spouse
	Female        bool
}

// Roster gives the names of the first persons, to try names with.
func Roster(persons int, seed uint64) []Name {
	s := &scribe{seed: seed}
	list := make([]Name, persons)
	for i := range list {
		k := s.kinOf(i)
		list[i] = Name{k.given, k.second, surname(k.father), surname(k.mother), k.relative >= 0, k.female}
	}
	return list
}
