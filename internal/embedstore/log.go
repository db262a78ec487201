package embedstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

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
	var records []string // of the entity; none: all
	if entity != "" {
		entity = cmp.Or(snap.graph.former[view][entity], entity)
		records = append([]string{entity}, snap.graph.nodes.get(entity).formerIDs(view)...)
	}
	var entries []statement.Entry
	for _, data := range commits(snap.tx, view, records, after) {
		if len(entries) >= limit {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		entry, shown, err := entryFor(snap.tx, view, records, data)
		if err != nil {
			return nil, err
		}
		if shown {
			entries = append(entries, entry)
		}
	}
	return entries, nil
}

// commits gives the stored commits after a sequence, in rising sequence; of
// records, those that touched one of them in the view.
func commits(tx *bolt.Tx, view store.View, records []string, after uint64) iter.Seq2[uint64, []byte] {
	all := tx.Bucket(commitBucket)
	return func(yield func(uint64, []byte) bool) {
		if after+1 == 0 {
			return // there is no later one
		}
		if len(records) == 0 {
			c := all.Cursor()
			for k, v := c.Seek(number(after + 1)); k != nil; k, v = c.Next() {
				if !yield(numberIn(k), v) {
					return
				}
			}
			return
		}
		var sequences []uint64
		for _, id := range records {
			for k, views := range under(tx.Bucket(touchedBucket).Cursor(), prefixOf(id)) {
				if sequence := numberIn(k); sequence > after && views[0]&(1<<view) != 0 {
					sequences = append(sequences, sequence)
				}
			}
		}
		slices.Sort(sequences)
		for _, sequence := range slices.Compact(sequences) {
			if !yield(sequence, all.Get(number(sequence))) {
				return
			}
		}
	}
}

// entryFor reads a commit as the view sees it, and reports whether that has
// anything to show.
func entryFor(tx *bolt.Tx, view store.View, records []string, data []byte) (statement.Entry, bool, error) {
	var entry statement.Entry
	if err := json.Unmarshal(data, &entry); err != nil {
		return entry, false, damaged("a commit", err.Error())
	}
	if len(records) > 0 {
		entry = entry.Of(records...)
	}
	if view == statement.FullView {
		return entry, true, nil
	}
	shown := statement.Entry{Sequence: entry.Sequence, At: entry.At}
	briefs := tx.Bucket(briefBucket).Cursor()
	for _, touch := range entry.Touched[view] {
		brief, err := briefOf(briefs, touch.Entity)
		if err != nil {
			return shown, false, fmt.Errorf("commit %d: %w", entry.Sequence, err)
		}
		if !brief.Protected {
			shown.Touched[view] = append(shown.Touched[view], touch)
		}
	}
	return shown, len(shown.Touched[view]) > 0, nil
}
