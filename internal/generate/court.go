package generate

import (
	"strconv"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// cause writes a proceeding that many detentions share.
func (s *scribe) cause(number int) {
	d := s.roll(ofCauses, number)
	on := d.within(100, 800)
	v := voice{scribe: s, dice: d, subject: s.next(proceedingID), sources: []string{
		id(sourceID, s.notice(d, on, true)), id(sourceID, s.after(d, on, ofArticle)),
	}}
	s.proceeding(&v, on)
}

// proceeding tells a proceeding, its court, its prosecutor and its judge.
func (s *scribe) proceeding(v *voice, on day) {
	v.is("Proceeding")
	if v.chance(850) {
		v.value("caseNumber", "CF-"+on.year()+"-"+strconv.Itoa(10000+v.below(90000)), 100)
	}
	if v.chance(700) {
		v.text("stage", stages[v.rank(len(stages))], 200)
	}
	if v.chance(600) {
		v.date("start", on, 100)
	}
	if v.chance(120) {
		v.date("end", min(on+day(v.between(60, 900)), horizon-1), 0)
	}
	if v.chance(900) {
		v.link("HEARD_BY", v.anyOrganization(v.dice, "COURT"), nil, 200)
	}
	if v.chance(600) {
		v.link("PROSECUTED_BY", v.anyOrganization(v.dice, "PROSECUTOR"), nil, 0)
	}
	if v.judges > 0 && v.chance(550) {
		v.link("PRESIDED_BY", id(personID, v.rank(v.judges)), nil, 0)
	}
}

// trial tells the proceeding in which the person is tried, and the sentence.
func (p *person) trial(v *voice, of stay, offence int) {
	proceeding := ""
	switch {
	case of.joint != nil && v.chance(850):
		if of.joint.proceeding == "" {
			of.joint.proceeding = p.opened(v, of.from)
		}
		proceeding = of.joint.proceeding
	case v.chance(30):
		proceeding = id(proceedingID, v.rank(v.causes))
	case v.chance(100):
		proceeding = p.opened(v, of.from)
	}
	if proceeding != "" {
		v.link("TRIED_IN", proceeding, nil, 250)
	}
	if v.chance(130) {
		p.sentence(v, of, proceeding, offence)
	}
}

// opened writes a new proceeding, soon after the arrest.
func (p *person) opened(v *voice, arrested day) string {
	of := *v
	of.subject = p.next(proceedingID)
	p.proceeding(&of, min(arrested+day(v.between(2, 60)), horizon-1))
	return of.subject
}

// sentence writes a sentence.
func (p *person) sentence(v *voice, of stay, proceeding string, offence int) {
	n := *v
	n.subject = p.next(sentenceID)
	n.is(vocab.Sentence)
	v.link(vocab.SentencedTo, n.subject, nil, 300)
	if n.chance(40) {
		n.value("life", "true", 300)
	} else {
		months := 6 * n.between(1, 60)
		n.varied(statement.Statement{Property: "lengthMonths", Value: strconv.Itoa(months)}, 300, func() string {
			return strconv.Itoa(months + 12*(n.below(10)/9))
		})
	}
	if n.chance(700) {
		n.date("date", min(of.from+day(n.between(30, 700)), horizon-1), 300)
	}
	if n.chance(200) {
		n.text("ground", pick(n.dice, grounds), 0)
	}
	if n.chance(500) {
		n.value("standing", standings[n.rank(len(standings))], 200)
	}
	if proceeding != "" {
		n.link("IMPOSED_IN", proceeding, nil, 0)
	}
	if offence >= 0 && n.chance(850) {
		n.link("IMPOSED_FOR", id(chargeID, offence), nil, 200)
	}
}
