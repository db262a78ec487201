package interchange

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// fileOf gives a statement file of lines.
func fileOf(lines ...string) File {
	return File{"test.jsonl", strings.NewReader(StatementHeader + "\n" + strings.Join(lines, "\n") + "\n")}
}

// result is what an import said.
type result struct {
	Report
	bad        []string // "line: reason"
	restricted []string // "line: person"
	err        error
}

// importInto imports the files, in one commit or more.
func importInto(t *testing.T, w Writer, strict bool, files ...File) result {
	t.Helper()
	return importBy(t, Import{Store: w, Strict: strict}, files...)
}

// importBy runs an import that has a store, and may have a reader.
func importBy(t *testing.T, im Import, files ...File) result {
	t.Helper()
	var r result
	im.ID, im.By, im.Reason = "i1", "Ana", "a test"
	im.Bad = func(b BadLine) { r.bad = append(r.bad, fmt.Sprintf("%d: %s", b.Line, b.Reason)) }
	im.Restricted = func(l Restricted) { r.restricted = append(r.restricted, fmt.Sprintf("%d: %s", l.Line, l.Person)) }
	r.Report, r.err = im.Run(t.Context(), files...)
	if r.Bad != len(r.bad) || r.Report.Restricted != len(r.restricted) {
		t.Errorf("the report counts %+v, but told of %v and %v", r.Report, r.bad, r.restricted)
	}
	return r
}

// must fails the test unless all lines went in.
func (r result) must(t *testing.T) result {
	t.Helper()
	if r.err != nil || len(r.bad) > 0 {
		t.Fatalf("import: %v, bad lines %v", r.err, r.bad)
	}
	return r
}

// shown gives all that a view shows, row by row, as text.
func shown(t *testing.T, s store.Store, view store.View) string {
	t.Helper()
	pages, err := s.Read(t.Context(), view, 1_000_000, storetest.Whole())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, page := range pages {
		for _, result := range page.Rows {
			fmt.Fprintln(&b, *result.Row)
		}
	}
	return b.String()
}

func entries(t *testing.T, s store.Store) []statement.Entry {
	t.Helper()
	log, err := s.Log(t.Context(), statement.FullView, "", 0, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// watched is a store that something is checked of after each commit that it takes.
type watched struct {
	*storetest.Naive
	check func(commit statement.Commit)
}

func (w watched) Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error) {
	receipt, err := w.Naive.Write(ctx, commit)
	if err == nil {
		w.check(commit)
	}
	return receipt, err
}
