package statement

import (
	"fmt"
	"maps"
	"slices"
	"testing"
)

// ledger is a store in a few maps, to test the projection with.
type ledger struct {
	recorded                    map[string]*Recorded
	entities, links, statements map[string]Twin
	briefs                      map[string]Brief
	names                       map[string][]ProtectedName
	numbers                     map[tallied]int // of links, but for 0
	log                         []Entry
}

func newLedger() *ledger {
	l := &ledger{recorded: map[string]*Recorded{}, numbers: map[tallied]int{}}
	l.clear()
	return l
}

func (l *ledger) clear() {
	l.entities, l.links, l.statements = map[string]Twin{}, map[string]Twin{}, map[string]Twin{}
	l.briefs, l.names = map[string]Brief{}, map[string][]ProtectedName{}
	l.put(Genesis())
}

func (l *ledger) put(c *Change) {
	for _, r := range c.Recorded {
		l.recorded[r.ID] = r
	}
	for _, part := range []struct {
		rows  map[string]Twin
		twins []Twin
	}{{l.entities, c.Entities}, {l.links, c.Links}, {l.statements, c.Statements}} {
		for _, t := range part.twins {
			if part.rows[t.ID] = t; t.Gone() {
				delete(part.rows, t.ID)
			}
		}
	}
	for id, b := range c.Briefs {
		if l.briefs[id] = b; b.Zero() {
			delete(l.briefs, id)
		}
	}
	for id, names := range c.Names {
		if l.names[id] = names; len(names) == 0 {
			delete(l.names, id)
		}
	}
}

// apply commits, or gives the error.
func (l *ledger) apply(c Commit) (*Change, error) {
	sequence := uint64(len(l.log) + 1)
	change, err := Apply(l, c, Stamp{Sequence: sequence, At: fmt.Sprintf("2026-01-01T00:00:%02dZ", sequence%60), Secret: []byte("test")})
	if err != nil || change.Receipt.Unchanged {
		return change, err
	}
	if err := l.tally(change); err != nil {
		return nil, err
	}
	l.put(change)
	l.log = append(l.log, change.Log)
	return change, nil
}

// add commits statements that must be accepted.
func (l *ledger) add(t testing.TB, statements ...Statement) *Change {
	t.Helper()
	c, err := l.apply(Commit{Add: statements})
	if err != nil {
		t.Fatalf("apply: %v", err)
	}
	return c
}

// row gives an entity's row in a view, or fails.
func (l *ledger) row(t testing.TB, v View, id string) *Row {
	t.Helper()
	row := l.entities[id].In(v)
	if row == nil {
		t.Fatalf("no %s row of %s", v, id)
	}
	return row
}

func (l *ledger) where(keep func(*Recorded) bool) ([]*Recorded, error) {
	var list []*Recorded
	for _, id := range slices.Sorted(maps.Keys(l.recorded)) {
		if r := l.recorded[id]; keep(r) {
			list = append(list, r)
		}
	}
	return list, nil
}

func (l *ledger) Statements(ids []string) ([]*Recorded, error) {
	return l.where(func(r *Recorded) bool { return slices.Contains(ids, r.ID) })
}

func (l *ledger) About(ids []string) ([]*Recorded, error) {
	return l.where(func(r *Recorded) bool { return slices.Contains(ids, r.Subject) })
}

func (l *ledger) Referring(ids []string, relations ...string) ([]*Recorded, error) {
	return l.where(func(r *Recorded) bool {
		return r.IsLink() && slices.Contains(ids, r.Entity) && (len(relations) == 0 || slices.Contains(relations, r.Property))
	})
}

func (l *ledger) Sourced(ids []string) ([]string, error) {
	list, _ := l.where(func(r *Recorded) bool {
		return slices.Contains(ids, r.Source) || slices.Contains(ids, r.ClaimedBy) || claims(l.statements[r.ID], ids)
	})
	var subjects []string
	for _, r := range list {
		subjects = append(subjects, r.Subject)
	}
	return distinct(subjects), nil
}

// claims reports whether a statement's row has one of the ids as claimant.
func claims(t Twin, ids []string) bool {
	return t.Full != nil && slices.Contains(ids, t.Full.Values.Text(KeyClaimedBy))
}

func (l *ledger) Linked(links []string) ([]*Recorded, error) {
	return l.where(func(r *Recorded) bool { return slices.Contains(links, r.Link) })
}

func (l *ledger) Briefs(ids []string) (map[string]Brief, error) {
	found := map[string]Brief{}
	for _, id := range ids {
		if b, ok := l.briefs[id]; ok {
			found[id] = b
		}
	}
	return found, nil
}

func (l *ledger) ProtectedNames(tokens []string) ([]ProtectedName, error) {
	var found []ProtectedName
	for _, names := range l.names {
		for _, n := range names {
			if slices.Contains(tokens, n.Key) {
				found = append(found, n)
			}
		}
	}
	return found, nil
}
