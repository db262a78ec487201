package plan

import (
	"time"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// argKnownAt asks about a moment of ours.
const argKnownAt = "knownAt"

// momentIn writes the moment that the arguments ask about, if they do, as rows have
// it: whole seconds, the last one that is not after it.
func momentIn(at *path, args map[string]any) error {
	text, given := args[argKnownAt].(string)
	if !given {
		return nil
	}
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil || moment.UTC().Year() > 9999 {
		return badInput(at, argKnownAt, "%s is no moment such as 2026-01-05T00:00:00Z", shown(text))
	}
	args[argKnownAt] = moment.UTC().Format(time.RFC3339)
	return nil
}

// inForceAt holds for statements that had been recorded by the moment, and not been
// retracted. Of those that a view is not told the times of, it does not.
func inForceAt(moment string) store.Filter {
	by := func(key string) store.Filter {
		return store.Compare{Property: named(vocab.StatementProperties, key), Op: store.Lte, Values: []any{moment}}
	}
	return store.All{by(statement.KeyAt), store.Not{Filter: by(statement.KeyRetractedAt)}}
}
