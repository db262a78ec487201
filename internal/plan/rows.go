package plan

import (
	"math"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// rows is a selection in the making: what is asked of it grows as more fields that
// need the same rows are compiled.
type rows struct {
	store.Nested      // without Keys, LinkKeys, Nested and LinkNested
	cell              // what is wanted of each row
	link         cell // and of its link, in the rows of a Step
	wanted       bool // rows are wanted, and not only their number
	divided      []*divided
	at           *path
}

// cell is what is wanted of one row: values, and rows that belong to it.
type cell struct {
	of     store.Collection
	asOf   string   // the day that is asked about; "": today
	keys   []string // sorted
	nested []*rows
	index  map[string]int // into nested, by what tells selections apart
	memo   []*memo
	logs   []logRequest // what is wanted of the row's log
	told   *rows        // of a root whose named rows a walk in the view has met: see namedRows; else nil
}

// wantsNothing reports whether all that is wanted of the row are its id, type and ends.
func (c *cell) wantsNothing() bool { return len(c.keys)+len(c.nested)+len(c.logs) == 0 }

// memo remembers how the fields were compiled that share one response key and one
// cell, so that a fragment used in several places is compiled once.
type memo struct {
	fields             []*ast.Field
	value              value
	selections, visits int    // what they cost after fragments are expanded
	height             int    // levels of fields
	counted            *shape // the place for which that was last counted
}

// newRows starts a selection of a collection.
func newRows(at *path, n store.Nested) *rows {
	return &rows{Nested: n, cell: cell{of: n.Of}, link: cell{of: store.LinkRows}, at: at}
}

// want asks for values of the row.
func (c *cell) want(keys ...string) {
	for _, key := range keys {
		if i, ok := slices.BinarySearch(c.keys, key); !ok {
			c.keys = slices.Insert(c.keys, i, key)
		}
	}
}

// child gives the rows of the cell known by key, made by n if there are none yet,
// and their place among the cell's.
func (c *cell) child(at *path, key string, n store.Nested) (int, *rows) {
	if i, ok := c.index[key]; ok {
		return i, c.nested[i]
	}
	if c.index == nil {
		c.index = map[string]int{}
	}
	i := len(c.nested)
	c.index[key] = i
	c.nested = append(c.nested, newRows(at, n))
	return i, c.nested[i]
}

// referredTypes are the types that values of statements name entities of. A source
// may state what is of another type: then there is none for whoever asks.
var referredTypes = map[string][]string{
	statement.KeySource: {vocab.SourceType}, statement.KeyClaimedBy: {vocab.Organization}, statement.KeyReportedBy: {vocab.Organization},
}

// reference gives the rows of a collection whose id is a value of the row.
func (c *cell) reference(at *path, key string, of store.Collection) (int, *rows) {
	i, r := c.child(at, "reference "+key, store.Nested{Refs: key, Selection: store.Selection{Of: of, Types: referredTypes[key], Page: store.PageOf{First: 1}}})
	r.wanted = true
	return i, r
}

// build gives the finished selection.
func (r *rows) build() store.Nested {
	n := r.Nested
	n.Keys, n.LinkKeys = r.keys, r.link.keys
	n.Nested, n.LinkNested = r.cell.build(), r.link.build()
	if !r.wanted {
		n.Page.First = 0
	}
	return n
}

func (c *cell) build() []store.Nested {
	if len(c.nested) == 0 {
		return nil
	}
	all := make([]store.Nested, len(c.nested))
	for i, r := range c.nested {
		all[i] = r.build()
	}
	return all
}

// widest names the place that may give the most rows, as far as page sizes tell.
func widest(roots []*root) (where *path, number int) {
	var visit func(c *cell, parents int)
	visit = func(c *cell, parents int) {
		for _, r := range c.nested {
			each := r.Page.First
			if each == store.Everything {
				each = defaultPage // unbounded ones are small: the statements about one thing
			}
			rows := 0
			if r.wanted && each > 0 {
				rows = min(parents, math.MaxInt32/each) * each
			}
			if where == nil || rows > number {
				where, number = r.at, rows
			}
			visit(&r.cell, rows)
			visit(&r.link, rows)
		}
	}
	for _, root := range roots {
		if root.err == nil {
			visit(&root.cell, 1)
		}
	}
	return where, number
}
