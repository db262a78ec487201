package neo4jstore

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// sortBy is one of a page's sort keys in a text.
type sortBy struct {
	store.Order
	expr    string // what is stored, never null
	alias   string // the variable that holds it, once it is defined
	numeric bool
}

// term is one of the things by which rows are ordered, never null.
type term struct {
	expr string
	desc bool
	of   func(*store.Position) any // its value at a position
	last bool                      // the row's id, where no link's comes after it
}

// keysOf gives the sort keys of a page.
func (c *compiler) keysOf(q *query, src source) []sortBy {
	var keys []sortBy
	for _, o := range q.Order {
		expr, numeric := c.keyOf(o, q, src)
		keys = append(keys, sortBy{o, expr, c.name("k"), numeric})
	}
	if src.place != "" {
		return nil
	}
	return keys
}

// terms gives what rows are ordered by: the keys, the row's id and, where rows come
// by links, the link's. Keys are read from their variables, or directly.
func (c *compiler) terms(keys []sortBy, src source, direct bool) []term {
	if src.place != "" {
		return []term{{expr: src.place}}
	}
	var list []term
	desc := false
	for i, k := range keys {
		expr := k.alias
		if direct {
			expr = k.expr
		}
		if k.Desc { // null is last in this direction too
			null := "CASE " + expr + " WHEN " + c.bind(nullOf(k.numeric)) + " THEN 1 ELSE 0 END"
			list = append(list, term{expr: null, of: func(p *store.Position) any {
				if p.Keys[i] == nil {
					return int64(1)
				}
				return int64(0)
			}})
		}
		list = append(list, term{expr: expr, desc: k.Desc, of: k.at(i)})
		desc = k.Desc
	}
	list = append(list, term{expr: src.id(), desc: desc, of: func(p *store.Position) any { return p.ID }, last: src.rel == ""})
	if src.rel != "" {
		list = append(list, term{expr: src.rel + "." + keyID, desc: desc, of: func(p *store.Position) any { return p.Link }})
	}
	return list
}

// at gives the stored form of the key at a position, of which it is the i-th.
func (k sortBy) at(i int) func(*store.Position) any {
	return func(p *store.Position) any { return sortable(p.Keys[i], k.numeric) }
}

// keyOf is the expression for an order's sort key, as it is stored.
func (c *compiler) keyOf(o store.Order, q *query, src source) (expr string, numeric bool) {
	if o.Count != nil {
		return c.number(o.Count, q, src), true
	}
	p := o.Property
	numeric = isNumeric(p)
	if !isValue(src.of, p.Name) && p != vocab.Identity && p != vocab.RowType {
		return c.bind(nullOf(numeric)), numeric
	}
	if isIdentifier(src.of, p) && !isIndexed(src.of, p) {
		return "coalesce(toLower(" + c.value(src.scope, p.Name) + "), " + c.bind(nullText) + ")", false
	}
	expr = c.sortedBy(src.scope, p)
	if !c.alwaysStored(o, q, src) {
		expr = "coalesce(" + expr + ", " + c.bind(nullOf(numeric)) + ")"
	}
	return expr, numeric
}

// alwaysStored reports whether every row of the selection has the order's key,
// null included.
func (c *compiler) alwaysStored(o store.Order, q *query, src source) bool {
	if src.of == store.StatementRows {
		return o.Property != nil && isIndexed(src.of, o.Property)
	}
	types := typesOf(q.Nested)
	if src.of != store.Entities || len(types) == 0 {
		return src.of == store.Entities && o.Property != nil && slices.Contains(everywhereSorted(), o.Property.Name)
	}
	for _, t := range types {
		if o.Count != nil && !slices.Contains(t.Fields(), o.Count) {
			return false
		}
		if o.Property != nil && (t.Property(o.Property.Name) == nil || !isIndexed(src.of, t.Property(o.Property.Name))) {
			return false
		}
	}
	return true
}

// number is the expression for the number of links of a field: stored where all
// rows of the selection have that field, else counted.
func (c *compiler) number(f *vocab.Field, q *query, src source) string {
	if c.alwaysStored(store.Order{Count: f}, q, src) && len(typesOf(q.Nested)) > 0 {
		return column(c.view, store.Entities, src.variable, f.CountName())
	}
	return numberOf(c.view, f, src.variable)
}

// typesOf gives the entity types that the rows of a selection can have; none: any.
// Names that the vocabulary lacks are left out.
func typesOf(n *store.Nested) []*vocab.Type {
	names := n.Types
	if len(names) == 0 && n.Step != nil {
		names = n.Step.Types
	}
	var list []*vocab.Type
	for _, name := range names {
		if t := vocab.TypeOf(name); t != nil {
			list = append(list, t)
		}
	}
	return list
}

// orderBy writes ORDER BY, back to front if wanted.
func orderBy(prefix []string, terms []term, backward bool) string {
	var list []string
	for _, expr := range prefix {
		list = append(list, expr+direction(backward))
	}
	for _, t := range terms {
		list = append(list, t.expr+direction(t.desc != backward))
	}
	return " ORDER BY " + strings.Join(list, ", ")
}

func direction(desc bool) string {
	if desc {
		return " DESC"
	}
	return ""
}

// beyond is the condition that a row comes after a position, or before it.
func (c *compiler) beyond(terms []term, p *store.Position, before bool) string {
	t := terms[0]
	value := c.bind(t.of(p))
	op := comparison(t.desc != before)
	if t.last {
		op = passing(op, p)
	}
	strict := t.expr + " " + op + " " + value
	if len(terms) == 1 {
		return strict
	}
	return "(" + strict + " OR " + t.expr + " = " + value + " AND " + c.beyond(terms[1:], p, before) + ")"
}

func comparison(less bool) string {
	if less {
		return "<"
	}
	return ">"
}

// passing is how the id of a row that has no link compares with a position: it is
// lower than the same id with a link.
func passing(op string, p *store.Position) string {
	if op == "<" && p.Link != "" {
		return "<="
	}
	return op
}

// within gives the conditions that a row lies between the positions of a page.
func (c *compiler) within(terms []term, page store.PageOf) []string {
	var list []string
	if page.After != nil {
		list = append(list, c.beyond(terms, page.After, false))
	}
	if page.Before != nil {
		list = append(list, c.beyond(terms, page.Before, true))
	}
	return list
}

// outside gives, for a side of the page, the conditions under which a row lies
// beyond the page's position there; none if it has no position there, so that the
// page's own rows tell. The page stands at After or, if Backward, at Before.
func (c *compiler) outside(terms []term, page store.PageOf, before bool) []string {
	switch {
	case before && page.After != nil:
		list := []string{"NOT (" + c.beyond(terms, page.After, false) + ")"}
		if page.Backward && page.Before != nil {
			list = append(list, c.beyond(terms, page.Before, true))
		}
		return list
	case !before && page.Before != nil:
		list := []string{"NOT (" + c.beyond(terms, page.Before, true) + ")"}
		if !page.Backward && page.After != nil {
			list = append(list, c.beyond(terms, page.After, false))
		}
		return list
	}
	return nil
}
