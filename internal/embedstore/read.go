package embedstore

import (
	"context"
	"fmt"
	"iter"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Read implements store.Store.
func (s *Store) Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error) {
	if err := checkView(view); err != nil {
		return nil, err
	}
	if err := store.Check(selections); err != nil {
		return nil, err
	}
	snap, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer snap.release()
	r := &reader{ended: ctx.Err, view: view, graph: snap.graph, tx: snap.tx, budget: budget}
	selections = r.renamed(selections)
	pages := make([]store.Page, len(selections))
	for i := range selections {
		pages[i] = r.page(&store.Nested{Selection: selections[i]}, r.roots(&selections[i]))
	}
	if r.err != nil {
		return nil, r.err
	}
	return pages, nil
}

// renamed gives the selections with entities in place of their former ids.
func (r *reader) renamed(selections []store.Selection) []store.Selection {
	former := r.graph.former[r.view]
	asked, compared := store.Named(selections)
	for _, id := range append(asked, compared...) {
		if former[id] != "" {
			return store.Renamed(selections, former)
		}
	}
	return selections
}

func checkView(view store.View) error {
	if int(view) >= len(statement.Views) {
		return fmt.Errorf("%w: there is no view %d", store.ErrInvalid, view)
	}
	return nil
}

// reader is one read. After its first error it does nothing more, and what it gives
// means nothing.
type reader struct {
	ended  func() error // the error of the context, once that has ended
	view   store.View
	graph  *graph
	tx     *bolt.Tx
	budget int // how many more rows the pages may hold
	looked int // how many rows were looked at
	err    error
}

// item is a row that is considered for a page.
type item struct {
	row  *store.Row
	node *node // of an entity
	link *link // in a relation's rows, the link
	keys []any // the sort keys of the selection's order
}

func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// stopped counts a row that is looked at, and reports whether to go on is useless.
func (r *reader) stopped() bool {
	r.looked++
	if r.looked%256 == 0 && r.err == nil {
		r.err = r.ended()
	}
	return r.err != nil
}

// page filters, orders and cuts what was found, and fetches what is nested in it.
func (r *reader) page(n *store.Nested, found iter.Seq[item]) store.Page {
	items := r.filtered(n, found)
	if n.IDs == nil || len(n.Order) > 0 {
		r.sort(n.Order, items)
	}
	var page store.Page
	if n.Total {
		page.Total = len(items)
	}
	from, to := cut(&n.Selection, items)
	if n.Ends {
		page.HasPrevious, page.HasNext = from > 0, to < len(items)
	}
	if r.budget -= to - from; r.budget < 0 {
		r.fail(store.ErrTooExpensive)
	}
	if r.err != nil {
		return store.Page{}
	}
	page.Rows = make([]store.Result, 0, to-from)
	for _, it := range items[from:to] {
		if r.err != nil {
			break
		}
		page.Rows = append(page.Rows, r.result(n, it))
	}
	return page
}

// filtered keeps the rows of the selection's types that its filters allow.
func (r *reader) filtered(n *store.Nested, found iter.Seq[item]) []item {
	var kept []item
	for it := range found {
		if r.stopped() {
			return nil
		}
		if !among(n.Types, it.row.Type) || !r.holds(n.Where, it) {
			continue
		}
		if it.link != nil && !r.holds(n.LinkWhere, item{row: it.link.rows[r.view]}) {
			continue
		}
		kept = append(kept, it)
	}
	return kept
}

// result makes the result of a row, with what is nested in it.
func (r *reader) result(n *store.Nested, it item) store.Result {
	result := store.Result{Row: it.row, Keys: it.keys, Nested: r.nested(n.Nested, it)}
	if it.node != nil {
		result.Version = it.node.versions[r.view]
	}
	if it.link != nil {
		result.Link = it.link.rows[r.view]
		result.LinkNested = r.nested(n.LinkNested, item{row: result.Link})
	}
	return result
}

// among reports whether a list that means all when it is empty has the name.
func among(list []string, name string) bool { return len(list) == 0 || slices.Contains(list, name) }
