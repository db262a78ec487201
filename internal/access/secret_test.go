package access

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestFirstStartWritesTheSecretThatOthersUse(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "not", "there")
	if _, err := Open(Settings{DataDir: dir}); !errors.Is(err, ErrNoSecret) {
		t.Fatalf("before the first start: %v", err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Fatalf("Open made the directory: %v", err)
	}
	server, err := Start(Settings{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, SecretName))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %04o", info.Mode().Perm())
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the directory holds %v", entries)
	}
	command, err := Open(Settings{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	token, err := command.Issue("Ana", "curator", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Start(Settings{DataDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, tokens := range []*Tokens{server, again} {
		if _, err := tokens.Check(token); err != nil {
			t.Error(err)
		}
	}
	other, err := Start(Settings{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Check(token); !errors.Is(err, ErrToken) {
		t.Errorf("another server's secret: %v", err)
	}
}

func TestStartsAtOnceShareASecret(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secrets := make([][]byte, 8)
	var group sync.WaitGroup
	for i := range secrets {
		group.Go(func() {
			if tokens, err := Start(Settings{DataDir: dir}); err == nil {
				secrets[i] = tokens.secret
			}
		})
	}
	group.Wait()
	for _, s := range secrets {
		if s == nil || !bytes.Equal(s, secrets[0]) {
			t.Fatalf("secrets differ: %q", secrets)
		}
	}
}

func TestSettingsThatCannotWork(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		settings Settings
		says     string
	}{
		"issuer without audience": {Settings{Secret: testSecret, Issuer: "https://issuer.example"}, "AUTH_JWT_AUDIENCE"},
		"audience without issuer": {Settings{Secret: testSecret, Audience: "vinculo"}, "AUTH_JWT_ISSUER"},
		"issuer without secret":   {Settings{Issuer: "https://issuer.example", Audience: "vinculo"}, "AUTH_JWT_SECRET"},
		"short secret":            {Settings{Secret: "short"}, "32"},
	} {
		c.settings.DataDir = t.TempDir()
		_, err := Start(c.settings)
		if !errors.Is(err, ErrSettings) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if entries, _ := os.ReadDir(c.settings.DataDir); len(entries) != 0 {
			t.Errorf("%s: wrote %v", name, entries)
		}
	}
	if _, err := Start(Settings{Secret: testSecret, Issuer: "https://issuer.example", Audience: "vinculo"}); err != nil {
		t.Error(err)
	}
}

func TestSecretFileThatIsNoSecret(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
		says string
	}{
		"others can read it": {testSecret, 0o640, "others can read"},
		"too short":          {"short\n", 0o600, "at least 32"},
		"empty":              {"", 0o600, "at least 32"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, SecretName), []byte(c.text), c.mode); err != nil {
			t.Fatal(err)
		}
		_, err := Start(Settings{DataDir: dir})
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), testSecret) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
