package neo4jstore

import (
	"context"
	"sync"

	"github.com/vinculo/vinculo/internal/store"
)

// gate lets operations in until it is closed, and lets whoever closes it wait for
// those inside. The zero value is open.
type gate struct {
	mu       sync.Mutex // guards what follows
	inside   int
	closed   bool
	empty    chan struct{} // made when the gate is closed, closed when nobody is inside
	released bool
}

// enter counts an operation in, or refuses it; leave must be called after it.
func (g *gate) enter() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return store.ErrUnavailable
	}
	g.inside++
	return nil
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	if g.closed && g.inside == 0 {
		close(g.empty)
	}
}

// close refuses what comes and waits for those inside. The first call that has
// waited to the end gets true, and no other.
func (g *gate) close(ctx context.Context) (first bool, err error) {
	g.mu.Lock()
	if !g.closed {
		g.closed = true
		g.empty = make(chan struct{})
		if g.inside == 0 {
			close(g.empty)
		}
	}
	g.mu.Unlock()
	select {
	case <-g.empty:
		g.mu.Lock()
		defer g.mu.Unlock()
		first, g.released = !g.released, true
		return first, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}
