package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// countedHeld is an invented graph of counts of people held, and of releases and arrests.
func countedHeld(t testing.TB) *asker {
	t.Helper()
	role := func(id, place, role string) statement.Statement {
		return statement.Statement{ID: id + "-r", Subject: id, Property: "COUNTS_FOR", Entity: place, Qualifiers: map[string][]string{"role": {role}}}
	}
	return newAsker(t, graph(t, slices.Concat(
		of("source", "Source"), of("e1", "Event"), of("e2", "Event"), of("jail", "Facility"), of("league", "Organization"),
		of("a1", "Tally", "metric", "IN_DETENTION", "count", "1000", "date", "2025-11-01", "COUNTED_BY", "league"), of("a2", "Tally", "metric", "IN_DETENTION", "count", "..1100~", "date", "2025-11-30"),
		of("a3", "Tally", "metric", "IN_DETENTION", "count", "5", "date", "[2025-10-31..2025-11-02]"), of("a4", "Tally", "metric", "IN_DETENTION", "count", "6"), of("a5", "Tally", "metric", "IN_DETENTION", "date", "2025-11-02"),
		of("r1", "Tally", "metric", "RELEASED", "count", "99", "date", "2025-12-25", "COUNTS_FOR", "e1"), of("r2", "Tally", "metric", "RELEASED", "count", "63..", "date", "2025-12-25", "COUNTS_FOR", "e1", "PART_OF", "r1"),
		of("r3", "Tally", "metric", "RELEASED", "count", "90", "date", "2025-12-26", "COUNTS_FOR", "e1"), of("r4", "Tally", "metric", "RELEASED", "count", "13", "date", "2025-12/2026-02", "COUNTS_FOR", "e2"),
		of("r5", "Tally", "metric", "RELEASED", "count", "400", "date", "2026-02"),
		of("b1", "Tally", "metric", "ARRESTED", "count", "10", "date", "2025-12-03"),
		of("c1", "Tally", "metric", "IN_DETENTION", "count", "950", "date", "2025-12-31", "COUNTED_BY", "league"),
		of("j1", "Tally", "metric", "IN_DETENTION", "count", "70", "date", "2025-11-03"), of("j2", "Tally", "metric", "RELEASED", "count", "20", "date", "2025-12-25"), of("j3", "Tally", "metric", "RELEASED", "count", "4", "date", "2025-12-25"),
		[]statement.Statement{role("j1", "jail", "HELD_IN"), role("j2", "jail", "RELEASED_FROM"), role("j3", "jail", "ARRESTED_IN")},
	)...), store.PublicView)
}

func TestStockAndFlow(t *testing.T) {
	a := countedHeld(t)
	const time = `before:"2025-11",after:"2025-12"`
	for _, c := range []struct{ name, arguments, fields, want string }{
		{"held", time, `heldBefore{range{min max}tallies{id}possible{id}}heldAfter{range{min max}tallies{count}}`,
			`"heldBefore":{"range":{"min":0,"max":1100},"tallies":[{"id":"a1"},{"id":"a2"}],"possible":[]},"heldAfter":{"range":{"min":950,"max":950},"tallies":[{"count":"950"}]}`},
		{"in between", time, `released{range{min max}tallies{id}possible{id}}arrested{range{min max}tallies{id}}`,
			`"released":{"range":{"min":90,"max":112},"tallies":[{"id":"r1"},{"id":"r3"}],"possible":[{"id":"r4"}]},"arrested":{"range":{"min":10,"max":10},"tallies":[{"id":"b1"}]}`},
		{"the gap", time, `expected{min max}gap{min max about}missing`, `"expected":{"min":-102,"max":1020},"gap":{"min":-70,"max":1052,"about":true},"missing":[]`},
		{"of one organization, beside all flows", time + `,where:{or:[{metric:{in:[RELEASED,ARRESTED]}},{countedBy:{some:{}}}]}`, `heldBefore{range{min max}}expected{min max}gap{min max about}`,
			`"heldBefore":{"range":{"min":1000,"max":1000}},"expected":{"min":898,"max":920},"gap":{"min":30,"max":52,"about":false}`},
		{"of a jail", time + `,of:"jail"`, `heldBefore{tallies{id}}released{range{min max}tallies{id}}missing gap{min max}`,
			`"heldBefore":{"tallies":[{"id":"j1"}]},"released":{"range":{"min":20,"max":20},"tallies":[{"id":"j2"}]},"missing":["ARRESTED","HELD_AFTER"],"gap":{"min":null,"max":null}`},
		{"of nothing", time + `,of:"nowhere"`, `missing`, `"missing":["HELD_BEFORE","RELEASED","ARRESTED","HELD_AFTER"]`},
		{"of what is no id", time + `,of:"%%"`, `missing`, `"missing":["HELD_BEFORE","RELEASED","ARRESTED","HELD_AFTER"]`},
	} {
		want := fmt.Sprintf(`{"stockAndFlow":{%s}}`, c.want)
		if got := a.data(t, fmt.Sprintf(`{stockAndFlow(%s){%s}}`, c.arguments, c.fields)); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, want)
		}
	}
}

func TestStockAndFlowRefuses(t *testing.T) {
	a := countedHeld(t)
	for arguments, want := range map[string]string{
		`before:"2025-12",after:"2025-11"`:                            "stockAndFlow, argument after: 2025-11 is earlier than before, 2025-12",
		`before:"soon",after:"2025-11"`:                               "stockAndFlow, argument before: date \"soon\"",
		`before:"2025-11",after:"2025-12",where:{criteria:{eq:null}}`: "stockAndFlow, argument where.criteria.eq:",
	} {
		if code, message := a.refused(t, fmt.Sprintf(`{stockAndFlow(%s){missing}}`, arguments), ""); code != "BAD_USER_INPUT" || !strings.HasPrefix(message, want) {
			t.Errorf("%s: %s: %s", arguments, code, message)
		}
	}
}

// More tallies than are compared are said to be; those at the bound are answered.
func TestStockAndFlowIsBounded(t *testing.T) {
	statements := of("source", "Source")
	for i := range 101 {
		statements = append(statements, of(fmt.Sprintf("t%d", i), "Tally", "metric", "RELEASED", "count", "2147483647", "date", "2025-12-01", "COUNTS_FOR", fmt.Sprintf("e%d", i))...)
		statements = append(statements, of(fmt.Sprintf("e%d", i), "Event")...)
	}
	a := newAsker(t, graph(t, statements...), store.PublicView)
	answer := a.answer(t, `{x:stockAndFlow(before:"2025-11",after:"2025-12"){missing} people{totalCount}}`, "")
	want := "x: there are 101 tallies, more than the 100 that are compared: narrow them with where, of, or a shorter time"
	if len(answer.Errors) != 1 || answer.Errors[0].Code != "QUERY_TOO_COMPLEX" || answer.Errors[0].Message != want || string(answer.Data) != `{"x":null,"people":{"totalCount":0}}` {
		t.Errorf("%s %v", answer.Data, answer.Errors)
	}
	if got, want := a.data(t, `{stockAndFlow(before:"2025-11",after:"2025-12",where:{id:{ne:"t0"}}){released{range{min max}}}}`), `{"stockAndFlow":{"released":{"range":{"min":null,"max":null}}}}`; got != want {
		t.Errorf("what an Int cannot hold: %s", got)
	}
}
