package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/neo4jtest"
)

// ftmLines are about people who are invented.
const ftmLines = `{"id":"ana","schema":"Person","properties":{"name":["Ana Ejemplo"],"phone":["+00 555"]}}
{"id":"par","schema":"Organization","properties":{"name":["Partido Inventado"]}}
{"id":"mem","schema":"Membership","properties":{"member":["ana"],"organization":["par"]}}
`

func ftmFileWith(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestImportFollowTheMoney(t *testing.T) {
	t.Parallel()
	importFollowTheMoney(t, []string{"DATA_DIR=" + t.TempDir(), "LOG_LEVEL=error"})
}

func TestImportFollowTheMoneyIntoNeo4j(t *testing.T) {
	target := neo4jtest.Clean(t)
	importFollowTheMoney(t, []string{
		"DATA_DIR=" + t.TempDir(), "NEO4J_URI=" + target.URI, "NEO4J_USERNAME=" + target.Username,
		"NEO4J_PASSWORD=" + target.Password, "NEO4J_DATABASE=" + target.Database, "LOG_LEVEL=error",
	})
}

// importRealFile imports a file that is no part of the repository, twice.
func importRealFile(t *testing.T, env []string) {
	file, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "data", "donations.ftm.json"))
	if err == nil {
		_, err = os.Stat(file)
	}
	if err != nil {
		t.Skipf("NOT TESTED: the import of a real file: %v", err)
	}
	for _, added := range []string{"added 3", "added 0, "} {
		o := runCommand(t, "", env, "import", file)
		if want := "dataset donations: lines 474, Organization 73, Person 22, Place 89, Record 290, "; o.code != 0 || !strings.Contains(o.out, want) || !strings.Contains(o.out, added) {
			t.Errorf("%+v", o)
		}
	}
}

func importFollowTheMoney(t *testing.T, env []string) {
	t.Helper()
	t.Run("a real file", func(t *testing.T) { importRealFile(t, env) })
	file := ftmFileWith(t, "invented.ftm.json", ftmLines)
	for _, step := range []struct {
		name string
		in   string
		args []string
		code int
		out  []string
		errs string
	}{
		{"strict with a bad line", "", []string{"--strict", ftmFileWith(t, "bad.json", ftmLines+"{\n")}, exitFailed, []string{"added 0,", "bad lines 1"}, "bad.json:4: "},
		{"strict, where another file is bad", "", []string{"--strict", fileWith(t, testFile), file, ftmFileWith(t, "bad.json", "{\n"+ftmLines)}, exitFailed, []string{"added 0,"}, "bad.json:1: "},
		{"a bad line", "", []string{"--dataset=invented", ftmFileWith(t, "x.json", ftmLines+"{\n")}, exitFailed, []string{"dataset invented: lines 4, Organization 1, Person 1, links 1; 1 stored RESTRICTED as contact data\n", "added 15,"}, "x.json:4: "},
		{"again", "", []string{file}, 0, []string{"added 0, retracted 0, set 0, unchanged 10;"}, "invented: writing, "},
		{"a pipe", ftmLines, []string{"-", "--dataset", "invented"}, 0, []string{"added 0,"}, ""},
		{"a pipe without a name", ftmLines, []string{"-"}, exitUsage, nil, "--dataset is missing"},
		{"contact data for everybody", "", []string{file, "--publish-contact"}, 0, []string{"added 1,"}, ""},
		{"replaced", "", []string{file, "--replace"}, 0, []string{"added 0, retracted 1,"}, ""},
		{"replaced with less", strings.SplitAfter(ftmLines, "\n")[1], []string{"-", "--dataset=invented", "--replace"}, 0, []string{"added 0, retracted 6,"}, ""},
		{"with statements", "", []string{fileWith(t, testFile), file}, 0, []string{"dataset invented: ", "added 10,"}, ""},
		{"an array", "", []string{file, ftmFileWith(t, "list.json", "[\n"+strings.ReplaceAll(ftmLines, "}\n{", "},\n{")+"]\n"), "--dataset=invented"}, exitUsage, nil, "list.json: it is a JSON array"},
		{"UTF-16", "", []string{ftmFileWith(t, "wide.json", "\xff\xfe{\x00"), "--replace"}, exitUsage, nil, "wide.json: it is UTF-16"},
		{"packed", "", []string{ftmFileWith(t, "small.json.gz", "\x1f\x8b\x08"), "--dataset=invented"}, exitUsage, nil, "small.json.gz: it is compressed with gzip"},
		{"packed, and nothing said of it", "", []string{ftmFileWith(t, "some.json.gz", "\x1f\x8b\x08")}, exitFailed, nil, "it is compressed with gzip"},
		{"a NUL in a line", "", []string{ftmFileWith(t, "z.json", "\x00\n"+ftmLines)}, exitFailed, []string{"added ", "bad lines 1"}, "z.json:1: "},
		{"nothing", "", []string{ftmFileWith(t, "none.json", "\n"), "--dataset=invented"}, exitUsage, nil, "none.json: it is empty"},
		{"statements alone", "", []string{fileWith(t, testFile), "--replace"}, exitUsage, nil, "are for FollowTheMoney files"},
	} {
		o := runCommand(t, step.in, env, append([]string{"import"}, step.args...)...)
		if o.code != step.code || !strings.Contains(o.errs, step.errs) {
			t.Errorf("%s: %+v", step.name, o)
		}
		for _, part := range step.out {
			if !strings.Contains(o.out, part) {
				t.Errorf("%s: no %q in %+v", step.name, part, o)
			}
		}
	}
}
