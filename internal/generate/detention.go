package generate

import (
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// detention writes one of the person's detentions.
func (p *person) detention(of stay) {
	v := p.voice
	v.subject = p.next(detentionID)
	v.is(vocab.Detention)
	p.has(v.subject)
	v.hearsay = v.chance(70)
	if of.fate != prosecuted {
		p.arrest(&v, of)
		p.holding(&v, of)
	}
	p.age(&v)
	offence := p.accusation(&v, of)
	p.trial(&v, of, offence)
	if of.over() {
		late := v
		late.sources = slices.Clone(v.sources)
		slices.Reverse(late.sources)
		late.hearsay = v.hearsay || v.chance(140)
		p.ending(&late, of)
	}
}

// has links the person to a detention. The first source's word is never put aside
// and always public, so that all know whose it is.
func (p *person) has(detention string) {
	p.plain(vocab.HasDetention, detention)
	for _, source := range p.sources[1:] {
		if p.chance(350) {
			p.repeat(statement.Statement{Property: vocab.HasDetention, Entity: detention}, source)
		}
	}
}

// arrest tells when, by whom and where.
func (p *person) arrest(v *voice, of stay) {
	force, place := p.anyOrganization(p.dice, "SECURITY_FORCE"), p.anyPlace(p.dice)
	if of.joint != nil {
		force, place = p.operationForce(of.joint.operation), p.operationPlace(of.joint.operation)
	}
	if p.shield == young {
		v.fact("start", of.from.String())
	} else if v.chance(960) {
		v.date("start", of.from, 480)
	}
	if v.chance(850) {
		v.link(vocab.ArrestedBy, force, nil, 300)
	}
	if v.chance(600) {
		v.link(vocab.ArrestedAt, place, nil, 250)
	}
	if of.joint != nil && v.chance(800) {
		v.link("ARISES_FROM", id(eventID, of.joint.operation), nil, 200)
	} else if v.chance(250) {
		kind := [...]string{"PROTEST", "PROTEST", "ELECTION", "STATEMENT"}[v.below(4)]
		v.link("ARISES_FROM", id(eventID, v.events.any(v.dice, kind)), nil, 200)
	}
}

// holding tells where the person was held: often first in a cell, then, after a
// transfer that has a date, in a prison.
func (p *person) holding(v *voice, of stay) {
	moved, last := of.from, horizon-1
	if of.over() {
		last = of.to
	}
	if v.chance(420) {
		moved = min(of.from+day(v.between(1, 20)), last)
		kind := [...]string{"POLICE_CELL", "INTELLIGENCE", "MILITARY", "UNACKNOWLEDGED"}[v.weighted(70, 15, 10, 5)]
		q := qualifiers{"start": {of.from.String()}}
		if v.chance(500) {
			q["end"] = []string{v.written(moved, 300)}
		}
		v.link(vocab.HeldAt, id(facilityID, v.facilities.any(v.dice, kind)), q, 200)
	}
	if v.chance(800) {
		kind := "PRISON"
		switch n := v.below(100); {
		case p.minor() && n < 50:
			kind = "JUVENILE"
		case n < 3:
			kind = "HOSPITAL"
		case n < 6:
			kind = "RESIDENCE"
		case n < 7:
			kind = "UNKNOWN"
		}
		var q qualifiers
		if moved != of.from {
			q = qualifiers{"start": {v.written(moved, 250)}}
		}
		v.link(vocab.HeldAt, id(facilityID, v.facilities.any(v.dice, kind)), q, 300)
	}
}

// minor reports whether the person was a minor, or a source has said so.
func (p *person) minor() bool { return p.shield == stated || p.shield == young || p.shield == reopened }

// age tells whether the person was a minor at arrest. Of minors that is a firm
// statement of the first source.
func (p *person) age(v *voice) {
	switch {
	case p.shield == stated || p.shield == reopened:
		v.fact("minorAtArrest", [...]string{"YES", "POSSIBLE"}[v.below(2)])
	case p.shield == young:
		if v.chance(300) {
			v.value("minorAtArrest", "NO", 0) // outweighs nothing
		}
	case v.chance(60):
		v.value("minorAtArrest", [...]string{"NO", "UNKNOWN"}[v.weighted(8, 2)], 200)
	}
}

// accusation tells charges and ground, and gives the first charge, or -1.
func (p *person) accusation(v *voice, of stay) int {
	first := -1
	for range v.weighted(20, 60, 16, 4) {
		offence := v.rank(len(charges))
		if first < 0 && of.joint != nil {
			offence = of.joint.offence
		}
		if offence == first {
			continue
		}
		v.link("CHARGED_WITH", id(chargeID, offence), nil, 300)
		if first < 0 {
			first = offence
		}
	}
	if v.chance(350) {
		v.text("ground", pick(v.dice, grounds), 200)
	}
	if v.chance(60) {
		v.text("notes", pick(v.dice, notes), 0)
	}
	return first
}
