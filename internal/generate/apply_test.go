package generate

import (
	"slices"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// All of it is taken by the projection, line after line, in commits of the largest
// size; nothing turns out to be there already, or to name a protected person.
func TestTheProjectionTakesAll(t *testing.T) {
	w := worldOf(t, Options{Persons: 300, Seed: 5})
	s := storetest.NewNaive()
	for lines := range slices.Chunk(w.all, statement.MaxStatements) {
		receipt, err := s.Write(t.Context(), statement.Commit{By: "test", Add: lines})
		if err != nil {
			t.Fatal(err)
		}
		if receipt.Changed != len(lines) || len(receipt.Restricted) > 0 {
			t.Errorf("%d of %d changed something, restricted: %v", receipt.Changed, len(lines), receipt.Restricted)
		}
	}

	pages, err := s.Read(t.Context(), statement.FullView, store.Everything, []store.Selection{
		{Of: store.Entities, Page: store.PageOf{First: store.Everything}, Keys: []string{"protected", "status"}},
		{Of: store.LinkRows, Total: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	types, statuses := map[string]int{}, map[string]int{}
	for _, r := range pages[0].Rows {
		types[r.Row.Type]++
		if r.Row.Type == vocab.Detention {
			statuses[r.Row.Values.Text("status")]++
		}
		if r.Row.Type == vocab.Person {
			if got, want := r.Row.Values.Get("protected") == true, w.protected(r.Row.ID); got != want {
				t.Errorf("%s: protected %v, want %v", r.Row.ID, got, want)
			}
		}
	}
	for _, s := range w.all {
		if s.Property == vocab.SameAs {
			types[vocab.Person]++ // a second record of one that has a row
		}
	}
	for _, typ := range vocab.Types() {
		if want := len(w.of(typ.Name)); types[typ.Name] < want {
			t.Errorf("%d rows of %s, want %d", types[typ.Name], typ.Name, want)
		}
	}
	statuses["DIED"] += statuses["DEATH_REPORTED"] // few: one of the two is enough
	for _, status := range []string{"DETAINED", "DETENTION_REPORTED", "RELEASED", "CONDITIONALLY_RELEASED", "RELEASE_REPORTED", "ENDED", "DIED", "UNKNOWN"} {
		if statuses[status] == 0 {
			t.Errorf("no detention is %s: %v", status, statuses)
		}
	}
}
