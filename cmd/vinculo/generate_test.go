package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestGenerateIntoImport(t *testing.T) {
	t.Parallel()
	made := runCommand(t, "", nil, "generate", "--persons", "20", "--seed", "7")
	if again := runCommand(t, "", nil, "generate", "--persons", "20", "--seed", "7"); made.code != 0 || made.out != again.out || made.errs != "" {
		t.Fatalf("generate: code %d, alike %v, %s", made.code, made.out == again.out, made.errs)
	}
	env := []string{"DATA_DIR=" + filepath.Join(t.TempDir(), "var")}
	if o := runCommand(t, made.out, env, "import", "-"); o.code != 0 {
		t.Fatalf("import: %+v", o)
	}
	server := start(t, env).ready(t)
	if _, text := server.ask(t, `{ people { totalCount } }`, ""); text != `{"data":{"people":{"totalCount":20}}}` {
		t.Error(text)
	}
	server.stop(t)
	if o := runCommand(t, "", nil, "generate", "--persons", "0"); o.code != exitUsage || !strings.Contains(o.errs, "--persons") {
		t.Errorf("no persons: %+v", o)
	}
}
