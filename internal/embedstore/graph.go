package embedstore

import (
	"sync"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// graph is what memory holds: the rows of entities and links, and the ways between
// them. Store.mu guards it; what reads make of it for themselves has locks of its own.
type graph struct {
	nodes  table[*node]
	links  table[*link]
	byType map[word]*listing[*node] // of those that have a row and are not built in
	byKind map[word]*listing[*link] // by relation
	former views[map[string]string] // the entities of former ids

	mu        sync.Mutex // guards what follows against reads; a write has the graph for itself
	orderings map[orderingKey]*ordering
	hubs      hubs
	words     wordIndex
}

// views holds one thing for each view.
type views[T any] [len(statement.Views)]T

// node is an entity. One without a row only stands for the end of a link.
type node struct {
	id       string
	row      record
	versions views[uint64]
	links    []*link // that start or end here, in the order of compareLinks
	typ      word    // if it has a row
	flags    flags   // of the row, which lies elsewhere in memory
}

// link joins two nodes.
type link struct {
	id       string
	row      record
	from, to *node
	relation word
	flags    flags // of the row
}

func (n *node) name() string { return n.id }
func (l *link) name() string { return l.id }

func (l *link) shows(v store.View) bool { return l.flags.shows(v) }

// listedIn reports whether the node is one of those of its type.
func (n *node) listedIn(v store.View) bool { return n.flags.shows(v) && !n.flags.unlisted() }

func newGraph() *graph {
	return &graph{
		nodes: newTable[*node](), links: newTable[*link](),
		byType: map[word]*listing[*node]{}, byKind: map[word]*listing[*link]{},
		orderings: map[orderingKey]*ordering{}, hubs: newHubs(),
		former: views[map[string]string]{{}, {}},
	}
}

// node gives the node of an id, made if there is none.
func (g *graph) node(id string) *node {
	n := g.nodes.get(id)
	if n == nil {
		n = &node{id: id}
		g.nodes.add(n)
	}
	return n
}

// listed gives the listing of a type or relation, made if there is none.
func listed[T named](all map[word]*listing[T], of word) *listing[T] {
	l := all[of]
	if l == nil {
		l = &listing[T]{}
		all[of] = l
	}
	return l
}

// members gives the nodes of a type, of any view, by id.
func (g *graph) members(typ word) []*node {
	if l := g.byType[typ]; l != nil {
		return l.ordered()
	}
	return nil
}

// image is a row as it is stored: nothing if it is gone.
type image struct {
	id string
	head
	data []byte
}

func imagesOf(twins []statement.Twin) []image {
	list := make([]image, len(twins))
	for i, t := range twins {
		list[i].id = t.ID
		if !t.Gone() {
			list[i].head = head{t.Full.Type, t.Full.From, t.Full.To}
			list[i].data = encodeTwin(t)
		}
	}
	return list
}

// record gives the part of the image that memory holds.
func (i *image) record() record {
	if i.data == nil {
		return ""
	}
	_, r, _ := split(string(i.data)) // as it has just been encoded
	return r
}

// apply changes the graph as a commit says.
func (g *graph) apply(entities, links []image, log *statement.Entry) {
	for i := range entities {
		e := &entities[i]
		g.putEntity(e.id, wordOf[e.typ], e.record())
	}
	change := attaching{}
	for i := range links {
		g.putLink(&links[i], change)
	}
	change.attach()
	for _, v := range statement.Views {
		for _, t := range log.Touched[v] {
			if n := g.nodes.get(t.Entity); n != nil {
				n.versions[v] = versionAfter(&t, log.Sequence)
			}
		}
	}
	for _, e := range entities {
		g.sweep(g.nodes.get(e.id))
	}
}

func (g *graph) putEntity(id string, typ word, row record) {
	n := g.node(id)
	g.outdate(n, typ)
	if n.row != "" {
		listed(g.byType, n.typ).leave(n, n.listedIn)
	}
	g.rename(n, func(former map[string]string, id string) {
		if former[id] == n.id { // else another has taken it already
			delete(former, id)
		}
	})
	n.row, n.flags, n.typ = row, row.flags(), typ
	if row != "" {
		listed(g.byType, typ).join(n, n.listedIn)
	}
	g.rename(n, func(former map[string]string, id string) { former[id] = n.id })
}

// rename does something for each former id of the node.
func (g *graph) rename(n *node, do func(former map[string]string, id string)) {
	for _, v := range statement.Views {
		for _, id := range n.formerIDs(v) {
			do(g.former[v], id)
		}
	}
}

func (n *node) formerIDs(v store.View) []string {
	if n == nil || !n.flags.shows(v) {
		return nil
	}
	return idsIn(n.row.values(v).get(vocab.FormerIDs))
}

func (g *graph) putLink(i *image, change attaching) {
	l := g.links.get(i.id)
	if l != nil {
		g.hubs.forget(l.from, l.to)
		listed(g.byKind, l.relation).leave(l, l.shows)
	}
	if l != nil && (i.data == nil || l.relation != wordOf[i.typ] || l.from.id != i.from || l.to.id != i.to) {
		g.links.remove(l.id)
		l.from.detach(l)
		l.to.detach(l)
		g.sweep(l.from)
		g.sweep(l.to)
		l = nil
	}
	if i.data == nil {
		return
	}
	if l == nil {
		l = &link{id: i.id, relation: wordOf[i.typ], from: g.node(i.from), to: g.node(i.to)}
		g.links.add(l)
		g.hubs.forget(l.from, l.to)
		change.add(l)
	}
	l.row = i.record()
	l.flags = l.row.flags()
	listed(g.byKind, l.relation).join(l, l.shows)
}

// sweep drops a node that nothing is left of.
func (g *graph) sweep(n *node) {
	if n != nil && n.row == "" && len(n.links) == 0 {
		g.nodes.remove(n.id)
	}
}
