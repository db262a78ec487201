package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/rules"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/graph"
	"github.com/vinculo/vinculo/internal/embedstore"
	"github.com/vinculo/vinculo/internal/neo4jstore"
	"github.com/vinculo/vinculo/internal/neo4jtest"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// paged is a connection: its field with %s for the arguments, and orders and filters
// to ask it with.
type paged struct {
	query     string
	arguments []string
}

const pageOf = "{pageInfo{hasNextPage hasPreviousPage startCursor endCursor} edges{cursor node{id}%s}}"

var (
	ofNodes = fmt.Sprintf(pageOf, "")
	ofLinks = fmt.Sprintf(pageOf, " link{id}")
)

var pagedConnections = []paged{
	{"{list:people(%s)" + ofNodes + "}", []string{
		"", "orderBy:{field:NAME},", "orderBy:{field:NAME,direction:DESC},", "orderBy:[{field:PROTECTED,direction:DESC}{field:BIRTH_DATE}],",
		"orderBy:{field:DETENTIONS_COUNT,direction:DESC},", "where:{not:{name:{startsWith:\"a\"}}},orderBy:{field:GENDER},", "where:{memberOf:{some:{}}},",
	}},
	{"{list:organizations(%s)" + ofNodes + "}", []string{"", "orderBy:{field:KIND,direction:DESC},", "orderBy:[{field:NAME}{field:KIND}],", "where:{kind:{ne:NGO}},orderBy:{field:KIND},"}},
	{"{list:detentions(%s)" + ofNodes + "}", []string{"", "orderBy:{field:START,direction:DESC},", "orderBy:{field:STATUS},", "where:{person:{node:{}}},orderBy:{field:END},"}},
	{"{list:statements(%s)" + ofNodes + "}", []string{`where:{subject:{in:["p1","o1"]}},`, `where:{source:{eq:"s1"}},orderBy:{field:AT,direction:DESC},`}},
	{`{node(id:"o1"){...on Organization{list:members(%s)` + ofLinks + "}}}", []string{"", "orderBy:{field:NAME,direction:DESC},", "where:{link:{disputed:{eq:false}}},orderBy:{field:BIRTH_DATE},"}},
	{`{node(id:"p1"){...on Person{list:links(%s)` + ofNodes + "}}}", []string{"", "where:{link:{disputed:{eq:false}}},"}},
	{`{node(id:"f1"){...on Facility{list:detentions(%s)` + ofLinks + "}}}", []string{"", "orderBy:{field:START},"}},
}

// pageRead is what is looked at of a page.
type pageRead struct {
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
	Edges []struct {
		Cursor string
		Node   struct{ ID string }
		Link   *struct{ ID string }
	}
}

// rows gives the page's rows with their places: a row that has another place has
// another cursor.
func (p pageRead) rows() []string {
	var rows []string
	for _, e := range p.Edges {
		row := e.Node.ID + " " + e.Cursor
		if e.Link != nil {
			row = e.Link.ID + " " + row
		}
		rows = append(rows, row)
	}
	return rows
}

// pager pages through a connection.
type pager struct {
	*rapid.T
	store   store.Store
	planner *plan.Planner
	schema  *ast.Schema
	view    store.View
	paged
	arguments string
}

func (p *pager) page(position string) (page pageRead) {
	p.Helper()
	query := fmt.Sprintf(p.query, p.arguments+position)
	doc, errs := gqlparser.LoadQueryWithRules(p.schema, query, rules.NewDefaultRules())
	if len(errs) > 0 {
		p.Fatalf("%v\n%s", errs, query)
	}
	answer := p.planner.Query(p.Context(), p.store, plan.Request{View: p.view, Operation: doc.Operations[0]})
	if len(answer.Errors) > 0 {
		p.Fatalf("%+v\n%s", answer.Errors[0], query)
	}
	var data struct {
		List pageRead
		Node *struct{ List pageRead }
	}
	if err := json.Unmarshal(answer.Data, &data); err != nil {
		p.Fatalf("%v\n%s", err, answer.Data)
	}
	if data.Node != nil {
		return data.Node.List
	}
	return data.List
}

// all gives all rows of the present state.
func (p *pager) all() []string {
	page := p.page("first:100")
	rows := page.rows()
	for page.PageInfo.HasNextPage {
		page = p.page(fmt.Sprintf("first:100,after:%q", *page.PageInfo.EndCursor))
		rows = append(rows, page.rows()...)
	}
	return rows
}

// TestPagingWhileDataChanges pages through connections in both directions, and writes
// between the pages: a row that is there all along, at one place in the order, comes
// exactly once, whatever comes, goes and moves around it.
func TestPagingWhileDataChanges(t *testing.T) {
	t.Run("naive", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) { pageWhileWriting(rt, storetest.NewNaive()) })
	})
	t.Run("embedded", func(t *testing.T) {
		rapid.Check(t, func(rt *rapid.T) {
			s, err := embedstore.Open(t.TempDir(), embedstore.Options{})
			if err != nil {
				rt.Fatal(err)
			}
			defer func() { _ = s.Close(t.Context()) }() // of a store that is thrown away
			pageWhileWriting(rt, s)
		})
	})
	t.Run("neo4j", func(t *testing.T) {
		for n := range 2 { // each plans many texts anew
			t.Run(strconv.Itoa(n), func(t *testing.T) {
				once(t)
				target := neo4jtest.Clean(t)
				s, err := neo4jstore.Open(t.Context(), neo4jstore.Config{URI: target.URI, Username: target.Username, Password: target.Password})
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = s.Close(t.Context()) }()
				rapid.Check(t, func(rt *rapid.T) { pageWhileWriting(rt, s) })
			})
		}
	})
}

// once makes a property of a test try once, whatever the command line says.
func once(t *testing.T) {
	f := flag.Lookup("rapid.checks")
	was := f.Value.String()
	t.Cleanup(func() { _ = flag.Set(f.Name, was) })
	if err := flag.Set(f.Name, "1"); err != nil {
		t.Fatal(err)
	}
}

func pageWhileWriting(t *rapid.T, s store.Store) {
	schema := graph.NewSchema(graph.Backing{Store: s, Limits: plan.DefaultLimits}).Schema()
	p := &pager{
		T: t, store: s, schema: schema, planner: plan.New(schema, plan.DefaultLimits),
		view:  rapid.SampledFrom(statement.Views[:]).Draw(t, "view"),
		paged: rapid.SampledFrom(pagedConnections).Draw(t, "connection"),
	}
	p.arguments = rapid.SampledFrom(p.paged.arguments).Draw(t, "arguments")
	size := rapid.IntRange(1, 3).Draw(t, "size")
	backward := rapid.Bool().Draw(t, "backward")
	commits := storetest.Commits(t)
	always := map[string]int{} // rows that have been in all states until now, in which each
	states := 0
	write := func() {
		if len(commits) == 0 {
			return
		}
		_, _ = s.Write(t.Context(), commits[0]) // some are meant to be refused
		commits = commits[1:]
		states++
		for _, row := range p.all() {
			always[row]++
		}
	}
	write()
	clear(always)
	states = 0
	write() // the state that paging begins in
	seen := map[string]int{}
	for position := ""; ; {
		ask := fmt.Sprintf("first:%d,after:%q", size, position)
		if backward {
			ask = fmt.Sprintf("last:%d,before:%q", size, position)
		}
		if position == "" {
			ask = strings.SplitN(ask, ",", 2)[0]
		}
		page := p.page(ask)
		for _, row := range page.rows() {
			seen[row]++
		}
		more, next := page.PageInfo.HasNextPage, page.PageInfo.EndCursor
		if backward {
			more, next = page.PageInfo.HasPreviousPage, page.PageInfo.StartCursor
		}
		if !more || next == nil {
			break
		}
		position = *next
		if rapid.Bool().Draw(t, "write") {
			write()
		}
	}
	for row, n := range always {
		if n == states && seen[row] != 1 {
			t.Errorf("%s was there all along, and came %d times", row, seen[row])
		}
	}
}
