package embedstore

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// crowd is a store of people who are all in one organization.
func crowd(t *testing.T, people int) *Store {
	t.Helper()
	s := open(t, t.TempDir())
	c := statement.Commit{Add: []statement.Statement{{Subject: "o", Property: "type", Value: "Organization", Source: "src"}}}
	for i := range people {
		id := fmt.Sprintf("p%04d", i)
		c.Add = append(c.Add, person(id, fmt.Sprintf("Ana Ficticia %d", i%10)).Add...)
		c.Add = append(c.Add, statement.Statement{ID: id + ".in", Subject: id, Property: "MEMBER_OF", Entity: "o", Source: "src"})
		if len(c.Add) > statement.MaxStatements-3 || i == people-1 {
			write(t, s, c)
			c = statement.Commit{}
		}
	}
	return s
}

// ending is a context that ends once it has been looked at a number of times, and
// counts how often it is looked at after that.
type ending struct {
	context.Context
	left, after int
}

func (e *ending) Err() error {
	if e.left--; e.left >= 0 {
		return nil
	}
	e.after++
	return context.DeadlineExceeded
}

func named0() store.Compare {
	return store.Compare{Property: vocab.TypeOf("Person").Property("name"), Op: store.Contains, Values: []any{"ficticia 0"}}
}

// What looks at very many rows stops soon after its context has ended, wherever it is.
func TestLongReadsStopWithTheirContext(t *testing.T) {
	s := crowd(t, 2000)
	members := vocab.TypeOf("Organization").Field("members")
	gender := vocab.TypeOf("Person").Property("gender")
	some := store.PageOf{First: 1}
	for name, selection := range map[string]store.Selection{
		"a filter":            {Types: []string{"Person"}, Where: named0(), Page: some, Total: true},
		"a filter in order":   {Types: []string{"Person"}, Where: store.Not{Filter: store.All{}}, Page: some},
		"an order":            {Types: []string{"Person"}, Order: []store.Order{{Property: gender}}, Page: some},
		"a filter over links": {Types: []string{"Person"}, Where: store.Linked{Step: *store.StepOf(vocab.TypeOf("Person").Field("memberOf")), Node: store.Not{Filter: store.All{}}}, Page: some, Total: true},
		"a hub":               {IDs: []string{"o"}, Page: some, Nested: []store.Nested{{Step: store.StepOf(members), Selection: store.Selection{Page: some, Order: []store.Order{{Property: gender}}}}}},
		"statements":          {Of: store.StatementRows, Where: store.Not{Filter: store.All{}}, Page: some, Total: true},
		"a join by a scan":    {IDs: []string{"o"}, Page: some, Nested: []store.Nested{{Theirs: "name", Mine: "id", Selection: store.Selection{Page: some}}}},
	} {
		ctx := &ending{Context: t.Context(), left: 3}
		_, err := s.Read(ctx, statement.FullView, 100, []store.Selection{selection})
		if !errors.Is(err, context.DeadlineExceeded) || ctx.after != 1 {
			t.Errorf("%s: %v, after which the context was looked at %d times", name, err, ctx.after-1)
		}
	}
}

// A page that holds more rows than the budget is refused without being made.
func TestTooManyRowsAreNotMade(t *testing.T) {
	s := crowd(t, 2000)
	for name, selection := range map[string]store.Selection{
		"all":      {Types: []string{"Person"}, Page: store.PageOf{First: store.Everything}},
		"searched": {Types: []string{"Person"}, Where: store.Not{Filter: store.Any{}}, Page: store.PageOf{First: store.Everything}},
		"a hub":    {IDs: []string{"o"}, Page: store.PageOf{First: 1}, Nested: []store.Nested{{Step: store.StepOf(vocab.TypeOf("Organization").Field("members")), Selection: store.Selection{Page: store.PageOf{First: store.Everything}}}}},
	} {
		selection.Keys = []string{"name"}
		allocated := testing.AllocsPerRun(3, func() {
			if _, err := s.Read(t.Context(), statement.PublicView, 150, []store.Selection{selection}); !errors.Is(err, store.ErrTooExpensive) {
				t.Errorf("%s: %v", name, err)
			}
		})
		if allocated > 2000 {
			t.Errorf("%s: %v allocations for a page that is refused", name, allocated)
		}
	}
}
