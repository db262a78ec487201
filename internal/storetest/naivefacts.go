package storetest

import (
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// facts is the naive store as the projection reads it.
type facts struct{ n *Naive }

var _ statement.Facts = facts{}

// where gives the statements that fulfil the condition.
func (f facts) where(condition func(*statement.Recorded) bool) ([]*statement.Recorded, error) {
	var found []*statement.Recorded
	for _, s := range f.n.statements {
		if condition(s) {
			found = append(found, s)
		}
	}
	return found, nil
}

// Statements implements statement.Facts.
func (f facts) Statements(ids []string) ([]*statement.Recorded, error) {
	return f.where(func(s *statement.Recorded) bool { return slices.Contains(ids, s.ID) })
}

// About implements statement.Facts.
func (f facts) About(subjects []string) ([]*statement.Recorded, error) {
	return f.where(func(s *statement.Recorded) bool { return slices.Contains(subjects, s.Subject) })
}

// Referring implements statement.Facts.
func (f facts) Referring(ids []string, relations ...string) ([]*statement.Recorded, error) {
	return f.where(func(s *statement.Recorded) bool {
		return slices.Contains(ids, s.Entity) && among(relations, s.Property)
	})
}

// Sourced implements statement.Facts.
func (f facts) Sourced(ids []string) ([]string, error) {
	subjects := map[string]bool{}
	for _, s := range f.n.statements {
		row := f.n.rows[store.StatementRows][s.ID].Full
		if slices.Contains(ids, s.Source) || slices.Contains(ids, s.ClaimedBy) || row != nil && slices.Contains(ids, row.Values.Text(statement.KeyClaimedBy)) {
			subjects[s.Subject] = true
		}
	}
	return slices.Collect(maps.Keys(subjects)), nil
}

// Linked implements statement.Facts.
func (f facts) Linked(links []string) ([]*statement.Recorded, error) {
	return f.where(func(s *statement.Recorded) bool { return slices.Contains(links, s.Link) })
}

// Briefs implements statement.Facts.
func (f facts) Briefs(ids []string) (map[string]statement.Brief, error) {
	briefs := map[string]statement.Brief{}
	for _, id := range ids {
		if brief, ok := f.n.briefs[id]; ok {
			briefs[id] = brief
		}
	}
	return briefs, nil
}

// ProtectedNames implements statement.Facts.
func (f facts) ProtectedNames(tokens []string) ([]statement.ProtectedName, error) {
	var found []statement.ProtectedName
	for _, names := range f.n.names {
		for _, name := range names {
			if slices.Contains(tokens, name.Key) {
				found = append(found, name)
			}
		}
	}
	return found, nil
}
