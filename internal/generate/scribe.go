package generate

import (
	"bufio"
	"encoding/json"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// scribe writes statements. It remembers running numbers and what the household
// that it writes about shares, and nothing else of what it has written.
type scribe struct {
	cast
	seed    uint64
	out     *bufio.Writer
	encoder *json.Encoder
	err     error // the first; nothing is written after it

	running [26]int // the next number, by letter
	joint   joint   // the case that some of the present household share
}

func (s *scribe) add(line *statement.Statement) {
	if s.err != nil {
		return
	}
	line.ID = s.next(statementID)
	s.err = s.encoder.Encode(line)
}

// voice tells of one subject what sources say.
type voice struct {
	*scribe
	*dice
	subject string
	sources []string // the first tells all, the others some
	shy     int      // of what the first source tells, in thousandths: how much is RESTRICTED
	hearsay bool     // nothing is told flatly, and nobody has checked anything
}

// fact states a value flatly, from the first source alone: what something is.
func (v *voice) fact(property, value string) {
	v.add(&statement.Statement{Subject: v.subject, Property: property, Value: value, Source: v.sources[0]})
}

// value tells a value; each other source repeats it so many times in a thousand.
func (v *voice) value(property, value string, echo int) {
	v.tell(statement.Statement{Property: property, Value: value}, echo)
}

// text tells a text in Spanish.
func (v *voice) text(property, value string, echo int) {
	v.tell(statement.Statement{Property: property, Value: value, Lang: "es"}, echo)
}

// date tells a day, which the others may know less exactly.
func (v *voice) date(property string, on day, echo int) {
	v.varied(statement.Statement{Property: property, Value: v.written(on, 150)}, echo, func() string { return v.written(on, 400) })
}

// varied tells a value of which each other source has its own.
func (v *voice) varied(said statement.Statement, echo int, other func() string) {
	v.tell(said, 0)
	for _, source := range v.sources[1:] {
		if v.chance(echo) {
			said.Value = other()
			v.repeat(said, source)
		}
	}
}

// qualifiers are those of a link.
type qualifiers map[string][]string

// link tells a link.
func (v *voice) link(relation, entity string, q qualifiers, echo int) {
	v.tell(statement.Statement{Property: relation, Entity: entity, Qualifiers: q}, echo)
}

// tell states something from the first source, as it puts it, and from others.
func (v *voice) tell(said statement.Statement, echo int) {
	first := said
	first.Subject, first.Source = v.subject, v.sources[0]
	v.hedge(&first, 180)
	if v.chance(v.shy) {
		first.Visibility = statement.Restricted
	}
	v.add(&first)
	for _, source := range v.sources[1:] {
		if v.chance(echo) {
			v.repeat(said, source)
		}
	}
}

// repeat states it from another source, which may say that it is not so; an editor
// may have preferred it or put it aside.
func (v *voice) repeat(said statement.Statement, source string) {
	said.Subject, said.Source = v.subject, source
	v.hedge(&said, 320)
	switch n := v.below(1000); {
	case n < 30:
		said.Denies = true
	case n < 55:
		said.Rank = statement.Deprecated
	case n < 75:
		said.Rank = statement.Preferred
	}
	v.add(&said)
}

var (
	attributions  = []string{"REPORTED", "ALLEGED", "ANNOUNCED"}
	verifications = []string{"NGO_VERIFIED", statement.FamilyOrCounsel, "DOCUMENT"}
	claimants     = []string{"NGO", "NGO", "PARTY", "GOVERNMENT", "UNION"}
)

// hedge says how the source puts it, so many times in a thousand not flatly; who
// has checked it, and where in the source it stands.
func (v *voice) hedge(said *statement.Statement, hedged int) {
	if v.hearsay || v.chance(hedged) {
		said.Attribution = attributions[v.weighted(5, 3, 2)]
		if isVague(said.Value) && v.chance(500) {
			said.Attribution = "ESTIMATED"
		}
	}
	if said.Attribution == "ANNOUNCED" || v.chance(40) {
		said.ClaimedBy = v.anyOrganization(v.dice, pick(v.dice, claimants))
	}
	if !v.hearsay && v.chance(420) {
		said.Verification = verifications[v.weighted(5, 3, 2)]
	}
	if v.chance(120) {
		said.Locator = pick(v.dice, locators)
	}
	if v.chance(60) {
		said.Words = pick(v.dice, phrases)
	}
}

// isVague reports whether a value ends like a date that is not exact.
func isVague(value string) bool {
	return value != "" && (value[len(value)-1] == '~' || value[len(value)-1] == '?' || value[0] == '[')
}

// is states the type, by which the subject exists.
func (v *voice) is(typ string) { v.fact(vocab.TypeProperty, typ) }

// plain states a link flatly, from the first source alone.
func (v *voice) plain(relation, entity string) {
	v.add(&statement.Statement{Subject: v.subject, Property: relation, Entity: entity, Source: v.sources[0]})
}
