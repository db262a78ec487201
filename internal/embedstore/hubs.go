package embedstore

import (
	"slices"
	"strings"
	"sync"

	"github.com/vinculo/vinculo/internal/store"
)

// hubs keeps, of nodes with very many links, those that a view sees in the orders in
// which they have been asked for: a page and a total need not look at each of them.
// What is kept of a node is dropped when it, its links or what they lead to change.
type hubs struct {
	mu   sync.Mutex // guards what follows against reads
	kept map[*node]map[hubKey]*hubLinks
	size int // how many links are kept, each time that it is

	degree int // links of a relation at a node: with fewer nothing is kept
}

// hubKey says which links of a node are kept, and in which order.
type hubKey struct {
	view     store.View
	relation word
	in       bool
	types    string // of the far ends; "": all
	order    string // a property of the far ends; "": by id
}

// hubLinks are links at a node, with those last whose far ends have null for the order.
type hubLinks struct {
	links []*link
	nulls int
}

const (
	hubDegree = 128
	mostKept  = 2 << 20 // links: 16 MB of pointers
)

func newHubs() hubs { return hubs{kept: map[*node]map[hubKey]*hubLinks{}, degree: hubDegree} }

// forget drops what is kept of nodes.
func (h *hubs) forget(nodes ...*node) {
	for _, n := range nodes {
		for _, l := range h.kept[n] {
			h.size -= len(l.links)
		}
		delete(h.kept, n)
	}
}

// forgetAround drops what is kept of the nodes that a node is linked to.
func (h *hubs) forgetAround(n *node) {
	if len(h.kept) == 0 {
		return
	}
	for _, l := range n.links {
		h.forget(l.far(n))
	}
}

// at gives what is kept of a node, found if it is not there.
func (h *hubs) at(n *node, key hubKey, find func() *hubLinks) *hubLinks {
	h.mu.Lock()
	defer h.mu.Unlock()
	if l := h.kept[n][key]; l != nil {
		return l
	}
	l := find()
	if l == nil {
		return nil
	}
	if h.size += len(l.links); h.size > mostKept {
		h.kept, h.size = map[*node]map[hubKey]*hubLinks{}, len(l.links)
	}
	if h.kept[n] == nil {
		h.kept[n] = map[hubKey]*hubLinks{}
	}
	h.kept[n][key] = l
	return l
}

// hub gives the links of a step at a node in an order, if it is one relation read
// from one end, there are very many, and the order is by id or by one property.
func (r *reader) hub(n *node, step *store.Step, order []store.Order) *hubLinks {
	if n == nil || len(step.Relations) != 1 || step.In == step.Out || len(order) > 1 {
		return nil
	}
	key := hubKey{view: r.view, relation: wordOf[step.Relations[0]], in: step.In}
	if len(order) == 1 {
		if order[0].Property == nil || !order[0].Property.Sorted {
			return nil
		}
		key.order = order[0].Property.Name
	}
	all := n.run(key.relation, step.In)
	if len(all) < r.graph.hubs.degree {
		return nil
	}
	key.types = strings.Join(distinct(step.Types), " ")
	return r.graph.hubs.at(n, key, func() *hubLinks {
		items := slices.Collect(r.over(n, step))
		if len(order) == 1 {
			ascending := []store.Order{{Property: order[0].Property}}
			if r.fillAll(ascending, items); r.err == nil {
				arrange(ascending, items)
			}
		}
		if r.err != nil {
			return nil
		}
		l := &hubLinks{links: make([]*link, len(items))}
		for i, it := range items {
			l.links[i] = it.link
			if len(order) == 1 && it.keys[0] == nil {
				l.nulls++
			}
		}
		return l
	})
}

// at gives the i-th link in ascending or descending order: nulls are last in both.
func (l *hubLinks) at(i int, desc bool) *link { return directedAt(l.links, l.nulls, i, desc) }

// directedAt gives the i-th of an ascending list in either direction: nulls, the
// last ones, are last in both.
func directedAt[T any](list []T, nulls, i int, desc bool) T {
	valued := len(list) - nulls
	switch {
	case !desc:
		return list[i]
	case i < valued:
		return list[valued-1-i]
	}
	return list[len(list)-1-(i-valued)]
}
