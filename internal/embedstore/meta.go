package embedstore

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
)

// format is the version of what cannot be made anew: the log, the statements and
// their indexes.
const format = 1

// rowsFormat is the version of the projected buckets: a file with another one has
// them made anew.
var rowsFormat = "3 " + wordsHash()

// Keys of the bucket meta.
var (
	formatKey     = []byte("format")     // decimal
	rowsKey       = []byte("rows")       // rowsFormat
	projectionKey = []byte("projection") // statement.Version when the rows were made; empty while they are being made
	countsKey     = []byte("statements") // see statementCounts
	sequenceKey   = []byte("sequence")   // of the last commit, eight bytes
	secretKey     = []byte("secret")     // 32 random bytes
	createdKey    = []byte("created")    // RFC 3339
)

// checkFormat says why a file cannot be used; a file without any bucket is new.
func checkFormat(tx *bolt.Tx) error {
	meta := tx.Bucket(metaBucket)
	if meta == nil {
		if name, _ := tx.Cursor().First(); name != nil {
			return ErrForeign
		}
		return nil
	}
	found, err := strconv.Atoi(string(meta.Get(formatKey)))
	switch {
	case err != nil || found < 1 || len(meta.Get(secretKey)) == 0:
		return ErrForeign
	case found > format:
		return fmt.Errorf("%w (its format is %d, this one knows %d)", ErrNewer, found, format)
	}
	return nil
}

func sequenceOf(tx *bolt.Tx) uint64 { return numberIn(tx.Bucket(metaBucket).Get(sequenceKey)) }

func secretOf(tx *bolt.Tx) []byte { return bytes.Clone(tx.Bucket(metaBucket).Get(secretKey)) }

// create fills a new file in one transaction; of one that is not new it only
// checks the format again, which may have changed since it was inspected.
func (s *Store) create() error {
	path := s.db.Path()
	err := s.db.Update(func(tx *bolt.Tx) error {
		if err := checkFormat(tx); err != nil {
			return err
		}
		if tx.Bucket(metaBucket) != nil {
			return errExists
		}
		for _, name := range append(recorded, projected...) {
			if _, err := tx.CreateBucket(name); err != nil {
				return err
			}
		}
		secret := make([]byte, 32)
		if _, err := rand.Read(secret); err != nil {
			return err
		}
		err := putAll(tx.Bucket(metaBucket), map[string][]byte{
			string(formatKey): []byte(strconv.Itoa(format)), string(rowsKey): []byte(rowsFormat),
			string(projectionKey): []byte(statement.Version()), string(sequenceKey): number(0),
			string(secretKey): secret, string(createdKey): []byte(s.now().UTC().Format(time.RFC3339)),
		})
		if err != nil {
			return err
		}
		return newWriter(tx).whole(statement.Genesis())
	})
	if errors.Is(err, errExists) {
		return nil
	}
	if err != nil {
		return err
	}
	s.log.Info("created a store", "file", path)
	return syncFolder(filepath.Dir(path))
}

// errExists rolls back the transaction of create on a file that needs none.
var errExists = errors.New("the store exists")

func putAll(b *bolt.Bucket, pairs map[string][]byte) error {
	for key, value := range pairs {
		if err := b.Put([]byte(key), value); err != nil {
			return err
		}
	}
	return nil
}
