package main

import "fmt"

// Detentions of one year, counted by charge and court.
func breakdownShape() *shape {
	type key struct {
		Text *string `json:"text"`
	}
	type bucket struct {
		NodeCount int64 `json:"nodeCount"`
		Keys      []key `json:"keys"`
	}
	type breakdown struct {
		BucketCount int64    `json:"bucketCount"`
		Buckets     []bucket `json:"buckets"`
	}
	return &shape{
		name:  "breakdown",
		about: "the detentions that began in one year, counted by charge × court, three relations away: the 25 pairs with the most, and how many pairs there are",
		query: `query Breakdown($year: EDTF!) {
  detentions(where: {start: {on: $year}}) { breakdown(by: [CHARGE, COURT], first: 25) { bucketCount buckets { nodeCount keys { text } } } }
}`,
		asks: func(*world) []question {
			var list []question
			for year := 2014; year < 2026; year++ { // those of the generated world
				text := fmt.Sprint(year)
				list = append(list, question{variables: map[string]any{"year": text}, p: map[string]any{"first": text + "-01-01", "last": text + "-12-31", "below": text + "-12-310"}})
			}
			return list
		},
		// start_sort, the first day and the last one, is indexed: nothing else of a node is read.
		cypher: `
MATCH (d:Detention) WHERE d.id IS NOT NULL AND d.start_sort >= $p.first AND d.start_sort < $p.below AND right(d.start_sort, 10) <= $p.last
OPTIONAL MATCH (d)-[:CHARGED_WITH]->(c) OPTIONAL MATCH (d)-[:TRIED_IN]->()-[:HEARD_BY]->(o)
WITH c, o, count(DISTINCT d) AS n
ORDER BY n DESC, c.name_sort, o.name_sort, c.id, o.id
WITH collect([n, c.name, o.name]) AS pairs
RETURN size(pairs), pairs[..25]`,
		write: func(rows [][]any) any {
			var a struct {
				Detentions struct {
					Breakdown breakdown `json:"breakdown"`
				} `json:"detentions"`
			}
			a.Detentions.Breakdown = breakdown{number(rows[0][0]), each(rows[0][1], func(r []any) bucket {
				return bucket{number(r[0]), []key{{textOrNull(r[1])}, {textOrNull(r[2])}}}
			})}
			return a
		},
	}
}
