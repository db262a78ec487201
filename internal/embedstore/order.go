package embedstore

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
)

// sort gives the items their sort keys and puts them in order.
func (r *reader) sort(order []store.Order, items []item) {
	if len(order) > 0 {
		keys := make([]any, len(order)*len(items))
		for i := range items {
			if r.stopped() {
				return
			}
			items[i].keys, keys = keys[:len(order):len(order)], keys[len(order):]
			r.fillKeys(order, &items[i])
		}
	}
	slices.SortFunc(items, func(a, b item) int { return compare(order, a, b) })
}

func (r *reader) fillKeys(order []store.Order, it *item) {
	for i, o := range order {
		if o.Count != nil {
			it.keys[i] = r.count(it.node, store.StepOf(o.Count))
		} else {
			it.keys[i] = store.SortKey(o.Property, it.get(o.Property.Name))
		}
	}
}

// count gives the number of an entity's links.
func (r *reader) count(n *node, step *store.Step) int64 {
	if hub := r.hub(n, step, nil); hub != nil {
		return int64(len(hub.links))
	}
	var number int64
	for range r.over(n, step) {
		number++
	}
	return number
}

// compare orders two items of a selection: by its order, then by id, then by link,
// both in the direction of the last order.
func compare(order []store.Order, a, b item) int {
	for i, o := range order {
		if c := store.CompareKeys(a.keys[i], b.keys[i], o.Desc); c != 0 {
			return c
		}
	}
	c := strings.Compare(a.id, b.id)
	if c == 0 && a.link != nil {
		c = strings.Compare(a.link.id, b.link.id)
	}
	return directed(order, c)
}

// compareToPosition orders an item and a position like compare.
func compareToPosition(order []store.Order, it item, p *store.Position) int {
	for i, o := range order {
		if c := store.CompareKeys(it.keys[i], p.Keys[i], o.Desc); c != 0 {
			return c
		}
	}
	link := ""
	if it.link != nil && !it.isLink() {
		link = it.link.id
	}
	return directed(order, cmp.Or(strings.Compare(it.id, p.ID), strings.Compare(link, p.Link)))
}

// directed turns a comparison of ids into the direction of the order's last key.
func directed(order []store.Order, c int) int {
	if len(order) > 0 && order[len(order)-1].Desc {
		return -c
	}
	return c
}
