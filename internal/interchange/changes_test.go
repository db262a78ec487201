package interchange

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/storetest"
)

// A set line of a statement that the file retracts says nothing, unless there is no
// such statement: both lines are told then, in whichever order they stand.
func TestSetAndRetractOfOneStatement(t *testing.T) {
	t.Parallel()
	const set, retract = `{"set":"zz","rank":"NORMAL","reason":"b"}`, `{"retract":"zz","reason":"a"}`
	for name, lines := range map[string][]string{"set first": {set, retract}, "retract first": {retract, set}} {
		s := storetest.NewNaive()
		r := importInto(t, s, false, fileOf(lines...))
		slices.Sort(r.bad)
		kinds := map[string]string{set: "set: ", retract: "retract: "}
		want := []string{"2: " + kinds[lines[0]], "3: " + kinds[lines[1]]}
		if r.err != nil || !slices.EqualFunc(r.bad, want, strings.HasPrefix) {
			t.Errorf("%s: %v, bad lines %s", name, r.err, cmp.Diff(want, r.bad))
		}
		importInto(t, s, false, fileOf(append(slices.Clone(smallFile), `{"id":"zz","subject":"p2","property":"notes","value":"a note","source":"src"}`)...)).must(t)
		if r := importInto(t, s, false, fileOf(lines...)).must(t); r.Retracted != 1 || r.Set != 0 {
			t.Errorf("%s, of a statement that is there: %+v", name, r.Report)
		}
	}
}

// As docs/statements.md has it, what NOT_SAME_AS forbids takes a second import.
func TestAJudgementThatTakesThePlaceOfAnother(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importInto(t, s, false, fileOf(append(slices.Clone(smallFile), `{"id":"z1","subject":"p1","property":"NOT_SAME_AS","entity":"p2","source":"editorial"}`)...)).must(t)
	edits := []string{`{"retract":"z1","reason":"a mistake"}`, `{"id":"z2","subject":"p1","property":"SAME_AS","entity":"p2","source":"editorial"}`}
	r := importInto(t, s, false, fileOf(edits...))
	if r.err != nil || r.Retracted != 1 || len(r.bad) != 1 || !strings.HasPrefix(r.bad[0], "3: ") || !strings.Contains(r.bad[0], "retract that first") {
		t.Errorf("%v, %+v, bad lines %q", r.err, r.Report, r.bad)
	}
	if again := importInto(t, s, false, fileOf(edits...)).must(t); again.Added != 1 {
		t.Errorf("again: %+v", again.Report)
	}
}
