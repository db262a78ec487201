package interchange

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// smallFile has a source, a person who may have been a minor, and another who was not.
var smallFile = []string{
	`{"id":"x1","subject":"src","property":"type","value":"Source","source":"src"}`,
	`{"id":"x2","subject":"src","property":"title","value":"An invented report","source":"src"}`,
	`{"id":"x3","subject":"p1","property":"type","value":"Person","source":"src"}`,
	`{"id":"x4","subject":"p1","property":"name","value":"Iria Quessant","source":"src"}`,
	`{"id":"x5","subject":"p2","property":"type","value":"Person","source":"src"}`,
	`{"id":"x6","subject":"p2","property":"name","value":"Teodor Brask","source":"src"}`,
	`{"id":"x7","subject":"p2","property":"description","value":"A neighbor of Iria Quessant","source":"src"}`,
	`{"id":"x8","subject":"d1","property":"type","value":"Detention","source":"src"}`,
	`{"id":"x9","subject":"d1","property":"minorAtArrest","value":"POSSIBLE","source":"src"}`,
	`{"id":"x10","subject":"p1","property":"HAS_DETENTION","entity":"d1","source":"src"}`,
	`{"subject":"p2","property":"occupation","value":"teacher","source":"src"}`,
}

func TestASmallFileIsOneCommitAndRepeatingItNone(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	first := importInto(t, s, false, fileOf(smallFile...)).must(t)
	if diff := cmp.Diff(Report{Added: 11, Restricted: 1}, first.Report); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"8: p1"}, first.restricted); diff != "" {
		t.Error(diff)
	}
	log := entries(t, s)
	if len(log) != 1 || log[0].Commit.Import != "i1" || log[0].Commit.By != "Ana" || log[0].Commit.Reason != "a test" {
		t.Fatalf("the log holds %+v", log)
	}
	if public := shown(t, s, statement.PublicView); strings.Contains(public, "Quessant") || !strings.Contains(public, "Brask") {
		t.Errorf("the public view shows\n%s", public)
	}
	if full := shown(t, s, statement.FullView); !strings.Contains(full, "Quessant") {
		t.Errorf("the full view shows\n%s", full)
	}
	again := importInto(t, s, true, fileOf(smallFile...)).must(t)
	if diff := cmp.Diff(Report{Unchanged: 11}, again.Report); diff != "" {
		t.Errorf("again (-want +got):\n%s", diff)
	}
	if len(entries(t, s)) != 1 {
		t.Error("a second import wrote to the log")
	}
}

// A line that is claimed by a person is bad, wherever the person's type stands and in
// whichever commit it is written.
func TestLinesClaimedByAPersonAreBad(t *testing.T) {
	t.Parallel()
	for name, change := range map[string][]string{"one commit": nil, "several commits": {`{"retract":"x2","reason":"mistaken"}`}} {
		lines := append([]string{}, smallFile...)
		for i := range 60 {
			property := []string{"occupation", "name", "birthDate", "notes"}[i%4]
			value := map[string]string{"birthDate": "1980"}[property]
			if value == "" {
				value = fmt.Sprint("x", i)
			}
			lines = append(lines, fmt.Sprintf(`{"id":"y%d","subject":"p2","property":"%s","value":"%s","source":"src","claimedBy":"p3"}`, i, property, value))
		}
		lines = append(lines, `{"id":"x3.1","subject":"p3","property":"type","value":"Person","source":"src"}`)
		got := importInto(t, storetest.NewNaive(), false, fileOf(append(lines, change...)...))
		if got.err != nil || got.Report.Bad != 60 || got.Report.Added != 12 {
			t.Errorf("%s: %v, %+v", name, got.err, got.Report)
		}
	}
}

// crowd gives lines about so many other people.
func crowd(n int) []string {
	var lines []string
	for i := range n {
		lines = append(lines,
			fmt.Sprintf(`{"id":"c%d.1","subject":"c%d","property":"type","value":"Person","source":"src"}`, i, i),
			fmt.Sprintf(`{"id":"c%d.2","subject":"c%d","property":"name","value":"Nobody %d","source":"src"}`, i, i, i))
	}
	return lines
}

func TestNoMomentShowsAMinor(t *testing.T) {
	t.Parallel()
	born := `{"id":"x30","subject":"p1","property":"birthDate","value":"2001-07-19","source":"src"}`
	for name, there := range map[string][]string{
		"into an empty store":              {smallFile[0]},
		"where they are public by now":     {smallFile[2], smallFile[7]},
		"where they are publicly detained": {smallFile[2], smallFile[7], smallFile[9]},
	} {
		for _, knows := range []bool{true, false} { // what the store has
			t.Run(fmt.Sprint(name, " ", knows), func(t *testing.T) {
				t.Parallel()
				noMomentShowsAMinor(t, there, born, knows)
			})
		}
	}
}

func noMomentShowsAMinor(t *testing.T, there []string, born string, knows bool) {
	// Name, birth and type come first and what tells that they are a minor last, in another file.
	// So does another record of theirs, and last of all that it is one.
	other := `{"id":"y1","subject":"p9","property":"type","value":"Person","source":"src"}` + "\n" + `{"id":"y2","subject":"p9","property":"name","value":"Another Quessant","source":"src"}`
	same := `{"id":"y3","subject":"p9","property":"SAME_AS","entity":"p1","source":"editorial"}`
	// What bears their name is there before them.
	named := `{"id":"y4","subject":"o1","property":"type","value":"Organization","source":"src"}` + "\n" + `{"id":"y5","subject":"o1","property":"name","value":"The friends of Iria Quessant","source":"src"}` +
		"\n" + `{"id":"y6","subject":"src2","property":"type","value":"Source","source":"src2","words":"by Iria Quessant"}` + "\n" + `{"id":"y7","subject":"src2","property":"title","value":"Iria Quessant","source":"src2"}` +
		"\n" + `{"id":"y8","subject":"src2","property":"publishedAt","value":"2020-01-02","source":"src2","locator":"for Iria Quessant"}`
	first := fileOf(append(append([]string{named, smallFile[2], smallFile[3], other, born, smallFile[6], smallFile[4]}, crowd(600)...), smallFile[5])...)
	second := fileOf(append(crowd(1100)[1200:], smallFile[9], smallFile[7], smallFile[8], smallFile[0], smallFile[1], same)...)
	s := watched{Naive: storetest.NewNaive(), check: func(statement.Commit) {}}
	importInto(t, s, false, fileOf(there...)).must(t)
	commits := 0
	s.check = func(c statement.Commit) {
		if commits++; len(c.Add) > statement.MaxStatements || c.Import != "i1" {
			t.Errorf("commit %d adds %d statements in import %q", commits, len(c.Add), c.Import)
		}
		public := shown(t, s, statement.PublicView)
		for _, secret := range []string{"Quessant", "2001-07-19"} {
			if strings.Contains(public, secret) {
				t.Errorf("after commit %d the public view shows %s", commits, secret)
			}
		}
	}
	im := Import{Store: s}
	if knows {
		im.Reader = s
	}
	r := importBy(t, im, first, second).must(t)
	if r.Unchanged != len(there) || r.Added != 2*1100+19-len(there) {
		t.Errorf("the report says %+v", r.Report)
	}
	if commits < 5 {
		t.Errorf("%d commits: too few to tell", commits)
	}
	public := shown(t, s, statement.PublicView)
	for _, wanted := range []string{"{p1 Person", "{d1 Detention", "Brask", "An invented report", "Nobody 1099"} {
		if !strings.Contains(public, wanted) {
			t.Errorf("in the end the public view does not show %q", wanted)
		}
	}
}

// A decision to lift protection outweighs the evidence that stands before it, and no other.
func TestTheOrderOfDecisionsAndEvidenceIsKept(t *testing.T) {
	t.Parallel()
	born := `{"id":"x30","subject":"p1","property":"birthDate","value":"2001-07-19","source":"src"}`
	start := `{"id":"x31","subject":"d1","property":"start","value":"2018-03","source":"src"}`
	lift := `{"id":"x32","subject":"p1","property":"protection","value":"LIFTED","words":"She asks for it.","source":"editorial"}`
	about := []string{smallFile[2], smallFile[3], born, start, smallFile[7], smallFile[9]}
	for name, c := range map[string]struct {
		lines []string
		shown bool
	}{
		"no decision":       {about, false},
		"the decision last": {append(about[:len(about):len(about)], lift), true},
		"more evidence":     {append(about[:len(about):len(about)], lift, smallFile[8]), false},
	} {
		for _, others := range []int{0, 600} { // one commit, and several
			s := storetest.NewNaive()
			importInto(t, s, false, fileOf(append(crowd(others), c.lines...)...)).must(t)
			if shown := strings.Contains(shown(t, s, statement.PublicView), "Quessant"); shown != c.shown {
				t.Errorf("%s, with %d others: shown %v", name, others, shown)
			}
		}
	}
}

func TestBadLinesAreToldAndTheOthersGoIn(t *testing.T) {
	t.Parallel()
	lines := append([]string{
		`{"id":"b1","subject":"p1","property":"shoeSize","value":"40","source":"src"}`,       // 2
		`{"id":"b2","subject":"p1","property":"name","value":"No source"}`,                   // 3
		`{"id":"b3","subject":"o1","property":"type","value":"Organization","source":"src"}`, // 4: good
		`{"id":"b4","subject":"o1","property":"birthDate","value":"1990","source":"src"}`,    // 5: told by the file alone
		`{"id":"b5","subject":"o1","property":"MEMBER_OF","entity":"p1","source":"src"}`,     // 6: swapped
		`{"id":"b3","subject":"o1","property":"type","value":"Place","source":"src"}`,        // 7: other content
		`not a line`, // 8
		`{"id":"b6","subject":"src","property":"name","value":"Not its title","source":"src"}`, // 9
		`{"commit":7,"at":"2026-01-02T03:04:05Z"}`,                                             // 10: good, and nothing
		`{"purged":"x77","reason":"asked for"}`,                                                // 11
		`{"retract":"x88","reason":"wrong"}`,                                                   // 12
		`{"set":"x99","rank":"PREFERRED","reason":"better"}`,                                   // 13
	}, smallFile...)
	lines = append(lines, `{"id":"b7","subject":"p1","property":"type","value":"Place","source":"src"}`) // 25: a second type
	s := storetest.NewNaive()
	r := importInto(t, s, false, fileOf(lines...))
	if r.err != nil || r.Added != 12 {
		t.Errorf("%v, %+v", r.err, r.Report)
	}
	for i, want := range []string{
		"2: property:", "3: source: missing", "8: no JSON object", "11: purged:", // found by reading
		"5: property: o1 is Organization, of which birthDate", "9: property: src is Source", // found by the types
		"6: entity: MEMBER_OF does not lead from Organization to Person: the ends are swapped",
		"7: id:", "25: type:", // found by the store
		"12: retract: there is no statement", "13: set: there is no statement",
	} {
		found := false
		for _, bad := range r.bad {
			found = found || strings.HasPrefix(bad, want)
		}
		if !found {
			t.Errorf("want %d: %q among\n%s", i, want, strings.Join(r.bad, "\n"))
		}
	}
	if len(r.bad) != 11 {
		t.Errorf("%d bad lines:\n%s", len(r.bad), strings.Join(r.bad, "\n"))
	}
}

func TestManyRefusedLines(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importInto(t, s, false, fileOf(crowd(1000)...)).must(t)
	var lines []string
	for i, line := range crowd(1100) { // those of the first 1,000 have other content now
		lines = append(lines, strings.Replace(line, `"source":"src"`, fmt.Sprintf(`"source":"src","locator":"page %d"`, i), 1))
	}
	r := importInto(t, s, false, fileOf(lines...))
	if r.err != nil || r.Bad != 2000 || r.Added != 200 {
		t.Errorf("%v, %+v", r.err, r.Report)
	}
}

func TestStrict(t *testing.T) {
	t.Parallel()
	misfit := `{"id":"b1","subject":"src","property":"birthDate","value":"1990","source":"src"}`
	other := strings.Replace(smallFile[1], "An invented", "Another invented", 1)
	for name, c := range map[string]struct {
		lines   []string
		says    string
		commits int
	}{
		"a bad line":            {append([]string{"nonsense"}, smallFile...), "nothing was imported", 0},
		"a misfit":              {append([]string{misfit}, smallFile...), "nothing was imported", 0},
		"a conflict, one":       {append([]string{other}, smallFile...), "nothing was imported", 0},
		"a conflict, after one": {append(append(crowd(600), smallFile...), other), "nothing was imported", 0},
	} {
		s := storetest.NewNaive()
		r := importInto(t, s, true, fileOf(c.lines...))
		if !errors.Is(r.err, ErrStrict) || !strings.Contains(r.err.Error(), c.says) || r.Bad != 1 {
			t.Errorf("%s: %v, bad %v", name, r.err, r.bad)
		}
		if got := len(entries(t, s)); got != c.commits {
			t.Errorf("%s: %d commits", name, got)
		}
	}
}

func TestAFileThatIsNoneStopsAllBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty": "", "blank": "\n\n", "another format": `{"id":"x","schema":"Person"}` + "\n", "UTF-16": "\xff\xfe{\x00",
		"a newer version": `{"vinculo":"statements","version":7}`,
	} {
		s := storetest.NewNaive()
		r := importInto(t, s, false, fileOf(smallFile...), File{"bad.jsonl", strings.NewReader(text)})
		if r.err == nil || !strings.HasPrefix(r.err.Error(), "bad.jsonl:") || len(entries(t, s)) > 0 {
			t.Errorf("%s: %v, %d commits", name, r.err, len(entries(t, s)))
		}
	}
}

func TestTheFilesLastWordOnVisibilityComesWithTheStatement(t *testing.T) {
	t.Parallel()
	backup := append([]string{`{"commit":1,"at":"2026-01-02T03:04:05Z","by":"Eva"}`}, smallFile[:6]...)
	backup = append(backup,
		`{"commit":2,"at":"2026-01-03T03:04:05Z","by":"Eva","reason":"her family asks"}`,
		`{"set":"x4","visibility":"RESTRICTED","reason":"her family asks","at":"2026-01-03T03:04:05Z","by":"Eva"}`,
		`{"set":"x6","rank":"DEPRECATED","reason":"misspelt"}`,
		`{"id":"x20","subject":"p2","property":"name","value":"Teodor Brasck","source":"src"}`,
		`{"retract":"x20","reason":"worse"}`,
		`{"retract":"x2","reason":"another title"}`,
		`{"id":"x21","subject":"src","property":"title","value":"The invented report","source":"src"}`,
	)
	s := watched{Naive: storetest.NewNaive()}
	s.check = func(statement.Commit) {
		if strings.Contains(shown(t, s, statement.PublicView), "Quessant") {
			t.Error("the name was public for a moment")
		}
	}
	r := importInto(t, s, false, fileOf(backup...)).must(t)
	if diff := cmp.Diff(Report{Added: 8, Retracted: 2}, r.Report); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var reasons []string
	for _, e := range entries(t, s) {
		reasons = append(reasons, e.Commit.Reason)
	}
	if diff := cmp.Diff([]string{"a test", "worse", "a test", "another title", "a test", "a test"}, reasons); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
	full := shown(t, s, statement.FullView)
	if !strings.Contains(full, "Quessant") || !strings.Contains(full, "The invented report") {
		t.Errorf("the full view shows\n%s", full)
	}
	again := importInto(t, s, false, fileOf(backup...)).must(t)
	if diff := cmp.Diff(Report{Unchanged: 10}, again.Report); diff != "" {
		t.Errorf("again (-want +got):\n%s", diff)
	}
}

func TestSetAndRetractOfWhatIsThere(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importInto(t, s, false, fileOf(smallFile...)).must(t)
	edits := []string{
		`{"set":"x6","visibility":"RESTRICTED","reason":"a"}`, `{"set":"x2","rank":"PREFERRED","reason":"a"}`,
		`{"set":"x6","verification":"DOCUMENT","reason":"b"}`, `{"retract":"x7","reason":"b"}`,
	}
	r := importInto(t, s, false, fileOf(edits...)).must(t)
	if diff := cmp.Diff(Report{Set: 3, Retracted: 1}, r.Report); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := len(entries(t, s)); got != 4 {
		t.Errorf("%d commits, want one and one for each kind and reason", got)
	}
	if diff := cmp.Diff(Report{Unchanged: 4}, importInto(t, s, false, fileOf(edits...)).must(t).Report); diff != "" {
		t.Errorf("again (-want +got):\n%s", diff)
	}
}

// failing is a store that cannot be reached from its nth write on.
type failing struct {
	*storetest.Naive
	writes *int
}

func (f failing) Write(ctx context.Context, c statement.Commit) (statement.Receipt, error) {
	if *f.writes--; *f.writes < 0 {
		return statement.Receipt{}, store.ErrUnavailable
	}
	return f.Naive.Write(ctx, c)
}

func TestAnInterruptedImportIsCompletedByTheNext(t *testing.T) {
	t.Parallel()
	s, whole := storetest.NewNaive(), storetest.NewNaive()
	lines := append(crowd(900), smallFile...)
	importInto(t, whole, false, fileOf(lines...)).must(t)
	writes := 1
	r := importInto(t, failing{s, &writes}, false, fileOf(lines...))
	if !errors.Is(r.err, store.ErrUnavailable) || r.Added == 0 || r.Added >= len(lines) {
		t.Fatalf("%v, %+v", r.err, r.Report)
	}
	if again := importInto(t, s, false, fileOf(lines...)).must(t); again.Added+r.Added != len(lines) {
		t.Errorf("added %d, then %d", r.Added, again.Added)
	}
	for _, v := range statement.Views {
		if diff := cmp.Diff(noTimes(shown(t, whole, v)), noTimes(shown(t, s, v))); diff != "" {
			t.Errorf("%s view (-whole +interrupted):\n%s", v, diff)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Import{Store: s}).Run(ctx, fileOf(lines...)); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

// noTimes leaves out when statements were recorded, and by which commit.
func noTimes(rows string) string { return times.ReplaceAllString(rows, "") }

var times = regexp.MustCompile(`\{(at|trace) [^}]*\}`)
