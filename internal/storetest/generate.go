package storetest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Commits draws the life of a small graph, in order: entities with their values and
// links from several sources, retractions, changes of rank and visibility,
// protection, dangling references, repetitions, and a few commits that no store
// takes. All statements have ids.
func Commits(t *rapid.T) []statement.Commit {
	return rapid.Custom(func(t *rapid.T) life { return newScribe(t).commits() }).Draw(t, "commits")
}

// life is commits that a failing property prints as lines of the file format.
type life []statement.Commit

// GoString implements fmt.GoStringer.
func (l life) GoString() string {
	var b strings.Builder
	for i, c := range l {
		fmt.Fprintf(&b, "\ncommit %d", i+1)
		for _, s := range c.Add {
			line, _ := json.Marshal(s) // strings, maps of strings and a bool
			fmt.Fprintf(&b, "\n\t%s", line)
		}
		if len(c.Retract)+len(c.Set) > 0 {
			fmt.Fprintf(&b, "\n\tretract %v, set %+v", c.Retract, c.Set)
		}
	}
	return b.String()
}

// scribe draws statements and remembers what it wrote.
type scribe struct {
	*rapid.T
	ever    []statement.Statement // all that were written
	written []statement.Statement // those not retracted
	fixed   int                   // so many of them never are, nor are they changed
	secret  []string              // entities whose texts are those of secrets
}

func newScribe(t *rapid.T) *scribe { return &scribe{T: t} }

func (s *scribe) commits() life {
	list := life{s.first()}
	for range rapid.IntRange(1, 6).Draw(s.T, "commits") {
		list = append(list, s.commit())
	}
	return list
}

// first gives most entities their type, a name and what joins people, detentions
// and sentences, so that what comes later meets.
func (s *scribe) first() statement.Commit {
	var c statement.Commit
	add := func(r statement.Statement) { c.Add = append(c.Add, s.record(r)) }
	for _, id := range entityIDs {
		if s.seldom("absent", 7) {
			continue
		}
		add(s.typed(id))
		switch typeOf(id) {
		case vocab.SourceType:
			add(statement.Statement{Subject: id, Property: "publishedAt", Value: pick(s.T, "date", dates), Source: id})
			add(statement.Statement{Subject: id, Property: vocab.PublishedBy, Entity: pick(s.T, "publisher", universe[vocab.Organization]), Source: id})
		case vocab.Detention:
			add(statement.Statement{Subject: pick(s.T, "whose", universe[vocab.Person]), Property: vocab.HasDetention, Entity: id, Source: s.source()})
		case vocab.Sentence:
			add(statement.Statement{Subject: pick(s.T, "whose", universe[vocab.Detention]), Property: vocab.SentencedTo, Entity: id, Source: s.source()})
		case vocab.Person:
			if s.seldom("protected", 3) {
				add(statement.Statement{Subject: id, Property: "protection", Value: "PROTECTED", Source: vocab.Editorial})
			}
			add(statement.Statement{Subject: id, Property: "name", Value: s.text(id), Source: s.source()})
		default:
			add(statement.Statement{Subject: id, Property: "name", Value: s.text(id), Source: s.source()})
		}
	}
	return c
}

func (s *scribe) commit() statement.Commit {
	c := statement.Commit{By: "tester", Reason: "drawn"}
	for range rapid.IntRange(5, 30).Draw(s.T, "changes") {
		open := s.written[s.fixed:]
		kind := rapid.IntRange(0, 19).Draw(s.T, "kind")
		switch {
		case kind == 19 && len(open) > 0:
			c.Retract = append(c.Retract, pick(s.T, "retract", open).ID)
		case kind == 18 && len(open) > 0:
			c.Set = append(c.Set, s.setting(pick(s.T, "set", open).ID))
		case kind == 17 && len(s.ever) > 0:
			c.Add = append(c.Add, pick(s.T, "again", s.ever))
		case kind == 16 && s.seldom("wrong", 14):
			c.Add = append(c.Add, s.wrong())
		case kind == 15:
			c.Add = append(c.Add, s.record(s.typed(pick(s.T, "entity", entityIDs))))
		case kind >= 5:
			c.Add = append(c.Add, s.record(s.link()))
		default:
			c.Add = append(c.Add, s.record(s.value()))
		}
	}
	// A statement that this commit retracts cannot be set by it or a later one.
	s.forget(c.Retract)
	c.Set = slices.DeleteFunc(c.Set, func(set statement.Setting) bool { return slices.Contains(c.Retract, set.ID) })
	return c
}

// forget takes statements that are retracted out of those that may be.
func (s *scribe) forget(ids []string) {
	kept := slices.DeleteFunc(slices.Clone(s.written[s.fixed:]), func(r statement.Statement) bool { return slices.Contains(ids, r.ID) })
	s.written = append(s.written[:s.fixed:s.fixed], kept...)
}

// seldom holds once in n+1 times, more or less.
func (s *scribe) seldom(label string, n int) bool {
	return rapid.IntRange(0, n).Draw(s.T, label) == n
}

// record names a statement and remembers it.
func (s *scribe) record(r statement.Statement) statement.Statement {
	r.ID = fmt.Sprintf("x%d", len(s.ever)+1)
	s.ever = append(s.ever, r)
	s.written = append(s.written, r)
	return r
}

func (s *scribe) typed(id string) statement.Statement {
	r := statement.Statement{Subject: id, Property: vocab.TypeProperty, Value: typeOf(id), Source: s.source()}
	if s.seldom("hidden", 9) {
		r.Visibility = statement.Restricted
	}
	return r
}

// value draws a statement of a property.
func (s *scribe) value() statement.Statement {
	id := pick(s.T, "subject", entityIDs)
	properties := slices.DeleteFunc(slices.Clone(vocab.TypeOf(typeOf(id)).Properties), func(p *vocab.Property) bool { return p.Computed })
	p := pick(s.T, "property", append(properties, foreign))
	r := statement.Statement{Subject: id, Property: p.Name, Value: s.valueOf(p, typeOf(id), id), Source: s.source()}
	if p.Value == vocab.Text {
		r.Lang = pick(s.T, "lang", langs)
	}
	s.shade(&r)
	return r
}

var foreign = &vocab.Property{Name: "ftm.amount", Many: true}

func (s *scribe) valueOf(p *vocab.Property, typ, id string) string {
	switch p.Value {
	case vocab.Date:
		return pick(s.T, "date", dates)
	case vocab.Integer:
		return pick(s.T, "number", numbers)
	case vocab.Boolean:
		return pick(s.T, "boolean", []string{"true", "false"})
	case vocab.Choice:
		return pick(s.T, "choice", choices(p.Enum, typ))
	case vocab.Count:
		return pick(s.T, "count", counts)
	case vocab.URL:
		return pick(s.T, "url", urls)
	}
	if p.Shield == vocab.Show { // what everybody sees is no secret
		return pick(s.T, "shown", texts)
	}
	return s.text(id)
}

func (s *scribe) text(id string) string {
	if slices.Contains(s.secret, id) {
		return pick(s.T, "secret", secrets(id))
	}
	return pick(s.T, "text", texts)
}

func choices(e *vocab.Enum, typ string) []string {
	var names []string
	for _, v := range e.Values {
		if e.Allows(v.Name, typ) {
			names = append(names, v.Name)
		}
	}
	return names
}

// link draws a statement of a relation, now and then of one of several parallel links.
func (s *scribe) link() statement.Statement {
	r := pick(s.T, "relation", vocab.Relations())
	ends := relationEnds[r.Name]
	pair := pick(s.T, "ends", ends)
	st := statement.Statement{Subject: pair[0], Property: r.Name, Entity: pair[1], Source: s.source()}
	if n := rapid.IntRange(0, 3).Draw(s.T, "parallel"); n > 1 && !judgement(r.Name) {
		st.Link = parallelLink(r, pair, n)
	}
	s.qualify(&st, r)
	s.shade(&st)
	if r.Name == vocab.SameAs { // which is not to be refused
		st.Visibility, st.Words = "", ""
	}
	return st
}

func judgement(relation string) bool {
	return relation == vocab.SameAs || relation == vocab.NotSameAs || relation == vocab.UnsureSameAs
}

func (s *scribe) qualify(st *statement.Statement, r *vocab.Relation) {
	roles := r.Roles
	if roles == nil {
		roles = []string{"coordinadora", "Tesorero", "coord"}
	}
	for _, q := range []struct {
		key    string
		values []string
	}{{statement.KeyRole, roles}, {statement.KeyStart, dates}, {statement.KeyMeasure, []string{"FULL", "BAIL", "UNKNOWN"}}, {"ftm.status", []string{"activo"}}} {
		if s.seldom(q.key, 3) {
			qualified(q.key, pick(s.T, "value", q.values))(st)
		}
	}
}

// shade draws what else a statement says: mostly nothing.
func (s *scribe) shade(r *statement.Statement) {
	r.Denies = s.seldom("denies", 11)
	if s.seldom("restricted", 7) {
		r.Visibility = statement.Restricted
	}
	if s.seldom("hedged", 2) {
		r.Attribution = pick(s.T, "attribution", choices(vocab.AttributionEnum, ""))
	}
	if s.seldom("verified", 3) {
		r.Verification = pick(s.T, "verification", verifications)
	}
	if s.seldom("ranked", 7) {
		r.Rank = pick(s.T, "rank", choices(vocab.RankEnum, ""))
	}
	if s.seldom("claimed", 5) {
		r.ClaimedBy = pick(s.T, "by", universe[vocab.Organization])
	}
	if s.seldom("quoted", 5) {
		r.Words, r.Locator = pick(s.T, "words", texts[3:]), "p. 3"
	}
}

var verifications = []string{statement.Unverified, statement.FamilyOrCounsel, "NGO_VERIFIED", "DOCUMENT"}

// source draws a source: one of the universe, the built-in one, or one that nobody
// has described.
func (s *scribe) source() string {
	return pick(s.T, "source", append(slices.Clone(universe[vocab.SourceType]), vocab.Editorial, "nowhere"))
}

func (s *scribe) setting(id string) statement.Setting {
	set := statement.Setting{ID: id}
	switch rapid.IntRange(0, 2).Draw(s.T, "what") {
	case 0:
		set.Rank = pick(s.T, "rank", choices(vocab.RankEnum, ""))
	case 1:
		set.Visibility = pick(s.T, "visibility", choices(vocab.VisibilityEnum, ""))
	default:
		set.Verification = pick(s.T, "verification", verifications)
	}
	return set
}
