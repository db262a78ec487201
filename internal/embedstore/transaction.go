package embedstore

import (
	"context"
	"time"

	"github.com/vinculo/vinculo/internal/statement"
)

// transaction is a turn to write: commits that become durable together.
type transaction struct {
	store  *Store
	facts  facts
	writer writer
	added  []added
}

// added is a commit that stands in a transaction.
type added struct {
	entities, links []image
	log             *statement.Entry
	receipt         statement.Receipt
}

// begin waits for its turn; end ends it, and undoes what has not been committed.
func (s *Store) begin(ctx context.Context) (*transaction, error) {
	if err := s.enter(ctx); err != nil {
		return nil, err
	}
	tx, err := s.db.Begin(true)
	if err != nil {
		s.leave()
		return nil, unavailable(err) // closed, most likely
	}
	return &transaction{store: s, facts: newFacts(tx), writer: newWriter(tx)}, nil
}

func (t *transaction) end() {
	_ = t.facts.tx.Rollback() // does nothing once the transaction has committed
	t.store.leave()
}

// add projects a commit and stores it. After an error that is none of package
// statement the transaction may hold half of it.
func (t *transaction) add(commit statement.Commit) (statement.Receipt, error) {
	change, err := statement.Apply(t.facts, commit, statement.Stamp{
		Sequence: t.store.sequence + uint64(len(t.added)) + 1, // only a writer changes it
		At:       t.store.now().UTC().Format(time.RFC3339),
		Secret:   t.store.secret,
	})
	if err != nil {
		return statement.Receipt{}, err
	}
	if change.Receipt.Unchanged {
		return change.Receipt, nil
	}
	e, err := encode(change)
	if err != nil {
		return statement.Receipt{}, err
	}
	if err := t.writer.change(e); err != nil {
		return statement.Receipt{}, err
	}
	if err := t.writer.entry(&change.Log, e.entry); err != nil {
		return statement.Receipt{}, err
	}
	for _, r := range change.Recorded {
		t.facts.read[string(t.writer.key(r.ID))] = r
	}
	t.added = append(t.added, added{e.entities, e.links, &change.Log, change.Receipt})
	return change.Receipt, nil
}

// commit makes what was added durable, then shows it to readers.
func (t *transaction) commit() error {
	s := t.store
	if err := t.facts.tx.Commit(); err != nil {
		return s.uncommitted(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range t.added {
		s.graph.apply(a.entities, a.links, a.log)
		s.sequence = a.log.Sequence
	}
	return nil
}
