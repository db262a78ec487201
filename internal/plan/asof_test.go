package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// said changes a statement of a list: its qualifiers and how it is put.
func said(list []statement.Statement, property, attribution string, qualifiers ...string) []statement.Statement {
	i := slices.IndexFunc(list, func(s statement.Statement) bool { return s.Property == property })
	list[i].Attribution = attribution
	for j := 0; j < len(qualifiers); j += 2 {
		if list[i].Qualifiers == nil {
			list[i].Qualifiers = map[string][]string{}
		}
		list[i].Qualifiers[qualifiers[j]] = []string{qualifiers[j+1]}
	}
	return list
}

// held is a prison, a wave of releases on 25 December, and people who were held: one
// until it, one who is only reported to have been released, one who still is, one who
// was until an end that is known to the month, one who was moved, and one of whom
// nobody says when.
func held(t *testing.T) store.Store {
	t.Helper()
	return graph(t, slices.Concat(
		of("source", "Source", "title", "A report"),
		of("jail", "Facility", "name", "North Jail"), of("other", "Facility", "name", "South Jail"),
		of("wave", "Event", "start", "2025-12-25"), of("protest", "Event", "start", "2025-10-01", "end", "2025-10-04"), of("party", "Organization"),
		of("ana", "Person", "name", "Ana Ficticia", "birthDate", "1980", "deathDate", "2020", "HAS_DETENTION", "d1-freed"),
		said(of("bea", "Person", "MEMBER_OF", "party"), "MEMBER_OF", "", "start", "2024-05", "end", "2025-06-30"),
		of("d1-freed", "Detention", "start", "2025-10-02", "RELEASED_IN", "wave", "HELD_AT", "jail"),
		said(of("d2-reported", "Detention", "start", "2025-10-02", "RELEASED_IN", "wave", "HELD_AT", "jail"), "RELEASED_IN", "REPORTED"),
		of("d3-held", "Detention", "start", "2025-12-25", "HELD_AT", "jail"),
		of("d4-ended", "Detention", "start", "2025-10", "end", "2025-12", "HELD_AT", "jail"),
		said(of("d5-moved", "Detention", "start", "2025-11-03", "HELD_AT", "jail"), "HELD_AT", "", "start", "2025-11-03", "end", "2025-11-20"),
		of("d6-undated", "Detention", "HELD_AT", "jail", "outcome", "RELEASED"),
	)...)
}

func TestAsOf(t *testing.T) {
	a := newAsker(t, held(t), statement.PublicView)
	for _, c := range []struct{ query, want string }{
		{`{detentions(asOf:"2025-09-30"){nodes{id status}}}`, `d6-undated UNKNOWN`},
		{`{detentions(asOf:"2025-10-02"){nodes{id status}}}`, `d1-freed DETAINED, d2-reported DETAINED, d4-ended UNKNOWN, d6-undated UNKNOWN`},
		{`{detentions(asOf:"2025-12-24"){nodes{id status}}}`, `d1-freed DETAINED, d2-reported DETAINED, d4-ended UNKNOWN, d5-moved DETAINED, d6-undated UNKNOWN`},
		{`{detentions(asOf:"2025-12-25"){nodes{id status}}}`, `d1-freed RELEASED, d2-reported RELEASE_REPORTED, d3-held DETAINED, d4-ended UNKNOWN, d5-moved DETAINED, d6-undated UNKNOWN`},
		{`{detentions(asOf:"2025-12-26"){nodes{id status}}}`, `d2-reported RELEASE_REPORTED, d3-held DETAINED, d4-ended UNKNOWN, d5-moved DETAINED, d6-undated UNKNOWN`},
		{`{detentions(asOf:"2026-01-01"){nodes{id status}}}`, `d2-reported RELEASE_REPORTED, d3-held DETAINED, d5-moved DETAINED, d6-undated UNKNOWN`},
		{`{detentions{nodes{id status}}}`, `d1-freed RELEASED, d2-reported RELEASE_REPORTED, d3-held DETAINED, d4-ended ENDED, d5-moved DETAINED, d6-undated RELEASED`},
		{`{facilities(first:1){nodes{detentions(asOf:"2025-12-26"){nodes{id}}}}}`, `d2-reported, d3-held, d4-ended, d6-undated`},
		{`{facilities(first:1){nodes{detentions(asOf:"2025-11-10"){nodes{id}}}}}`, `d1-freed, d2-reported, d4-ended, d5-moved, d6-undated`},
		{`{facilities(first:1){nodes{links(asOf:"2025-11-10"){nodes{from{id}}}}}}`, `d1-freed, d2-reported, d4-ended, d5-moved, d6-undated`},
		{`{events(asOf:"2025-09-30"){nodes{id}}}`, ``},
		{`{events(asOf:"2025-10-03"){nodes{id}}}`, `protest`},
		{`{events(asOf:"2026-10-03"){nodes{id}}}`, `wave`}, // nobody says that it ended
		{`{people(asOf:"1970-01-01"){nodes{id}}}`, `ana, bea`},
		{`{organizations(where:{id:{eq:"party"}}){nodes{members(asOf:"2024-05-10"){nodes{id}}}}}`, `bea`},
		{`{organizations(where:{id:{eq:"party"}}){nodes{members(asOf:"2025-06-30"){nodes{id}}}}}`, `bea`},
		{`{organizations(where:{id:{eq:"party"}}){nodes{members(asOf:"2025-07-01"){nodes{id}}}}}`, ``},
		// It is the nodes' status, and nothing below is asked about that day.
		{`{facilities(first:1,asOf:"2025-12-24"){nodes{detentions(first:1){nodes{id status}}}}}`, `d1-freed RELEASED`},
		{`{facilities(first:1){nodes{detentions(first:1,asOf:"2025-12-24"){edges{node{id status releases{nodes{released(first:1){nodes{id status}}}}} link{from{id ...on Detention{status}}}}}}}}`,
			`d1-freed DETAINED, d1-freed RELEASED, d1-freed RELEASED`},
		{`{people(first:1){nodes{a:detentions(asOf:"2025-12-24"){nodes{id status}} b:detentions(asOf:"2025-12-25"){nodes{id now:status}} c:detentions{nodes{id}}}}}`,
			`d1-freed DETAINED, d1-freed RELEASED, d1-freed`},
		{`query{statements(first:1,asOf:"2025-12-24"){nodes{id}}}`, `ana-a`},
	} {
		text := a.data(t, c.query)
		var got []string
		for _, part := range strings.Split(text, `"id":"`)[1:] {
			id, rest, _ := strings.Cut(part, `"`)
			if status, ok := strings.CutPrefix(strings.Replace(rest, `"now"`, `"status"`, 1), `,"status":"`); ok {
				status, _, _ = strings.Cut(status, `"`)
				id += " " + status
			}
			got = append(got, id)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s\n%s\n%s", c.query, text, diff)
		}
	}
}

func TestAsOfIsRefused(t *testing.T) {
	a := newAsker(t, held(t), statement.PublicView)
	for _, c := range []struct{ arguments, message string }{
		{`detentions(asOf:"2025-12")`, "argument asOf: 2025-12 is not one exact day"},
		{`detentions(asOf:"2025-12-24~")`, "not one exact day"},
		{`people(asOf:"2025-12-24/2025-12-25")`, "not one exact day"},
		{`statements(asOf:"[2025-12-24..2025-12-24]")`, "not one exact day"},
		{`events(asOf:"yesterday")`, "argument asOf: "},
		{`detentions(asOf:"2025-12-24",where:{status:{eq:DETAINED}})`, "argument where.status: status is today's"},
		{`detentions(asOf:"2025-12-24",where:{or:[{not:{status:{eq:DETAINED}}}]})`, "argument where.or[0].not.status: status is today's"},
		{`people(asOf:"2025-12-24",where:{detentions:{none:{node:{status:{isNull:false}}}}})`, "argument where.detentions.none.node.status: status is today's"},
		{`detentions(asOf:"2025-12-24",orderBy:[{field:START},{field:STATUS}])`, "argument orderBy[1].field: status is today's"},
	} {
		code, message := a.refused(t, "{"+c.arguments+"{totalCount}}", "")
		if code != "BAD_USER_INPUT" || !strings.Contains(message, c.message) {
			t.Errorf("%s: %s %s", c.arguments, code, message)
		}
	}
	a.data(t, `{detentions(asOf:"2025-12-24",where:{statusAsOf:{isNull:true}},orderBy:{field:STATUS_AS_OF}){totalCount}}`)
	a.data(t, `query($day:EDTF){detentions(asOf:$day,where:{status:{eq:DETAINED}}){totalCount} a:detentions(asOf:null,orderBy:{field:STATUS}){totalCount}}`)
}

// A cursor is of one day.
func TestCursorsOfADay(t *testing.T) {
	a := newAsker(t, held(t), statement.PublicView)
	p, err := decode([]byte(a.data(t, `{detentions(asOf:"2025-12-24",first:1){edges{cursor}}}`)), "detentions")
	if err != nil {
		t.Fatal(err)
	}
	cursor := `after:"` + p.Edges[0].Cursor + `"`
	if got := a.data(t, `{detentions(asOf:"2025-12-24",first:1,`+cursor+`){nodes{id}}}`); got != `{"detentions":{"nodes":[{"id":"d2-reported"}]}}` {
		t.Error(got)
	}
	for _, arguments := range []string{cursor, `asOf:"2025-12-25",` + cursor} {
		if code, message := a.refused(t, `{detentions(`+arguments+`){nodes{id}}}`, ""); code != "BAD_USER_INPUT" || !strings.Contains(message, "this cursor is of another") {
			t.Error(code, message)
		}
	}
}

// The port knows no day: it is asked with filters that it has.
func TestAsOfIsAFilter(t *testing.T) {
	day, err := edtf.Parse("2025-12-24")
	if err != nil {
		t.Fatal(err)
	}
	not := func(p *vocab.Property, op store.Op) store.Filter {
		return store.Not{Filter: store.Compare{Property: p, Op: op, Date: day}}
	}
	detention, facility := vocab.TypeOf(vocab.Detention), vocab.TypeOf(vocab.Facility)
	name := store.Compare{Property: detention.Property("name"), Op: store.IsNull, Values: []any{true}}
	want := []store.Selection{{Types: []string{vocab.Facility}, Page: store.PageOf{First: 25}, Nested: []store.Nested{{
		Step: store.StepOf(facility.Field("detentions")),
		Selection: store.Selection{Total: true, Where: store.All{
			not(detention.Property("start"), store.After), not(detention.Property("end"), store.Before), not(detention.Property(vocab.HeldUntil), store.Before), name,
		}},
		LinkWhere: store.All{not(vocab.LinkProperties[2], store.After), not(vocab.LinkProperties[3], store.Before)},
	}}}}
	if diff := cmp.Diff(want, compiled(t, `{facilities(asOf:"2025-12-24"){nodes{detentions(asOf:"2025-12-24",where:{node:{name:{isNull:true}}}){totalCount}}}}`), same); diff != "" {
		t.Error(diff)
	}
}
