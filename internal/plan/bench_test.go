package plan_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// canned gives the same pages each time, so that only compiling and writing is measured.
type canned struct {
	plan.Reader
	pages []store.Page
}

func (c canned) Read(context.Context, store.View, int, []store.Selection) ([]store.Page, error) {
	return c.pages, nil
}

const fourLevels = `query($n: Int) { people(first: $n) { totalCount nodes { ...person detentions { totalCount nodes { status start
	heldAt { nodes { name kind } } arrestedBy { edges { link { attribution verification } node { name } } } charges { nodes { name statute } }
	sources { nodes { title url publishers { nodes { name } } } } } } } } }
	fragment person on Person { id name gender birthDate occupation protected }`

func many20(b *testing.B) *storetest.Naive {
	b.Helper()
	var list []statement.Statement
	list = append(list, of("source", "Source", "title", "A report", "url", "https://example.org/report", "PUBLISHED_BY", "paper")...)
	list = append(list, of("paper", "Organization", "name", "The Daily")...)
	list = append(list, of("force", "Organization", "name", "An invented force")...)
	list = append(list, of("jail", "Facility", "name", "North Jail", "kind", "PRISON")...)
	list = append(list, of("charge", "Charge", "name", "An invented charge", "statute", "Article 0")...)
	for i := range 20 {
		d := fmt.Sprintf("d%d", i)
		list = append(list, of(fmt.Sprintf("p%d", i), "Person", "name", fmt.Sprintf("Ana Ficticia %d", i), "gender", "f", "birthDate", "1980-01-02", "occupation", "poet", "HAS_DETENTION", d)...)
		list = append(list, of(d, "Detention", "start", "2025-12-03", "HELD_AT", "jail", "ARRESTED_BY", "force", "CHARGED_WITH", "charge")...)
	}
	return graph(b, list...)
}

func BenchmarkQuery(b *testing.B) {
	s := many20(b)
	a := newAsker(b, s, statement.PublicView)
	for _, c := range []struct{ name, query string }{{"4 levels", fourLevels}, {"by id", `{node(id:"p1"){id ...on Person{name gender}}}`}} {
		recorder := &counting{Reader: s}
		req := a.request(b, c.query, `{"n":20}`)
		a.planner.Query(b.Context(), recorder, req)
		pages, err := s.Read(b.Context(), a.view, 10_000, recorder.selections)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				answer := a.planner.Query(b.Context(), canned{pages: pages}, req)
				b.SetBytes(int64(len(answer.Data)))
			}
		})
	}
}
