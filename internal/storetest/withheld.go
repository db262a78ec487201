package storetest

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// secrets gives the texts that are stated of a hidden entity, and of nothing else:
// the first half may stand for the second. The id keeps one's name out of another's.
func secrets(id string) []string {
	id = strings.ReplaceAll(id, "-", "")
	return []string{"Secreta Uno " + id, "Secreta Dos " + id, "Secreta Tres " + id, "Secreta Cuatro " + id}
}

// hidden are a person, a detention and a sentence that are protected from the
// first commit on, whatever else a graph says.
var hidden = []string{"p1", "d1", "n1"}

// withheld writes two graphs that differ in nothing but what is withheld, one after
// the other, and compares all that the public view answers.
func withheld(t *testing.T, rt *rapid.T, open Open) {
	commits, other := Withheld(rt)
	selections := Selections(rt)
	shown, varied := publicAnswers(t, rt, open, commits, selections), publicAnswers(t, rt, open, other, selections)
	if diff := difference(shown, varied); diff != "" {
		rt.Fatalf("public answers (-shown +varied):\n%s", diff)
	}
}

// Withheld draws the commits of two graphs over EntityIDs that differ in nothing but
// what the public view withholds: whatever it is asked, it answers alike of both.
func Withheld(rt *rapid.T) (commits, other []statement.Commit) {
	commits = rapid.Custom(protectedCommits).Draw(rt, "commits")
	for _, c := range commits {
		other = append(other, vary(c))
	}
	return commits, other
}

// EntityIDs gives the ids that the entities of drawn graphs have.
func EntityIDs() []string { return slices.Clone(entityIDs) }

// public is what the public view answers about a graph.
type public struct {
	Refused []bool // by commit
	State   state
	Pages   [][]store.Page // by selection
}

func publicAnswers(t *testing.T, rt *rapid.T, open Open, commits life, selections []store.Selection) (p public) {
	s := open(t).Store()
	defer func() {
		if err := s.Close(t.Context()); err != nil {
			rt.Errorf("close: %v", err)
		}
	}()
	for _, c := range commits {
		_, err := s.Write(rt.Context(), c)
		p.Refused = append(p.Refused, err != nil)
	}
	p.State = stateOf(rt, s, statement.PublicView)
	for i := range selections {
		pages, err := s.Read(rt.Context(), statement.PublicView, budget, selections[i:i+1])
		if err != nil {
			rt.Fatalf("read: %v, for\n%s", err, Describe(selections[i:i+1]))
		}
		p.Pages = append(p.Pages, answers(selections[i:i+1], pages))
	}
	return p
}

// protectedCommits draws a graph whose hidden ones are protected throughout.
func protectedCommits(rt *rapid.T) life {
	s := newScribe(rt)
	s.secret = hidden
	var c statement.Commit
	for _, r := range []statement.Statement{
		{Subject: "p1", Property: "protection", Value: "PROTECTED", Source: vocab.Editorial},
		{Subject: "p1", Property: vocab.HasDetention, Entity: "d1", Source: "s1"},
		{Subject: "d1", Property: vocab.SentencedTo, Entity: "n1", Source: "s1"},
	} {
		c.Add = append(c.Add, s.record(r))
	}
	s.fixed = len(s.written)
	return append(life{c}, s.commits()...)
}

// vary gives the commit with other values wherever the public view withholds them.
func vary(c statement.Commit) statement.Commit {
	c.Add = slices.Clone(c.Add)
	for i := range c.Add {
		c.Add[i] = varied(c.Add[i])
	}
	return c
}

func varied(s statement.Statement) statement.Statement {
	if !slices.Contains(hidden, s.Subject) {
		if slices.Contains(hidden, s.Entity) {
			s.Locator = reversed(s.Locator)
		}
		return s
	}
	s.Locator = reversed(s.Locator)
	s.Qualifiers = maps.Clone(s.Qualifiers)
	for key, values := range s.Qualifiers {
		switch key {
		case statement.KeyStart, statement.KeyEnd:
			s.Qualifiers[key] = []string{sameMonth(values[0])}
		case statement.KeyMeasure:
			s.Qualifiers[key] = []string{"OTHER"}
		default:
			if r := vocab.RelationOf(s.Property); r == nil || r.Roles == nil {
				s.Qualifiers[key] = []string{"otra cosa"}
			}
		}
	}
	if s.Entity != "" {
		return elsewhere(s)
	}
	p := vocab.ForeignProperty
	if !vocab.Foreign(s.Property) {
		p = vocab.TypeOf(typeOf(s.Subject)).Property(s.Property)
	}
	switch {
	case p == nil || p.Name == "protection" || p.Name == "minorAtArrest":
	case p.Shield == vocab.Coarsen:
		s.Value = sameMonth(s.Value)
	case p.Shield == vocab.Withhold && p.Value == vocab.Text:
		texts := secrets(s.Subject)
		if i := slices.Index(texts, s.Value); i >= 0 {
			s.Value = texts[len(texts)-1-i]
		}
	}
	return s
}

// elsewhere leads a withheld link to another entity of the same type.
func elsewhere(s statement.Statement) statement.Statement {
	ends := universe[typeOf(s.Entity)]
	r := vocab.RelationOf(s.Property)
	if r.Shield != vocab.Withhold || r.Symmetric || slices.Contains(ends, s.Subject) {
		return s
	}
	i := slices.Index(ends, s.Entity)
	s.Entity = ends[(i+1)%len(ends)]
	return s
}

// sameMonth moves an exact day within its month.
func sameMonth(date string) string {
	switch date {
	case "2025-12-25":
		return "2025-12-03"
	case "2025-12-24":
		return "2025-12-25"
	}
	return date
}

func reversed(text string) string {
	if text == "" {
		return ""
	}
	return "al revés: " + match.NFC(strings.ToUpper(text))
}
