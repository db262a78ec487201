package plan_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

func TestHistory(t *testing.T) {
	s := told(t, story()...)
	const changes = `{nodes{sequence at change by reason addedStatements{id} retractedStatements{id text} setStatements{id rank}}}`
	entry := func(n int, change, by, added, retracted, set string) string {
		return fmt.Sprintf(`{"sequence":"%d","at":"%s","change":"%s",%s,"addedStatements":[%s],"retractedStatements":[%s],"setStatements":[%s]}`, n, moment(n), change, by, added, retracted, set)
	}
	const nobody, second, ids = `"by":null,"reason":null`, `{"id":"second","rank":"DEPRECATED"}`, `{"id":"ana-a"},{"id":"ana-b"},{"id":"ana-c"},{"id":"ana-t"}`
	who := func(reason string) string { return `"by":"una curadora","reason":"` + reason + `"` }
	for view, want := range map[statement.View][]string{
		statement.PublicView: {
			entry(1, "CREATED", nobody, ids, "", ""), entry(2, "UPDATED", nobody, `{"id":"second"}`, "", ""),
			entry(3, "UPDATED", nobody, "", `{"id":"ana-c","text":null}`, second), entry(4, "UPDATED", nobody, "", "", ""), entry(5, "UPDATED", nobody, "", "", second), entry(6, "UPDATED", nobody, "", "", ""),
		},
		statement.FullView: {
			entry(1, "CREATED", who("lo dijo"), ids, "", ""), entry(2, "UPDATED", who("lo dijo"), `{"id":"second"}`, "", ""),
			entry(3, "UPDATED", who("mejor así"), "", `{"id":"ana-c","text":null}`, second), entry(4, "UPDATED", who("lo dijo"), `{"id":"hidden"}`, "", ""),
			entry(5, "UPDATED", nobody, "", "", `{"id":"hidden","rank":"NORMAL"},`+second), entry(6, "UPDATED", nobody, "", "", ""),
		},
	} {
		a := newAsker(t, s, view)
		want := `{"people":{"nodes":[{"history":{"nodes":[` + strings.Join(want, ",") + `]}}]}}`
		if got := a.data(t, `{people{nodes{history`+changes+`}}}`); got != want {
			t.Errorf("%v view:\n got %s\nwant %s", view, got, want)
		}
	}
}

var cursors = regexp.MustCompile(`"endCursor":"([^"]+)"`)

func TestPagesOfHistory(t *testing.T) {
	a := newAsker(t, told(t, story()...), statement.PublicView)
	page := func(args string) string {
		return a.data(t, `{node(id:"ana"){...on Person{history`+args+`{pageInfo{hasPreviousPage hasNextPage endCursor} edges{node{sequence}}}}}}`)
	}
	args := "(first:2)"
	for _, want := range []string{
		`"hasPreviousPage":false,"hasNextPage":true edges "1" "2"`, `"hasPreviousPage":true,"hasNextPage":true edges "3" "4"`, `"hasPreviousPage":true,"hasNextPage":false edges "5" "6"`,
	} {
		got := page(args)
		cursor := cursors.FindStringSubmatch(got)
		if cursor == nil {
			t.Fatal(got)
		}
		short := strings.NewReplacer(`{"node":{"history":{"pageInfo":{`, "", ","+cursor[0]+`},"edges":[`, " edges ", `{"node":{"sequence":`, "", "}},", " ", "}}]}}}", "").Replace(got)
		if short != want {
			t.Errorf("history%s: got %s, want %s", args, short, want)
		}
		args = fmt.Sprintf("(first:2,after:%q)", cursor[1])
	}
	if got, want := page("(first:0)"), `{"node":{"history":{"pageInfo":{"hasPreviousPage":false,"hasNextPage":true,"endCursor":null},"edges":[]}}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if code, _ := a.refused(t, `{node(id:"ana"){...on Person{history(first:101){nodes{sequence}}}}}`, ""); code != "BAD_USER_INPUT" {
		t.Error(code)
	}
}

// Of whoever is protected, the public view learns neither what changed when, nor
// what was known when.
func TestProtectionWithholdsThePast(t *testing.T) {
	commits := append(story(), added([]statement.Statement{{ID: "protects", Subject: "ana", Property: "protection", Value: "PROTECTED", Source: vocab.Editorial}}))
	s := told(t, commits...)
	query := `{nodes(ids:["ana","d","group"]){...on Entity{history{nodes{sequence}} snapshot(knownAt:"2026-01-01T00:00:01Z"){type links{totalCount}} statements(knownAt:"2026-01-01T00:00:09Z"){totalCount}}}}`
	for view, want := range map[statement.View]string{
		statement.PublicView: `{"nodes":[{"history":null,"snapshot":null,"statements":{"totalCount":0}},{"history":null,"snapshot":null,"statements":{"totalCount":0}},` +
			`{"history":{"nodes":[{"sequence":"1"},{"sequence":"3"}]},"snapshot":{"type":"ORGANIZATION","links":{"totalCount":0}},"statements":{"totalCount":2}}]}`,
		statement.FullView: `{"nodes":[{"history":{"nodes":[{"sequence":"1"},{"sequence":"2"},{"sequence":"3"},{"sequence":"4"},{"sequence":"5"},{"sequence":"6"},{"sequence":"7"}]},"snapshot":{"type":"PERSON","links":{"totalCount":2}},"statements":{"totalCount":6}},` +
			`{"history":{"nodes":[{"sequence":"1"},{"sequence":"2"},{"sequence":"7"}]},"snapshot":{"type":"DETENTION","links":{"totalCount":2}},"statements":{"totalCount":2}},` +
			`{"history":{"nodes":[{"sequence":"1"},{"sequence":"3"}]},"snapshot":{"type":"ORGANIZATION","links":{"totalCount":1}},"statements":{"totalCount":2}}]}`,
	} {
		if got := newAsker(t, s, view).data(t, query); got != want {
			t.Errorf("%v view:\n got %s\nwant %s", view, got, want)
		}
	}
}

func TestHistoriesAreBounded(t *testing.T) {
	statements := of("source", "Source")
	for i := range 60 {
		statements = append(statements, of(fmt.Sprint("p", i), "Person")...)
		statements = append(statements, of(fmt.Sprint("o", i), "Organization")...)
	}
	a := newAsker(t, told(t, statement.Commit{Add: statementsFrom(statements, "source")}), statement.PublicView)
	if got := a.data(t, `{people(first:60){nodes{history{nodes{sequence}}}}}`); strings.Count(got, `"sequence":"1"`) != 60 {
		t.Error(got)
	}
	answer := a.answer(t, `{people(first:60){nodes{history{nodes{sequence}}}} organizations(first:60){nodes{history{nodes{sequence}}}} sources{nodes{id}}}`, "")
	if len(answer.Errors) != 1 || answer.Errors[0].Field.Name != "organizations" || answer.Errors[0].Code != "QUERY_TOO_COMPLEX" || !strings.Contains(answer.Errors[0].Message, "100") {
		t.Errorf("%v", answer.Errors)
	}
	limits := plan.DefaultLimits
	limits.Rows = 80
	a.planner = plan.New(schema(t), limits)
	if code, message := a.refused(t, `{people(first:60){nodes{history{nodes{sequence}} again:history(first:1){nodes{sequence}}}}}`, ""); code != "QUERY_TOO_COMPLEX" || !strings.Contains(message, "80") {
		t.Errorf("%s %s", code, message)
	}
}

func statementsFrom(list []statement.Statement, source string) []statement.Statement {
	for i := range list {
		list[i].Source = source
	}
	return list
}
