package main

import (
	"context"
	"log/slog"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// telling is a store that tells each commit, at level debug, once it is durable:
// whatever has been told is there, however the process ends.
type telling struct {
	store.Store
	log *slog.Logger
}

func (t telling) Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error) {
	receipt, err := t.Store.Write(ctx, commit)
	if err == nil && !receipt.Unchanged {
		t.log.DebugContext(ctx, "committed", "sequence", receipt.Sequence, "changed", receipt.Changed)
	}
	return receipt, err
}
