package neo4jstore

import (
	"slices"
	"strconv"
	"strings"
)

// indexedOrder reports whether an index gives all rows of the source in the page's
// order: that is by one key, stored for each of them.
func (c *compiler) indexedOrder(q *query, src source) bool {
	if src.label == "" || len(q.Order) != 1 || !c.alwaysStored(q.Order[0], q, src) {
		return false
	}
	o := q.Order[0]
	return o.Count != nil && len(typesOf(q.Nested)) == 1 || o.Property != nil && c.indexed(o.Property, src.scope)
}

// block is a part of an ordered index that a page reads in one direction: all of
// it, or its values, or its nulls, which stand where the greatest value would.
type block struct {
	whole string // the condition that the key lies in it
	nulls bool
}

// blocks gives the parts of the index in the order in which the page reads them.
func (c *compiler) blocks(k sortBy, backward bool) []block {
	if !k.Desc {
		return []block{{whole: k.expr + " IS NOT NULL"}}
	}
	none := c.bind(nullOf(k.numeric))
	list := []block{{whole: k.expr + " < " + none}, {whole: k.expr + " = " + none, nulls: true}}
	if backward {
		slices.Reverse(list)
	}
	return list
}

// fromIndex is the text for the rows of a page that an index orders. Neo4j starts in
// the middle of an index only if each of "the same key and a later id", "a later
// key" and "null" is asked for by itself.
func (c *compiler) fromIndex(q *query, src source, k sortBy) string {
	start, backward := q.Page.After, q.Page.Backward
	if backward {
		start = q.Page.Before
	}
	blocks := c.blocks(k, backward)
	less := comparison(k.Desc != backward)
	var branches [][]string
	if start != nil {
		if len(blocks) == 2 && blocks[0].nulls != (start.Keys[0] == nil) {
			blocks = blocks[1:]
		}
		at := c.bind(k.at(0)(start))
		branches = append(branches, []string{k.expr + " = " + at, src.id() + " " + passing(less, start) + " " + c.bind(start.ID)})
		if !blocks[0].nulls {
			branches = append(branches, []string{blocks[0].whole, k.expr + " " + less + " " + at})
		}
		blocks = blocks[1:]
	}
	for _, b := range blocks {
		branches = append(branches, []string{b.whole})
	}
	return c.union(q, src, k, branches)
}

// union is the text for the rows of all branches, in their order.
func (c *compiler) union(q *query, src source, k sortBy, branches [][]string) string {
	terms := c.terms([]sortBy{k}, src, true)
	var until []string
	if q.Page.Backward && q.Page.After != nil {
		until = []string{c.beyond(terms, q.Page.After, false)}
	} else if !q.Page.Backward && q.Page.Before != nil {
		until = []string{c.beyond(terms, q.Page.Before, true)}
	}
	order := []term{{expr: k.expr, desc: k.Desc}, {expr: src.id(), desc: k.Desc}}
	limit := " LIMIT " + c.bind(int64(c.limit(q)))
	sorted := orderBy(nil, order, q.Page.Backward)
	texts := make([]string, len(branches))
	for i, conditions := range branches {
		texts[i] = src.from + where(slices.Concat(conditions, src.idle, until, src.where)) + " WITH " + src.variable + sorted + limit
	}
	if len(texts) == 1 {
		return texts[0]
	}
	// The order of a union is not promised, so each part is numbered.
	number := c.name("b")
	for i := range texts {
		texts[i] += " RETURN " + src.variable + ", " + strconv.Itoa(i) + " AS " + number
	}
	return "CALL () { " + strings.Join(texts, " UNION ALL ") + " } WITH " + src.variable + ", " + number +
		strings.Replace(sorted, "BY ", "BY "+number+", ", 1) + limit
}

// hint gives conditions that an index can use to find rows beyond a position; they
// follow from those that say exactly what is meant.
func (c *compiler) hint(q *query, src source, k sortBy, before bool) []string {
	p := q.Page.After
	if !before {
		p = q.Page.Before
	}
	if !c.indexedOrder(q, src) || k.Desc && (p.Keys[0] == nil || !before) {
		return nil
	}
	op := " >= "
	if before != k.Desc {
		op = " <= "
	}
	return []string{k.expr + op + c.bind(k.at(0)(p))}
}
