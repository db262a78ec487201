package plan_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// chain gives a query and n fragments, each of which spreads the next one so many
// times below other fields.
func chain(n, times int, below string) string {
	var b strings.Builder
	b.WriteString("{people{nodes{...f0}}}")
	for i := range n {
		fmt.Fprintf(&b, "\nfragment f%d on Person{", i)
		for j := range times {
			inner := "id"
			if i+1 < n {
				inner = fmt.Sprintf("...f%d", i+1)
			}
			fmt.Fprintf(&b, "a%d:%s ", j, fmt.Sprintf(below, inner))
		}
		b.WriteString("}")
	}
	return b.String()
}

// Small texts that unfold into something huge are refused before anything is read,
// and before the tests' time is over: unfolded, they would take hours.
func TestBombs(t *testing.T) {
	for _, c := range []struct{ name, query, message string }{
		{"40 fragments that double", chain(40, 2, "relatives{nodes{%s}}"), "the operation has more than"},
		{"4 fragments of 20", chain(4, 20, "relatives(first:1){nodes{%s}}"), "more than 200 selections"},
		{"with other arguments each", "{" + strings.Repeat("people{nodes{id}} ", 1) + siblings(201, "people(first:1){nodes{id}}") + "}", "more than 200 selections"},
		{"nodes that double", "{people{" + nodes(11) + "}}", ""},
		{"fields", "{people{nodes{...f}}} fragment f on Person{" + siblings(8, "relatives{"+siblings(8, "nodes{"+siblings(90, "id")+"}")+"}") + "}", "more than 5000 fields and fragments"},
		{"fields of a fragment seen before", "{people{" + siblings(40, "nodes{...f}") + "}} fragment f on Person{relatives{nodes{" + siblings(130, "id") + "}}}", "more than 5000 fields and fragments"},
		{"depth", "{people" + strings.Repeat("{nodes{relatives", 7) + "{nodes{name}}" + strings.Repeat("}}", 7) + "}", "the operation has more than 15 levels of fields"},
		{"depth of a fragment seen before", `{people{nodes{relatives{nodes{relatives{nodes{relatives{nodes{relatives{nodes{relatives{nodes{...f}edges{node{...f}}}}}}}}}}}}}} fragment f on Person{relatives{nodes{id}}}`, "the operation has more than 15 levels of fields"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &counting{Reader: storetest.NewNaive()}
			a := newAsker(t, r, statement.PublicView)
			req := a.request(t, c.query, "")
			answer := a.planner.Query(t.Context(), r, req)
			if c.message == "" {
				if len(answer.Errors) > 0 {
					t.Error(answer.Errors[0])
				}
				return
			}
			if answer.Data != nil || len(answer.Errors) != 1 || answer.Errors[0].Code != "QUERY_TOO_COMPLEX" || answer.Errors[0].Field == nil || !strings.Contains(answer.Errors[0].Message, c.message) {
				t.Errorf("%s %v", answer.Data, answer.Errors)
			}
			if r.reads > 0 {
				t.Error("was read all the same")
			}
		})
	}
}

func siblings(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a%d:%s ", i, field)
	}
	return b.String()
}

// nodes nests a fragment in nodes and edges alike: both share their rows.
func nodes(levels int) string {
	below := "id"
	for i := 0; i < levels-8; i++ {
		below = "relatives{nodes{" + below + "} edges{node{" + below + "}}}"
	}
	return "nodes{" + below + "} edges{node{" + below + "}}"
}

func TestSelectionsAreCounted(t *testing.T) {
	a := newAsker(t, storetest.NewNaive(), statement.PublicView)
	a.data(t, "{"+siblings(200, "people(first:1){nodes{id}}")+"}")
	// One fragment in 50 places is 50 times its selections, though it is compiled once.
	query := "{people{" + siblings(50, "nodes{...f}") + "}} fragment f on Person{relatives{totalCount} detentions{totalCount} sources{totalCount} statements{totalCount}}"
	if code, message := a.refused(t, query, ""); code != "QUERY_TOO_COMPLEX" || !strings.Contains(message, "200 selections") {
		t.Error(code, message)
	}
	// In one place, for objects of many types, it is counted once.
	query = `{nodes(ids:["x"]){id` + strings.Repeat(" ...f", 1) + ` ...on Person{gender} ...on Source{title} ...on Tally{criteria} ...on Event{start}}} fragment f on Entity{` +
		siblings(150, "linkedTo{totalCount}") + "}"
	a.data(t, query)
}

func TestFilterBounds(t *testing.T) {
	a := newAsker(t, storetest.NewNaive(), statement.PublicView)
	deep := strings.Repeat(`{"not":`, 70) + "{}" + strings.Repeat("}", 70)
	code, message := a.refused(t, `query($w:PersonFilter){people(where:$w){totalCount}}`, `{"w":`+deep+`}`)
	if code != "QUERY_TOO_COMPLEX" || !strings.Contains(message, "nested more than 64 levels deep") {
		t.Error(code, message)
	}
	half := `{"or":[` + strings.Repeat(`{"id":{"eq":"a"}},`, 249) + `{"id":{"eq":"a"}}]}`
	code, message = a.refused(t, `query($w:PersonFilter){people(where:$w){totalCount}}`, `{"w":{"and":[`+strings.Repeat(half+",", 4)+half+`]}}`)
	if code != "QUERY_TOO_COMPLEX" || !strings.Contains(message, "more than 1000 conditions") {
		t.Error(code, message)
	}
	deep = `{"or":[` + strings.Repeat(`{"memberOf":{"some":{"node":{"members":{"some":{"node":{"memberOf":{"some":{}}}}}}}}},`, 33) + `{"memberOf":{"some":{}}}%s]}`
	if answer := a.answer(t, `query($w:PersonFilter){people(where:$w){totalCount}}`, fmt.Sprintf(`{"w":`+deep+`}`, "")); len(answer.Errors) > 0 {
		t.Error(answer.Errors[0])
	}
	code, message = a.refused(t, `query($w:PersonFilter){people(where:$w){totalCount}}`, fmt.Sprintf(`{"w":`+deep+`}`, `,{"memberOf":{"none":{}}}`))
	if code != "QUERY_TOO_COMPLEX" || !strings.Contains(message, "more than 100 relations in its filters") {
		t.Error(code, message)
	}
}

// failing fails each read.
type failing struct {
	plan.Reader
	err error
}

func (f failing) Read(context.Context, store.View, int, []store.Selection) ([]store.Page, error) {
	return nil, f.err
}

func TestFailedReads(t *testing.T) {
	query := `{viewer{name} people(first:10){nodes{detentions(first:50){nodes{charges{totalCount}}}}} bad:people(first:-1){totalCount} __typename}`
	for _, c := range []struct {
		err           error
		code, message string
	}{
		{store.ErrUnavailable, "UNAVAILABLE", "the data cannot be reached"},
		{fmt.Errorf("read: %w", store.ErrTooExpensive), "QUERY_TOO_COMPLEX", "more than 10000 rows, the most that one operation may read: ask for fewer with first, or narrow with where, at people.nodes.detentions, which alone may give 500"},
		{context.DeadlineExceeded, "TIMEOUT", "the answer took too long: ask for fewer with first, leave out totals, or narrow with where, at people.nodes.detentions, which may give the most"},
		{store.ErrInvalid, "INTERNAL", "an internal error"},
		{errors.New("secret of a driver"), "INTERNAL", "an internal error"},
		{nil, "INTERNAL", "an internal error"},
	} {
		a := newAsker(t, failing{err: c.err}, statement.PublicView)
		a.plain = map[string]func(context.Context) any{"viewer": func(context.Context) any { return map[string]any{"name": "x"} }}
		answer := a.answer(t, query, "")
		if got, want := string(answer.Data), `{"viewer":{"name":"x"},"people":null,"bad":null,"__typename":"Query"}`; got != want {
			t.Errorf("%v: got %s, want %s", c.err, got, want)
		}
		if len(answer.Errors) != 2 || answer.Errors[0].Field.Name != "people" {
			t.Fatalf("%v: %v", c.err, answer.Errors)
		}
		if e := answer.Errors[0]; e.Code != c.code || !strings.Contains(e.Message, c.message) || c.err != nil && !errors.Is(e, c.err) {
			t.Errorf("%v: %s %s (%v)", c.err, e.Code, e.Message, e.Err)
		}
	}
}

// late answers nothing in time.
type late struct{ store.Store }

func (late) Read(context.Context, store.View, int, []store.Selection) ([]store.Page, error) {
	return nil, context.DeadlineExceeded
}

func (late) Log(context.Context, store.View, string, uint64, int) ([]statement.Entry, error) {
	return nil, context.DeadlineExceeded
}

// What may have taken the time is named, and what makes it less.
func TestTimeoutsTellWhatToNarrow(t *testing.T) {
	const page = "ask for fewer with first, leave out totals, or narrow with where, at people, which may give the most"
	for query, want := range map[string][]string{
		`{people(first:3){nodes{id}}}`: {page},
		`{c:communities{nodeCount} people(first:3){nodes{id}}}`: {
			"ask for less in one operation, or narrow c with relations or types", "ask for it without c, which comes before; or " + page,
		},
	} {
		a := newAsker(t, late{}, statement.PublicView)
		a.network = network.New(late{}, network.DefaultLimits)
		var got []string
		for _, e := range a.answer(t, query, "").Errors {
			got = append(got, strings.TrimPrefix(e.Message, "the answer took too long: "))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func TestRowsAreBounded(t *testing.T) {
	limits := plan.DefaultLimits
	limits.Rows = 4
	a := newAsker(t, small(t), statement.PublicView)
	a.planner = plan.New(schema(t), limits)
	code, message := a.refused(t, `{people{nodes{id links{nodes{id}}}}}`, "")
	if code != "QUERY_TOO_COMPLEX" || !strings.Contains(message, "more than 4 rows") || !strings.Contains(message, "people.nodes.links, which alone may give 625") {
		t.Error(code, message)
	}
}

// without forgets all rows with an id, as if they went between two reads.
type without struct {
	plan.Reader
	id string
}

func (w without) Read(ctx context.Context, view store.View, budget int, s []store.Selection) ([]store.Page, error) {
	pages, err := w.Reader.Read(ctx, view, budget, s)
	w.forget(pages)
	return pages, err
}

func (w without) forget(pages []store.Page) {
	for i := range pages {
		var kept []store.Result
		for _, r := range pages[i].Rows {
			if r.Row.ID != w.id {
				w.forget(r.Nested)
				w.forget(r.LinkNested)
				kept = append(kept, r)
			}
		}
		pages[i].Rows = kept
	}
}

// What was gone by the time it was read is null; where the schema promises it, what
// needs it is left out.
func TestGoneChildren(t *testing.T) {
	s := small(t)
	for _, c := range []struct{ gone, query, want string }{
		{"union", `{people(first:1){nodes{id memberOf{totalCount nodes{id} edges{node{id}}}}}}`, `{"people":{"nodes":[{"id":"ana","memberOf":{"totalCount":1,"nodes":[],"edges":[]}}]}}`},
		{"union", `{people(first:2){nodes{links{totalCount nodes{relation to{id}} edges{node{to{id}}}}}}}`,
			`{"people":{"nodes":[{"links":{"totalCount":3,"nodes":[{"relation":"RELATIVE_OF","to":{"id":"ben"}},{"relation":"HAS_DETENTION","to":{"id":"d1"}}],"edges":[{"node":{"to":{"id":"ben"}}},{"node":{"to":{"id":"d1"}}}]}},` +
				`{"links":{"totalCount":2,"nodes":[{"relation":"RELATIVE_OF","to":{"id":"ben"}}],"edges":[{"node":{"to":{"id":"ben"}}}]}}]}}`},
		{"ana", `{nodes(ids:["ben-a","ana-a"]){id ...on Statement{subject{id}}} statements(first:2){totalCount nodes{id subject{id}}}}`,
			`{"nodes":[{"id":"ben-a","subject":{"id":"ben"}},null],"statements":{"totalCount":29,"nodes":[]}}`},
		{"jail", `{statements(where:{property:{eq:"HELD_AT"}}){nodes{entity{id} link{relation to{id __typename}}}}}`, `{"statements":{"nodes":[{"entity":null,"link":null}]}}`},
		{"source", `{people(first:1){nodes{facts(properties:NAME){text corroborated statements{nodes{source{id}}}}}}}`,
			`{"people":{"nodes":[{"facts":[{"text":"Ana Ficticia","corroborated":false,"statements":{"nodes":[{"source":null}]}}]}]}}`},
		{"ana", `{detentions{nodes{id person{id}}}}`, `{"detentions":{"nodes":[{"id":"d1","person":null},{"id":"d2","person":{"id":"kid"}}]}}`},
	} {
		a := newAsker(t, without{s, c.gone}, statement.PublicView)
		if got := a.data(t, c.query); got != c.want {
			t.Errorf("without %s: %s\n got %s\nwant %s", c.gone, c.query, got, c.want)
		}
	}
}

// Nested questions as people ask them stay within the bounds.
func TestHonestQuestions(t *testing.T) {
	a := newAsker(t, small(t), statement.PublicView)
	for _, query := range []string{
		`{organizations(where:{name:{eq:"Union of Invented Workers"}}){nodes{kind members{edges{link{role attribution statements{nodes{source{title}}}}node{
			name detentions{nodes{status statusAsOf start arrestedBy{nodes{name kind unspecified}} sources{nodes{title publishers{nodes{name}}}}}}}}}}}}`,
		`{tallies(where:{metric:{eq:IN_DETENTION}},orderBy:[{field:VALUE,direction:DESC}]){totalCount nodes{count value min max approximate words date countedBy{nodes{name}}}}}`,
		`{people(where:{name:{eq:"Ana Ficticia"}}){nodes{occupation reportedBy{name} detentions{nodes{ground facts(properties:[GROUND]){text attribution} status
			sentences{nodes{lengthMonths}} proceedings{totalCount} releases{edges{link{attribution measure}node{name start}}}}}}}}`,
		`{all:people(first:100){totalCount nodes{name protected sources{totalCount} detentions{nodes{status charges{nodes{name}} sentences{nodes{lengthMonths}}}}}}}`,
	} {
		r := &counting{Reader: a.reader}
		a := &asker{planner: a.planner, reader: r}
		a.data(t, query)
		if r.reads != 1 {
			t.Errorf("%d reads, not one", r.reads)
		}
	}
}

// A large variable costs its size at each use, so all uses are counted together.
func TestArgumentsAreBounded(t *testing.T) {
	a := newAsker(t, storetest.NewNaive(), statement.PublicView)
	lists := strings.Repeat(`{"and":[`+strings.Repeat("{},", 99)+"{}]},", 99) + "{}"
	objects := strings.Repeat(`{"not":`, 60) + "{}" + strings.Repeat("}", 60)
	for name, variable := range map[string]string{
		"lists":   `{"w":{"and":[` + lists + `]}}`,
		"objects": `{"w":{"and":[` + strings.Repeat(objects+",", 99) + objects + `]}}`,
	} {
		uses := siblings(150, "people(where:$w){totalCount}")
		answer := a.answer(t, "query($w:PersonFilter){"+uses+"}", variable)
		if len(answer.Errors) < 140 || answer.Errors[0].Code != "QUERY_TOO_COMPLEX" || !strings.Contains(answer.Errors[0].Message, "more than 20000 values in its arguments") {
			t.Errorf("%s: %d errors, %v", name, len(answer.Errors), answer.Errors)
		}
	}
}
