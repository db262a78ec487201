package generate

import "strconv"

// waves gives how many events free people: the waves of releases.
func (s *scribe) waves() int {
	_, count := s.events.span("RELEASE_WAVE")
	return count
}

// waveOn gives the day of a wave; they are numbered in the order of time.
func (s *scribe) waveOn(number int) day {
	return epoch + day(days*(number+2)/(s.waves()+2)) - 1 - day(number%7)
}

// waveAfter gives a wave that comes after the day, sooner ones more often; -1 if
// there is none.
func (s *scribe) waveAfter(d *dice, on day) int {
	count := s.waves()
	for first := range count {
		if s.waveOn(first) > on {
			return first + d.rank(count-first)
		}
	}
	return -1
}

// eventOn gives the day of an event.
func (s *scribe) eventOn(index int) day {
	if index < s.waves() {
		return s.waveOn(index)
	}
	return s.roll(ofEventDays, index).within(30, 960)
}

// operation picks an operation in which people are arrested, some far more often.
func (s *scribe) operation(d *dice) int { return s.events.any(d, "ARREST_OPERATION") }

// operationPlace and operationForce say where an operation is and whose.
func (s *scribe) operationPlace(index int) string { return id(placeID, 1+index%(s.places-1)) }

func (s *scribe) operationForce(index int) string {
	first, count := s.organizations.span("SECURITY_FORCE")
	return id(organizationID, first+index%count)
}

var happenings = map[string]string{
	"RELEASE_WAVE": "Excarcelaciones ficticias de ", "ARREST_OPERATION": "Operativo inventado en ", "PROTEST": "Protesta ficticia en ",
	"ELECTION": "Elección inventada de ", "HEARING": "Audiencia ficticia en ", "AMNESTY": "Amnistía inventada de ", "STATEMENT": "Declaración ficticia de ", "OTHER": "Suceso inventado en ",
}

// event writes an event.
func (s *scribe) event(index int) {
	kind, number := s.events.kindOf(index)
	on := s.eventOn(index)
	d := s.roll(ofEvents, index)
	v := voice{scribe: s, dice: d, subject: id(eventID, index), sources: []string{
		id(sourceID, s.after(d, on, ofArticle)), id(sourceID, s.after(d, on, ofReport)),
	}}
	v.is("Event")
	v.fact("kind", kind)
	switch kind {
	case "RELEASE_WAVE", "AMNESTY", "ELECTION":
		v.fact("name", happenings[kind]+on.month()+" ("+strconv.Itoa(number+1)+")")
	default:
		v.fact("name", happenings[kind]+land(1+index%(s.places-1)))
	}
	if kind == "PROTEST" && d.chance(400) {
		v.value("start", d.period(on, on+day(d.between(2, 40))), 300)
	} else {
		v.date("start", on, 500)
	}
	if d.chance(200) {
		v.date("end", on+day(d.below(10)), 300)
	}
	s.eventLinks(&v, kind, index, number)
}

func (s *scribe) eventLinks(v *voice, kind string, index, number int) {
	by := "GOVERNMENT"
	switch kind {
	case "RELEASE_WAVE":
		if v.chance(300) {
			v.value("measure", pick(v.dice, measures[:4]), 300)
		}
	case "ARREST_OPERATION":
		v.link("CARRIED_OUT_BY", s.operationForce(index), nil, 500)
		v.link("LOCATED_IN", s.operationPlace(index), nil, 300)
		return
	case "PROTEST":
		by = "UNION"
	case "HEARING":
		by = "COURT"
	}
	v.link("CARRIED_OUT_BY", s.anyOrganization(v.dice, by), nil, 400)
	if v.chance(700) {
		v.link("LOCATED_IN", s.anyPlace(v.dice), nil, 200)
	}
	if number > 0 && v.chance(250) {
		v.link("PART_OF", id(eventID, index-1-v.below(number)), nil, 200)
	}
}
