// Package neo4jstore keeps the graph in Neo4j, 5.26 or later.
//
// The public view is the plain graph: entities are nodes with the labels Entity,
// their type and their kind, values stand under the names that GraphQL has for
// them, links are relationships of their relation's name. What only the full view
// has stands beside it: labels that begin with Full (which every entity has), types
// that begin with FULL_, and keys that begin with full_ where a value differs. A
// text that names labels, types and keys without those prefixes sees what everybody
// may see; whole nodes and untyped patterns show more, so this package writes
// neither. See keys.go for the names and properties.go for the rule.
//
// Every text takes one map parameter, $p, since Neo4j plans a text anew for each
// size class of every bare parameter. Labels, types and keys in texts come from the
// vocabulary, never from input. The selections of a read are compiled into as many
// or as few texts as a policy says (cut.go); nothing of the graph is kept in memory.
//
// Neo4j reads what is committed and gives no snapshot, not even to one statement.
// Each text therefore reads the sequence of the last commit first and last; if it
// moved during a read the read is repeated, three times at most.
package neo4jstore

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"sync/atomic"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/store"
)

var _ store.Store = (*Store)(nil)

// Config says where the database is and how to use it.
type Config struct {
	URI      string // bolt:// for one server, neo4j:// for a cluster
	Username string // empty: no authentication
	Password string
	Database string // empty: neo4j

	// Adopt allows a database that holds other data. It still must not use labels
	// that the store writes.
	Adopt bool

	Cut     CutPolicy
	Timeout time.Duration // of an operation whose context has no deadline; 0: 30 s
	Logger  *slog.Logger  // nil: none

	now func() time.Time // nil: time.Now; set by tests
}

// How long the driver waits for what should take no time, below any deadline that
// a request has.
const (
	connectTimeout   = 5 * time.Second
	acquireTimeout   = 5 * time.Second
	retryTime        = 5 * time.Second
	closeTimeout     = 2 * time.Second
	defaultTimeout   = 30 * time.Second
	schemaTimeout    = 10 * time.Minute
	forever          = time.Duration(math.MaxInt64) // but for the context's deadline
	defaultDatabase  = "neo4j"
	rowsPerPull      = 200 // so that a read that is given up has not been computed whole
	maxSeenOperation = 1000
)

// Store is a store.Store on a Neo4j database.
type Store struct {
	driver    neo4j.DriverWithContext
	database  string
	bookmarks neo4j.BookmarkManager // nil: one server, where what is committed shows
	cut       CutPolicy
	timeout   time.Duration
	leash     time.Duration // see the constant; tests change it
	log       *slog.Logger
	now       func() time.Time
	gate      gate
	seen      *seen
	planning  chan struct{} // holds one while a text is being planned
	outdated  atomic.Bool   // the rows are those of another projection

	between func() // called between two pieces of a read; set by tests
}

// Open connects to the database, checks that it can be used, and makes what is
// missing: constraints, indexes, and the node that says whose database it is. It
// returns an error that tells an operator what to do; ErrUnavailable if trying
// again may help.
//
// If the database was projected by another version of the vocabulary or the rules,
// the store answers ErrUnavailable until Reproject has been called: see Outdated.
func Open(ctx context.Context, c Config) (*Store, error) {
	s, err := connect(c)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx, c.Adopt); err != nil {
		_ = s.shut(ctx)
		return nil, fmt.Errorf("neo4j database %s: %w", s.database, explained(classify(ctx, err)))
	}
	return s, nil
}

// Close implements store.Store.
func (s *Store) Close(ctx context.Context) error {
	if first, err := s.gate.close(ctx); err != nil || !first {
		return err
	}
	return classify(ctx, s.shut(ctx))
}

func (s *Store) shut(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	return s.driver.Close(ctx)
}
