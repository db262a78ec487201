package access

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func audited(t *testing.T, dir string) []reading {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, AuditName))
	if err != nil {
		t.Fatal(err)
	}
	var all []reading
	for line := range strings.Lines(string(text)) {
		var r reading
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Logf("not whole: %q", line)
			continue
		}
		all = append(all, r)
	}
	return all
}

func TestAuditRecordsWhoReadWhom(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	audit, err := OpenAudit(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx := WithRequest(With(t.Context(), NewGrant("Ana\n\"", Write)), "r1")
	began := time.Now()
	for _, ids := range [][]string{{"p2", "p1", "p2"}, nil} {
		if err := audit.Record(ctx, "Who\n"+strings.Repeat("x", 1000), ids); err != nil {
			t.Fatal(err)
		}
	}
	if err := audit.Close(); err != nil {
		t.Fatal(err)
	}
	got := audited(t, dir)
	want := []reading{{Name: "Ana\n\"", Request: "r1", Operation: ("Who\n" + strings.Repeat("x", 1000))[:maxOperation], Entities: []string{"p1", "p2"}}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(reading{}, "At")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if at, err := time.Parse(time.RFC3339, got[0].At); err != nil || at.Before(began.Add(-time.Second)) || at.Location() != time.UTC {
		t.Errorf("at %q: %v", got[0].At, err)
	}
	info, err := os.Stat(filepath.Join(dir, AuditName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %04o, %v", info.Mode().Perm(), err)
	}
}

func TestAuditOnlyAppends(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for i := range 2 { // the second process finds what the first one left, torn by a crash
		audit, err := OpenAudit(dir)
		if err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		for j := range 10 {
			group.Go(func() {
				if err := audit.Record(t.Context(), "", []string{fmt.Sprintf("p%d-%d", i, j)}); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if _, err := audit.file.WriteString(`{"at":"2026-01`); err != nil {
			t.Fatal(err)
		}
		if err := audit.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := audited(t, dir); len(got) != 20 {
		t.Errorf("%d readings, want 20", len(got))
	}
}

func TestAuditFailsClosed(t *testing.T) {
	t.Parallel()
	audit, err := OpenAudit(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := audit.Close(); err != nil {
		t.Fatal(err)
	}
	if err := audit.Record(t.Context(), "", []string{"p1"}); err == nil {
		t.Error("a record was not written, and nobody was told")
	}
	if err := audit.Record(t.Context(), "", nil); err != nil {
		t.Errorf("nothing to record: %v", err)
	}
	if _, err := OpenAudit(filepath.Join(os.DevNull, "x")); err == nil {
		t.Error("opened under a device")
	}
}

// Readings at one time share the wait for the disk, and each is there when it returns.
func TestAuditOfManyAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	audit, err := OpenAudit(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer audit.Close()
	var group sync.WaitGroup
	for i := range 16 {
		group.Go(func() {
			for j := range 20 {
				id := fmt.Sprintf("p%d.%d", i, j)
				if err := audit.Record(t.Context(), "", []string{id}); err != nil {
					t.Error(err)
				}
				text, err := os.ReadFile(filepath.Join(dir, AuditName))
				if err != nil || !strings.Contains(string(text), `"`+id+`"`) {
					t.Errorf("%s is not there: %v", id, err)
				}
			}
		})
	}
	group.Wait()
	if audit.durable != 320 {
		t.Errorf("%d lines are durable", audit.durable)
	}
}
