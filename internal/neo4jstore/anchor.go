package neo4jstore

import (
	"slices"
	"time"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// conjuncts gives the filters that all have to hold for the filter to hold.
func conjuncts(f store.Filter) []store.Filter {
	if f == nil {
		return nil
	}
	all, ok := f.(store.All)
	if !ok {
		return []store.Filter{f}
	}
	var list []store.Filter
	for _, each := range all {
		list = append(list, conjuncts(each)...)
	}
	return list
}

// selective reports whether a filter leaves so few rows that an index finds, that
// they are best found by it and sorted.
func selective(f store.Filter, of store.Collection) bool {
	return slices.ContainsFunc(conjuncts(f), func(f store.Filter) bool {
		compare, ok := f.(store.Compare)
		if !ok {
			return false
		}
		p := compare.Property
		if compare.Op == store.On {
			return isIndexed(of, p) && !compare.Possibly && isShort(compare.Date)
		}
		if compare.Op != store.Eq && compare.Op != store.In {
			return false
		}
		if of == store.StatementRows && lookups[p.Name] != "" {
			return true
		}
		return p == vocab.Identity || of == store.Entities && p.Sorted && p.Value == vocab.Text
	})
}

// isShort reports whether a date is no more than a month.
func isShort(date edtf.Date) bool {
	first, err := time.Parse(time.DateOnly, date.Earliest())
	last, err2 := time.Parse(time.DateOnly, date.Latest())
	return err == nil && err2 == nil && !last.After(first.AddDate(0, 1, 0))
}

// anchored finds the rows from the selective end of a link that they must have:
// Neo4j never turns an EXISTS around by itself. Where there is none, or the filter
// itself is selective, it reports false.
func (c *compiler) anchored(q *query, src source) (source, bool) {
	if q.Of != store.Entities || selective(q.Where, q.Of) {
		return src, false
	}
	from, rest, ok := c.anchor(q.Where, src.variable)
	if !ok {
		return src, false
	}
	src.from = from
	if len(src.where) == 0 { // the label would have told the type
		src.where = c.ofType(q, src.scope)
	}
	for _, f := range rest {
		src.where = append(src.where, c.conditions(f, src.scope)...)
	}
	return src, true
}

// anchor gives clauses that find, each once, the entities for which one of the
// filter's conjuncts holds, and the conjuncts that are left.
func (c *compiler) anchor(f store.Filter, variable string) (from string, rest []store.Filter, ok bool) {
	list := conjuncts(f)
	for i, each := range list {
		linked, is := each.(store.Linked)
		if !is || linked.Quantifier != store.Some {
			continue
		}
		far, rel := scope{store.Entities, c.name("n")}, scope{store.LinkRows, c.name("r")}
		shape := pattern(c.view, &linked.Step, variable, rel.variable, "("+far.variable+")")
		if shape == "" {
			continue
		}
		var start string
		if selective(linked.Node, store.Entities) {
			start = "MATCH (" + far.variable + ":" + c.label(entityLabel) + ")" +
				where(append([]string{far.id() + " IS NOT NULL"}, c.conditions(linked.Node, far)...))
		} else if inner, others, ok := c.anchor(linked.Node, far.variable); ok {
			start = inner + where(c.conditions(store.All(others), far))
		} else {
			continue
		}
		conditions := append(c.inTypes(far, &linked.Step), c.conditions(linked.Link, rel)...)
		from = start + " MATCH " + shape + where(conditions) + " WITH DISTINCT " + variable
		return from, slices.Delete(slices.Clone(list), i, i+1), true
	}
	return "", nil, false
}
