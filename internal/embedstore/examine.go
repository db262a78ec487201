package embedstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
)

var _ doctor.Store = (*Examination)(nil)

// Examination is a store opened for the doctor: only to be read.
type Examination struct{ db *bolt.DB }

// Examine opens the store in the folder as it is: it makes none, and projects
// nothing anew. Its errors are those of Open, and one that says so if there is no
// store. While it is open no other process can open the store but to examine it.
func Examine(dir string) (*Examination, error) {
	path := filepath.Join(dir, FileName)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil, fmt.Errorf("%s: there is no store", path)
	}
	if err := inspect(path); err != nil {
		return nil, err
	}
	e := &Examination{}
	err = guard(path, func() (err error) {
		e.db, err = bolt.Open(path, 0o600, &bolt.Options{Timeout: lockTimeout, ReadOnly: true})
		if err != nil {
			return openError(err)
		}
		return e.db.View(whole)
	})
	if err != nil {
		if e.db != nil {
			_ = e.db.Close() // the first error tells more
		}
		return nil, err
	}
	return e, nil
}

// whole checks that all buckets are there.
func whole(tx *bolt.Tx) error {
	if tx.Bucket(metaBucket) == nil {
		return errors.New("there is no store: it was never finished, and the next start makes it")
	}
	for _, name := range append(recorded, projected...) {
		if tx.Bucket(name) == nil {
			return damaged(string(name), "missing")
		}
	}
	return nil
}

// Close lets go of the file.
func (e *Examination) Close() error { return e.db.Close() }

// Still implements doctor.Store.
func (e *Examination) Still(ctx context.Context, fn func(doctor.State) error) error {
	return e.view(ctx, func(tx *bolt.Tx) error { return fn(still{newFacts(tx)}) })
}

func (e *Examination) view(ctx context.Context, fn func(*bolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return guard(e.db.Path(), func() error { return e.db.View(fn) })
}

// Own implements doctor.Store.
func (e *Examination) Own(ctx context.Context, tell func(doctor.Finding)) error {
	err := e.view(ctx, func(tx *bolt.Tx) error {
		if err := readable(ctx, tx); err != nil {
			return err
		}
		for err := range tx.Check(bolt.WithKVStringer(unsaid{})) {
			tell(doctor.Finding{Kind: doctor.Pages, Text: err.Error()})
		}
		reason, err := still{newFacts(tx)}.Stale()
		if reason != "" {
			tell(doctor.Finding{Kind: doctor.Stale, Text: reason})
		}
		return err
	})
	if err != nil {
		return err
	}
	return e.view(ctx, func(tx *bolt.Tx) error { return newIndexCheck(ctx, tx, tell).run() })
}

// readable reads all keys and values, and looks each key up, by which every page's
// keys are read: what cannot be read faults here, where guard makes an error of it. In
// bbolt's own check, which has a goroutine of its own, it would end the program.
func readable(ctx context.Context, tx *bolt.Tx) error {
	return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
		again, seen := b.Cursor(), byte(0)
		err := b.ForEach(func(key, value []byte) error {
			if found, _ := again.Seek(key); !bytes.Equal(found, key) {
				return damaged(string(name), "a key is not where it is looked for")
			}
			if len(value) > 0 {
				seen |= value[0] | value[len(value)-1]
			}
			return ctx.Err()
		})
		runtime.KeepAlive(seen)
		return err
	})
}

// unsaid keeps bbolt from telling keys and values: among them are protected names.
type unsaid struct{}

func (unsaid) KeyToString([]byte) string   { return "…" }
func (unsaid) ValueToString([]byte) string { return "…" }

// still is a state of the file.
type still struct{ facts }

// Stale implements doctor.State.
func (s still) Stale() (string, error) {
	meta := s.tx.Bucket(metaBucket)
	switch projection, rows := string(meta.Get(projectionKey)), string(meta.Get(rowsKey)); {
	case projection == "":
		return "projecting the rows anew was broken off: start the server, which does it", nil
	case projection != statement.Version() || rows != rowsFormat:
		return "the rows were written by another version: start the server, which projects them anew", nil
	}
	return "", nil
}

// Owners implements doctor.State.
func (s still) Owners(after string, limit int) ([]string, error) {
	ids := subjectsAfter(s.tx, after, limit)
	for _, name := range [][]byte{entityRows, briefBucket, namePersonBucket} {
		ids = append(ids, keysAfter(s.tx.Bucket(name), after, limit)...)
	}
	ids = distinct(ids)
	return ids[:min(limit, len(ids))], nil
}

// keysAfter gives the next keys of a bucket of ids.
func keysAfter(b *bolt.Bucket, last string, limit int) []string {
	var ids []string
	c := b.Cursor()
	for k, _ := c.Seek([]byte(last + "\x00")); k != nil && len(ids) < limit; k, _ = c.Next() {
		ids = append(ids, string(k))
	}
	return ids
}

// Versions implements doctor.State.
func (s still) Versions(ids []string) (map[string]doctor.ByView, error) {
	found := map[string]doctor.ByView{}
	for _, id := range ids {
		if data := s.tx.Bucket(versionBucket).Get([]byte(id)); data != nil {
			found[id] = doctor.ByView(decodeVersions(data))
		}
	}
	return found, nil
}

// LastTouched implements doctor.State.
func (s still) LastTouched(ids []string) (map[string]doctor.ByView, error) {
	found := map[string]doctor.ByView{}
	c := s.tx.Bucket(touchedBucket).Cursor()
	for _, id := range ids {
		var last doctor.ByView
		prefix := prefixOf(id)
		// From behind the entity's last one, backwards.
		back := c.Prev
		if k, _ := c.Seek([]byte(id + "\x01")); k == nil {
			back = c.Last
		}
		for k, v := back(); len(k) == len(prefix)+8 && string(k[:len(prefix)]) == string(prefix); k, v = c.Prev() {
			for view := range last {
				if last[view] == 0 && len(v) == 1 && v[0]&(1<<view) != 0 {
					last[view] = numberIn(k[len(prefix):])
				}
			}
			if last[0] != 0 && last[1] != 0 {
				break
			}
		}
		found[id] = last
	}
	return found, nil
}
