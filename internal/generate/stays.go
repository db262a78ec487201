package generate

import "github.com/vinculo/vinculo/internal/vocab"

// fate is what becomes of a detention.
type fate int

const (
	held    fate = iota // still, as far as is known
	freedIn             // released in a wave
	freed               // released without one
	ended               // an end is stated, and no more
	died
	left       // with another outcome
	prosecuted // nothing is known of custody
)

// others are the outcomes of those who left otherwise.
var others = []string{"ESCAPED", "EXPELLED", "EXPELLED", "TRANSFERRED", "TRANSFERRED", "OTHER", "UNKNOWN"}

// stay is one detention, before it is told.
type stay struct {
	from, to day // to: of those held, nothing
	fate     fate
	wave     int // of those freed in one
	joint    *joint
}

// joint is the case that the first persons of a household may share: one arrest in
// one operation, and one proceeding.
type joint struct {
	household  int // number, from 1: of the household that it was drawn for
	members    int
	on         day
	operation  int
	offence    int
	proceeding string // id, once it is written
}

// jointFor gives the case that the person shares with neighbors, or nil.
func (s *scribe) jointFor(index int) *joint {
	if block := index / household; s.joint.household != block+1 {
		d := s.roll(ofCases, block)
		s.joint = joint{household: block + 1}
		if d.chance(300) {
			s.joint.members = d.between(2, 6)
		}
		s.joint.operation = s.operation(d)
		s.joint.on = s.eventOn(s.joint.operation)
		s.joint.offence = d.rank(len(charges))
	}
	if index%household >= s.joint.members {
		return nil
	}
	return &s.joint
}

// stays draws a person's detentions in the order of time, each over before the next.
func (s *scribe) stays(d *dice, index int) []stay {
	count := 1 + d.weighted(750, 190, 50, 10)
	list := make([]stay, count)
	for i := range list {
		low, width := i*1000/count, 1000/count
		list[i] = stay{from: d.within(low+20, low+width*6/10)}
		if list[i].to = d.within(low+width*62/100, low+width*98/100); i < count-1 {
			list[i].fate = [...]fate{freedIn, freed, ended}[d.weighted(5, 5, 2)]
		}
	}
	last := &list[count-1]
	last.fate = fate(d.weighted(400, 240, 190, 50, 20, 40, 25))
	switch shared := s.jointFor(index); {
	case count > 1:
	case shared != nil:
		last.from, last.joint = shared.on, shared
	case d.chance(450):
		last.from = s.eventOn(s.operation(d))
	default:
		last.from = d.within(10, 970)
	}
	if count == 1 {
		last.to = min(last.from+day(5+d.below(30)*d.below(60)), horizon-10)
	}
	for i := range list {
		s.free(d, &list[i], i == count-1)
	}
	return list
}

// free finds the wave for one who is freed in one.
func (s *scribe) free(d *dice, of *stay, last bool) {
	if of.fate != freedIn {
		return
	}
	of.fate = freed
	if wave := s.waveAfter(d, of.from+3); wave >= 0 && (last || s.waveOn(wave) <= of.to) {
		of.fate, of.wave, of.to = freedIn, wave, s.waveOn(wave)
	}
}

// over reports whether a source tells that it is over.
func (of stay) over() bool { return of.fate != held && of.fate != prosecuted }

// knownOn gives the day by which all of it is known.
func (of stay) knownOn() day {
	if of.over() {
		return of.to
	}
	return of.from
}

// ending tells how a detention ended, from the sources that came last.
func (p *person) ending(v *voice, of stay) {
	switch of.fate {
	case freedIn:
		var q qualifiers
		if v.chance(400) {
			q = qualifiers{"measure": {measures[v.rank(len(measures))]}}
		}
		v.link(vocab.ReleasedIn, id(eventID, of.wave), q, 700)
		if v.chance(400) {
			v.value("outcome", "RELEASED", 400)
		}
		if v.chance(300) {
			v.date("end", of.to, 400)
		}
	case freed:
		v.value("outcome", "RELEASED", 600)
		if v.chance(750) {
			v.date("end", of.to, 500)
		}
		if v.chance(450) {
			p.measure(v, measures[v.rank(len(measures))])
		}
	case ended:
		v.date("end", of.to, 600)
	case died:
		v.value("outcome", "DIED", 700)
		v.date("end", of.to, 500)
		p.date("deathDate", of.to, 600)
	case left:
		v.value("outcome", pick(v.dice, others), 500)
		if v.chance(600) {
			v.date("end", of.to, 400)
		}
	}
}

// measure tells the measure that came with a release. A payment goes with bail.
func (p *person) measure(v *voice, measure string) {
	v.value("measure", measure, 400)
	if measure == "BAIL" && v.chance(700) {
		p.payment()
	}
}
