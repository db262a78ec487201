package generate

import (
	"strconv"

	"github.com/vinculo/vinculo/internal/statement"
)

// tallyOn gives the day that the tallies of a number speak of.
func (s *scribe) tallyOn(number int) day {
	return epoch + day(days*(number+1)/(s.tallyDates+1))
}

// tallies writes what the counters published at a time: each its own number of
// those held, which differ, and what some of them say of parts of it.
func (s *scribe) tallies(number int) {
	d := s.roll(ofTallies, number)
	on := s.tallyOn(number)
	held := s.persons * (100 + 400*number/s.tallyDates) / 1000
	for counter := range counters {
		count := held * (88 + 11*counter + d.below(9)) / 100
		source := s.reportBy(counter, on)
		all := s.tally(d, source, "IN_DETENTION", count, on)
		if (number+counter)%counters != 0 {
			continue
		}
		first, _ := s.facilities.span("PRISON")
		for part := range 2 {
			v := s.tally(d, source, "IN_DETENTION", count/(4+3*part), on)
			v.counts(id(facilityID, first+part), "HELD_IN")
			v.plain("PART_OF", all.subject)
		}
		v := s.tally(d, source, "IN_DETENTION", count/6, on)
		v.counts(id(placeID, 1+number%s.states), "HELD_IN")
		v.plain("PART_OF", all.subject)
		s.otherTallies(d, counter, number, count)
	}
}

// otherTallies writes what a counter says of the arrested, the released and the missing.
func (s *scribe) otherTallies(d *dice, counter, number, count int) {
	on := s.tallyOn(number)
	source := s.reportBy(counter, on)
	switch number % 4 {
	case 0:
		v := s.tally(d, source, "ARRESTED", count/9, on)
		v.counts(id(placeID, 1+d.below(s.places-1)), "ARRESTED_IN")
		v = s.tally(d, source, "ARRESTED", count/20, on)
		v.counts(id(eventID, s.operation(d)), "ARRESTED_IN")
	case 1:
		wave := d.below(s.waves())
		on = s.waveOn(wave)
		source = s.reportBy(counter, on)
		all := s.tally(d, source, "RELEASED", count/7, on)
		all.counts(id(eventID, wave), "")
		part := s.tally(d, source, "RELEASED", count/12, on)
		part.counts(id(facilityID, s.facilities.any(d, "PRISON")), "RELEASED_FROM")
		part.plain("PART_OF", all.subject)
	case 2:
		s.tally(d, source, "MISSING", count/40, on)
	case 3:
		s.tally(d, source, "OTHER", count/15, on)
	}
}

// tally writes a count by the publisher of the source.
func (s *scribe) tally(d *dice, source int, metric string, count int, on day) voice {
	v := voice{scribe: s, dice: d, subject: s.next(tallyID), sources: []string{id(sourceID, source)}}
	v.is("Tally")
	v.fact("metric", metric)
	if d.chance(250) {
		v.value("date", d.period(on-30, on), 0)
	} else {
		v.date("date", on, 0)
	}
	number, words := d.counted(count + 1)
	v.add(&statement.Statement{Subject: v.subject, Property: "count", Value: number, Source: v.sources[0], Words: words})
	if d.chance(600) {
		v.text("criteria", pick(d, criteria), 0)
	}
	v.plain("COUNTED_BY", id(organizationID, s.publisher(source)))
	return v
}

// counted writes a count as it is published, and in the publisher's words.
func (d *dice) counted(count int) (number, words string) {
	round := max(count/10*10, 1)
	low, high := strconv.Itoa(round), strconv.Itoa(round+10)
	switch d.weighted(60, 12, 10, 8, 6, 4) {
	case 1:
		return low + "..", "al menos " + low
	case 2:
		return ".." + high + "~", "casi " + high
	case 3:
		return low + "~..", "algo más de " + low
	case 4:
		return low + "~", "alrededor de " + low
	case 5:
		return low + ".." + high, "entre " + low + " y " + high
	}
	return strconv.Itoa(count), ""
}

// counts says what the people counted have to do with a place or an event.
func (v *voice) counts(entity, role string) {
	var q qualifiers
	if role != "" {
		q = qualifiers{"role": {role}}
	}
	v.link("COUNTS_FOR", entity, q, 0)
}
