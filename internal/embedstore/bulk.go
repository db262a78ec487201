package embedstore

import (
	"context"
	"errors"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

var _ store.Store = (*Bulk)(nil)

// Bulk writes many commits to a Store, several at a time: the file is synced once for
// all of them. It is for imports, which are repeated if they break off.
//
// It differs from the Store in one thing: Write returns before the commit is durable
// and can be read. Both are so once durable, if set, has been called with its receipt,
// or another method has returned. If commits that have been acknowledged cannot be
// made durable, the method that finds out returns the error, and so does every later
// one but Close; none of them is stored then.
//
// One goroutine at a time may use it. While it holds commits, other writers wait.
type Bulk struct {
	store   *Store
	durable func(statement.Receipt)
	open    *transaction // nil: nothing is held
	failed  error
}

// Bounds of what is held: then it is made durable.
const (
	bulkCommits    = 32
	bulkStatements = 16 * statement.MaxStatements
)

// NewBulk gives a Bulk that owns the store: Close closes it.
func NewBulk(s *Store, durable func(statement.Receipt)) *Bulk {
	return &Bulk{store: s, durable: durable}
}

// Write implements store.Store, but for what Bulk says.
func (b *Bulk) Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error) {
	if err := errors.Join(b.failed, ctx.Err()); err != nil {
		return statement.Receipt{}, err
	}
	if b.open == nil {
		t, err := b.store.begin(ctx)
		if err != nil {
			return statement.Receipt{}, err
		}
		b.open = t
	}
	receipt, err := b.open.add(commit)
	var refused *statement.Error
	switch {
	case errors.As(err, &refused):
		return receipt, err
	case err != nil:
		b.failed = err
		b.drop()
		return receipt, err
	case len(b.open.added) >= bulkCommits || len(b.open.facts.read) >= bulkStatements:
		return receipt, b.settle()
	}
	return receipt, nil
}

func (b *Bulk) drop() {
	b.open.end()
	b.open = nil
}

// settle makes durable what is held.
func (b *Bulk) settle() error {
	if b.failed != nil || b.open == nil {
		return b.failed
	}
	defer b.drop()
	if len(b.open.added) == 0 {
		return nil
	}
	if b.failed = b.open.commit(); b.failed != nil {
		return b.failed
	}
	for _, a := range b.open.added {
		if b.durable != nil {
			b.durable(a.receipt)
		}
	}
	return nil
}

// Read implements store.Store.
func (b *Bulk) Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error) {
	if err := b.settle(); err != nil {
		return nil, err
	}
	return b.store.Read(ctx, view, budget, selections)
}

// Expand implements store.Store.
func (b *Bulk) Expand(ctx context.Context, view store.View, ids, relations, keys []string, limit int) ([]store.Links, error) {
	if err := b.settle(); err != nil {
		return nil, err
	}
	return b.store.Expand(ctx, view, ids, relations, keys, limit)
}

// Shortest implements store.Store.
func (b *Bulk) Shortest(ctx context.Context, view store.View, q store.Way) (store.Ways, error) {
	if err := b.settle(); err != nil {
		return store.Ways{}, err
	}
	return b.store.Shortest(ctx, view, q)
}

// Find implements store.Store.
func (b *Bulk) Find(ctx context.Context, view store.View, questions []store.Question) ([][]string, error) {
	if err := b.settle(); err != nil {
		return nil, err
	}
	return b.store.Find(ctx, view, questions)
}

// Log implements store.Store.
func (b *Bulk) Log(ctx context.Context, view store.View, entity string, after uint64, limit int) ([]statement.Entry, error) {
	if err := b.settle(); err != nil {
		return nil, err
	}
	return b.store.Log(ctx, view, entity, after, limit)
}

// Secret gives that of the Store.
func (b *Bulk) Secret(ctx context.Context) ([]byte, error) { return b.store.Secret(ctx) }

// Close makes durable what is held, and closes the store.
func (b *Bulk) Close(ctx context.Context) error {
	return errors.Join(b.settle(), b.store.Close(ctx))
}
