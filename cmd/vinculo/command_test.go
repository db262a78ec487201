package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/data"
)

// testFile is a statement file about an invented person.
const testFile = `{"vinculo":"statements","version":1}
{"id":"x1","subject":"src","property":"type","value":"Source","source":"src"}
{"id":"x2","subject":"src","property":"title","value":"An invented report","source":"src"}
{"id":"x3","subject":"p1","property":"type","value":"Person","source":"src"}
{"id":"x4","subject":"p1","property":"name","value":"Teodor Brask","source":"src"}
`

func bundledFile(t *testing.T) string { return fileWith(t, string(data.Bundled())) }

func fileWith(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "statements.jsonl")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestImport(t *testing.T) {
	t.Parallel()
	env := []string{"DATA_DIR=" + t.TempDir(), "LOG_LEVEL=error"}
	bad := testFile + "{\"id\":\"x5\",\"subject\":\"p1\",\"property\":\"birthDate\",\"value\":\"in May\",\"source\":\"src\"}\n"
	dangling := "{\"vinculo\":\"statements\",\"version\":1}\n"
	for i := range 25 {
		dangling += fmt.Sprintf("{\"id\":\"n%d\",\"subject\":\"p1\",\"property\":\"notes\",\"value\":\"Note\",\"source\":\"gone%d\"}\n", i, i)
	}
	for _, step := range []struct {
		name string
		in   string
		args []string
		code int
		out  string
		errs string
	}{
		{"strict with a bad line", "", []string{"--strict", fileWith(t, bad)}, exitFailed, "added 0,", "nothing was imported"},
		{"a bad line", "", []string{fileWith(t, bad)}, exitFailed, "added 4,", "statements.jsonl:6: "},
		{"again, from a pipe", testFile, []string{"-"}, 0, "added 0, retracted 0, set 0, unchanged 4;", ""},
		{"two files", "", []string{fileWith(t, testFile), bundledFile(t)}, 0, "added 195, retracted 0, set 0, unchanged 4;", ""},
		{"unknown ids", dangling, []string{"-"}, 0, "added 25, retracted 0, set 0, unchanged 0; stored restricted 0; unknown ids 25;", "-:2: gone0 is used here"},
		{"more of them than are told", dangling, []string{"-"}, 0, "added 0,", "and 5 more ids"},
		{"no file", "", nil, exitUsage, "", "at least 1 arg"},
		{"a file that is not there", "", []string{"nowhere.jsonl"}, exitFailed, "", "nowhere.jsonl"},
		{"a folder", "", []string{"."}, exitFailed, "", "is a folder"},
		{"another format", "name,birth\n", []string{"-"}, exitFailed, "", "no statement file"},
	} {
		o := runCommand(t, step.in, env, append([]string{"import"}, step.args...)...)
		if o.code != step.code || !strings.HasPrefix(o.out, step.out) || !strings.Contains(o.errs, step.errs) || step.errs == "" && o.errs != "" {
			t.Errorf("%s: %+v", step.name, o)
		}
	}
}

func TestToken(t *testing.T) {
	t.Parallel()
	secret := "AUTH_JWT_SECRET=an invented secret that is long enough"
	for name, c := range map[string]struct {
		env  []string
		args []string
		code int
		says string // on standard error
	}{
		"by the secret":          {[]string{secret}, []string{"--role=curator"}, 0, ""},
		"with an issuer":         {[]string{secret, "AUTH_JWT_ISSUER=https://issuer.example", "AUTH_JWT_AUDIENCE=v"}, []string{"--role=curator", "--expires=90d"}, 0, ""},
		"a while":                {[]string{secret}, []string{"--role=public", "--expires=90m"}, 0, ""},
		"no role":                {[]string{secret}, nil, exitUsage, "role"},
		"an unknown role":        {[]string{secret}, []string{"--role=editor"}, exitUsage, "public, reporter, curator, admin"},
		"too long":               {[]string{secret}, []string{"--role=admin", "--expires=91d"}, exitUsage, "at most 90d"},
		"too long in hours":      {[]string{secret}, []string{"--role=admin", "--expires=2161h"}, exitUsage, "at most 90d"},
		"far too long":           {[]string{secret}, []string{"--role=admin", "--expires=999999999999d"}, exitUsage, "at most 90d"},
		"no time":                {[]string{secret}, []string{"--role=admin", "--expires=0s"}, exitUsage, "at least a second"},
		"before now":             {[]string{secret}, []string{"--role=admin", "--expires=-2d"}, exitUsage, "at least a second"},
		"no duration":            {[]string{secret}, []string{"--role=admin", "--expires=soon"}, exitUsage, "30m, 12h or 90d"},
		"before the first start": {nil, []string{"--role=admin"}, exitFailed, "start the server once"},
		"a short secret":         {[]string{"AUTH_JWT_SECRET=short"}, []string{"--role=admin"}, exitUsage, "at least 32"},
	} {
		o := runCommand(t, "", c.env, append([]string{"token"}, c.args...)...)
		if o.code != c.code || !strings.Contains(o.errs, c.says) {
			t.Errorf("%s: %+v", name, o)
		}
		if made := strings.Count(o.out, ".") == 2 && strings.Count(o.out, "\n") == 1; made != (c.code == 0) || c.code == 0 && o.errs != "" {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

func TestSchemaVersionAndHelp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"schema"}, 0, "# Vínculo's API: its front page."},
		{[]string{"version"}, 0, "vinculo "},
		{[]string{"--help"}, 0, "Exit codes"},
		{nil, 0, "Exit codes"},
		{[]string{"nonsense"}, exitUsage, ""},
		{[]string{"schema", "more"}, exitUsage, ""},
	} {
		if o := runCommand(t, "", nil, c.args...); o.code != c.code || !strings.Contains(o.out, c.says) {
			t.Errorf("%v: %+v", c.args, o)
		}
	}
	for name, settings := range map[string][]string{
		"serve":   {"ADDR", "DATA_DIR", "NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE", "CORS_ORIGINS", "LOG_LEVEL", "LOG_FORMAT", "AUTH_JWT_SECRET", "AUTH_JWT_ISSUER", "AUTH_JWT_AUDIENCE"},
		"import":  {"DATA_DIR", "NEO4J_URI", "stopped first"},
		"doctor":  {"DATA_DIR", "NEO4J_URI", "stopped first", "changes nothing"},
		"token":   {"DATA_DIR", "AUTH_JWT_SECRET", "12h"},
		"schema":  nil,
		"version": nil,
	} {
		o := runCommand(t, "", nil, name, "--help")
		if o.code != 0 || !strings.Contains(o.out, "Usage:") {
			t.Errorf("%s --help: %+v", name, o)
		}
		for _, s := range settings {
			if !strings.Contains(o.out, s) {
				t.Errorf("%s --help does not speak of %s", name, s)
			}
		}
	}
}
