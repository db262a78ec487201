package generate

import (
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// person is one person while they are told of.
type person struct {
	voice
	kin
	index  int
	stays  []stay
	first  day // of the first detention; of those never detained, any
	born   day
	shield shield
}

// shield is why a person is protected.
type shield int

const (
	open     shield = iota
	stated          // a source says that they were or may have been a minor
	young           // birth date and arrest tell it
	judged          // a curator says so
	reopened        // a curator has lifted what a source's word had brought about
)

// person writes a person with all of theirs.
func (s *scribe) person(index int) {
	d := s.roll(ofPersons, index)
	p := &person{kin: s.kinOf(index), index: index, first: d.within(100, 900)}
	if official := index < s.judges+s.officials; !official && !d.chance(40) {
		p.stays = s.stays(d, index)
		p.first = p.stays[0].from
		p.shield = shield(d.weighted(9890, 40, 35, 25, 10))
	}
	p.voice = voice{scribe: s, dice: d, subject: id(personID, index), sources: s.sourcesOf(d, p), shy: 7}
	p.born = bornBefore(d, p.first, p.shield)
	p.identity()
	p.ties()
	if index < s.judges+s.officials {
		p.office()
	}
	for _, of := range p.stays {
		p.detention(of)
	}
	p.duplicate()
	p.protection()
}

// duplicate writes, of a few, what another source has as a record of its own, and what
// a curator has judged: that it is the same person, or a namesake, or that it is open.
// Of someone protected it is the same: a namesake's name would tell theirs.
func (p *person) duplicate() {
	if p.shield == reopened || !p.chance(12) {
		return
	}
	v := p.voice
	v.subject, v.sources = p.next(duplicateID), p.sources[len(p.sources)-1:]
	v.is(vocab.Person)
	v.fact("name", p.variant(p.dice))
	if p.chance(600) {
		v.text("occupation", p.gendered(pick(p.dice, occupations)), 0)
	}
	if p.chance(500) {
		v.link("MEMBER_OF", p.anyOrganization(p.dice, "PARTY"), nil, 0)
	}
	judgement, words := vocab.SameAs, "la misma cédula de identidad"
	if p.shield == open {
		switch p.weighted(60, 25, 15) {
		case 1:
			judgement, words = vocab.UnsureSameAs, "mismo nombre; falta otra fuente"
		case 2:
			judgement, words = vocab.NotSameAs, "mismo nombre, otra cédula de identidad"
		}
	}
	p.add(&statement.Statement{Subject: v.subject, Property: judgement, Entity: p.subject, Source: vocab.Editorial, Words: words})
}

// bornBefore draws a birth date. Adults are so old that no inexact date of theirs
// makes them minors.
func bornBefore(d *dice, first day, why shield) day {
	switch why {
	case stated, young:
		return first - day(d.between(14*365, 17*365))
	case reopened:
		return first - day(d.between(18*366, 20*366))
	}
	return first - day(22*366+d.lean(50*365))
}

// sourcesOf picks the two or three sources that tell of a person: a report or a
// register, an article, and one that came later: of the release, or a reprint of
// the article, or another.
func (s *scribe) sourcesOf(d *dice, p *person) []string {
	arrested, known := p.first, p.first
	if n := len(p.stays); n > 0 {
		arrested, known = p.stays[n-1].from, p.stays[n-1].knownOn()
	}
	list := s.after(d, known, ofReport)
	if d.chance(300) {
		list = s.register(d)
	}
	article := s.after(d, arrested, pick(d, []int{ofArticle, ofOriginal, 4, 5}))
	third := -1
	switch {
	case known > arrested && d.chance(750):
		third = s.after(d, known, pick(d, []int{ofArticle, ofOriginal, 4, 5}))
	case d.chance(300):
		article = article/8*8 + ofOriginal
		third = article + 1
	case d.chance(250):
		third = s.notice(d, known, d.chance(500))
	}
	sources := []string{id(sourceID, list), id(sourceID, article)}
	if third >= 0 && third != article {
		sources = append(sources, id(sourceID, third))
	}
	return sources
}

// identity tells who the person is.
func (p *person) identity() {
	p.is(vocab.Person)
	p.tell(statement.Statement{Property: "name", Value: p.name()}, 0)
	for _, source := range p.sources[1:] {
		switch {
		case p.chance(350):
			p.repeat(statement.Statement{Property: "name", Value: p.name()}, source)
		case p.chance(350):
			p.repeat(statement.Statement{Property: "name", Value: p.variant(p.dice)}, source)
		case p.chance(120):
			p.repeat(statement.Statement{Property: "otherNames", Value: p.variant(p.dice)}, source)
		}
	}
	if p.chance(900) {
		p.text("gender", p.gendered([2]string{"femenino", "masculino"}), 250)
	}
	if p.shield == young || p.chance(750) {
		p.birth()
	}
	if p.chance(850) {
		p.value("nationality", pick(p.dice, nationalities), 200)
	}
	if p.chance(700) {
		first := p.rank(len(occupations))
		p.varied(statement.Statement{Property: "occupation", Value: p.gendered(occupations[first]), Lang: "es"}, 350, func() string {
			return p.gendered(occupations[(first+p.below(7)/6)%len(occupations)])
		})
	}
	if p.chance(120) {
		p.text("notes", pick(p.dice, notes), 100)
	}
	if p.chance(60) {
		p.text("description", pick(p.dice, descriptions), 0)
	}
}

// birth tells the birth date: a minor's exactly, so that it surely makes them one.
func (p *person) birth() {
	if p.shield == young {
		p.fact("birthDate", p.born.String())
		return
	}
	p.date("birthDate", p.born, 350)
}

// protection tells what a curator has decided. It comes last: what it lifts has to
// stand before it.
func (p *person) protection() {
	act := statement.Statement{Subject: p.subject, Property: "protection", Source: vocab.Editorial}
	switch p.shield {
	case judged:
		act.Value, act.Words = "PROTECTED", "riesgo para la persona, según su defensa"
	case reopened:
		act.Value, act.Words = "LIFTED", "la edad fue comprobada: era mayor de edad"
	default:
		return
	}
	p.add(&act)
}
