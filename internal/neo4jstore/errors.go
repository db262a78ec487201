package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// errFailed is what callers see of a failure that is nobody's doing but ours.
var errFailed = errors.New("the database answered with an error")

// failure is an error of the driver or the server: it reads as what it means, and
// keeps its cause for logs.
type failure struct{ means, cause error }

func (f *failure) Error() string   { return f.means.Error() }
func (f *failure) Unwrap() []error { return []error{f.means, f.cause} }

// Cause tells an operator what lies behind it.
func (f *failure) Cause() string { return f.cause.Error() }

// Cause gives the text of what lies behind an error of this store, for logs and
// operators, or that of the error itself.
func Cause(err error) string {
	var f *failure
	if errors.As(err, &f) {
		return f.Cause()
	}
	return err.Error()
}

// explained adds to an error what lies behind it, for an operator to read.
func explained(err error) error {
	var f *failure
	if errors.As(err, &f) {
		return fmt.Errorf("%w: %w", err, f.cause)
	}
	return err
}

// classify turns an error of an operation into one of the port's, once, outside of
// transactions: within them the driver has to see its own errors as they are. What
// is an error of the port already stays as it is.
func classify(ctx context.Context, err error) error {
	var rejected *statement.Error
	var known *failure
	var useless *unusable
	switch {
	case err == nil:
		return nil
	case errors.As(err, &rejected), errors.As(err, &known), errors.As(err, &useless):
		return err
	case errors.Is(err, store.ErrInvalid), errors.Is(err, store.ErrTooExpensive), errors.Is(err, store.ErrUnavailable):
		return err
	case ctx.Err() != nil:
		return &failure{ctx.Err(), err}
	case timedOut(err):
		return &failure{context.DeadlineExceeded, err}
	case unavailable(err):
		return &failure{store.ErrUnavailable, err}
	}
	return &failure{errFailed, err}
}

// timedOut reports whether the server ended the transaction because of the time
// limit that it got with it, which is that of the context.
func timedOut(err error) bool {
	var server *neo4j.Neo4jError
	return errors.As(err, &server) && strings.HasPrefix(server.Code, "Neo.ClientError.Transaction.TransactionTimedOut")
}

// tooMuch reports whether the server gave up on a text that may be bounded when it
// is cut: it took too long, or too much memory.
func tooMuch(err error) bool {
	var server *neo4j.Neo4jError
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &server) && strings.Contains(server.Code, "OutOfMemory")
}

// vanished reports whether a text came upon something that another transaction has
// just deleted.
func vanished(err error) bool {
	var server *neo4j.Neo4jError
	return errors.As(err, &server) && server.Code == "Neo.ClientError.Statement.EntityNotFound"
}

// madeMeanwhile reports whether a constraint or an index could not be made since it
// is there: another transaction was first.
func madeMeanwhile(err error) bool {
	var server *neo4j.Neo4jError
	if !errors.As(err, &server) {
		return false
	}
	switch strings.TrimPrefix(server.Code, "Neo.ClientError.Schema.") {
	case "EquivalentSchemaRuleAlreadyExists", "IndexAlreadyExists", "ConstraintAlreadyExists":
		return true
	}
	return false
}

// unavailable reports whether the same might succeed later: there is no server, no
// connection, no leader, no access, or the driver has given up repeating.
func unavailable(err error) bool {
	if neo4j.IsConnectivityError(err) || neo4j.IsTransactionExecutionLimit(err) || neo4j.IsRetryable(err) {
		return true
	}
	var connectivity *neo4j.ConnectivityError
	var limit *neo4j.TransactionExecutionLimit
	var expired *neo4j.TokenExpiredError
	var access *neo4j.InvalidAuthenticationError
	if errors.As(err, &connectivity) || errors.As(err, &limit) || errors.As(err, &expired) || errors.As(err, &access) {
		return true
	}
	var server *neo4j.Neo4jError
	if !errors.As(err, &server) {
		return false
	}
	for _, prefix := range []string{
		"Neo.TransientError.", "Neo.ClientError.Security.", "Neo.ClientError.Cluster.", "Neo.DatabaseError.General.DatabaseUnavailable",
		"Neo.ClientError.Database.", "Neo.ClientError.Transaction.Terminated", "Neo.ClientError.Transaction.LockClientStopped",
	} {
		if strings.HasPrefix(server.Code, prefix) {
			return true
		}
	}
	return false
}
