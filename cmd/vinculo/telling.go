package main

import (
	"context"
	"log/slog"

	"github.com/vinculo/vinculo/internal/neo4jstore"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// telling is a store that tells each commit, at level debug, once it is durable
// (whatever has been told is there, however the process ends), and what lies behind
// one that failed, at level error.
type telling struct {
	store.Store
	log *slog.Logger
}

func (t telling) Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error) {
	receipt, err := t.Store.Write(ctx, commit)
	switch {
	case err != nil:
		if cause := neo4jstore.Cause(err); cause != err.Error() { // what users are told leaves it out
			t.log.ErrorContext(ctx, "a commit failed", "error", cause)
		}
	case !receipt.Unchanged:
		t.log.DebugContext(ctx, "committed", "sequence", receipt.Sequence, "changed", receipt.Changed)
	}
	return receipt, err
}
