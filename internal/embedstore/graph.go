package embedstore

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// graph is what memory holds: the rows of entities and links, and the ways between
// them. Store.mu guards it. Rows are never changed, only replaced, so that answers
// share them.
type graph struct {
	nodes  map[string]*node
	links  map[string]*link
	byType directory[*node]         // of those that have a row and are not built in
	byKind directory[*link]         // by relation
	former views[map[string]string] // the entities of former ids
}

// views holds one thing for each view.
type views[T any] [len(statement.Views)]T

// node is an entity. One without rows only stands for the end of a link.
type node struct {
	id       string
	rows     views[*store.Row] // one object where they are equal
	versions views[uint64]
	out, in  []adjacent // links that start here, that end here
}

// adjacent are the links of one relation at one end of a node.
type adjacent struct {
	relation string
	links    []*link // in the order of the far ends' ids, then their own
}

// link joins two nodes.
type link struct {
	id       string
	relation string
	rows     views[*store.Row]
	from, to *node
}

func (n *node) name() string { return n.id }
func (l *link) name() string { return l.id }

// listedAs gives the type under which an entity is listed, or "".
func (n *node) listedAs() string {
	// A row in the public view implies one in the full view, of the same type.
	if row := n.rows[statement.FullView]; row != nil && !row.Unlisted {
		return row.Type
	}
	return ""
}

func (n *node) vacant() bool {
	return n.rows[statement.FullView] == nil && len(n.out) == 0 && len(n.in) == 0
}

// far gives the end of a link that is not the node.
func (l *link) far(n *node) *node {
	if l.from == n {
		return l.to
	}
	return l.from
}

func newGraph() *graph {
	return &graph{
		nodes: map[string]*node{}, links: map[string]*link{}, byType: directory[*node]{}, byKind: directory[*link]{},
		former: views[map[string]string]{{}, {}},
	}
}

// node gives the node of an id, made if there is none.
func (g *graph) node(id string) *node {
	n := g.nodes[id]
	if n == nil {
		n = &node{id: id}
		g.nodes[id] = n
	}
	return n
}

// apply changes the graph as a commit says.
func (g *graph) apply(c *statement.Change) {
	var nodes turnover[*node]
	var links turnover[*link]
	for _, t := range c.Entities {
		g.putEntity(t, &nodes)
	}
	for _, t := range c.Links {
		g.putLink(t, &links)
	}
	for _, v := range statement.Views {
		for _, t := range c.Log.Touched[v] {
			if n := g.nodes[t.Entity]; n != nil {
				n.versions[v] = versionAfter(&t, c.Log.Sequence)
			}
		}
	}
	for _, t := range c.Entities {
		g.sweep(t.ID)
	}
	g.byType.turn(nodes)
	g.byKind.turn(links)
}

func (g *graph) putEntity(t statement.Twin, changes *turnover[*node]) {
	n := g.node(t.ID)
	before := n.listedAs()
	for _, v := range statement.Views {
		for _, id := range formerIDs(n.rows[v]) {
			if g.former[v][id] == n.id {
				delete(g.former[v], id)
			}
		}
		for _, id := range formerIDs(t.In(v)) {
			g.former[v][id] = n.id
		}
	}
	n.rows = views[*store.Row]{statement.PublicView: t.Public, statement.FullView: t.Full}
	changes.move(n, before, n.listedAs())
}

func formerIDs(row *store.Row) []string {
	if row == nil {
		return nil
	}
	return idsIn(row.Values.Get(vocab.FormerIDs))
}

func (g *graph) putLink(t statement.Twin, changes *turnover[*link]) {
	l := g.links[t.ID]
	if l != nil && (t.Gone() || l.relation != t.Full.Type || l.from.id != t.Full.From || l.to.id != t.Full.To) {
		l.detach()
		g.sweep(l.from.id)
		g.sweep(l.to.id)
		delete(g.links, l.id)
		changes.move(l, l.relation, "")
		l = nil
	}
	if t.Gone() {
		return
	}
	if l == nil {
		l = &link{id: t.ID, relation: t.Full.Type, from: g.node(t.Full.From), to: g.node(t.Full.To)}
		g.links[l.id] = l
		l.attach()
		changes.move(l, "", l.relation)
	}
	l.rows = views[*store.Row]{statement.PublicView: t.Public, statement.FullView: t.Full}
}

// sweep drops a node that nothing is left of.
func (g *graph) sweep(id string) {
	if n := g.nodes[id]; n != nil && n.vacant() {
		delete(g.nodes, id)
	}
}

// attach adds the link to the lists of both its ends, detach takes it out.
func (l *link) attach() {
	insert(&l.from.out, l.from, l)
	insert(&l.to.in, l.to, l)
}

func (l *link) detach() {
	remove(&l.from.out, l.from, l)
	remove(&l.to.in, l.to, l)
}

func insert(ends *[]adjacent, n *node, l *link) {
	at := slices.IndexFunc(*ends, func(a adjacent) bool { return a.relation == l.relation })
	if at < 0 {
		*ends = append(*ends, adjacent{relation: l.relation, links: []*link{l}})
		return
	}
	links := &(*ends)[at].links
	i, _ := slices.BinarySearchFunc(*links, l, byFarEnd(n))
	*links = slices.Insert(*links, i, l)
}

func remove(ends *[]adjacent, n *node, l *link) {
	at := slices.IndexFunc(*ends, func(a adjacent) bool { return a.relation == l.relation })
	if at < 0 {
		return
	}
	links := &(*ends)[at].links
	if i, ok := slices.BinarySearchFunc(*links, l, byFarEnd(n)); ok {
		*links = slices.Delete(*links, i, i+1)
	}
	if len(*links) == 0 {
		*ends = slices.Delete(*ends, at, at+1)
	}
}

// byFarEnd orders the links at a node.
func byFarEnd(n *node) func(a, b *link) int {
	return func(a, b *link) int {
		return cmp.Or(strings.Compare(a.far(n).id, b.far(n).id), strings.Compare(a.id, b.id))
	}
}
