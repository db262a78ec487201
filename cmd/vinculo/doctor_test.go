package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/neo4jtest"
)

// namedFile is a statement file in which a text names a person who is protected only
// later, and which refers to a source that nobody has told of.
const namedFile = testFile + `{"id":"x5","subject":"o1","property":"type","value":"Organization","source":"src"}
{"id":"x6","subject":"o1","property":"notes","value":"It knew Teodor Brask well","source":"elsewhere"}
`

const protectingFile = `{"vinculo":"statements","version":1}
{"id":"x7","subject":"p1","property":"protection","value":"PROTECTED","source":"editorial"}
`

const wellSaid = `note: statements that refer to what no entity is, yet: 1
  x6: its source is elsewhere
checked 3 entities, 6 statements, 2 commits: all is well; notes: 1
`

const illSaid = `WRONG: public statements that contain a name of somebody protected: set them RESTRICTED: 1
  x6
note: statements that refer to what no entity is, yet: 1
  x6: its source is elsewhere
checked 3 entities, 7 statements, 3 commits: 1 thing is wrong; notes: 1
`

func TestDoctor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	env := []string{"DATA_DIR=" + dir, "LOG_LEVEL=error"}
	if o := runCommand(t, "", env, "doctor"); o.code != exitFailed || !strings.Contains(o.errs, "there is no store") {
		t.Errorf("nothing there: %+v", o)
	}
	if made, _ := filepath.Glob(filepath.Join(dir, "*")); len(made) > 0 {
		t.Errorf("it has made %v", made)
	}
	doctored(t, env)
	if o := runCommand(t, "", env, "doctor", "--lines", "0"); o.code != exitFailed || !strings.Contains(o.out, "RESTRICTED: 1\n  and 1 more\n") {
		t.Errorf("no lines: %+v", o)
	}
	if o := runCommand(t, "", env, "doctor", "--lines=-1"); o.code != exitUsage {
		t.Errorf("fewer lines than none: %+v", o)
	}
	server := start(t, append(env, "LOG_LEVEL=info")).ready(t)
	if o := runCommand(t, "", env, "doctor"); o.code != exitFailed || !strings.Contains(o.errs, "stop the server first") {
		t.Errorf("beside the server: %+v", o)
	}
	server.stop(t)
}

// doctored checks what doctor says of an empty store before and after it is wrong.
func doctored(t *testing.T, env []string) {
	t.Helper()
	for _, step := range []struct {
		file string
		code int
		said string
	}{{namedFile, 0, wellSaid}, {protectingFile, exitFailed, illSaid}} {
		if o := runCommand(t, step.file, env, "import", "-"); o.code != 0 {
			t.Fatalf("import: %+v", o)
		}
		o := runCommand(t, "", env, "doctor")
		// How many commits an import is, is its own affair.
		said := regexp.MustCompile(`\d+ commits`).ReplaceAllString(o.out, "N commits")
		want := regexp.MustCompile(`\d+ commits`).ReplaceAllString(step.said, "N commits")
		if o.code != step.code || said != want {
			t.Errorf("doctor: code %d, said\n%s%s\nwant\n%s", o.code, o.out, o.errs, want)
		}
	}
}

func TestDoctorOnNeo4j(t *testing.T) {
	target := neo4jtest.Clean(t)
	env := []string{
		"DATA_DIR=" + t.TempDir(), "NEO4J_URI=" + target.URI, "NEO4J_USERNAME=" + target.Username,
		"NEO4J_PASSWORD=" + target.Password, "NEO4J_DATABASE=" + target.Database, "LOG_LEVEL=error",
	}
	if o := runCommand(t, "", env, "doctor"); o.code != exitFailed || !strings.Contains(o.errs, "there is no store in it") {
		t.Errorf("nothing there: %+v", o)
	}
	server := start(t, append(env, "LOG_LEVEL=info")).ready(t) // beside which the rest happens
	doctored(t, env)
	server.stop(t)
}
