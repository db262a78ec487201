package embedstore

import (
	"bytes"
	"encoding/binary"
	"iter"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// statementCounts are the numbers of statements that a view shows in force and
// retracted: to count them takes reading all of them.
type statementCounts struct{ inForce, retracted views[int64] }

// count adds the statement's row, by times.
func (c *statementCounts) count(t statement.Twin, by int64) {
	for _, v := range statement.Views {
		switch row := t.In(v); {
		case row == nil:
		case row.Values.Get(statement.KeyRetracted) == true:
			c.retracted[v] += by
		default:
			c.inForce[v] += by
		}
	}
}

func (c *statementCounts) parts() []*int64 {
	var parts []*int64
	for _, v := range statement.Views {
		parts = append(parts, &c.inForce[v], &c.retracted[v])
	}
	return parts
}

func countsOf(tx *bolt.Tx) (c statementCounts) {
	data := tx.Bucket(metaBucket).Get(countsKey)
	for _, part := range c.parts() {
		n, size := binary.Varint(data)
		if size <= 0 {
			break
		}
		*part, data = n, data[size:]
	}
	return c
}

// add changes the stored counts.
func (w writer) add(more statementCounts) error {
	c := countsOf(w.tx)
	var data []byte
	for i, part := range more.parts() {
		data = binary.AppendVarint(data, *c.parts()[i]+*part)
	}
	return w.tx.Bucket(metaBucket).Put(countsKey, data)
}

// counted gives the number of statements that the filter allows, if it is kept: of all,
// or of all in force.
func (r *reader) counted(f store.Filter) (int, bool) {
	counts := countsOf(r.tx)
	switch f := f.(type) {
	case nil:
		return int(counts.inForce[r.view] + counts.retracted[r.view]), true
	case store.Compare:
		return int(counts.inForce[r.view]), f.Property.Name == statement.KeyRetracted && f.Op == store.Ne && f.Values[0] == true
	}
	return 0, false
}

// statementPage is a page of statements by id, for which no more is read than it takes.
func (r *reader) statementPage(n *store.Nested, page *store.Page) []item {
	var after, before []byte // the least id after After, the least that is not before Before
	if p := n.Page.After; p != nil {
		after = append([]byte(p.ID), 0)
	}
	if p := n.Page.Before; p != nil {
		before = []byte(p.ID)
		if p.Link != "" { // a statement has none: it stands before
			before = append(before, 0)
		}
	}
	most := min(n.Page.First, r.budget+1) // one too many is enough to refuse
	var items []item
	more := false // follows the page, in its direction
	for it := range r.statements(n, after, before, n.Page.Backward) {
		if more = len(items) == most; more {
			break
		}
		items = append(items, it)
	}
	if n.Page.Backward {
		slices.Reverse(items)
	}
	if n.Ends {
		least, greatest := after, before // of what is before both, and of what is behind both
		if bytes.Compare(after, before) > 0 && before != nil {
			least, greatest = before, after
		}
		if n.Page.Backward {
			page.HasPrevious = more || after != nil && r.any(n, nil, least, true)
			page.HasNext = before != nil && r.any(n, before, nil, false)
		} else {
			page.HasPrevious = after != nil && r.any(n, nil, after, true)
			page.HasNext = more || before != nil && r.any(n, greatest, nil, false)
		}
	}
	if n.Total {
		page.Total = r.statementTotal(n)
	}
	return items
}

func (r *reader) any(n *store.Nested, from, to []byte, backward bool) bool {
	for range r.statements(n, from, to, backward) {
		return true
	}
	return false
}

func (r *reader) statementTotal(n *store.Nested) int {
	total, kept := r.counted(n.Where)
	if kept && len(n.Types) == 0 {
		return total
	}
	total = 0
	for range r.statements(n, nil, nil, false) {
		total++
	}
	return total
}

// statements gives the statements that the selection allows whose ids are not less
// than from and less than to (nil: whatever they are), in the order of ids, or backward.
func (r *reader) statements(n *store.Nested, from, to []byte, backward bool) iter.Seq[item] {
	return func(yield func(item) bool) {
		rows, c := r.tx.Bucket(statementRows), r.tx.Bucket(idBucket).Cursor()
		id, key, next := firstIn(c, from, to, backward)
		for ; id != nil && within(id, from, to); id, key = next() {
			if r.stopped() {
				return
			}
			it := r.statement(string(id), rows.Get(key))
			if it.id != "" && r.allowed(n, it) && !yield(it) {
				return
			}
		}
	}
}

func within(id, from, to []byte) bool {
	return bytes.Compare(id, from) >= 0 && (to == nil || bytes.Compare(id, to) < 0)
}

// firstIn puts the cursor on the first key, or backward the last, that is within, if
// there is one, and gives the step to the next.
func firstIn(c *bolt.Cursor, from, to []byte, backward bool) (k, v []byte, next func() (k, v []byte)) {
	if !backward {
		k, v = c.Seek(from)
		return k, v, c.Next
	}
	if to == nil {
		k, v = c.Last()
	} else if k, _ = c.Seek(to); k == nil {
		k, v = c.Last()
	} else {
		k, v = c.Prev()
	}
	return k, v, c.Prev
}
