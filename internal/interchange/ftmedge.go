package interchange

import (
	"context"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// ftmEnds are what an edge joins, over all its lines.
type ftmEnds struct {
	sources, targets []key
	role             bool // a role is stated
}

// maxPairs bounds the links of one edge: one that joins more is kept as a Record.
const maxPairs = 1000

// endsOf reads the ends that a line states.
func (f *ftm) endsOf(line *ftmLine, edge *vocab.FtMEdge) *ftmEnds {
	ends := &ftmEnds{role: edge.Role != "" && len(line.of(edge.Role)) > 0}
	for _, end := range []struct {
		to       *[]key
		property string
	}{{&ends.sources, edge.Source}, {&ends.targets, edge.Target}} {
		for _, v := range line.of(end.property) {
			if k := f.ids.entity(v); !slices.Contains(*end.to, k) {
				*end.to = append(*end.to, k)
			}
		}
	}
	return ends
}

func (e *ftmEnds) add(o *ftmEnds) {
	for _, end := range []struct {
		to   *[]key
		from []key
	}{{&e.sources, o.sources}, {&e.targets, o.targets}} {
		for _, k := range end.from {
			if !slices.Contains(*end.to, k) {
				*end.to = append(*end.to, k)
			}
		}
	}
	e.role = e.role || o.role
}

// join reports whether there are pairs to link, and not too many. An entity is not
// linked to itself.
func (e *ftmEnds) join() bool { return e.pairs() <= maxPairs && e.pairs() > e.selves() }

// selves counts the pairs of an entity with itself.
func (e *ftmEnds) selves() (n int) {
	for _, k := range e.sources {
		if slices.Contains(e.targets, k) {
			n++
		}
	}
	return n
}

func (e *ftmEnds) pairs() int { return len(e.sources) * len(e.targets) }

// isLink reports whether an entity of the files is a link here.
func (f *ftm) isLink(e ftmEntity) bool {
	edge := f.schemata[e.schema].Edge
	return edge != nil && edge.Relation != "" && !e.record
}

// join brings together the ends of edges that stand on several lines.
func (f *ftm) join(ctx context.Context) error {
	if len(f.merged) == 0 {
		return nil
	}
	err := f.pass(ctx, "joining", lineAny, func(line *ftmLine) error {
		k := f.ids.entity(line.id)
		if ends := f.merged[k]; ends != nil {
			ends.add(f.endsOf(line, f.schemata[f.entities[k].schema].Edge))
		}
		return nil
	})
	for k, ends := range f.merged {
		e := f.entities[k]
		e.record = !ends.join()
		f.entities[k] = e
	}
	return err
}

// typeOf gives the type of what an id refers to, empty if there is no such entity.
func (f *ftm) typeOf(k key) string {
	e, here := f.entities[k]
	switch {
	case !here:
		return f.outside[k]
	case f.isLink(e):
		return ""
	}
	return f.schemata[e.schema].EntityType()
}

// fits reports whether the relation may go from one entity to the other. What is not
// known to be fits only where anything does: it may turn out to be something else.
func (f *ftm) fits(relation string, from, to key) bool {
	r := vocab.RelationOf(relation)
	fromType, toType := f.typeOf(from), f.typeOf(to)
	if fromType == "" || toType == "" {
		return (fromType == "" && r.From[0] == vocab.AnyEntity || fromType != "" && r.HasFrom(fromType)) &&
			(toType == "" && r.To[0] == vocab.AnyEntity || toType != "" && r.HasTo(toType))
	}
	return r.Connects(fromType, toType)
}

// links states the links of an edge: one for each pair of its ends.
func (m *ftmMaker) links() {
	edge, ends := m.schema.Edge, m.ends()
	for _, v := range m.line.of(edge.Source) {
		if slices.Contains(ends.targets, m.f.ids.entity(v)) {
			m.f.note(m.line.place, "%s: %s is both its %s and its %s: not linked to itself", m.schema.Name, quote(v), edge.Source, edge.Target)
		}
	}
	relation := edge.Relation
	if edge.WithRole != "" && ends.role {
		relation = edge.WithRole
	}
	qualifiers, role := m.qualifiers(edge)
	for _, from := range ends.sources {
		for _, to := range ends.targets {
			if from != to {
				m.pair(relation, from, to, qualifiers, role)
			}
		}
	}
}

// ends gives what the edge joins.
func (m *ftmMaker) ends() *ftmEnds {
	if ends := m.f.merged[m.key]; ends != nil {
		return ends
	}
	return m.f.endsOf(m.line, m.schema.Edge)
}

// pair states the link between two ends, or between the first and whose post the
// second is.
func (m *ftmMaker) pair(relation string, from, to key, qualifiers map[string][]string, role []string) {
	if position := m.f.positions[to]; position != nil && m.schema.Edge.Via != "" {
		led := false
		for _, organization := range position.organizations {
			if organization == from || !m.f.fits(relation, from, organization) {
				continue
			}
			names := role
			if len(names) == 0 {
				names = position.names
			}
			m.link(relation, from, organization, qualifiers, names, to.String())
			led = true
		}
		if led {
			return
		}
	}
	if m.f.fits(relation, from, to) {
		m.link(relation, from, to, qualifiers, role)
		return
	}
	if len(role) > 0 {
		qualifiers = maps.Clone(qualifiers)
		qualifiers[ftmPrefix+m.schema.Edge.Role] = role
	}
	m.link(linkedTo, from, to, qualifiers, []string{m.schema.Name})
}

const (
	linkedTo  = "LINKED_TO"
	locatedIn = "LOCATED_IN"
)

func (m *ftmMaker) link(relation string, from, to key, qualifiers map[string][]string, role []string, via ...string) {
	s := statement.Statement{Subject: from.String(), Property: relation, Entity: to.String(), Qualifiers: qualifiers}
	if len(role) > 0 {
		s.Qualifiers = maps.Clone(qualifiers)
		s.Qualifiers[statement.KeyRole] = slices.Sorted(slices.Values(role))
	}
	s.Link = m.f.ids.link(m.line.id, append([]string{relation, from.String(), to.String()}, via...)...)
	m.add(s, m.schema.Personal)
}

// qualifiers gives all that a line says of an edge, but for its ends, and its role.
func (m *ftmMaker) qualifiers(edge *vocab.FtMEdge) (qualifiers map[string][]string, role []string) {
	q := map[string][]string{ftmID: {m.line.id}, ftmSchema: {m.schema.Name}}
	for i := range m.line.properties {
		p := &m.line.properties[i]
		switch {
		case m.schema.Ref(p.name):
			m.references(p, edge, q)
		case p.name == edge.Role:
			role = p.values
		case p.name == "startDate":
			m.dates(p, statement.KeyStart, q)
		case p.name == "endDate":
			m.dates(p, statement.KeyEnd, q)
		default:
			m.keep(p, ftmOddNames, p.values, q)
		}
		m.keep(p, ftmOddNames, p.embedded, q)
	}
	for i := range m.line.context {
		p := &m.line.context[i]
		m.keep(p, ftmOddKeys, slices.Concat(p.values, p.embedded), q)
	}
	for name, values := range q {
		q[name] = slices.Compact(slices.Sorted(slices.Values(values)))
	}
	return q, role
}

// keep keeps values as a qualifier of the property's own name. What that does not
// tell is told under the key of odd names; keys beside properties are always odd.
func (m *ftmMaker) keep(p *ftmProperty, odd string, values []string, q map[string][]string) {
	if len(values) == 0 {
		return
	}
	name, same := ftmName(p.name)
	q[name] = append(q[name], values...)
	if !same || odd == ftmOddKeys {
		q[odd] = append(q[odd], name[len(ftmPrefix):]+"="+p.name)
	}
}

// references keeps what an edge refers to beside its ends, and the posts that were
// followed to an organization, by the ids that these have here.
func (m *ftmMaker) references(p *ftmProperty, edge *vocab.FtMEdge, q map[string][]string) {
	for _, v := range p.values {
		m.dangling(p.name, v)
		if end := p.name == edge.Source || p.name == edge.Target; !end || p.name == edge.Target && edge.Via != "" {
			name, _ := ftmName(p.name)
			q[name] = append(q[name], m.f.ids.entity(v).String())
		}
	}
}

// dates keeps dates as the qualifier start or end, and what is none as it is.
func (m *ftmMaker) dates(p *ftmProperty, as string, q map[string][]string) {
	for _, v := range p.values {
		date, exact, ok := ftmDate(v)
		if ok {
			q[as] = append(q[as], date)
		}
		if !ok || !exact {
			m.keep(p, ftmOddNames, []string{v}, q)
		}
		if !ok {
			m.kept(p.name, v, "no date")
		}
	}
}
