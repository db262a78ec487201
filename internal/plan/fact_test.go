package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
)

// sources gives sources "a", "b" … with these publishers each (a letter an
// organization), and what is said of them besides.
func sources(publishers ...string) []statement.Statement {
	var list []statement.Statement
	for i, letters := range publishers {
		id := "s" + string(rune('a'+i))
		list = append(list, statement.Statement{ID: id + "-t", Subject: id, Property: "type", Value: "Source", Source: id})
		for _, letter := range letters {
			list = append(list, statement.Statement{ID: id + "-" + string(letter), Subject: id, Property: "PUBLISHED_BY", Entity: "pub" + string(letter), Source: id})
		}
	}
	for _, letter := range "xyz" {
		list = append(list, of("pub"+string(letter), "Organization")...)
	}
	return list
}

func derived(from, to string) statement.Statement {
	return statement.Statement{ID: from + to, Subject: from, Property: "DERIVED_FROM", Entity: to, Source: from}
}

func TestCorroborated(t *testing.T) {
	said := func(source, value string) statement.Statement {
		return statement.Statement{ID: "said-" + source, Subject: "ana", Property: "gender", Value: value, Source: source}
	}
	member := func(source string) statement.Statement {
		return statement.Statement{ID: "member-" + source, Subject: "ana", Property: "MEMBER_OF", Entity: "pubz", Source: source}
	}
	deprecated, denied := member("sb"), member("sb")
	deprecated.Rank, denied.Denies = statement.Deprecated, true
	for _, c := range []struct {
		name       string
		sources    []statement.Statement
		value      string // of the second source
		second     statement.Statement
		fact, link bool
	}{
		{"two publishers", sources("x", "y"), "f", member("sb"), true, true},
		{"the same publisher", sources("x", "x"), "f", member("sb"), false, false},
		{"a publisher in common", sources("xy", "yz"), "f", member("sb"), false, false},
		{"an unknown publisher", sources("x", ""), "f", member("sb"), false, false},
		{"an unknown publisher first", sources("", "y"), "f", member("sb"), false, false},
		{"a reprint", append(sources("x", "y"), derived("sa", "sb")), "f", member("sb"), false, false},
		{"a reprint the other way", append(sources("x", "y"), derived("sb", "sa")), "f", member("sb"), false, false},
		{"both from a third", append(sources("x", "y", "z"), derived("sb", "sc"), derived("sa", "sc")), "f", member("sb"), false, false},
		{"from different ones", append(sources("x", "y", "z", "z"), derived("sb", "sc"), derived("sa", "sd")), "f", member("sb"), true, true},
		{"another value, and a deprecated link", sources("x", "y"), "m", deprecated, false, false},
		{"a denied link", sources("x", "y"), "f", denied, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := graph(t, append(slices.Concat(c.sources, of("ana", "Person"), of("source", "Source")), said("sa", "f"), said("sb", c.value), member("sa"), c.second)...)
			a := newAsker(t, s, statement.PublicView)
			got := a.data(t, `{people{nodes{facts(properties:GENDER){corroborated}memberOf{edges{link{corroborated}}}}} nodes(ids:["said-sa","member-sa","member-sb"]){...on Statement{corroborated}}}`)
			fact, link := text(c.fact), text(c.link)
			want := `{"people":{"nodes":[{"facts":[{"corroborated":` + fact + `}],"memberOf":{"edges":[{"link":{"corroborated":` + link + `}}]}}]},` +
				`"nodes":[{"corroborated":` + fact + `},{"corroborated":` + link + `},{"corroborated":` + link + `}]}`
			if c.value != "f" {
				want = strings.Replace(want, `[{"corroborated":false}]`, `[{"corroborated":false},{"corroborated":false}]`, 1)
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func text(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// A field that gives one entity gives that of the best link, and only that one is
// what the fact of it calls best.
func TestBestLink(t *testing.T) {
	imposed := func(id, in string, set func(*statement.Statement)) statement.Statement {
		s := statement.Statement{ID: id, Subject: "n", Property: "IMPOSED_IN", Entity: in, Link: "link-" + id}
		set(&s)
		return s
	}
	plain := func(*statement.Statement) {}
	for _, c := range []struct {
		name       string
		first, two func(*statement.Statement)
		want       string
	}{
		{"the lower id of equals", plain, plain, "k1"},
		{"preferred", plain, func(s *statement.Statement) { s.Rank = statement.Preferred }, "k2"},
		{"preferred before verified", func(s *statement.Statement) { s.Verification = "DOCUMENT" }, func(s *statement.Statement) { s.Rank = statement.Preferred }, "k2"},
		{"verified best", func(s *statement.Statement) { s.Verification = "NGO_VERIFIED" }, func(s *statement.Statement) { s.Verification = "DOCUMENT" }, "k2"},
		{"verified before firm", plain, func(s *statement.Statement) { s.Verification, s.Attribution = "DOCUMENT", "ALLEGED" }, "k2"},
		{"put most firmly", func(s *statement.Statement) { s.Attribution = "REPORTED" }, func(s *statement.Statement) { s.Attribution = "ESTIMATED" }, "k2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := graph(t, append(slices.Concat(of("source", "Source"), of("n", "Sentence"), of("k1", "Proceeding"), of("k2", "Proceeding")),
				imposed("a", "k1", c.first), imposed("b", "k2", c.two))...)
			a := newAsker(t, s, statement.PublicView)
			got := a.data(t, `{sentences{nodes{proceeding{id} facts(relations:IMPOSED_IN){entity{id}best}}}}`)
			want := `{"sentences":{"nodes":[{"proceeding":{"id":"` + c.want + `"},"facts":[{"entity":{"id":"k1"},"best":` + text(c.want == "k1") + `},{"entity":{"id":"k2"},"best":` + text(c.want == "k2") + `}]}]}}`
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// Facts come in the order of the vocabulary, best first; foreign properties after
// the table's, relations last.
func TestFacts(t *testing.T) {
	s := graph(t, append(slices.Concat(
		of("source", "Source"), of("org", "Organization", "name", "An organization"),
		of("ana", "Person", "ftm.topics", "x", "ftm.alias", "y", "MEMBER_OF", "org", "HAS_DETENTION", "d", "birthDate", "1990", "gender", "f", "name", "Ana"),
		of("d", "Detention")),
		statement.Statement{ID: "z", Subject: "ana", Property: "gender", Value: "w", Rank: statement.Preferred},
		statement.Statement{ID: "y", Subject: "ana", Property: "gender", Value: "w", Attribution: "ALLEGED"},
		statement.Statement{ID: "x", Subject: "ana", Property: "gender", Value: "f", Denies: true},
	)...)
	a := newAsker(t, s, statement.PublicView)
	for _, c := range []struct{ arguments, want string }{
		{"", `name Ana best, gender w best, gender f disputed, birthDate 1990 best, ftm.alias y best, ftm.topics x best`},
		{"(relations:[HAS_DETENTION,MEMBER_OF])", `MEMBER_OF org best, HAS_DETENTION d best`},
		{"(properties:[GENDER,NAME],relations:MEMBER_OF)", `name Ana best, gender w best, gender f disputed, MEMBER_OF org best`},
		{"(properties:[])", ``},
		{"(properties:[COUNT])", ``},
	} {
		data := a.data(t, `{people{nodes{facts`+c.arguments+`{property text entity{id} best disputed}}}}`)
		got := strings.NewReplacer(`{"people":{"nodes":[{"facts":[`, "", `]}]}}`, "", `{"property":"`, "", `","text":null,"entity":{"id":"`, " ", `","text":"`, " ", `","entity":null`, "",
			`"}`, "", `,"best":true`, " best", `,"best":false`, "", `,"disputed":true`, " disputed", `,"disputed":false`, "", "},", ", ", "}", "").Replace(data)
		if got != c.want {
			t.Errorf("facts%s: %s\n got %s\nwant %s", c.arguments, data, got, c.want)
		}
	}
	got := a.data(t, `{people{nodes{facts(properties:GENDER){text attribution rank statements(last:1){totalCount pageInfo{hasPreviousPage hasNextPage}nodes{id}}}}}}`)
	want := `{"people":{"nodes":[{"facts":[` +
		`{"text":"w","attribution":"STATED","rank":"PREFERRED","statements":{"totalCount":2,"pageInfo":{"hasPreviousPage":true,"hasNextPage":false},"nodes":[{"id":"z"}]}},` +
		`{"text":"f","attribution":"STATED","rank":"NORMAL","statements":{"totalCount":1,"pageInfo":{"hasPreviousPage":false,"hasNextPage":false},"nodes":[{"id":"ana-f"}]}}]}]}}`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
