// Package doctor checks that what a store holds agrees with itself: the rows with
// the statements that they are projected from, the statements with the log, and
// each store's own indexes with what they index. It changes nothing.
//
// What it finds it tells in ids, keys and numbers, never in values: a value may be
// the name of somebody who is protected.
package doctor

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Store is a store as the doctor sees it, beside the port.
type Store interface {
	// Still calls fn with a state that no write changes until fn has returned. It
	// may call fn again, from its beginning; what fn returns at last, or
	// store.ErrUnavailable, or the context's error, is its own. An error of what
	// cannot be read says what that is.
	Still(ctx context.Context, fn func(State) error) error

	// Own checks what only this kind of store has, and tells what it finds. Its
	// error means that it could not be checked to the end.
	Own(ctx context.Context, tell func(Finding)) error
}

// State is what a store holds at a moment. Like statement.Facts, its methods leave
// unknown ids out, give results in no particular order, and take no nil for all.
type State interface {
	statement.Facts

	// Stale says why the rows are not those of this program's projection, and what
	// to do; "" if they are.
	Stale() (string, error)

	// Owners gives the ids after one, in rising order, of all to whom something that
	// is stored belongs: an entity's row, statements about it, a brief, protected names.
	Owners(after string, limit int) ([]string, error)

	// Compare gives where what is stored is not what the store would store of Rows.
	Compare(want *Rows) ([]Finding, error)

	// Versions gives the versions of entities, and LastTouched the last commits that
	// touched them as the index of those says.
	Versions(ids []string) (map[string]ByView, error)
	LastTouched(ids []string) (map[string]ByView, error)

	// Commits gives the log after a sequence, in rising order.
	Commits(after uint64, limit int) ([]Commit, error)
	// Touched gives of these pairs those in the index of touched entities, and the views.
	Touched(pairs []Pair) (map[Pair]InView, error)
	// Size counts.
	Size() (Size, error)
}

// ByView holds a sequence for each view; 0 is none.
type ByView = [len(statement.Views)]uint64

// InView says of each view whether.
type InView = [len(statement.Views)]bool

// Pair is an entity that a commit touched.
type Pair struct {
	Entity   string
	Sequence uint64
}

// Commit is a commit as the log holds it.
type Commit struct {
	Sequence uint64           // under which it is stored
	Entry    *statement.Entry // nil if it cannot be read
}

// Size is how much a store holds.
type Size struct {
	Sequence   uint64 // of the last commit, as the store counts them
	Statements int    // recorded
	Touches    int    // pairs in the index of touched entities
}

// Rows is all that should be stored of some owners.
type Rows struct {
	Recorded   []*statement.Recorded       // all statements about them
	Statements []statement.Twin            // of Recorded, in its order; Gone: no row
	Entities   []statement.Twin            // of each owner; Gone: no row
	Links      map[string][]statement.Twin // by relation: those from an owner, and Gone ones that might stand there by mistake
	Briefs     map[string]statement.Brief  // of each owner; zero: none
	Names      map[string][]statement.ProtectedName
}

// Options of Check.
type Options struct {
	Lines  int          // at most so many findings of a kind are kept; the others are counted
	Logger *slog.Logger // told every few seconds how far it is; nil: nobody
}

// Check checks a store. With an error the report says what was found until then.
func Check(ctx context.Context, s Store, o Options) (*Report, error) {
	c := &check{store: s, report: newReport(o.Lines), log: o.Logger, told: time.Now()}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	for _, pass := range []func(context.Context) error{
		func(ctx context.Context) error { return s.Own(ctx, c.report.add) },
		c.commits,
		c.owners,
	} {
		if err := pass(ctx); err != nil {
			return c.report, err
		}
	}
	return c.report, nil
}

type check struct {
	store  Store
	report *Report
	log    *slog.Logger
	told   time.Time
	done   map[string]bool // owners that were looked at before their turn
}

// tellEvery is how often progress is told.
const tellEvery = 10 * time.Second

func (c *check) progress() {
	if now := time.Now(); now.Sub(c.told) >= tellEvery {
		c.told = now
		c.log.Info("checking", "commits", c.report.Commits, "entities", c.report.Entities, "statements", c.report.Statements)
	}
}

// stops reports whether an error is about reaching the store, and not about what it holds.
func stops(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, store.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded)
}
