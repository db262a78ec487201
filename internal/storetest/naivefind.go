package storetest

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/store"
)

// Find implements store.Store.
func (n *Naive) Find(ctx context.Context, view store.View, questions []store.Question) ([][]string, error) {
	if err := n.enter(ctx); err != nil {
		return nil, err
	}
	defer n.mu.Unlock()
	if err := store.CheckQuestions(questions); err != nil {
		return nil, err
	}
	rows := reader{n: n, view: view}.all(store.Entities)
	slices.SortFunc(rows, func(a, b *store.Row) int { return strings.Compare(a.ID, b.ID) })
	answers := make([][]string, len(questions))
	for i := range questions {
		answers[i] = finder{&questions[i], rows, map[string]int{}}.find()
	}
	return answers, nil
}

// finder answers one question.
type finder struct {
	*store.Question
	rows    []*store.Row // by id
	bearers map[string]int
}

func (f finder) find() []string {
	for _, row := range f.rows {
		for _, word := range row.Words() {
			f.bearers[word]++
		}
	}
	telling := f.telling()
	type answer struct {
		id    string
		worth int
	}
	var found []answer
	for _, row := range f.rows {
		words := row.Words()
		if len(f.Types) > 0 && !slices.Contains(f.Types, row.Type) || len(found) == f.Most ||
			!slices.ContainsFunc(words, func(w string) bool { return slices.Contains(telling, w) }) {
			continue
		}
		found = append(found, answer{row.ID, f.worth(words)})
	}
	slices.SortStableFunc(found, func(a, b answer) int { return b.worth - a.worth })
	ids := []string{}
	for _, a := range found[:min(f.First, len(found))] {
		ids = append(ids, a.id)
	}
	return ids
}

// telling gives the words by which entities are looked at.
func (f finder) telling() []string {
	var words []string
	for word := range f.bearers {
		if slices.ContainsFunc(slices.Concat(f.Clues...), func(k match.Key) bool { return !k.Weak && fits(word, k) }) {
			words = append(words, word)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(f.bearers[a]-f.bearers[b], strings.Compare(a, b)) })
	sum := 0
	for i, word := range words {
		if sum += f.bearers[word]; sum > f.Most && i > 0 {
			return words[:i]
		}
	}
	return words
}

func (f finder) worth(words []string) int {
	sum := 0
	for _, clue := range f.Clues {
		best := 0
		for _, k := range clue {
			for _, word := range words {
				if !fits(word, k) {
					continue
				}
				rarity := 10
				if !k.Weak {
					rarity = 40 - bits.Len(uint(f.bearers[word]))
				}
				best = max(best, k.Weight*rarity)
			}
		}
		sum += best
	}
	return sum
}

func fits(word string, k match.Key) bool {
	return word == k.Text || k.Prefix && strings.HasPrefix(word, k.Text) || !k.Weak && slices.Contains(match.Keys(word), k.Text)
}
