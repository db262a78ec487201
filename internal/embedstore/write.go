package embedstore

import (
	"bytes"
	"context"
	"encoding/json"
	"sync"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
)

// Write implements store.Store.
func (s *Store) Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error) {
	t, err := s.begin(ctx)
	if err != nil {
		return statement.Receipt{}, err
	}
	defer t.end()
	receipt, err := t.add(commit)
	if err != nil || receipt.Unchanged {
		return receipt, err
	}
	if err := ctx.Err(); err != nil {
		return statement.Receipt{}, err
	}
	if err := t.commit(); err != nil {
		return statement.Receipt{}, err
	}
	return receipt, nil
}

// uncommitted handles a failure to commit. Usually nothing has changed then. If the
// file nevertheless shows the commit, nobody can tell whether it is durable, so the
// store closes; opening it again tells.
func (s *Store) uncommitted(failure error) error {
	moved := true
	err := s.db.View(func(tx *bolt.Tx) error {
		moved = sequenceOf(tx) != s.sequence
		return nil
	})
	if moved || err != nil {
		s.log.Error("a write failed halfway: the store closes", "error", failure)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.closed = true
		_ = s.db.Close() // the failure tells more
	}
	return unavailable(failure)
}

// writer puts changes into the buckets of a transaction.
type writer struct {
	tx   *bolt.Tx
	keys map[string][]byte // of statements that were asked for, by id
}

func newWriter(tx *bolt.Tx) writer { return writer{tx, map[string][]byte{}} }

// key gives the key of a statement, nil if it is not stored.
func (w writer) key(id string) []byte {
	key := w.keys[id]
	if key == nil {
		if key = bytes.Clone(w.tx.Bucket(idBucket).Get([]byte(id))); key != nil {
			w.keys[id] = key
		}
	}
	return key
}

// encodedChange is a change as it is stored.
type encodedChange struct {
	*statement.Change
	entities, links, statements []image
	recorded                    [][]byte
	entry                       []byte
}

// encode encodes a change: two processors share the work.
func encode(c *statement.Change) (encodedChange, error) {
	e := encodedChange{Change: c, recorded: make([][]byte, len(c.Recorded))}
	var rows sync.WaitGroup
	rows.Go(func() {
		e.entities, e.links, e.statements = imagesOf(c.Entities), imagesOf(c.Links), imagesOf(c.Statements)
	})
	var failure error
	for i, r := range c.Recorded {
		e.recorded[i], failure = json.Marshal(r)
		if failure != nil {
			break
		}
	}
	if failure == nil {
		e.entry, failure = json.Marshal(c.Log)
	}
	rows.Wait()
	return e, failure
}

// change stores all of it but its log entry.
func (w writer) change(c encodedChange) error {
	for i, r := range c.Recorded {
		if err := w.recorded(r, c.recorded[i]); err != nil {
			return err
		}
	}
	if err := putRows(w.tx.Bucket(entityRows), c.entities); err != nil {
		return err
	}
	if err := putRows(w.tx.Bucket(linkRows), c.links); err != nil {
		return err
	}
	if err := w.statementRows(c); err != nil {
		return err
	}
	for id, brief := range c.Briefs {
		if err := w.brief(id, brief); err != nil {
			return err
		}
	}
	for person, names := range c.Names {
		if err := w.names(person, names); err != nil {
			return err
		}
	}
	return nil
}

// whole stores a change that is no commit.
func (w writer) whole(c *statement.Change) error {
	e, err := encode(c)
	if err != nil {
		return err
	}
	return w.change(e)
}

// appending is how full bbolt leaves a page when keys only rise.
const appending = 0.95

// recorded stores a statement that is new or has changed. What the indexes hold of
// it never changes.
func (w writer) recorded(r *statement.Recorded, data []byte) error {
	statements := w.tx.Bucket(statementBucket)
	statements.FillPercent = appending
	key := w.key(r.ID)
	if key == nil {
		n, err := statements.NextSequence()
		if err != nil {
			return err
		}
		key = number(n)
		w.keys[r.ID] = key
		if err := w.index(r, key); err != nil {
			return err
		}
	}
	return statements.Put(key, data)
}

func (w writer) index(r *statement.Recorded, key []byte) error {
	for _, e := range indexEntries(r, key) {
		if err := w.tx.Bucket(e.bucket).Put(e.key, e.value); err != nil {
			return err
		}
	}
	return nil
}

// indexEntry is what an index holds of a statement.
type indexEntry struct{ bucket, key, value []byte }

func indexEntries(r *statement.Recorded, key []byte) []indexEntry {
	entries := []indexEntry{
		{idBucket, []byte(r.ID), key},
		{subjectBucket, joined(r.Subject, r.ID), key},
		{sourceBucket, joined(r.Source, r.ID), sourced(key, r.Subject)},
	}
	if r.ClaimedBy != "" && r.ClaimedBy != r.Source {
		entries = append(entries, indexEntry{sourceBucket, joined(r.ClaimedBy, r.ID), sourced(key, r.Subject)})
	}
	if r.Entity != "" {
		entries = append(entries, indexEntry{entityBucket, joined(r.Entity, r.Property, r.ID), key})
	}
	if r.Link != "" {
		entries = append(entries, indexEntry{linkBucket, joined(r.Link, r.ID), key})
	}
	return entries
}

// entry stores a commit in the log, and what it means for the versions of entities.
func (w writer) entry(e *statement.Entry, data []byte) error {
	commits := w.tx.Bucket(commitBucket)
	commits.FillPercent = appending
	if err := commits.Put(number(e.Sequence), data); err != nil {
		return err
	}
	touched := map[string]views[*statement.Touch]{}
	for _, v := range statement.Views {
		for i := range e.Touched[v] {
			t := &e.Touched[v][i]
			both := touched[t.Entity]
			both[v] = t
			touched[t.Entity] = both
		}
	}
	for id, touches := range touched {
		if err := w.touch(id, e.Sequence, touches); err != nil {
			return err
		}
	}
	return w.tx.Bucket(metaBucket).Put(sequenceKey, number(e.Sequence))
}

// touch records that a commit touched an entity in the views where touches are. A
// view that has it no longer has no version of it either.
func (w writer) touch(id string, sequence uint64, touches views[*statement.Touch]) error {
	all := w.tx.Bucket(versionBucket)
	versions := decodeVersions(all.Get([]byte(id)))
	var touched byte
	for v, t := range touches {
		if t != nil {
			touched |= 1 << v
			versions[v] = versionAfter(t, sequence)
		}
	}
	if err := w.tx.Bucket(touchedBucket).Put(append(prefixOf(id), number(sequence)...), []byte{touched}); err != nil {
		return err
	}
	if versions == (views[uint64]{}) {
		return all.Delete([]byte(id))
	}
	return all.Put([]byte(id), encodeVersions(versions))
}

// versionAfter gives the version of an entity that a commit touched.
func versionAfter(t *statement.Touch, sequence uint64) uint64 {
	if t.Change == statement.Removed {
		return 0
	}
	return sequence
}
