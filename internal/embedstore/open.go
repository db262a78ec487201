package embedstore

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	bolt "go.etcd.io/bbolt"
)

// FileName is the file of a store in its folder.
const FileName = "vinculo.db"

// lockTimeout is how long Open waits for another process to let go of the file.
const lockTimeout = 500 * time.Millisecond

// Open opens the store in the folder, or makes a new one. The folder and the file
// are made so that only their owner can read them. The store must be closed.
//
// The error is ErrInUse if another process has the store open, ErrForeign,
// ErrDamaged or ErrNewer if the file is not ours to use; such a file stays as it is.
// If the projection has changed since the rows were written, all of them are made
// anew before Open returns, which takes as long as importing the statements did.
func Open(dir string, opts Options) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	path := filepath.Join(dir, FileName)
	if err := inspect(path); err != nil {
		return nil, err
	}
	s := &Store{
		log:     cmp.Or(opts.Logger, slog.New(slog.DiscardHandler)),
		now:     opts.Now,
		writing: make(chan struct{}, 1),
	}
	if s.now == nil {
		s.now = time.Now
	}
	err := guard(path, func() (err error) {
		s.db, err = bolt.Open(path, 0o600, &bolt.Options{Timeout: lockTimeout, FreelistType: bolt.FreelistMapType, NoSync: opts.noSync})
		if err != nil {
			return openError(err)
		}
		return s.start()
	})
	if err != nil {
		if s.db != nil {
			_ = s.db.Close() // the first error tells more
		}
		return nil, err
	}
	return s, nil
}

// inspect looks at a file without changing it, and says why it cannot be opened.
// No file, or one of no bytes, is fine.
func inspect(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the store: %w", err)
	}
	if info.Size() == 0 {
		return nil
	}
	return guard(path, func() error {
		db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: lockTimeout, ReadOnly: true})
		if err != nil {
			return openError(err)
		}
		defer func() { _ = db.Close() }() // only read
		return db.View(func(tx *bolt.Tx) error {
			if tx.Size() > info.Size() {
				return damaged("pages", "the end of the file is missing")
			}
			return checkFormat(tx)
		})
	})
}

// start makes what a new file lacks, brings rows up to date, and loads them.
func (s *Store) start() error {
	if err := s.create(); err != nil {
		return err
	}
	if err := s.refresh(); err != nil {
		return err
	}
	return s.db.View(func(tx *bolt.Tx) error {
		s.secret = secretOf(tx)
		s.sequence = sequenceOf(tx)
		graph, err := load(tx)
		if err != nil {
			return err
		}
		s.graph = graph
		s.log.Info("opened the store", "file", s.db.Path(), "sequence", s.sequence, "entities", graph.nodes.n, "links", graph.links.n)
		return nil
	})
}

// syncFolder makes the entry of a new file in its folder durable.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil // it knows no such thing
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	return f.Sync()
}
