package embedstore

import (
	"iter"
	"slices"
	"sort"

	"github.com/vinculo/vinculo/internal/store"
)

// found is what a selection is about before it is filtered and cut. Either all is in
// order and can be had by number, or some is found and is to be put in order.
type found struct {
	ordered bool
	n       int
	at      func(i int) item
	some    iter.Seq[item]
	most    int  // how many some is at the most; 0: nobody knows
	asFound bool // some is in order already

	statements bool // all statements, by id: none of the above
}

// page filters, orders and cuts what was found, and fetches what is nested in it.
func (r *reader) page(n *store.Nested, f found) store.Page {
	var page store.Page
	page.Groups = r.groups(n, f)
	items := r.cut(n, f, &page)
	if !n.Total {
		page.Total = 0
	}
	if !n.Ends {
		page.HasPrevious, page.HasNext = false, false
	}
	if r.budget -= len(items); r.budget < 0 {
		r.fail(store.ErrTooExpensive)
	}
	if r.err != nil {
		return store.Page{}
	}
	page.Rows = make([]store.Result, 0, len(items))
	for _, it := range items {
		if r.err != nil {
			break
		}
		page.Rows = append(page.Rows, r.result(n, it))
	}
	return page
}

// cut gives the page's rows.
func (r *reader) cut(n *store.Nested, f found, page *store.Page) []item {
	switch {
	case n.Page.First == 0 && !n.Total && !n.Ends:
		return nil
	case f.statements:
		return r.statementPage(n, page)
	case f.ordered && !r.narrows(n):
		return r.cutOrdered(n, f, page)
	case f.ordered && !n.Total:
		return r.search(n, f, page)
	}
	return r.cutFiltered(n, f, page)
}

// narrows reports whether the selection has filters that do not always hold.
func (r *reader) narrows(n *store.Nested) bool { return !empty(n.Where) || !empty(n.LinkWhere) }

func empty(f store.Filter) bool {
	all, ok := f.(store.All)
	return f == nil || ok && len(all) == 0
}

// keyed gives an item its sort keys.
func (r *reader) keyed(order []store.Order, it item) item {
	if len(order) > 0 {
		it.keys = make([]any, len(order))
		r.fillKeys(order, &it)
	}
	return it
}

// bounds gives the part of n ordered items that lies after After and before Before.
func bounds(s *store.Selection, n int, at func(int) item) (from, to int) {
	to = n
	if p := s.Page.After; p != nil {
		from = sort.Search(n, func(i int) bool { return compareToPosition(s.Order, at(i), p) > 0 })
	}
	if p := s.Page.Before; p != nil {
		to = sort.Search(n, func(i int) bool { return compareToPosition(s.Order, at(i), p) >= 0 })
	}
	return from, to
}

// cut gives the page among n ordered items. Without rows it stands right after After
// or, backward, right before Before.
func cut(s *store.Selection, n int, at func(int) item) (from, to int) {
	from, to = bounds(s, n, at)
	if s.Page.Backward {
		return max(min(from, to), to-s.Page.First), to
	}
	to = max(from, to)
	return from, from + min(to-from, s.Page.First)
}

// cutOrdered is the page of all that was found.
func (r *reader) cutOrdered(n *store.Nested, f found, page *store.Page) []item {
	at := func(i int) item { return r.keyed(n.Order, f.at(i)) }
	from, to := cut(&n.Selection, f.n, at)
	page.Total, page.HasPrevious, page.HasNext = f.n, from > 0, to < f.n
	if to-from > r.budget {
		r.fail(store.ErrTooExpensive)
		return nil
	}
	items := make([]item, 0, to-from)
	for i := from; i < to; i++ {
		items = append(items, at(i))
	}
	return items
}

// cutFiltered is the page of what the filters leave, all of which is looked at.
func (r *reader) cutFiltered(n *store.Nested, f found, page *store.Page) []item {
	items := make([]item, 0, f.most)
	take := func(it item) bool {
		if r.stopped() {
			return false
		}
		if r.allowed(n, it) {
			items = append(items, it)
		}
		return true
	}
	at := func(i int) item { return items[i] }
	if f.ordered {
		for i := 0; i < f.n && take(f.at(i)); i++ {
		}
		at = func(i int) item { return r.keyed(n.Order, items[i]) }
	} else {
		f.some(take)
		if !f.asFound {
			if r.fillAll(n.Order, items); r.err != nil {
				return nil
			}
			if n.Page.After == nil && n.Page.Before == nil && !n.Page.Backward {
				page.Total, page.HasNext = len(items), n.Page.First < len(items)
				return firsts(n.Order, items, n.Page.First)
			}
			arrange(n.Order, items)
		}
	}
	if r.err != nil {
		return nil
	}
	from, to := cut(&n.Selection, len(items), at)
	page.Total, page.HasPrevious, page.HasNext = len(items), from > 0, to < len(items)
	for i := from; i < to; i++ {
		items[i] = at(i)
	}
	return items[from:to]
}

// search is the page of what the filters leave, if no total is wanted: it looks no
// further than it must.
func (r *reader) search(n *store.Nested, f found, page *store.Page) []item {
	from, to := bounds(&n.Selection, f.n, func(i int) item { return r.keyed(n.Order, f.at(i)) })
	next := func(i, end, step int) int { // the first from i on that the filters allow
		for ; i != end; i += step {
			if r.stopped() {
				return end
			}
			if r.allowed(n, f.at(i)) {
				return i
			}
		}
		return end
	}
	var places []int
	first, last, step := from, max(from, to), 1
	if n.Page.Backward {
		first, last, step = to-1, min(from, to)-1, -1
	}
	edge := first
	for len(places) < min(n.Page.First, r.budget+1) { // one too many is enough to refuse
		i := next(edge, last, step)
		if i == last {
			edge = last
			break
		}
		places = append(places, i)
		edge = i + step
	}
	if n.Ends {
		before, behind := from-1, edge
		if n.Page.Backward {
			before, behind = edge, to
		}
		page.HasPrevious, page.HasNext = next(before, -1, -1) >= 0, next(behind, f.n, 1) < f.n
	}
	items := make([]item, 0, len(places))
	for _, i := range places {
		items = append(items, r.keyed(n.Order, f.at(i)))
	}
	if n.Page.Backward {
		slices.Reverse(items)
	}
	return items
}
