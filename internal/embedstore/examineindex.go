package embedstore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
)

// indexCheck holds the indexes of a file against what they index: everything must
// be found by each of its entries, and then the numbers must be equal.
type indexCheck struct {
	ctx     context.Context
	tx      *bolt.Tx
	tell    func(doctor.Finding)
	entries map[string]int // that were found, by bucket
	counts  statementCounts
}

func newIndexCheck(ctx context.Context, tx *bolt.Tx, tell func(doctor.Finding)) *indexCheck {
	return &indexCheck{ctx: ctx, tx: tx, tell: tell, entries: map[string]int{}}
}

func (c *indexCheck) report(kind doctor.Kind, format string, args ...any) {
	c.tell(doctor.Finding{Kind: kind, Text: fmt.Sprintf(format, args...)})
}

func (c *indexCheck) run() error {
	for _, step := range []func() error{c.statements, c.statementCounts, c.links, c.names, c.surplus} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// each goes through a bucket, as long as the context lasts.
func (c *indexCheck) each(bucket []byte, fn func(k, v []byte)) error {
	n := 0
	return c.tx.Bucket(bucket).ForEach(func(k, v []byte) error {
		fn(k, v)
		if n++; n%1000 == 0 {
			return c.ctx.Err()
		}
		return nil
	})
}

// entry checks that an entry is there.
func (c *indexCheck) entry(e indexEntry, of string) {
	if value := c.tx.Bucket(e.bucket).Get(e.key); bytes.Equal(value, e.value) {
		c.entries[string(e.bucket)]++
	} else {
		c.report(doctor.Index, "%s: not found by %s", of, e.bucket)
	}
}

func (c *indexCheck) statements() error {
	rows := c.tx.Bucket(statementRows)
	return c.each(statementBucket, func(key, data []byte) {
		r := new(statement.Recorded)
		if err := json.Unmarshal(data, r); err != nil {
			c.report(doctor.Unreadable, "the statement under %x", key)
			return
		}
		for _, e := range indexEntries(r, key) {
			c.entry(e, "statement "+r.ID)
		}
		stored := rows.Get(key)
		if stored == nil {
			return
		}
		c.entries[string(statementRows)]++
		row, err := decodeTwin(r.ID, stored)
		if err != nil {
			c.report(doctor.Unreadable, "the row of statement %s", r.ID)
			return
		}
		c.counts.count(row, 1)
		for _, group := range groupsOf(row) {
			c.entry(indexEntry{groupBucket, joined(group, r.ID), key}, "statement "+r.ID)
		}
	})
}

func (c *indexCheck) statementCounts() error {
	if kept := countsOf(c.tx); kept != c.counts {
		c.report(doctor.Index, "the numbers of statements are kept as %v in force and %v retracted, and are %v and %v (public, full)",
			kept.inForce, kept.retracted, c.counts.inForce, c.counts.retracted)
	}
	return nil
}

// links finds those that no statement speaks of; the others are compared with what
// the statements say.
func (c *indexCheck) links() error {
	cursor := c.tx.Bucket(groupBucket).Cursor()
	return c.each(linkRows, func(id, _ []byte) {
		prefix := prefixOf(string(id))
		if k, _ := cursor.Seek(prefix); !bytes.HasPrefix(k, prefix) {
			c.report(doctor.Links, "%s: no statement speaks of it", id)
		}
	})
}

func (c *indexCheck) names() error {
	return c.each(namePersonBucket, func(person, data []byte) {
		var names []statement.ProtectedName
		if err := json.Unmarshal(data, &names); err != nil {
			c.report(doctor.Unreadable, "the protected names of %s", person)
			return
		}
		for i, name := range names {
			value, _ := json.Marshal(name) // as it was written, it cannot fail
			c.entry(indexEntry{nameBucket, nameKey(name, i), value}, "protected name "+fmt.Sprint(i+1)+" of "+string(person))
		}
	})
}

// surplus tells of entries beyond those that were found.
func (c *indexCheck) surplus() error {
	for _, bucket := range [][]byte{idBucket, subjectBucket, entityBucket, sourceBucket, linkBucket, groupBucket, statementRows} {
		if count(c.tx.Bucket(bucket)) == c.entries[string(bucket)] {
			continue
		}
		err := c.each(bucket, func(k, v []byte) {
			if !c.belongs(bucket, k, v) {
				c.report(doctor.Index, "%s: an entry of no statement", bucket)
			}
		})
		if err != nil {
			return err
		}
	}
	if n := count(c.tx.Bucket(nameBucket)); n > c.entries[string(nameBucket)] {
		c.report(doctor.Index, "%s: %d entries, of which %d belong to somebody", nameBucket, n, c.entries[string(nameBucket)])
	}
	return nil
}

// belongs reports whether an entry is one of an existing statement.
func (c *indexCheck) belongs(bucket, k, v []byte) bool {
	key := k
	if !bytes.Equal(bucket, statementRows) {
		if len(v) < 8 {
			return false
		}
		key = keyIn(v)
	}
	r := new(statement.Recorded)
	if data := c.tx.Bucket(statementBucket).Get(key); data == nil || json.Unmarshal(data, r) != nil {
		return false
	}
	entries := indexEntries(r, key)
	if row, err := decodeTwin(r.ID, c.tx.Bucket(statementRows).Get(key)); err == nil {
		for _, group := range groupsOf(row) {
			entries = append(entries, indexEntry{groupBucket, joined(group, r.ID), key})
		}
	}
	for _, e := range append(entries, indexEntry{statementRows, key, v}) {
		if bytes.Equal(e.bucket, bucket) && bytes.Equal(e.key, k) && bytes.Equal(e.value, v) {
			return true
		}
	}
	return false
}
