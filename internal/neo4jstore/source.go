package neo4jstore

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// source is where a text finds the rows of a selection, before order and page.
type source struct {
	scope
	rel    string   // the relationship's variable, where rows come by links
	place  string   // the variable that numbers rows that come in the order of a list of ids
	from   string   // clauses; conditions can follow them
	where  []string // what has to hold of the rows
	idle   []string // what always holds, and is only said for an index
	prefix []string // what an index orders them by before the page's order
	label  string   // set where all rows of a label are the source: an index can order them
	one    bool     // there is one row at most
	hub    *hub     // set where an index gives a parent's links in order
	degree string   // set where the number of rows is known without matching them
	number string   // set where clauses give it, as n
	groups string   // the expression for them, where clauses have divided the rows
}

// variables lists what has to be carried along.
func (s source) variables() string {
	list := []string{s.variable}
	for _, v := range []string{s.rel, s.place} {
		if v != "" {
			list = append(list, v)
		}
	}
	return strings.Join(list, ", ")
}

// root is where the rows of a selection that is not nested are.
func (c *compiler) root(q *query) source {
	if q.IDs != nil {
		return c.byIDs(q)
	}
	src := source{scope: scope{q.Of, c.name("n")}}
	if q.Of == store.LinkRows {
		src.from, src.where = c.anyLink(q, src.scope)
		src.where = append(src.where, c.conditions(q.Where, src.scope)...)
		return src
	}
	label := rowLabels(c.view, q.Of)
	types := typesOf(q.Nested)
	switch {
	case q.Of == store.StatementRows:
		if src.where = c.ofType(q, src.scope); len(src.where) == 0 && isInForce(q.Where) {
			src.number = c.numberInForce()
		}
	case len(q.Types) > 0 && len(types) == 1:
		label = c.label(types[0].Name)
	default:
		src.where = append(c.ofType(q, src.scope), column(c.view, q.Of, src.variable, keyUnlisted)+" IS NULL")
	}
	if anchored, ok := c.anchored(q, src); ok {
		return anchored
	}
	src.from = "MATCH (" + src.variable + ":" + label + ")"
	src.where = append(src.where, c.conditions(q.Where, src.scope)...)
	src.idle = []string{src.id() + " IS NOT NULL"} // no index of a key and the id is used without
	if !selective(q.Where, q.Of) {
		src.label = label
	}
	return src
}

// isInForce reports whether the filter is that a statement has not been retracted.
func isInForce(f store.Filter) bool {
	compare, ok := f.(store.Compare)
	return ok && compare.Property.Name == statement.KeyRetracted &&
		(compare.Op == store.Ne && compare.Values[0] == true || compare.Op == store.Eq && compare.Values[0] == false)
}

// numberInForce gives clauses for the number of statements in force: Neo4j keeps how
// many nodes have a label.
func (c *compiler) numberInForce() string {
	return "CALL () { MATCH (n:" + c.label(statementLabel) + ") RETURN count(n) AS n UNION ALL MATCH (n:" + c.label(retractedLabel) + ") WITH count(n) AS n RETURN -n AS n } " +
		"WITH sum(n) AS n"
}

// ofType is the condition that a row is of one of the types that a selection names.
func (c *compiler) ofType(q *query, s scope) []string {
	switch {
	case len(q.Types) == 0 || s.of == store.StatementRows && slices.Contains(q.Types, statement.StatementType):
		return nil
	case s.of == store.StatementRows || s.of == store.Entities && len(typesOf(q.Nested)) == 0:
		return []string{never}
	}
	return []string{c.isOf(s, q.Types)}
}

// anyLink matches all links of the relations that a selection names.
func (c *compiler) anyLink(q *query, s scope) (from string, where []string) {
	types := typesIn(c.view, relationsNamed(q.Types))
	where = []string{s.id() + " IS NOT NULL"}
	if len(types) == 0 {
		types, where = []string{vocab.Relations()[0].Name}, []string{never}
	}
	return "MATCH ()-[" + s.variable + ":" + strings.Join(types, "|") + "]->()", where
}

// byIDs finds the rows that a selection names, in its order if it has none of its own.
func (c *compiler) byIDs(q *query) source {
	src := source{scope: scope{q.Of, c.name("n")}}
	distinct := distinctIDs(q.IDs)
	if len(distinct) == 1 && q.Of != store.LinkRows { // the most frequent question of all
		src.from = "MATCH (" + src.variable + ":" + rowLabels(c.view, q.Of) + ")"
		src.where = append([]string{src.id() + " = " + c.bind(distinct[0])}, c.ofType(q, src.scope)...)
		src.where = append(src.where, c.conditions(q.Where, src.scope)...)
		src.one = true
		return src
	}
	ids := c.bind(distinct)
	each := " IN " + ids
	if len(q.Order) == 0 {
		src.place = c.name("i")
		each = " = " + ids + "[" + src.place + "]"
		src.from = "UNWIND range(0, size(" + ids + ") - 1) AS " + src.place + " "
	}
	if q.Of == store.LinkRows {
		src.from += c.linksByID(q, src.scope, src.place, each) + " WITH " + src.variables()
	} else {
		src.from += "MATCH (" + src.variable + ":" + rowLabels(c.view, q.Of) + ")"
		src.where = append(src.where, src.id()+each)
		src.where = append(src.where, c.ofType(q, src.scope)...)
	}
	src.where = append(src.where, c.conditions(q.Where, src.scope)...)
	return src
}

// distinctIDs gives the ids in their order, each once.
func distinctIDs(ids []string) []string {
	seen := map[string]bool{}
	list := []string{}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			list = append(list, id)
		}
	}
	return list
}

// linksByID finds links by a condition on their ids. An index knows the ids of one
// relationship type only; but a link has a statement in every view that has it, and
// that is found by its group.
func (c *compiler) linksByID(q *query, s scope, imports, condition string) string {
	return "CALL (" + imports + ") { " + c.matchLinks(s, condition, relationsNamed(q.Types), nil) + " RETURN DISTINCT " + s.variable + " }"
}

func (c *compiler) matchLinks(s scope, condition string, relations []*vocab.Relation, conditions []string) string {
	by := scope{store.StatementRows, c.name("n")}
	types := typesIn(c.view, relations)
	if len(types) == 0 {
		types, conditions = []string{vocab.Relations()[0].Name}, []string{never}
	}
	subject, entity := c.value(by, statement.KeySubject), c.value(by, statement.KeyEntity)
	// From the end that has fewer links: a link starts at the subject of what states
	// it, but a symmetric one at the lower id.
	swapped := c.value(by, statement.KeyProperty) + " IN " + c.bind(symmetric()) + " AND " + entity + " < " + subject
	end := func(straight, other string) string {
		return "(:" + c.label(entityLabel) + " {id: CASE WHEN " + swapped + " THEN " + other + " ELSE " + straight + " END})"
	}
	return "MATCH (" + by.variable + ":" + rowLabels(c.view, by.of) + ")" +
		where([]string{c.value(by, statement.KeyGroup) + condition, by.id() + " IS NOT NULL", entity + " IS NOT NULL"}) +
		" MATCH " + end(subject, entity) + "-[" + s.variable + ":" + strings.Join(types, "|") + "]->" + end(entity, subject) +
		where(append([]string{s.id() + " = " + c.value(by, statement.KeyGroup)}, conditions...))
}

// symmetric lists the names of the symmetric relations.
func symmetric() []string {
	var names []string
	for _, r := range vocab.Relations() {
		if r.Symmetric {
			names = append(names, r.Name)
		}
	}
	return names
}
