package storetest

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// PeopleVariable names the environment variable that says of how many people the data
// of tests at scale is; it takes 32 statements for each to be written.
const PeopleVariable = "VINCULO_TEST_PEOPLE"

// People is how many people the data of tests at scale is of.
func People(t *testing.T) int {
	t.Helper()
	text := os.Getenv(PeopleVariable)
	if text == "" {
		return 2000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s is no number of people", PeopleVariable, text)
	}
	return n
}

// WalkRoots pages through everything that the API's root connections list, each type
// and all statements, forward and backward, by id and by name where there is one: both
// ways must give each row once, in order, and as many as the total says. It gives how
// many rows each has.
func WalkRoots(t *testing.T, s store.Store, view store.View, first int) map[string]int {
	t.Helper()
	totals := map[string]int{}
	for _, typ := range vocab.Types() {
		byID := store.Selection{Types: []string{typ.Name}, Page: store.PageOf{First: first}, Total: true, Ends: true, Keys: []string{"name"}}
		totals[typ.Name] = walkBothWays(t, s, view, typ.Name, byID)
		byName := byID
		byName.Order = []store.Order{{Property: typ.Property("name")}}
		if n := walkBothWays(t, s, view, typ.Name+" by name", byName); n != totals[typ.Name] {
			t.Errorf("%s: %d by name, %d by id", typ.Name, n, totals[typ.Name])
		}
	}
	statements := store.Selection{Of: store.StatementRows, Page: store.PageOf{First: first}, Total: true, Ends: true}
	totals["Statement"] = walkBothWays(t, s, view, "Statement", statements)
	return totals
}

func walkBothWays(t *testing.T, s store.Store, view store.View, name string, sel store.Selection) int {
	t.Helper()
	forward, total := walk(t, s, view, name, sel)
	sel.Page.Backward = true
	backward, _ := walk(t, s, view, name, sel)
	slices.Reverse(backward)
	distinct := map[string]bool{}
	for _, id := range forward {
		distinct[id] = true
	}
	switch {
	case len(forward) != total || len(distinct) != total:
		t.Errorf("%s: %d rows, %d distinct, of a total of %d", name, len(forward), len(distinct), total)
	case !slices.Equal(forward, backward):
		t.Errorf("%s: backward gives other rows, or another order, than forward", name)
	case len(sel.Order) == 0 && !slices.IsSorted(forward):
		t.Errorf("%s: the rows are not in the order of their ids", name)
	}
	return total
}

// walk gives the ids of all pages of a selection, in the order in which they came.
func walk(t *testing.T, s store.Store, view store.View, name string, sel store.Selection) (ids []string, total int) {
	t.Helper()
	for {
		pages, err := s.Read(t.Context(), view, store.Everything-1, []store.Selection{sel})
		if err != nil {
			t.Fatalf("%s after %d rows: %v", name, len(ids), err)
		}
		page := pages[0]
		if sel.Total {
			total, sel.Total = page.Total, false
		}
		rows, more := page.Rows, page.HasNext
		if sel.Page.Backward {
			rows, more = slices.Clone(rows), page.HasPrevious
			slices.Reverse(rows)
		}
		for _, r := range rows {
			ids = append(ids, r.Row.ID)
		}
		if !more {
			return ids, total
		}
		if len(rows) == 0 {
			t.Fatalf("%s: an empty page after %d rows, and there are more", name, len(ids))
		}
		last := rows[len(rows)-1]
		at := &store.Position{Keys: last.Keys, ID: last.Row.ID}
		if sel.Page.Backward {
			sel.Page.Before = at
		} else {
			sel.Page.After = at
		}
	}
}
