package plan

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// keyReverse is a value that the rows of a snapshot's links are given here.
const keyReverse = "reverse"

// snapshotLinks writes a page of the links that an entity was known to have. The
// statements of them are read whole, by either end; of both, what is nested is the
// same in the same places.
type snapshotLinks struct {
	ends [2]int // of the cell: the statements of links that start here, that end here
	*connection
}

// Where what is nested in a row of a snapshot's links stands: the statements of the
// link, then what was nested in one of them.
const (
	linkStatements = iota
	linkNested
)

// snapshotLinks compiles the links of a snapshot.
func (c *compiler) snapshotLinks(at *path, in *cell, got collected, s *snapshot) (value, error) {
	var own cell
	_, page, m, err := c.list(at, &own, got, listing{identity: "Snapshot.links " + s.moment, rows: store.Nested{Selection: store.Selection{Of: store.LinkRows}}})
	if err != nil {
		return nil, err
	}
	args, err := c.arguments(at, got.fields[0])
	if err != nil {
		return nil, err
	}
	where := both(inForceAt(s.moment), relationsIn(args))
	v := &snapshotLinks{connection: &connection{cursors: cursors{mark: m}, cut: &page.Page}}
	var ends [2]*rows
	for i, theirs := range [...]string{statement.KeySubject, statement.KeyEntity} {
		// Nobody else has these children, so that nothing else is nested in them first.
		v.ends[i], ends[i] = in.child(at, "known links "+strconv.Itoa(len(in.nested)), said(theirs, vocab.Identity.Name, where))
		ends[i].wanted = true
		ends[i].want(statement.KeyLink)
	}
	p := &paging{c: c, rows: page, made: func(at *path, got collected) (value, error) { return c.snapshotLinkField(at, ends, got) }}
	if v.fields, err = p.fields(at, c.typeOf(got), got.fields); err != nil {
		return nil, err
	}
	return v, s.weigh(c, at, v.ends[1], ends[1], false)
}

// relationsIn holds for statements of the relations that the arguments name, or of any.
func relationsIn(args map[string]any) store.Filter {
	if args["relation"] == nil {
		return store.Compare{Property: named(vocab.StatementProperties, statement.KeyEntity), Op: store.IsNull, Values: []any{false}}
	}
	return store.Compare{Property: named(vocab.StatementProperties, statement.KeyProperty), Op: store.In, Values: wantedNames(args["relation"], nil)}
}

// snapshotLinkField compiles a field of a snapshot's links.
func (c *compiler) snapshotLinkField(at *path, ends [2]*rows, got collected) (v value, err error) {
	switch got.name() {
	case "relation":
		return rowType{}, nil
	case "qualifiers":
		return c.qualifiers(at, &cell{}, got)
	case "entity":
		for i, far := range [...]string{statement.KeyEntity, statement.KeySubject} {
			child, r := ends[i].cell.child(at, "far end", store.Nested{Refs: far, Selection: store.Selection{Page: store.PageOf{First: 1}}})
			r.wanted = true
			s, err := c.shapeOf(at, &r.cell, c.words.possible(store.Entities, got), got.fields)
			if err != nil {
				return nil, err
			}
			v = one{linkNested + child, s}
		}
		return v, c.selection(at, len(ends))
	case "statements":
		for _, r := range ends {
			if v, err = c.factStatements(at, r, got); err != nil {
				return nil, err
			}
		}
		return linkStatementsPage{v.(*connection)}, nil
	}
	return leaf{key: got.name(), absent: absent(got.def().Type)}, nil
}

// linkStatementsPage writes the statements of a snapshot's link.
type linkStatementsPage struct{ *connection }

func (v linkStatementsPage) append(b []byte, w *writer, it item) ([]byte, bool) {
	return v.page(b, w, cut(resultsOf(it.page(linkStatements)), v.cut)), true
}

func resultsOf(p *store.Page) []*store.Result {
	list := make([]*store.Result, len(p.Rows))
	for i := range p.Rows {
		list[i] = &p.Rows[i]
	}
	return list
}

func (v *snapshotLinks) append(b []byte, w *writer, it item) ([]byte, bool) {
	statements := map[string][]store.Result{}
	for _, end := range v.ends {
		for _, r := range it.page(end).Rows {
			link := r.Row.Values.Text(statement.KeyLink)
			statements[link] = append(statements[link], r)
		}
	}
	var links []*store.Result
	for _, id := range slices.Sorted(maps.Keys(it.known.Links)) {
		list := statements[id]
		if len(list) == 0 {
			continue // of a relation that was not asked for
		}
		nested := append([]store.Page{{}}, list[0].Nested...)
		slices.SortFunc(list, func(a, b store.Result) int { return strings.Compare(a.Row.ID, b.Row.ID) })
		nested[linkStatements].Rows = list
		links = append(links, &store.Result{Row: seenFrom(it.row.ID, it.known.Links[id]), Nested: nested})
	}
	return v.page(b, w, cut(links, v.cut)), true
}

// seenFrom gives a link's row with which way it is read from an entity.
func seenFrom(id string, link *store.Row) *store.Row {
	row := *link
	reverse := link.From != id && !vocab.RelationOf(link.Type).Symmetric
	i, _ := slices.BinarySearchFunc(row.Values, keyReverse, func(v statement.Value, key string) int { return strings.Compare(v.Key, key) })
	row.Values = slices.Insert(slices.Clone(row.Values), i, statement.Value{Key: keyReverse, Data: reverse})
	return &row
}
