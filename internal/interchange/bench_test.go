package interchange

import (
	"context"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
)

// nowhere is a store that takes everything and keeps nothing.
type nowhere struct{}

func (nowhere) Write(_ context.Context, c statement.Commit) (statement.Receipt, error) {
	return statement.Receipt{Changed: len(c.Add)}, nil
}

// BenchmarkImport is what an import costs beside the store, a statement.
func BenchmarkImport(b *testing.B) {
	lines := crowd(b.N/2 + 1)
	b.ReportAllocs()
	b.ResetTimer()
	if _, err := (Import{Store: nowhere{}}).Run(b.Context(), fileOf(lines...)); err != nil {
		b.Fatal(err)
	}
}
