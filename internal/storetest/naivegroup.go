package storetest

import (
	"slices"

	"github.com/vinculo/vinculo/internal/store"
)

// groups divides what a selection has found, as its groupings ask.
func (r reader) groups(groupings []store.Grouping, found []store.Result) ([]store.Groups, error) {
	rows := map[string]*store.Row{}
	for _, f := range found {
		rows[f.Row.ID] = f.Row
	}
	var answers []store.Groups
	for i := range groupings {
		g := &groupings[i]
		all := r.divide(g, rows)
		answer := store.Groups{Total: len(all), Rows: len(rows), Groups: g.Arrange(all)}
		if *r.budget -= len(answer.Groups); *r.budget < 0 {
			return nil, store.ErrTooExpensive
		}
		answers = append(answers, answer)
	}
	return answers, nil
}

// divide gives all groups, in no order.
func (r reader) divide(g *store.Grouping, rows map[string]*store.Row) []store.Group {
	members := map[[2]store.Key][]*store.Row{}
	for _, row := range rows {
		for _, first := range r.keysOf(&g.By[0], row) {
			if len(g.By) == 1 {
				members[[2]store.Key{first}] = append(members[[2]store.Key{first}], row)
				continue
			}
			for _, second := range r.keysOf(&g.By[1], row) {
				members[[2]store.Key{first, second}] = append(members[[2]store.Key{first, second}], row)
			}
		}
	}
	var all []store.Group
	for keys, rows := range members {
		group := store.Group{Keys: slices.Clone(keys[:len(g.By)]), Count: len(rows)}
		if g.Number != nil {
			group.Numbers = store.NumbersOf(r.numbers(g.Number, rows))
		}
		all = append(all, group)
	}
	return all
}

// ends gives the far ends of a dimension's way, each once.
func (r reader) ends(d *store.Dimension, row *store.Row) []*store.Row {
	ends := []*store.Row{row}
	for _, hop := range d.Way {
		var next []*store.Row
		for _, from := range ends {
			for _, to := range r.steps(from, &hop.Step) {
				if r.holds(hop.Link, to.Link) && !slices.Contains(next, to.Row) {
					next = append(next, to.Row)
				}
			}
		}
		ends = next
	}
	return ends
}

// keysOf gives the keys of a row, each once.
func (r reader) keysOf(d *store.Dimension, row *store.Row) []store.Key {
	var keys []store.Key
	add := func(key store.Key) {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, end := range r.ends(d, row) {
		if d.Property == nil {
			add(store.Key{Value: end.ID, Sort: store.SortKey(store.NameOfEntities, value(end, store.NameOfEntities.Name))})
			continue
		}
		switch data := value(end, d.Property.Name).(type) {
		case nil:
		case []string:
			for _, text := range data {
				add(d.KeyOf(text))
			}
		default:
			add(d.KeyOf(data))
		}
	}
	if len(keys) == 0 {
		add(store.Key{})
	}
	return keys
}

func (r reader) numbers(d *store.Dimension, rows []*store.Row) []int64 {
	var list []int64
	for _, row := range rows {
		for _, end := range r.ends(d, row) {
			if n, ok := value(end, d.Property.Name).(int64); ok {
				list = append(list, n)
			}
		}
	}
	return list
}
