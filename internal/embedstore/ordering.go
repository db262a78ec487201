package embedstore

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// orderingKey says what is ordered: the entities of a type, as a view sees them, by
// a property.
type orderingKey struct {
	view     store.View
	typ      word
	property string // "": by id
}

// ordering lists nodes in the order of a property, nulls last, then of ids. It is
// made when it is first asked for, and after a write brought up to date when it is
// asked for again. It holds no sort keys: a search computes the few that it needs.
type ordering struct {
	orderingKey
	by *vocab.Property

	mu       sync.Mutex // guards what follows against reads
	made     bool
	list     []*node
	nulls    int              // of list: the last ones
	outdated map[*node]record // what has changed since list was put in order, and its row then
}

// ordered gives the ordering of a type by a property that the vocabulary marks as
// sorted, or by id if there is none. A reader may keep it for as long as it reads.
func (g *graph) ordered(v store.View, typ word, by *vocab.Property) *ordering {
	key := orderingKey{view: v, typ: typ}
	if by != nil {
		key.property = by.Name
	}
	g.mu.Lock()
	o := g.orderings[key]
	if o == nil {
		o = &ordering{orderingKey: key, by: by}
		g.orderings[key] = o
	}
	g.mu.Unlock()
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case !o.made:
		o.make(g.members(typ))
	case len(o.outdated) > 0:
		o.settle()
	default:
		return o
	}
	o.outdated = nil
	if by != nil {
		o.nulls = len(o.list) - sort.Search(len(o.list), func(i int) bool { return o.key(o.list[i].row) == nil })
	}
	return o
}

// outdate notes, for the orderings that hold the node or will, that its row changes
// to one of the type.
func (g *graph) outdate(n *node, typ word) {
	for _, o := range g.orderings {
		if !o.made || o.typ != typ && (n.row == "" || o.typ != n.typ) {
			continue
		}
		if _, noted := o.outdated[n]; noted {
			continue
		}
		row := n.row
		if n.typ != o.typ {
			row = ""
		}
		if o.outdated == nil {
			o.outdated = map[*node]record{}
		}
		if o.outdated[n] = row; len(o.outdated) > few+len(o.list)/4 {
			o.made, o.list, o.outdated = false, nil, nil
		}
	}
	g.hubs.forget(n)
	g.hubs.forgetAround(n)
	g.words.outdate(n)
}

// key gives the sort key of a row that the view has.
func (o *ordering) key(r record) any {
	if o.by == nil {
		return nil
	}
	return store.SortKey(o.by, r.values(o.view).get(o.by.Name))
}

func (o *ordering) holds(r record) bool { return r.flags().shows(o.view) && !r.flags().unlisted() }

func (o *ordering) make(nodes []*node) {
	entries := make([]entry, 0, len(nodes))
	for _, n := range nodes {
		if o.holds(n.row) {
			entries = append(entries, entry{n, o.key(n.row)})
		}
	}
	slices.SortFunc(entries, entry.compare)
	o.list = make([]*node, len(entries))
	for i, e := range entries {
		o.list[i] = e.node
	}
	o.made = true
}

// entry is a node and its sort key.
type entry struct {
	node *node
	key  any
}

func (e entry) compare(o entry) int {
	return cmp.Or(store.CompareKeys(e.key, o.key, false), strings.Compare(e.node.id, o.node.id))
}

// settle puts what has changed in its place.
func (o *ordering) settle() {
	out := map[*node]bool{}
	var fresh []entry
	for n, old := range o.outdated {
		if o.holds(old) {
			out[n] = true
		}
		if n.typ == o.typ && o.holds(n.row) {
			fresh = append(fresh, entry{n, o.key(n.row)})
		}
	}
	o.takeOut(out)
	o.putIn(fresh)
}

// takeOut takes out nodes that stand where their rows of before belong.
func (o *ordering) takeOut(out map[*node]bool) {
	if len(out) > few {
		o.list = slices.DeleteFunc(o.list, func(n *node) bool { return out[n] })
		return
	}
	before := func(n *node) entry {
		row, outdated := o.outdated[n]
		if !outdated {
			row = n.row
		}
		return entry{n, o.key(row)}
	}
	for n := range out {
		e := before(n)
		i := sort.Search(len(o.list), func(i int) bool { return before(o.list[i]).compare(e) >= 0 })
		o.list = slices.Delete(o.list, i, i+1)
	}
}

// putIn puts nodes in their places, from the end: it touches no more of the list than
// what stands after the first of them.
func (o *ordering) putIn(fresh []entry) {
	slices.SortFunc(fresh, entry.compare)
	end := len(o.list)
	o.list = slices.Grow(o.list, len(fresh))[:end+len(fresh)]
	for k := len(fresh) - 1; k >= 0; k-- {
		i := sort.Search(end, func(i int) bool {
			return entry{o.list[i], o.key(o.list[i].row)}.compare(fresh[k]) > 0
		})
		copy(o.list[i+k+1:], o.list[i:end])
		o.list[i+k] = fresh[k].node
		end = i
	}
}

// at gives the i-th node in ascending or descending order: nulls are last in both.
func (o *ordering) at(i int, desc bool) *node { return directedAt(o.list, o.nulls, i, desc) }

// between gives the nodes whose sort key is not null, at least from and not above to.
func (o *ordering) between(from, to any) []*node {
	valued := o.list[:len(o.list)-o.nulls]
	i := sort.Search(len(valued), func(i int) bool { return store.CompareKeys(o.key(valued[i].row), from, false) >= 0 })
	rest := valued[i:]
	return rest[:sort.Search(len(rest), func(i int) bool { return store.CompareKeys(o.key(rest[i].row), to, false) > 0 })]
}
