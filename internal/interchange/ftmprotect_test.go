package interchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// ftmCrowd gives lines about so many other people.
func ftmCrowd(n int) []string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = fmt.Sprintf(`{"id":"c%d","schema":"Person","properties":{"name":["Nadie %d"],"country":["zz"]}}`, i, i)
	}
	return lines
}

// The date of birth stands last in the file, under another line of the same id.
func TestNoMomentShowsAMinorOfAForeignFile(t *testing.T) {
	t.Parallel()
	lines := append([]string{
		`{"id":"minor-quessant","schema":"Person","properties":{"name":["Iria Quessant"],"email":["iria.q@example.org"],"addressEntity":["adr"]}}`,
		`{"id":"adr","schema":"Address","properties":{"full":["Calle Falsa 7"]}}`,
		`{"id":"fund","schema":"Organization","properties":{"name":["Fundación Iria Quessant"]}}`,
		`{"id":"pay","schema":"Payment","properties":{"payer":["minor-quessant"],"namesMentioned":["Quessant, Iria"],"amount":["3"]}}`,
		`{"id":"mem","schema":"Membership","properties":{"member":["minor-quessant"],"organization":["fund"],"summary":["con Iria Quessant"]}}`,
		`{"id":"unk","schema":"UnknownLink","properties":{"subject":["fund"],"object":["pay"],"summary":["de Iria Quessant"]}}`,
	}, ftmCrowd(700)...)
	lines = append(lines, `{"id":"minor-quessant","schema":"Person","properties":{"birthDate":["2015-07-19"],"notes":["una menor"]}}`)
	s := watched{Naive: storetest.NewNaive()}
	commits := 0
	s.check = func(c statement.Commit) {
		commits++
		hasNot(t, "public", strings.Split(shown(t, s, statement.PublicView), "\n"), "Quessant", "2015-07", "iria", "quessant", "una menor")
	}
	var restricted []int
	importFtM(t, s, func(im *FtM) {
		im.Restricted = func(r Restricted) { restricted = append(restricted, r.Line) }
	}, ftmFile(lines...)).must(t)
	if commits < 4 {
		t.Errorf("%d commits: too few to tell", commits)
	}
	if slices.Sort(restricted); !slices.Equal(restricted, []int{3, 4, 6}) {
		t.Errorf("restricted lines: %v", restricted)
	}
	if !strings.Contains(shown(t, s, statement.FullView), "Iria Quessant") {
		t.Error("the full view does not show her")
	}
}

// A text that was there before its minor was known is compared when the file comes again.
func TestTextsAreLookedAtAgain(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	text := `{"id":"note","schema":"Note","properties":{"description":["Habla de Iria Quessant."]}}`
	importFtM(t, s, nil, ftmFile(text)).must(t)
	r := importFtM(t, s, nil, ftmFile(text, `{"id":"iria","schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["2015"]}}`)).must(t)
	if public := shown(t, s, statement.PublicView); strings.Contains(public, "Quessant") || r.Report.Restricted != 1 {
		t.Errorf("%+v, public:\n%s", r.FtMReport, public)
	}
	again := importFtM(t, s, nil, ftmFile(text)).must(t)
	if again.Added != 0 || strings.Contains(shown(t, s, statement.PublicView), "Quessant") {
		t.Errorf("%+v", again.FtMReport)
	}
}

// A date of birth that cannot be read protects by its year, and tells nobody else.
func TestUnreadableDatesOfBirth(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	r := importFtM(t, s, func(im *FtM) { im.PublishContact = true }, ftmFile(
		`{"id":"a","schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["19.07.2015"]}}`,
		`{"id":"b","schema":"Person","properties":{"name":["Teodor Brask"],"birthDate":["19.07.1950"]}}`,
		`{"id":"c","schema":"Person","properties":{"name":["Ulma Terk"],"birthDate":["entre 1950 y 1952"]}}`,
	)).must(t)
	found, _, statements := world(t, s, statement.PublicView, "a", "b", "c")
	has(t, "entities", found, "a Person protected=true", "b Person name=Teodor Brask", "c Person name=Ulma Terk")
	has(t, "statements", statements, "b ftm.birthDate=19.07.1950", "c ftm.birthDate=entre 1950 y 1952")
	hasNot(t, "public", append(found, statements...), "Quessant", "2015", "1950~")
	if r.Kept != 3 {
		t.Errorf("%+v", r.FtMReport)
	}
}
