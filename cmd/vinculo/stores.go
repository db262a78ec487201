package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/vinculo/vinculo/internal/embedstore"
	"github.com/vinculo/vinculo/internal/neo4jstore"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// The reasons why a server is not ready, for everybody.
const (
	waitOpening    = "opening the store"
	waitConnecting = "connecting to Neo4j"
	waitNeo4j      = "Neo4j cannot be reached; trying again"
	waitProjecting = "projecting all rows anew, since the vocabulary or the rules have changed"
	waitBundled    = "loading the bundled data"
	goneNeo4j      = "Neo4j cannot be reached"
	goneStore      = "the store does not answer"
)

// The waits between tries to reach Neo4j.
const (
	firstRetry = time.Second
	lastRetry  = 30 * time.Second
)

// commitTime bounds what has no deadline of its own: requests have theirs, so it is
// for the commits of an import, each of up to 1,000 statements.
const commitTime = 5 * time.Minute

// opener opens the store that the settings name.
type opener struct {
	storeSettings
	logger *slog.Logger
	wait   func(reason string) // told why it takes time
}

// open opens the store, once.
func (o *opener) open(ctx context.Context) (store.Store, error) {
	if o.neo4j.URI == "" {
		o.wait(waitOpening)
		s, err := embedstore.Open(o.dataDir, embedstore.Options{Logger: o.logger})
		if err != nil {
			return nil, err
		}
		return s, nil
	}
	s, err := neo4jstore.Open(ctx, o.neo4jConfig())
	if err != nil {
		return nil, fmt.Errorf("Neo4j at %s: %w", address(o.neo4j.URI), err)
	}
	if s.Outdated() {
		o.wait(waitProjecting)
		if err := s.Reproject(ctx); err != nil {
			return nil, errors.Join(fmt.Errorf("Neo4j at %s: %w", address(o.neo4j.URI), err), s.Close(ctx))
		}
	}
	return s, nil
}

// neo4jConfig gives what the settings say of Neo4j.
func (o *opener) neo4jConfig() neo4jstore.Config {
	config := o.neo4j
	config.Logger, config.Timeout = o.logger, commitTime
	if config.Username == "" && config.Password != "" {
		config.Username = "neo4j"
	}
	return config
}

// openPatiently opens the store, and tries again as long as it is Neo4j that cannot
// be reached.
func (o *opener) openPatiently(ctx context.Context) (store.Store, error) {
	o.wait(waitConnecting)
	for wait := firstRetry; ; wait = min(2*wait, lastRetry) {
		s, err := o.open(ctx)
		if err == nil || o.neo4j.URI == "" || !errors.Is(err, store.ErrUnavailable) || ctx.Err() != nil {
			return s, err
		}
		o.logger.Warn("Neo4j cannot be reached: is it running, and are NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD right?",
			"uri", address(o.neo4j.URI), "error", neo4jstore.Cause(err), "next_try_in", wait)
		o.wait(waitNeo4j)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
	}
}

// address is a URI without what may be secret in it.
func address(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return "NEO4J_URI"
	}
	return u.Redacted()
}

// check gives what /readyz asks of the store: to find what every store has.
func (o *opener) check(s store.Store) func(context.Context) string {
	reason := goneStore
	if o.neo4j.URI != "" {
		reason = goneNeo4j
	}
	one := []store.Selection{{Of: store.Entities, IDs: []string{vocab.Editorial}, Page: store.PageOf{First: 1}}}
	return func(ctx context.Context) string {
		pages, err := s.Read(ctx, store.PublicView, 1, one)
		if err == nil && len(pages[0].Rows) == 1 {
			return ""
		}
		cause := "it lacks what every store has"
		if err != nil {
			cause = neo4jstore.Cause(err)
		}
		o.logger.WarnContext(ctx, "not ready", "reason", reason, "error", cause)
		return reason
	}
}

// isEmpty reports whether nothing has ever been written to the store.
func isEmpty(ctx context.Context, s store.Store) (bool, error) {
	log, err := s.Log(ctx, store.FullView, "", 0, 1)
	return len(log) == 0, err
}
