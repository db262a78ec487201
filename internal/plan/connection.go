package plan

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// connection writes a page of rows.
type connection struct {
	child  int
	fields []pageField
	cursors
	cut *store.PageOf // of what is read whole: a fact's statements, a snapshot's links
}

// cursors says how the rows of a connection are pointed at.
type cursors struct {
	mark   mark
	linked bool // rows are links: their ids are a part of the place
}

func (c cursors) append(b []byte, r *store.Result) []byte {
	link := ""
	if c.linked && r.Link != nil {
		link = r.Link.ID
	}
	return append(appendCursor(append(b, '"'), c.mark, r.Keys, r.Row.ID, link), '"')
}

// What stands under a connection, an edge and a pageInfo.
type part uint8

const (
	partTypename part = iota
	partTotal
	partNodes
	partEdges
	partInfo
	partCursor
	partNode
	partLink
	partHasNext
	partHasPrevious
	partStart
	partEnd
	partMade
)

type pageField struct {
	key    string
	part   part
	text   string      // of __typename
	links  bool        // of nodes and node: the row's link is meant
	shape  *shape      // of nodes, node and link
	fields []pageField // of edges and pageInfo
	made   writes[*store.Page]
}

// connection compiles a connection field of the cell.
func (c *compiler) connection(at *path, in *cell, got collected, l listing) (value, error) {
	child, r, m, err := c.list(at, in, got, l)
	if err != nil {
		return nil, err
	}
	p := &paging{c: c, rows: r, in: &r.cell, typ: vocab.AnyEntity}
	switch {
	case l.about.kind == aboutStatements:
		p.typ = vocab.OfStatements
	case l.about.typ != nil:
		p.typ = l.about.typ.Name
	}
	if l.links {
		p.in, p.links = &r.link, true
	}
	v := &connection{child: child, cursors: cursors{m, l.linked}}
	v.fields, err = p.fields(at, c.typeOf(got), got.fields)
	return v, err
}

// paging compiles what is asked of a page of rows.
type paging struct {
	c     *compiler
	rows  *rows  // the page
	in    *cell  // what its nodes are
	links bool   // they are the links of its rows
	typ   string // of its nodes, vocab.AnyEntity or vocab.OfStatements; "": they are put together here, and cannot be divided

	made func(at *path, got collected) (value, error) // compiles a field of nodes that are no rows of a cell
}

func (p *paging) fields(at *path, def *ast.Definition, from []*ast.Field) ([]pageField, error) {
	found, err := p.c.collect(at, from, def)
	if err != nil {
		return nil, err
	}
	fields := make([]pageField, len(found))
	for i, got := range found {
		below, err := p.c.deeper(at, got.key)
		if err != nil {
			return nil, err
		}
		fields[i].key = quoted(got.key)
		if err := p.field(below, def, got, &fields[i]); err != nil {
			return nil, err
		}
	}
	return fields, nil
}

func (p *paging) field(at *path, def *ast.Definition, got collected, f *pageField) (err error) {
	f.links = p.links
	switch got.name() {
	case "__typename":
		f.part, f.text = partTypename, string(appendString(nil, def.Name))
	case "totalCount":
		f.part, p.rows.Total = partTotal, true
	case "pageInfo":
		f.part, p.rows.wanted = partInfo, true
		f.fields, err = p.fields(at, p.c.typeOf(got), got.fields)
	case "edges":
		f.part, p.rows.wanted = partEdges, true
		f.fields, err = p.fields(at, p.c.typeOf(got), got.fields)
	case "nodes":
		f.part, p.rows.wanted = partNodes, true
		f.shape, err = p.node(at, got)
	case "node":
		f.part = partNode
		f.shape, err = p.node(at, got)
	case "link":
		f.part, f.links = partLink, true
		f.shape, err = p.c.shapeOf(at, &p.rows.link, p.c.words.possible(store.LinkRows, got), got.fields)
	case "cursor":
		f.part = partCursor
	case "hasNextPage":
		f.part, p.rows.Ends = partHasNext, true
	case "hasPreviousPage":
		f.part, p.rows.Ends = partHasPrevious, true
	case "startCursor":
		f.part = partStart
	case "endCursor":
		f.part = partEnd
	case "byOrganization":
		f.part = partMade
		f.made, err = p.c.byOrganization(at, p.rows, got)
	case "breakdown", "timeline":
		f.part = partMade
		f.made, err = p.divide(at, got)
	default:
		err = unknownField(at)
	}
	return err
}

func (p *paging) node(at *path, got collected) (*shape, error) {
	if p.made != nil {
		o, err := p.c.made(at, got, p.made)
		return &shape{only: o}, err
	}
	return p.c.shapeOf(at, p.in, p.c.words.possible(p.in.of, got), got.fields)
}

func (v *connection) append(b []byte, w *writer, it item) ([]byte, bool) {
	return v.page(b, w, it.page(v.child)), true
}

func (v *connection) page(b []byte, w *writer, p *store.Page) []byte {
	b = append(b, '{')
	for i := range v.fields {
		f := &v.fields[i]
		b = append(comma(b, i), f.key...)
		switch f.part {
		case partTypename:
			b = append(b, f.text...)
		case partTotal:
			b = strconv.AppendInt(b, int64(p.Total), 10)
		case partInfo:
			b = v.info(b, f.fields, p)
		case partNodes:
			b = v.rows(b, w, p, f)
		case partEdges:
			b = v.edges(b, w, p, f.fields)
		case partMade:
			b, _ = f.made(b, w, p)
		}
	}
	return append(b, '}')
}

// rows writes nodes. A row without something that the schema promises is left out:
// it was gone before that was read.
func (v *connection) rows(b []byte, w *writer, p *store.Page, f *pageField) []byte {
	l := openList(b)
	for i := range p.Rows {
		l.item(func(b []byte) ([]byte, bool) { return f.append(b, w, &p.Rows[i]) })
	}
	return l.close()
}

// append writes the node, or the link, of a row.
func (f *pageField) append(b []byte, w *writer, r *store.Result) ([]byte, bool) {
	if !f.links {
		return f.shape.append(b, w, rowOf(r))
	}
	if r.Link == nil {
		return b, false
	}
	return f.shape.append(b, w, linkOf(r))
}

func (v *connection) edges(b []byte, w *writer, p *store.Page, fields []pageField) []byte {
	l := openList(b)
	for i := range p.Rows {
		l.item(func(b []byte) ([]byte, bool) { return v.edge(b, w, &p.Rows[i], fields) })
	}
	return l.close()
}

func (v *connection) edge(b []byte, w *writer, r *store.Result, fields []pageField) ([]byte, bool) {
	b = append(b, '{')
	for i := range fields {
		f := &fields[i]
		b = append(comma(b, i), f.key...)
		switch f.part {
		case partTypename:
			b = append(b, f.text...)
		case partCursor:
			b = v.cursors.append(b, r)
		case partNode, partLink:
			var ok bool
			if b, ok = f.append(b, w, r); !ok {
				return b, false
			}
		}
	}
	return append(b, '}'), true
}

func (v *connection) info(b []byte, fields []pageField, p *store.Page) []byte {
	b = append(b, '{')
	for i := range fields {
		f := &fields[i]
		b = append(comma(b, i), f.key...)
		switch {
		case f.part == partTypename:
			b = append(b, f.text...)
		case f.part == partHasNext:
			b = strconv.AppendBool(b, p.HasNext)
		case f.part == partHasPrevious:
			b = strconv.AppendBool(b, p.HasPrevious)
		case len(p.Rows) == 0:
			b = append(b, "null"...)
		case f.part == partStart:
			b = v.cursors.append(b, &p.Rows[0])
		case f.part == partEnd:
			b = v.cursors.append(b, &p.Rows[len(p.Rows)-1])
		}
	}
	return append(b, '}')
}
