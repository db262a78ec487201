package interchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/storetest"
)

// A type of the file that the store refuses spoils no other line, in one commit or
// several, and one that takes the place of a retracted one is not judged by that.
func TestTheStoresTypesOutweighTheFiles(t *testing.T) {
	t.Parallel()
	const other, person, member = `{"id":"g1","subject":"org","property":"type","value":"Person","source":"src"}`,
		`{"id":"g2","subject":"a-first","property":"type","value":"Person","source":"src"}`,
		`{"id":"g3","subject":"a-first","property":"MEMBER_OF","entity":"org","source":"src"}`
	const teaches = `{"id":"g4","subject":"org","property":"occupation","value":"teacher","source":"src"}`
	const unrelated, retype = `{"retract":"s3","reason":"another name"}`, `{"retract":"s2","reason":"a person"}`
	for name, c := range map[string]struct {
		lines []string
		bad   []string // how their reasons begin
	}{
		"one commit":           {[]string{other, person, member}, []string{"2: type: "}},
		"the line of the link": {[]string{member, other, person}, []string{"3: type: "}},
		"several commits":      {[]string{other, person, member, unrelated}, []string{"2: type: "}},
		"what is a person's":   {[]string{other, teaches}, []string{"2: type: ", "3: property: org is Organization"}},
		"a new type":           {[]string{retype, other, teaches}, nil},
	} {
		s := storetest.NewNaive()
		importInto(t, s, false, fileOf(
			`{"id":"s1","subject":"src","property":"type","value":"Source","source":"editorial"}`,
			`{"id":"s2","subject":"org","property":"type","value":"Organization","source":"src"}`,
			`{"id":"s3","subject":"org","property":"name","value":"An invented union","source":"src"}`,
		)).must(t)
		var bad []string
		report, err := Import{Store: s, Reader: s, ID: "i1", Bad: func(b BadLine) { bad = append(bad, fmt.Sprintf("%d: %s", b.Line, b.Reason)) }}.Run(t.Context(), fileOf(c.lines...))
		slices.Sort(bad)
		if err != nil || !slices.EqualFunc(bad, c.bad, strings.HasPrefix) {
			t.Errorf("%s: %v, %+v, bad lines %s", name, err, report, cmp.Diff(c.bad, bad))
		}
	}
}
