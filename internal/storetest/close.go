package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

var closing = subject{name: "close", data: writeData, fresh: true, cases: []sentence{
	{"Closing again does nothing", closeAgain},
	{"Close waits for what runs, then releases the store", closeWhileRunning},
	{"Every method returns ErrUnavailable if what lies behind the store cannot be reached or is closed", closedMethods},
	{"the context's error if that ends first", canceledMethods},
}}

func closeAgain(t *testing.T, s *suite) {
	for range 3 {
		if err := s.Store().Close(t.Context()); err != nil {
			t.Errorf("close: %v", err)
		}
	}
}

// methods calls each method that can fail for want of a store.
func (s *suite) methods(ctx context.Context) map[string]error {
	_, read := s.Store().Read(ctx, statement.PublicView, budget, []store.Selection{all("Person")})
	_, shortest := s.Store().Shortest(ctx, statement.PublicView, store.Way{From: "p1", To: "p2", Length: 2})
	_, expand := s.Store().Expand(ctx, statement.PublicView, []string{"p1"}, nil, nil, 5)
	_, log := s.Store().Log(ctx, statement.PublicView, "", 0, 5)
	_, write := s.Store().Write(ctx, together(entity("o2", "Organization")))
	return map[string]error{"read": read, "expand": expand, "shortest": shortest, "log": log, "write": write}
}

func closedMethods(t *testing.T, s *suite) {
	if err := s.Store().Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, err := range s.methods(t.Context()) {
		if !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func canceledMethods(t *testing.T, s *suite) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	late, stop := context.WithTimeout(t.Context(), 0)
	defer stop()
	for _, tt := range []struct {
		ctx  context.Context
		want error
	}{{canceled, context.Canceled}, {late, context.DeadlineExceeded}} {
		for name, err := range s.methods(tt.ctx) {
			if !errors.Is(err, tt.want) {
				t.Errorf("%s: %v, want %v", name, err, tt.want)
			}
		}
	}
	s.shows(t, all("Organization"), "o1")
}

func closeWhileRunning(t *testing.T, s *suite) {
	several(6, func(worker int) {
		if worker == 0 {
			if err := s.Store().Close(context.WithoutCancel(t.Context())); err != nil {
				t.Errorf("close: %v", err)
			}
			return
		}
		for i := range 10 {
			_, err := s.Store().Write(t.Context(), together(entity(fmt.Sprintf("o%d-%d", worker, i), "Organization")))
			if err != nil && !errors.Is(err, store.ErrUnavailable) {
				t.Errorf("write: %v", err)
			}
		}
	})
}
