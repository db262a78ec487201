package embedstore

import (
	"bytes"
	"iter"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// roots gives the rows that a selection that is not nested is about: at least all
// that fulfil its filter, and often no others.
func (r *reader) roots(s *store.Selection) iter.Seq[item] {
	if s.IDs != nil {
		return r.byID(s.Of, unique(s.IDs), true)
	}
	if ids, ok := wanted(s.Where, vocab.Identity.Name); ok {
		return r.byID(s.Of, ids, false)
	}
	if s.Of == store.StatementRows {
		for _, key := range joinable {
			if values, ok := wanted(s.Where, key); ok {
				return r.statementsBy(key, values)
			}
		}
	}
	return r.all(s.Of, s.Types)
}

// wanted gives the values that a property must have one of for the filter to hold,
// if the filter says so.
func wanted(f store.Filter, property string) ([]string, bool) {
	switch f := f.(type) {
	case store.All:
		for _, each := range f {
			if values, ok := wanted(each, property); ok {
				return values, true
			}
		}
	case store.Compare:
		if f.Property.Name != property || f.Op != store.Eq && f.Op != store.In {
			return nil, false
		}
		var values []string
		for _, v := range f.Values {
			if text, ok := v.(string); ok {
				values = append(values, text)
			}
		}
		return distinct(values), true
	}
	return nil, false
}

// unique gives each id once, in the order of the first ones.
func unique(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		again := seen[id]
		seen[id] = true
		return again
	})
}

// byID gives the rows of these ids; built-in entities only if unlisted is true.
func (r *reader) byID(of store.Collection, ids []string, unlisted bool) iter.Seq[item] {
	return func(yield func(item) bool) {
		for _, id := range ids {
			it := r.item(of, id)
			if it.row == nil || it.row.Unlisted && !unlisted {
				continue
			}
			if !yield(it) {
				return
			}
		}
	}
}

// item gives the row of an id, or a zero item.
func (r *reader) item(of store.Collection, id string) item {
	switch of {
	case store.Entities:
		if n := r.graph.nodes[id]; n != nil {
			return item{row: n.rows[r.view], node: n}
		}
	case store.LinkRows:
		if l := r.graph.links[id]; l != nil {
			return item{row: l.rows[r.view]}
		}
	default:
		if key := r.tx.Bucket(idBucket).Get([]byte(id)); key != nil {
			return r.statement(id, r.tx.Bucket(statementRows).Get(key))
		}
	}
	return item{}
}

// statement reads a statement's row of the reader's view.
func (r *reader) statement(id string, data []byte) item {
	t, err := decodeTwin(id, data, nil)
	if err != nil {
		r.fail(damaged("row of statement "+id, err.Error()))
	}
	return item{row: t.In(r.view)}
}

// all gives the listed rows of the types, or of all types.
func (r *reader) all(of store.Collection, types []string) iter.Seq[item] {
	return func(yield func(item) bool) {
		switch of {
		case store.Entities:
			for n := range r.graph.byType.members(types) {
				if row := n.rows[r.view]; row != nil && !yield(item{row: row, node: n}) {
					return
				}
			}
		case store.LinkRows:
			for l := range r.graph.byKind.members(types) {
				if row := l.rows[r.view]; row != nil && !yield(item{row: row}) {
					return
				}
			}
		default:
			r.allStatements(yield)
		}
	}
}

func (r *reader) allStatements(yield func(item) bool) {
	rows := r.tx.Bucket(statementRows)
	c := r.tx.Bucket(idBucket).Cursor()
	for id, key := c.First(); id != nil; id, key = c.Next() {
		if r.stopped() {
			return
		}
		if it := r.statement(string(id), rows.Get(key)); it.row != nil && !yield(it) {
			return
		}
	}
}

// members gives what is listed under the types (none: all), each type once.
func (d directory[T]) members(types []string) iter.Seq[T] {
	if len(types) == 0 {
		types = slices.Collect(maps.Keys(d))
	}
	return func(yield func(T) bool) {
		for _, typ := range distinct(types) {
			for _, thing := range d[typ] {
				if !yield(thing) {
					return
				}
			}
		}
	}
}

// joinable are the values of statements by which they are found without reading
// all of them, the most telling ones first.
var joinable = []string{statement.KeyGroup, statement.KeyLink, statement.KeySubject, statement.KeyEntity, statement.KeySource}

// statementsBy gives the statements that have one of the values for a joinable key.
// The indexes know statements of every view and values that a view withholds, so
// the row of the view decides.
func (r *reader) statementsBy(key string, values []string) iter.Seq[item] {
	return func(yield func(item) bool) {
		index, rows := r.tx.Bucket(indexOf(key)), r.tx.Bucket(statementRows)
		for _, value := range values {
			for _, record := range r.records(key, value) {
				for rest, place := range under(index, prefixOf(record)) {
					if r.stopped() {
						return
					}
					id := rest[bytes.LastIndexByte(rest, 0)+1:] // after the relation, in the index of entities
					it := r.statement(string(id), rows.Get(keyIn(place)))
					if it.row != nil && it.row.Values.Text(key) == value && !yield(it) {
						return
					}
				}
			}
		}
	}
}

// records gives the ids under which statements were recorded that now have the value
// for a joinable key: those of an entity's records too.
func (r *reader) records(key, value string) []string {
	records := []string{value}
	if n := r.graph.nodes[value]; n != nil && (key == statement.KeySubject || key == statement.KeyEntity) {
		records = append(records, formerIDs(n.rows[statement.FullView])...)
	}
	return records
}

// indexOf gives the bucket that knows the statements with a value of a joinable key.
func indexOf(key string) []byte {
	switch key {
	case statement.KeySubject:
		return subjectBucket
	case statement.KeyEntity:
		return entityBucket
	case statement.KeySource:
		return sourceBucket
	}
	return groupBucket // of groups and links
}
