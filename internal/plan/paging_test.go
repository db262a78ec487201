package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// page is what a test looks at of a connection.
type page struct {
	TotalCount int
	PageInfo   struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
	Edges []struct {
		Cursor string
		Node   struct{ ID string }
		Link   *struct{ ID string }
	}
}

func (p page) ids() []string {
	ids := []string{}
	for _, e := range p.Edges {
		id := e.Node.ID
		if e.Link != nil {
			id += " " + e.Link.ID
		}
		ids = append(ids, id)
	}
	return ids
}

// listed is a connection of the schema, with some of its orders and filters.
type listed struct {
	head, tail string // around the field, without its arguments
	edge       string
	arguments  []string
	in         func(data json.RawMessage) (page, error)
}

func decode(data json.RawMessage, keys ...string) (p page, err error) {
	for _, key := range keys {
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(data, &fields); err != nil {
			return p, err
		}
		data = fields[key]
	}
	if len(data) == 0 || string(data) == "null" {
		return p, nil // no such entity
	}
	return p, json.Unmarshal(data, &p)
}

var listings = []listed{
	{head: "{list:people", edge: "cursor node{id}", arguments: []string{
		"", "orderBy:{field:NAME}", "orderBy:[{field:PROTECTED,direction:DESC}{field:BIRTH_DATE}]", "orderBy:{field:DETENTIONS_COUNT,direction:DESC}",
		"where:{protected:{eq:false}}", "where:{not:{name:{startsWith:\"a\"}}},orderBy:{field:GENDER}",
	}, in: func(d json.RawMessage) (page, error) { return decode(d, "list") }},
	{head: "{list:statements", edge: "cursor node{id}", arguments: []string{"", "orderBy:{field:AT,direction:DESC}", "where:{retracted:{eq:true}}"},
		in: func(d json.RawMessage) (page, error) { return decode(d, "list") }},
	{head: `{node(id:"o1"){...on Organization{list:links`, tail: "}}", edge: "cursor node{id}", arguments: []string{"", "relation:[MEMBER_OF,ARRESTED_BY]", "where:{link:{disputed:{eq:false}}}"},
		in: func(d json.RawMessage) (page, error) { return decode(d, "node", "list") }},
	{head: `{node(id:"o1"){...on Organization{list:members`, tail: "}}", edge: "cursor node{id}link{id}", arguments: []string{"", "orderBy:{field:NAME,direction:DESC}"},
		in: func(d json.RawMessage) (page, error) { return decode(d, "node", "list") }},
	{head: `{node(id:"p1"){...on Person{list:sources`, tail: "}}", edge: "cursor node{id}", arguments: []string{"", "orderBy:{field:PUBLISHED_AT}"},
		in: func(d json.RawMessage) (page, error) { return decode(d, "node", "list") }},
	{head: `{node(id:"p1"){...on Person{facts{list:statements`, tail: "}}}", edge: "cursor node{id}", arguments: []string{""}, in: firstFact},
}

func firstFact(d json.RawMessage) (p page, err error) {
	var data struct {
		Node *struct{ Facts []struct{ List page } }
	}
	if err := json.Unmarshal(d, &data); err != nil || data.Node == nil || len(data.Node.Facts) == 0 {
		return p, err
	}
	return data.Node.Facts[0].List, nil
}

func (l listed) query(arguments ...string) string {
	list := strings.Join(slices.DeleteFunc(arguments, func(a string) bool { return a == "" }), ",")
	if list != "" {
		list = "(" + list + ")"
	}
	return l.head + list + "{totalCount pageInfo{hasNextPage hasPreviousPage startCursor endCursor} edges{" + l.edge + "}}" + l.tail + "}"
}

// TestWalks pages through every kind of connection in both directions: together the
// pages are what one page holds, and what they say of their surroundings is true.
func TestWalks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := storetest.NewNaive()
		for _, commit := range storetest.Commits(rt) {
			_, _ = s.Write(t.Context(), commit) // some are made to be refused
		}
		a := newAsker(t, s, rapid.SampledFrom(statement.Views[:]).Draw(rt, "view"))
		l := rapid.SampledFrom(listings).Draw(rt, "listing")
		arguments := rapid.SampledFrom(l.arguments).Draw(rt, "arguments")
		size := rapid.IntRange(1, 4).Draw(rt, "size")
		ask := func(more ...string) page {
			query := l.query(append([]string{arguments}, more...)...)
			p, err := l.in(json.RawMessage(a.data(rt, query)))
			if err != nil {
				rt.Fatalf("%v\n%s", err, query)
			}
			return p
		}
		all := ask("first:100")
		if all.TotalCount != len(all.Edges) && all.TotalCount <= 100 || all.PageInfo.HasPreviousPage {
			rt.Fatalf("%d of %d rows, %+v", len(all.Edges), all.TotalCount, all.PageInfo)
		}
		want := all.ids()
		walk(rt, ask, size, want)
		if len(want) > 2 { // between two rows
			p := ask(fmt.Sprintf("first:%d", size), fmt.Sprintf("after:%q", all.Edges[0].Cursor), fmt.Sprintf("before:%q", all.Edges[len(want)-1].Cursor))
			if diff := cmp.Diff(want[1:min(1+size, len(want)-1)], p.ids()); diff != "" || !p.PageInfo.HasPreviousPage || !p.PageInfo.HasNextPage {
				rt.Fatalf("between: %s %+v", diff, p.PageInfo)
			}
		}
	})
}

func walk(t *rapid.T, ask func(more ...string) page, size int, want []string) {
	forward, backward := []string{}, []string{}
	for p := ask(fmt.Sprintf("first:%d", size)); ; p = ask(fmt.Sprintf("first:%d", size), fmt.Sprintf("after:%q", *p.PageInfo.EndCursor)) {
		forward = append(forward, p.ids()...)
		if p.PageInfo.HasNextPage != (len(forward) < len(want)) || p.PageInfo.HasPreviousPage != (len(forward) > len(p.Edges)) {
			t.Fatalf("%d of %d rows, %+v", len(forward), len(want), p.PageInfo)
		}
		if !p.PageInfo.HasNextPage || len(want) > 90 {
			break
		}
	}
	for p := ask(fmt.Sprintf("last:%d", size)); len(want) <= 90; p = ask(fmt.Sprintf("last:%d", size), fmt.Sprintf("before:%q", *p.PageInfo.StartCursor)) {
		backward = append(p.ids(), backward...)
		if p.PageInfo.HasPreviousPage != (len(backward) < len(want)) || p.PageInfo.HasNextPage != (len(backward) > len(p.Edges)) {
			t.Fatalf("backward %d of %d rows, %+v", len(backward), len(want), p.PageInfo)
		}
		if !p.PageInfo.HasPreviousPage {
			break
		}
	}
	if len(want) > 90 {
		return
	}
	if diff := cmp.Diff(want, forward); diff != "" {
		t.Fatalf("forward: %s", diff)
	}
	if diff := cmp.Diff(want, backward); diff != "" {
		t.Fatalf("backward: %s", diff)
	}
}

// A cursor is good for its field, filter, order and view, and for no other.
func TestCursorsOfOthers(t *testing.T) {
	s := small(t)
	a := newAsker(t, s, statement.PublicView)
	p, err := decode(json.RawMessage(a.data(t, `{list:people(first:1){edges{cursor node{id}}}}`)), "list")
	if err != nil || len(p.Edges) == 0 {
		t.Fatal(err, p)
	}
	cursor := p.Edges[0].Cursor
	if got := a.data(t, fmt.Sprintf(`{people(last:5,where:null,orderBy:[],after:%q){nodes{id}}}`, cursor)); strings.Contains(got, "null") {
		t.Error(got) // another page, in other words for the same question
	}
	full := newAsker(t, s, statement.FullView)
	for _, c := range []struct {
		a     *asker
		query string
	}{
		{a, `{organizations(after:%q){totalCount}}`}, {a, `{people(where:{protected:{eq:true}},after:%q){totalCount}}`},
		{a, `{people(orderBy:{field:NAME},after:%q){totalCount}}`}, {a, `{organizations{nodes{members(before:%q){totalCount}}}}`},
		{full, `{people(after:%q){totalCount}}`},
	} {
		code, message := c.a.refused(t, fmt.Sprintf(c.query, cursor), "")
		if code != "BAD_USER_INPUT" || !strings.Contains(message, "of another field, filter, order or view") {
			t.Errorf("%s: %s %s", c.query, code, message)
		}
	}
}
