package embedstore

import (
	"bytes"
	"context"

	"github.com/vinculo/vinculo/internal/store"
)

// Secret gives the key of the ids that are made for what comes from elsewhere. It is
// made with the store and never changes. Whoever has it can tell whether an id is
// that of a name they guess: it goes nowhere but into complete backups.
func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return nil, store.ErrUnavailable
	}
	return bytes.Clone(s.secret), nil
}
