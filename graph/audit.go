package graph

import (
	"context"
	"fmt"
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
	pages, err := r.Reader.Read(ctx, view, budget, telling(selections))
	if err != nil {
		return nil, err
	}
	read := newEntitiesRead()
	read.pages(pages)
	more, err := r.protected(ctx, read.unknown())
	if err != nil {
		return nil, err
	}
	if err := r.audit.Record(ctx, r.operation, append(read.protected(), more...)); err != nil {
		return nil, fmt.Errorf("an answer that cannot be recorded is not given: %w", err)
	}
	return pages, nil
}

// telling gives the selections with the keys that tell whether entities are protected,
// and what statements are about.
func telling(selections []store.Selection) []store.Selection {
	wider := slices.Clone(selections)
	for i := range wider {
		widen(&wider[i])
	}
	return wider
}

func widen(s *store.Selection) {
	switch {
	case s.Of == store.StatementRows:
		s.Keys = withKeys(s.Keys, statement.KeySubject, statement.KeyEntity)
	case s.Of == store.Entities && (len(s.Types) == 0 || slices.ContainsFunc(s.Types, isShielded)):
		s.Keys = withKeys(s.Keys, protectedKey)
	}
	s.Nested = widened(s.Nested)
}

func withKeys(keys []string, more ...string) []string {
	keys = slices.Clone(keys)
	for _, key := range more {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
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

func isShielded(typ string) bool { return slices.Contains(shielded, typ) }

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
type entitiesRead struct {
	rows  map[string]bool // entities among the rows: whether they are protected
	named map[string]bool // those that links and statements name
}

func newEntitiesRead() entitiesRead { return entitiesRead{map[string]bool{}, map[string]bool{}} }

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
		e.name(row.Values.Text(statement.KeySubject))
		e.name(row.Values.Text(statement.KeyEntity))
	case vocab.RelationOf(row.Type) != nil:
		e.name(row.From)
		e.name(row.To)
	default:
		e.rows[row.ID] = row.Values.Get(protectedKey) == true
	}
}

func (e entitiesRead) name(id string) {
	if id != "" {
		e.named[id] = true
	}
}

// protected gives those of the rows that are.
func (e entitiesRead) protected() (ids []string) {
	for id, protected := range e.rows {
		if protected {
			ids = append(ids, id)
		}
	}
	return ids
}

// unknown gives those named of whom there is no row, sorted.
func (e entitiesRead) unknown() (ids []string) {
	for id := range e.named {
		if _, ok := e.rows[id]; !ok {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}
