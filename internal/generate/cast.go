package generate

// cast says how many there are of each sort, which the number of persons decides.
type cast struct {
	persons, judges, officials int // the first persons are judges, then officials
	sourceBlocks               int // of eight sources each
	organizations              kinds
	facilities                 kinds
	events                     kinds
	places, states             int // the country, the states, then municipalities and cities
	tallyDates, causes         int
}

func castFor(persons int) cast {
	return cast{
		persons:       persons,
		judges:        min(2+persons/200, persons/8),
		officials:     min(2+persons/200, persons/8),
		sourceBlocks:  8 + persons/40,
		organizations: organizationKinds.of(persons),
		facilities:    facilityKinds.of(persons),
		events:        eventKinds.of(persons),
		states:        min(6+persons/500, 23),
		places:        24 + persons/100,
		tallyDates:    min(max(persons/120, 3), 144),
		causes:        1 + persons/5000,
	}
}

// share is how many there are of a kind: some, and so many more for 10,000 persons.
type share struct {
	kind        string
	base, often int
}

type shares []share

var (
	organizationKinds = shares{
		{"NGO", 4, 150}, {"MEDIA", 4, 120}, {"PARTY", 3, 80}, {"UNION", 4, 250}, {"COURT", 2, 80}, {"PROSECUTOR", 2, 40},
		{"SECURITY_FORCE", 3, 40}, {"PRISON_SERVICE", 1, 10}, {"GOVERNMENT", 2, 40}, {"UNIVERSITY", 2, 30}, {"SCHOOL", 2, 50},
		{"COMPANY", 2, 90}, {"OTHER", 1, 20},
	}
	facilityKinds = shares{
		{"PRISON", 6, 25}, {"POLICE_CELL", 6, 50}, {"MILITARY", 1, 5}, {"INTELLIGENCE", 2, 3}, {"JUVENILE", 1, 4}, {"HOSPITAL", 1, 4},
		{"RESIDENCE", 1, 3}, {"UNACKNOWLEDGED", 1, 4}, {"UNKNOWN", 1, 1},
	}
	eventKinds = shares{
		{"RELEASE_WAVE", 4, 4}, {"ARREST_OPERATION", 3, 25}, {"PROTEST", 3, 18}, {"ELECTION", 1, 2}, {"HEARING", 1, 3},
		{"AMNESTY", 1, 1}, {"STATEMENT", 1, 4}, {"OTHER", 1, 1},
	}
)

// kinds are the things of a sort, numbered kind after kind.
type kinds struct {
	names []string
	first []int
	total int
}

func (list shares) of(persons int) kinds {
	var k kinds
	for _, s := range list {
		k.names, k.first = append(k.names, s.kind), append(k.first, k.total)
		k.total += s.base + persons*s.often/10000
	}
	return k
}

// kindOf gives the kind of the thing of that index, and its number among its kind.
func (k kinds) kindOf(index int) (kind string, number int) {
	at := len(k.first) - 1
	for k.first[at] > index {
		at--
	}
	return k.names[at], index - k.first[at]
}

// span gives the index of the first of a kind, and how many there are.
func (k kinds) span(kind string) (first, count int) {
	for at, name := range k.names {
		if name == kind {
			end := k.total
			if at+1 < len(k.first) {
				end = k.first[at+1]
			}
			return k.first[at], end - k.first[at]
		}
	}
	return 0, 0
}

// any picks one of a kind, the first more often.
func (k kinds) any(d *dice, kind string) int {
	first, count := k.span(kind)
	return first + d.rank(count)
}

// anyOrganization picks one of a kind, the first more often, and gives its id.
func (s *scribe) anyOrganization(d *dice, kind string) string {
	return id(organizationID, s.organizations.any(d, kind))
}

// anyPlace picks a place, the country excepted.
func (s *scribe) anyPlace(d *dice) string { return id(placeID, 1+d.rank(s.places-1)) }
