package search_test

import (
	"testing"

	"github.com/vinculo/vinculo/internal/generate"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/search"
	"github.com/vinculo/vinculo/internal/statement"
)

// BenchmarkScoring compares a name, one letter of which is missing, with those of 200 people.
func BenchmarkScoring(b *testing.B) {
	var people [][]match.Text
	for _, p := range generate.Roster(200, 3) {
		people = append(people, []match.Text{{Property: "name", Text: full(p), Name: true}, {Property: "otherNames", Text: p.Given + " " + p.First, Name: true}})
	}
	for i := 0; b.Loop(); i++ {
		asked := people[i%len(people)][0].Text
		q := match.NewQuery(asked[:5]+asked[6:], false)
		for _, texts := range people {
			q.Best(texts)
		}
	}
}

// BenchmarkSearch looks for such names in an embedded store of 2,000 people.
func BenchmarkSearch(b *testing.B) {
	people := generate.Roster(2000, 7)
	s := filled(b, people)
	for i := 0; b.Loop(); i++ {
		asked := full(people[i%len(people)])
		if _, err := search.Search(b.Context(), s, statement.PublicView, search.Text{Text: asked[:5] + asked[6:], Types: []string{"Person"}}); err != nil {
			b.Fatal(err)
		}
	}
}
