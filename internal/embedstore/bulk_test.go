package embedstore

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// Many commits at a time leave what one by one leave, and are told once they are there.
func TestBulkWritesWhatWritesWrite(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		one, dir := open(t, t.TempDir()), t.TempDir()
		defer closeStore(t, one)
		owned := open(t, dir)
		one.now, owned.now = storetest.Clock(), storetest.Clock()
		var told []statement.Receipt
		many := NewBulk(owned, func(r statement.Receipt) {
			if told = append(told, r); owned.sequence < r.Sequence {
				rt.Errorf("commit %d is told to be durable, and %d is", r.Sequence, owned.sequence)
			}
		})
		var durable []statement.Receipt
		for _, c := range storetest.Commits(rt) {
			want, wantErr := one.Write(t.Context(), c) // some are meant to be refused
			got, err := many.Write(t.Context(), c)
			if diff := cmp.Diff(want, got); diff != "" || fmt.Sprint(err) != fmt.Sprint(wantErr) {
				rt.Fatalf("error %v, want %v; receipt (-want +got):\n%s", err, wantErr, diff)
			}
			if err == nil && !got.Unchanged {
				durable = append(durable, got)
			}
			if rapid.IntRange(0, 3).Draw(rt, "read") < 3 {
				continue
			}
			pages, err := many.Read(t.Context(), statement.FullView, 1_000_000, storetest.Whole())
			if err != nil {
				rt.Fatal(err)
			}
			same, err := one.Read(t.Context(), statement.FullView, 1_000_000, storetest.Whole())
			if err != nil {
				rt.Fatal(err)
			}
			if diff := storetest.Diff(storetest.Whole(), same, pages); diff != "" {
				rt.Fatalf("(-one by one +many):\n%s", diff)
			}
		}
		if err := many.Close(t.Context()); err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(durable, told); diff != "" {
			rt.Errorf("told (-want +got):\n%s", diff)
		}
		again := open(t, dir)
		defer closeStore(t, again)
		if diff := difference(draw(one.graph), draw(again.graph)); diff != "" {
			rt.Errorf("(-one by one +many):\n%s", diff)
		}
	})
}

// What cannot be made durable is told, and told again: an import must not go on.
func TestBulkThatFailsStaysSo(t *testing.T) {
	s := open(t, t.TempDir())
	write(t, s, person("p0", "Ana Ficticia"))
	before := contents(t, s, everything...)
	b := NewBulk(s, func(r statement.Receipt) { t.Errorf("commit %d was told to be durable", r.Sequence) })
	s.db.MaxSize = 1 // the file cannot grow
	var failure error
	for i := 1; failure == nil && i < 1000; i++ {
		_, failure = b.Write(t.Context(), person(fmt.Sprintf("p%d", i), "Ana Ficticia"))
	}
	if !errors.Is(failure, store.ErrUnavailable) {
		t.Fatalf("write: %v, want ErrUnavailable", failure)
	}
	s.db.MaxSize = 0
	if _, err := b.Write(t.Context(), person("q", "Ana Ficticia")); !errors.Is(err, failure) {
		t.Errorf("the next write: %v, want the same error", err)
	}
	if _, err := b.Read(t.Context(), statement.PublicView, 10, nil); !errors.Is(err, failure) {
		t.Errorf("a read: %v, want the same error", err)
	}
	if diff := difference(before, contents(t, s, everything...)); diff != "" {
		t.Errorf("the file changed:\n%s", diff)
	}
	sameGraph(t, s)
}
