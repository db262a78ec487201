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
// each once, and at most so many; false if the filter leads to no such set. It starts
// from what is found by a value, and goes back over the links that lead there.
func (r *reader) candidates(f store.Filter, types []string, most int) ([]*node, bool) {
	switch f := f.(type) {
	case store.All:
		return r.fewest(f, types, most)
	case store.Any:
		return r.together(f, types, most)
	case store.Compare:
		return r.withValue(f, types, most)
	case store.Linked:
		return r.leadingTo(&f, most)
	}
	return nil, false
}

// fewest gives the smallest of the sets that filters lead to of which all must hold.
func (r *reader) fewest(filters []store.Filter, types []string, most int) (best []*node, found bool) {
	for _, f := range filters {
		if nodes, ok := r.candidates(f, types, most); ok {
			best, found, most = nodes, true, len(nodes)
		}
	}
	return best, found
}

// together joins the sets that filters lead to of which one must hold.
func (r *reader) together(filters []store.Filter, types []string, most int) ([]*node, bool) {
	var all []*node
	for _, f := range filters {
		nodes, ok := r.candidates(f, types, most-len(all))
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

// withValue gives the entities that an ordering finds by a value, or by its beginning.
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
	if f.Property.Name == vocab.RowType.Name || f.Op != store.Eq && f.Op != store.In && f.Op != store.StartsWith {
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
				if all = append(all, o.between(keys[0], keys[1])...); len(all) > most {
					return nil, false
				}
			}
		}
	}
	return once(all), true
}

// rangesOf gives the sort keys, from and to, between which are those of all values
// that fulfil a comparison: Eq, In or StartsWith.
func rangesOf(f *store.Compare, p *vocab.Property) ([][2]any, bool) {
	if f.Op == store.StartsWith {
		text, _ := f.Values[0].(string)
		const most = 200 // bytes: sort keys are cut
		fold := match.Fold(text)
		return [][2]any{{fold, fold + "\xff"}}, fold != "" && len(fold) <= most && p.Value == vocab.Text
	}
	var ranges [][2]any
	for _, v := range f.Values {
		if key := store.SortKey(p, v); key != nil {
			ranges = append(ranges, [2]any{key, key})
		}
	}
	return ranges, true
}

// leadingTo gives the entities that have a link to one that fulfils the filter on
// what a link leads to, if the filter wants such a link at all.
func (r *reader) leadingTo(f *store.Linked, most int) ([]*node, bool) {
	if f.Quantifier != store.Some && (f.Quantifier != store.Number || f.Op.Orders(cmp.Compare(0, f.Number))) {
		return nil, false
	}
	ends, ok := r.candidates(f.Node, f.Step.Types, most)
	if !ok {
		return nil, false
	}
	var all []*node
	for _, end := range ends {
		for it := range r.over(end, &store.Step{Relations: f.Step.Relations, Out: f.Step.In, In: f.Step.Out}) {
			if all = append(all, it.node); len(all) > most {
				return nil, false
			}
		}
	}
	return once(all), r.err == nil
}
