package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vinculo/vinculo/internal/neo4jtest"
)

// bundledQuery tells the bundled data from an empty store, and a public view from a full one.
const bundledQuery = `query Bundled { viewer {scopes} tallies(where: {metric: {eq: IN_DETENTION}}) {totalCount} people(where: {protected: {eq: true}}) {nodes {name detentions {nodes {minorAtArrest}}}} }`

const (
	bundledPublic = `{"data":{"viewer":{"scopes":[]},"tallies":{"totalCount":4},"people":{"nodes":[{"name":"Name withheld","detentions":{"nodes":[{"minorAtArrest":null}]}}]}}}`
	bundledFull   = `{"data":{"viewer":{"scopes":["protected:read","write","admin"]},"tallies":{"totalCount":4},"people":{"nodes":[{"name":"Unnamed person","detentions":{"nodes":[{"minorAtArrest":"YES"}]}}]}}}`
)

func (i *instance) answers(t *testing.T, query, token, want string) {
	t.Helper()
	if status, text := i.ask(t, query, token); status != http.StatusOK || text != want {
		t.Errorf("%d %s\nwant %s", status, text, want)
	}
}

func TestServeBundledOnceAndTokens(t *testing.T) {
	t.Parallel()
	env := []string{"DATA_DIR=" + filepath.Join(t.TempDir(), "var")}
	i := start(t, env, "--bundled").ready(t)
	i.answers(t, bundledQuery, "", bundledPublic)

	made := runCommand(t, "", env, "token", "--role", "admin", "--name", "Ana")
	if made.code != 0 || strings.Count(made.out, "\n") != 1 || made.errs != "" {
		t.Fatalf("token: %+v", made)
	}
	token := strings.TrimSpace(made.out)
	i.answers(t, bundledQuery, token, bundledFull)
	for name, bad := range map[string]string{"broken": token + "x", "no token": "admin"} {
		if status, text := i.ask(t, bundledQuery, bad); status != http.StatusUnauthorized || !strings.Contains(text, "UNAUTHENTICATED") {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	audit, err := os.ReadFile(filepath.Join(strings.TrimPrefix(env[0], "DATA_DIR="), "audit.jsonl"))
	if err != nil || strings.Count(string(audit), "\n") != 1 || !strings.Contains(string(audit), `"name":"Ana"`) || !strings.Contains(string(audit), `"operation":"Bundled"`) {
		t.Errorf("the audit of one reading: %v\n%s", err, audit)
	}

	for _, other := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"import", bundledFile(t)}} {
		if o := runCommand(t, "", env, other...); o.code != exitFailed || !strings.Contains(o.errs, "stop the server first") {
			t.Errorf("%s beside the server: %+v", other[0], o)
		}
	}
	code, log := i.stop(t)
	if code != 0 || !strings.Contains(log, "the bundled data is loaded") || strings.Contains(log, "tallies") {
		t.Errorf("exit code %d, log\n%s", code, log)
	}

	again := start(t, env, "--bundled").ready(t)
	again.answers(t, bundledQuery, "", bundledPublic)
	again.answers(t, bundledQuery, token, bundledFull)
	if code, log := again.stop(t); code != 0 || !strings.Contains(log, "is not empty") {
		t.Errorf("exit code %d, log\n%s", code, log)
	}
	// By import, the bundled data is the same statements, so there is nothing to add.
	if o := runCommand(t, "", env, "import", "--strict", bundledFile(t)); o.code != 0 || !strings.HasPrefix(o.out, "added 0,") {
		t.Errorf("import: %+v", o)
	}
}

func TestBundledIsForAnEmptyStore(t *testing.T) {
	t.Parallel()
	env := []string{"DATA_DIR=" + t.TempDir()}
	if o := runCommand(t, testFile, env, "import", "-"); o.code != 0 {
		t.Fatalf("import: %+v", o)
	}
	i := start(t, env, "--bundled").ready(t)
	i.answers(t, `{tallies{totalCount} people{totalCount}}`, "", `{"data":{"tallies":{"totalCount":0},"people":{"totalCount":1}}}`)
}

func TestServeSaysWhyNeo4jIsNotThere(t *testing.T) {
	t.Parallel()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	uri := fmt.Sprintf("bolt://%s", nobody.Addr())
	_ = nobody.Close()
	env := []string{"DATA_DIR=" + t.TempDir(), "NEO4J_URI=" + uri, "NEO4J_PASSWORD=hush hush"}
	i := start(t, env, "--bundled")
	wait := func() (int, string) { return i.get(t, "/readyz") }
	status, text := wait()
	for deadline := time.Now().Add(time.Minute); !strings.Contains(text, waitNeo4j) && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
		status, text = wait()
	}
	if status != http.StatusServiceUnavailable || !strings.Contains(text, waitNeo4j) {
		t.Errorf("/readyz: %d %s", status, text)
	}
	if status, text := i.get(t, "/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: %d %s", status, text)
	}
	if status, text := i.ask(t, `{viewer{name}}`, ""); status != http.StatusServiceUnavailable || !strings.Contains(text, `"UNAVAILABLE"`) {
		t.Errorf("/graphql: %d %s", status, text)
	}
	code, log := i.stop(t)
	if code != 0 || !strings.Contains(log, uri) || !strings.Contains(log, "next_try_in=1s") || strings.Contains(log, "hush") {
		t.Errorf("exit code %d, log\n%s", code, log)
	}
	if o := runCommand(t, testFile, env, "import", "-"); o.code != exitFailed || !strings.Contains(o.errs, uri) || strings.Contains(o.errs, "hush") {
		t.Errorf("import: %+v", o)
	}
}

func TestServeBundledOnNeo4j(t *testing.T) {
	target := neo4jtest.Clean(t)
	env := []string{
		"DATA_DIR=" + t.TempDir(), "NEO4J_URI=" + target.URI, "NEO4J_USERNAME=" + target.Username,
		"NEO4J_PASSWORD=" + target.Password, "NEO4J_DATABASE=" + target.Database,
	}
	i := start(t, env, "--bundled").ready(t)
	other := start(t, env).ready(t)
	token := strings.TrimSpace(runCommand(t, "", env, "token", "--role=admin").out)
	for _, server := range []*instance{i, other} {
		server.answers(t, bundledQuery, "", bundledPublic)
		server.answers(t, bundledQuery, token, bundledFull)
	}
	checkDocumentedQueries(t)

	// Whoever writes, all servers see it at once.
	invented := `{people(where: {name: {eq: "Teodor Brask"}}) {totalCount}}`
	for _, server := range []*instance{i, other} { // which have the query's plan now
		server.answers(t, invented, "", `{"data":{"people":{"totalCount":0}}}`)
	}
	if o := runCommand(t, testFile, env, "import", "-"); o.code != 0 {
		t.Errorf("import: %+v", o)
	}
	for _, server := range []*instance{i, other} {
		server.answers(t, invented, "", `{"data":{"people":{"totalCount":1}}}`)
		if code, log := server.stop(t); code != 0 {
			t.Errorf("exit code %d, log\n%s", code, log)
		}
	}
}

func TestServeRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "vinculo.db"), []byte(strings.Repeat("not a store ", 10_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env  []string
		args []string
		code int
		says string
	}{
		"a taken port":            {args: []string{"--addr", taken.Addr().String()}, code: exitFailed, says: taken.Addr().String()},
		"no port":                 {args: []string{"--addr", "localhost"}, code: exitFailed, says: "missing port"},
		"another file":            {env: []string{"DATA_DIR=" + foreign}, code: exitFailed, says: "not a vinculo store"},
		"a short secret":          {env: []string{"AUTH_JWT_SECRET=hush hush"}, code: exitUsage, says: "at least 32"},
		"an issuer alone":         {env: []string{"AUTH_JWT_ISSUER=https://issuer.example"}, code: exitUsage, says: "AUTH_JWT_AUDIENCE"},
		"an issuer and no secret": {env: []string{"AUTH_JWT_ISSUER=https://issuer.example", "AUTH_JWT_AUDIENCE=v"}, code: exitUsage, says: "AUTH_JWT_SECRET"},
		"an origin that is none":  {env: []string{"CORS_ORIGINS=https://a.example,example.org"}, code: exitUsage, says: `"example.org" is no origin`},
		"profiles for all":        {args: []string{"--pprof", ":6060"}, code: exitUsage, says: "not on loopback"},
		"profiles nowhere":        {args: []string{"--pprof", "localhost"}, code: exitUsage, says: "missing port"},
		"an unknown level":        {env: []string{"LOG_LEVEL=loud"}, code: exitUsage, says: `LOG_LEVEL="loud"`},
		"an unknown flag":         {args: []string{"--verbose"}, code: exitUsage, says: "--verbose"},
		"an argument":             {args: []string{"now"}, code: exitUsage, says: "now"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := runCommand(t, "", append([]string{"ADDR=127.0.0.1:0"}, c.env...), append([]string{"serve"}, c.args...)...)
			if o.code != c.code || !strings.Contains(o.errs, c.says) || strings.Contains(o.errs, "hush") {
				t.Errorf("%+v", o)
			}
		})
	}
}

func TestAFlagWinsOverTheEnvironment(t *testing.T) {
	t.Parallel()
	env := []string{"LOG_LEVEL=loud", "LOG_FORMAT=json", "DATA_DIR=/dev/null/nowhere"}
	i := start(t, env, "--log-level=info", "--log-format=text", "--data-dir="+t.TempDir()).ready(t)
	if code, log := i.stop(t); code != 0 {
		t.Errorf("exit code %d, log\n%s", code, log)
	}
}
