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
		pages[i] = r.page(&list[i], r.children(&list[i], parent))
	}
	return pages
}

// children gives the rows that belong to a parent, before any filter.
func (r *reader) children(n *store.Nested, parent item) iter.Seq[item] {
	switch {
	case n.Step != nil:
		return r.over(parent.node, n.Step)
	case n.Refs != "":
		return r.byID(n.Of, distinct(idsIn(valueOf(parent.row, n.Refs))), true)
	}
	text, ok := valueOf(parent.row, n.Mine).(string)
	if !ok {
		return nothing
	}
	if found := r.joinedBy(n, text); found != nil {
		return found
	}
	return r.scanned(n, text)
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
			if valueOf(it.row, n.Theirs) == text && !yield(it) {
				return
			}
		}
	}
}

// linksAt gives the links that start, or that end, at an entity.
func (r *reader) linksAt(id string, start bool) iter.Seq[item] {
	return func(yield func(item) bool) {
		n := r.graph.nodes[id]
		if n == nil {
			return
		}
		for l := range n.links(nil, start, !start) {
			if row := l.rows[r.view]; row != nil && !yield(item{row: row}) {
				return
			}
		}
	}
}

// over gives the far ends of an entity's links.
func (r *reader) over(n *node, step *store.Step) iter.Seq[item] {
	return func(yield func(item) bool) {
		if n == nil {
			return
		}
		for l := range n.links(step.Relations, step.Out, step.In) {
			if r.stopped() {
				return
			}
			far := l.far(n)
			row := far.rows[r.view]
			if l.rows[r.view] == nil || row == nil || !among(step.Types, row.Type) {
				continue
			}
			if !yield(item{row: row, node: far, link: l}) {
				return
			}
		}
	}
}

// links gives the links of the relations (none: all) at the node, of every view.
func (n *node) links(relations []string, out, in bool) iter.Seq[*link] {
	return func(yield func(*link) bool) {
		for i, ends := range [2][]adjacent{n.out, n.in} {
			if i == 0 && !out || i == 1 && !in {
				continue
			}
			for _, a := range ends {
				if !among(relations, a.relation) {
					continue
				}
				for _, l := range a.links {
					if i == 1 && out && l.from == l.to {
						continue // given already
					}
					if !yield(l) {
						return
					}
				}
			}
		}
	}
}

// Keys of the ends of a link's row, which are no values.
const (
	fromKey = "from"
	toKey   = "to"
)

// valueOf gives what a row says for a key, or nil.
func valueOf(row *store.Row, key string) any {
	text := ""
	switch key {
	case vocab.Identity.Name:
		text = row.ID
	case vocab.RowType.Name:
		text = row.Type
	case fromKey:
		text = row.From
	case toKey:
		text = row.To
	}
	if text != "" {
		return text
	}
	return row.Values.Get(key)
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
