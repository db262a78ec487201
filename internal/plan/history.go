package plan

import (
	"context"
	"errors"
	"strconv"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// history writes the changes of an entity, from its log and from what its statements
// tell of commits.
type history struct {
	logRequest
	child int // of the cell: all statements about it; -1: not asked for
	*connection
}

// What commits do to statements, and the values of a change's row.
const (
	changeAdded = iota
	changeRetracted
	changeSet
	changeParts

	keySequence = "sequence"
	keyChange   = "change"
	keyReason   = "reason"
)

// changeStatements are the fields of a change that list statements.
var changeStatements = map[string]int{"addedStatements": changeAdded, "retractedStatements": changeRetracted, "setStatements": changeSet}

// history compiles the field of that name.
func (c *compiler) history(at *path, in *cell, got collected) (value, error) {
	var own cell
	_, page, m, err := c.list(at, &own, got, listing{identity: "Entity.history"})
	if err != nil {
		return nil, err
	}
	in.want(keyProtected)
	v := &history{child: -1, connection: &connection{cursors: cursors{mark: m}}}
	v.limit = page.Page.First + 1
	if page.Page.After != nil {
		if v.after, err = strconv.ParseUint(page.Page.After.ID, 10, 64); err != nil {
			return nil, badInput(at, "after", "%v", errNoCursor)
		}
	}
	p := &paging{c: c, rows: page, made: func(at *path, got collected) (value, error) { return c.changeField(at, in, got, v) }}
	if v.fields, err = p.fields(at, c.typeOf(got), got.fields); err != nil {
		return nil, err
	}
	v.earlier = page.Ends && v.after > 0
	in.logs, c.logged = append(in.logs, v.logRequest), true
	return v, nil
}

// changeField compiles a field of a change.
func (c *compiler) changeField(at *path, in *cell, got collected, v *history) (value, error) {
	part, lists := changeStatements[got.name()]
	if !lists {
		return leaf{key: got.name()}, nil
	}
	child, r := in.child(at, "history", said(statement.KeySubject, vocab.Identity.Name, nil))
	r.wanted = true
	r.want(statement.KeyTrace)
	v.child = child
	s, err := c.shapeOf(at, &r.cell, c.words.possible(store.StatementRows, got), got.fields)
	if err != nil {
		return nil, err
	}
	return many{part, s}, c.selection(at, 1)
}

func (v *history) append(b []byte, w *writer, it item) ([]byte, bool) {
	if untold(w.view, it.row) {
		return b, false
	}
	found := w.logs[logKey{it.row.ID, v.logRequest}]
	page := store.Page{HasPrevious: found.earlier}
	places := map[uint64]int{}
	for i := range found.changes {
		if i == v.limit-1 {
			page.HasNext = true
			break
		}
		places[found.changes[i].sequence] = i
		page.Rows = append(page.Rows, store.Result{Row: &found.changes[i].row, Nested: make([]store.Page, changeParts)})
	}
	if v.child >= 0 {
		for _, r := range it.page(v.child).Rows {
			for i, t := range statement.ReadTrace(r.Row) {
				part := changeSet
				switch {
				case i == 0:
					part = changeAdded
				case t.Rank == "":
					part = changeRetracted
				}
				if place, ok := places[t.Sequence]; ok {
					list := &page.Rows[place].Nested[part]
					list.Rows = append(list.Rows, r)
				}
			}
		}
	}
	return v.page(b, w, &page), true
}

// logRequest is what is wanted of an entity's log.
type logRequest struct {
	after   uint64
	limit   int
	earlier bool // whether a change comes no later than after
}

type logKey struct {
	entity string
	logRequest
}

// log is what was found.
type log struct {
	changes []change
	earlier bool
}

// change is an entry as far as it is about one entity: a row of the values of Change.
type change struct {
	sequence uint64
	row      store.Row
}

// logs reads the logs of the entities whose history is asked for, each once.
type logs struct {
	*Planner
	ctx    context.Context
	reader Reader
	view   store.View
	found  map[logKey]log
	rows   int
}

// read reads what a root asks for. If that fails, the root has an error.
func (l *logs) read(root *root, roots []*root, pages []store.Page) {
	if root.err != nil {
		return
	}
	err := l.below(root.cell.nested, root.item(pages).nested)
	if refused, ok := errors.AsType[*refusal](err); ok {
		root.err = root.refuse(refused)
	} else if err != nil {
		root.err = l.failed(l.ctx, root, roots, err)
	}
}

func (l *logs) below(list []*rows, pages []store.Page) error {
	for i := range pages {
		for _, v := range list[i].divided {
			if err := l.below(v.later.nested, v.later.pages); err != nil {
				return err
			}
		}
		for j := range pages[i].Rows {
			r := &pages[i].Rows[j]
			if err := l.of(&list[i].cell, rowOf(r)); err != nil {
				return err
			}
			if r.Link != nil {
				if err := l.of(&list[i].link, linkOf(r)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (l *logs) of(c *cell, it item) error {
	for _, request := range c.logs {
		if err := l.request(logKey{it.row.ID, request}, it); err != nil {
			return err
		}
	}
	return l.below(c.nested, it.nested)
}

func (l *logs) request(key logKey, it item) error {
	if _, done := l.found[key]; done || untold(l.view, it.row) {
		return nil
	}
	if len(l.found) == maxHistories {
		return &refusal{code: codeTooComplex, message: "the history of more than " + strconv.Itoa(maxHistories) + " entities is asked for: ask for fewer entities at once"}
	}
	entries, err := l.reader.Log(l.ctx, l.view, key.entity, key.after, key.limit)
	if err != nil {
		return err
	}
	if l.rows += len(entries); l.rows > l.limits.Rows {
		return &refusal{code: codeTooComplex, message: "the histories hold more than " + strconv.Itoa(l.limits.Rows) + " changes: ask for fewer with first, or of fewer entities"}
	}
	var found log
	for i := range entries {
		found.changes = append(found.changes, changeOf(&entries[i], l.view, key.entity))
	}
	if key.earlier {
		first, err := l.reader.Log(l.ctx, l.view, key.entity, 0, 1)
		if err != nil {
			return err
		}
		found.earlier = len(first) > 0 && first[0].Sequence <= key.after
	}
	l.found[key] = found
	return nil
}

// changeOf keeps of an entry what is said of the entity.
func changeOf(e *statement.Entry, view store.View, entity string) change {
	sequence := strconv.FormatUint(e.Sequence, 10)
	c := change{e.Sequence, store.Row{ID: sequence}}
	said := map[string]string{statement.KeyAt: e.At, statement.KeyBy: e.Commit.By, keyReason: e.Commit.Reason, keySequence: sequence}
	said[keyChange] = string(statement.Updated) // of what touched only a former id
	for _, t := range e.Touched[view] {
		if t.Entity == entity {
			said[keyChange] = string(t.Change)
		}
	}
	for _, key := range [...]string{statement.KeyAt, statement.KeyBy, keyChange, keyReason, keySequence} { // sorted
		if said[key] != "" {
			c.row.Values = append(c.row.Values, statement.Value{Key: key, Data: said[key]})
		}
	}
	return c
}
