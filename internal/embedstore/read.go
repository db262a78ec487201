package embedstore

import (
	"context"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
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
	r := &reader{ended: ctx.Err, view: view, graph: snap.graph, tx: snap.tx, budget: budget, wants: map[*string]*wanted{}}
	selections = r.renamed(selections)
	pages := make([]store.Page, len(selections))
	for i := range selections {
		n := &store.Nested{Selection: selections[i]}
		pages[i] = r.page(n, r.roots(&n.Selection))
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
	wants  map[*string]*wanted // by the first of the keys
}

// item is a row that is considered for a page: a node's, at the end of a link in a
// relation's rows, a link's, or a statement's.
type item struct {
	id   string // "" of no row
	row  record
	view store.View // of the values that count
	node *node
	link *link
	keys []any // the sort keys of the selection's order
}

func (it *item) isLink() bool { return it.node == nil && it.link != nil }

func (it *item) typ() string {
	switch {
	case it.node != nil:
		return it.node.typ.String()
	case it.link != nil:
		return it.link.relation.String()
	}
	return statement.StatementType
}

// unlisted reports whether the item is a built-in entity.
func (it *item) unlisted() bool { return it.node != nil && it.node.flags.unlisted() }

// Keys of the ends of a link's row, which are no values.
const (
	fromKey = "from"
	toKey   = "to"
)

// get gives what the row says for a key, or nil.
func (it *item) get(key string) any {
	switch key {
	case vocab.Identity.Name:
		return it.id
	case vocab.RowType.Name:
		return it.typ()
	case fromKey, toKey:
		switch {
		case !it.isLink():
		case key == fromKey:
			return it.link.from.id
		default:
			return it.link.to.id
		}
	}
	return it.row.values(it.view).get(key)
}

// result makes the row, with the wanted values.
func (it *item) result(w *wanted) *store.Row {
	row := &store.Row{ID: it.id, Type: it.typ(), Unlisted: it.unlisted(), Values: it.row.values(it.view).wanted(w)}
	if it.isLink() {
		row.From, row.To = it.link.from.id, it.link.to.id
	}
	return row
}

// entity gives the item of a node that the view has.
func (r *reader) entity(n *node) item { return item{id: n.id, row: n.row, view: r.view, node: n} }

// relation gives the item of a link that the view has.
func (r *reader) relation(l *link) item { return item{id: l.id, row: l.row, view: r.view, link: l} }

// wanted prepares the keys of a selection.
func (r *reader) wanted(keys []string) *wanted {
	if len(keys) == 0 {
		return &nothingWanted
	}
	w := r.wants[&keys[0]]
	if w == nil {
		w = new(wants(keys))
		r.wants[&keys[0]] = w
	}
	return w
}

var nothingWanted = wants(nil)

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

// allowed reports whether the selection's types and filters allow the item.
func (r *reader) allowed(n *store.Nested, it item) bool {
	if !among(n.Types, it.typ()) || !r.holds(n.Where, it) {
		return false
	}
	return n.LinkWhere == nil || it.link == nil || r.holds(n.LinkWhere, r.relation(it.link))
}

// result makes the result of a row, with what is nested in it.
func (r *reader) result(n *store.Nested, it item) store.Result {
	result := store.Result{Row: it.result(r.wanted(n.Keys)), Keys: it.keys, Nested: r.nested(n.Nested, it)}
	if it.node == nil {
		return result
	}
	result.Version = it.node.versions[r.view]
	if it.link != nil {
		link := r.relation(it.link)
		result.Link = link.result(r.wanted(n.LinkKeys))
		result.LinkNested = r.nested(n.LinkNested, link)
	}
	return result
}

// among reports whether a list that means all when it is empty has the name.
func among(list []string, name string) bool { return len(list) == 0 || slices.Contains(list, name) }
