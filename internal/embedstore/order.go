package embedstore

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
)

// fillAll gives the items their sort keys.
func (r *reader) fillAll(order []store.Order, items []item) {
	keys := make([]any, len(order)*len(items))
	for i := range items {
		if len(order) == 0 || r.stopped() {
			return
		}
		items[i].keys, keys = keys[:len(order):len(order)], keys[len(order):]
		r.fillKeys(order, &items[i])
	}
}

// arrange puts items that have their sort keys in order.
func arrange(order []store.Order, items []item) {
	slices.SortFunc(items, func(a, b item) int { return compare(order, a, b) })
}

// firsts gives the first items in order, and sorts little more than these.
func firsts(order []store.Order, items []item, n int) []item {
	best, full := items[:0], false // once full: n in order, and others that come before the last of these
	for _, it := range items {
		if full && (n == 0 || compare(order, it, best[n-1]) > 0) {
			continue
		}
		if best = append(best, it); len(best) >= 2*n {
			arrange(order, best)
			best, full = best[:n], true
		}
	}
	arrange(order, best)
	return best[:min(n, len(best))]
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
