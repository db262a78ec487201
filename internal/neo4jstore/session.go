package neo4jstore

import (
	"context"
	"errors"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/store"
)

// params is what a text's $p holds.
type params map[string]any

// work is what runs in a transaction. It may run again, so it leaves nothing behind
// but what it overwrites; it returns the driver's errors as they are.
type work func(ctx context.Context, tx neo4j.ManagedTransaction) error

// runner runs texts: a transaction, or a session that makes one for each.
type runner interface {
	Run(ctx context.Context, text string, p map[string]any) (neo4j.ResultWithContext, error)
}

// enter begins an operation of the port, which leave ends; its context has a deadline.
func (s *Store) enter(ctx context.Context) (_ context.Context, leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if s.outdated.Load() {
		return nil, nil, &failure{store.ErrUnavailable, errors.New("the rows have to be projected anew")}
	}
	if err := s.gate.enter(); err != nil {
		return nil, nil, err
	}
	cancel := func() {}
	if _, limited := ctx.Deadline(); !limited {
		ctx, cancel = context.WithTimeout(ctx, s.timeout)
	}
	return ctx, func() { cancel(); s.gate.leave() }, nil
}

// transact runs work in a managed transaction, which commits if work returns nil.
// Its time limit, on the server too, is the context's or the one given, whichever
// ends first. Its errors are classified.
func (s *Store) transact(ctx context.Context, limit time.Duration, mode neo4j.AccessMode, w work) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	session := s.session(ctx, mode)
	defer s.end(ctx, session)
	left := timeLeft(ctx)
	body := func(tx neo4j.ManagedTransaction) (any, error) { return nil, w(ctx, tx) }
	var err error
	if mode == neo4j.AccessModeWrite {
		_, err = session.ExecuteWrite(ctx, body, neo4j.WithTxTimeout(left))
	} else {
		_, err = session.ExecuteRead(ctx, body, neo4j.WithTxTimeout(left))
	}
	return classify(ctx, err)
}

// query is transact for reads that need no transaction around their texts: it gives
// no snapshot, and takes two round trips. What can be tried again is, as transact does.
func (s *Store) query(ctx context.Context, limit time.Duration, read func(ctx context.Context, r runner) error) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for began, wait := time.Now(), firstWait; ; wait *= 2 {
		err := s.attempt(ctx, read)
		if err == nil || !neo4j.IsRetryable(err) || time.Since(began)+wait > retryTime {
			return classify(ctx, err)
		}
		s.log.Debug("neo4j: reading again", "error", err)
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return classify(ctx, err)
		}
	}
}

// firstWait is the time after which a read that failed is tried again, at first.
const firstWait = 20 * time.Millisecond

func (s *Store) attempt(ctx context.Context, read func(ctx context.Context, r runner) error) error {
	session := s.session(ctx, neo4j.AccessModeRead)
	defer s.end(ctx, session)
	return read(ctx, committing{session})
}

// committing runs each text in a transaction of its own.
type committing struct{ session neo4j.SessionWithContext }

func (c committing) Run(ctx context.Context, text string, p map[string]any) (neo4j.ResultWithContext, error) {
	return c.session.Run(ctx, text, p, neo4j.WithTxTimeout(timeLeft(ctx)))
}

// timeLeft is the time until a context's deadline, and never none, which would mean
// no limit.
func timeLeft(ctx context.Context) time.Duration {
	deadline, _ := ctx.Deadline()
	return max(time.Until(deadline), time.Millisecond)
}

// end closes a session. One that is closed with a context that has ended kills its
// connection.
func (s *Store) end(ctx context.Context, session neo4j.SessionWithContext) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	if err := session.Close(ctx); err != nil {
		s.log.Debug("neo4j: closing a session", "error", err)
	}
}

func (s *Store) session(ctx context.Context, mode neo4j.AccessMode) neo4j.SessionWithContext {
	rows := rowsPerPull
	if mode == neo4j.AccessModeWrite { // which needs all the facts that it asks for
		rows = neo4j.FetchAll
	}
	return s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode: mode, DatabaseName: s.database, BookmarkManager: s.bookmarks, FetchSize: rows,
	})
}

// each runs a text and gives each of its rows to fn, until fn returns an error. A
// text is never run with another parameter than $p.
func each(ctx context.Context, r runner, text string, p params, fn func(values []any) error) error {
	result, err := r.Run(ctx, text, map[string]any{"p": map[string]any(p)})
	if err != nil {
		return err
	}
	for result.Next(ctx) {
		if err := fn(result.Record().Values); err != nil {
			return err
		}
	}
	return result.Err()
}

// exec runs a text that gives no rows.
func exec(ctx context.Context, r runner, text string, p params) error {
	return each(ctx, r, text, p, func([]any) error { return nil })
}
