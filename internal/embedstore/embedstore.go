// Package embedstore is the store that needs no server: one bbolt file keeps the
// log, the statements and the rows projected from them; entities and links are also
// held in memory, encoded as in the file, where reads walk them. Statements are read
// from the file.
//
// A write is durable in the file before memory changes, so that whatever a reader
// has seen survives a crash. Rows are loaded, not projected, when a store is opened.
package embedstore

import (
	"context"
	"log/slog"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/store"
)

var _ store.Store = (*Store)(nil)

// Options of Open; the zero value is good.
type Options struct {
	Logger *slog.Logger     // nil: nothing is logged
	Now    func() time.Time // when a commit is recorded; nil: the clock

	noSync bool // tests of many commits: what a crash of the machine would lose does not matter there
}

// Store is a store.Store in one file. It is made by Open.
type Store struct {
	db     *bolt.DB
	log    *slog.Logger
	now    func() time.Time
	secret []byte

	// writing has room for one: whoever has put something in may write. It is a
	// channel because waiting for it must end with a context.
	writing chan struct{}

	mu       sync.RWMutex // guards what follows; a read holds it for as long as it reads
	graph    *graph
	sequence uint64 // of the last commit that graph holds
	closed   bool
}

// Close implements store.Store.
func (s *Store) Close(ctx context.Context) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	s.graph = nil
	return s.db.Close()
}

// enter waits for its turn to write; leave ends it.
func (s *Store) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s.writing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Store) leave() { <-s.writing }

// snapshot is the graph and the file in the same state, held until release. It
// keeps writes from changing memory, so it must not be kept longer than a read.
type snapshot struct {
	graph   *graph
	tx      *bolt.Tx
	release func()
}

// snapshot waits until memory and file agree. They differ only for as long as a
// writer takes from its commit to changing memory.
func (s *Store) snapshot(ctx context.Context) (snapshot, error) {
	for {
		if err := ctx.Err(); err != nil {
			return snapshot{}, err
		}
		s.mu.RLock()
		if s.closed {
			s.mu.RUnlock()
			return snapshot{}, store.ErrUnavailable
		}
		tx, err := s.db.Begin(false)
		if err != nil {
			s.mu.RUnlock()
			return snapshot{}, unavailable(err)
		}
		release := func() {
			_ = tx.Rollback() // of a read: there is nothing to lose
			s.mu.RUnlock()
		}
		if sequenceOf(tx) == s.sequence {
			return snapshot{s.graph, tx, release}, nil
		}
		release()
	}
}
