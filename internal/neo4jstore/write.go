package neo4jstore

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// errUnchanged ends a transaction in which there is nothing to store.
var errUnchanged = errors.New("nothing to store")

// Write implements store.Store.
func (s *Store) Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error) {
	ctx, leave, err := s.enter(ctx)
	if err != nil {
		return statement.Receipt{}, err
	}
	defer leave()
	var receipt statement.Receipt
	err = s.transact(ctx, forever, neo4j.AccessModeWrite, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		receipt = statement.Receipt{}
		stamp, err := s.lock(ctx, tx)
		if err != nil {
			return err
		}
		change, err := statement.Apply(facts{ctx, tx}, commit, stamp)
		if err != nil {
			return err
		}
		receipt = change.Receipt
		if receipt.Unchanged {
			return errUnchanged // which takes the sequence back
		}
		w := &writer{ctx: ctx, tx: tx}
		if err := w.persist(change); err != nil {
			return err
		}
		return w.record(change.Log)
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		return statement.Receipt{}, err
	}
	return receipt, nil
}

// lock takes the one lock of all writers by drawing the next sequence, before
// anything is read: so that sequences are the order of commits, what is read until
// the end of the transaction is what the commit is applied to, and no two writers
// wait for each other.
func (s *Store) lock(ctx context.Context, tx neo4j.ManagedTransaction) (statement.Stamp, error) {
	var stamp statement.Stamp
	var projection string
	text := "MATCH (m:" + metaLabel + " {key: 'vinculo'}) SET m.sequence = m.sequence + 1 RETURN m.sequence, m.full_secret, m.projection"
	err := each(ctx, tx, text, nil, func(v []any) error {
		sequence, _ := v[0].(int64)
		secret, _ := v[1].(string)
		projection, _ = v[2].(string)
		key, err := hex.DecodeString(secret)
		stamp = statement.Stamp{Sequence: uint64(sequence), At: s.now().UTC().Format(time.RFC3339), Secret: key}
		return err
	})
	switch {
	case err != nil:
		return stamp, err
	case stamp.Sequence == 0:
		return stamp, &failure{store.ErrUnavailable, errGone}
	case projection != statement.Version():
		return stamp, &failure{store.ErrUnavailable, errors.New("another version of Vínculo has projected this database: restart")}
	}
	return stamp, nil
}

// writer stores changes in a transaction.
type writer struct {
	ctx context.Context
	tx  neo4j.ManagedTransaction
}

func (w *writer) exec(text string, p params) error { return exec(w.ctx, w.tx, text, p) }

// persist stores all of a change but its log entry. Links go before the entities
// that they end at, and come after them.
func (w *writer) persist(c *statement.Change) error {
	counted := newCounted(c)
	for _, step := range []func() error{
		func() error { return w.dropLinks(c.Links, counted) },
		func() error { return w.entities(c.Entities, counted) },
		func() error { return w.links(c.Links) },
		func() error { return w.statements(c.Recorded, c.Statements) },
		func() error { return w.briefs(c.Briefs) },
		func() error { return w.names(c.Names) },
		func() error { return w.count(counted) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// briefs stores what the projection of neighbors reads of entities.
func (w *writer) briefs(briefs map[string]statement.Brief) error {
	var rows []any
	var gone []string
	for _, id := range slices.Sorted(maps.Keys(briefs)) {
		b := briefs[id]
		if b.Zero() {
			gone = append(gone, id)
			continue
		}
		raw, err := json.Marshal(b)
		if err != nil {
			return fmt.Errorf("brief of %s: %w", id, err)
		}
		rows = append(rows, map[string]any{"id": id, "brief": string(raw), "shielded": b.Protected})
	}
	if len(gone) > 0 {
		if err := w.exec("UNWIND $p.ids AS id MATCH (b:"+briefLabel+" {id: id}) DELETE b", params{"ids": gone}); err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return w.exec("UNWIND $p.rows AS r MERGE (b:"+briefLabel+" {id: r.id}) SET b."+keyBrief+" = r.brief, b."+keyShielded+" = r.shielded", params{"rows": rows})
}

// names stores the names of protected people in place of those they had.
func (w *writer) names(names map[string][]statement.ProtectedName) error {
	if len(names) == 0 {
		return nil
	}
	people := slices.Sorted(maps.Keys(names))
	text := "UNWIND $p.ids AS id MATCH (n:" + nameLabel + ") WHERE n." + namePerson + " = id DELETE n"
	if err := w.exec(text, params{"ids": people}); err != nil {
		return err
	}
	var rows []any
	for _, person := range people {
		for _, n := range names[person] {
			rows = append(rows, map[string]any{nameKey: n.Key, namePerson: n.Person, nameTokens: n.Tokens})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return w.exec("UNWIND $p.rows AS r CREATE (n:"+nameLabel+") SET n = r", params{"rows": rows})
}
