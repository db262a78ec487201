package interchange

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// ftmMaker turns one line into statements.
type ftmMaker struct {
	f      *ftm
	line   *ftmLine
	key    key
	schema *vocab.FtMSchema // of the entity, whatever this line says
	typ    string
	first  bool // the line is the first of its entity
	named  bool // a line gives the entity a name
	list   []statement.Statement
}

// statements gives what a line says, without ids. What is wrong with it is told,
// unless that has been done.
func (f *ftm) statements(line *ftmLine) []statement.Statement {
	m := &ftmMaker{f: f, line: line, key: f.ids.entity(line.id)}
	e := f.entities[m.key]
	m.schema, m.first, m.named = f.schemata[e.schema], int(e.first) == line.index, e.named
	m.typ = m.schema.EntityType()
	if f.isLink(e) {
		m.links()
	} else {
		m.entity()
	}
	return m.list
}

func (m *ftmMaker) entity() {
	if m.first {
		m.state(vocab.TypeProperty, m.typ)
		if m.schema.Kind != "" {
			m.state("kind", m.schema.Kind)
		}
		m.state(ftmSchema, m.schema.Name)
		m.state(ftmID, m.line.id)
	}
	for i := range m.line.properties {
		m.property(&m.line.properties[i])
	}
	if m.typ == vocab.Person && !m.named {
		m.partNames()
	}
	for i := range m.line.context {
		p := &m.line.context[i]
		name, _ := ftmName(p.name)
		for _, v := range slices.Concat(p.values, p.embedded) {
			m.add(statement.Statement{
				Subject: m.key.String(), Property: name, Value: v, Qualifiers: map[string][]string{ftmKey: {p.name}},
			}, m.life(p.name, v) || m.schema.Private(p.name))
		}
	}
	if edge := m.schema.Edge; edge != nil && edge.Relation != "" && m.first {
		why := "it does not join two ends"
		if m.ends().pairs() > maxPairs {
			why = fmt.Sprintf("it joins more than %d pairs", maxPairs)
		}
		m.f.note(m.line.place, "%s: %s: kept as a record", m.schema.Name, why)
	}
}

func (m *ftmMaker) property(p *ftmProperty) {
	for _, v := range p.embedded {
		m.kept(p.name, v, "an object where a text belongs")
		m.foreign(p.name, v)
	}
	if m.schema.Ref(p.name) {
		for _, v := range p.values {
			m.reference(p.name, v)
		}
		return
	}
	fill := vocab.FtMFillOf(m.typ, p.name)
	if fill == nil || fill.Unless != "" && len(m.line.of(fill.Unless)) > 0 {
		for _, v := range p.values {
			m.foreign(p.name, v)
		}
		return
	}
	for _, v := range p.values {
		m.fill(fill, v)
	}
}

// foreign keeps a value under the property's own name.
func (m *ftmMaker) foreign(property, value string) {
	name, same := ftmName(property)
	var qualifiers map[string][]string
	if !same {
		qualifiers = map[string][]string{ftmOwn: {property}}
	}
	m.add(statement.Statement{Subject: m.key.String(), Property: name, Value: value, Qualifiers: qualifiers}, m.life(property, value) || m.schema.Private(property))
}

// fill states a value as that of the counterpart, or keeps it if it does not fit.
func (m *ftmMaker) fill(fill *vocab.FtMFill, value string) {
	stated := value
	qualifiers := map[string][]string{}
	if !fill.Main {
		qualifiers[ftmOwn] = []string{fill.FtM}
	}
	row := vocab.TypeOf(m.typ).Property(fill.Property)
	if row.Value == vocab.Date {
		read := ftmDate
		if fill.Property == birthDate {
			read = ftmBirth
		}
		date, exact, ok := read(value)
		if !ok {
			m.kept(fill.FtM, value, "no date")
			m.foreign(fill.FtM, value)
			return
		}
		if stated = date; !exact {
			qualifiers[ftmValue] = []string{value}
		}
	}
	s := statement.Statement{Subject: m.key.String(), Property: fill.Property, Value: stated, Qualifiers: qualifiers, Source: m.f.source.String()}
	if err := s.Check(); err != nil && row.Value != vocab.Text {
		m.kept(fill.FtM, value, err.Error())
		m.foreign(fill.FtM, value)
		return
	}
	m.add(s, m.schema.Private(fill.FtM))
}

// reference links the entity to another.
func (m *ftmMaker) reference(property, foreign string) {
	to := m.f.ids.entity(foreign)
	why := ""
	if e, here := m.f.entities[to]; to == m.key {
		why = "the entity itself"
	} else if here && m.f.isLink(e) {
		why = "a link here, " + m.f.schemata[e.schema].Name
	}
	if why != "" {
		m.kept(property, foreign, why)
		m.foreign(property, foreign)
		return
	}
	m.dangling(property, foreign)
	s := statement.Statement{Subject: m.key.String(), Property: linkedTo, Entity: to.String(), Qualifiers: map[string][]string{statement.KeyRole: {property}}}
	if property == "addressEntity" && m.f.fits(locatedIn, m.key, to) {
		s.Property, s.Qualifiers = locatedIn, nil
	} else {
		s.Link = m.f.ids.link(m.line.id, property, to.String())
	}
	m.add(s, m.schema.Private(property))
}

// state adds a statement that is public for everybody.
func (m *ftmMaker) state(property, value string) {
	m.add(statement.Statement{Subject: m.key.String(), Property: property, Value: value}, false)
}

// add adds a statement; a private one is restricted unless contact data is published.
// One that no store would take makes its line bad.
func (m *ftmMaker) add(s statement.Statement, private bool) {
	s.Source = m.f.source.String()
	if len(s.Qualifiers) == 0 {
		s.Qualifiers = nil
	}
	if private && !m.f.PublishContact {
		s.Visibility = statement.Restricted
	}
	if err := s.Check(); err != nil {
		if !m.f.silent {
			m.f.bad(m.line.place, fmt.Errorf("%s: %w: it was left out, the rest went in", s.Property, err))
		}
		return
	}
	m.list = append(m.list, s)
}

// kept tells of a value that does not fit its counterpart.
func (m *ftmMaker) kept(property, value, why string) {
	if !m.f.silent {
		m.f.report.Kept++
	}
	name, _ := ftmName(property)
	m.f.note(m.line.place, "%s: %s (%s): kept as %s", property, quote(value), why, name)
}

// dangling tells of a reference that leads nowhere yet.
func (m *ftmMaker) dangling(property, foreign string) {
	k := m.f.ids.entity(foreign)
	if m.f.typeOf(k) != "" {
		return
	}
	m.f.dangled[k] = true
	if e, here := m.f.entities[k]; here {
		m.f.note(m.line.place, "%s: %s is a link here (%s): nothing can lead to it", property, quote(foreign), m.f.schemata[e.schema].Name)
		return
	}
	m.f.note(m.line.place, "%s: %s is neither in the files nor in the store: the reference shows once it is", property, quote(foreign))
}

// ftmDate gives the date that a text is, and whether the text says no more than
// that: a time of day is no part of dates here.
func ftmDate(text string) (date string, exact, ok bool) {
	if _, err := edtf.Parse(text); err == nil {
		return text, true, true
	}
	const day = len("2025-12-25")
	if len(text) > day && (text[day] == 'T' || text[day] == ' ') && strings.Trim(text[day+1:], "0123456789:.+-Z") == "" {
		if _, err := edtf.Parse(text[:day]); err == nil {
			return text[:day], false, true
		}
	}
	return "", false, false
}
