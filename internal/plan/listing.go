package plan

import (
	"maps"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Page sizes.
const (
	defaultPage = 25
	maxPage     = 100
)

// listing is what a connection field lists, before its arguments are read.
type listing struct {
	identity string       // whose cursors are alike: Query.people, MEMBER_OF.members
	rows     store.Nested // where the rows are found
	about    about        // what `where` and `orderBy` speak of
	linked   bool         // `where` is {node, link}: rows are links
	links    bool         // and the nodes are the links themselves
}

// list reads the arguments of a connection field and gives the rows that it needs,
// with their place in the cell, and the mark of its cursors.
func (c *compiler) list(at *path, in *cell, got collected, l listing) (child int, r *rows, m mark, err error) {
	if err = c.selection(at, 1); err != nil {
		return 0, nil, m, err
	}
	args, err := c.arguments(at, got.fields[0])
	if err != nil {
		return 0, nil, m, err
	}
	if len(fieldsOf(args["where"])) == 0 {
		delete(args, "where") // says nothing: the same question as without it
	}
	if orders, ok := args["orderBy"].([]any); ok && len(orders) == 0 {
		delete(args, "orderBy")
	}
	n, m, day, err := c.listed(at, args, l)
	if err != nil {
		return 0, nil, m, err
	}
	child, r = in.child(at, string(canonical([]byte(l.identity), args)), n)
	r.cell.asOf = day
	return child, r, m, nil
}

// listed gives the selection that the arguments of a listing ask for, the mark of
// its cursors, and the day that it asks about.
func (c *compiler) listed(at *path, args map[string]any, l listing) (n store.Nested, m mark, day string, err error) {
	n = l.rows
	if err := momentIn(at, args); err != nil {
		return n, m, "", err
	}
	if n.Page, err = c.page(at, args); err != nil {
		return n, m, "", err
	}
	if day, err = c.asOf(at, l, args["asOf"], &n); err != nil {
		return n, m, "", err
	}
	if n.Order, err = c.orders(at, l.about, args["orderBy"], day != ""); err != nil {
		return n, m, "", err
	}
	if err = c.where(at, l, args, day != "", &n); err != nil {
		return n, m, "", err
	}
	m = markOf(l.identity, canonical(nil, without(args, "first", "after", "last", "before")), c.req.View)
	for _, p := range [...]struct {
		name string
		into **store.Position
	}{{"after", &n.Page.After}, {"before", &n.Page.Before}} {
		cursor, given := args[p.name].(string)
		if !given {
			continue
		}
		if *p.into, err = position(cursor, m, n.Order, l.linked); err != nil {
			return n, m, "", badInput(at, p.name, "%v", err)
		}
	}
	return n, m, day, nil
}

// without gives the arguments but for some.
func without(args map[string]any, names ...string) map[string]any {
	rest := maps.Clone(args)
	for _, name := range names {
		delete(rest, name)
	}
	return rest
}

// page reads first and last.
func (c *compiler) page(at *path, args map[string]any) (store.PageOf, error) {
	first, hasFirst := args["first"].(int64)
	last, hasLast := args["last"].(int64)
	p := store.PageOf{First: defaultPage}
	name, size := "first", first
	switch {
	case hasFirst && hasLast:
		return p, badInput(at, "last", "only one of first and last can be given")
	case hasLast:
		p.Backward, name, size = true, "last", last
	case !hasFirst:
		return p, nil
	}
	if size < 0 || size > maxPage {
		return p, badInput(at, name, "%d is not between 0 and %d", size, maxPage)
	}
	p.First = int(size)
	return p, nil
}

// where reads the filter of a listing. Statements are those in force, at the moment
// that it asks about or, unless it mentions whether they are, now.
func (c *compiler) where(at *path, l listing, args map[string]any, asOf bool, n *store.Nested) (err error) {
	f := filters{c, at, asOf}
	value := args["where"]
	fields := fieldsOf(value)
	var own, link store.Filter
	if l.linked {
		own, link, err = f.ends(l.about.typ, fields, "where")
	} else {
		own, err = f.filter(l.about, fields, "where")
		own = orNil(own)
	}
	if err != nil {
		return err
	}
	if moment, given := args[argKnownAt].(string); given {
		own = both(inForceAt(moment), own)
	} else if l.about.kind == aboutStatements && !mentions(value, statement.KeyRetracted) {
		own = both(inForce, own)
	}
	n.Where, n.LinkWhere = both(n.Where, own), both(n.LinkWhere, link)
	return nil
}

// inForce holds for statements that have not been retracted.
var inForce store.Filter = store.Compare{
	Property: named(vocab.StatementProperties, statement.KeyRetracted), Op: store.Ne, Values: []any{true},
}

// both gives the filter that holds where both do; nil always holds.
func both(a, b store.Filter) store.Filter {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return with(with(nil, a), b)
}
