package neo4jstore

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// parent is what children are read from: the variable of the entity, for steps, and
// the expressions of what they join by.
type parent struct {
	variable string
	value    func(key string) string // of Mine
	list     func(key string) string // of Refs
	one      func(key string) bool   // whether Refs is a value, and no list; nil: not known
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
		one: func(key string) bool { return !isList(s.of, key) },
	}
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
	if q.Of != store.LinkRows && p.one != nil && p.one(q.Refs) {
		in, src.one = " = "+p.value(q.Refs), true
	}
	if q.Of == store.LinkRows {
		src.from = c.linksByID(q, src.scope, p.variable, in) + " WITH " + src.variable
	} else {
		src.from = "MATCH (" + src.variable + ":" + rowLabels(c.view, q.Of) + ")"
		src.where = append(src.where, src.id()+in)
		src.where = append(src.where, c.ofType(q, src.scope)...)
	}
	src.where = append(src.where, c.conditions(q.Where, src.scope)...)
	return src
}

// indexedBy gives the expression after which an index orders statements by id, if
// it finds them by a value under the key.
func (c *compiler) indexedBy(s scope, key string) []string {
	switch lookup := lookups[key]; lookup {
	case keyRawSubject, keyRawSource:
		return []string{s.variable + "." + lookup}
	case statement.KeyGroup:
		return []string{c.value(s, lookup)}
	}
	return nil
}

// join finds the rows that have the parent's value.
func (c *compiler) join(q *query, p parent) source {
	src := source{scope: scope{q.Of, c.name("n")}}
	mine := p.value(q.Mine)
	theirs := c.value(src.scope, q.Theirs)
	src.where = []string{theirs + " = " + mine}
	if found := c.found(src.scope, q.Theirs, " = "+mine); found != "" {
		src.where = []string{found}
	}
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
		src.from = "MATCH (" + src.variable + ":" + rowLabels(c.view, q.Of) + ")"
		src.where = append(src.where, src.id()+" IS NOT NULL") // for the index of both keys
		src.where = append(src.where, c.ofType(q, src.scope)...)
		if q.Of == store.Entities {
			src.where = append(src.where, column(c.view, q.Of, src.variable, keyUnlisted)+" IS NULL")
		} else {
			src.prefix = c.indexedBy(src.scope, q.Theirs)
		}
	}
	src.where = append(src.where, c.conditions(q.Where, src.scope)...)
	return src
}
