package embedstore

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
)

var _ statement.Facts = facts{}

// facts is the file as the projection reads it within a write.
type facts struct {
	tx *bolt.Tx
	// read holds what was decoded: the projection asks for a statement more than
	// once, and never changes what it got.
	read map[string]*statement.Recorded // by key
}

func newFacts(tx *bolt.Tx) facts { return facts{tx, map[string]*statement.Recorded{}} }

// at gives the statement of a key.
func (f facts) at(key []byte) (*statement.Recorded, error) {
	if r := f.read[string(key)]; r != nil {
		return r, nil
	}
	data := f.tx.Bucket(statementBucket).Get(key)
	r := new(statement.Recorded)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, damaged(fmt.Sprintf("statement %x", key), err.Error())
	}
	f.read[string(key)] = r
	return r, nil
}

// listed gives the statements that an index lists under any of the prefixes.
func (f facts) listed(index []byte, prefixes [][]byte) ([]*statement.Recorded, error) {
	var found []*statement.Recorded
	c := f.tx.Bucket(index).Cursor()
	for _, prefix := range prefixes {
		for _, key := range under(c, prefix) {
			r, err := f.at(key)
			if err != nil {
				return nil, err
			}
			found = append(found, r)
		}
	}
	return found, nil
}

func prefixes(ids []string) [][]byte {
	var all [][]byte
	for _, id := range distinct(ids) {
		all = append(all, prefixOf(id))
	}
	return all
}

// Statements implements statement.Facts.
func (f facts) Statements(ids []string) ([]*statement.Recorded, error) {
	var found []*statement.Recorded
	c := f.tx.Bucket(idBucket).Cursor()
	for _, id := range distinct(ids) {
		if key := find(c, []byte(id)); key != nil {
			r, err := f.at(key)
			if err != nil {
				return nil, err
			}
			found = append(found, r)
		}
	}
	return found, nil
}

// About implements statement.Facts.
func (f facts) About(subjects []string) ([]*statement.Recorded, error) {
	return f.listed(subjectBucket, prefixes(subjects))
}

// Referring implements statement.Facts.
func (f facts) Referring(ids []string, relations ...string) ([]*statement.Recorded, error) {
	entities := prefixes(ids)
	if len(relations) == 0 {
		return f.listed(entityBucket, entities)
	}
	var narrowed [][]byte
	for _, entity := range entities {
		for _, relation := range distinct(relations) {
			narrowed = append(narrowed, slices.Concat(entity, prefixOf(relation)))
		}
	}
	return f.listed(entityBucket, narrowed)
}

// Linked implements statement.Facts.
func (f facts) Linked(links []string) ([]*statement.Recorded, error) {
	return f.listed(linkBucket, prefixes(links))
}

// Sourced implements statement.Facts.
func (f facts) Sourced(ids []string) ([]string, error) {
	claimed, err := f.listed(groupBucket, prefixes(ids))
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, r := range claimed {
		found[r.Subject] = true
	}
	c := f.tx.Bucket(sourceBucket).Cursor()
	for _, prefix := range prefixes(ids) {
		for _, value := range under(c, prefix) {
			found[string(subjectIn(value))] = true
		}
	}
	return slices.Collect(maps.Keys(found)), nil
}

// Briefs implements statement.Facts.
func (f facts) Briefs(ids []string) (map[string]statement.Brief, error) {
	found := map[string]statement.Brief{}
	c := f.tx.Bucket(briefBucket).Cursor()
	for _, id := range distinct(ids) {
		brief, err := briefOf(c, id)
		if err != nil {
			return nil, err
		}
		if !brief.Zero() {
			found[id] = brief
		}
	}
	return found, nil
}

func briefOf(briefs *bolt.Cursor, id string) (statement.Brief, error) {
	var brief statement.Brief
	data := find(briefs, []byte(id))
	if data == nil {
		return brief, nil
	}
	if err := json.Unmarshal(data, &brief); err != nil {
		return brief, damaged("brief of "+id, err.Error())
	}
	return brief, nil
}

// ProtectedNames implements statement.Facts.
func (f facts) ProtectedNames(tokens []string) ([]statement.ProtectedName, error) {
	var found []statement.ProtectedName
	c := f.tx.Bucket(nameBucket).Cursor()
	for _, token := range distinct(tokens) {
		for _, data := range under(c, prefixOf(tokenKey(token))) {
			var name statement.ProtectedName
			if err := json.Unmarshal(data, &name); err != nil {
				return nil, damaged("a protected name", err.Error())
			}
			if name.Key == token {
				found = append(found, name)
			}
		}
	}
	return found, nil
}

// maxToken bounds what a key of the file holds of a token; a longer one is hashed.
const maxToken = 255

func tokenKey(token string) string {
	if len(token) <= maxToken && !bytes.ContainsRune([]byte(token), 0) {
		return token
	}
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
