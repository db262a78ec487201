package interchange

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// restricted counts and tells.
func (r *run) restricted(line Restricted) {
	r.report.Restricted++
	if r.Restricted != nil {
		r.Restricted(line)
	}
}

// tellElsewhere tells of statements that the store restricted when it learned more
// than it knew when they were written; their lines are looked for now.
func (r *run) tellElsewhere(ctx context.Context) error {
	if len(r.elsewhere) == 0 {
		return nil
	}
	places := map[string]place{}
	for _, found := range r.elsewhere {
		places[found.Statement] = place{}
	}
	err := r.each(ctx, sort.isStatement, func(_ context.Context, at place, line entry) error {
		if known, wanted := places[line.statement.ID]; wanted && known == (place{}) {
			places[line.statement.ID] = at
		}
		return nil
	})
	for _, found := range r.elsewhere {
		at := places[found.Statement]
		r.restricted(Restricted{at.file, at.line, found.Statement, found.Person})
	}
	return err
}

// Dangling is an id that lines use as a source, an entity or who claims it, and of
// which neither the files nor the store know a type, with its first use.
type Dangling struct {
	File string
	Line int
	ID   string
}

func (d Dangling) String() string {
	return fmt.Sprintf("%s:%d: %s is used here, and its type is stated neither in the files nor in the store", d.File, d.Line, d.ID)
}

// MostDangling bounds what Import.Dangling is told of.
const MostDangling = 20

// use is the first use of an id, the nth of the import.
type use struct {
	place
	nth int
}

// learnUses keeps the ids that a statement refers to, until they are typed.
func (r *run) learnUses(at place, s *statement.Statement) {
	for _, id := range []string{s.Source, s.Entity, s.ClaimedBy} {
		if id == "" || id == vocab.Editorial || r.types[id] != "" {
			continue
		}
		if _, known := r.uses[id]; !known {
			r.uses[id] = use{at, len(r.uses) + len(r.sorts)} // both only grow between uses that stay
		}
	}
}

// tellDangling asks the store for the ids that the files use and do not type, and
// tells of those that it does not have either.
func (r *run) tellDangling(ctx context.Context) error {
	if r.Reader == nil {
		return nil
	}
	ids := slices.SortedFunc(maps.Keys(r.uses), func(a, b string) int { return cmp.Compare(r.uses[a].nth, r.uses[b].nth) })
	for chunk := range slices.Chunk(ids, statement.MaxStatements) {
		there, err := r.typesThere(ctx, chunk)
		if err != nil {
			return err
		}
		for _, id := range chunk {
			if there[id] != "" {
				continue
			}
			if r.report.Dangling++; r.Dangling != nil && r.report.Dangling <= MostDangling {
				r.Dangling(Dangling{r.uses[id].file, r.uses[id].line, id})
			}
		}
	}
	return nil
}

// typesThere gives the types that the store has, of these ids and of others that the
// same entities answer to.
func (r *run) typesThere(ctx context.Context, ids []string) (map[string]string, error) {
	pages, err := r.Reader.Read(ctx, store.FullView, len(ids), []store.Selection{
		{Of: store.Entities, IDs: ids, Page: store.PageOf{First: len(ids)}, Keys: []string{vocab.FormerIDs}},
	})
	if err != nil {
		return nil, fmt.Errorf("asking the store for ids of the files: %w", err)
	}
	there := map[string]string{}
	for _, result := range pages[0].Rows {
		for _, id := range store.Answers(result.Row) {
			there[id] = result.Row.Type
		}
	}
	return there, nil
}
