package generate

import (
	"slices"
	"sync"
	"testing"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// world is what a generated file says, indexed for the tests.
type world struct {
	all   []statement.Statement
	types map[string]string                 // by entity
	about map[string][]*statement.Statement // by subject
	owner map[string]string                 // person of a detention or sentence
}

func worldOf(t *testing.T, opts Options) world {
	t.Helper()
	w := world{all: statements(t, opts), types: map[string]string{}, about: map[string][]*statement.Statement{}, owner: map[string]string{}}
	for i := range w.all {
		s := &w.all[i]
		w.about[s.Subject] = append(w.about[s.Subject], s)
		switch s.Property {
		case vocab.TypeProperty:
			w.types[s.Subject] = s.Value
		case vocab.HasDetention:
			w.owner[s.Entity] = s.Subject
		case vocab.SentencedTo:
			w.owner[s.Entity] = w.owner[s.Subject]
		}
	}
	return w
}

const many = 6000 // persons: enough for a rare thing to occur

var (
	largeOnce sync.Once
	largeOne  world
)

// large gives a world of many persons, the same to each test: none may change it.
func large(t *testing.T) world {
	t.Helper()
	largeOnce.Do(func() { largeOne = worldOf(t, Options{Persons: many, Seed: 5}) })
	return largeOne
}

// of gives the entities of a type, sorted.
func (w world) of(typ string) []string {
	var ids []string
	for id, t := range w.types {
		if t == typ {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// said gives the statements about a subject that may become values: neither denied
// nor put aside.
func (w world) said(subject, property string) []*statement.Statement {
	var list []*statement.Statement
	for _, s := range w.about[subject] {
		if s.Property == property && !s.Denies && s.Rank != statement.Deprecated {
			list = append(list, s)
		}
	}
	return list
}

func (w world) texts(subject, property string) []string {
	var list []string
	for _, s := range w.said(subject, property) {
		list = append(list, s.Value+s.Entity)
	}
	return list
}

// kindOf gives the kind that is told first, "" if none is.
func (w world) kindOf(id string) string {
	for _, s := range w.about[id] {
		if s.Property == "kind" {
			return s.Value
		}
	}
	return ""
}

// protected reports, by the rules of the model and not by the generator's, whether a
// person is protected.
func (w world) protected(person string) bool {
	switch decisions := w.texts(person, "protection"); {
	case slices.Contains(decisions, "PROTECTED"):
		return true
	case len(decisions) > 0:
		return false // the generator lifts last
	}
	for _, detention := range w.texts(person, vocab.HasDetention) {
		minor := w.texts(detention, "minorAtArrest")
		if slices.Contains(minor, "YES") || slices.Contains(minor, "POSSIBLE") {
			return true
		}
		for _, start := range w.texts(detention, "start") {
			for _, birth := range w.texts(person, "birthDate") {
				if date(start).Earliest() < edtf.AddYears(date(birth).Latest(), 18) {
					return true
				}
			}
		}
	}
	return false
}

// date reads a date that Check has accepted.
func date(text string) edtf.Date {
	d, _ := edtf.Parse(text)
	return d
}
