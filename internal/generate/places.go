package generate

import "strconv"

const country = "Costa Ficticia"

// parent gives the place that a place is a part of: a state of the country, then by
// turns a municipality of a state and a city of the municipality before it.
func (s *scribe) parent(index int) int {
	switch {
	case index <= s.states:
		return 0
	case (index-s.states)%2 == 1:
		return 1 + index%s.states
	}
	return index - 1
}

// place writes a place.
func (s *scribe) place(index int) {
	d := s.roll(ofPlaces, index)
	v := s.early(d, id(placeID, index))
	v.is("Place")
	if index == 0 {
		v.fact("name", country)
		v.fact("country", country)
		return
	}
	name, parent := land(index), s.parent(index)
	v.fact("name", name)
	v.fact("country", country)
	switch {
	case parent == 0:
		v.fact("state", name)
	case parent <= s.states:
		v.fact("state", land(parent))
		v.fact("municipality", name)
	default:
		v.fact("municipality", land(parent))
		v.value("city", name, 200)
	}
	v.link("PART_OF", id(placeID, parent), nil, 0)
}

var buildings = map[string]string{
	"PRISON": "Cárcel Ficticia de %", "POLICE_CELL": "Calabozo Inventado de %", "MILITARY": "Cuartel Ficticio de %", "INTELLIGENCE": "Sede Inventada %",
	"JUVENILE": "Centro Ficticio de Menores de %", "HOSPITAL": "Hospital Inventado de %", "RESIDENCE": "Residencia Ficticia %",
	"UNACKNOWLEDGED": "Casa Inventada de %", "UNKNOWN": "Sitio Ficticio %",
}

// operators gives the kind of organization that runs a kind of facility.
var operators = map[string]string{
	"PRISON": "PRISON_SERVICE", "POLICE_CELL": "SECURITY_FORCE", "MILITARY": "SECURITY_FORCE", "INTELLIGENCE": "SECURITY_FORCE",
	"JUVENILE": "PRISON_SERVICE", "HOSPITAL": "GOVERNMENT", "UNACKNOWLEDGED": "SECURITY_FORCE",
}

// facility writes a facility.
func (s *scribe) facility(index int) {
	kind, number := s.facilities.kindOf(index)
	d := s.roll(ofFacilities, index)
	v := s.early(d, id(facilityID, index))
	name := fill(buildings[kind], land(index))
	v.is("Facility")
	v.fact("name", name)
	v.value("kind", kind, 400)
	if d.chance(250) {
		v.value("otherNames", unaccent.Replace(name)+" "+strconv.Itoa(number+1), 300)
	}
	if operator := operators[kind]; operator != "" && d.chance(800) {
		v.link("OPERATED_BY", s.anyOrganization(d, operator), nil, 300)
	}
	if d.chance(850) {
		v.link("LOCATED_IN", s.anyPlace(d), nil, 200)
	}
}

// charge writes a charge.
func (s *scribe) charge(index int) {
	d := s.roll(ofCharges, index)
	v := s.early(d, id(chargeID, index))
	v.is("Charge")
	v.fact("name", charges[index].name)
	v.text("category", charges[index].category, 0)
	if d.chance(800) {
		v.value("statute", "Ley Ficticia "+strconv.Itoa(1+index%7)+", art. "+strconv.Itoa(10+index*3), 300)
	}
}
