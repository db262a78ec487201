package plan

import (
	"fmt"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/tally"
	"github.com/vinculo/vinculo/internal/vocab"
)

// The terms of stock and flow, in the order of the enumeration CountTerm.
const (
	heldBefore = iota
	wereReleased
	wereArrested
	heldAfter
	countTerms
)

var (
	termNames   = [countTerms]string{"HELD_BEFORE", "RELEASED", "ARRESTED", "HELD_AFTER"}
	termFields  = [countTerms]string{"heldBefore", "released", "arrested", "heldAfter"}
	termMetrics = [countTerms]string{"IN_DETENTION", metricReleased, "ARRESTED", "IN_DETENTION"}
	termRoles   = [countTerms]string{"HELD_IN", "RELEASED_FROM", "ARRESTED_IN", "HELD_IN"} // in a facility or place
)

const maxTallies = 100 // that one comparison reads

// stockAndFlow compiles the root of that name.
func (c *compiler) stockAndFlow(at *path, r *root) (value, error) {
	if err := c.selection(at, 3); err != nil {
		return nil, err
	}
	args, err := c.arguments(at, r.fields[0])
	if err != nil {
		return nil, err
	}
	f := &flows{}
	where, err := f.read(c, at, args)
	if err != nil {
		return nil, err
	}
	f.child, f.rows = r.cell.child(at, string(canonical([]byte("stockAndFlow"), args)), store.Nested{Selection: store.Selection{
		Types: []string{vocab.Tally}, Where: where, Total: true, Page: store.PageOf{First: maxTallies},
	}})
	f.rows.wanted = true
	f.rows.want(keyMetric, keyDate, keyCount, keyMin, keyMax, keyApproximate)
	f.partOf, _ = f.rows.whole(at, "part of", store.StepOf(vocab.TypeOf(vocab.Tally).Field("partOf")))
	f.events, _ = f.rows.whole(at, "events", store.StepOf(vocab.TypeOf(vocab.Tally).Field("countsForEvents")))
	o, err := build(c, at, r.collected, f.field(c))
	return computed(func(b []byte, w *writer, it item) ([]byte, bool) {
		page := it.page(f.child)
		if page.Total > maxTallies {
			r.err = &RootError{Field: r.fields[0], Code: codeTooComplex, Message: fmt.Sprintf(
				"%s: there are %d tallies, more than the %d that are compared: narrow them with where, of, or a shorter time", at, page.Total, maxTallies)}
			return b, false
		}
		return o.append(b, w, f.terms(page))
	}), err
}

// flows says where the tallies are, and of what time.
type flows struct {
	child, partOf, events int
	rows                  *rows
	times                 [countTerms]edtf.Date
}

// read reads the arguments: which tallies are read.
func (f *flows) read(c *compiler, at *path, args map[string]any) (store.Filter, error) {
	var ends [2]edtf.Date
	for i, name := range []string{"before", "after"} {
		text, _ := args[name].(string)
		var err error
		if ends[i], err = edtf.Parse(text); err != nil {
			return nil, badInput(at, name, "%v", err)
		}
	}
	if ends[1].Latest() < ends[0].Earliest() {
		return nil, badInput(at, "after", "%s is earlier than before, %s", ends[1], ends[0])
	}
	between, err := edtf.Parse(ends[0].Earliest() + "/" + ends[1].Latest())
	if err != nil {
		return nil, badInput(at, "after", "%v", err)
	}
	f.times = [countTerms]edtf.Date{heldBefore: ends[0], wereReleased: between, wereArrested: between, heldAfter: ends[1]}
	id, given := args["of"].(string)
	if given && !statement.ValidID(id) {
		return store.Any{}, nil // it names nothing
	}
	any := make(store.Any, countTerms)
	for term := range any {
		any[term] = store.All{metricIn(termMetrics[term]), f.inTime(term, isFlow(term)), scopeOf(term, id)}
	}
	own, err := filters{c, at, false}.filter(about{aboutEntities, vocab.TypeOf(vocab.Tally)}, fieldsOf(args["where"]), "where")
	return both(store.All{metricIn(termMetrics[wereReleased], termMetrics[wereArrested], termMetrics[heldAfter]), any}, orNil(own)), err
}

// isFlow reports whether a term is of what happened in between.
func isFlow(term int) bool { return term == wereReleased || term == wereArrested }

func (f *flows) inTime(term int, possibly bool) store.Compare {
	return store.Compare{Property: vocab.TypeOf(vocab.Tally).Property(keyDate), Op: store.On, Date: f.times[term], Possibly: possibly}
}

// scopeOf keeps what counts for a facility or place as the term means it; without one,
// what counts for none.
func scopeOf(term int, id string) store.Linked {
	counts := store.Linked{Step: store.Step{Relations: []string{countsFor}, Out: true, Types: []string{vocab.Facility, place}}, Quantifier: store.None}
	if id != "" {
		counts.Quantifier = store.Some
		counts.Node = store.Compare{Property: vocab.Identity, Op: store.Eq, Values: []any{id}}
		counts.Link = store.Compare{Property: named(vocab.LinkProperties, statement.KeyRole), Op: store.Eq, Values: []any{termRoles[term]}}
	}
	return counts
}

// term is what was read of one term.
type term struct {
	certain, possible []*store.Result
	span              tally.Range
}

// terms sorts the tallies of a page by what they count.
func (f *flows) terms(page *store.Page) (all [countTerms]term) {
	for i := range all {
		of := map[string]*store.Result{}
		for j := range page.Rows {
			r := &page.Rows[j]
			if v := r.Row.Values; v.Get(keyCount) != nil && v.Text(keyMetric) == termMetrics[i] && f.inTime(i, isFlow(i)).Holds(v.Get(keyDate)) {
				of[r.Row.ID] = r
			}
		}
		all[i] = f.term(i, of)
	}
	return all
}

// term reckons with the tallies of one term.
func (f *flows) term(i int, of map[string]*store.Result) (t term) {
	var spans []tally.Range
	var flows []tally.Flow
	for _, id := range slices.Sorted(maps.Keys(of)) {
		r := of[id]
		if slices.ContainsFunc(rowOf(r).page(f.partOf).Rows, func(whole store.Result) bool { return of[whole.Row.ID] != nil }) {
			continue
		}
		flow := tally.Flow{Range: rangeOf(r.Row), Possible: !f.inTime(i, false).Holds(r.Row.Values.Get(keyDate))}
		for _, event := range rowOf(r).page(f.events).Rows {
			flow.Events = append(flow.Events, event.Row.ID)
		}
		spans, flows = append(spans, flow.Range), append(flows, flow)
		if flow.Possible {
			t.possible = append(t.possible, r)
		} else {
			t.certain = append(t.certain, r)
		}
	}
	if isFlow(i) {
		t.span = tally.Total(flows)
	} else {
		t.span = tally.Widest(spans)
	}
	return t
}

func (t term) missing() bool { return len(t.certain)+len(t.possible) == 0 }

// expected gives how many are held afterwards by what was counted before and in between.
func expected(all [countTerms]term) tally.Range {
	if all[heldBefore].missing() || all[wereReleased].missing() || all[wereArrested].missing() {
		return tally.Range{}
	}
	return tally.Sum(tally.Difference(all[heldBefore].span, all[wereReleased].span), all[wereArrested].span)
}

// field compiles a field of StockAndFlow.
func (f *flows) field(c *compiler) func(at *path, got collected) (writes[[countTerms]term], error) {
	type terms = [countTerms]term
	return func(at *path, got collected) (writes[terms], error) {
		switch got.name() {
		case "expected":
			return countRange(c, at, got, expected)
		case "gap":
			return countRange(c, at, got, func(all terms) tally.Range { return tally.Difference(all[heldAfter].span, expected(all)) })
		case "missing":
			return func(b []byte, _ *writer, all terms) ([]byte, bool) {
				missing := []string{}
				for i, t := range all {
					if t.missing() {
						missing = append(missing, termNames[i])
					}
				}
				return appendScalar(b, missing)
			}, nil
		}
		o, err := build(c, at, got, func(at *path, got collected) (writes[term], error) {
			if got.name() == "range" {
				return countRange(c, at, got, func(t term) tally.Range { return t.span })
			}
			s, err := c.rowShape(at, f.rows, got)
			return func(b []byte, w *writer, t term) ([]byte, bool) {
				list := t.certain
				if got.name() == "possible" {
					list = t.possible
				}
				return appendEach(b, w, list, func(b []byte, w *writer, r *store.Result) ([]byte, bool) { return s.append(b, w, rowOf(r)) }), true
			}, err
		})
		i := slices.Index(termFields[:], got.name())
		return func(b []byte, w *writer, all terms) ([]byte, bool) { return o.append(b, w, all[i]) }, err
	}
}
