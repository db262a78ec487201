package embedstore

import (
	"cmp"
	"slices"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// most gives how many candidates are worth more than going through all rows of the
// types.
func (r *reader) most(types []string) int {
	all := 0
	for typ, l := range r.graph.byType {
		if among(types, typ.String()) {
			all += l.counts[statement.FullView]
		}
	}
	return max(few, all/4)
}

// candidates gives entities among which are all of the types that fulfil a filter,
// each once, and at most so many, and what of the filter is left to be looked at; false
// if the filter leads to no such set. It starts from what is found by a value, and goes
// back over the links that lead there.
func (r *reader) candidates(f store.Filter, types []string, most int) (nodes []*node, rest store.Filter, ok bool) {
	switch f := f.(type) {
	case store.All:
		return r.fewest(f, types, most)
	case store.Any:
		nodes, ok = r.together(f, types, most)
		return nodes, f, ok
	case store.Compare:
		nodes, ok = r.withValue(f, types, most)
		return nodes, f, ok
	case store.Linked:
		return r.leadingTo(&f, most)
	}
	return nil, f, false
}

// fewest gives the smallest of the sets that filters lead to of which all must hold.
func (r *reader) fewest(filters store.All, types []string, most int) (best []*node, rest store.Filter, found bool) {
	left := slices.Clone(filters)
	at := 0
	for i, f := range filters {
		if nodes, of, ok := r.candidates(f, types, most); ok {
			left[at] = filters[at] // which led to a larger set, and is to be looked at after all
			left[i], at = of, i
			best, found, most = nodes, true, len(nodes)
		}
	}
	return best, slices.DeleteFunc(left, func(f store.Filter) bool { return f == nil }), found
}

// together joins the sets that filters lead to of which one must hold.
func (r *reader) together(filters []store.Filter, types []string, most int) ([]*node, bool) {
	var all []*node
	for _, f := range filters {
		nodes, _, ok := r.candidates(f, types, most-len(all))
		if !ok {
			return nil, false
		}
		all = append(all, nodes...)
	}
	return once(all), true
}

func once(nodes []*node) []*node {
	slices.SortFunc(nodes, byName[*node])
	return slices.Compact(nodes)
}

// withValue gives the entities that an ordering finds by a value, by its beginning, or
// by what it is between.
func (r *reader) withValue(f store.Compare, types []string, most int) ([]*node, bool) {
	if ids, ok := wantedValues(f, vocab.Identity.Name); ok {
		var all []*node
		for _, id := range ids {
			if n := r.graph.nodes.get(id); n != nil {
				all = append(all, n)
			}
		}
		return all, len(all) <= most
	}
	if f.Property.Name == vocab.Identity.Name || f.Property.Name == vocab.RowType.Name || !findable[f.Op] {
		return nil, false
	}
	var all []*node
	for typ := range r.graph.byType {
		if !among(types, typ.String()) {
			continue
		}
		switch p := vocab.TypeOf(typ.String()).Property(f.Property.Name); {
		case p == nil: // null in all of them
		case !p.Sorted || p.Value != f.Property.Value:
			return nil, false
		default:
			ranges, ok := rangesOf(&f, p)
			if !ok {
				return nil, false
			}
			o := r.graph.ordered(r.view, typ, p)
			for _, keys := range ranges {
				nodes := o.between(keys[0], keys[1])
				if len(all)+len(nodes) > most {
					return nil, false
				}
				all = append(all, nodes...)
			}
		}
	}
	if len(f.Values) > 1 { // which can be alike
		all = once(all)
	}
	return all, true
}

// rangesOf gives the sort keys, from and to, between which are those of all values
// that fulfil a findable comparison; false if it leads to none that are worth it.
func rangesOf(f *store.Compare, p *vocab.Property) (ranges [][2]any, ok bool) {
	switch f.Op {
	case store.Eq, store.In:
		for _, v := range f.Values {
			if key := store.SortKey(p, v); key != nil {
				ranges = append(ranges, [2]any{key, key})
			}
		}
		return ranges, true
	case store.StartsWith:
		text, _ := f.Values[0].(string)
		const most = 200 // bytes: sort keys are cut
		fold := match.Fold(text)
		return [][2]any{{fold, fold + afterAll}}, fold != "" && len(fold) <= most && p.Value == vocab.Text
	}
	from, below := f.DateKeys()
	return [][2]any{{from, cmp.Or(below, afterAll)}}, !f.Date.IsZero() && from+below != ""
}

// findable are the comparisons that hold of values within ranges of sort keys, and
// never of null.
var findable = map[store.Op]bool{
	store.Eq: true, store.In: true, store.StartsWith: true, store.On: true, store.Before: true, store.After: true, store.Overlaps: true,
}

// afterAll comes after all texts.
const afterAll = "\xff"

// leadingTo gives the entities that have a link to one that fulfils the filter on
// what a link leads to, if the filter wants such a link at all.
func (r *reader) leadingTo(f *store.Linked, most int) (all []*node, rest store.Filter, ok bool) {
	if f.Quantifier != store.Some && (f.Quantifier != store.Number || f.Op.Orders(cmp.Compare(0, f.Number))) {
		return nil, nil, false
	}
	ends, left, ok := r.candidates(f.Node, f.Step.Types, most)
	if !ok {
		return nil, nil, false
	}
	if f.Quantifier == store.Number { // of links that are not all here
		rest = *f
	}
	back := store.Step{Relations: f.Step.Relations, Out: f.Step.In, In: f.Step.Out}
	for _, end := range ends {
		if !end.flags.shows(r.view) || !among(f.Step.Types, end.typ.String()) || !r.holds(left, r.entity(end)) {
			continue
		}
		for it := range r.over(end, &back) {
			if f.Link != nil && !r.holds(f.Link, r.relation(it.link)) {
				continue
			}
			if all = append(all, it.node); len(all) > most {
				return nil, nil, false
			}
		}
	}
	return once(all), rest, r.err == nil
}
