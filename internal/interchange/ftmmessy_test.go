package interchange

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

func TestBrokenFtMLinesAreToldAndTheOthersGoIn(t *testing.T) {
	t.Parallel()
	lines := []string{
		`{"id":"a","schema":"Person","properties":{"name":["Ana`,             // 1
		`{"id":"b","schema":"Person","properties":{"name":["Luz Muestra"]}}`, // 2: good
		`[]`,                                  // 3
		`{"schema":"Person","properties":{}}`, // 4
		`{"id":"c","properties":{}}`,          // 5
		`{"id":["d","e"],"schema":"Person"}`,  // 6
		`{"id":"f","schema":"Person","properties":["name"]}`,                                 // 7
		"{\"id\":\"g\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Mar\xeda\"]}}",      // 8: Latin-1
		`{"id":"b","schema":"Company","properties":{"name":["Empresa de Mentira"]}}`,         // 9: was a person
		`{"id":"h","schema":"Person","properties":{"name":["` + strings.Repeat("x", maxLine), // 10
		``, // 11: nothing
		`{"id":"i","schema":"Person","properties":{"name":["Una","\ud800"]}}`,                   // 12
		`{"id":"j","schema":"Place","properties":{"notes":["x\u0000y","fine"]}}`,                // 13: but for one value
		`{"id":"k","schema":"Note","properties":{"x":"` + strings.Repeat("y", 70_000) + `"}}`,   // 14: but for one value
		`{"id":"l","schema":"Person","properties":{"name":["Sol Prueba"],"name":["Otra Vez"]}}`, // 15
	}
	s := storetest.NewNaive()
	r := importFtM(t, s, nil, ftmFile(lines...))
	slices.Sort(r.bad)
	for _, want := range []string{
		"1: no JSON object", "3: no JSON object", "4: id: missing", "5: schema: missing", "6: id: must be one text", "7: no JSON object", "8: not valid UTF-8",
		`9: id: "b" is of schema Person by an earlier line, which does not go with Company`, "10: " + errLongLine.Error(), `12: "name": holds half`,
		"13: notes: value: holds a NUL", "14: ftm.x: value: 70000 bytes", `15: "name": the key comes twice`,
	} {
		has(t, "bad lines", r.bad, want)
	}
	if r.err != nil || r.Bad != 13 || len(r.bad) != 13 || r.Lines != 14 {
		t.Errorf("%v, %+v", r.err, r.FtMReport)
	}
	found, _, statements := world(t, s, statement.PublicView, "b", "j", "k")
	if diff := cmp.Diff([]string{"b Person name=Luz Muestra", "j Record notes=[fine]", "k Record"}, found); diff != "" {
		t.Error(diff)
	}
	hasNot(t, "statements", statements, "Mentira", "yyy")
}

func TestStrictFtMIsAllOrNothing(t *testing.T) {
	t.Parallel()
	for name, bad := range map[string]string{
		"a broken line":            `{"id":`,
		"an incompatible schema":   `{"id":"ana","schema":"Company"}`,
		"a value that none stores": `{"id":"x","schema":"Note","properties":{"y":"` + strings.Repeat("y", 70_000) + `"}}`,
	} {
		s := storetest.NewNaive()
		strict := func(im *FtM) { im.Strict = true }
		r := importFtM(t, s, strict, ftmFile(append(smallFtM, bad)...))
		if !errors.Is(r.err, ErrStrict) || r.Bad != 1 || len(entries(t, s)) > 0 {
			t.Errorf("%s: %v, %+v", name, r.err, r.FtMReport)
		}
		r = ftmResult{}
		r.FtMReport, r.err = FtM{Writer: s, Keeper: s, Dataset: "small"}.Check(t.Context(), ftmFile(append(smallFtM, bad)...))
		if !errors.Is(r.err, ErrStrict) || r.Bad != 1 {
			t.Errorf("%s, checked: %v, %+v", name, r.err, r.FtMReport)
		}
		if r := importFtM(t, s, strict, ftmFile(smallFtM...)).must(t); r.Added == 0 {
			t.Error("a good file was not imported")
		}
	}
}

func TestDuplicateIDsMerge(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	r := importFtM(t, s, nil, ftmFile(
		`{"id":"a","schema":"LegalEntity","properties":{"name":["Ana Ejemplo"],"phone":["+00 1"]}}`,
		`{"id":"o","schema":"Organization","properties":{"name":["Partido Inventado"]}}`,
		`{"id":"m","schema":"Membership","properties":{"member":["a"],"role":["vocal"]}}`,
		`{"id":"a","schema":"Person","properties":{"name":["Ana Ejemplo"],"birthDate":["1980"]}}`,
		`{"id":"m","schema":"Membership","properties":{"organization":["o"],"startDate":["2020"]}}`,
		`{"id":"a","schema":"Thing","properties":{"name":["Ana E."]}}`,
		`{"id":"m","schema":"Interest","properties":{"status":["active"]}}`,
	)).must(t)
	if r.Links != 1 || r.Entities["Person"] != 1 || len(r.Entities) != 2 {
		t.Errorf("%+v", r.FtMReport)
	}
	_, links, statements := world(t, s, statement.FullView, "a", "o")
	if diff := cmp.Diff(1, len(links)); diff != "" {
		t.Errorf("links %v", links)
	}
	has(t, "links", links, `a -MEMBER_OF-> o`)
	hasAll(t, links[0], `role=vocal`, `start=2020`, `"ftm.status":["active"]`)
	has(t, "statements", statements, "a name=Ana Ejemplo", "a name=Ana E.", "a type=Person", "a ftm.schema=Person", "a ftm.phone=+00 1 RESTRICTED")
	hasNot(t, "statements", statements, "LegalEntity", "Thing")
	if n := strings.Count(strings.Join(statements, "\n"), "a name=Ana Ejemplo"); n != 1 {
		t.Errorf("the same name %d times", n)
	}
}

func hasAll(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in %q", part, text)
		}
	}
}

func TestEdgesWhoseEndsDoNotFit(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	many := make([]string, 40)
	for i := range many {
		many[i] = fmt.Sprintf(`"x%d"`, i)
	}
	list := "[" + strings.Join(many, ",") + "]"
	r := importFtM(t, s, nil, ftmFile(append(slices.Clone(smallFtM[:8]),
		`{"id":"1","schema":"Ownership","properties":{"owner":["ana"]}}`,                           // no asset
		`{"id":"2","schema":"Family","properties":{"person":["ana"],"relative":["ana"]}}`,          // herself
		`{"id":"3","schema":"Ownership","properties":{"owner":["ana"],"asset":["gone"]}}`,          // dangling, and fits whatever it is
		`{"id":"4","schema":"Membership","properties":{"member":["ana"],"organization":["gone"]}}`, // dangling, and may not fit
		`{"id":"5","schema":"Membership","properties":{"member":["leg"],"organization":["par"]}}`,
		`{"id":"6","schema":"Employment","properties":{"employee":["ana"],"employer":["leg"],"role":["jefa"]}}`,
		`{"id":"7","schema":"Occupancy","properties":{"holder":["ana"],"post":["par"]}}`, // an organization for a post
		`{"id":"8","schema":"Family","properties":{"person":["ana"],"relative":["leg"]}}`,
		`{"id":"9","schema":"Membership","properties":{"member":`+list+`,"organization":`+list+`}}`,
		`{"id":"10","schema":"Sanction","properties":{"entity":["5"]}}`, // an edge for an entity
		`{"id":"11","schema":"Person","properties":{"addressEntity":["11","par"]}}`,
	)...)).must(t)
	_, links, statements := world(t, s, statement.FullView, append(smallIDs, "1", "2", "9", "10", "11", "gone", "5")...)
	has(t, "links", links, "1 -LINKED_TO-> ana role=owner", "2 -LINKED_TO-> ana role=person", "2 -LINKED_TO-> ana role=relative",
		"leg -LINKED_TO-> par "+`qualifiers={"ftm.id":["5"],"ftm.schema":["Membership"]} role=Membership`,
		"ana -LINKED_TO-> leg "+`qualifiers={"ftm.id":["6"],"ftm.role":["jefa"],"ftm.schema":["Employment"]} role=Employment`,
		"ana -HOLDS_POST-> par", "ana -LINKED_TO-> leg "+`qualifiers={"ftm.id":["8"],"ftm.schema":["Family"]} role=Family`, "11 -LINKED_TO-> par role=addressEntity")
	has(t, "statements", statements, "1 type=Record", "2 type=Record", "9 type=Record", "10 ftm.entity=5", "11 ftm.addressEntity=11")
	for _, want := range []string{
		"9: Ownership: it does not join two ends", `11: asset: "gone" is neither`, `12: organization: "gone" is neither`, "10: Family: it does not join two ends",
		"17: Membership: it joins more than 1000 pairs: kept as a record",
		`18: entity: "5" (a link here, Membership)`, `19: addressEntity: "11" (the entity itself)`,
	} {
		has(t, "notes", r.notes, want)
	}
	if r.Dangling != 41 || r.Kept != 2 { // gone and the forty
		t.Errorf("%+v", r.FtMReport)
	}
	// Once what was missing is there, what led to it shows.
	importFtM(t, s, nil, ftmFile(`{"id":"gone","schema":"Company","properties":{"name":["Ya está"]}}`)).must(t)
	_, links, _ = world(t, s, statement.PublicView, "ana", "gone")
	has(t, "links", links, "ana -LINKED_TO-> gone", "ana -OWNER_OF-> gone")
	hasNot(t, "links", links, "Family")
	// What the store has of the dataset is known to another file.
	r = importFtM(t, s, nil, ftmFile(`{"id":"m","schema":"Membership","properties":{"member":["luz"],"organization":["gone"]}}`)).must(t)
	_, links, _ = world(t, s, statement.PublicView, "luz", "gone")
	if has(t, "links", links, "luz -MEMBER_OF-> gone"); r.Dangling != 0 {
		t.Errorf("%+v", r.FtMReport)
	}
}

// Of an edge with several ends only the pair of an entity with itself is left out,
// also where its ends stand on several lines.
func TestAnEdgeThatAlsoLeadsToItself(t *testing.T) {
	t.Parallel()
	for name, edges := range map[string][]string{
		"one line":  {`{"id":"m","schema":"Membership","properties":{"member":["ana","par"],"organization":["par"]}}`},
		"two lines": {`{"id":"m","schema":"Membership","properties":{"member":["ana"],"organization":["par"]}}`, `{"id":"m","schema":"Membership","properties":{"member":["par"]}}`},
	} {
		s := storetest.NewNaive()
		r := importFtM(t, s, nil, ftmFile(append(edges, smallFtM[0], smallFtM[3])...)).must(t)
		_, links, _ := world(t, s, statement.PublicView, "ana", "par")
		has(t, name, links, "ana -MEMBER_OF-> par")
		hasNot(t, name, links, "par -")
		want := fmt.Sprintf(`%d: Membership: "par" is both its member and its organization: not linked to itself`, len(edges))
		if has(t, name, r.notes, want); r.Links != 1 || r.Entities["Record"] != 0 {
			t.Errorf("%s: %+v", name, r.FtMReport)
		}
	}
}

func TestValuesOfEveryShape(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	r := importFtM(t, s, nil, ftmFile(
		`{"id":7,"schema":"Person","properties":{"name":"  Ana Ejemplo ","alias":null,"height":1.70,"position":["a",["b"],null,"","a"],"weird_prop-é":["x"],"id":["y"],"ñ":"z",`+
			`"birthDate":["1980-05-01T00:00:00","mayo"],"deathDate":["2020-13"],"employer":{"id":"o","name":"x"}},"first_seen":"2020-01-01T00:00:00","target":true,"datasets":["d"],"referents":[]}`,
		`{"id":"u","schema":"Arrest","properties":{"name":["Cosa nueva"],"person":["7"],"addressEntity":["7"]}}`,
		`{"id":"e","schema":"Event","properties":{"startDate":["hoy"],"date":["2020"],"country":"zz"}}`,
		`{"id":"o","schema":"Organization"}`,
		`{"id":"m","schema":"Membership","properties":{"member":[7],"organization":"o","startDate":["ayer","2019"],"endDate":"2020-01-01T10:00:00","odd_one":["x"]},"last_seen":"2021"}`,
	)).must(t)
	found, links, statements := world(t, s, statement.FullView, "7", "u", "e", "o")
	has(t, "entities", found, "7 Person birthDate=1980-05-01 name=Ana Ejemplo occupation=[", "u Record name=Cosa nueva", "e Event", "o Organization")
	has(t, "statements", statements, "7 ftm.height=1.70", "7 ftm.weirdProp=x", "7 ftm.other=y", "7 ftm.other=z", "7 ftm.birthDate=mayo", "7 ftm.deathDate=2020-13",
		`7 ftm.employer={"id":"o","name":"x"}`, "7 ftm.firstSeen=2020-01-01T00:00:00", "7 ftm.target=true", "7 ftm.datasets=d",
		"u ftm.schema=Arrest", "u ftm.person=7", "u LINKED_TO=7", "e ftm.startDate=hoy", "e ftm.date=2020")
	has(t, "links", links, `7 -MEMBER_OF-> o end=2020-01-01 qualifiers={"ftm.endDate":["2020-01-01T10:00:00"],"ftm.id":["m"],"ftm.keys":["lastSeen=last_seen"],"ftm.lastSeen":["2021"],`+
		`"ftm.names":["oddOne=odd_one"],"ftm.oddOne":["x"],"ftm.schema":["Membership"],"ftm.startDate":["ayer"]} start=2019`)
	for _, want := range []string{
		`1: birthDate: "mayo" (no date): kept as ftm.birthDate`, `1: deathDate: "2020-13"`, "1: employer: ", `3: startDate: "hoy"`, `5: startDate: "ayer"`,
	} {
		has(t, "notes", r.notes, want)
	}
	if r.Kept != 5 || r.Dangling != 0 {
		t.Errorf("%+v, %v", r.FtMReport, r.notes)
	}
	odd := false
	for _, e := range entries(t, s) {
		for _, c := range e.Commit.Add {
			odd = odd || c.Property == "ftm.weirdProp" && slices.Equal(c.Qualifiers[ftmOwn], []string{"weird_prop-é"})
		}
	}
	if !odd {
		t.Error("the name of an odd property is lost")
	}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Format{
		smallFtM[0]:                          FollowTheMoney,
		"\ufeff\n" + smallFtM[0]:             FollowTheMoney,
		"{\"id\":\n" + smallFtM[0]:           FollowTheMoney, // whose first line is broken
		StatementHeader:                      Statements,
		StatementHeader + "\n" + smallFtM[0]: Statements,
		"":                                   Statements, // which tells what is wrong
		"id,schema\n1,Person\n":              Statements,
	} {
		if got, err := FormatOf(File{"x", strings.NewReader(text)}); err != nil || got != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}
