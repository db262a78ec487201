package embedstore

import (
	"context"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
)

// Find implements store.Store.
func (s *Store) Find(ctx context.Context, view store.View, questions []store.Question) ([][]string, error) {
	if err := checkView(view); err != nil {
		return nil, err
	}
	if err := store.CheckQuestions(questions); err != nil {
		return nil, err
	}
	snap, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer snap.release()
	words := snap.graph.words.settled(snap.graph)
	answers := make([][]string, len(questions))
	for i := range questions {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		answers[i] = words.find(view, &questions[i])
	}
	return answers, nil
}

func (x *wordIndex) find(view store.View, q *store.Question) []string {
	fits := store.NewFits(q, x.borne(view, q))
	var looked []*node
	place := map[*node]int{}
	for _, word := range fits.Look(q.Most) {
		for _, list := range x.words[word].in(view) {
			for _, n := range list {
				if _, known := place[n]; !known && among(q.Types, n.typ.String()) {
					place[n] = len(looked)
					looked = append(looked, n)
				}
			}
		}
	}
	if len(looked) > q.Most {
		slices.SortFunc(looked, byName[*node])
		looked = looked[:q.Most]
		clear(place)
		for i, n := range looked {
			place[n] = i
		}
	}
	clues := len(q.Clues)
	given := make([]int, len(looked)*clues)
	raise := func(w *borneWord) {
		for _, list := range w.in(view) {
			for _, n := range list {
				if i, there := place[n]; there {
					fits.Raise(given[i*clues:(i+1)*clues], w.text)
				}
			}
		}
	}
	for _, w := range fits.Words() {
		raise(x.words[w.Word])
	}
	for _, text := range fits.Weak() {
		for _, w := range x.beginning(text) {
			raise(w)
		}
	}
	worthy := make([]store.Worthy, len(looked))
	for i, n := range looked {
		worthy[i].ID = n.id
		for _, worth := range given[i*clues : (i+1)*clues] {
			worthy[i].Worth += worth
		}
	}
	return store.Best(worthy, q.First)
}

// borne gives the words that a key leads to which is not weak, and who bears them in the view.
func (x *wordIndex) borne(view store.View, q *store.Question) []store.Borne {
	var words []store.Borne
	add := func(list ...*borneWord) {
		for _, w := range list {
			words = append(words, store.Borne{Word: w.text, Bearers: w.count(view)})
		}
	}
	for _, clue := range q.Clues {
		for _, k := range clue {
			switch {
			case k.Weak:
			case k.Prefix:
				add(x.beginning(k.Text)...)
			default:
				if w := x.words[k.Text]; w != nil {
					add(w)
				}
				add(x.keys[k.Text]...)
			}
		}
	}
	return words
}
