package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

func TestClassify(t *testing.T) {
	server := func(code string) error { return &neo4j.Neo4jError{Code: code, Msg: "secret words of the server"} }
	for _, tt := range []struct {
		name string
		err  error
		want error
	}{
		{"connection", &neo4j.ConnectivityError{Inner: errors.New("secret words of the driver")}, store.ErrUnavailable},
		{"repeated in vain", &neo4j.TransactionExecutionLimit{Cause: "timeout", Errors: []error{server("Neo.TransientError.Transaction.DeadlockDetected")}}, store.ErrUnavailable},
		{"transient", server("Neo.TransientError.Transaction.DeadlockDetected"), store.ErrUnavailable},
		{"no leader", server("Neo.ClientError.Cluster.NotALeader"), store.ErrUnavailable},
		{"no access", server("Neo.ClientError.Security.Unauthorized"), store.ErrUnavailable},
		{"no database", server("Neo.ClientError.Database.DatabaseNotFound"), store.ErrUnavailable},
		{"terminated", server("Neo.ClientError.Transaction.Terminated"), store.ErrUnavailable},
		{"out of time", server("Neo.ClientError.Transaction.TransactionTimedOut"), context.DeadlineExceeded},
		{"out of its own time", server("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"), context.DeadlineExceeded},
		{"wrapped", fmt.Errorf("again: %w", server("Neo.TransientError.General.OutOfMemoryError")), store.ErrUnavailable},
		{"our mistake", server("Neo.ClientError.Statement.SyntaxError"), errFailed},
		{"anything else", errors.New("secret words"), errFailed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := classify(t.Context(), tt.err)
			if !errors.Is(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			if strings.Contains(got.Error(), "secret") {
				t.Errorf("a client would see %q", got)
			}
			if !errors.Is(got, tt.err) || Cause(got) != tt.err.Error() {
				t.Error("logs would not see the cause")
			}
			if again := classify(t.Context(), fmt.Errorf("more: %w", got)); !errors.Is(again, tt.want) {
				t.Errorf("classified again it is %v", again)
			}
		})
	}
}

func TestMadeMeanwhile(t *testing.T) {
	for code, want := range map[string]bool{
		"Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists": true,
		"Neo.ClientError.Schema.IndexAlreadyExists":                true,
		"Neo.ClientError.Schema.ConstraintAlreadyExists":           true,
		"Neo.ClientError.Schema.ConstraintValidationFailed":        false,
		"Neo.ClientError.Statement.SyntaxError":                    false,
	} {
		err := &neo4j.Neo4jError{Code: code}
		if got := madeMeanwhile(err); got != want {
			t.Errorf("%s: %v", code, got)
		}
		if got := madeMeanwhile(classify(t.Context(), err)); got != want {
			t.Errorf("%s, classified: %v", code, got)
		}
	}
	if madeMeanwhile(errors.New("no server has said this")) {
		t.Error("an error of nobody's")
	}
}

// What says what is wrong with a request stays as it is, also when the context has ended.
func TestClassifyKeepsThePortsErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range []error{
		&statement.Error{Kind: statement.ErrConflict, Message: "id: exists"}, store.ErrTooExpensive, fmt.Errorf("selection: %w", store.ErrInvalid), nil,
	} {
		if got := classify(ctx, err); any(got) != any(err) {
			t.Errorf("%v became %v", err, got)
		}
	}
	if got := classify(ctx, &neo4j.ConnectivityError{Inner: errors.New("closed")}); !errors.Is(got, context.Canceled) {
		t.Errorf("after the context has ended: %v", got)
	}
}

// The database's errors reach the driver as they are, so that it can tell which
// attempts may be repeated; a commit that is refused is not.
func TestRefusedCommitsAreTriedOnce(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	_, err := h.store.Write(t.Context(), statement.Commit{Add: []statement.Statement{{Subject: "p1", Property: "wingspan", Value: "3", Source: "s1"}}})
	var rejected *statement.Error
	if !errors.Is(err, store.ErrInvalid) || !errors.As(err, &rejected) || rejected.Index != 0 {
		t.Fatalf("got %v", err)
	}
	if n := run(t, h.target, "MATCH (m:VinculoMeta) RETURN m.sequence")[0].Values[0]; n != int64(0) {
		t.Errorf("the sequence moved to %v", n)
	}
}

func TestUnreachable(t *testing.T) {
	_, err := Open(t.Context(), Config{URI: "bolt://127.0.0.1:1"})
	if !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), "127.0.0.1:1") {
		t.Errorf("got %v", err)
	}
	if _, err := Open(t.Context(), Config{URI: "http://127.0.0.1:1"}); err == nil || errors.Is(err, store.ErrUnavailable) {
		t.Errorf("an address of another kind: %v", err)
	}
}

// The deadline of a read goes to the server, which ends by itself what takes longer,
// and says so: here nothing else would, since the text is not bound to the deadline.
func TestServerEndsWhatTakesTooLong(t *testing.T) {
	h := newHarness(t, CutNew)
	h.open(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	err := h.store.query(ctx, forever, func(ctx context.Context, r runner) error {
		return exec(context.WithoutCancel(ctx), r, "UNWIND range(1, 1000000000000) AS i RETURN count(i)", nil)
	})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(Cause(err), "TransactionTimedOut") {
		t.Errorf("got %v", explained(err))
	}
}
