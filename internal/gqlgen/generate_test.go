package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// copied makes a folder with these files of the module, and the parts of the schema that
// are written by hand beside the front page.
func copied(t *testing.T, files ...string) string {
	t.Helper()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	others, err := otherParts(root)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range append(others, files...) {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		put(t, dir, name, string(text))
	}
	return dir
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What is committed is what the program makes.
func TestCommittedFilesAreCurrent(t *testing.T) {
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	dir := copied(t, "go.mod", "go.sum", "gqlgen.yml", frontPageFile)
	put(t, dir, "graph/generate.go", "package graph\n")
	put(t, dir, documentFile, "")
	t.Chdir(dir)
	if err := generate(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{vocabularyFile, documentFile, "graph/generated.go", "graph/models.go"} {
		if diff := cmp.Diff(read(t, root, name), read(t, dir, name)); diff != "" {
			t.Errorf("%s is not what `make generate` makes (-committed +made):\n%s", name, diff)
		}
	}
}

const withOtherRoots = `
directive @needs(scope: Scope!) on FIELD_DEFINITION
"A scope."
enum Scope { WRITE ADMIN }
"What changes."
type Mutation { record(input: RecordInput!): RecordPayload @needs(scope: WRITE) found: [Node!] }
"What happens."
type Subscription { changed(types: [EntityType!]): Person! }
"A change."
input RecordInput { names: [NameInput!]! kind: Kind }
"A name."
input NameInput { name: String! }
"What came of it."
type RecordPayload { entity: Entity }
`

const written = `package graph

import (
	"context"
	"errors"
	"io"
)

// Written is JSON already written.
type Written []byte

func (v Written) MarshalGQLContext(_ context.Context, w io.Writer) error { _, err := w.Write(v); return err }

func (*Written) UnmarshalGQLContext(context.Context, any) error { return errors.New("an output") }
`

// Mutations and subscriptions get code for themselves and their inputs; what they
// return is written whole, so no type gets a struct for that.
func TestMutationsAndSubscriptions(t *testing.T) {
	dir := copied(t, "go.mod", "go.sum", "gqlgen.yml", frontPageFile, vocabularyFile)
	put(t, dir, "graph/other.graphqls", withOtherRoots)
	put(t, dir, "graph/written.go", written)
	t.Chdir(dir)
	if err := writeCode(dir); err != nil {
		t.Fatal(err)
	}
	generated := read(t, dir, "graph/generated.go")
	for _, wanted := range []string{
		"Record(ctx context.Context, input RecordInput) (Written, error)",
		"Found(ctx context.Context) ([]Written, error)",
		"Changed(ctx context.Context, types []EntityType) (<-chan Written, error)",
		"Needs func(ctx context.Context, obj any, next graphql.Resolver, scope Scope)",
	} {
		if !strings.Contains(generated, wanted) {
			t.Errorf("graph/generated.go does not have %s", wanted)
		}
	}
	models := read(t, dir, "graph/models.go")
	for _, wanted := range []string{"type RecordInput struct", "type NameInput struct", "type Kind string", "type Scope string"} {
		if !strings.Contains(models, wanted) {
			t.Errorf("graph/models.go does not have %s", wanted)
		}
	}
	for _, unwanted := range []string{"type Person struct", "type RecordPayload struct", "type PersonFilter struct"} {
		if strings.Contains(models, unwanted) {
			t.Errorf("graph/models.go has %s", unwanted)
		}
	}
	if out, err := exec.CommandContext(t.Context(), "go", "build", "./graph").CombinedOutput(); err != nil {
		t.Errorf("the generated code does not compile: %s", out)
	}
}
