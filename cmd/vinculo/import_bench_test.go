package main

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// BenchmarkImport is what an import into the embedded store costs, a statement of
// generated people: about 32 a person. Its profile tells where the time goes.
func BenchmarkImport(b *testing.B) {
	dir := b.TempDir()
	name := filepath.Join(dir, "people.jsonl")
	file, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	if code := run(b.Context(), []string{"generate", "--persons", strconv.Itoa(b.N/32 + 1), "--seed", "1"}, nil, file, os.Stderr); code != 0 {
		b.Fatalf("generate: exit code %d", code)
	}
	if err := file.Close(); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	if code := run(b.Context(), []string{"import", "--data-dir", dir, name}, nil, io.Discard, io.Discard); code != 0 {
		b.Fatalf("import: exit code %d", code)
	}
}
