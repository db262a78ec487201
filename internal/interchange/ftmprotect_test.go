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

// A date that was read comes before one that was made of what could not be.
func TestAReadableDateOfBirthComesFirst(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importFtM(t, s, nil, ftmFile(
		`{"id":"a","schema":"Person","properties":{"name":["Teodor Brask"],"birthDate":["hacia 1949","1950-07-19","19.07.1951","1948?!","c. 1947"]}}`,
	)).must(t)
	for _, view := range statement.Views {
		found, _, _ := world(t, s, view, "a")
		has(t, view.String(), found, "a Person birthDate=1950-07-19 name=Teodor Brask")
	}
}

// What tells no year, or stands where nobody looks for it, makes its person a possible
// minor: neither their name nor the text is for everybody.
func TestBirthsThatNobodyCanReadProtect(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		said  string // of the person, beside id and name
		birth string // what the full view shows; empty: she is as public as others
		noted bool
	}{
		"eight digits":                {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["20130512"]}`, "2013~", false},
		"eight digits, day first":     {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["12052013"]}`, "2013~", false},
		"of an adult":                 {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["20121985"]}`, "", false},
		"two years":                   {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["2012 o 2013"]}`, "2013~", false},
		"an adult's two":              {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["1971 o 1972"]}`, "", false},
		"no century":                  {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["12-05-13"]}`, someDay, true},
		"a lost one":                  {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["0013-05-12"]}`, someDay, true},
		"six digits":                  {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["190512"]}`, someDay, true},
		"an hour is no year":          {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["12-05-13 1530"]}`, someDay, true},
		"an object":                   {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":{"value":"2013"}}`, "2013~", false},
		"beside a year":               {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["1971","mayo"]}`, "", false},
		"another case":                {`"schema":"Person","properties":{"name":["Iria Quessant"],"birthdate":["2013-05-12"]}`, "2013-05-12", false},
		"another key":                 {`"schema":"Person","properties":{"name":["Iria Quessant"],"date_of_birth":["mayo"]}`, someDay, true},
		"beside properties":           {`"schema":"Person","birthDate":"2013","properties":{"name":["Iria Quessant"]}`, "2013", false},
		"a schema of another case":    {`"schema":"PERSON","properties":{"name":["Iria Quessant"],"birthDate":["2013-05-12"]}`, "2013-05-12", true},
		"and an adult's, under a key": {`"schema":"person","properties":{"name":["Iria Quessant"],"BIRTHDATE":["1971"]}`, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := watched{Naive: storetest.NewNaive()}
			s.check = func(statement.Commit) {
				if public := shown(t, s, statement.PublicView); c.birth != "" && strings.Contains(public, "Quessant") {
					t.Errorf("the public view shows\n%s", public)
				}
			}
			lines := append([]string{`{"id":"x",` + c.said + `}`}, ftmCrowd(120)...)
			r := importFtM(t, s, nil, ftmFile(lines...)).must(t)
			found, _, statements := world(t, s, statement.PublicView, "x")
			if c.birth == "" {
				if public := strings.Join(about("x", found), "\n"); !strings.Contains(public, "name=Iria Quessant") || strings.Contains(public, "protected") {
					t.Errorf("an adult is shown as %s", public)
				}
			} else {
				has(t, "public", found, "x Person protected=true")
				hasNot(t, "public", about("x", found, statements), "Quessant", "13", "mayo")
				_, _, statements = world(t, s, statement.FullView, "x")
				has(t, "full", statements, "x birthDate="+c.birth)
			}
			if noted := slices.ContainsFunc(r.notes, func(n string) bool {
				return strings.Contains(n, "protection LIFTED") || strings.Contains(n, "is read as Person")
			}); noted != c.noted {
				t.Errorf("notes: %v", r.notes)
			}
			if again := importFtM(t, s, nil, ftmFile(lines...)).must(t); again.Added != 0 {
				t.Errorf("again: %+v", again.FtMReport)
			}
		})
	}
}

// What has no type here may be a person: their birth and death are for nobody else.
func TestBirthsOfUnknownSchemata(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importFtM(t, s, nil, ftmFile(
		`{"id":"u","schema":"Persona","properties":{"name":["Registro 7"],"birthDate":["2013"],"placeOfBirth":["Lugar 13"]}}`,
		`{"id":"d","schema":"Person","properties":{"name":["Ulma Terk"],"deathDate":["en mayo, a los 13"]}}`,
	)).must(t)
	found, _, statements := world(t, s, statement.PublicView, "u", "d")
	has(t, "public", found, "u Record", "d Person name=Ulma Terk")
	hasNot(t, "public", slices.Concat(about("u", found, statements), about("d", found, statements)), "13")
	_, _, statements = world(t, s, statement.FullView, "u", "d")
	has(t, "full", statements, "u ftm.birthDate=2013 RESTRICTED", "d ftm.deathDate=en mayo, a los 13 RESTRICTED")
}

// Whose name stands in parts alone has it all the same, so that it is looked for in
// others' texts.
func TestNamesInParts(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	lines := []string{
		`{"id":"k","schema":"Person","properties":{"firstName":["Iria"],"middleName":["Maren"],"lastName":["Quessant"],"birthDate":["2014"]}}`,
		`{"id":"o","schema":"Organization","properties":{"name":["Comité por Iria Quessant"]}}`,
		`{"id":"p","schema":"Payment","properties":{"payer":["k"],"beneficiary":["o"],"purpose":["para Iria Quessant"]}}`,
		`{"id":"a","schema":"Person","properties":{"lastName":["Brask","Brasck"],"firstName":["Teodor"],"motherName":["Lum"]}}`,
		`{"id":"n","schema":"Person","properties":{"firstName":["Ulma"],"lastName":["Otra"]}}`,
		`{"id":"n","schema":"Person","properties":{"name":["Ulma Terk"]}}`,
	}
	importFtM(t, s, nil, ftmFile(lines...)).must(t)
	found, _, statements := world(t, s, statement.PublicView, "k", "o", "p", "a", "n")
	has(t, "public", found, "k Person protected=true", "a Person name=Teodor Brasck Lum otherNames=[", "n Person name=Ulma Terk")
	hasNot(t, "public", append(found, statements...), "Quessant", "Iria")
	has(t, "parts", statements, "a ftm.firstName=Teodor", "a ftm.lastName=Brask", "a otherNames=Teodor Brask Lum", "a otherNames=Teodor Brask")
	hasNot(t, "one with a name", about("n", found, about("n", statements)), "otherNames")
	_, _, statements = world(t, s, statement.FullView, "k", "o", "p")
	has(t, "full", statements, "k name=Iria Maren Quessant", "k otherNames=Iria Quessant", "o name=Comité por Iria Quessant RESTRICTED", "p ftm.purpose=para Iria Quessant RESTRICTED")
	if again := importFtM(t, s, nil, ftmFile(lines...)).must(t); again.Added != 0 {
		t.Errorf("again: %+v", again.FtMReport)
	}
}

// about gives the lines of the lists about one id.
func about(id string, lists ...[]string) []string {
	return slices.DeleteFunc(slices.Concat(lists...), func(line string) bool { return !strings.HasPrefix(line, id+" ") })
}
