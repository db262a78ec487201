package main

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// dump gives all that a store shows, in both views, but for times, and for what the
// processes that wrote it are called.
func dump(t *testing.T, dir string) map[string]string {
	t.Helper()
	s := openStore(t, dir)
	all := map[string]string{}
	for _, view := range statement.Views {
		pages, err := s.Read(t.Context(), view, 1<<30, storetest.Whole())
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			for _, r := range page.Rows {
				text := fmt.Sprint(r.Version, r.Row.Type, r.Row.From, r.Row.To)
				for _, v := range r.Row.Values {
					if !slices.Contains([]string{statement.KeyAt, statement.KeyRetractedAt, statement.KeyTrace}, v.Key) {
						text += fmt.Sprintf("; %s: %v", v.Key, v.Data)
					}
				}
				all[view.String()+" "+r.Row.ID] = text
			}
		}
		log, err := s.Log(t.Context(), view, "", 0, 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range log {
			e.At, e.Commit.Import = "", ""
			for i := range e.Commit.Add {
				e.Commit.Add[i].At = ""
			}
			all[fmt.Sprintf("%s commit %d", view, e.Sequence)] = fmt.Sprintf("%+v", e)
		}
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	return all
}

func alike(t *testing.T, want, got map[string]string) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("not what came without a kill (-want +got):\n%s", cmp.Diff(want, got))
	}
}
