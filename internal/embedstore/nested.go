package embedstore

import (
	"iter"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// nested gives the pages of the rows that belong to a row.
func (r *reader) nested(list []store.Nested, parent item) []store.Page {
	pages := make([]store.Page, len(list))
	for i := range list {
		pages[i] = r.page(&list[i], r.children(&list[i], &parent))
	}
	return pages
}

// children gives the rows that belong to a parent, before any filter.
func (r *reader) children(n *store.Nested, parent *item) found {
	switch {
	case n.Step != nil:
		if hub := r.hub(parent.node, n.Step, n.Order); hub != nil {
			desc := len(n.Order) == 1 && n.Order[0].Desc
			return found{ordered: true, n: len(hub.links), at: func(i int) item {
				l := hub.at(i, desc)
				it := r.entity(l.far(parent.node))
				it.link = l
				return it
			}}
		}
		return found{some: r.over(parent.node, n.Step)}
	case n.Refs != "":
		return found{some: r.byID(n.Of, distinct(idsIn(parent.get(n.Refs))), true)}
	}
	text, ok := parent.get(n.Mine).(string)
	if !ok {
		return found{some: nothing}
	}
	if joined := r.joinedBy(n, text); joined != nil {
		return found{some: joined}
	}
	return found{some: r.scanned(n, text)}
}

func nothing(func(item) bool) {}

// joinedBy gives the rows whose value is the text, where there is a way to them, or nil.
func (r *reader) joinedBy(n *store.Nested, text string) iter.Seq[item] {
	if n.Theirs == vocab.Identity.Name {
		return r.byID(n.Of, []string{text}, false)
	}
	switch n.Of {
	case store.LinkRows:
		if n.Theirs == fromKey || n.Theirs == toKey {
			return r.linksAt(text, n.Theirs == fromKey)
		}
	case store.StatementRows:
		for _, key := range joinable {
			if n.Theirs == key {
				return r.statementsBy(key, []string{text})
			}
		}
	}
	return nil
}

// scanned gives the rows whose value of Theirs is the given one, out of all.
func (r *reader) scanned(n *store.Nested, text string) iter.Seq[item] {
	return func(yield func(item) bool) {
		for it := range r.all(n.Of, n.Types) {
			if r.stopped() {
				return
			}
			if it.get(n.Theirs) == text && !yield(it) {
				return
			}
		}
	}
}

// linksAt gives the links that start, or that end, at an entity.
func (r *reader) linksAt(id string, start bool) iter.Seq[item] {
	return func(yield func(item) bool) {
		if n := r.graph.nodes.get(id); n != nil {
			n.over(nil, start, !start, func(l *link) bool {
				return !l.shows(r.view) || yield(r.relation(l))
			})
		}
	}
}

// over gives the far ends of an entity's links.
func (r *reader) over(n *node, step *store.Step) iter.Seq[item] {
	return func(yield func(item) bool) { r.follow(n, step, yield) }
}

// follow is over as a call: what it yields to need not be on the heap.
func (r *reader) follow(n *node, step *store.Step, yield func(item) bool) {
	if n == nil {
		return
	}
	n.over(step.Relations, step.Out, step.In, func(l *link) bool {
		if r.stopped() {
			return false
		}
		far := l.far(n)
		if !l.shows(r.view) || !far.flags.shows(r.view) || len(step.Types) > 0 && !among(step.Types, far.typ.String()) {
			return true
		}
		it := r.entity(far)
		it.link = l
		return yield(it)
	})
}

// idsIn gives the ids in a value: one, a list, or none.
func idsIn(data any) []string {
	switch d := data.(type) {
	case string:
		return []string{d}
	case []string:
		return d
	}
	return nil
}
