// Package search finds entities by their names and other texts (Search), and those that
// somebody described elsewhere may be (Match).
//
// A store finds candidates by the keys of words; package match says how well their
// names fit. Everything is evaluated over the rows of one view, and it is the same code over
// every store, so that all answer alike.
package search

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Reader is the part of a store that is needed here.
type Reader interface {
	Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error)
	Find(ctx context.Context, view store.View, questions []store.Question) ([][]string, error)
}

// Bounds of the work for one text.
const (
	MaxCandidates = 200    // whose names are compared
	mostBearers   = 20_000 // of the rarest words, looked at for candidates
)

// least is the score, in thousandths, below which nothing is found.
const least = 300

// Text is what is looked for.
type Text struct {
	Text   string
	Prefix bool     // the last word may be only the beginning of one
	Types  []string // none: all
}

// Hit is an entity that was found.
type Hit struct {
	ID string
	match.Found
}

// Search gives the entities that fit the text, best first, then by id: at most MaxCandidates.
func Search(ctx context.Context, r Reader, view store.View, t Text) ([]Hit, error) {
	clues := match.Clues(t.Text, t.Prefix)
	found, err := r.Find(ctx, view, []store.Question{{Clues: clues, Types: t.Types, First: MaxCandidates, Most: mostBearers}})
	if err != nil {
		return nil, err
	}
	pages, err := r.Read(ctx, view, MaxCandidates, []store.Selection{{
		IDs: found[0], Page: store.PageOf{First: len(found[0])}, Keys: foundBy,
	}})
	if err != nil {
		return nil, err
	}
	query := match.NewQuery(t.Text, t.Prefix)
	var hits []Hit
	for _, row := range pages[0].Rows {
		if best, ok := query.Best(texts(row.Row)); ok && best.Score >= least {
			hits = append(hits, Hit{row.Row.ID, best})
		}
	}
	slices.SortFunc(hits, func(a, b Hit) int { return cmp.Or(b.Score-a.Score, strings.Compare(a.ID, b.ID)) })
	return hits, nil
}

// foundBy names the properties by which entities are found.
var foundBy = func() []string {
	var keys []string
	for _, t := range vocab.Types() {
		for _, p := range t.Properties {
			if p.Finds != 0 && !slices.Contains(keys, p.Name) {
				keys = append(keys, p.Name)
			}
		}
	}
	return keys
}()

// texts gives the texts by which an entity is found, in the order of the vocabulary.
func texts(row *store.Row) []match.Text {
	var list []match.Text
	for _, p := range vocab.TypeOf(row.Type).Properties {
		if p.Finds == 0 {
			continue
		}
		switch value := row.Values.Get(p.Name).(type) {
		case string:
			list = append(list, match.Text{Property: p.Name, Text: value, Name: p.Finds == vocab.ByName})
		case []string:
			for _, text := range value {
				list = append(list, match.Text{Property: p.Name, Text: text, Name: p.Finds == vocab.ByName})
			}
		}
	}
	return list
}
