package embedstore

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Log implements store.Store.
func (s *Store) Log(ctx context.Context, view store.View, entity string, after uint64, limit int) ([]statement.Entry, error) {
	if err := checkView(view); err != nil {
		return nil, err
	}
	snap, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer snap.release()
	var entries []statement.Entry
	for _, data := range commits(snap.tx, view, entity, after) {
		if len(entries) >= limit {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		entry, shown, err := entryFor(snap.tx, view, entity, data)
		if err != nil {
			return nil, err
		}
		if shown {
			entries = append(entries, entry)
		}
	}
	return entries, nil
}

// commits gives the stored commits after a sequence, in rising sequence; with entity
// set, those that touched it in the view.
func commits(tx *bolt.Tx, view store.View, entity string, after uint64) iter.Seq2[uint64, []byte] {
	all := tx.Bucket(commitBucket)
	return func(yield func(uint64, []byte) bool) {
		if after+1 == 0 {
			return // there is no later one
		}
		if entity == "" {
			c := all.Cursor()
			for k, v := c.Seek(number(after + 1)); k != nil; k, v = c.Next() {
				if !yield(numberIn(k), v) {
					return
				}
			}
			return
		}
		for k, views := range under(tx.Bucket(touchedBucket), prefixOf(entity)) {
			sequence := numberIn(k)
			if sequence > after && views[0]&(1<<view) != 0 && !yield(sequence, all.Get(k)) {
				return
			}
		}
	}
}

// entryFor reads a commit as the view sees it, and reports whether that has
// anything to show.
func entryFor(tx *bolt.Tx, view store.View, entity string, data []byte) (statement.Entry, bool, error) {
	var entry statement.Entry
	if err := json.Unmarshal(data, &entry); err != nil {
		return entry, false, damaged("a commit", err.Error())
	}
	if entity != "" {
		entry = entry.Of(entity)
	}
	if view == statement.FullView {
		return entry, true, nil
	}
	shown := statement.Entry{Sequence: entry.Sequence, At: entry.At}
	for _, touch := range entry.Touched[view] {
		brief, err := briefOf(tx, touch.Entity)
		if err != nil {
			return shown, false, fmt.Errorf("commit %d: %w", entry.Sequence, err)
		}
		if !brief.Protected {
			shown.Touched[view] = append(shown.Touched[view], touch)
		}
	}
	return shown, len(shown.Touched[view]) > 0, nil
}
