package generate

import (
	"slices"
	"strconv"

	"github.com/vinculo/vinculo/internal/statement"
)

// ties links the person to organizations, places and other persons.
func (p *person) ties() {
	for range p.weighted(40, 42, 14, 4) {
		p.membership()
	}
	if p.chance(380) {
		kind := pick(p.dice, []string{"UNIVERSITY", "SCHOOL", "COMPANY", "COMPANY", "MEDIA", "GOVERNMENT"})
		p.link("EMPLOYED_BY", p.anyOrganization(p.dice, kind), p.served([2]string{}, 300), 250)
	}
	p.relatives()
	if p.chance(250) {
		p.contact("LOCATED_IN", p.anyPlace(p.dice), nil, 600)
	}
	if p.chance(8) {
		p.vehicle()
	}
}

// served gives the qualifiers of a post or membership: sometimes a role and dates.
func (p *person) served(role [2]string, dated int) qualifiers {
	q := qualifiers{}
	if role[0] != "" && p.chance(450) {
		q["role"] = []string{p.gendered(role)}
	}
	if p.chance(dated) {
		from := p.first - day(p.between(100, 4000))
		q["start"] = []string{p.written(from, 700)}
		if p.chance(300) {
			q["end"] = []string{p.written(from+day(p.between(50, 2500)), 500)}
		}
	}
	if len(q) == 0 {
		return nil
	}
	return q
}

// membership makes the person a member. Of some the organization's records know two
// memberships, which link ids tell apart.
func (p *person) membership() {
	kind := [...]string{"PARTY", "UNION", "NGO"}[p.weighted(45, 30, 25)]
	organization := p.anyOrganization(p.dice, kind)
	role := pick(p.dice, roles)
	if !p.chance(20) {
		p.link("MEMBER_OF", organization, p.served(role, 400), 350)
		return
	}
	for range 2 {
		p.tell(statement.Statement{
			Property: "MEMBER_OF", Entity: organization, Link: p.next(linkID), Qualifiers: p.served(pick(p.dice, roles), 900),
		}, 0)
	}
}

// relatives links the person to those of their household who came before them, and
// rarely to an associate.
func (p *person) relatives() {
	if p.relative >= 0 && p.known {
		other := p.index - p.index%household + p.relative
		p.contact("RELATIVE_OF", id(personID, other), qualifiers{"role": {p.role}}, 150)
	}
	if p.index > 0 && p.chance(50) {
		p.link("ASSOCIATE_OF", id(personID, p.below(p.index)), nil, 200)
	}
	if p.index > 0 && p.chance(5) {
		p.link("LINKED_TO", id(personID, p.below(p.index)), qualifiers{"role": {"compartió celda"}}, 0)
	}
}

// contact tells a link of which so many times in a thousand only the full view knows.
func (p *person) contact(relation, entity string, q qualifiers, restricted int) {
	shy := p.shy
	p.shy = restricted
	p.link(relation, entity, q, 0)
	p.shy = shy
}

// office tells what judges and officials do.
func (p *person) office() {
	if p.index < p.judges {
		p.link("HOLDS_POST", p.anyOrganization(p.dice, "COURT"), qualifiers{"role": {p.gendered([2]string{"jueza", "juez"})}}, 500)
		return
	}
	kind := pick(p.dice, []string{"PROSECUTOR", "GOVERNMENT", "SECURITY_FORCE", "PRISON_SERVICE"})
	p.link("HOLDS_POST", p.anyOrganization(p.dice, kind), p.served(pick(p.dice, posts), 800), 500)
	if company := p.anyOrganization(p.dice, "COMPANY"); p.chance(400) {
		p.link("DIRECTOR_OF", company, p.served(posts[0], 500), 300)
		if p.chance(500) {
			p.link("OWNER_OF", company, nil, 300)
		}
	}
}

// record writes something that an import would have kept without a type of its own.
func (p *person) record(schema string, values ...string) voice {
	v := p.voice
	v.subject = p.next(recordID)
	v.is("Record")
	v.fact("ftm.schema", schema)
	for pair := range slices.Chunk(values, 2) {
		v.fact(pair[0], pair[1])
	}
	return v
}

// payment writes a bail: who paid it, and to whom.
func (p *person) payment() {
	v := p.record("Payment", "ftm.amount", strconv.Itoa(p.between(2, 90)*100), "ftm.currency", "XTS")
	v.tell(statement.Statement{Property: "LINKED_TO", Entity: p.subject, Qualifiers: qualifiers{"role": {"payer"}}}, 0)
	v.link("LINKED_TO", p.anyOrganization(p.dice, "COURT"), qualifiers{"role": {"beneficiary"}}, 0)
}

// vehicle writes a vehicle that the person owns.
func (p *person) vehicle() {
	v := p.record("Vehicle", "ftm.type", "motocicleta inventada")
	p.link("OWNER_OF", v.subject, nil, 200)
}
