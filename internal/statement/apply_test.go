package statement

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestBadCommitsSayWhatAndWhere(t *testing.T) {
	for _, c := range []struct {
		name    string
		commit  Commit
		kind    error
		index   int
		message string
	}{
		{"no source", Commit{Add: []Statement{of("p name A"), of("p name B", from(""))}}, ErrInvalid, 1, "source: missing"},
		{"a protection that a source reports", Commit{Add: []Statement{of("p protection LIFTED", from("src"))}}, ErrInvalid, 0, "source: protection is a curator's act"},
		{"a judgement that a source reports", Commit{Add: []Statement{of("p SAME_AS q", from("src"))}}, ErrInvalid, 0, "source: SAME_AS is a curator's act"},
		{"no subject", Commit{Add: []Statement{of(" name A")}}, ErrInvalid, 0, "subject: missing"},
		{"bad id", Commit{Add: []Statement{of("p name A", id("-x"))}}, ErrInvalid, 0, `id: "-x" is no id`},
		{"unknown property", Commit{Add: []Statement{of("p shoeSize 40")}}, ErrInvalid, 0, `property: "shoeSize" is no property`},
		{"unknown relation", Commit{Add: []Statement{of("p KNOWS q")}}, ErrInvalid, 0, `property: "KNOWS" is no property or relation`},
		{"a property of another type", Commit{Add: []Statement{of("p lengthMonths 4")}}, ErrInvalid, 0, "p is Person, which has no lengthMonths"},
		{"computed", Commit{Add: []Statement{of("d status DETAINED")}}, ErrInvalid, 0, "status is computed"},
		{"a source's name", Commit{Add: []Statement{of("src name A")}}, ErrInvalid, 0, "a source's name is its title"},
		{"bad date", Commit{Add: []Statement{of("p birthDate 1990-02-30")}}, ErrInvalid, 0, "value: birthDate: date"},
		{"bad number", Commit{Add: []Statement{of("s lengthMonths ten")}}, ErrInvalid, 0, `value: lengthMonths: "ten" is no whole number`},
		{"bad boolean", Commit{Add: []Statement{of("o unspecified yes")}}, ErrInvalid, 0, "neither true nor false"},
		{"bad choice", Commit{Add: []Statement{of("d outcome GONE")}}, ErrInvalid, 0, `"GONE" is none of RELEASED`},
		{"a kind of another type", Commit{Add: []Statement{of("o kind PRISON")}}, ErrInvalid, 0, "PRISON is no kind of Organization"},
		{"bad address", Commit{Add: []Statement{of("src url ftp://example.org")}}, ErrInvalid, 0, "no http or https address"},
		{"bad count", Commit{Add: []Statement{of("t count many")}}, ErrInvalid, 0, "count \"many\""},
		{"no value", Commit{Add: []Statement{of("p name ")}}, ErrInvalid, 0, "value: missing"},
		{"nothing to see", Commit{Add: []Statement{of("p name  \u00a0\u200b ")}}, ErrInvalid, 0, "value: missing"},
		{"a qualifier of nothing to see", Commit{Add: []Statement{of("p MEMBER_OF o", qualified("role", "   "))}}, ErrInvalid, 0, "qualifiers.role: empty"},
		{"a negative length", Commit{Add: []Statement{of("s lengthMonths -5")}}, ErrInvalid, 0, "negative"},
		{"no entity", Commit{Add: []Statement{of("p MEMBER_OF ")}}, ErrInvalid, 0, "entity: missing"},
		{"itself", Commit{Add: []Statement{of("o PART_OF o")}}, ErrInvalid, 0, "links o to itself"},
		{"swapped ends", Commit{Add: []Statement{of("d HAS_DETENTION p")}}, ErrInvalid, 0, "the ends are swapped, state it of p"},
		{"ends that do not fit", Commit{Add: []Statement{of("p MEMBER_OF f")}}, ErrInvalid, 0, "does not lead from Person to Facility"},
		{"an end that does not fit, of what has no type yet", Commit{Add: []Statement{of("nobody HAS_DETENTION p")}}, ErrInvalid, 0, "does not lead from an entity of unknown type to Person"},
		{"parts of another type", Commit{Add: []Statement{of("o PART_OF e")}}, ErrInvalid, 0, "does not lead from Organization to Event"},
		{"two ends of one link", Commit{Add: []Statement{of("p MEMBER_OF o", parallel("l1")), of("p MEMBER_OF pub", parallel("l1"))}}, ErrInvalid, 1, "link: l1 already is MEMBER_OF from p to o"},
		{"bad qualifier", Commit{Add: []Statement{of("d RELEASED_IN e", qualified("measure", "NONE"))}}, ErrInvalid, 0, "qualifiers.measure"},
		{"bad role", Commit{Add: []Statement{of("t COUNTS_FOR f", qualified("role", "held"))}}, ErrInvalid, 0, "none of the roles of COUNTS_FOR"},
		{"verified privately", Commit{Add: []Statement{of("p name A", verified(Privately))}}, ErrInvalid, 0, "enter that"},
		{"about the built-in source", Commit{Add: []Statement{of("editorial title A")}}, ErrInvalid, 0, "built in"},
		{"not UTF-8", Commit{Add: []Statement{of("p name A\xff")}}, ErrInvalid, 0, "not valid UTF-8"},
		{"NUL", Commit{Add: []Statement{of("p name A\x00")}}, ErrInvalid, 0, "NUL"},
		{"a source that is none", Commit{Add: []Statement{of("p gender m", from("o"))}}, ErrInvalid, 0, "source: o is Organization, not Source"},
		{"a claimant that is no organization", Commit{Add: []Statement{of("p gender m", func(s *Statement) { s.ClaimedBy = "p" })}}, ErrInvalid, 0, "claimedBy: p is Person, not Organization"},
		{"a number written otherwise", Commit{Add: []Statement{of("s lengthMonths 0005")}}, ErrInvalid, 0, "without plus or leading zeros"},
		{"a second type", Commit{Add: []Statement{of("p name A"), of("p type Event")}}, ErrConflict, 1, "p is Person"},
		{"an unknown type", Commit{Add: []Statement{of("n type Vessel")}}, ErrInvalid, 0, `"Vessel" is no entity type`},
		{"the id of another statement", Commit{Add: []Statement{of("p name A", id("known"))}}, ErrConflict, 0, "other content"},
		{"the id of an entity", Commit{Add: []Statement{of("p name A", id("o"))}}, ErrConflict, 0, "id of an entity"},
		{"about a statement", Commit{Add: []Statement{of("known name A")}}, ErrConflict, 0, "id of a statement"},
		{"a link like an entity", Commit{Add: []Statement{of("p MEMBER_OF o", parallel("o"))}}, ErrConflict, 0, "link: o is the id of an entity"},
		{"an entity like a link", Commit{Add: []Statement{of("p gender m"), of("edge type Event")}}, ErrConflict, 1, "subject: edge is the id of a link"},
		{"a link and an entity alike", Commit{Add: []Statement{of("p MEMBER_OF pub", parallel("both")), of("both type Event")}}, ErrConflict, 0, "link: both is the id of an entity"},
		{"retract nothing", Commit{Retract: []string{"nothing"}}, ErrNotFound, 0, "no statement"},
		{"set nothing", Commit{Set: []Setting{{ID: "nothing"}}}, ErrNotFound, 0, "no statement"},
		{"set to nonsense", Commit{Set: []Setting{{ID: "known", Rank: "BEST"}}}, ErrInvalid, 0, "rank"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLedger()
			l.add(t, append(scene(), of("t type Tally"), of("p gender f", id("known")), of("p MEMBER_OF o", parallel("edge")))...)
			_, err := l.apply(c.commit)
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, c.kind) || e.Index != c.index || !strings.Contains(err.Error(), c.message) {
				t.Errorf("got %#v, want kind %v at %d: %q", err, c.kind, c.index, c.message)
			}
		})
	}
}

func TestAMisfitThatComesWithTheTypeIsRefused(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, of("x birthDate 1990"), of("p MEMBER_OF y"), of("z HAS_DETENTION v"))
	for _, c := range []struct{ text, message string }{
		{"x type Organization", "x is Organization, which has no birthDate"}, {"y type Event", "does not lead from Person to Event"},
		{"v type Charge", "does not lead from an entity of unknown type to Charge"},
	} {
		_, err := l.apply(Commit{Add: []Statement{of("p gender m"), of(c.text)}})
		var e *Error
		if !errors.As(err, &e) || e.Index != 1 || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%s: %#v", c.text, err)
		}
	}
}

func TestRepetitionChangesNothing(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	first := l.add(t, of("p name Persona Ficticia"), of("p gender f", id("g"))).Receipt
	again := l.add(t, of("p name Persona Ficticia"), of("p gender f", id("g"))).Receipt
	if !again.Unchanged || again.Sequence != first.Sequence || !slices.Equal(again.Added, first.Added) {
		t.Errorf("first %+v, again %+v", first, again)
	}
	// What was retracted can be said again: under a made id as a new statement,
	// under its own id not.
	if _, err := l.apply(Commit{Retract: first.Added}); err != nil {
		t.Fatal(err)
	}
	once := l.add(t, of("p name Persona Ficticia"), of("p gender f", id("g"))).Receipt
	if once.Unchanged || once.Added[0] == first.Added[0] || l.recorded["g"].InForce() {
		t.Errorf("after retraction %+v", once)
	}
}

func TestBestValue(t *testing.T) {
	for _, c := range []struct {
		name   string
		better Statement
		worse  Statement
	}{
		{"rank", of("p gender a", ranked(Preferred), attributed("ALLEGED")), of("p gender b", verified("DOCUMENT"))},
		{"verification", of("p gender a", verified("DOCUMENT"), attributed("ALLEGED")), of("p gender b", verified("NGO_VERIFIED"))},
		{"attribution", of("p gender a", from("old")), of("p gender b", attributed("ANNOUNCED"))},
		{"newer source", of("p gender a"), of("p gender b", from("old"))},
		{"a known date", of("p gender a", from("old")), of("p gender b", from("undated"))},
		{"lower id", of("p gender a", id("a1")), of("p gender b", id("a2"))},
		{"deprecated never", of("p gender a", attributed("ALLEGED")), of("p gender b", ranked(Deprecated), verified("DOCUMENT"))},
		{"denied never", of("p gender a", attributed("ALLEGED")), of("p gender b", denied, verified("DOCUMENT"))},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLedger()
			l.add(t, scene()...)
			l.add(t, of("old type Source"), of("old publishedAt 2020"), of("undated type Source"))
			l.add(t, c.worse, c.better)
			if got := l.row(t, PublicView, "p").Values.Text("gender"); got != "a" {
				t.Errorf("best value %q", got)
			}
		})
	}
}

func TestLinksKeepTheirQualifiersAndAreDisputed(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t,
		of("p MEMBER_OF o", id("m1"), attributed("ALLEGED"), qualified("role", "vocal"), qualified("start", "2020"), qualified("ftm.note", "x")),
		of("p MEMBER_OF o", id("m2"), qualified("role", "coordinadora")), of("p MEMBER_OF o", id("m3"), parallel("second")),
		of("p MEMBER_OF o", id("no"), parallel("second"), denied))
	link := l.links[linkID(&l.recorded["m1"].Statement)].Public
	if link.Values.Text(KeyRole) != "coordinadora" || link.Values.Text(KeyStart) != "2020" || link.Values.Text(KeyAttribution) != Stated || link.Values.Text(KeyQualifiers) != `{"ftm.note":["x"]}` || link.Values.Get(KeyDisputed) != false {
		t.Errorf("link %+v", link)
	}
	if second := l.links["second"].Public; second.Values.Get(KeyDisputed) != true {
		t.Errorf("denied link %+v", second)
	}
	for id, want := range map[string]bool{"m1": false, "m3": true, "no": false} {
		if got := l.statements[id].Public.Values.Get(KeyDisputed); got != want {
			t.Errorf("%s: disputed %v", id, got)
		}
	}
}

func TestAnEntityExistsWhileItsTypeIsInForce(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, of("x name Sin tipo"), of("p MEMBER_OF x", id("m")))
	if _, ok := l.entities["x"]; ok || l.statements["m"].Full != nil {
		t.Error("an entity without a type shows")
	}
	c := l.add(t, of("x type Organization", id("xt"), restricted))
	if l.entities["x"].Public != nil || l.entities["x"].Full == nil || l.statements["m"].Public != nil || l.statements["m"].Full == nil {
		t.Errorf("a restricted type: %+v, %+v", l.entities["x"], l.statements["m"])
	}
	if len(c.Log.Touched[PublicView]) != 0 || !slices.Contains(c.Log.Touched[FullView], Touch{"x", "Organization", Created}) || !slices.Contains(c.Log.Touched[FullView], Touch{"p", "Person", Updated}) {
		t.Errorf("touched %+v", c.Log.Touched)
	}
	change, err := l.apply(Commit{Retract: []string{"xt"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := l.entities["x"]; ok || l.statements["m"].Full != nil || !slices.Contains(change.Log.Touched[FullView], Touch{"x", "Organization", Removed}) {
		t.Errorf("a retracted type leaves %+v, touched %+v", l.entities["x"], change.Log.Touched)
	}
}
