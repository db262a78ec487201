package doctor

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReport(t *testing.T) {
	for name, c := range map[string]struct {
		lines int
		found []Finding
		want  string
	}{
		"well":      {9, nil, "checked 3 entities, 9 statements, 2 commits: all is well\n"},
		"one thing": {9, []Finding{{Log, "commit 3 is missing"}}, "WRONG: the log and the statements tell different things: 1\n  commit 3 is missing\nchecked 3 entities, 9 statements, 2 commits: 1 thing is wrong\n"},
		"a note":    {9, []Finding{{Untyped, "p1"}}, "note: subjects of statements that have no type, and so do not show: 1\n  p1\nchecked 3 entities, 9 statements, 2 commits: all is well; notes: 1\n"},
		"in the order of kinds, so many lines": {2, []Finding{{Untyped, "p1"}, {Log, "a"}, {Pages, "page 7"}, {Log, "b"}, {Log, "c"}, {Log, "d"}},
			"WRONG: pages of the file: 1\n  page 7\nWRONG: the log and the statements tell different things: 4\n  a\n  b\n  and 2 more\n" +
				"note: subjects of statements that have no type, and so do not show: 1\n  p1\nchecked 3 entities, 9 statements, 2 commits: 5 things are wrong; notes: 1\n"},
	} {
		r := newReport(c.lines)
		r.Entities, r.Statements, r.Commits = 3, 9, 2
		for _, f := range c.found {
			r.add(f)
		}
		var b strings.Builder
		if _, err := r.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, b.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestEveryKindHasATitle(t *testing.T) {
	for k := range Untyped + 1 {
		if k.String() == "" {
			t.Errorf("kind %d has none", k)
		}
	}
}

func TestDifference(t *testing.T) {
	many := map[string]any{}
	for _, key := range strings.Split("abcdefghijk", "") {
		many[key] = 1
	}
	for name, c := range map[string]struct {
		want, have map[string]any
		says       string
	}{
		"none":       {nil, nil, ""},
		"equal":      {map[string]any{"a": []any{"x"}}, map[string]any{"a": []any{"x"}}, ""},
		"missing":    {map[string]any{}, nil, "is missing"},
		"beyond":     {nil, map[string]any{"a": 1}, "should not be there"},
		"all ways":   {map[string]any{"a": 1, "b": "x", "c": "x"}, map[string]any{"b": "y", "c": []any{"x"}, "d": 1}, "lacks a; should not have d; differs in b, c"},
		"of another": {map[string]any{"a": int64(1)}, map[string]any{"a": 1}, "differs in a"},
		"many":       {many, map[string]any{}, "lacks a, b, c, d, e, f, g, h, and 3 more"},
	} {
		if got := Difference(c.want, c.have); got != c.says {
			t.Errorf("%s: %q", name, got)
		}
	}
}
