package storetest

import (
	"errors"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// refuses checks that each of these selections is ErrInvalid, among others that are not.
func (s *suite) refuses(t *testing.T, malformed map[string]store.Selection) {
	t.Helper()
	for name, selection := range malformed {
		_, err := s.Store().Read(t.Context(), statement.PublicView, budget, []store.Selection{all("Person"), selection})
		if !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func readMalformed(t *testing.T, s *suite) {
	position := func(keys ...any) *store.Position { return &store.Position{Keys: keys, ID: "p1"} }
	byName := []store.Order{asc("Person.name")}
	s.refuses(t, map[string]store.Selection{
		"negative first":             {Page: store.PageOf{First: -1}},
		"unknown collection":         {Of: 9},
		"order by nothing":           {Order: []store.Order{{}}},
		"order by two":               {Order: []store.Order{{Property: prop("Person.name"), Count: rel("Person.detentions")}}},
		"order by many values":       {Order: []store.Order{{Property: prop("Person.otherNames")}}},
		"order by what is uncounted": {Order: []store.Order{{Count: rel("Person.memberOf")}}},
		"position without keys":      {Order: byName, Page: store.PageOf{After: position()}},
		"position with too many":     {Order: byName, Page: store.PageOf{Before: position("a", "b")}},
		"position of another kind":   {Order: byName, Page: store.PageOf{After: position(int64(1))}},
		"position of no kind":        {Order: byName, Page: store.PageOf{After: position(1.5)}},
		"position without an order":  {IDs: []string{"p1"}, Page: store.PageOf{After: position()}},
	})
}

func readMalformedNested(t *testing.T, s *suite) {
	step := store.StepOf(rel("Person.memberOf"))
	nested := func(list ...store.Nested) store.Selection { return store.Selection{Nested: list} }
	s.refuses(t, map[string]store.Selection{
		"by nothing":                 nested(store.Nested{}),
		"by two":                     nested(store.Nested{Step: step, Refs: "sources"}),
		"by half a join":             nested(store.Nested{Theirs: "subject"}),
		"by a number":                {Of: store.StatementRows, Nested: []store.Nested{{Theirs: "place", Mine: "place"}}},
		"by a truth value":           {Of: store.StatementRows, Nested: []store.Nested{{Theirs: "retracted", Mine: "retracted"}}},
		"with ids":                   nested(store.Nested{Step: step, Selection: store.Selection{IDs: []string{"o1"}}}),
		"step from a link":           {Of: store.LinkRows, Nested: []store.Nested{{Step: step}}},
		"step to a statement":        nested(store.Nested{Step: step, Selection: store.Selection{Of: store.StatementRows}}),
		"link filter without a step": nested(store.Nested{Refs: "sources", LinkWhere: store.All{}}),
		"deep below": nested(store.Nested{Step: step, LinkNested: []store.Nested{
			{Refs: "to", Selection: store.Selection{Page: store.PageOf{First: -1}}},
		}}),
	})
}
