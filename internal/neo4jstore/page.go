package neo4jstore

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// limit is how many rows to ask for: the page's, one more where that tells whether
// there are more, and never more than show that the budget does not suffice.
func (c *compiler) limit(q *query) int {
	n := q.Page.First
	if q.Ends {
		n = min(n, store.Everything-1) + 1
	}
	return min(n, c.budget+1)
}

// rows is the text that gives the rows of a page, as lists, each through ret.
func (c *compiler) rows(q *query, src source, ret func(row string) string) string {
	keys := c.keysOf(q, src)
	var text string
	switch {
	case src.hub != nil:
		text = c.fromHub(q, src)
	case c.indexedOrder(q, src):
		text = c.fromIndex(q, src, keys[0])
		keys[0].alias = keys[0].expr
	default:
		text = c.sorted(q, src, keys)
	}
	return text + " RETURN " + ret(c.row(q, src, keys))
}

// sorted finds all rows and sorts them, unless Neo4j knows an index that does.
func (c *compiler) sorted(q *query, src source, keys []sortBy) string {
	terms := c.terms(keys, src, false)
	within := c.within(terms, q.Page)
	text, vars := src.from, src.variables()
	if src.one && len(keys) == 0 && len(within) == 0 {
		return text + where(src.where)
	}
	if len(keys) == 0 {
		text += where(slices.Concat(src.idle, src.where, within)) + " WITH " + vars
	} else {
		text += where(slices.Concat(src.idle, src.where)) + " WITH " + vars + define(keys)
		if len(within) > 0 {
			text += where(within) + " WITH " + vars + carry(keys)
		}
	}
	return text + orderBy(src.prefix, terms, q.Page.Backward) + " LIMIT " + c.bind(int64(c.limit(q)))
}

// define puts the sort keys into their variables; carry passes them on.
func define(keys []sortBy) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(", " + k.expr + " AS " + k.alias)
	}
	return b.String()
}

func carry(keys []sortBy) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(", " + k.alias)
	}
	return b.String()
}

// row is the list that a row comes as; decode.go reads it.
func (c *compiler) row(q *query, src source, keys []sortBy) string {
	list := c.head(src.scope, q.row)
	for _, k := range keys {
		list = append(list, k.alias)
	}
	if q.Step != nil {
		list = append(list, c.head(scope{store.LinkRows, src.rel}, q.link)...)
	}
	for _, child := range q.children {
		if c.inline(child) {
			list = append(list, c.page(child, c.child(child, c.parentIn(src.scope))))
		}
	}
	for _, child := range q.linkChildren {
		if c.inline(child) {
			list = append(list, c.page(child, c.child(child, c.parentIn(scope{store.LinkRows, src.rel}))))
		}
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// head gives the columns of a row that are there whatever is nested in it.
func (c *compiler) head(s scope, columns columns) []string {
	list := []string{s.id()}
	if columns.typ == "" && s.of != store.StatementRows {
		list = append(list, c.value(s, keyType))
	}
	if s.of == store.Entities && columns.version {
		list = append(list, s.variable+"."+versionIn(c.view))
	}
	if columns.ends {
		list = append(list, c.value(s, keyFrom), c.value(s, keyTo))
	}
	if columns.steady {
		return append(list, c.values(s, columns.keys))
	}
	for _, key := range columns.keys {
		list = append(list, c.value(s, key))
	}
	return list
}

// values is the list of a row's values under keys that are a parameter.
func (c *compiler) values(s scope, keys []string) string {
	key := c.name("k")
	if c.view == statement.PublicView {
		return "[" + key + " IN " + c.bind(keys) + " | " + s.variable + "[" + key + "]]"
	}
	pairs := make([][]string, len(keys))
	for i, k := range keys {
		if pairs[i] = []string{fullKey + k, k}; twinned[s.of][k] {
			pairs[i][1] = fullKey + k // what public reads must not show here
		}
	}
	return "[" + key + " IN " + c.bind(pairs) + " | coalesce(" + s.variable + "[" + key + "[0]], " + s.variable + "[" + key + "[1]])]"
}

// page is the expression for a whole page: the list of its rows or, where more is
// wanted, a list of them, the total, whether there are rows before and after its
// positions, and the groups, without what is not wanted.
func (c *compiler) page(q *query, src source) string {
	rows := "[]"
	if c.limit(q) > 0 {
		rows = "COLLECT { " + c.rows(q, src, func(row string) string { return row + " AS row" }) + " }"
	}
	if !q.Total && !q.Ends && src.groups == "" {
		return rows
	}
	list := []string{rows}
	if q.Total {
		list = append(list, c.total(q, src))
	}
	if q.Ends {
		list = append(list, c.side(q, src, true), c.side(q, src, false))
	}
	if src.groups != "" {
		list = append(list, src.groups)
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// total is the expression for the number of rows, whatever the page.
func (c *compiler) total(q *query, src source) string {
	if src.degree != "" {
		return src.degree
	}
	return "COUNT { " + src.from + where(src.where) + " RETURN " + src.id() + " }"
}

// side is the expression for whether there are rows beyond the page's position on
// one side of it; null if it has none there.
func (c *compiler) side(q *query, src source, before bool) string {
	if !q.Ends {
		return "null"
	}
	keys := c.keysOf(q, src)
	conditions := c.outside(c.terms(keys, src, false), q.Page, before)
	if len(conditions) == 0 {
		return "null"
	}
	text := src.from
	if len(keys) == 0 {
		text += where(slices.Concat(src.idle, src.where, conditions))
	} else {
		text += where(slices.Concat(src.idle, src.where, c.hint(q, src, keys[0], before))) + " WITH " + src.variables() + define(keys) + where(conditions)
	}
	return "EXISTS { " + text + " RETURN " + src.id() + " AS id }"
}
