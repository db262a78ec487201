package neo4jstore

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/vinculo/vinculo/internal/store"
)

// reading is one attempt at a read.
type reading struct {
	view   store.View
	budget int
	decoder

	ctx     context.Context
	texts   runner
	between func()

	sequence int64 // what the latest piece began with
	ran      bool  // a piece has run
	moved    bool  // a commit came in between
	taken    int   // rows that the answer will hold; the same row at two parents may count once
}

// roots runs the pieces of the roots, and then the others.
func (r *reading) roots(first []piece, roots []*query) ([]store.Page, error) {
	pages := make([]store.Page, len(roots))
	for i, p := range first {
		reset := func() { clear(pages[i:]) } // of what this piece gives, and no other has given
		if err := r.run(p, reset, func(kind int, list []any) error {
			return r.part(roots[kind/parts], &pages[kind/parts], kind%parts, list)
		}); err != nil {
			return nil, err
		}
	}
	for i, q := range roots {
		finish(q, &pages[i])
	}
	if rowsIn(pages, r.budget) > r.budget {
		return nil, store.ErrTooExpensive
	}
	for i, q := range roots {
		if err := r.below(q, results(&pages[i])); err != nil {
			return nil, err
		}
	}
	if rowsIn(pages, r.budget) > r.budget {
		return nil, store.ErrTooExpensive
	}
	return pages, nil
}

// part takes a row of a root's piece.
func (r *reading) part(q *query, page *store.Page, part int, list []any) error {
	switch part {
	case partTotal:
		n, _ := list[0].(int64)
		page.Total = int(n)
		return nil
	case partSides:
		page.HasPrevious, _ = list[0].(bool)
		page.HasNext, _ = list[1].(bool)
		return nil
	case partGroups:
		page.Groups = groupsIn(q, list)
		return nil
	case partRows:
		page.Rows = r.rows(q, "", list)
		return r.take(page.Rows[:min(len(page.Rows), q.Page.First)])
	}
	// What came before the page's latest row is surely part of the answer.
	if err := r.take(page.Rows[max(len(page.Rows)-1, 0):]); err != nil {
		return err
	}
	if result, ok := r.result(q, "", list); ok {
		page.Rows = append(page.Rows, result)
	}
	return nil
}

// take counts rows that the answer will hold, with what has come with them, so that
// one that is too big is not read to its end.
func (r *reading) take(rows []store.Result) error {
	if r.taken += rowsIn([]store.Page{{Rows: rows}}, r.budget); r.taken > r.budget {
		return store.ErrTooExpensive
	}
	return nil
}

// results points at the rows of pages.
func results(pages ...*store.Page) []*store.Result {
	var list []*store.Result
	for _, p := range pages {
		for i := range p.Rows {
			list = append(list, &p.Rows[i])
		}
	}
	return list
}

// below reads what is nested in rows and has not come with them.
func (r *reading) below(q *query, rows []*store.Result) error {
	for i, child := range q.children {
		if err := r.children(child, rows, func(r *store.Result) (*store.Row, *store.Page) { return r.Row, &r.Nested[i] }); err != nil {
			return err
		}
	}
	for i, child := range q.linkChildren {
		if err := r.children(child, rows, func(r *store.Result) (*store.Row, *store.Page) { return r.Link, &r.LinkNested[i] }); err != nil {
			return err
		}
	}
	return nil
}

// children reads a child of all rows in one piece, unless it has come with them;
// place gives of a row what the child is of, and where its page goes. Equal parents
// share a page.
func (r *reading) children(q *query, rows []*store.Result, place func(*store.Result) (*store.Row, *store.Page)) error {
	var joins []any
	var pages []*store.Page
	if r.inline(q) {
		for _, row := range rows {
			_, page := place(row)
			pages = append(pages, page)
		}
		return r.below(q, results(pages...))
	}
	numbers := map[string]int{}
	var shared []store.Page
	for _, row := range rows {
		of, _ := place(row)
		join, key := joinOf(q, of)
		if _, ok := numbers[key]; !ok && join != nil {
			numbers[key] = len(joins)
			joins = append(joins, join)
		}
	}
	shared = make([]store.Page, len(joins))
	size := together(r.budget, r.inline, q)
	for from := 0; from < len(joins); from += size {
		some := joins[from:min(from+size, len(joins))]
		if err := r.some(q, some, shared[from:from+len(some)]); err != nil {
			return err
		}
	}
	for _, row := range rows {
		of, page := place(row)
		if join, key := joinOf(q, of); join != nil {
			*page = shared[numbers[key]]
		}
		if page.Groups == nil && len(q.Groupings) > 0 {
			page.Groups = make([]store.Groups, len(q.Groupings)) // of no rows
		}
	}
	if len(joins) == 0 {
		return nil
	}
	for i := range shared {
		pages = append(pages, &shared[i])
	}
	return r.below(q, results(pages...))
}

// some reads a child of some parents, by what each joins by, into their pages.
func (r *reading) some(q *query, joins []any, pages []store.Page) error {
	p := childPiece(r.view, r.budget, r.inline, q, joins)
	page := func(number int, list []any) error {
		parent, _ := joins[number].(string)
		pages[number] = r.page(q, parent, list)
		return r.take(pages[number].Rows)
	}
	return r.run(p, func() { clear(pages) }, func(kind int, list []any) error {
		if p.kinds == nil {
			return page(kind, list)
		}
		for _, each := range list {
			pair, _ := each.([]any)
			number, _ := pair[0].(int64)
			rows, _ := pair[1].([]any)
			if err := page(int(number), rows); err != nil {
				return err
			}
		}
		return nil
	})
}

// joinOf gives what a row joins a child by, nil if nothing can come of it, and a
// text that tells it from others.
func joinOf(q *query, row *store.Row) (join any, key string) {
	name := q.Mine
	switch {
	case q.Step != nil:
		name = keyID
	case q.Refs != "":
		name = q.Refs
	}
	var data any
	switch name {
	case keyID:
		data = row.ID
	case keyType:
		data = row.Type
	case keyFrom:
		data = row.From
	case keyTo:
		data = row.To
	default:
		data = row.Values.Get(name)
	}
	switch d := data.(type) {
	case nil:
		return nil, ""
	case []string:
		return d, strings.Join(d, " ")
	case string:
		if d == "" {
			return nil, ""
		}
		if q.Refs != "" {
			return []string{d}, d
		}
	}
	return data, fmt.Sprint(data)
}

// run runs a piece and gives its rows to fn; again, after reset, if a commit comes
// in between.
func (r *reading) run(p piece, reset func(), fn func(kind int, list []any) error) error {
	if r.ran && r.between != nil {
		r.between()
	}
	taken := r.taken
	for try := 1; ; try++ {
		r.taken = taken
		sequences, err := r.once(p, fn)
		if err != nil {
			return err
		}
		if torn := sequences[0] == 0 || sequences[0] != sequences[1]; !torn || try == pieceAttempts {
			r.moved = r.moved || torn || r.ran && sequences[0] != r.sequence
			r.sequence, r.ran = sequences[0], true
			return nil
		}
		reset()
		select {
		case <-time.After(time.Duration(try) * time.Millisecond):
		case <-r.ctx.Done():
			return r.ctx.Err()
		}
	}
}

// once runs a piece and gives the sequences that it began and ended with, each one
// more than that of the last commit; the first is 0 while that commit is not done.
func (r *reading) once(p piece, fn func(kind int, list []any) error) (sequences [2]int64, err error) {
	seen := 0
	row := func(kind int, list []any) error {
		if kind != kindSequence {
			return fn(kind, list)
		}
		sequence, _ := list[0].(int64)
		sequences[min(seen, 1)] = sequence + 1
		if seen == 0 && list[1] != true {
			sequences[0] = 0
		}
		seen++
		return nil
	}
	err = each(r.ctx, r.texts, p.text, p.p, func(v []any) error {
		if p.kinds == nil {
			kind, _ := v[0].(int64)
			list, _ := v[1].([]any)
			return row(int(kind), list)
		}
		for i, value := range v {
			kind := kindSequence
			if i >= 2 {
				kind = p.kinds[i-2]
			}
			list, _ := value.([]any)
			if err := row(kind, list); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && seen != 2 {
		err = &failure{store.ErrUnavailable, errGone}
	}
	return sequences, err
}
