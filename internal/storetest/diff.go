package storetest

import (
	"reflect"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

var sorted = cmpopts.SortSlices(strings.Compare)

func cmpText(a, b string) int { return strings.Compare(a, b) }

// Diff tells how two answers to the same selections differ, or gives "". It
// compares what was asked for: stores may give more values than that, and totals
// and ends that nobody wanted.
func Diff(selections []store.Selection, want, got []store.Page) string {
	return difference(answers(selections, want), answers(selections, got))
}

// difference is cmp.Diff, for which an empty list is as good as none, but quick to
// see that there is none.
func difference(want, got any) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	return cmp.Diff(want, got, cmpopts.EquateEmpty())
}

// answers leaves of pages what their selections asked for.
func answers(selections []store.Selection, pages []store.Page) []store.Page {
	nested := make([]store.Nested, len(selections))
	for i := range selections {
		nested[i].Selection = selections[i]
	}
	return nestedAnswers(nested, pages)
}

func nestedAnswers(list []store.Nested, pages []store.Page) []store.Page {
	asked := slices.Clone(pages)
	for i := range asked {
		if i >= len(list) {
			break // the difference in length is what cmp will tell
		}
		n := &list[i]
		if !n.Total {
			asked[i].Total = 0
		}
		if !n.Ends {
			asked[i].HasNext, asked[i].HasPrevious = false, false
		}
		asked[i].Groups = slices.Clone(asked[i].Groups)
		for j := range min(len(asked[i].Groups), len(n.Groupings)) {
			if !n.Groupings[j].Rows {
				asked[i].Groups[j].Rows = 0
			}
		}
		asked[i].Rows = slices.Clone(asked[i].Rows)
		for j := range asked[i].Rows {
			r := &asked[i].Rows[j]
			if !slices.Contains(n.Keys, store.KeyVersion) {
				r.Version = 0
			}
			r.Row, r.Link = keep(r.Row, n.Keys), keep(r.Link, n.LinkKeys)
			r.Nested, r.LinkNested = nestedAnswers(n.Nested, r.Nested), nestedAnswers(n.LinkNested, r.LinkNested)
		}
	}
	return asked
}

// keep gives a row with no values but those of the keys.
func keep(row *store.Row, keys []string) *store.Row {
	if row == nil {
		return nil
	}
	kept := *row
	kept.Values = slices.DeleteFunc(slices.Clone(row.Values), func(v statement.Value) bool {
		return !slices.Contains(keys, v.Key)
	})
	return &kept
}
