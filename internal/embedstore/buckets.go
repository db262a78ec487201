package embedstore

import (
	"bytes"
	"encoding/binary"
	"iter"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// The buckets. A statement's key is a number that rises as statements come, so that
// they are appended; the indexes end with the statement's id, so that what they
// list comes in the order of ids, and hold its key. Parts of a key are joined by a
// zero byte, which no id has.
var (
	metaBucket       = []byte("meta")          // format, rows, projection, sequence, secret, created
	commitBucket     = []byte("commits")       // sequence → statement.Entry, JSON
	touchedBucket    = []byte("touched")       // entity, sequence → views in which the commit touched it
	statementBucket  = []byte("statements")    // key → statement.Recorded, JSON
	idBucket         = []byte("byId")          // statement id → key
	subjectBucket    = []byte("bySubject")     // subject, id → key
	entityBucket     = []byte("byEntity")      // entity, relation, id → key
	sourceBucket     = []byte("bySource")      // source or claimedBy, id → key and subject
	linkBucket       = []byte("byLink")        // Statement.Link, id → key
	groupBucket      = []byte("byGroup")       // a row's group, link or claimant in either view, id → key
	statementRows    = []byte("statementRows") // key → rows, see encodeTwin
	entityRows       = []byte("entityRows")    // entity id → rows
	linkRows         = []byte("linkRows")      // link id → rows
	briefBucket      = []byte("briefs")        // entity id → statement.Brief, JSON
	nameBucket       = []byte("names")         // token, person, number → statement.ProtectedName, JSON
	namePersonBucket = []byte("namesByPerson") // person → their names, JSON
	versionBucket    = []byte("versions")      // entity id → its version in each view
)

// projected are the buckets that the projection fills: they can be made anew from
// the statements.
var projected = [][]byte{groupBucket, statementRows, entityRows, linkRows, briefBucket, nameBucket, namePersonBucket}

var recorded = [][]byte{
	metaBucket, commitBucket, touchedBucket, statementBucket, idBucket, subjectBucket,
	entityBucket, sourceBucket, linkBucket, versionBucket,
}

// joined makes a key of parts, prefixOf the beginning of all keys that go on after them.
func joined(parts ...string) []byte   { return []byte(strings.Join(parts, "\x00")) }
func prefixOf(parts ...string) []byte { return append(joined(parts...), 0) }

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// numberIn reads a number written by number; of anything else it gives 0.
func numberIn(data []byte) uint64 {
	if len(data) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(data)
}

// under gives what a bucket holds under a prefix, in the order of keys: the rest of
// each key, and its value. Both are the file's own memory. The bucket must not
// change meanwhile. The cursor is one of the bucket's, to be used again.
func under(c *bolt.Cursor, prefix []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
			if !yield(k[len(prefix):], v) {
				return
			}
		}
	}
}

// find gives the value of a key, as a bucket's Get does, by one of its cursors, which
// can be used again.
func find(c *bolt.Cursor, key []byte) []byte {
	if k, v := c.Seek(key); bytes.Equal(k, key) {
		return v
	}
	return nil
}

// sourced makes a value of the index of sources: who asks for subjects need not
// read the statements. keyIn and subjectIn take it apart.
func sourced(key []byte, subject string) []byte { return append(slices.Clone(key), subject...) }

func keyIn(value []byte) []byte     { return value[:8] }
func subjectIn(value []byte) []byte { return value[8:] }

// distinct gives each id once, sorted, so that a file is read in its own order.
func distinct(ids []string) []string {
	if len(ids) < 2 {
		return ids
	}
	return slices.Compact(slices.Sorted(slices.Values(ids)))
}
