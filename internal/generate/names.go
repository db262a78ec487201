package generate

import "strings"

// Surnames and place names are joined from syllables that no real ones are made of.
var (
	starts  = []string{"Quel", "Tram", "Zur", "Lemb", "Nolv", "Drin", "Fosc", "Grel", "Brum", "Plin", "Trev", "Vosc", "Jalv", "Chuv", "Ñolt", "Xur", "Yand", "Obrag", "Umb", "Erq"}
	middles = []string{"and", "ev", "il", "or", "ust", "am", "ir", "eb", "onc", "arp", "ul", "ed"}
	endings = []string{"ueta", "ondo", "ival", "ezno", "arga", "oche", "illán", "ubre", "erzo", "añeda", "ote", "isco", "alba", "úriz", "egui", "aín"}
	lands   = []string{"ía", "uria", "anto", "abá", "ique", "aza", "ual", "emar", "oral", "iño", "etara", "umbo"}

	women = []string{
		"María", "Ana", "Lucía", "Rosa", "Carmen", "Elena", "Sofía", "Inés", "Belén", "Nélida", "Yolanda", "Beatriz", "Marta", "Teresa", "Zoraida",
		"Adriana", "Verónica", "Mónica", "Raquel", "Irene", "Begoña", "Aída", "Noemí", "Paula", "Estefanía", "Luz", "Ángela", "Milagros", "Dulce", "Daniela",
	}
	men = []string{
		"José", "Luis", "Carlos", "Juan", "Andrés", "Pedro", "Miguel", "Ángel", "Jesús", "Rafael", "Ramón", "Tomás", "Iván", "Óscar", "Víctor",
		"Julián", "Simón", "Nicolás", "Héctor", "Fabián", "Gabriel", "Manuel", "Darío", "Emilio", "Raúl", "Adrián", "Joaquín", "Íñigo", "Samuel", "Leonel",
	}
)

// surnames is how many there are.
var surnames = len(starts) * len(middles) * len(endings)

// surname gives one of them; numbers next to each other do not sound alike.
func surname(number int) string {
	n := number * 1129 % surnames // 1129 is prime, so that each comes once
	return starts[n%len(starts)] + middles[n/len(starts)%len(middles)] + endings[n/len(starts)/len(middles)]
}

// land gives the name of a place, new for the first 2,880 numbers.
func land(number int) string {
	n := number * 1129 % (len(starts) * len(middles) * len(lands))
	return starts[n%len(starts)] + middles[n/len(starts)%len(middles)] + lands[n/len(starts)/len(middles)]
}

var unaccent = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ñ", "n", "Á", "A", "É", "E", "Í", "I", "Ó", "O", "Ñ", "N")

// household is how many persons, next to each other by number, may be relatives and
// share a case.
const household = 8

// kin is a person's name and how they are related to an earlier one of the household.
type kin struct {
	female         bool
	given, second  string // second: may be empty
	father, mother int    // the surnames that come from each
	relative       int    // which of the household; -1: none
	role           string // of the two in each other's eyes
	known          bool   // a source tells of it
}

func (k kin) surnames() string { return surname(k.father) + " " + surname(k.mother) }

func (k kin) name() string {
	if k.second == "" {
		return k.given + " " + k.surnames()
	}
	return k.given + " " + k.second + " " + k.surnames()
}

// variant writes the name as another source does.
func (k kin) variant(d *dice) string {
	switch d.weighted(4, 3, 2, 1) {
	case 0:
		return k.given + " " + surname(k.father)
	case 1:
		return unaccent.Replace(k.name())
	case 2:
		return k.given + " " + k.surnames()
	}
	return k.surnames() + ", " + k.given
}

// named draws a person without relatives.
func named(d *dice) kin {
	k := kin{female: d.chance(260), father: d.rank(surnames), mother: d.rank(surnames), relative: -1}
	given := men
	if k.female {
		given = women
	}
	if k.given = pick(d, given); d.chance(550) {
		if k.second = pick(d, given); k.second == k.given {
			k.second = ""
		}
	}
	return k
}

// householdOf draws the names of eight persons next to each other. Siblings have
// both surnames in common, cousins and uncles one.
func (s *scribe) householdOf(block int) [household]kin {
	var all [household]kin
	d := s.roll(ofHouseholds, block)
	for i := range all {
		k := named(d)
		if i > 0 {
			how := d.weighted(58, 19, 9, 4, 10)
			if how > 0 {
				k.relative, k.known = d.below(i), d.chance(850)
				of := all[k.relative]
				k.role = [...]string{"", "hermanos", "primos", "tío y sobrino", "cónyuges"}[how]
				switch how {
				case 1:
					k.father, k.mother = of.father, of.mother
				case 2, 3:
					k.father = of.father
				case 4:
					k.female = !of.female
					k.given, k.second = pick(d, women), ""
					if !k.female {
						k.given = pick(d, men)
					}
				}
			}
		}
		all[i] = k
	}
	return all
}

// kinOf gives the person's name. Some that have no relatives are namesakes of
// somebody before them: all of the name is the same.
func (s *scribe) kinOf(index int) kin {
	k := s.householdOf(index / household)[index%household]
	if d := s.roll(ofNamesakes, index); k.relative < 0 && index%household == household-1 && d.chance(120) {
		other := d.below(index)
		namesake := s.householdOf(other / household)[other%household]
		namesake.relative = -1
		return namesake
	}
	return k
}
