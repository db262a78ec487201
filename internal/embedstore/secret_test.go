package embedstore

import (
	"bytes"
	"errors"
	"testing"

	"github.com/vinculo/vinculo/internal/store"
)

func TestTheSecretStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var secrets [][]byte
	for range 2 {
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		secret, err := s.Secret(t.Context())
		if err != nil || len(secret) != 32 {
			t.Fatalf("%d bytes, %v", len(secret), err)
		}
		secrets = append(secrets, secret)
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Secret(t.Context()); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("closed: %v", err)
		}
	}
	if !bytes.Equal(secrets[0], secrets[1]) {
		t.Error("another secret after it was opened again")
	}
}
