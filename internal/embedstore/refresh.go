package embedstore

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
)

// refreshBatch is how many subjects are projected in one transaction.
const refreshBatch = 500

// refresh projects every statement anew if the rows in the file are those of
// another projection. Broken off, it starts again at the next Open: until it has
// ended the file names no projection.
func (s *Store) refresh() error {
	current := false
	err := s.db.View(func(tx *bolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		found := string(meta.Get(projectionKey))
		current = found == statement.Version() && string(meta.Get(rowsKey)) == rowsFormat
		if !current {
			s.log.Info("the projection has changed: projecting all statements anew", "file", s.db.Path(),
				"from", found, "to", statement.Version(), "statements", tx.Bucket(statementBucket).Sequence())
		}
		return nil
	})
	if err != nil || current {
		return err
	}
	if err := s.db.Update(clearProjected); err != nil {
		return err
	}
	// All briefs come first, since the rows of a subject rest on those of its neighbors.
	for _, briefsOnly := range []bool{true, false} {
		if err := s.projectAll(briefsOnly); err != nil {
			return err
		}
	}
	err = s.db.Update(func(tx *bolt.Tx) error {
		meta := tx.Bucket(metaBucket)
		if err := meta.Put(rowsKey, []byte(rowsFormat)); err != nil {
			return err
		}
		return meta.Put(projectionKey, []byte(statement.Version()))
	})
	if err == nil {
		s.log.Info("projected all statements anew", "file", s.db.Path())
	}
	return err
}

func clearProjected(tx *bolt.Tx) error {
	for _, key := range [][]byte{projectionKey, countsKey} {
		if err := tx.Bucket(metaBucket).Put(key, nil); err != nil {
			return err
		}
	}
	for _, name := range projected {
		if tx.Bucket(name) != nil {
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		if _, err := tx.CreateBucket(name); err != nil {
			return err
		}
	}
	return newWriter(tx).whole(statement.Genesis())
}

func (s *Store) projectAll(briefsOnly bool) error {
	for last := ""; ; {
		done := false
		err := s.db.Update(func(tx *bolt.Tx) error {
			subjects := subjectsAfter(tx, last, refreshBatch)
			if len(subjects) == 0 {
				done = true
				return nil
			}
			last = subjects[len(subjects)-1]
			change, err := statement.Reproject(newFacts(tx), subjects, briefsOnly)
			if err != nil {
				return err
			}
			return newWriter(tx).whole(change)
		})
		if err != nil || done {
			return err
		}
	}
}

// subjectsAfter gives the next subjects of statements, in rising order.
func subjectsAfter(tx *bolt.Tx, last string, limit int) []string {
	var subjects []string
	c := tx.Bucket(subjectBucket).Cursor()
	// 1 is the least byte beyond the separator: all keys of last lie before it.
	for k, _ := c.Seek([]byte(last + "\x01")); k != nil && len(subjects) < limit; {
		subject, _, _ := bytes.Cut(k, []byte{0})
		subjects = append(subjects, string(subject))
		k, _ = c.Seek(append(bytes.Clone(subject), 1))
	}
	return subjects
}
