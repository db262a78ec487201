package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
)

// limited gives a row with the values of the keys alone.
func limited(row *store.Row, keys []string) *store.Row {
	few := *row
	few.Values = nil
	for _, v := range row.Values {
		if slices.Contains(keys, v.Key) {
			few.Values = append(few.Values, v)
		}
	}
	return &few
}

// Shortest implements store.Store.
func (n *Naive) Shortest(ctx context.Context, view store.View, q store.Way) (store.Ways, error) {
	if err := n.enter(ctx); err != nil {
		return store.Ways{}, err
	}
	defer n.mu.Unlock()
	r := reader{n: n, view: view}
	former := r.former()
	w := store.Ways{From: cmp.Or(former[q.From], q.From), To: cmp.Or(former[q.To], q.To)}
	var links []*store.Row
	for _, link := range r.all(store.LinkRows) {
		if among(q.Relations, link.Type) && !slices.ContainsFunc([]string{link.ID, link.From, link.To}, func(id string) bool { return slices.Contains(q.Without, id) }) {
			links = append(links, link)
		}
	}
	to := distances(links, w.To)
	if w.Length = to[w.From]; w.From == w.To || w.Length == 0 || w.Length > q.Length {
		return store.Ways{}, nil
	}
	ways := map[string]int{w.To: 1} // from there to the end
	from := distances(links, w.From)
	slices.SortStableFunc(links, func(a, b *store.Row) int {
		return cmp.Compare(min(to[a.From], to[a.To]), min(to[b.From], to[b.To]))
	})
	for _, link := range links {
		for _, ends := range [][2]string{{link.From, link.To}, {link.To, link.From}} {
			before, known := from[ends[0]]
			after, reached := to[ends[1]]
			if known && reached && before+1+after == w.Length {
				ways[ends[0]] += ways[ends[1]]
				w.Links = append(w.Links, *limited(link, q.Keys))
			}
		}
	}
	if ways[w.From] > q.Most {
		w.Links = nil
	}
	slices.SortFunc(w.Links, func(a, b store.Row) int { return cmp.Compare(a.ID, b.ID) })
	return w, nil
}

// distances gives the number of links from each entity that can be reached to one.
func distances(links []*store.Row, to string) map[string]int {
	far := map[string]int{to: 0}
	for front := []string{to}; len(front) > 0; front = front[1:] {
		for _, link := range links {
			for _, ends := range [][2]string{{link.From, link.To}, {link.To, link.From}} {
				if _, known := far[ends[1]]; ends[0] == front[0] && !known {
					far[ends[1]] = far[front[0]] + 1
					front = append(front, ends[1])
				}
			}
		}
	}
	return far
}
