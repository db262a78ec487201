package embedstore

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// far gives the end of a link that is not the node.
func (l *link) far(n *node) *node {
	if l.from == n {
		return l.to
	}
	return l.from
}

// ends gives the nodes that a link is at: one, of a judgement between merged records.
func (l *link) ends() []*node {
	if l.from == l.to {
		return []*node{l.from}
	}
	return []*node{l.from, l.to}
}

// compareLinks orders the links at a node: by relation, those that start there
// first, then by the ids of their far ends and their own.
func (n *node) compareLinks(a, b *link) int {
	if a.relation != b.relation {
		return cmp.Compare(a.relation, b.relation)
	}
	if (a.from == n) != (b.from == n) {
		if a.from == n {
			return -1
		}
		return 1
	}
	return cmp.Or(strings.Compare(a.far(n).id, b.far(n).id), strings.Compare(a.id, b.id))
}

// run gives the links of a relation that start or, with in, end at the node, by the
// ids of their far ends and their own.
func (n *node) run(relation word, in bool) []*link {
	before := func(l *link, in bool) bool {
		return l.relation < relation || l.relation == relation && l.from == n && in
	}
	from := sort.Search(len(n.links), func(i int) bool { return !before(n.links[i], in) })
	rest := n.links[from:]
	return rest[:sort.Search(len(rest), func(i int) bool {
		return rest[i].relation != relation || (rest[i].from != n) != in
	})]
}

// over gives the links of the relations (none: all) that start (out) or end (in) at
// the node, of every view.
func (n *node) over(relations []string, out, in bool, yield func(*link) bool) {
	if len(relations) == 0 {
		for _, l := range n.links {
			if (l.from == n && out || l.to == n && in) && !yield(l) {
				return
			}
		}
		return
	}
	for _, relation := range distinct(relations) {
		place, known := wordOf[relation]
		if !known {
			continue
		}
		for _, way := range [2]bool{false, true} {
			if way && !in || !way && !out {
				continue
			}
			for _, l := range n.run(place, way) {
				if !yield(l) {
					return
				}
			}
		}
	}
}

// attaching are links that are to be added at both their ends.
type attaching map[*node][]*link

func (a attaching) add(l *link) {
	for _, n := range l.ends() {
		a[n] = append(a[n], l)
	}
}

// attach adds them, at each node at once: some have very many.
func (a attaching) attach() {
	for n, links := range a {
		n.links = merge(n.links, links, n.compareLinks)
	}
}

func (n *node) detach(l *link) {
	if i, ok := slices.BinarySearchFunc(n.links, l, n.compareLinks); ok {
		n.links = slices.Delete(n.links, i, i+1)
	}
}
