package main

import "strings"

// What is said about one person, by whom.
func statementsShape() *shape {
	type source struct {
		ID          string  `json:"id"`
		Title       *string `json:"title"`
		PublishedAt *string `json:"publishedAt"`
	}
	type entity struct {
		ID   string `json:"id"`
		Type string `json:"type"`
	}
	type said struct {
		ID           string  `json:"id"`
		Property     string  `json:"property"`
		Text         *string `json:"text"`
		Lang         *string `json:"lang"`
		Attribution  string  `json:"attribution"`
		Verification string  `json:"verification"`
		Entity       *entity `json:"entity"`
		Source       *source `json:"source"`
	}
	type person struct {
		ID         string        `json:"id"`
		Statements counted[said] `json:"statements"`
	}
	return &shape{
		name:  "statements",
		about: "first 25 statements about one person, each with its source or the entity that it names, and their number",
		query: `query Statements($id: ID!) {
  node(id: $id) { ... on Person { id statements(first: 25) {
    totalCount nodes { id property text lang attribution verification entity { id type } source { id title publishedAt } }
  } } }
}`,
		asks: func(w *world) []question {
			var list []question
			for _, p := range w.people {
				list = append(list, question{variables: map[string]any{"id": p.ID}, p: map[string]any{"id": p.ID}})
			}
			return list
		},
		cypher: `
MATCH (n:Person {id: $p.id})
RETURN n.id,
  COUNT { MATCH (s:Recorded:Statement) WHERE s.full_raw_subject = n.id AND s.id IS NOT NULL AND NOT s.retracted },
  COLLECT {
    MATCH (s:Recorded:Statement) WHERE s.full_raw_subject = n.id AND s.id IS NOT NULL AND NOT s.retracted
    WITH s ORDER BY s.full_raw_subject, s.id LIMIT 25
    RETURN [s.id, s.property, s.text, s.lang, s.attribution, s.verification,
      COLLECT { MATCH (e:Entity) WHERE e.id = s.entity RETURN [e.id, e.type] },
      COLLECT { MATCH (e:Entity) WHERE e.id = s.source RETURN [e.id, e.title, e.publishedAt] }]
  }`,
		write: func(rows [][]any) any {
			var a struct {
				Node *person `json:"node"`
			}
			for _, r := range rows {
				a.Node = &person{text(r[0]), counted[said]{number(r[1]), each(r[2], func(r []any) said {
					s := said{text(r[0]), text(r[1]), textOrNull(r[2]), textOrNull(r[3]), text(r[4]), text(r[5]), nil, nil}
					for _, e := range list(r[6]) {
						e := list(e)
						s.Entity = &entity{text(e[0]), strings.ToUpper(text(e[1]))}
					}
					for _, e := range list(r[7]) {
						e := list(e)
						s.Source = &source{text(e[0]), textOrNull(e[1]), textOrNull(e[2])}
					}
					return s
				})}}
			}
			return a
		},
	}
}
