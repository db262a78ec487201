package graph

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// auditedReader reads, and before it gives rows of the full view it records which
// protected persons, detentions and sentences they are about: as rows themselves,
// or as what a statement or link speaks of.
type auditedReader struct {
	plan.Reader
	audit     access.Audit
	operation string // its name
}

// Read implements plan.Reader.
func (r auditedReader) Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error) {
	if view != statement.FullView {
		return r.Reader.Read(ctx, view, budget, selections)
	}
	pages, err := r.Reader.Read(ctx, view, budget, withSubjects(selections))
	if err != nil {
		return nil, err
	}
	read := entitiesRead{}
	read.pages(pages)
	protected, err := r.protected(ctx, slices.Sorted(maps.Keys(read)))
	if err != nil {
		return nil, err
	}
	if err := r.audit.Record(ctx, r.operation, protected); err != nil {
		return nil, fmt.Errorf("an answer that cannot be recorded is not given: %w", err)
	}
	return pages, nil
}

// withSubjects gives the selections with the keys that tell what statements are about.
func withSubjects(selections []store.Selection) []store.Selection {
	wider := slices.Clone(selections)
	for i := range wider {
		widen(&wider[i])
	}
	return wider
}

func widen(s *store.Selection) {
	if s.Of == store.StatementRows {
		s.Keys = slices.Clone(s.Keys)
		for _, key := range []string{statement.KeySubject, statement.KeyEntity} {
			if !slices.Contains(s.Keys, key) {
				s.Keys = append(s.Keys, key)
			}
		}
	}
	s.Nested = widened(s.Nested)
}

func widened(list []store.Nested) []store.Nested {
	list = slices.Clone(list)
	for i := range list {
		widen(&list[i].Selection)
		list[i].LinkNested = widened(list[i].LinkNested)
	}
	return list
}

// shielded are the types whose entities can be protected.
var shielded = func() (names []string) {
	for _, t := range vocab.Types() {
		if t.Property(protectedKey) != nil {
			names = append(names, t.Name)
		}
	}
	return names
}()

const protectedKey = "protected"

// protected gives those of the entities that are protected.
func (r auditedReader) protected(ctx context.Context, ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	pages, err := r.Reader.Read(ctx, statement.FullView, len(ids), []store.Selection{{
		Of:    store.Entities,
		Types: shielded,
		IDs:   ids,
		Where: store.Compare{Property: vocab.TypeOf(vocab.Person).Property(protectedKey), Op: store.Eq, Values: []any{true}},
		Page:  store.PageOf{First: store.Everything},
	}})
	if err != nil {
		return nil, err
	}
	protected := make([]string, len(pages[0].Rows))
	for i, result := range pages[0].Rows {
		protected[i] = result.Row.ID
	}
	return protected, nil
}

// entitiesRead collects the ids of what rows are about.
type entitiesRead map[string]bool

func (e entitiesRead) pages(pages []store.Page) {
	for _, page := range pages {
		for _, result := range page.Rows {
			e.row(result.Row)
			if result.Link != nil {
				e.row(result.Link)
			}
			e.pages(result.Nested)
			e.pages(result.LinkNested)
		}
	}
}

func (e entitiesRead) row(row *store.Row) {
	switch {
	case row.Type == statement.StatementType:
		e.id(row.Values.Text(statement.KeySubject))
		e.id(row.Values.Text(statement.KeyEntity))
	case vocab.RelationOf(row.Type) != nil:
		e.id(row.From)
		e.id(row.To)
	case slices.Contains(shielded, row.Type):
		e.id(row.ID)
	}
}

func (e entitiesRead) id(id string) {
	if id != "" {
		e[id] = true
	}
}
