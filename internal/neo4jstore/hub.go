package neo4jstore

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// hub is a relation whose links at one entity have an index in the order of the
// entities at their other ends, which is the order of pages that ask for none.
type hub struct {
	relation *vocab.Relation
	parent   string // the variable of the entity at which the links end
}

// hubOf gives the hub that a step is from, or nil.
func (c *compiler) hubOf(q *query, p parent) *hub {
	if len(q.Order) > 0 || len(q.Step.Relations) != 1 || q.Step.Out || !q.Step.In {
		return nil
	}
	r := vocab.RelationOf(q.Step.Relations[0])
	if r == nil || !isHub(r) {
		return nil
	}
	return &hub{r, p.variable}
}

// fromHub is the text for the rows of a page of a hub's links.
func (c *compiler) fromHub(q *query, src source) string {
	from, id := src.rel+"."+keyFrom, src.rel+"."+keyID
	terms := []term{
		{expr: from, of: func(p *store.Position) any { return p.ID }},
		{expr: id, of: func(p *store.Position) any { return p.Link }},
	}
	conditions := []string{src.rel + "." + keyTo + " = " + src.hub.parent + "." + keyID, id + " IS NOT NULL", from + " IS NOT NULL"}
	if p := q.Page.After; p != nil {
		conditions = append(conditions, from+" >= "+c.bind(p.ID))
	}
	if p := q.Page.Before; p != nil {
		conditions = append(conditions, from+" <= "+c.bind(p.ID))
	}
	conditions = slices.Concat(conditions, c.within(terms, q.Page), src.where)
	limit := " LIMIT " + c.bind(int64(c.limit(q)))
	vars := src.variables()
	prefix := []string{src.rel + "." + keyTo}
	var texts []string
	for _, typ := range typesIn(c.view, []*vocab.Relation{src.hub.relation}) {
		texts = append(texts, "MATCH ("+src.variable+")-["+src.rel+":"+typ+"]->()"+where(conditions)+" WITH "+vars+orderBy(prefix, terms, q.Page.Backward)+limit)
	}
	if c.view == statement.PublicView {
		return texts[0]
	}
	return "CALL (" + src.hub.parent + ") { " + strings.Join(texts, " RETURN "+vars+" UNION ALL ") + " RETURN " + vars + " } WITH " + vars +
		orderBy(nil, terms, q.Page.Backward) + limit
}
