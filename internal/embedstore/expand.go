package embedstore

import (
	"cmp"
	"context"
	"slices"
	"sort"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Expand implements store.Store.
func (s *Store) Expand(ctx context.Context, view store.View, ids, relations, keys []string, limit int) ([]store.Links, error) {
	if err := checkView(view); err != nil {
		return nil, err
	}
	snap, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer snap.release()
	r := &reader{ended: ctx.Err, view: view, graph: snap.graph, tx: snap.tx}
	answers := make([]store.Links, len(ids))
	wanted, rows := wordsIn(relations), newTelling(keys)
	for i, id := range ids {
		answers[i] = r.linksOf(id, wanted, limit, &rows)
	}
	if r.err != nil {
		return nil, r.err
	}
	return answers, nil
}

// linksOf gives the links at an entity, read from either end.
func (r *reader) linksOf(id string, wanted []bool, limit int, rows *telling) store.Links {
	id = cmp.Or(r.graph.former[r.view][id], id)
	answer := store.Links{Entity: id}
	if r.stopped() {
		return answer
	}
	n := r.graph.nodes.get(id)
	if n == nil {
		return answer
	}
	var links []*link
	for i := 0; i < len(n.links) && !r.stopped(); i++ {
		l := n.links[i]
		if wanted != nil && !wanted[l.relation] { // nor are those that follow, of the same relation
			i += sort.Search(len(n.links)-i, func(j int) bool { return n.links[i+j].relation != l.relation }) - 1
			continue
		}
		if !l.shows(r.view) || !l.far(n).flags.shows(r.view) {
			continue
		}
		answer.Total++
		if limit > 0 { // else only their number is asked for
			links = append(links, l)
		}
	}
	slices.SortFunc(links, byName[*link])
	links = links[:min(max(limit, 0), len(links))]
	answer.Links = slices.Grow(answer.Links, len(links))
	for _, l := range links {
		answer.Links = append(answer.Links, rows.of(l, r.view))
	}
	return answer
}

// wordsIn tells of each word whether it is one of the relations; nil: all are (none are
// named).
func wordsIn(relations []string) []bool {
	if len(relations) == 0 {
		return nil
	}
	in := make([]bool, len(words))
	for _, name := range relations {
		if place, known := wordOf[name]; known {
			in[place] = true
		}
	}
	return in
}

// telling makes rows of links with some of their values.
type telling struct {
	wanted
	none bool
	made map[values]statement.Values // most links say the same
}

func newTelling(keys []string) telling {
	return telling{wants(keys), len(keys) == 0, map[values]statement.Values{}}
}

func (m *telling) of(l *link, view store.View) store.Row {
	row := store.Row{ID: l.id, Type: l.relation.String(), From: l.from.id, To: l.to.id}
	if m.none {
		return row
	}
	all := l.row.values(view)
	var known bool
	if row.Values, known = m.made[all]; !known {
		row.Values = all.wanted(&m.wanted)
		m.made[all] = row.Values
	}
	return row
}
