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
	prefix []string // what an index orders them by before the page's order
	label  string   // set where all rows of a label are the source: an index can order them
	hub    *hub     // set where an index gives a parent's links in order
	degree string   // set where the number of rows is known without matching them
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

// parent is what children are read from: the variable of the entity, for steps, and
// the expressions of what they join by.
type parent struct {
	variable string
	value    func(key string) string // of Mine
	list     func(key string) string // of Refs
}

// parentIn is a parent in the same text.
func (c *compiler) parentIn(s scope) parent {
	return parent{
		variable: s.variable,
		value:    func(key string) string { return c.value(s, key) },
		list: func(key string) string {
			if isList(s.of, key) {
				return "coalesce(" + c.value(s, key) + ", [])"
			}
			return "[" + c.value(s, key) + "]"
		},
	}
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
	label := baseLabel(q.Of)
	types := typesOf(q.Nested)
	switch {
	case q.Of == store.StatementRows:
		src.where = c.ofType(q, src.scope)
	case len(q.Types) > 0 && len(types) == 1:
		label = types[0].Name
	default:
		src.where = append(c.ofType(q, src.scope), column(c.view, q.Of, src.variable, keyUnlisted)+" IS NULL")
	}
	if anchored, ok := c.anchored(q, src); ok {
		return anchored
	}
	src.from = "MATCH (" + src.variable + ":" + c.label(label) + ")"
	src.where = append(src.where, c.conditions(q.Where, src.scope)...)
	if !selective(q.Where, q.Of) {
		src.label = label
	}
	return src
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
	ids := c.bind(distinctIDs(q.IDs))
	each := " IN " + ids
	if len(q.Order) == 0 {
		src.place = c.name("i")
		each = " = " + ids + "[" + src.place + "]"
		src.from = "UNWIND range(0, size(" + ids + ") - 1) AS " + src.place + " "
	}
	if q.Of == store.LinkRows {
		src.from += c.linksByID(q, src.scope, src.place, each) + " WITH " + src.variables()
	} else {
		src.from += "MATCH (" + src.variable + ":" + c.label(baseLabel(q.Of)) + ")"
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

// linksByID finds links by a condition on their id: an index knows the ids of one
// relationship type, so each type is asked.
func (c *compiler) linksByID(q *query, s scope, imports, condition string) string {
	types := typesIn(c.view, relationsNamed(q.Types))
	var branches []string
	for _, typ := range types {
		branches = append(branches, "MATCH ()-["+s.variable+":"+typ+"]->() WHERE "+s.id()+condition+" RETURN "+s.variable)
	}
	if len(branches) == 0 {
		branches = []string{"MATCH ()-[" + s.variable + ":" + vocab.Relations()[0].Name + "]->() WHERE " + never + " RETURN " + s.variable}
	}
	return "CALL (" + imports + ") { " + strings.Join(branches, " UNION ALL ") + " }"
}

// child is where the rows are that belong to a parent.
func (c *compiler) child(q *query, p parent) source {
	switch {
	case q.Step != nil:
		return c.step(q, p)
	case q.Refs != "":
		return c.references(q, p)
	}
	return c.join(q, p)
}

// step follows links from the parent.
func (c *compiler) step(q *query, p parent) source {
	src := source{scope: scope{store.Entities, c.name("n")}, rel: c.name("r")}
	src.where = c.inTypes(src.scope, q.Step)
	typed := len(src.where)
	src.where = append(src.where, c.ofType(q, src.scope)...)
	src.where = append(src.where, c.conditions(q.Where, src.scope)...)
	src.where = append(src.where, c.conditions(q.LinkWhere, scope{store.LinkRows, src.rel})...)
	shape := pattern(c.view, q.Step, p.variable, src.rel, "("+src.variable+")")
	if shape == "" {
		shape = "(" + p.variable + ")-[" + src.rel + ":" + vocab.Relations()[0].Name + "]-(" + src.variable + ")"
		src.where = append(src.where, never)
	}
	src.from = "MATCH " + shape
	src.hub = c.hubOf(q, p)
	switch field := countedBy(q.Step); {
	case len(src.where) == 0:
		src.degree = "COUNT { " + pattern(c.view, q.Step, p.variable, "", "()") + " }"
	case len(src.where) == typed && field != nil:
		src.degree = "coalesce(" + column(c.view, store.Entities, p.variable, field.CountName()) + ", 0)"
	}
	return src
}

// countedBy gives the field whose stored number of links is that of the step, if no
// other field's is stored under the same name.
func countedBy(s *store.Step) *vocab.Field {
	var found *vocab.Field
	for _, r := range relationsNamed(s.Relations) {
		for _, f := range r.Fields {
			if step := store.StepOf(f); f.Countable && step.Out == s.Out && step.In == s.In &&
				slices.Equal(step.Relations, s.Relations) && slices.Equal(step.Types, s.Types) {
				found = f
			}
		}
	}
	for _, r := range vocab.Relations() {
		for _, f := range r.Fields {
			if found != nil && f != found && f.Countable && f.Name == found.Name {
				return nil
			}
		}
	}
	return found
}

// references finds the rows whose ids the parent holds.
func (c *compiler) references(q *query, p parent) source {
	src := source{scope: scope{q.Of, c.name("n")}}
	in := " IN " + p.list(q.Refs)
	if q.Of == store.LinkRows {
		src.from = c.linksByID(q, src.scope, p.variable, in) + " WITH " + src.variable
	} else {
		src.from = "MATCH (" + src.variable + ":" + c.label(baseLabel(q.Of)) + ")"
		src.where = append(src.where, src.id()+in)
		src.where = append(src.where, c.ofType(q, src.scope)...)
	}
	src.where = append(src.where, c.conditions(q.Where, src.scope)...)
	return src
}

// join finds the rows that have the parent's value.
func (c *compiler) join(q *query, p parent) source {
	src := source{scope: scope{q.Of, c.name("n")}}
	mine := p.value(q.Mine)
	theirs := c.value(src.scope, q.Theirs)
	src.where = []string{theirs + " = " + mine}
	switch {
	case q.Of == store.LinkRows && (q.Theirs == keyFrom || q.Theirs == keyTo):
		types := strings.Join(typesIn(c.view, relationsNamed(q.Types)), "|")
		end := c.name("n")
		src.where = []string{end + "." + keyID + " = " + mine}
		near, far := "("+end+":"+c.label(entityLabel)+")", "()"
		if q.Theirs == keyTo {
			near, far = far, near
		}
		if types == "" {
			types, src.where = vocab.Relations()[0].Name, []string{never}
		}
		src.from = "MATCH " + near + "-[" + src.variable + ":" + types + "]->" + far
	case q.Of == store.LinkRows:
		from, conditions := c.anyLink(q, src.scope)
		src.from, src.where = from, append(src.where, conditions...)
	default:
		src.from = "MATCH (" + src.variable + ":" + c.label(baseLabel(q.Of)) + ")"
		src.where = append(src.where, src.id()+" IS NOT NULL") // for the index of both keys
		src.where = append(src.where, c.ofType(q, src.scope)...)
		if q.Of == store.Entities {
			src.where = append(src.where, column(c.view, q.Of, src.variable, keyUnlisted)+" IS NULL")
		} else if slices.Contains(joinKeys, q.Theirs) {
			src.prefix = []string{theirs}
		}
	}
	src.where = append(src.where, c.conditions(q.Where, src.scope)...)
	return src
}
