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
// that fulfil its filter, of which it leaves what is to be looked at.
func (r *reader) roots(s *store.Selection) found {
	if s.IDs != nil {
		return found{some: r.byID(s.Of, unique(s.IDs), true), asFound: len(s.Order) == 0}
	}
	if ids, ok := wantedValues(s.Where, vocab.Identity.Name); ok {
		return found{some: r.byID(s.Of, ids, false)}
	}
	if s.Of == store.StatementRows {
		for _, key := range joinable {
			if values, ok := wantedValues(s.Where, key); ok {
				return found{some: r.statementsBy(key, values)}
			}
		}
	}
	if s.Of == store.Entities {
		if nodes, rest, ok := r.candidates(s.Where, s.Types, r.most(s.Types)); ok {
			s.Where = rest
			return found{some: r.visible(nodes), most: len(nodes)}
		}
	}
	if f, ok := r.inOrder(s); ok {
		return f
	}
	return found{some: r.all(s.Of, s.Types)}
}

// inOrder gives the rows of one type in the order that is asked for, if they are
// kept in it.
func (r *reader) inOrder(s *store.Selection) (found, bool) {
	if s.Of == store.StatementRows && len(s.Order) == 0 {
		return found{statements: true}, true
	}
	if len(s.Types) != 1 || len(s.Order) > 1 || s.Of == store.StatementRows {
		return found{}, false
	}
	typ, known := wordOf[s.Types[0]]
	if !known {
		return found{some: nothing}, true
	}
	if s.Of == store.LinkRows {
		l := r.graph.byKind[typ]
		if len(s.Order) > 0 || l == nil {
			return found{}, false
		}
		links := l.ordered()
		return found{ordered: true, n: len(links), at: func(i int) item { return r.relation(links[i]) }}, l.counts[r.view] == len(links)
	}
	if len(s.Order) == 1 {
		by := s.Order[0].Property
		if by == nil || !by.Sorted {
			return found{}, false
		}
		o, desc := r.graph.ordered(r.view, typ, by), s.Order[0].Desc
		return found{ordered: true, n: len(o.list), at: func(i int) item { return r.entity(o.at(i, desc)) }}, true
	}
	nodes := r.graph.ordered(r.view, typ, nil)
	return found{ordered: true, n: len(nodes.list), at: func(i int) item { return r.entity(nodes.list[i]) }}, true
}

// wantedValues gives the values that a property must have one of for the filter to hold,
// if the filter says so.
func wantedValues(f store.Filter, property string) ([]string, bool) {
	switch f := f.(type) {
	case store.All:
		for _, each := range f {
			if values, ok := wantedValues(each, property); ok {
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
			if it.id == "" || it.unlisted() && !unlisted {
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
		if n := r.graph.nodes.get(id); n != nil && n.flags.shows(r.view) {
			return r.entity(n)
		}
	case store.LinkRows:
		if l := r.graph.links.get(id); l != nil && l.shows(r.view) {
			return r.relation(l)
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
	if len(data) == 0 {
		return item{}
	}
	_, row, err := split(string(data))
	if err != nil {
		r.fail(damaged("row of statement "+id, err.Error()))
	}
	if !row.flags().shows(r.view) {
		return item{}
	}
	return item{id: id, row: row, view: r.view}
}

// visible gives the nodes that the view lists.
func (r *reader) visible(nodes []*node) iter.Seq[item] {
	return func(yield func(item) bool) {
		for _, n := range nodes {
			if n.listedIn(r.view) && !yield(r.entity(n)) {
				return
			}
		}
	}
}

// all gives the listed rows of the types, or of all types.
func (r *reader) all(of store.Collection, types []string) iter.Seq[item] {
	return func(yield func(item) bool) {
		switch of {
		case store.Entities:
			for n := range members(r.graph.byType, types) {
				if n.flags.shows(r.view) && !yield(r.entity(n)) {
					return
				}
			}
		case store.LinkRows:
			for l := range members(r.graph.byKind, types) {
				if l.shows(r.view) && !yield(r.relation(l)) {
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
		if it := r.statement(string(id), rows.Get(key)); it.id != "" && !yield(it) {
			return
		}
	}
}

// members gives what is listed under the types (none: all), each type once.
func members[T named](all map[word]*listing[T], types []string) iter.Seq[T] {
	var places []word
	for _, typ := range distinct(types) {
		places = append(places, wordOf[typ])
	}
	if len(types) == 0 {
		places = slices.Sorted(maps.Keys(all))
	}
	return func(yield func(T) bool) {
		for _, place := range places {
			if all[place] == nil {
				continue
			}
			for _, thing := range all[place].ordered() {
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
				for rest, place := range under(index.Cursor(), prefixOf(record)) {
					if r.stopped() {
						return
					}
					id := rest[bytes.LastIndexByte(rest, 0)+1:] // after the relation, in the index of entities
					it := r.statement(string(id), rows.Get(keyIn(place)))
					if it.id != "" && it.get(key) == value && !yield(it) {
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
	if key == statement.KeySubject || key == statement.KeyEntity {
		records = append(records, r.graph.nodes.get(value).formerIDs(statement.FullView)...)
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
