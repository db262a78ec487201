package statement

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// twoRecords is the scene with a second record of its person, from elsewhere.
func twoRecords() []Statement {
	return append(scene(),
		of("p name Persona Ficticia", id("n1")), of("p MEMBER_OF o", id("m1")), of("p RELATIVE_OF q", id("r1")),
		of("q type Person"), of("q name Persona Ficticia Inventada", id("n2")), of("q MEMBER_OF o", id("m2")), of("q gender f", id("g2")),
		of("q HAS_DETENTION e2"), of("e2 type Detention"), of("x type Person"), of("x ASSOCIATE_OF q", id("a1")))
}

func TestTheSameAreOne(t *testing.T) {
	l := newLedger()
	l.add(t, twoRecords()...)
	c := l.add(t, of("q SAME_AS p", id("same"), from("editorial"), worded("la misma cédula")))
	row := l.row(t, PublicView, "p")
	if _, there := l.entities["q"]; there || !slices.Equal(row.Values.Get("formerIds").([]string), []string{"q"}) || row.Values.Text("gender") != "f" || row.Values.Text("name") != "Persona Ficticia" {
		t.Errorf("merged: %+v", row)
	}
	if names := row.Values.Get("otherNames"); !slices.Equal(names.([]string), []string{"Persona Ficticia Inventada"}) {
		t.Errorf("other names %v", names)
	}
	var links []string
	for _, twin := range l.links {
		if r := twin.Public; r.From == "p" || r.To == "p" {
			links = append(links, r.Type+" "+r.From+" "+r.To)
		}
	}
	slices.Sort(links)
	want := []string{"ASSOCIATE_OF p x", "HAS_DETENTION p d", "HAS_DETENTION p e2", "MEMBER_OF p o", "SAME_AS p p"}
	if diff := cmp.Diff(want, links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
	for statement, subject := range map[string]string{"m1": "p", "m2": "p", "g2": "p", "a1": "x", "r1": "p", "same": "p"} {
		if got := l.statements[statement].Public.Values.Text(KeySubject); got != subject {
			t.Errorf("%s is about %s, want %s", statement, got, subject)
		}
	}
	if a, b := l.statements["m1"].Public.Values.Text(KeyGroup), l.statements["m2"].Public.Values.Text(KeyGroup); a != b {
		t.Error("the same membership is two links")
	}
	a1 := l.statements["a1"].Public.Values
	if a1.Text(KeyEntity) != "p" || a1.Text(KeyEntityRecord) != "q" {
		t.Errorf("a reference to a former id: %+v", a1)
	}
	if !slices.Contains(c.Log.Touched[PublicView], Touch{"q", "Person", Removed}) || !slices.Contains(c.Log.Touched[PublicView], Touch{"p", "Person", Updated}) {
		t.Errorf("touched %v", c.Log.Touched)
	}
	later := l.add(t, of("q birthDate 1980"))
	if l.row(t, PublicView, "p").Values.Text("birthDate") != "1980" || !slices.Equal(later.Log.Touched[PublicView], []Touch{{"p", "Person", Updated}}) {
		t.Errorf("a statement about a former id: touched %v", later.Log.Touched)
	}
}

func TestTheOneRecordedFirstAnswers(t *testing.T) {
	l := newLedger()
	l.add(t, of("src type Source"), of("z name Zoe Ficticia"), of("z SAME_AS a"), of("a SAME_AS m"))
	l.add(t, of("m type Person", id("t1")))
	l.add(t, of("a type Person", id("t2")), of("z type Person"))
	if got := l.row(t, PublicView, "m").Values.Get("formerIds"); !slices.Equal(got.([]string), []string{"a", "z"}) {
		t.Errorf("former ids %v", got)
	}
	if _, err := l.apply(Commit{Retract: []string{"t2"}}); err != nil {
		t.Fatal(err)
	}
	if got := l.row(t, PublicView, "m").Values.Get("formerIds"); !slices.Equal(got.([]string), []string{"z"}) || l.briefs["a"].Answers(FullView) != "" {
		t.Errorf("former ids when one is removed: %v", got)
	}
	if _, err := l.apply(Commit{Retract: []string{"t1"}, Add: []Statement{of("m type Person", id("t3")), of("a type Person", id("t4"))}}); err != nil {
		t.Fatal(err)
	}
	if got := l.row(t, PublicView, "m").Values.Get("formerIds"); !slices.Equal(got.([]string), []string{"a", "z"}) {
		t.Errorf("former ids when the type is stated again: %v", got)
	}
}

func TestOneOrganizationClaimsAndPublishes(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, of("old type Organization"), of("p gender f", func(s *Statement) { s.ClaimedBy = "old" }), of("src2 type Source"), of("src2 PUBLISHED_BY old"), of("o name Grupo Ficticio", from("src2")))
	l.add(t, of("old SAME_AS pub"))
	for _, of := range []string{"p", "o"} {
		if got := l.row(t, PublicView, of).Values.Get("reportedBy"); !slices.Equal(got.([]string), []string{"pub"}) {
			t.Errorf("%s is reported by %v", of, got)
		}
	}
}

func TestAMergeProtectsTheResult(t *testing.T) {
	minor := func(t *testing.T) *ledger {
		l := newLedger()
		l.add(t, twoRecords()...)
		l.add(t, of("e2 minorAtArrest YES"), of("c description cargo contra Persona Ficticia", id("text")))
		return l
	}
	l := minor(t)
	if l.row(t, PublicView, "p").Values.Get("protected") != false {
		t.Fatal("protected before the merge")
	}
	l.add(t, of("q SAME_AS p", id("same")))
	row := l.row(t, PublicView, "p")
	if row.Values.Get("protected") != true || row.Values.Get("name") != nil || row.Values.Get("formerIds") != nil || l.row(t, FullView, "p").Values.Get("formerIds") == nil {
		t.Errorf("public %+v", row)
	}
	for _, statement := range []string{"n1", "m1", "g2", "same"} {
		if l.statements[statement].Public != nil || l.statements[statement].Full == nil {
			t.Errorf("%s: %+v", statement, l.statements[statement])
		}
	}
	if !l.row(t, PublicView, "d").Values.Get("protected").(bool) || !l.row(t, PublicView, "s").Values.Get("protected").(bool) {
		t.Error("the other record's detention is not protected")
	}
	if b := l.briefs["q"]; b.Answers(PublicView) != "" || b.Answers(FullView) != "p" {
		t.Errorf("the former id answers with %q, %q", b.Answers(PublicView), b.Answers(FullView))
	}
	if found, err := Exposed(l, []*Recorded{l.recorded["text"]}); err != nil || len(found) != 1 {
		t.Errorf("a text with the name of the other record: %v, %v", found, err)
	}
	if c := l.add(t, of("c notes de Persona Ficticia")); len(c.Receipt.Restricted) != 2 {
		t.Errorf("restricted %v", c.Receipt.Restricted)
	}

	l = minor(t)
	l.add(t, of("p protection LIFTED"))
	l.add(t, of("q SAME_AS p"))
	if l.row(t, PublicView, "p").Values.Get("protected") != true {
		t.Error("lifted before anybody knew of the other record")
	}
	l.add(t, of("q protection LIFTED"))
	if l.row(t, PublicView, "p").Values.Get("protected") != false {
		t.Error("not lifted after the merge")
	}
}

// An import writes what decides protection before there are types: nobody may see the
// one record while the other one, a minor's, is still to come.
func TestWhatDoesNotExistYetProtects(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, of("q birthDate 2012", id("b")), of("q name Niña Inventada"), of("q SAME_AS p", id("same")))
	row := l.row(t, PublicView, "p")
	if row.Values.Get("protected") != true || l.row(t, FullView, "p").Values.Get("formerIds") != nil || l.row(t, FullView, "p").Values.Get("birthDate") != nil {
		t.Errorf("the one that exists: %+v", row)
	}
	if _, there := l.statements["b"]; there || l.entities["q"].Full != nil || l.briefs["q"].Answers(FullView) != "" || !l.briefs["q"].Dangles() {
		t.Errorf("the one that does not shows: %+v, %+v", l.statements["b"], l.briefs["q"])
	}
	if c := l.add(t, of("c description contra Niña Inventada")); len(c.Receipt.Restricted) != 1 {
		t.Error("its name is not looked for in texts")
	}
	l.add(t, of("q type Person"))
	if l.row(t, FullView, "p").Values.Text("birthDate") != "2012" || l.briefs["q"].Answers(FullView) != "p" || l.briefs["q"].Dangles() {
		t.Errorf("once it exists: %+v", l.row(t, FullView, "p"))
	}
}

func TestWhatIsNotPublicStaysSoInAMerge(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, of("q type Person", restricted), of("q gender f", id("g")), of("o2 type Organization"), of("q MEMBER_OF o2", id("m")), of("x type Person"), of("x RELATIVE_OF q", id("r")))
	l.add(t, of("q SAME_AS p", id("same")))
	public, full := l.row(t, PublicView, "p"), l.row(t, FullView, "p")
	if public.Values.Get("gender") != nil || public.Values.Get("formerIds") != nil || full.Values.Text("gender") != "f" || full.Values.Get("formerIds") == nil {
		t.Errorf("public %+v, full %+v", public, full)
	}
	for _, statement := range []string{"g", "m", "r", "same"} {
		if twin := l.statements[statement]; twin.Public != nil || twin.Full == nil {
			t.Errorf("%s: %+v", statement, twin)
		}
	}
	if b := l.briefs["q"]; b.Answers(PublicView) != "" || b.Answers(FullView) != "p" {
		t.Errorf("the former id answers with %q, %q", b.Answers(PublicView), b.Answers(FullView))
	}
}

func TestJudgementsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		name    string
		commit  Commit
		kind    error
		index   int
		message string
	}{
		{"restricted", Commit{Add: []Statement{of("p SAME_AS q", restricted)}}, ErrInvalid, 0, "never RESTRICTED"},
		{"made restricted", Commit{Set: []Setting{{ID: "same", Visibility: Restricted}}}, ErrInvalid, 0, "never RESTRICTED"},
		{"with a protected name", Commit{Add: []Statement{of("p SAME_AS q", worded("como Niña Inventada"))}}, ErrInvalid, 0, "leave the name out"},
		{"of two types", Commit{Add: []Statement{of("p UNSURE_SAME_AS o")}}, ErrInvalid, 0, "does not lead from Person to Organization"},
		{"of two types, once there are two", Commit{Add: []Statement{of("p SAME_AS z1"), of("z1 type Event")}}, ErrInvalid, 0, "would be the same by"},
		{"of two types through others", Commit{Add: []Statement{of("o SAME_AS z1"), of("z1 SAME_AS p", id("by"))}}, ErrInvalid, 1, "p is Person"},
		{"of itself", Commit{Add: []Statement{of("p SAME_AS p")}}, ErrInvalid, 0, "to itself"},
		{"of sources", Commit{Add: []Statement{of("old SAME_AS src")}}, ErrInvalid, 0, "does not lead from Source to Source"},
		{"of tallies", Commit{Add: []Statement{of("t1 SAME_AS t2")}}, ErrInvalid, 0, "does not lead from Tally to Tally"},
		{"a second one of the two", Commit{Add: []Statement{of("p SAME_AS q", parallel("l2"))}}, ErrInvalid, 0, "link"},
		{"kept apart", Commit{Add: []Statement{of("p gender f"), of("y SAME_AS v")}}, ErrConflict, 1, "which statement apart in force keeps apart"},
		{"kept apart through others", Commit{Add: []Statement{of("x SAME_AS y"), of("x SAME_AS w")}}, ErrConflict, 1, "which statement apart in force keeps apart"},
		{"merged already", Commit{Add: []Statement{of("p gender f"), of("v NOT_SAME_AS w")}}, ErrConflict, 1, "v and w are the same by same in force"},
		{"merged by a rank", Commit{Set: []Setting{{ID: "was", Rank: Normal}}}, ErrConflict, -1, "y and v are the same by was"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLedger()
			l.add(t, append(twoRecords(), of("old type Source"), of("t1 type Tally"), of("t2 type Tally"), of("k type Person"), of("k name Niña Inventada"), of("k protection PROTECTED"))...)
			l.add(t, of("v SAME_AS w", id("same")), of("y NOT_SAME_AS v", id("apart")), of("y SAME_AS v", id("was"), ranked(Deprecated)), of("y SAME_AS v", denied))
			_, err := l.apply(c.commit)
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, c.kind) || e.Index != c.index || !strings.Contains(err.Error(), c.message) {
				t.Errorf("got %#v, want kind %v at %d: %q", err, c.kind, c.index, c.message)
			}
		})
	}
}

// Taking a merge back gives what there was before it, whatever is stated of the two.
func TestAMergeTakenBackLeavesNothing(t *testing.T) {
	merged := 0
	rapid.Check(t, func(t *rapid.T) {
		l := newLedger()
		var c Commit
		for _, id := range slices.Sorted(maps.Keys(playTypes)) {
			c.Add = append(c.Add, Statement{Subject: id, Property: "type", Value: playTypes[id], Source: "src1"})
		}
		for n := range rapid.IntRange(0, 25).Draw(t, "added") {
			if s := playStatement(t, n); s.Property != "SAME_AS" && s.Property != "NOT_SAME_AS" && s.Source != "p2" && s.ClaimedBy != "p2" {
				c.Add = append(c.Add, s)
			}
		}
		if _, err := l.apply(c); err != nil {
			t.Fatal(err)
		}
		was := *l
		was.entities, was.links, was.statements = maps.Clone(l.entities), maps.Clone(l.links), maps.Clone(l.statements)
		was.briefs, was.names = maps.Clone(l.briefs), maps.Clone(l.names)
		pair := rapid.SampledFrom([][2]string{{"p1", "p2"}, {"d2", "d1"}, {"o2", "o1"}, {"f1", "f2"}}).Draw(t, "pair")
		change, err := l.apply(Commit{Add: []Statement{{ID: "same", Subject: pair[0], Property: "SAME_AS", Entity: pair[1], Source: "editorial"}}})
		if err != nil {
			t.Fatal(err)
		}
		back, err := l.apply(Commit{Retract: []string{"same"}})
		if err != nil {
			t.Fatal(err)
		}
		if len(change.Receipt.Restricted)+len(back.Receipt.Restricted) > 0 {
			return // which is for good
		}
		merged++
		delete(l.statements, "same")
		for _, part := range []struct {
			name       string
			was, after any
		}{{"entities", was.entities, l.entities}, {"links", was.links, l.links}, {"statements", was.statements, l.statements}, {"briefs", was.briefs, l.briefs}, {"names", was.names, l.names}} {
			if diff := cmp.Diff(part.was, part.after); diff != "" {
				t.Fatalf("%s (-before +after):\n%s", part.name, diff)
			}
		}
	})
	if merged == 0 {
		t.Error("nothing was compared")
	}
}
