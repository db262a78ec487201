package interchange

import (
	"context"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// ledger is what the log says of the statements that earlier imports of the dataset
// added, by id.
type ledger map[key]told

type told struct {
	state   state
	sort    sort
	isType  bool
	seen    bool // these files state it too
	subject key
}

// state is what became of a statement.
type state uint8

const (
	fresh     state = iota // it was never there
	inForce                // it is there
	replaced               // an import with Replace retracted it: it may return under the next number
	withdrawn              // somebody else retracted it: it stays so
)

// take takes a commit in, which is one of the dataset's imports or not.
func (l ledger) take(commit *statement.Commit, ours bool) {
	if ours {
		for i := range commit.Add {
			s := &commit.Add[i]
			id, ok := keyOf(s.ID)
			subject, made := keyOf(s.Subject)
			if ok && made {
				l[id] = told{state: inForce, sort: sortOf(s.Property), isType: s.Property == vocab.TypeProperty, subject: subject}
			}
		}
	}
	for _, text := range commit.Retract {
		id, _ := keyOf(text)
		known := l[id]
		if known.state != inForce {
			continue
		}
		known.state = withdrawn
		if ours {
			known.state = replaced
		}
		l[id] = known
	}
}

// logPage is how many commits of the log are read at once, each of up to 1,000
// statements.
const logPage = 16

// readLedger reads the log from a sequence on.
func (f *ftm) readLedger(ctx context.Context, first uint64) error {
	prefix := f.importPrefix()
	for after := first - 1; ; {
		entries, err := f.Keeper.Log(ctx, store.FullView, "", after, logPage)
		if err != nil || len(entries) == 0 {
			return err
		}
		for i := range entries {
			after = entries[i].Sequence
			f.ledger.take(&entries[i].Commit, strings.HasPrefix(entries[i].Commit.Import, prefix))
			f.titled = f.titled || slices.ContainsFunc(entries[i].Commit.Add, func(s statement.Statement) bool {
				return s.Subject == f.source.String() && s.Property == "title"
			})
		}
	}
}

// name gives a statement its id, under the first number that no import has replaced,
// and says what became of it. It marks the statement as seen.
func (f *ftm) name(line *ftmLine, s *statement.Statement) state {
	content := content(*s)
	for occurrence := 1; ; occurrence++ {
		id := f.ids.statement(line.id, content, occurrence)
		known := f.ledger[id]
		if known.state == replaced {
			continue
		}
		s.ID = id.String()
		if known.state != fresh && !known.seen {
			known.seen = true
			f.ledger[id] = known
		}
		return known.state
	}
}

// lookUp finds what the store has of the dataset, and the types of what the files
// refer to and do not have.
func (f *ftm) lookUp(ctx context.Context) error {
	f.step = "looking up"
	for k := range f.outside {
		if _, here := f.entities[k]; here {
			delete(f.outside, k)
		}
	}
	begun, err := f.Keeper.Log(ctx, store.FullView, f.source.String(), 0, 1)
	if err != nil || len(begun) == 0 {
		return err // of a dataset that is not there nothing is referred to
	}
	f.known = true
	if err := f.readLedger(ctx, begun[0].Sequence); err != nil {
		return err
	}
	var ids []string
	for k := range f.outside {
		ids = append(ids, k.String())
	}
	return f.entitiesOf(ctx, ids, "", func(id string, row *store.Row) {
		if k, ok := keyOf(id); ok {
			f.outside[k] = row.Type
		}
	})
}

// entitiesOf gives those of the ids that an entity answers to visit, with one of its values.
func (f *ftm) entitiesOf(ctx context.Context, ids []string, value string, visit func(id string, row *store.Row)) error {
	for len(ids) > 0 {
		some := ids[:min(len(ids), statement.MaxStatements)]
		ids = ids[len(some):]
		pages, err := f.Keeper.Read(ctx, store.FullView, len(some), []store.Selection{
			{Of: store.Entities, IDs: some, Page: store.PageOf{First: len(some)}, Keys: []string{value, vocab.FormerIDs}},
		})
		if err != nil {
			return err
		}
		for _, result := range pages[0].Rows {
			for _, id := range store.Answers(result.Row) {
				if slices.Contains(some, id) {
					visit(id, result.Row)
				}
			}
		}
	}
	return nil
}
