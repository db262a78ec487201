package access

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// SecretName is the name of the file in DATA_DIR.
const SecretName = "token.secret"

// minSecret is the least length in bytes of a key for HS256 (RFC 7518, 3.2).
const minSecret = 32

// Settings say with what tokens are signed and checked.
type Settings struct {
	Secret           string // AUTH_JWT_SECRET
	Issuer, Audience string // AUTH_JWT_ISSUER, AUTH_JWT_AUDIENCE: both or neither
	DataDir          string // holds the secret where neither is set
}

// ErrSettings says that settings cannot work together; its message tells why.
var ErrSettings = errors.New("access settings")

// ErrNoSecret says that no secret is set, and that no server has written one yet.
var ErrNoSecret = errors.New("no secret to sign tokens with")

// Start gives the tokens of a server. Where neither a secret nor an issuer is set
// it uses the secret in DataDir, which the first start writes, readable by its
// owner alone.
func Start(s Settings) (*Tokens, error) { return open(s, true) }

// Open gives the tokens of a command beside a server, which writes nothing:
// ErrNoSecret if there is no secret yet.
func Open(s Settings) (*Tokens, error) { return open(s, false) }

func open(s Settings, create bool) (*Tokens, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	tokens := &Tokens{secret: []byte(s.Secret), issuer: s.Issuer, audience: s.Audience, now: time.Now}
	if s.Secret != "" {
		return tokens, nil
	}
	path := filepath.Join(s.DataDir, SecretName)
	secret, err := readSecret(path)
	if errors.Is(err, fs.ErrNotExist) {
		if !create {
			return nil, fmt.Errorf("%w: %s is not there; start the server once, or set AUTH_JWT_SECRET as the server has it", ErrNoSecret, path)
		}
		if err := writeSecret(path); err != nil {
			return nil, fmt.Errorf("the secret for tokens cannot be written: %w", err)
		}
		secret, err = readSecret(path)
	}
	if err != nil {
		return nil, err
	}
	tokens.secret = secret
	return tokens, nil
}

// check refuses what cannot work.
func (s Settings) check() error {
	refuse := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s", ErrSettings, fmt.Sprintf(format, args...))
	}
	switch {
	case s.Issuer != "" && s.Audience == "":
		return refuse("AUTH_JWT_ISSUER is set without AUTH_JWT_AUDIENCE: without it, a token that the issuer made for another service would open this one")
	case s.Audience != "" && s.Issuer == "":
		return refuse("AUTH_JWT_AUDIENCE is set without AUTH_JWT_ISSUER: set both or neither")
	case s.Issuer != "" && s.Secret == "":
		return refuse("AUTH_JWT_ISSUER is set without AUTH_JWT_SECRET: this version checks HS256 tokens only, with the secret that the issuer signs them with, and fetches no keys from an issuer")
	case s.Secret != "" && len(s.Secret) < minSecret:
		return refuse("AUTH_JWT_SECRET has %d bytes, HS256 needs at least %d: make one with `openssl rand -base64 32`", len(s.Secret), minSecret)
	}
	return nil
}

// readSecret reads a secret file, which nobody but its owner may be able to read.
func readSecret(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, fmt.Errorf("others can read the secret for tokens, %s (mode %04o): delete it if they may have, so that a new one is made, or `chmod 600` it", path, mode)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	secret := strings.TrimSpace(string(text))
	if len(secret) < minSecret {
		return nil, fmt.Errorf("%s holds %d bytes, a secret for tokens needs at least %d: delete it, and the next start makes a new one", path, len(secret), minSecret)
	}
	return []byte(secret), nil
}

// writeSecret writes a new secret at the path, unless another process does so
// first. The file appears whole or not at all.
func writeSecret(path string) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, SecretName+".*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(file.Name())) }()
	random := make([]byte, minSecret)
	_, _ = rand.Read(random) // never fails: crypto/rand
	_, err = file.WriteString(base64.RawURLEncoding.EncodeToString(random) + "\n")
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	// A link, unlike a rename, does not replace what another process has written.
	if err := os.Link(file.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
