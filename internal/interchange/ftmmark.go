package interchange

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// marks reports whether all statements are made once before any is written.
func (f *ftm) marks() bool { return f.Strict || f.Replace && f.known }

// mark makes all statements and writes none: what is wrong with them is told, and
// the ledger learns which are stated again.
func (f *ftm) mark(ctx context.Context) error {
	if !f.marks() {
		return nil
	}
	types := map[string]typed{} // new ones
	err := f.pass(ctx, "checking", lineAny, func(line *ftmLine) error {
		for _, s := range f.statements(line) {
			if state := f.name(line, &s); f.Strict && f.known && s.Property == vocab.TypeProperty && state != inForce && state != withdrawn {
				types[s.Subject] = typed{line.place, s.Value}
			}
		}
		return nil
	})
	f.silent = true
	if err == nil {
		err = f.checkTypes(ctx, types)
	}
	if err == nil && f.Strict && len(f.badLines) > 0 {
		err = fmt.Errorf("%w: nothing was imported", ErrStrict)
	}
	return err
}

// typed is a type that a line states.
type typed struct {
	place
	typ string
}

// checkTypes tells of entities that the store has of another type, unless that is
// one that this import takes away.
func (f *ftm) checkTypes(ctx context.Context, types map[string]typed) error {
	leaving := map[string]bool{}
	if f.Replace {
		for _, id := range f.gone(func(t told) bool { return t.isType }) {
			leaving[f.ledger[id].subject.String()] = true
		}
	}
	return f.entitiesOf(ctx, slices.Sorted(maps.Keys(types)), "", func(id string, row *store.Row) {
		if now := types[id]; row.Type != now.typ && !leaving[id] {
			f.bad(now.place, fmt.Errorf("schema: it becomes %s, and the store has it as %s (%s): import it with --replace, or retract that type", now.typ, row.Type, id))
		}
	})
}
