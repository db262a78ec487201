package statement

import (
	"slices"
	"strings"
	"testing"
)

func TestWhoIsProtected(t *testing.T) {
	for _, c := range []struct {
		name    string
		commits [][]Statement
		want    bool
	}{
		{"nobody by default", nil, false},
		{"a curator says so", [][]Statement{{of("p protection PROTECTED")}}, true},
		{"a minor at arrest", [][]Statement{{of("d minorAtArrest YES")}}, true},
		{"possibly a minor", [][]Statement{{of("d minorAtArrest POSSIBLE")}}, true},
		{"not a minor", [][]Statement{{of("d minorAtArrest NO")}}, false},
		{"a stated NO outweighs nothing", [][]Statement{{of("d minorAtArrest POSSIBLE", attributed("ALLEGED")), of("d minorAtArrest NO", ranked(Preferred))}}, true},
		{"restricted evidence", [][]Statement{{of("d minorAtArrest YES", restricted)}}, true},
		{"deprecated evidence", [][]Statement{{of("d minorAtArrest YES", ranked(Deprecated))}}, false},
		{"denied", [][]Statement{{of("d minorAtArrest YES", denied)}}, false},
		{"born 17 years before", [][]Statement{{of("p birthDate 1990-05-02"), of("d start 2008-05-01")}}, true},
		{"born 18 years before", [][]Statement{{of("p birthDate 1990-05-01"), of("d start 2008-05-01")}}, false},
		{"dates that overlap 18 years", [][]Statement{{of("p birthDate 1990"), of("d start 2008-05")}}, true},
		{"under 18 when recorded, never detained then", [][]Statement{{of("p birthDate 2009")}}, true},
		{"any pair of dates", [][]Statement{{of("p birthDate 1980"), of("p birthDate 1992-01-01", ranked(Normal)), of("d start 2009")}}, true},
		{"lifted outweighs earlier evidence", [][]Statement{{of("d minorAtArrest YES")}, {of("p protection LIFTED")}}, false},
		{"not later evidence", [][]Statement{{of("p protection LIFTED")}, {of("d minorAtArrest YES")}}, true},
		{"PROTECTED wins over LIFTED", [][]Statement{{of("p protection PROTECTED")}, {of("p protection LIFTED")}}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLedger()
			l.add(t, scene()...)
			for _, commit := range c.commits {
				l.add(t, commit...)
			}
			for _, id := range []string{"p", "d", "s"} {
				if got := l.row(t, PublicView, id).Values.Get("protected"); got != c.want {
					t.Errorf("%s: protected %v, want %v", id, got, c.want)
				}
			}
		})
	}
}

// minor makes the person of the scene a minor of whom everything is known.
func minor() []Statement {
	return []Statement{
		of("p name Niña Ejemplo Ficticia"), of("p birthDate 2009-03-04"), of("p nationality VE"), of("p occupation estudiante"), of("p notes nota secreta"),
		of("p MEMBER_OF o"), of("p RELATIVE_OF q"), of("q type Person"), of("q name Madre Ejemplo"), of("p LOCATED_IN l"), of("l type Place"), of("p ftm.idNumber 12345"),
		of("d start 2025-12-03", worded("el 3")), of("d ground motivo secreto"), of("d minorAtArrest YES"), of("d HELD_AT f", qualified("start", "2025-12-05"), qualified("role", "secreto")),
		of("d HELD_AT j"), of("j type Facility"), of("j kind JUVENILE", restricted), of("d ARRESTED_AT l"), of("d CHARGED_WITH c", worded("palabras secretas")),
		of("s date 2025-12-20"), of("s ground fundamento secreto"), of("src MENTIONS p"),
	}
}

func TestTheFullViewShowsAMinorAndThePublicOneWithholds(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, minor()...)

	p := l.row(t, FullView, "p").Values
	if p.Text("name") != "Niña Ejemplo Ficticia" || p.Text("birthDate") != "2009-03-04" {
		t.Errorf("full view: %v", p)
	}
	var shown []string
	for _, v := range l.row(t, PublicView, "p").Values {
		shown = append(shown, v.Key)
	}
	if want := []string{"nationality", "protected", "reportedBy"}; !slices.Equal(shown, want) {
		t.Errorf("the public row of a minor has %v, want %v", shown, want)
	}
	d := l.row(t, PublicView, "d").Values
	if d.Text("start") != "2025-12" || d.Text("statusAsOf") != "2026-01" || d.Text("status") != "DETAINED" || d.Get("minorAtArrest") != nil || d.Get("ground") != nil || d.Get("sources") != nil {
		t.Errorf("detention: %v", d)
	}
	if s := l.row(t, PublicView, "s").Values; s.Text("date") != "2025-12" || s.Get("lengthMonths") != int64(120) || s.Get("ground") != nil {
		t.Errorf("sentence: %v", s)
	}
	var relations []string
	for _, link := range l.links {
		if link.Public != nil && (link.Public.From == "p" || link.Public.To == "p" || link.Public.From == "d") {
			relations = append(relations, link.Public.Type)
		}
	}
	slices.Sort(relations)
	if want := []string{"CHARGED_WITH", "HAS_DETENTION", "HELD_AT", "SENTENCED_TO"}; !slices.Equal(relations, want) {
		t.Errorf("public links %v, want %v", relations, want)
	}
	for _, twin := range l.statements {
		row := twin.Public
		if row == nil || !slices.Contains([]string{"p", "d", "s"}, row.Values.Text(KeySubject)) {
			continue
		}
		for _, key := range []string{KeySource, KeyLocator, KeyWords, KeyAt, KeyBy} {
			if row.Values.Get(key) != nil {
				t.Errorf("statement %v shows its %s", row.Values, key)
			}
		}
		if !slices.Equal(row.Values.Get(KeyReportedBy).([]string), []string{"pub"}) {
			t.Errorf("reportedBy %v", row.Values)
		}
	}
	for _, twins := range []map[string]Twin{l.entities, l.links, l.statements} {
		for _, twin := range twins {
			if twin.Public == nil {
				continue
			}
			for _, v := range twin.Public.Values {
				if text, ok := v.Data.(string); ok && (strings.Contains(text, "secret") || strings.Contains(text, "Niña") || strings.Contains(text, "2025-12-0") || strings.Contains(text, "2025-12-2") || strings.Contains(text, "12345") || strings.Contains(text, "2009")) {
					t.Errorf("%s shows %s: %s", twin.ID, v.Key, text)
				}
			}
		}
	}
}

func TestATextWithAProtectedNameIsRestricted(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, of("p name Niña Ejemplo Ficticia"), of("p protection PROTECTED", from("editorial")))
	for _, c := range []struct {
		statement Statement
		want      bool
	}{
		{of("o name Comité por EJEMPLO Ficticia, Nina"), true},
		{of("o name Comité Ejemplo"), false},
		{of("c description La acusada Niña Ejemplo-Ficticia.", id("text")), true},
		{of("o notes otra cosa", worded("dijo niña ejemplo ficticia")), true},
		{of("src url https://example.org/nina-ejemplo-ficticia"), true},
		{of("q LINKED_TO o", qualified("role", "abogada de Niña Ejemplo Ficticia")), true},
		{of("q name Niña Ejemplo Ficticia"), false}, // a namesake
		{of("p otherNames Niña Ejemplo Ficticia de Prueba"), false},
		{of("p notes Niña Ejemplo Ficticia"), false}, // withheld anyway, and hers again if protection is lifted
	} {
		receipt := l.add(t, c.statement, of("q type Person", id("qtype"))).Receipt
		stored := l.recorded[receipt.Added[0]]
		if got := stored.Visibility == Restricted; got != c.want || (len(receipt.Restricted) == 1) != c.want {
			t.Errorf("%s %s: restricted %v, reported %v, want %v", c.statement.Subject, c.statement.Value, got, receipt.Restricted, c.want)
		}
	}
	// A name and the text that holds it may come in one commit.
	receipt := l.add(t, of("z type Person"), of("z name Niño Inventado Ficticio"), of("z birthDate 2012"), of("o description Niño Inventado Ficticio", id("both"))).Receipt
	if len(receipt.Restricted) != 1 || receipt.Restricted[0] != (Finding{"both", "z"}) {
		t.Errorf("restricted %v", receipt.Restricted)
	}
}

func TestALateTypeOrNameOrProtectionRestrictsTheTextsOfWhatItChanges(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	// An import writes what decides protection, then names, then types.
	l.add(t, of("q HAS_DETENTION d2", id("text"), worded("arrested with Niña Ejemplo Ficticia")), of("m protection PROTECTED", from("editorial")))
	l.add(t, of("o2 name Comité Niña Ejemplo Ficticia", id("name")), of("m name Niña Ejemplo Ficticia"))
	for _, id := range []string{"text", "name"} {
		if l.recorded[id].Visibility != Public {
			t.Errorf("%s is %s before anything of it shows", id, l.recorded[id].Visibility)
		}
	}
	c := l.add(t, of("o2 type Organization"), of("q type Person"), of("d2 type Detention"), of("m type Person"))
	if len(c.Receipt.Restricted) != 2 || l.recorded["text"].Visibility != Restricted || l.recorded["name"].Visibility != Restricted {
		t.Errorf("restricted %v", c.Receipt.Restricted)
	}
	if l.entities["o2"].Public.Values.Get("name") != nil || l.entities["o2"].Full.Values.Text("name") == "" {
		t.Errorf("%+v", l.entities["o2"])
	}
	if n := len(c.Log.Commit.Set); n != 2 {
		t.Errorf("the log tells %d of the 2 statements that became restricted", n)
	}
}

func TestSayingItAgainLooksAgain(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, of("o notes Con Niña Ejemplo Ficticia", id("text")), of("o notes Sin nombre", id("other")))
	l.add(t, of("p name Niña Ejemplo Ficticia"), of("p protection PROTECTED", from("editorial")))
	if l.recorded["text"].Visibility != Public {
		t.Fatal("restricted by a commit about somebody else")
	}
	again := l.add(t, of("o notes Con Niña Ejemplo Ficticia", id("text")), of("o notes Sin nombre", id("other"))).Receipt
	if again.Unchanged || len(again.Restricted) != 1 || l.recorded["text"].Visibility != Restricted {
		t.Errorf("said again: %+v", again)
	}
	if once := l.add(t, of("o notes Con Niña Ejemplo Ficticia", id("text"))).Receipt; !once.Unchanged {
		t.Errorf("and again: %+v", once)
	}
}

func TestAJuvenileFacilityIsWithheldWhoeverSaysThatItIsOne(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, minor()...)
	l.add(t, of("f kind PRISON", verified("DOCUMENT")), of("f kind JUVENILE"))
	for _, link := range l.links {
		if link.Public != nil && link.Public.Type == "HELD_AT" {
			t.Errorf("shows %+v", link.Public)
		}
	}
}

// When something became known of someone protected is withheld: a link with them that
// shows is no change of the other end's in public.
func TestALinkWithSomeoneProtectedTouchesNobodyInPublic(t *testing.T) {
	l := newLedger()
	l.add(t, append(scene(), of("p protection PROTECTED", from("editorial")))...)
	for _, c := range []struct {
		commit       Commit
		public, full []Touch
	}{
		{Commit{Add: []Statement{of("d CHARGED_WITH c", id("charge"))}}, []Touch{{"d", "Detention", Updated}}, []Touch{{"c", "Charge", Updated}, {"d", "Detention", Updated}}},
		{Commit{Add: []Statement{of("c statute Artículo 0")}}, []Touch{{"c", "Charge", Updated}}, []Touch{{"c", "Charge", Updated}}},
		{Commit{Retract: []string{"charge"}}, []Touch{{"d", "Detention", Updated}}, []Touch{{"c", "Charge", Updated}, {"d", "Detention", Updated}}},
	} {
		change, err := l.apply(c.commit)
		if err != nil {
			t.Fatal(err)
		}
		if want := [...][]Touch{PublicView: c.public, FullView: c.full}; !slices.Equal(change.Log.Touched[PublicView], want[PublicView]) || !slices.Equal(change.Log.Touched[FullView], want[FullView]) {
			t.Errorf("%+v touched %+v, want %+v", c.commit, change.Log.Touched, want)
		}
	}
}
