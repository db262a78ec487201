package plan

import (
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// namedRows writes rows that a value names: one by its id (string), all of a list or none
// ([]string), or those of a list that there are (present). Rows may be gone by the
// time they are read.
type namedRows struct {
	child int
	rows  *rows
	shape *shape
	found map[string]*store.Result // once they are written

	met  map[string]*store.Row // links whose rows hold all that is asked for, so that they are not read; nil: they are
	typ  string                // of entities of which only the id is asked: any that they may have
	told *rows                 // of the root
}

// present is a list of ids, of which those that are gone are left out.
type present []string

// named compiles a field that is a row, or a list of them.
func (c *compiler) named(at *path, in *cell, got collected) (*namedRows, error) {
	if err := c.selection(at, 1); err != nil {
		return nil, err
	}
	of := store.Entities
	switch got.def().Type.Name() {
	case linkType:
		of = store.LinkRows
	case statement.StatementType:
		of = store.StatementRows
	}
	n := &namedRows{child: len(in.nested), rows: newRows(at, store.Nested{Selection: store.Selection{Of: of, IDs: []string{}}})}
	n.rows.wanted, n.rows.cell.asOf = true, in.asOf
	in.nested = append(in.nested, n.rows)
	var err error
	possible := c.words.possible(of, got)
	n.shape, err = c.shapeOf(at, &n.rows.cell, possible, got.fields)
	if _, plain := onlyIDs(got.fields); in.told != nil && n.rows.cell.wantsNothing() && (of == store.LinkRows || plain) {
		n.met, n.typ, n.told = c.met, possible[0].Name, in.told
	}
	return n, err
}

// told starts the reading of entities that an answer tells of without their rows: for the
// audit, which the reader of the full view sees to.
func told(at *path) *rows {
	r := newRows(at, store.Nested{Selection: store.Selection{IDs: []string{}}})
	r.wanted = true
	return r
}

// tell has the audit told of entities that are written, or linked by what is.
func (n *namedRows) tell(ids []string) {
	for _, id := range ids {
		if link := n.met[id]; link != nil {
			n.told.IDs = append(n.told.IDs, link.From, link.To)
		} else {
			n.told.IDs = append(n.told.IDs, id)
		}
	}
}

// meets remembers the rows of links that a walk has met. What the view had a moment ago
// need not be read again to write an id, or what links are by themselves.
func (c *compiler) meets(links []store.Row) {
	for i := range links {
		c.met[links[i].ID] = &links[i]
	}
}

// read has the rows read that the value names.
func (n *namedRows) read(data any) {
	switch d := data.(type) {
	case string:
		n.name(d)
	case []string:
		n.name(d...)
	case present:
		n.name(d...)
	}
}

func (n *namedRows) name(ids ...string) {
	if n.met == nil {
		n.rows.IDs = append(n.rows.IDs, ids...)
	} else {
		n.tell(ids)
	}
}

// settled ends the naming of rows.
func (r *rows) settled() {
	slices.Sort(r.IDs)
	r.IDs = slices.Compact(r.IDs)
	r.Page.First = len(r.IDs)
}

// find makes the rows known that have been read.
func (n *namedRows) find(it item) {
	if n.found != nil {
		return
	}
	p := it.page(n.child)
	n.found = make(map[string]*store.Result, len(p.Rows))
	for i := range p.Rows {
		n.found[p.Rows[i].Row.ID] = &p.Rows[i]
	}
}

func (n *namedRows) append(b []byte, w *writer, it item, data any) ([]byte, bool) {
	n.find(it)
	switch d := data.(type) {
	case string:
		return n.row(b, w, d)
	case []string:
		b = append(b, '[')
		for i, id := range d {
			var ok bool
			if b, ok = n.row(comma(b, i), w, id); !ok {
				return b, false
			}
		}
		return append(b, ']'), true
	case present:
		l := openList(b)
		for _, id := range d {
			l.item(func(b []byte) ([]byte, bool) { return n.row(b, w, id) })
		}
		return l.close(), true
	}
	return b, false
}

func (n *namedRows) row(b []byte, w *writer, id string) ([]byte, bool) {
	if n.met != nil {
		row := n.met[id]
		if n.rows.cell.of == store.Entities {
			row = &store.Row{ID: id, Type: n.typ}
		}
		return n.shape.append(b, w, item{row: row})
	}
	r := n.found[id]
	if r == nil {
		return b, false
	}
	return n.shape.append(b, w, rowOf(r))
}
