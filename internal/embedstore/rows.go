package embedstore

import (
	"encoding/json"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
)

// putRows stores rows by id, or deletes them where they are gone.
func putRows(b *bolt.Bucket, rows []image) error {
	for _, row := range rows {
		err := error(nil)
		if row.data == nil {
			err = b.Delete([]byte(row.id))
		} else {
			err = b.Put([]byte(row.id), row.data)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// statementRows stores rows of statements, and counts them.
func (w writer) statementRows(c encodedChange) error {
	var counts statementCounts
	for i, t := range c.Statements {
		key := w.key(t.ID)
		if key == nil {
			return fmt.Errorf("a row of statement %s, which is not recorded", t.ID)
		}
		old := c.Was.Statements[t.ID]
		if c.Log.Sequence == 0 { // no commit, so that it does not tell
			var err error
			if old, err = decodeTwin(t.ID, w.tx.Bucket(statementRows).Get(key)); err != nil {
				return err
			}
		}
		counts.count(old, -1)
		counts.count(t, 1)
		if err := w.statementRow(key, old, t, c.statements[i].data); err != nil {
			return err
		}
	}
	return w.add(counts)
}

// statementRow stores a statement's row, under the statement's key, and keeps the
// index of groups and links.
func (w writer) statementRow(key []byte, old, t statement.Twin, data []byte) error {
	rows := w.tx.Bucket(statementRows)
	rows.FillPercent = appending
	groups := w.tx.Bucket(groupBucket)
	before, after := groupsOf(old), groupsOf(t)
	for _, group := range before {
		if !slices.Contains(after, group) {
			if err := groups.Delete(joined(group, t.ID)); err != nil {
				return err
			}
		}
	}
	for _, group := range after {
		if !slices.Contains(before, group) {
			if err := groups.Put(joined(group, t.ID), key); err != nil {
				return err
			}
		}
	}
	if data == nil {
		return rows.Delete(key)
	}
	return rows.Put(key, data)
}

// groupsOf gives the groups, links and claimants that a statement's row names in any
// view, each once.
func groupsOf(t statement.Twin) []string {
	var found []string
	for _, row := range []*statement.Row{t.Public, t.Full} {
		if row == nil {
			continue
		}
		for _, key := range []string{statement.KeyGroup, statement.KeyLink, statement.KeyClaimedBy} {
			if text := row.Values.Text(key); text != "" && !slices.Contains(found, text) {
				found = append(found, text)
			}
		}
	}
	return found
}

func (w writer) brief(id string, brief statement.Brief) error {
	if brief.Zero() {
		return w.tx.Bucket(briefBucket).Delete([]byte(id))
	}
	data, err := json.Marshal(brief)
	if err != nil {
		return err
	}
	return w.tx.Bucket(briefBucket).Put([]byte(id), data)
}

// names replaces the protected names of a person.
func (w writer) names(person string, names []statement.ProtectedName) error {
	byPerson, byToken := w.tx.Bucket(namePersonBucket), w.tx.Bucket(nameBucket)
	var old []statement.ProtectedName
	if data := byPerson.Get([]byte(person)); data != nil {
		if err := json.Unmarshal(data, &old); err != nil {
			return err
		}
	}
	for i, name := range old {
		if err := byToken.Delete(nameKey(name, i)); err != nil {
			return err
		}
	}
	if len(names) == 0 {
		return byPerson.Delete([]byte(person))
	}
	for i, name := range names {
		data, err := json.Marshal(name)
		if err != nil {
			return err
		}
		if err := byToken.Put(nameKey(name, i), data); err != nil {
			return err
		}
	}
	data, err := json.Marshal(names)
	if err != nil {
		return err
	}
	return byPerson.Put([]byte(person), data)
}

func nameKey(name statement.ProtectedName, i int) []byte {
	return append(prefixOf(tokenKey(name.Key), name.Person), number(uint64(i))...)
}
