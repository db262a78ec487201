package interchange

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// A file grows by a set line, loses it again, and grows by another one.
func TestASetLineMayComeAndGo(t *testing.T) {
	t.Parallel()
	plain := append([]string{
		`{"id":"n1","subject":"p2","property":"notes","value":"She likes chess.","source":"src"}`,
		`{"id":"n2","subject":"p2","property":"notes","value":"12 Invented Lane","source":"src"}`,
	}, smallFile...)
	hidden := append(plain[:len(plain):len(plain)], `{"set":"n2","visibility":"RESTRICTED","reason":"an address"}`)
	more := append(hidden[:len(hidden):len(hidden)], `{"set":"n2","rank":"DEPRECATED","reason":"outdated"}`)
	back := append(more[:len(more):len(more)], `{"set":"n2","visibility":"PUBLIC","reason":"she agrees"}`)
	unchanged := Report{Unchanged: 13}
	type step struct {
		lines  []string
		want   Report
		public bool
	}
	for name, steps := range map[string][]step{
		"it comes later":   {{plain, Report{Added: 13, Restricted: 1}, true}, {hidden, Report{Unchanged: 13, Set: 1}, false}, {hidden, Report{Unchanged: 14}, false}, {plain, unchanged, false}},
		"it is gone later": {{hidden, Report{Added: 13, Restricted: 1}, false}, {plain, unchanged, false}, {hidden, unchanged, false}},
		"another comes":    {{hidden, Report{Added: 13, Restricted: 1}, false}, {more, Report{Unchanged: 14, Set: 1}, false}, {plain, unchanged, false}, {more, Report{Unchanged: 15}, false}},
		"it is taken back": {{hidden, Report{Added: 13, Restricted: 1}, false}, {back, Report{Unchanged: 14, Set: 2}, true}, {back, Report{Unchanged: 16}, true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := watched{Naive: storetest.NewNaive()}
			for i, step := range steps {
				hide := i == 0 && !step.public
				s.check = func(statement.Commit) {
					if hide && strings.Contains(shown(t, s, statement.PublicView), "Invented Lane") {
						t.Errorf("step %d: the address was public for a moment", i)
					}
				}
				got := importInto(t, s, false, fileOf(step.lines...)).must(t)
				if diff := cmp.Diff(step.want, got.Report); diff != "" {
					t.Errorf("step %d (-want +got):\n%s", i, diff)
				}
				if public := strings.Contains(shown(t, s, statement.PublicView), "Invented Lane"); public != step.public {
					t.Errorf("step %d: public %v", i, public)
				}
			}
		})
	}
}

// What a line itself decides is part of it: another word on it needs a set line.
func TestALineThatDecidesOtherwiseIsTold(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importInto(t, s, false, fileOf(smallFile...)).must(t)
	edited := strings.Replace(smallFile[5], `"source"`, `"visibility":"RESTRICTED","source"`, 1)
	set := `{"set":"x6","verification":"DOCUMENT","reason":"seen"}`
	r := importInto(t, s, false, fileOf(edited, set))
	if len(r.bad) != 1 || !strings.HasPrefix(r.bad[0], "2: id: ") || r.Set != 1 {
		t.Errorf("%+v, %v", r.Report, r.bad)
	}
}

func TestASetLineThatTheStoreRefusesIsTold(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importInto(t, s, false, fileOf(smallFile...)).must(t)
	r := importInto(t, s, false, fileOf(`{"set":"x7","visibility":"PUBLIC","reason":"a mistake"}`)).must(t)
	if diff := cmp.Diff(Report{Restricted: 1}, r.Report); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2: p1"}, r.restricted); diff != "" {
		t.Error(diff)
	}
}
