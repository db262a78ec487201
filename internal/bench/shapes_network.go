package main

import (
	"cmp"
	"slices"
	"strings"
)

// followed are the relations that are followed where none are named: all that are not
// set aside.
const followed = "MEMBER_OF|EMPLOYED_BY|HOLDS_POST|DIRECTOR_OF|OWNER_OF|RELATIVE_OF|ASSOCIATE_OF|LINKED_TO|HAS_DETENTION|ARRESTED_BY|ARRESTED_AT|HELD_AT|CHARGED_WITH|ARISES_FROM|TRIED_IN|HEARD_BY|" +
	"PROSECUTED_BY|PRESIDED_BY|SENTENCED_TO|IMPOSED_IN|IMPOSED_FOR|RELEASED_IN|CARRIED_OUT_BY|OPERATED_BY|PART_OF|LOCATED_IN"

// The shortest path between two members of something. Of several that are as short,
// each contender may give another: their lengths are compared.
func pathShape() *shape {
	type node struct {
		ID string `json:"id"`
	}
	type path struct {
		Length int    `json:"length"`
		Nodes  []node `json:"nodes"`
	}
	return &shape{
		name:  "path",
		about: "the shortest path between two people, of at most 6 links, hubs and unspecified bodies included, as the floor's `shortestPath` has it",
		query: `query Path($from: ID!, $to: ID!) {
  paths(from: $from, to: $to, first: 1, maxLength: 6, maxDegree: null, throughUnspecified: true) { paths { length nodes { id } } }
}`,
		asks: func(w *world) []question {
			var list []question
			for i, from := range w.members {
				to := w.members[(i*7+3)%len(w.members)]
				if from != to {
					list = append(list, question{variables: map[string]any{"from": from, "to": to}, p: map[string]any{"from": from, "to": to}})
				}
			}
			return list
		},
		cypher: `
MATCH (a:Entity {id: $p.from}) MATCH (b:Entity {id: $p.to})
MATCH p = shortestPath((a)-[:` + followed + `*..6]-(b)) RETURN [n IN nodes(p) | n.id]`,
		write: func(rows [][]any) any {
			var a struct {
				Paths struct {
					Paths []path `json:"paths"`
				} `json:"paths"`
			}
			a.Paths.Paths = []path{}
			for _, r := range rows {
				p := path{Length: len(list(r[0])) - 1}
				for _, id := range list(r[0]) {
					p.Nodes = append(p.Nodes, node{text(id)})
				}
				a.Paths.Paths = append(a.Paths.Paths, p)
			}
			return a
		},
		compared: func(data any) any {
			var lengths []any
			for _, p := range at(data, "paths", "paths").([]any) {
				lengths = append(lengths, at(p, "length"))
			}
			return lengths
		},
	}
}

// closeBy are the relations by which a person's own surroundings are found: not those to
// what very many share.
var closeBy = []string{"MEMBER_OF", "RELATIVE_OF", "ASSOCIATE_OF", "HAS_DETENTION", "TRIED_IN", "SENTENCED_TO", "RELEASED_IN"}

// All around a person, two links away.
func neighborhoodShape() *shape {
	type node struct {
		ID string `json:"id"`
	}
	type link struct {
		ID       string `json:"id"`
		Relation string `json:"relation"`
		From     node   `json:"from"`
		To       node   `json:"to"`
	}
	return &shape{
		name:  "neighborhood",
		about: "all that is at most two memberships, kinships, detentions or releases away from a person who has few, and the links between",
		query: `query Neighborhood($id: ID!) {
  neighborhood(ids: [$id], depth: 2, first: 1000, relations: [` + strings.Join(closeBy, ", ") + `]) { nodes { id } links { id relation from { id } to { id } } }
}`,
		asks: func(w *world) []question {
			var list []question
			for _, id := range w.secluded {
				list = append(list, question{variables: map[string]any{"id": id}, p: map[string]any{"id": id}})
			}
			return list
		},
		cypher: `
MATCH (a:Entity {id: $p.id})
CALL (a) { MATCH (a)-[:` + strings.Join(closeBy, "|") + `]-(n) RETURN collect(DISTINCT n) AS near }
CALL (a, near) {
  UNWIND [a] + near AS n MATCH (n)-[r:` + strings.Join(closeBy, "|") + `]-(m)
  WITH DISTINCT r, startNode(r) AS f, endNode(r) AS t
  RETURN collect([r.id, type(r), f.id, t.id]) AS links
}
RETURN a.id, links`,
		write: func(rows [][]any) any {
			var a struct {
				Neighborhood struct {
					Nodes []node `json:"nodes"`
					Links []link `json:"links"`
				} `json:"neighborhood"`
			}
			n := &a.Neighborhood
			n.Nodes, n.Links = []node{}, []link{}
			seen := map[string]bool{}
			add := func(id string) {
				if !seen[id] {
					seen[id] = true
					n.Nodes = append(n.Nodes, node{id})
				}
			}
			for _, row := range rows {
				add(text(row[0]))
				for _, v := range list(row[1]) {
					r := list(v)
					l := link{text(r[0]), text(r[1]), node{text(r[2])}, node{text(r[3])}}
					add(l.From.ID)
					add(l.To.ID)
					n.Links = append(n.Links, l)
				}
			}
			return a
		},
		compared: func(data any) any {
			for _, key := range []string{"nodes", "links"} {
				slices.SortFunc(at(data, "neighborhood", key).([]any), func(a, b any) int {
					return cmp.Compare(at(a, "id").(string), at(b, "id").(string))
				})
			}
			return data
		},
	}
}

// at gives a value in decoded JSON.
func at(data any, keys ...string) any {
	for _, key := range keys {
		data = data.(map[string]any)[key]
	}
	return data
}
