package embedstore

import (
	"bytes"
	"testing"

	"github.com/vinculo/vinculo/internal/generate"
	"github.com/vinculo/vinculo/internal/interchange"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// Every root connection pages through all there is, forward and backward.
func TestRootsAtScale(t *testing.T) {
	t.Parallel()
	s, err := Open(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close(t.Context()) }()
	var file bytes.Buffer
	if err := generate.Write(&file, generate.Options{Persons: storetest.People(t), Seed: 1}); err != nil {
		t.Fatal(err)
	}
	if _, err := (interchange.Import{Store: s}).Run(t.Context(), interchange.File{Name: "generated", ReadSeeker: bytes.NewReader(file.Bytes())}); err != nil {
		t.Fatal(err)
	}
	for _, view := range statement.Views {
		t.Run(view.String(), func(t *testing.T) { storetest.WalkRoots(t, s, view, 1000) })
	}
}
