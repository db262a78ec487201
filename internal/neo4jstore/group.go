package neo4jstore

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// groups gives clauses that divide the rows of a query, and the expression for what they
// give: the number of rows, and of each grouping the number of all groups and the first
// groups. parent is the variable that the rows depend on, "" of roots.
func (c *compiler) groups(q *query, src source, parent string) (clauses, answer string) {
	rows, number := src.from+where(slices.Concat(src.idle, src.where)), "0"
	if src.rel != "" { // an entity counts once, however many links lead to it
		rows += " WITH DISTINCT " + src.variable
	}
	if slices.ContainsFunc(q.Groupings, func(g store.Grouping) bool { return g.Rows }) {
		number = c.divided(src, rows)
	}
	list := []string{number}
	for i := range q.Groupings {
		groups := c.name("g")
		clauses += " CALL (" + parent + ") { " + c.grouping(&q.Groupings[i], src.scope, rows) + " AS " + groups + " }"
		list = append(list, groups)
	}
	return clauses, "[" + strings.Join(list, ", ") + "]"
}

// divided is the expression for the number of rows that are divided.
func (c *compiler) divided(src source, rows string) string {
	if len(src.where) == 0 && src.rel == "" { // the number of a label's nodes is known
		return "COUNT { " + src.from + " }"
	}
	return "COUNT { " + rows + " RETURN " + src.id() + " }"
}

// grouping is the text for the groups of rows. They are cut where all that the database
// orders as we do is equal: so more may come than are wanted, for Arrange to leave out.
func (c *compiler) grouping(g *store.Grouping, row scope, rows string) string {
	var values, group []string
	keys := make([]groupKey, len(g.By))
	for i := range g.By {
		keys[i] = c.groupKey(&g.By[i], row)
		rows += keys[i].call
		values = append(values, keys[i].grouped)
		group = append(group, "["+keys[i].value+", "+keys[i].sort+"]")
	}
	count := "count(*)"
	if g.Number != nil {
		var call, number string
		if call, number = c.numberOver(g.Number, row); call != "" {
			count = "count(DISTINCT " + row.variable + ")"
		}
		rows += call
		numbers := c.name("m")
		values = append(values, "[count("+number+"), sum("+number+"), min("+number+"), max("+number+"), toFloat(percentileCont("+number+", 0.5))] AS "+numbers)
		group = append(group, numbers)
	}
	rows += " WITH " + strings.Join(values, ", ") + ", " + count + " AS count"
	place, order := c.groupOrder(g, keys)
	all, n := c.name("g"), c.bind(int64(min(g.First, c.budget+1)))
	return rows + " WITH [count, " + strings.Join(group, ", ") + "] AS group, " + place + " AS place" + order +
		" WITH collect([group, place]) AS " + all + " RETURN [size(" + all + "), " +
		"[x IN " + all + "[.." + n + "] | x[0]] + [x IN " + all + "[" + n + "..] WHERE x[1] = " + all + "[" + n + " - 1][1] | x[0]]]"
}

// groupKey is a dimension in a text.
type groupKey struct {
	call    string // clauses before the rows are counted, if it takes any
	grouped string // what they are counted by, with aliases
	value   string // of the key, afterwards
	sort    string // its sort key, never null
	null    any    // what stands there for null
	exact   bool   // the database orders equal sort keys by the value as we do
}

func (c *compiler) groupKey(d *store.Dimension, row scope) groupKey {
	if d.Property == nil {
		end := scope{store.Entities, c.name("e")}
		return groupKey{
			call:    c.way(d, row, end, "", " RETURN DISTINCT "+end.variable),
			grouped: end.variable, value: end.id(), null: nullText, exact: true,
			sort: "coalesce(" + c.sortedBy(end, store.NameOfEntities) + ", " + c.bind(nullText) + ")",
		}
	}
	k := groupKey{value: c.name("k"), sort: c.name("s"), null: nullOf(isNumeric(d.Property) && d.Digits == 0)}
	k.exact = d.Property.Value != vocab.Text && d.Property.Value != vocab.URL || isIdentifier(row.of, d.Property)
	as := func(value, sort string) string {
		return value + " AS " + k.value + ", coalesce(" + sort + ", " + c.bind(k.null) + ") AS " + k.sort
	}
	end := row
	if len(d.Way) > 0 {
		end = scope{store.Entities, c.name("e")}
	}
	value, sort := c.keyIn(end, d)
	many := isList(end.of, d.Property.Name) && value != "null"
	switch {
	case many:
		i := c.name("i")
		each := " UNWIND range(0, size(" + value + ") - 1) AS " + i + " RETURN DISTINCT " + as(value+"["+i+"]", sort+"["+i+"]")
		k.call = c.way(d, row, end, value+" IS NOT NULL", each)
	case len(d.Way) > 0:
		k.call = c.way(d, row, end, value+" IS NOT NULL", " RETURN DISTINCT "+as(value, sort))
	default:
		k.grouped = as(value, sort)
		return k
	}
	k.grouped = k.value + ", coalesce(" + k.sort + ", " + c.bind(k.null) + ") AS " + k.sort
	return k
}

// keyIn gives the expressions for a key at the end of a way, and for its sort key; of
// many values, for lists of both.
func (c *compiler) keyIn(end scope, d *store.Dimension) (value, sort string) {
	p := d.Property
	value = c.value(end, p.Name)
	switch {
	case value == "null":
		return value, value
	case d.Digits > 0:
		digits := strconv.Itoa(d.Digits)
		value = "left(" + c.stored(end, p.Name, asFirst) + ", " + digits + ") + '/' + left(" + c.stored(end, p.Name, asLast) + ", " + digits + ")"
		return value, value
	case isIdentifier(end.of, p) && isList(end.of, p.Name):
		return value, "[x IN " + value + " | toLower(x)]"
	case isIdentifier(end.of, p):
		return value, "toLower(" + value + ")"
	}
	return value, c.sortedBy(end, p)
}

// way gives clauses that lead from a row to the ends of a dimension's way of which the
// condition ("": none) holds, and return of them what is wanted: nulls if there are none.
// Each step is a MATCH of its own, so that a way may go back over a link.
func (c *compiler) way(d *store.Dimension, row, end scope, condition, returns string) string {
	text := ""
	at := row.variable
	var conditions []string
	for i := range d.Way {
		hop := &d.Way[i]
		far, rel := scope{store.Entities, end.variable}, scope{store.LinkRows, c.name("r")}
		if i < len(d.Way)-1 {
			far.variable = c.name("n")
		}
		shape := pattern(c.view, &hop.Step, at, rel.variable, "("+far.variable+")")
		conditions = append(c.inTypes(far, &hop.Step), c.conditions(hop.Link, rel)...)
		if shape == "" {
			shape = "(" + at + ")-[" + rel.variable + ":" + vocab.Relations()[0].Name + "]-(" + far.variable + ")"
			conditions = append(conditions, never)
		}
		if i == len(d.Way)-1 && condition != "" {
			conditions = append(conditions, condition)
		}
		text += " MATCH " + shape + where(conditions)
		at = far.variable
	}
	if len(d.Way) == 0 && condition != "" {
		text = " WITH * WHERE " + condition
	}
	return " OPTIONAL CALL (" + row.variable + ") {" + text + returns + " }"
}

// numberOver gives clauses that lead to the numbers of a row, if it takes any, and the
// expression for one.
func (c *compiler) numberOver(d *store.Dimension, row scope) (call, number string) {
	if len(d.Way) == 0 {
		return "", c.value(row, d.Property.Name)
	}
	end := scope{store.Entities, c.name("e")}
	return c.way(d, row, end, "", " RETURN DISTINCT "+end.variable), c.value(end, d.Property.Name)
}

// groupOrder gives the list of all that the database orders groups by, and the clause
// that does so.
func (c *compiler) groupOrder(g *store.Grouping, keys []groupKey) (place, order string) {
	var list []term
	if !g.ByKey {
		list = append(list, term{expr: "count", desc: !g.Desc})
	}
	desc := g.ByKey && g.Desc
	add := func(expr string, null any) {
		if desc { // null is last in this direction too
			list = append(list, term{expr: "CASE " + expr + " WHEN " + c.bind(null) + " THEN 1 ELSE 0 END"})
		}
		list = append(list, term{expr: expr, desc: desc})
	}
	for _, k := range keys {
		add(k.sort, k.null)
	}
	for _, k := range keys {
		if !k.exact {
			break
		}
		add("coalesce(toString("+k.value+"), "+c.bind(nullText)+")", nullText)
	}
	exprs, sorted := make([]string, len(list)), make([]term, len(list))
	for i, t := range list {
		exprs[i], sorted[i] = t.expr, term{expr: "place[" + strconv.Itoa(i) + "]", desc: t.desc}
	}
	return "[" + strings.Join(exprs, ", ") + "]", orderBy(nil, sorted, false)
}

// groupsIn reads what groups writes.
func groupsIn(q *query, list []any) []store.Groups {
	answers := make([]store.Groups, len(q.Groupings))
	rows, _ := list[0].(int64)
	for i := range q.Groupings {
		g := &q.Groupings[i]
		answer, _ := list[1+i].([]any)
		total, _ := answer[0].(int64)
		groups, _ := answer[1].([]any)
		all := make([]store.Group, len(groups))
		for j, each := range groups {
			group, _ := each.([]any)
			all[j] = groupIn(g, group)
		}
		answers[i] = store.Groups{Rows: int(rows), Total: int(total), Groups: g.Arrange(all)}
	}
	return answers
}

func groupIn(g *store.Grouping, list []any) store.Group {
	count, _ := list[0].(int64)
	group := store.Group{Count: int(count), Keys: make([]store.Key, len(g.By))}
	for i := range g.By {
		pair, _ := list[1+i].([]any)
		group.Keys[i] = store.Key{Value: pair[0], Sort: sortKey(pair[1])}
	}
	if g.Number == nil {
		return group
	}
	numbers, _ := list[1+len(g.By)].([]any)
	n := &group.Numbers
	count, _ = numbers[0].(int64)
	n.Count = int(count)
	n.Sum, _ = numbers[1].(int64)
	n.Min, _ = numbers[2].(int64)
	n.Max, _ = numbers[3].(int64)
	n.Median, _ = numbers[4].(float64)
	return group
}
