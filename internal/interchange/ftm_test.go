package interchange

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// smallFtM has a bit of everything, about people that are invented.
var smallFtM = []string{
	`{"id":"ana","schema":"Person","properties":{"name":["Ana Ejemplo"],"weakAlias":["La Ana"],"birthDate":["1980-05"],"phone":["+00 555"],"country":["zz"],"topics":["role.pep"],"addressEntity":["adr"]}}`,
	`{"id":"luz","schema":"Person","properties":{"name":"Luz Muestra","position":["bibliotecaria"],"idNumber":[123],"wikidataId":["Q0"]}}`,
	`{"id":"adr","schema":"Address","properties":{"full":["Calle Falsa 1, Ejemplópolis"],"city":["Ejemplópolis"],"postalCode":["0000"]}}`,
	`{"id":"par","schema":"Organization","properties":{"name":["Partido Inventado"],"phone":["+00 777"],"addressEntity":"adr"}}`,
	`{"id":"emp","schema":"Company","properties":{"name":["Empresa de Mentira S.A."],"alias":["EMSA"],"jurisdiction":["zz"]}}`,
	`{"id":"leg","schema":"LegalEntity","properties":{"name":["Algo o Alguien"],"email":["a@example.org"],"birthDate":["2011-03-04"],"addressEntity":["adr"]}}`,
	`{"id":"pos","schema":"Position","properties":{"name":["Vocal de la junta"],"organization":["par"]}}`,
	`{"id":"pos2","schema":"Position","properties":{"name":["Puesto sin casa"]}}`,
	`{"id":"mem_1","schema":"Membership","properties":{"member":["ana"],"organization":["par"],"role":["tesorera"],"startDate":["2020-01"],"endDate":["2021"],"status":["active"]}}`,
	`{"id":"emp_1","schema":"Employment","properties":{"employee":["luz"],"employer":["emp"]}}`,
	`{"id":"emp_2","schema":"Employment","properties":{"employee":["luz"],"employer":["par"],"role":["gerente"]}}`,
	`{"id":"occ_1","schema":"Occupancy","properties":{"holder":["ana"],"post":["pos"],"startDate":["2019"]}}`,
	`{"id":"occ_2","schema":"Occupancy","properties":{"holder":["ana"],"post":["pos2"]}}`,
	`{"id":"own_1","schema":"Ownership","properties":{"owner":["leg"],"asset":["emp"],"percentage":["25"],"role":["dueño"]}}`,
	`{"id":"own_2","schema":"Ownership","properties":{"owner":["ana","luz"],"asset":["emp"]}}`,
	`{"id":"dir_1","schema":"Directorship","properties":{"director":["emp"],"organization":["par"]}}`,
	`{"id":"fam_1","schema":"Family","properties":{"person":["ana"],"relative":["luz"],"relationship":["prima"]}}`,
	`{"id":"aso_1","schema":"Associate","properties":{"person":["luz"],"associate":["ana"],"relationship":["socia"]}}`,
	`{"id":"unk_1","schema":"UnknownLink","properties":{"subject":["adr"],"object":["leg"],"role":["cerca de"]}}`,
	`{"id":"pay","schema":"Payment","properties":{"payer":["ana"],"beneficiary":["ana"],"amount":["10"],"date":["2020-02-30"]}}`,
	`{"id":"evt","schema":"Event","properties":{"name":["Acto inventado"],"date":["2020-03-01T10:00:00"],"involved":["ana"]}}`,
	`{"id":"art","schema":"Article","properties":{"title":["Una nota inventada"],"sourceUrl":["https://example.org/nota"],"publishedAt":["2020"]}}`,
	`{"id":"cas","schema":"CourtCase","properties":{"name":["Causa de mentira"],"caseNumber":["1-20"]}}`,
	`{"id":"ves","schema":"Vessel","properties":{"name":["El Barco"],"owner":["emp"],"imoNumber":["9"]}}`,
}

var smallIDs = []string{"ana", "luz", "adr", "par", "emp", "leg", "pos", "pos2", "pay", "evt", "art", "cas", "ves"}

func TestWhatBecomesOfSchemataAndEdges(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	r := importFtM(t, s, nil, ftmFile(smallFtM...)).must(t)
	entities := map[string]int{"Person": 2, "Place": 1, "Organization": 2, "Record": 5, "Event": 1, "Source": 1, "Proceeding": 1}
	if diff := cmp.Diff(entities, r.Entities); diff != "" || r.Links != 11 || r.Lines != 24 || r.Kept != 0 || r.Dangling != 0 || len(r.notes) > 0 {
		t.Errorf("%+v, notes %v (-want +got):\n%s", r.FtMReport, r.notes, diff)
	}
	found, links, statements := world(t, s, statement.FullView, smallIDs...)
	has(t, "entities", found,
		"ana Person birthDate=1980-05 name=Ana Ejemplo otherNames=[La Ana]", "luz Person name=Luz Muestra occupation=[bibliotecaria]",
		"adr Place city=Ejemplópolis name=Calle Falsa 1, Ejemplópolis", "par Organization name=Partido Inventado",
		"emp Organization kind=COMPANY name=Empresa de Mentira S.A. otherNames=[EMSA]", "leg Record name=Algo o Alguien", "pay Record",
		"evt Event name=Acto inventado start=2020-03-01", "art Source kind=ARTICLE name=Una nota inventada publishedAt=2020 title=Una nota inventada url=https://example.org/nota",
		"cas Proceeding caseNumber=1-20 name=Causa de mentira", "ves Record name=El Barco")
	has(t, "links", links,
		`ana -LOCATED_IN-> adr`, `par -LOCATED_IN-> adr`, `leg -LINKED_TO-> adr role=addressEntity`,
		`ana -MEMBER_OF-> par end=2021 qualifiers={"ftm.id":["mem_1"],"ftm.schema":["Membership"],"ftm.status":["active"]} role=tesorera start=2020-01`,
		`luz -EMPLOYED_BY-> emp`, `luz -HOLDS_POST-> par qualifiers={"ftm.id":["emp_2"],"ftm.schema":["Employment"]} role=gerente`,
		`ana -HOLDS_POST-> par qualifiers={"ftm.id":["occ_1"],"ftm.post":["pos"],"ftm.schema":["Occupancy"]} role=Vocal de la junta start=2019`,
		`ana -LINKED_TO-> pos2 qualifiers={"ftm.id":["occ_2"],"ftm.post":["pos2"],"ftm.schema":["Occupancy"]} role=Occupancy`, `pos -LINKED_TO-> par role=organization`,
		`leg -LINKED_TO-> emp qualifiers={"ftm.id":["own_1"],"ftm.percentage":["25"],"ftm.role":["dueño"],"ftm.schema":["Ownership"]} role=Ownership`,
		`ana -OWNER_OF-> emp`, `luz -OWNER_OF-> emp`, `emp -DIRECTOR_OF-> par`, `adr -LINKED_TO-> leg qualifiers={"ftm.id":["unk_1"],"ftm.schema":["UnknownLink"]} role=cerca de`,
		`pay -LINKED_TO-> ana role=beneficiary`, `pay -LINKED_TO-> ana role=payer`, `evt -LINKED_TO-> ana role=involved`, `ves -LINKED_TO-> emp role=owner`)
	for _, symmetric := range []string{"RELATIVE_OF", "ASSOCIATE_OF"} {
		if n := strings.Count(strings.Join(links, "\n"), symmetric); n != 1 {
			t.Errorf("%d links of %s", n, symmetric)
		}
	}
	has(t, "statements", statements, "ana ftm.id=ana", "ana ftm.schema=Person", "ana ftm.topics=role.pep", "ana ftm.country=zz", "ana ftm.phone=+00 555 RESTRICTED",
		"luz ftm.idNumber=123 RESTRICTED", "luz ftm.wikidataId=Q0 RESTRICTED", "adr ftm.postalCode=0000", "par ftm.phone=+00 777", "leg ftm.email=a@example.org RESTRICTED", "leg ftm.birthDate=2011-03-04 RESTRICTED",
		"pay ftm.amount=10", "pay ftm.date=2020-02-30", "ves ftm.imoNumber=9", "ana LOCATED_IN=adr RESTRICTED", "leg LINKED_TO=adr RESTRICTED")
	_, links, statements = world(t, s, statement.PublicView, smallIDs...)
	hasNot(t, "public links", links, "ana -LOCATED_IN", "leg -LINKED_TO-> adr", "RELATIVE_OF")
	hasNot(t, "public statements", statements, "555", "123", "Q0", "a@example.org", "2011")
	has(t, "public statements", statements, "par ftm.phone=+00 777", "ana MEMBER_OF=par", "par LOCATED_IN=adr")
	if log := entries(t, s); len(log) != 1 || r.Contact != 8 {
		t.Errorf("%d commits, %d with contact data", len(log), r.Contact)
	}
}

func TestPublishContact(t *testing.T) {
	t.Parallel()
	s := storetest.NewNaive()
	r := importFtM(t, s, func(im *FtM) { im.PublishContact = true }, ftmFile(smallFtM...)).must(t)
	_, _, statements := world(t, s, statement.PublicView, smallIDs...)
	has(t, "public statements", statements, "ana ftm.phone=+00 555", "ana LOCATED_IN=adr", "leg ftm.email", "leg ftm.birthDate=2011-03-04")
	hasNot(t, "statements", statements, "RESTRICTED")
	if r.Contact != 0 {
		t.Error(r.Contact)
	}
}

// Both stores hold a file once, however often it is imported.
func TestImportingAgainAddsNothing(t *testing.T) {
	t.Parallel()
	for name, s := range ftmStores(t) {
		first := importFtM(t, s, nil, ftmFile(smallFtM...)).must(t)
		for range 2 {
			again := importFtM(t, s, func(im *FtM) { im.Replace = true }, ftmFile(smallFtM...)).must(t)
			if again.Added+again.Retracted != 0 || again.Unchanged != first.Added-5 || len(entries(t, s)) != 1 {
				t.Errorf("%s: %+v, then %+v", name, first.FtMReport, again.FtMReport)
			}
		}
	}
}

func TestAnInterruptedFtMImportIsCompletedByTheNext(t *testing.T) {
	t.Parallel()
	lines := append(ftmCrowd(400), smallFtM...)
	whole := storetest.NewNaive()
	all := importFtM(t, whole, nil, ftmFile(lines...)).must(t)
	for writes := range len(entries(t, whole)) {
		s, left := storetest.NewNaive(), writes
		r := importFtM(t, s, func(im *FtM) { im.Writer = failing{s, &left} }, ftmFile(lines...))
		if !errors.Is(r.err, store.ErrUnavailable) {
			t.Fatalf("after %d writes: %v", writes, r.err)
		}
		next := importFtM(t, s, func(im *FtM) { im.Replace = true }, ftmFile(lines...)).must(t)
		if r.Added+next.Added != all.Added || next.Retracted != 0 {
			t.Errorf("after %d writes: added %d, then %d of %d", writes, r.Added, next.Added, all.Added)
		}
		for _, v := range statement.Views {
			if diff := cmp.Diff(noTimes(shown(t, whole, v)), noTimes(shown(t, s, v))); diff != "" {
				t.Errorf("after %d writes, %s view (-whole +interrupted):\n%s", writes, v, diff)
			}
		}
	}
}

func TestDatasets(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"donations.ftm.json": "donations", "a.b.jsonl": "a.b", "entities.ftm.json": "entities", ".json": ".json", "plain": "plain", "targets.entities.ftm.json": "targets",
	} {
		if got := DatasetOf(file); got != want {
			t.Errorf("%s: %s", file, got)
		}
	}
	s := storetest.NewNaive()
	importFtM(t, s, nil, ftmFile(smallFtM[0])).must(t)
	importFtM(t, s, func(im *FtM) { im.Dataset = "another" }, ftmFile(smallFtM[0])).must(t)
	if n := strings.Count(shown(t, s, statement.PublicView), " Person "); n != 2 {
		t.Errorf("the same foreign id in two datasets is %d people", n)
	}
	if n := strings.Count(shown(t, s, statement.PublicView), "kind DATASET"); n != 2 {
		t.Errorf("%d sources", n)
	}
}
