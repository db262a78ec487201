package interchange

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// Texts of what is written before all names are known are compared with them too.
func TestTextsThatComeBeforeTheNames(t *testing.T) {
	t.Parallel()
	early := []string{
		`{"id":"t1","subject":"d1","property":"minorAtArrest","value":"YES","source":"src","words":"Iria Quessant was 16."}`,
		`{"id":"t2","subject":"p2","property":"HAS_DETENTION","entity":"d2","source":"src","locator":"beside Iria Quessant"}`,
		`{"id":"t3","subject":"p2","property":"birthDate","value":"1950","source":"src","words":"He and Iria Quessant"}`,
		`{"id":"t4","subject":"d2","property":"start","value":"2018-03","source":"src","words":"in spring"}`,
		`{"id":"t5","subject":"d2","property":"type","value":"Detention","source":"src"}`,
		`{"id":"t6","subject":"e1","property":"name","value":"A march for Iria Quessant","source":"src"}`,
		`{"subject":"e2","property":"name","value":"A vigil for Iria Quessant","source":"src"}`,
		`{"id":"t8","subject":"e1","property":"type","value":"Event","source":"src"}`,
		`{"id":"t9","subject":"e2","property":"type","value":"Event","source":"src"}`,
	}
	all := append(append(early[:len(early):len(early)], crowd(1200)...), smallFile...)
	bad := make([]string, manyRefused) // of what would be one commit
	for i := range bad {
		bad[i] = fmt.Sprintf(`{"id":"r%d","subject":"p2","property":"name","value":"Another %d","source":"src"}`, i, i)
	}
	for name, c := range map[string]struct{ there, lines []string }{
		"in one commit":                 {nil, append(early[:len(early):len(early)], smallFile...)},
		"in many":                       {nil, all},
		"where the event is there":      {[]string{early[7], early[8]}, all},
		"in many for its refused lines": {bad, append(append(early[:len(early):len(early)], smallFile...), edited(bad)...)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := storetest.NewNaive()
			importInto(t, s, false, fileOf(c.there...)).must(t)
			r := importInto(t, s, false, fileOf(c.lines...))
			if r.err != nil || len(r.bad) > manyRefused {
				t.Fatalf("%v, %v", r.err, r.bad)
			}
			if public := shown(t, s, statement.PublicView); strings.Contains(public, "Quessant") || !strings.Contains(public, "in spring") {
				t.Errorf("the public view shows\n%s", public)
			}
			if want := 6; r.Report.Restricted != want {
				t.Errorf("%d were restricted, want %d: %v", r.Report.Restricted, want, r.restricted)
			}
			for _, line := range []string{"2: p1", "3: p1", "4: p1", "7: p1"} {
				if strings.Count("\n"+strings.Join(r.restricted, "\n")+"\n", "\n"+line+"\n") != 1 {
					t.Errorf("%q is not among %v once", line, r.restricted)
				}
			}
			if told := r.Added + r.Unchanged + r.Report.Bad; told != len(c.lines) {
				t.Errorf("%d lines, but the report is %+v", len(c.lines), r.Report)
			}
			commits := len(entries(t, s))
			if again := importInto(t, s, false, fileOf(c.lines...)); again.Added > 0 || again.Report.Restricted > 0 || len(entries(t, s)) > commits {
				t.Errorf("again: %+v", again)
			}
		})
	}
}

// edited gives lines of the same ids with other content.
func edited(lines []string) []string {
	list := make([]string, len(lines))
	for i, line := range lines {
		list[i] = strings.Replace(line, "Another", "Yet another", 1)
	}
	return list
}

func TestDanglingIDsAreTold(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importInto(t, s, false, fileOf(
		`{"id":"s1","subject":"src","property":"type","value":"Source","source":"editorial"}`,
		`{"id":"s2","subject":"o8","property":"type","value":"Organization","source":"src"}`,
		`{"id":"s3","subject":"o9","property":"type","value":"Organization","source":"src"}`,
		`{"id":"s4","subject":"o9","property":"SAME_AS","entity":"o8","source":"editorial"}`,
	)).must(t)
	lines := []string{
		`{"id":"g1","subject":"p1","property":"name","value":"Ana Ferrol","source":"src","claimedBy":"o7"}`,
		`{"id":"g0","subject":"p1","property":"MEMBER_OF","entity":"o9","source":"src"}`, // a former id
		`{"id":"g2","subject":"p1","property":"MEMBER_OF","entity":"o1","source":"nowhere"}`,
		`{"id":"g3","subject":"p1","property":"type","value":"Person","source":"nowhere"}`,
		`{"id":"g4","subject":"o1","property":"type","value":"Organization","source":"src"}`,
	}
	for i := range MostDangling {
		lines = append(lines, fmt.Sprintf(`{"id":"h%d","subject":"p1","property":"notes","value":"Note %d","source":"missing%d"}`, i, i, i))
	}
	var told []string
	report, err := Import{
		Store: s, Reader: s, ID: "i1", Dangling: func(d Dangling) { told = append(told, fmt.Sprintf("%s:%d: %s", d.File, d.Line, d.ID)) },
	}.Run(t.Context(), fileOf(lines...))
	if err != nil || report.Dangling != MostDangling+2 {
		t.Errorf("%v, %+v", err, report)
	}
	want := []string{"test.jsonl:2: o7", "test.jsonl:4: nowhere"}
	for i := range MostDangling - 2 {
		want = append(want, fmt.Sprintf("test.jsonl:%d: missing%d", i+7, i))
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
