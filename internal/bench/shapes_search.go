package main

import (
	"strings"

	"github.com/vinculo/vinculo/internal/match"
)

// fullText is the floor's index of people's names, which it makes when it starts. Nothing
// of Vínculo uses it, nor is it written to while anything is measured.
const fullText = "CREATE FULLTEXT INDEX bench_names IF NOT EXISTS FOR (n:Person) ON EACH [n.name, n.otherNames] OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}"

// People found by their names, of which a letter is left out in every second question.
// How alike two names are is another thing to Lucene, which puts "Pedro Brumamerzo" before
// the Adrián Brumamerzo Obragevuriz who was meant; so that both find somebody is all that
// is compared. Whether it is the right one is for the tests of package search.
func searchShape() *shape {
	type node struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	type hit struct {
		Node node `json:"node"`
	}
	return &shape{
		name:  "search",
		about: "ten people by a name, of which every second has a letter too few, against Neo4j's full-text index with fuzzy terms",
		query: `query Search($text: String!) { search(text: $text, types: [PERSON], first: 10) { edges { node { id ... on Person { name } } } } }`,
		asks: func(w *world) []question {
			var list []question
			for i, p := range w.people {
				words := match.Tokens(p.Name)
				if last := words[len(words)-1]; i%2 == 0 && len(last) > 4 {
					words[len(words)-1] = last[:len(last)-2] + last[len(last)-1:]
				}
				list = append(list, question{
					variables: map[string]any{"text": strings.Join(words, " ")},
					p:         map[string]any{"text": strings.Join(words, "~1 ") + "~1"},
				})
			}
			return list
		},
		cypher: `CALL db.index.fulltext.queryNodes('bench_names', $p.text, {limit: 10}) YIELD node RETURN node.id, node.name, node.protected`,
		write: func(rows [][]any) any {
			var a struct {
				Search struct {
					Edges []hit `json:"edges"`
				} `json:"search"`
			}
			a.Search.Edges = []hit{}
			for _, r := range rows {
				a.Search.Edges = append(a.Search.Edges, hit{node{text(r[0]), name(r[0], r[1], r[2])}})
			}
			return a
		},
		compared: func(data any) any { return len(at(data, "search", "edges").([]any)) > 0 },
	}
}
