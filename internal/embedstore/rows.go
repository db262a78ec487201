package embedstore

import (
	"bytes"
	"encoding/json"
	"fmt"

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
func (w writer) statementRows(twins []statement.Twin) error {
	var counts statementCounts
	for _, t := range twins {
		if err := w.statementRow(t, &counts); err != nil {
			return err
		}
	}
	return w.add(counts)
}

// statementRow stores a statement's row, under the statement's key, and keeps the
// index of groups and links.
func (w writer) statementRow(t statement.Twin, counts *statementCounts) error {
	key := bytes.Clone(w.tx.Bucket(idBucket).Get([]byte(t.ID)))
	if key == nil {
		return fmt.Errorf("a row of statement %s, which is not recorded", t.ID)
	}
	rows := w.tx.Bucket(statementRows)
	rows.FillPercent = appending
	old, err := decodeTwin(t.ID, rows.Get(key))
	if err != nil {
		return err
	}
	counts.count(old, -1)
	counts.count(t, 1)
	groups := w.tx.Bucket(groupBucket)
	before, after := groupsOf(old), groupsOf(t)
	for group := range before {
		if !after[group] {
			if err := groups.Delete(joined(group, t.ID)); err != nil {
				return err
			}
		}
	}
	for group := range after {
		if !before[group] {
			if err := groups.Put(joined(group, t.ID), key); err != nil {
				return err
			}
		}
	}
	if t.Gone() {
		return rows.Delete(key)
	}
	return rows.Put(key, encodeTwin(t))
}

// groupsOf gives the groups, links and claimants that a statement's row names in any view.
func groupsOf(t statement.Twin) map[string]bool {
	found := map[string]bool{}
	for _, row := range []*statement.Row{t.Public, t.Full} {
		if row == nil {
			continue
		}
		for _, key := range []string{statement.KeyGroup, statement.KeyLink, statement.KeyClaimedBy} {
			if text := row.Values.Text(key); text != "" {
				found[text] = true
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
