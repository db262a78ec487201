package plan

import (
	"context"
	"errors"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
)

// divided writes what the groups of a connection's rows say. Its value is made of them
// when they have been read; the entities that it names are read after that.
type divided struct {
	grouping int // of the page: which of its groups
	shape    *plain
	later    later
	names    *namedRows // of entities that are keys; nil: they are not asked for
	data     func(*store.Groups) (map[string]any, error)
	made     map[*store.Groups]map[string]any
}

// later is what is read when it is known which entities are the keys of groups.
type later struct {
	cell
	pages []store.Page
}

// names starts the reading of entities for their names alone.
func (l *later) names(at *path) *namedRows {
	n := &namedRows{child: len(l.nested), rows: newRows(at, store.Nested{Selection: store.Selection{IDs: []string{}}})}
	n.rows.wanted = true
	n.rows.want(keyName, keyProtected, keyStart)
	l.nested = append(l.nested, n.rows)
	return n
}

// nameOf is a value that is written as the name of an entity.
type nameOf struct {
	rows *namedRows
	id   string
}

func (n nameOf) append(b []byte, w *writer, it item) ([]byte, bool) {
	n.rows.find(it)
	r := n.rows.found[n.id]
	if r == nil {
		return b, false
	}
	return entityName{}.append(b, w, rowOf(r))
}

// dividing is a field of a connection that divides its rows.
type dividing struct {
	*paging
	at   *path
	args map[string]any
}

// divide compiles such a field.
func (p *paging) divide(at *path, got collected) (writes[*store.Page], error) {
	if p.typ == "" {
		return nil, &refusal{code: codeBadInput, message: at.String() + ": the statements of facts and snapshots are not divided: ask for those of the entity, or for `statements`"}
	}
	if err := p.c.selection(at, 1); err != nil {
		return nil, err
	}
	args, err := p.c.arguments(at, got.fields[0])
	if err != nil {
		return nil, err
	}
	v := &divided{grouping: len(p.rows.Groupings), made: map[*store.Groups]map[string]any{}}
	if v.shape, err = p.c.plain(at, &v.later.cell, got); err != nil {
		return nil, err
	}
	d := dividing{p, at, args}
	grouping := d.breakdown
	if got.name() == "timeline" {
		grouping = d.timeline
	}
	g, err := grouping(v)
	p.rows.Groupings = append(p.rows.Groupings, g)
	p.rows.divided = append(p.rows.divided, v)
	p.c.divides = true
	return v.append, err
}

// prepare makes the value for a page, which asks for the entities that it names.
func (v *divided) prepare(page *store.Page) error {
	if v.grouping >= len(page.Groups) {
		return nil
	}
	groups := &page.Groups[v.grouping]
	data, err := v.data(groups)
	v.made[groups] = data
	v.shape.read(data)
	return err
}

func (v *divided) append(b []byte, w *writer, page *store.Page) ([]byte, bool) {
	groups := &store.Groups{}
	if v.grouping < len(page.Groups) {
		groups = &page.Groups[v.grouping]
	}
	data := v.made[groups]
	if data == nil { // the row was gone before its own were divided
		data, _ = v.data(groups)
	}
	return v.shape.append(b, w, item{nested: v.later.pages}, data)
}

// keys reads the entities that are keys of groups, with what is asked of them, and those
// of the groups that stand below these, until there are none left.
type keys struct {
	*Planner
	ctx    context.Context
	reader Reader
	view   store.View
	rows   int // how many more may be read
	found  []*divided
}

// read reads what a root asks for. If that fails, the root has an error.
func (k *keys) read(root *root, roots []*root, pages []store.Page) {
	if root.err != nil {
		return
	}
	err := k.below(root.cell.nested, root.item(pages).nested)
	for err == nil && len(k.found) > 0 {
		err = k.round()
	}
	k.found = nil
	if refused, ok := errors.AsType[*refusal](err); ok {
		root.err = root.refuse(refused)
	} else if err != nil {
		root.err = k.failed(k.ctx, root, roots, err)
	}
}

// below prepares what is divided in pages.
func (k *keys) below(list []*rows, pages []store.Page) error {
	for i := range pages {
		p := &pages[i]
		for _, v := range list[i].divided {
			if err := v.prepare(p); err != nil {
				return err
			}
			if !slices.Contains(k.found, v) {
				k.found = append(k.found, v)
			}
		}
		for j := range p.Rows {
			r := &p.Rows[j]
			if err := k.below(list[i].cell.nested, r.Nested); err != nil {
				return err
			}
			if err := k.below(list[i].link.nested, r.LinkNested); err != nil {
				return err
			}
		}
	}
	return nil
}

// round reads the entities that what was found names.
func (k *keys) round() error {
	found := k.found
	k.found = nil
	var selections []store.Selection
	for _, v := range found {
		for _, r := range v.later.nested {
			r.settled()
			selections = append(selections, r.build().Selection)
		}
	}
	if len(selections) == 0 {
		return nil
	}
	pages, err := k.reader.Read(k.ctx, k.view, k.rows, selections)
	if err != nil {
		return err
	}
	k.rows -= rowsIn(pages)
	for _, v := range found {
		n := len(v.later.nested)
		v.later.pages, pages = pages[:n], pages[n:]
		if err := k.below(v.later.nested, v.later.pages); err != nil {
			return err
		}
	}
	return nil
}

// rowsIn counts the rows and groups of pages, nested ones too.
func rowsIn(pages []store.Page) (n int) {
	for i := range pages {
		p := &pages[i]
		n += len(p.Rows)
		for _, g := range p.Groups {
			n += len(g.Groups)
		}
		for j := range p.Rows {
			n += rowsIn(p.Rows[j].Nested) + rowsIn(p.Rows[j].LinkNested)
		}
	}
	return n
}
