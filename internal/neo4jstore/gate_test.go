package neo4jstore

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/vinculo/vinculo/internal/store"
)

func TestGateWaitsForThoseInside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g gate
		if err := g.enter(); err != nil {
			t.Fatal(err)
		}
		closed := make(chan bool)
		for range 2 {
			go func() {
				first, err := g.close(t.Context())
				if err != nil {
					t.Error(err)
				}
				closed <- first
			}()
		}
		synctest.Wait()
		if err := g.enter(); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("entering a closed gate: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := g.close(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("waiting with a context that has ended: %v", err)
		}
		g.leave()
		if a, b := <-closed, <-closed; a == b {
			t.Errorf("first: %v and %v, want one of them", a, b)
		}
		if first, err := g.close(t.Context()); first || err != nil {
			t.Errorf("closing again: %v, %v", first, err)
		}
	})
}
