package plan

import (
	"cmp"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/tally"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Names that the reckoning with counts speaks of.
const (
	keyKind        = "kind"
	keyMetric      = "metric"
	keyDate        = "date"
	keyCount       = "count"
	keyMin         = "min"
	keyApproximate = "approximate"
	keyMax         = "max"

	keyCounted  = "accounting counted" // what tells its rows from others of the event
	keyReleases = "accounting releases"

	metricReleased = "RELEASED"
	countsFor      = "COUNTS_FOR"
	place          = "Place"
)

// ledger says where the tallies of an event are: those that count for it, of each those
// that it is a part of, and its parts; and of all of them the facilities and places.
type ledger struct {
	tallies, partOf, parts int
	placed                 [2]int // by level: of those that count for it, of their parts
	rows, placeRows        [2]*rows
}

// ledger has the tallies of an event read.
func (c *compiler) ledger(at *path, in *cell) (l ledger, err error) {
	if _, known := in.index[keyCounted]; !known {
		if err := c.selection(at, 5); err != nil {
			return l, err
		}
	}
	l.tallies, l.rows[0] = in.whole(at, keyCounted, store.StepOf(vocab.TypeOf(vocab.Event).Field("tallies")))
	l.rows[0].Where = metricIn(metricReleased)
	l.partOf, _ = l.rows[0].whole(at, "part of", store.StepOf(vocab.TypeOf(vocab.Tally).Field("partOf")))
	l.parts, l.rows[1] = l.rows[0].whole(at, "parts", store.StepOf(vocab.TypeOf(vocab.Tally).Field("parts")))
	for level, r := range l.rows {
		r.want(keyCount, keyMin, keyMax, keyApproximate)
		l.placed[level], l.placeRows[level] = r.whole(at, "places", &store.Step{Relations: []string{countsFor}, Out: true, Types: []string{vocab.Facility, place}})
	}
	return l, nil
}

// whole gives all rows of a step.
func (c *cell) whole(at *path, key string, step *store.Step) (int, *rows) {
	i, r := c.child(at, key, store.Nested{Step: step, Selection: store.Selection{Page: store.PageOf{First: store.Everything}}})
	r.wanted = true
	return i, r
}

func metricIn(metrics ...any) store.Filter {
	return store.Compare{Property: vocab.TypeOf(vocab.Tally).Property(keyMetric), Op: store.In, Values: metrics}
}

// tallied is a tally of an event.
type tallied struct {
	*store.Result
	level int         // 0: it counts for the event; 1: it is only a part of one that does
	of    []string    // the tallies of the whole that it is a part of
	open  tally.Range // of a whole: what its parts leave unaccounted
}

func (t tallied) places(l ledger) *store.Page { return rowOf(t.Result).page(l.placed[t.level]) }

// tallies are ordered by id, each once.
type tallies []tallied

// counts gives the counts as published.
func (list tallies) counts() []string {
	texts := make([]string, len(list))
	for i, t := range list {
		texts[i] = t.Row.Values.Text(keyCount)
	}
	return texts
}

// account is what was read of an event: tallies of the whole, and of parts.
type account struct{ wholes, parts tallies }

func (l ledger) read(it item) (a account) {
	page := it.page(l.tallies)
	direct := map[string]*store.Result{}
	for i := range page.Rows {
		direct[page.Rows[i].Row.ID] = &page.Rows[i]
	}
	parts := map[string]tallied{}
	for id, r := range direct {
		t := tallied{Result: r}
		isPart := len(t.places(l).Rows) > 0
		for _, whole := range rowOf(r).page(l.partOf).Rows {
			isPart = isPart || direct[whole.Row.ID] != nil
		}
		if isPart {
			parts[id] = t
		} else {
			a.wholes = append(a.wholes, t)
		}
	}
	for _, whole := range a.wholes {
		page := rowOf(whole.Result).page(l.parts)
		for i := range page.Rows {
			id := page.Rows[i].Row.ID
			t, known := parts[id]
			if !known {
				t = tallied{Result: &page.Rows[i], level: 1}
			}
			t.of = append(t.of, whole.Row.ID)
			parts[id] = t
		}
	}
	for _, t := range parts {
		a.parts = append(a.parts, t)
	}
	a.wholes, a.parts = a.wholes.published(), a.parts.published()
	for i := range a.wholes {
		a.wholes[i].open = a.leftOpen(a.wholes[i])
	}
	return a
}

// published gives those that have a count, in order.
func (list tallies) published() tallies {
	list = slices.DeleteFunc(list, func(t tallied) bool { return t.Row.Values.Text(keyCount) == "" })
	slices.SortFunc(list, func(a, b tallied) int { return cmp.Compare(a.Row.ID, b.Row.ID) })
	return list
}

// leftOpen gives how many of a whole may be in none of its parts.
func (a account) leftOpen(whole tallied) tally.Range {
	var parts []tally.Range
	for _, t := range a.parts {
		if len(t.of) == 0 || slices.Contains(t.of, whole.Row.ID) {
			parts = append(parts, rangeOf(t.Row))
		}
	}
	return tally.Unaccounted(rangeOf(whole.Row), parts)
}

// unaccounted gives the widest range of what the wholes leave open.
func (a account) unaccounted() tally.Range {
	ranges := make([]tally.Range, len(a.wholes))
	for i, t := range a.wholes {
		ranges[i] = t.open
	}
	return tally.Widest(ranges)
}

// rangeOf gives the range of a tally's count.
func rangeOf(row *store.Row) tally.Range {
	end := func(key string) *int64 {
		if n, known := row.Values.Get(key).(int64); known {
			return &n
		}
		return nil
	}
	return tally.Count(end(keyMin), end(keyMax), row.Values.Get(keyApproximate) == true)
}

func compareReleases(a, b namedRelease) int {
	return cmp.Or(cmp.Compare(a.person.Row.ID, b.person.Row.ID), cmp.Compare(a.release.Link.ID, b.release.Link.ID))
}
