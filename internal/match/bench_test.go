package match_test

import (
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/generate"
	"github.com/vinculo/vinculo/internal/match"
)

// BenchmarkSearch compares a name of four words, one of them mistyped, with those of 200 people.
func BenchmarkSearch(b *testing.B) {
	var people [][]match.Text
	for _, p := range generate.Roster(200, 3) {
		name := strings.Join([]string{p.Given, p.Second, p.First, p.Last}, " ")
		people = append(people, []match.Text{{Property: "name", Text: name, Name: true}, {Property: "otherNames", Text: p.Given + " " + p.First, Name: true}})
	}
	for b.Loop() {
		for i := range 8 {
			asked := people[i*20][0].Text
			q := match.NewQuery(asked[:5]+asked[6:], false)
			for _, texts := range people {
				q.Best(texts)
			}
		}
	}
}
