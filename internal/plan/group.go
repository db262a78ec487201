package plan

import (
	"cmp"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// group is one fact: the statements that say the same, in the order of their ids.
type group struct {
	rows  []*store.Result
	best  *store.Result // the one with the lowest place
	place int64
	fact  fact
	shown bool // the plain field shows it
}

func (g *group) property() string { return g.best.Row.Values.Text(statement.KeyProperty) }
func (g *group) key() string      { return g.best.Row.Values.Text(statement.KeyGroup) }

// groupsOf gives the facts that statements make, in the order of the vocabulary,
// best first. Statements that can become no value make none.
func groupsOf(p *store.Page, table map[string]fact) []*group {
	var groups []*group
	byKey := map[string]*group{}
	for i := range p.Rows {
		r := &p.Rows[i]
		place, ok := r.Row.Values.Get(statement.KeyPlace).(int64)
		if !ok {
			continue
		}
		key := r.Row.Values.Text(statement.KeyGroup)
		g := byKey[key]
		if g == nil {
			g = &group{best: r, place: place}
			byKey[key] = g
			groups = append(groups, g)
		}
		g.rows = append(g.rows, r)
		if place < g.place {
			g.best, g.place = r, place
		}
	}
	for _, g := range groups {
		var known bool
		if g.fact, known = table[g.property()]; !known {
			g.fact = fact{index: foreignFacts, many: true}
		}
		g.shown = g.fact.many || g.place == 0
	}
	slices.SortFunc(groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(a.fact.index, b.fact.index), cmp.Compare(a.property(), b.property()),
			cmp.Compare(a.place, b.place), cmp.Compare(a.key(), b.key()))
	})
	showOneLink(groups)
	return groups
}

// showOneLink leaves only the best link shown of each relation whose field gives one
// entity. (Every link has a best statement in the first place.)
func showOneLink(groups []*group) {
	shown := map[string]*group{}
	for _, g := range groups {
		if !g.fact.one {
			continue
		}
		g.shown = false
		o := shown[g.property()]
		if o == nil || cmp.Or(better(g.best.Row.Values, o.best.Row.Values), cmp.Compare(g.key(), o.key())) < 0 {
			shown[g.property()] = g
		}
	}
	for _, g := range shown {
		g.shown = true
	}
}

// cut gives a page of rows that are ordered by id.
func cut(rows []*store.Result, page *store.PageOf) *store.Page {
	from, to := 0, len(rows)
	if page.After != nil {
		from = after(rows, page.After.ID)
	}
	if page.Before != nil {
		to = max(from, before(rows, page.Before.ID))
	}
	if page.Backward {
		from = max(from, to-page.First)
	} else {
		to = min(to, from+page.First)
	}
	p := &store.Page{Total: len(rows), HasPrevious: from > 0, HasNext: to < len(rows)}
	for _, r := range rows[from:to] {
		p.Rows = append(p.Rows, *r)
	}
	return p
}

// before gives the number of rows whose id is less than the id.
func before(rows []*store.Result, id string) int {
	i, _ := slices.BinarySearchFunc(rows, id, func(r *store.Result, id string) int { return cmp.Compare(r.Row.ID, id) })
	return i
}

// after gives the number of rows whose id is not greater than the id.
func after(rows []*store.Result, id string) int {
	i, found := slices.BinarySearchFunc(rows, id, func(r *store.Result, id string) int { return cmp.Compare(r.Row.ID, id) })
	if found {
		return i + 1
	}
	return i
}
