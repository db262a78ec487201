package interchange

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

func replacing(im *FtM) { im.Replace = true }

func TestReplaceRetractsWhatHasGone(t *testing.T) {
	t.Parallel()
	for name, s := range ftmStores(t) {
		importFtM(t, s, nil, ftmFile(smallFtM...)).must(t)
		importFtM(t, s, func(im *FtM) { im.Dataset = "another" }, ftmFile(smallFtM[0])).must(t)
		whole, wholeLinks, wholeStatements := world(t, s, statement.FullView, smallIDs...)

		// Luz, the party and what hangs on them have gone; the rest is somewhat different.
		second := []string{
			strings.Replace(smallFtM[0], "La Ana", "Anita", 1),
			smallFtM[2],
			strings.Replace(smallFtM[5], "LegalEntity", "Company", 1), // what was a record is an organization now
			smallFtM[4],
			strings.Replace(smallFtM[13], "25", "30", 1), // an ownership, which fits now
		}
		r := importFtM(t, s, replacing, ftmFile(second...)).must(t)
		if r.Retracted == 0 || r.Untouched || r.Dangling != 0 {
			t.Errorf("%s: %+v", name, r.FtMReport)
		}
		found, links, statements := world(t, s, statement.FullView, smallIDs...)
		mine := func(list []string) []string {
			return slices.DeleteFunc(list, func(l string) bool { return !slices.Contains(smallIDs, strings.Fields(l)[0]) })
		}
		if diff := cmp.Diff([]string{
			"adr Place city=Ejemplópolis name=Calle Falsa 1, Ejemplópolis", "ana Person birthDate=1980-05 name=Ana Ejemplo otherNames=[Anita]",
			"emp Organization kind=COMPANY name=Empresa de Mentira S.A. otherNames=[EMSA]", "leg Organization kind=COMPANY name=Algo o Alguien",
		}, mine(found)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if diff := cmp.Diff([]string{
			"ana -LOCATED_IN-> adr", "leg -LOCATED_IN-> adr",
			`leg -OWNER_OF-> emp qualifiers={"ftm.id":["own_1"],"ftm.percentage":["30"],"ftm.schema":["Ownership"]} role=dueño`,
		}, mine(links)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		hasNot(t, name, statements, "La Ana", "LegalEntity", "luz ", "par ")
		if n := strings.Count(shown(t, s, statement.PublicView), "Ana Ejemplo"); n < 2 {
			t.Errorf("%s: the other dataset has gone too", name)
		}

		// What has gone may return, as often as it likes.
		for range 2 {
			importFtM(t, s, replacing, ftmFile(smallFtM...)).must(t)
			found, links, statements = world(t, s, statement.FullView, smallIDs...)
			for i, diff := range []string{cmp.Diff(whole, found), cmp.Diff(wholeLinks, links), cmp.Diff(wholeStatements, statements)} {
				if diff != "" {
					t.Errorf("%s, %d (-first +returned):\n%s", name, i, diff)
				}
			}
			importFtM(t, s, replacing, ftmFile(second...)).must(t)
		}
	}
}

func TestReplaceLeavesEditorsAlone(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importFtM(t, s, nil, ftmFile(smallFtM...)).must(t)
	var alias string
	for _, c := range entries(t, s)[0].Commit.Add {
		if c.Value == "La Ana" {
			alias = c.ID
		}
	}
	source := ""
	for _, c := range entries(t, s)[0].Commit.Add {
		source = c.Source
	}
	ana := idIn(t, s, "ana")
	for _, c := range []statement.Commit{
		{By: "Eva", Reason: "wrong", Retract: []string{alias}},
		{By: "Eva", Reason: "known", Add: []statement.Statement{{ID: "eva1", Subject: ana, Property: "notes", Value: "A note of Eva's.", Source: source}}},
	} {
		if _, err := s.Write(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		r := importFtM(t, s, replacing, ftmFile(smallFtM...)).must(t)
		if r.Added+r.Retracted != 0 || r.Withdrawn != 1 || len(r.notes) != 1 || !strings.Contains(r.notes[0], "1: otherNames: an editor has retracted it (statement "+alias) {
			t.Errorf("%+v, %v", r.FtMReport, r.notes)
		}
	}
	// It has gone from the file, and comes back: it stays retracted.
	importFtM(t, s, replacing, ftmFile(strings.Replace(smallFtM[0], "La Ana", "Anita", 1))).must(t)
	if r := importFtM(t, s, replacing, ftmFile(smallFtM[0])).must(t); r.Withdrawn != 1 {
		t.Errorf("%+v", r.FtMReport)
	}
	_, _, statements := world(t, s, statement.FullView, "ana")
	has(t, "statements", statements, "ana notes=A note of Eva's.")
	hasNot(t, "statements", statements, "La Ana", "Anita")
}

func TestReplaceRetractsNothingWhereALineIsBad(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	importFtM(t, s, nil, ftmFile(smallFtM...)).must(t)
	r := importFtM(t, s, replacing, ftmFile(smallFtM[0], `{"id":`))
	if r.err != nil || r.Retracted != 0 || !r.Untouched || r.Bad != 1 {
		t.Errorf("%v, %+v", r.err, r.FtMReport)
	}
}

// A minor does not become older by a file that leaves the date of birth out.
func TestReplaceLeavesProtection(t *testing.T) {
	t.Parallel()
	minor := `{"id":"iria","schema":"Person","properties":{"name":["Iria Quessant"],"birthDate":["2015-07"]}}`
	for name, second := range map[string]string{
		"no date":                                `{"id":"iria","schema":"Person","properties":{"name":["Iria Quessant"]}}`,
		"another date":                           `{"id":"iria","schema":"Person","properties":{"name":["Iria Quessant Otra"],"birthDate":["1960"]}}`,
		"another type":                           `{"id":"iria","schema":"LegalEntity","properties":{"name":["Iria Quessant"]}}`,
		"no date, and she is a former id by now": `{"id":"iria","schema":"Person","properties":{"name":["Iria Quessant"]}}`,
	} {
		s := watched{Naive: storetest.NewNaive()}
		s.check = func(statement.Commit) {
			if strings.Contains(shown(t, s, statement.PublicView), "Quessant") {
				t.Errorf("%s: the public view shows the name", name)
			}
		}
		merge := strings.Contains(name, "former id")
		if merge {
			importInto(t, s, false, fileOf(`{"id":"j1","subject":"elder","property":"type","value":"Person","source":"editorial"}`)).must(t)
		}
		importFtM(t, s, nil, ftmFile(append(ftmCrowd(500), minor)...)).must(t)
		if merge {
			importInto(t, s, false, fileOf(`{"id":"j2","subject":"elder","property":"SAME_AS","entity":"`+idIn(t, s, "iria")+`","source":"editorial"}`)).must(t)
		}
		if r := importFtM(t, s, replacing, ftmFile(append(ftmCrowd(400), second)...)); r.err != nil || r.Births != 1 || r.Retracted == 0 {
			t.Errorf("%s: %v, %+v", name, r.err, r.FtMReport)
		}
	}
	// Of an adult it is replaced, and at no moment is there none.
	s := watched{Naive: storetest.NewNaive()}
	adult := strings.Replace(minor, "2015", "1960", 1)
	importsOf := func(line string) ftmResult { return importFtM(t, s, replacing, ftmFile(line)).must(t) }
	s.check = func(statement.Commit) {}
	importsOf(adult)
	s.check = func(statement.Commit) {
		found, _, _ := world(t, s, statement.PublicView, "iria")
		has(t, "entities", found, "iria Person birthDate=196")
	}
	if r := importsOf(strings.Replace(adult, "1960", "1961", 1)); r.Retracted != 1 || r.Births != 0 {
		t.Errorf("%+v", r.FtMReport)
	}
	found, _, _ := world(t, s, statement.PublicView, "iria")
	has(t, "entities", found, "iria Person birthDate=1961-07")
}
