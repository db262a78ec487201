package embedstore

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// everyRow asks for all rows of a collection.
func everyRow(of store.Collection) store.Selection {
	return store.Selection{Of: of, Page: store.PageOf{First: store.Everything}, Total: true}
}

// joins give for the rows of each collection what is joined to them: by the ways
// that an index or the graph offers, and by those that only a scan does.
func joins() []store.Selection {
	var all []store.Selection
	for _, j := range []struct {
		parent, of   store.Collection
		theirs, mine string
	}{
		{store.Entities, store.StatementRows, statement.KeySubject, "id"},
		{store.Entities, store.StatementRows, statement.KeyEntity, "id"},
		{store.Entities, store.StatementRows, statement.KeySource, "id"},
		{store.Entities, store.StatementRows, statement.KeyText, "name"},
		{store.Entities, store.LinkRows, "from", "id"},
		{store.Entities, store.LinkRows, "to", "id"},
		{store.Entities, store.Entities, "name", "name"},
		{store.Entities, store.Entities, "id", "id"},
		{store.Entities, store.LinkRows, "from", "name"},
		{store.LinkRows, store.StatementRows, statement.KeyLink, "id"},
		{store.LinkRows, store.StatementRows, statement.KeyGroup, "id"},
		{store.LinkRows, store.Entities, "id", "to"},
		{store.LinkRows, store.LinkRows, "id", "id"},
		{store.LinkRows, store.LinkRows, "type", "type"},
		{store.StatementRows, store.StatementRows, statement.KeyGroup, statement.KeyGroup},
		{store.StatementRows, store.StatementRows, "id", "id"},
		{store.StatementRows, store.Entities, "id", statement.KeySource},
		{store.StatementRows, store.LinkRows, "id", statement.KeyLink},
	} {
		s := everyRow(j.parent)
		s.Page.First = 5
		s.Nested = []store.Nested{{Theirs: j.theirs, Mine: j.mine, Selection: everyRow(j.of)}}
		all = append(all, s)
	}
	return all
}

// narrowed gives the rows that a filter names by a value that an index knows.
func narrowed(t *rapid.T) store.Selection {
	names := rapid.SampledFrom([]string{"p1", "P2", "d1", "s1", "S2", "o1", "c1", "x1", "x2", "x9", "", vocab.Editorial, "nowhere"})
	key := rapid.SampledFrom(append([]string{"id"}, joinable...)).Draw(t, "key")
	c := store.Compare{Property: &vocab.Property{Name: key}, Op: store.Eq, Values: []any{names.Draw(t, "value")}}
	if rapid.Bool().Draw(t, "in") {
		c.Op = store.In
		c.Values = append(c.Values, names.Draw(t, "another"), c.Values[0])
	}
	s := everyRow(rapid.SampledFrom([]store.Collection{store.Entities, store.LinkRows, store.StatementRows}).Draw(t, "of"))
	s.Where = rapid.SampledFrom([]store.Filter{c, store.All{store.All{}, c}, store.Any{c}, store.Not{Filter: c}}).Draw(t, "where")
	return s
}

func TestWaysToRowsFindWhatAScanFinds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, naive := open(t, t.TempDir()), storetest.NewNaive()
		defer closeStore(t, s)
		for _, c := range storetest.Commits(rt) {
			_, _ = s.Write(t.Context(), c) // some are meant to be refused, by both
			_, _ = naive.Write(t.Context(), c)
		}
		selections := []store.Selection{
			rapid.SampledFrom(joins()).Draw(rt, "join"), rapid.SampledFrom(joins()).Draw(rt, "another join"),
			narrowed(rt), narrowed(rt), narrowed(rt),
		}
		for _, view := range statement.Views {
			want, err := naive.Read(t.Context(), view, 1_000_000, selections)
			if err != nil {
				rt.Fatal(err)
			}
			got, err := s.Read(t.Context(), view, 1_000_000, selections)
			if err != nil {
				rt.Fatal(err)
			}
			for i := range selections {
				if diff := storetest.Diff(selections[i:i+1], want[i:i+1], got[i:i+1]); diff != "" {
					rt.Fatalf("%v view, %s (-want +got):\n%s", view, storetest.Describe(selections[i:i+1]), diff)
				}
			}
		}
	})
}
