package neo4jstore

import (
	"context"
	"time"

	"github.com/vinculo/vinculo/internal/store"
)

// How often a read is tried when commits come in between its pieces, and a piece
// when they come in between its own rows: it takes so much less time that a few
// more tries find a moment without.
const (
	attempts      = 3
	pieceAttempts = 12
)

// leash is the time that a read which is cut nowhere may take. What multiplies from
// level to level is not bounded in one text, but is when it is cut.
const leash = 2 * time.Second

// Read implements store.Store.
func (s *Store) Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error) {
	ctx, leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if err := store.Check(selections); err != nil {
		return nil, err
	}
	if len(selections) == 0 {
		return nil, nil
	}
	budget = min(max(budget, 0), store.Everything-1)
	asked, compared := store.Named(selections)
	former, err := s.former(ctx, view, compared)
	if err != nil {
		return nil, err
	}
	selections = store.Renamed(selections, former)
	pages, err := s.read(ctx, view, budget, selections)
	if err != nil {
		return nil, err
	}
	// Only an id by which nothing was found may be a former one.
	if former, err = s.former(ctx, view, missing(asked, pages)); err != nil || len(former) == 0 {
		return pages, err
	}
	return s.read(ctx, view, budget, store.Renamed(selections, former))
}

// read answers selections in which no id is a former one.
func (s *Store) read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error) {
	roots := newQueries(selections, false)
	whole := rootPiece(view, budget, nowhere, roots, 0)
	key := keyOf(whole.text)
	if s.cut == CutNowhere || s.cut == CutNew && s.seen.planned(key) {
		pages, err := s.readIn(ctx, s.leash, &reading{view: view, budget: budget, decoder: decoder{nowhere}}, []piece{whole}, roots)
		if err == nil || ctx.Err() != nil || !tooMuch(err) {
			return pages, err
		}
		s.seen.bar(key)
	}
	roots = newQueries(selections, true)
	pages, err := s.readIn(ctx, forever, &reading{view: view, budget: budget, decoder: decoder{everywhere}}, rootPieces(view, budget, everywhere, roots), roots)
	if err == nil && s.cut == CutNew && s.seen.answered(key) {
		s.plan(ctx, whole, key)
	}
	return pages, err
}

// readIn runs a read until no commit comes in between.
func (s *Store) readIn(ctx context.Context, limit time.Duration, how *reading, first []piece, roots []*query) ([]store.Page, error) {
	for attempt := 1; ; attempt++ {
		var pages []store.Page
		var moved bool
		err := s.query(ctx, limit, func(ctx context.Context, texts runner) error {
			r := *how
			r.ctx, r.texts, r.between = ctx, texts, s.between
			var err error
			pages, err = r.roots(first, roots)
			moved = r.moved
			return err
		})
		switch {
		case attempt < attempts && (err == nil && moved || vanished(err)):
			continue
		case err != nil:
			return nil, err
		}
		return pages, nil
	}
}
