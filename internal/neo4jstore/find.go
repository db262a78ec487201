package neo4jstore

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/store"
)

// Find implements store.Store.
func (s *Store) Find(ctx context.Context, view store.View, questions []store.Question) ([][]string, error) {
	ctx, leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if err := store.CheckQuestions(questions); err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		var f *finder
		err := s.query(ctx, forever, func(ctx context.Context, texts runner) error {
			f = &finder{reading: reading{view: view, ctx: ctx, texts: texts, between: s.between}, questions: questions}
			return f.find()
		})
		switch {
		case err != nil:
			return nil, err
		case !f.moved || attempt == attempts:
			return f.answers, nil
		}
	}
}

// finder answers questions by two texts: which words fit, and who bears them.
type finder struct {
	reading
	questions []store.Question
	fits      []*store.Fits
	answers   [][]string
}

func (f *finder) find() error {
	f.answers = make([][]string, len(f.questions))
	words, err := f.words()
	if err != nil {
		return err
	}
	looks, most := []any{}, 0
	for i := range f.questions {
		q := &f.questions[i]
		fits := store.NewFits(q, words.of(q))
		f.fits, f.answers[i] = append(f.fits, fits), []string{}
		if look := fits.Look(q.Most); len(look) > 0 && q.Most > 0 {
			labels := []string{}
			for _, typ := range q.Types {
				labels = append(labels, labelIn(f.view, typ))
			}
			looks = append(looks, map[string]any{"number": int64(i), "words": look, "labels": labels})
			most = max(most, q.Most)
		}
	}
	if len(looks) == 0 {
		return nil
	}
	return f.bearers(looks, most)
}

// borneWords are the words that keys lead to, by what leads to them.
type borneWords struct {
	byKey map[string][]store.Borne
	all   []store.Borne
}

// of gives the words that a question may mean.
func (b borneWords) of(q *store.Question) []store.Borne {
	var words []store.Borne
	for _, clue := range q.Clues {
		for _, k := range clue {
			switch {
			case k.Weak:
			case k.Prefix:
				for _, w := range b.all {
					if strings.HasPrefix(w.Word, k.Text) {
						words = append(words, w)
					}
				}
			default:
				words = append(words, b.byKey[k.Text]...)
			}
		}
	}
	return words
}

// words finds the words that fit by keys that are not weak, and how many bear them.
func (f *finder) words() (borneWords, error) {
	equal, begun := map[string]bool{}, map[string]bool{}
	for _, q := range f.questions {
		for _, clue := range q.Clues {
			for _, k := range clue {
				switch {
				case k.Weak:
				case k.Prefix:
					begun[k.Text] = true
				default:
					equal[k.Text] = true
				}
			}
		}
	}
	found := borneWords{byKey: map[string][]store.Borne{}}
	p := wordsPiece(f.view, params{"keys": slices.Sorted(maps.Keys(equal)), "begun": slices.Sorted(maps.Keys(begun))})
	err := f.run(p, func() { found = borneWords{byKey: map[string][]store.Borne{}} }, func(_ int, list []any) error {
		w := store.Borne{}
		w.Word, _ = list[0].(string)
		n, _ := list[1].(int64)
		w.Bearers = int(n)
		found.all = append(found.all, w)
		for _, key := range append(match.Keys(w.Word), w.Word) {
			if equal[key] {
				found.byKey[key] = append(found.byKey[key], w)
			}
		}
		return nil
	})
	return found, err
}

func wordsPiece(view store.View, p params) piece {
	types := bearsIn(view)
	text := "CALL () { UNWIND $p.keys AS key " + seek("w", wordLabel, keyWord) + " = key RETURN w UNION " +
		"UNWIND $p.keys AS key " + seek("s", spellingLabel, keySpelling) + " = key MATCH (s)-[:" + spells + "]->(w) RETURN w UNION " +
		"UNWIND $p.begun AS key " + seek("w", wordLabel, keyWord) + " STARTS WITH key RETURN w } " +
		"WITH w, COUNT { (w)<-[:" + types[0] + "]-() } + COUNT { (w)<-[:" + types[1] + "]-() } AS n WHERE n > 0 RETURN 0 AS k, [w." + keyWord + ", n] AS v"
	return (&compiler{view: view, p: p}).joined([]string{text})
}

// bearers looks at those who bear the words that tell the most.
func (f *finder) bearers(looks []any, most int) error {
	worthy := make([][]store.Worthy, len(f.questions))
	p := bearersPiece(f.view, params{"looks": looks, "most": int64(most)})
	err := f.run(p, func() { clear(worthy) }, func(_ int, list []any) error {
		number, _ := list[0].(int64)
		if len(worthy[number]) == f.questions[number].Most {
			return nil
		}
		given := make([]int, len(f.questions[number].Clues))
		words, _ := list[2].([]any)
		for _, w := range words {
			word, _ := w.(string)
			f.fits[number].Raise(given, word)
		}
		w := store.Worthy{}
		w.ID, _ = list[1].(string)
		for _, n := range given {
			w.Worth += n
		}
		worthy[number] = append(worthy[number], w)
		return nil
	})
	for i := range worthy {
		f.answers[i] = store.Best(worthy[i], f.questions[i].First)
	}
	return err
}

func bearersPiece(view store.View, p params) piece {
	types := bearsIn(view)
	borne := ":" + types[0] + "|" + types[1]
	text := "UNWIND $p.looks AS look CALL (look) { UNWIND look.words AS word " + seek("w", wordLabel, keyWord) + " = word MATCH (w)<-[" + borne + "]-(e) " +
		"WHERE size(look.labels) = 0 OR any(label IN labels(e) WHERE label IN look.labels) WITH DISTINCT e ORDER BY e.id LIMIT $p.most RETURN e } " +
		"RETURN 0 AS k, [look.number, e.id, [(e)-[" + borne + "]->(x) | x." + keyWord + "]] AS v"
	return (&compiler{view: view, p: p}).joined([]string{text})
}
