package embedstore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/store"
)

func TestOpenMakesWhatOnlyTheOwnerCanRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "data")
	open(t, dir)
	for path, want := range map[string]os.FileMode{dir: 0o700 | os.ModeDir, filepath.Join(dir, FileName): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%s has mode %v, want %v", path, info.Mode(), want)
		}
	}
}

func TestSecondOpenerIsTold(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	_, err := Open(dir, Options{})
	if !errors.Is(err, ErrInUse) {
		t.Fatalf("second open: %v, want ErrInUse", err)
	}
	for _, word := range []string{filepath.Join(dir, FileName), "another vinculo", "stop the server first"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error %q does not say %q", err, word)
		}
	}
}

func TestSecretAndSequenceStay(t *testing.T) {
	h := fresh(t).(*harness)
	secret := h.store.secret
	if len(secret) != 32 {
		t.Fatalf("the secret has %d bytes, want 32", len(secret))
	}
	write(t, h.store, person("p1", "Ana Ficticia"))
	h.Reopen(t)
	if !bytes.Equal(h.store.secret, secret) {
		t.Error("another secret after opening again")
	}
	if r := write(t, h.store, person("p2", "Berta Inventada")); r.Sequence != 2 {
		t.Errorf("the next commit is %d, want 2", r.Sequence)
	}
	if other := open(t, t.TempDir()); bytes.Equal(other.secret, secret) {
		t.Error("two stores have the same secret")
	}
}

func TestFilesThatAreNotOursAreRefusedAndLeftAlone(t *testing.T) {
	closed := func(t *testing.T, change func(*bolt.Tx) error) []byte {
		dir := t.TempDir()
		s := open(t, dir)
		write(t, s, person("p1", "Ana Ficticia"))
		if change != nil {
			if err := s.db.Update(change); err != nil {
				t.Fatal(err)
			}
		}
		closeStore(t, s)
		data, err := os.ReadFile(filepath.Join(dir, FileName))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	meta := func(key []byte, value string) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error { return tx.Bucket(metaBucket).Put(key, []byte(value)) }
	}
	for _, c := range []struct {
		name string
		file func(t *testing.T) []byte
		want error
	}{
		{"text", func(*testing.T) []byte { return []byte("not a database\n") }, ErrForeign},
		{"long text", func(*testing.T) []byte { return bytes.Repeat([]byte("not a database\n"), 10_000) }, ErrForeign},
		{"another program's bbolt file", func(t *testing.T) []byte { return foreign(t, "accounts") }, ErrForeign},
		{"another program's meta bucket", func(t *testing.T) []byte { return foreign(t, "meta") }, ErrForeign},
		{"newer format", func(t *testing.T) []byte { return closed(t, meta(formatKey, "2")) }, ErrNewer},
		{"cut", func(t *testing.T) []byte { d := closed(t, nil); return d[:len(d)/4] }, ErrDamaged},
		{"a row overwritten", func(t *testing.T) []byte {
			return closed(t, func(tx *bolt.Tx) error { return tx.Bucket(entityRows).Put([]byte("p1"), []byte("what?")) })
		}, ErrDamaged},
		{"pages overwritten", func(t *testing.T) []byte {
			d := closed(t, nil)
			for i := 2 * os.Getpagesize(); i < len(d); i++ { // all but the two that say where the others are
				d[i] = 0xa5
			}
			return d
		}, ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, FileName)
			data := c.file(t)
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Open(dir, Options{})
			if !errors.Is(err, c.want) {
				t.Errorf("open: %v, want %v", err, c.want)
			} else if !strings.Contains(err.Error(), path) {
				t.Errorf("the error %q does not name the file", err)
			}
			if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, data) {
				t.Errorf("the file changed (%v)", err)
			}
		})
	}
}

// foreign gives a bbolt file that is not ours.
func foreign(t *testing.T, bucket string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket([]byte(bucket))
		if err != nil {
			return err
		}
		return b.Put([]byte("name"), []byte("value"))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAFileThatCannotBeReadIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, Options{}); err == nil {
		t.Error("a folder in the place of the file was opened")
	}
}

func TestClosedStore(t *testing.T) {
	s := open(t, t.TempDir())
	closeStore(t, s)
	closeStore(t, s)
	_, readErr := s.Read(t.Context(), 0, 10, nil)
	_, expandErr := s.Expand(t.Context(), 0, nil, nil, nil, 1)
	_, logErr := s.Log(t.Context(), 0, "", 0, 1)
	_, writeErr := s.Write(t.Context(), person("p1", "Ana Ficticia"))
	for method, err := range map[string]error{"Read": readErr, "Expand": expandErr, "Log": logErr, "Write": writeErr} {
		if !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s of a closed store: %v, want ErrUnavailable", method, err)
		}
	}
}
