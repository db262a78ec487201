package main

import (
	"context"
	"log/slog"

	"github.com/vinculo/vinculo/internal/embedstore"
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
	if err == nil {
		tellCommit(t.log, receipt)
	} else if cause := neo4jstore.Cause(err); cause != err.Error() { // what users are told leaves it out
		t.log.ErrorContext(ctx, "a commit failed", "error", cause)
	}
	return receipt, err
}

func tellCommit(log *slog.Logger, r statement.Receipt) {
	if !r.Unchanged {
		log.Debug("committed", "sequence", r.Sequence, "changed", r.Changed)
	}
}

// bulk makes a store write many commits at a time, if it can, and tell them.
func bulk(s store.Store, log *slog.Logger) store.Store {
	if embedded, ok := s.(*embedstore.Store); ok {
		return embedstore.NewBulk(embedded, func(r statement.Receipt) { tellCommit(log, r) })
	}
	return s
}

// teller gives the store to write to: one that tells its commits.
func teller(s store.Store, log *slog.Logger) store.Store {
	if _, tells := s.(*embedstore.Bulk); tells {
		return s
	}
	return telling{s, log}
}
