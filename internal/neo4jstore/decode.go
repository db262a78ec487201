package neo4jstore

import (
	"cmp"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// decoder turns the lists that texts give into pages.
type decoder struct {
	inline func(*query) bool
}

// result reads a row as compiler.row writes it. It reports false for a row that was
// deleted while it was read: Neo4j gives null for all that it has. parent is the id of
// the entity that a step is from.
func (d *decoder) result(q *query, parent string, list []any) (r store.Result, ok bool) {
	r.Row, r.Version, list = head(q.row, list)
	if len(q.Order) > 0 {
		r.Keys = make([]any, len(q.Order))
	}
	for i := range q.Order {
		r.Keys[i] = sortKey(list[i])
	}
	list = list[len(q.Order):]
	if q.Step != nil {
		r.Link, _, list = head(q.link, list)
		switch {
		case q.link.ends:
		case q.Step.Out:
			r.Link.From, r.Link.To = parent, r.Row.ID
		default:
			r.Link.From, r.Link.To = r.Row.ID, parent
		}
	}
	r.Nested, list = d.nested(q.children, r.Row.ID, list)
	r.LinkNested, _ = d.nested(q.linkChildren, "", list)
	return r, isThere(r.Row) && (r.Link == nil || isThere(r.Link))
}

func isThere(row *store.Row) bool { return row.ID != "" && row.Type != "" }

func (d *decoder) nested(children []*query, parent string, list []any) ([]store.Page, []any) {
	if len(children) == 0 {
		return nil, list
	}
	pages := make([]store.Page, len(children))
	for i, child := range children {
		if d.inline(child) {
			page, _ := list[0].([]any)
			pages[i] = d.page(child, parent, page)
			list = list[1:]
		}
	}
	return pages, list
}

// head reads what compiler.head writes, and gives what follows.
func head(columns columns, list []any) (row *store.Row, version uint64, rest []any) {
	row = &store.Row{Type: columns.typ}
	row.ID, _ = list[0].(string)
	row.Unlisted = vocab.BuiltIn(row.ID)
	list = list[1:]
	if columns.of == store.StatementRows {
		row.Type = statement.StatementType
	} else if columns.typ == "" {
		row.Type, _ = list[0].(string)
		list = list[1:]
	}
	if columns.of == store.Entities && columns.version {
		n, _ := list[0].(int64)
		version = uint64(n)
		list = list[1:]
	}
	if columns.ends {
		row.From, _ = list[0].(string)
		row.To, _ = list[1].(string)
		list = list[2:]
	}
	if len(columns.keys) > 0 {
		row.Values = make(statement.Values, 0, len(columns.keys))
	}
	values := list
	if columns.steady {
		values, _ = list[0].([]any)
		rest = list[1:]
	} else {
		rest = list[len(columns.keys):]
	}
	if len(values) < len(columns.keys) {
		values = make([]any, len(columns.keys)) // of a row that is gone
	}
	for i, key := range columns.keys {
		switch data := values[i].(type) {
		case nil:
		case []any:
			row.Values = append(row.Values, statement.Value{Key: key, Data: texts(data)})
		default:
			row.Values = append(row.Values, statement.Value{Key: key, Data: data})
		}
	}
	return row, version, rest
}

// page reads a page as compiler.page writes it.
func (d *decoder) page(q *query, parent string, list []any) store.Page {
	var page store.Page
	rows := list
	if q.Total || q.Ends || len(q.Groupings) > 0 {
		rows, _ = list[0].([]any)
		list = list[1:]
	}
	if q.Total {
		total, _ := list[0].(int64)
		page.Total = int(total)
		list = list[1:]
	}
	if q.Ends {
		page.HasPrevious, _ = list[0].(bool)
		page.HasNext, _ = list[1].(bool)
		list = list[2:]
	}
	if len(q.Groupings) > 0 {
		groups, _ := list[0].([]any)
		page.Groups = groupsIn(q, groups)
	}
	page.Rows = d.rows(q, parent, rows)
	finish(q, &page)
	return page
}

// rows reads a list of rows.
func (d *decoder) rows(q *query, parent string, list []any) []store.Result {
	rows := make([]store.Result, 0, len(list))
	for _, row := range list {
		row, _ := row.([]any)
		if result, ok := d.result(q, parent, row); ok {
			rows = append(rows, result)
		}
	}
	return rows
}

// rowsIn counts the rows of pages, nested ones too, until they are more than limit.
func rowsIn(pages []store.Page, limit int) int {
	n := 0
	for i := range pages {
		n += len(pages[i].Rows)
		for _, g := range pages[i].Groups {
			n += len(g.Groups)
		}
		for j := range pages[i].Rows {
			if n > limit {
				return n
			}
			r := &pages[i].Rows[j]
			n += rowsIn(r.Nested, limit-n)
			n += rowsIn(r.LinkNested, limit-n)
		}
	}
	return n
}

// finish puts the rows in order and takes off the one that only tells that there
// are more.
func finish(q *query, page *store.Page) {
	if q.IDs != nil && len(q.Order) == 0 {
		place := map[string]int{}
		for i, id := range distinctIDs(q.IDs) {
			place[id] = i
		}
		slices.SortFunc(page.Rows, func(a, b store.Result) int { return place[a.Row.ID] - place[b.Row.ID] })
	} else {
		slices.SortFunc(page.Rows, func(a, b store.Result) int { return compareResults(q.Order, a, b) })
	}
	if n := len(page.Rows) - q.Page.First; n > 0 {
		if q.Page.Backward {
			page.Rows = page.Rows[n:]
			page.HasPrevious = q.Ends
		} else {
			page.Rows = page.Rows[:q.Page.First]
			page.HasNext = q.Ends
		}
	}
}

func compareResults(order []store.Order, a, b store.Result) int {
	desc := false
	for i, o := range order {
		desc = o.Desc
		if n := store.CompareKeys(a.Keys[i], b.Keys[i], o.Desc); n != 0 {
			return n
		}
	}
	n := cmp.Compare(a.Row.ID, b.Row.ID)
	if n == 0 && a.Link != nil && b.Link != nil {
		n = cmp.Compare(a.Link.ID, b.Link.ID)
	}
	if desc {
		return -n
	}
	return n
}
