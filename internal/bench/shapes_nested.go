package main

// Four levels and eight relations: people and all that their detentions rest on.
func nestedShape() *shape {
	type thing struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	type facility struct {
		thing
		Kind *string `json:"kind"`
	}
	type proceeding struct {
		ID     string       `json:"id"`
		Courts nodes[thing] `json:"courts"`
	}
	type charge struct {
		thing
		Statute *string `json:"statute"`
	}
	type source struct {
		ID          string       `json:"id"`
		Title       *string      `json:"title"`
		PublishedAt *string      `json:"publishedAt"`
		Publishers  nodes[thing] `json:"publishers"`
	}
	type detention struct {
		ID          string            `json:"id"`
		Status      *string           `json:"status"`
		Start       *string           `json:"start"`
		HeldAt      nodes[facility]   `json:"heldAt"`
		Proceedings nodes[proceeding] `json:"proceedings"`
		Charges     counted[charge]   `json:"charges"`
		Sources     nodes[source]     `json:"sources"`
	}
	type person struct {
		thing
		Detentions counted[detention] `json:"detentions"`
	}
	thingOf := func(r []any) thing { return thing{text(r[0]), text(r[1])} }
	return &shape{
		name:   "nested",
		about:  "20 people by name → detentions → facilities, courts, charges and sources → publishers",
		nested: true,
		query: `query Nested($after: String!) {
  people(first: 20, orderBy: [{field: NAME, direction: ASC}], after: $after) { nodes { id name
    detentions { totalCount nodes { id status start
      heldAt { nodes { id name kind } }
      proceedings { nodes { id courts { nodes { id name } } } }
      charges { totalCount nodes { id name statute } }
      sources(first: 3) { nodes { id title publishedAt publishers { nodes { id name } } } }
    } }
  } }
}`,
		asks: afterSomebody,
		cypher: `
MATCH (n:Person) WHERE n.name_sort >= $p.fold AND n.id IS NOT NULL AND NOT (n.name_sort = $p.fold AND n.id <= $p.id)
WITH n ORDER BY n.name_sort, n.id LIMIT 20
RETURN n.id, n.name, COUNT { (n)-[:HAS_DETENTION]->() }, COLLECT {
  MATCH (n)-[r:HAS_DETENTION]->(d) WITH d, r ORDER BY d.id, r.id LIMIT 25
  RETURN [d.id, d.status, d.start,
    COLLECT { MATCH (d)-[h:HELD_AT]->(f) WITH f, h ORDER BY f.id, h.id LIMIT 25 RETURN [f.id, f.name, f.kind] },
    COLLECT { MATCH (d)-[t:TRIED_IN]->(k) WITH k, t ORDER BY k.id, t.id LIMIT 25 RETURN [k.id,
      COLLECT { MATCH (k)-[h:HEARD_BY]->(o) WITH o, h ORDER BY o.id, h.id LIMIT 25 RETURN [o.id, o.name] }] },
    COUNT { (d)-[:CHARGED_WITH]->() },
    COLLECT { MATCH (d)-[w:CHARGED_WITH]->(c) WITH c, w ORDER BY c.id, w.id LIMIT 25 RETURN [c.id, c.name, c.statute] },
    COLLECT { MATCH (s:Source) WHERE s.id IN d.sources WITH s ORDER BY s.id LIMIT 3 RETURN [s.id, s.title, s.publishedAt,
      COLLECT { MATCH (s)-[b:PUBLISHED_BY]->(o) WITH o, b ORDER BY o.id, b.id LIMIT 25 RETURN [o.id, o.name] }] }]
}`,
		write: func(rows [][]any) any {
			var a struct {
				People nodes[person] `json:"people"`
			}
			a.People.Nodes = make([]person, len(rows))
			for i, r := range rows {
				a.People.Nodes[i] = person{thingOf(r), counted[detention]{number(r[2]), each(r[3], func(r []any) detention {
					return detention{
						text(r[0]), textOrNull(r[1]), textOrNull(r[2]),
						nodes[facility]{each(r[3], func(r []any) facility { return facility{thingOf(r), textOrNull(r[2])} })},
						nodes[proceeding]{each(r[4], func(r []any) proceeding {
							return proceeding{text(r[0]), nodes[thing]{each(r[1], thingOf)}}
						})},
						counted[charge]{number(r[5]), each(r[6], func(r []any) charge { return charge{thingOf(r), textOrNull(r[2])} })},
						nodes[source]{each(r[7], func(r []any) source {
							return source{text(r[0]), textOrNull(r[1]), textOrNull(r[2]), nodes[thing]{each(r[3], thingOf)}}
						})},
					}
				})}}
			}
			return a
		},
	}
}

// afterSomebody asks for the people who come after someone, by name.
func afterSomebody(w *world) []question {
	var list []question
	for _, p := range w.people {
		list = append(list, question{variables: map[string]any{"after": p.cursor[0]}, full: map[string]any{"after": p.cursor[1]}, p: map[string]any{"fold": p.fold(), "id": p.ID}})
	}
	return list
}

// Those who are in one organization with somebody, and what they are charged with.
func coMembersShape() *shape {
	type thing struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	type detention struct {
		ID      string       `json:"id"`
		Status  *string      `json:"status"`
		Charges nodes[thing] `json:"charges"`
	}
	type member struct {
		thing
		Detentions nodes[detention] `json:"detentions"`
	}
	type organization struct {
		thing
		Members counted[member] `json:"members"`
	}
	type person struct {
		thing
		MemberOf nodes[organization] `json:"memberOf"`
	}
	thingOf := func(r []any) thing { return thing{text(r[0]), text(r[1])} }
	return &shape{
		name:   "comembers",
		about:  "one person → organizations → the first 20 members of each, with their number → detentions → charges",
		nested: true,
		query: `query CoMembers($id: ID!) {
  node(id: $id) { ... on Person { id name
    memberOf { nodes { id name
      members(first: 20) { totalCount nodes { id name
        detentions { nodes { id status charges { nodes { id name } } } }
      } }
    } }
  } }
}`,
		asks: func(w *world) []question {
			var list []question
			for _, id := range w.members {
				list = append(list, question{variables: map[string]any{"id": id}, p: map[string]any{"id": id}})
			}
			return list
		},
		cypher: `
MATCH (n:Person {id: $p.id})
RETURN n.id, n.name, n.protected, COLLECT {
  MATCH (n)-[r:MEMBER_OF]->(o) WITH o, r ORDER BY o.id, r.id LIMIT 25
  RETURN [o.id, o.name, coalesce(o.membersCount, 0), COLLECT {
    MATCH (m)-[l:MEMBER_OF]->() WHERE l.to = o.id AND l.from IS NOT NULL AND l.id IS NOT NULL AND m:Person
    WITH m, l ORDER BY l.to, l.from, l.id LIMIT 20
    RETURN [m.id, m.name, m.protected, COLLECT {
      MATCH (m)-[h:HAS_DETENTION]->(d) WITH d, h ORDER BY d.id, h.id LIMIT 25
      RETURN [d.id, d.status, COLLECT { MATCH (d)-[w:CHARGED_WITH]->(c) WITH c, w ORDER BY c.id, w.id LIMIT 25 RETURN [c.id, c.name] }]
    }]
  }]
}`,
		write: func(rows [][]any) any {
			var a struct {
				Node *person `json:"node"`
			}
			for _, r := range rows {
				a.Node = &person{thing{text(r[0]), name(r[0], r[1], r[2])}, nodes[organization]{each(r[3], func(r []any) organization {
					return organization{thingOf(r), counted[member]{number(r[2]), each(r[3], func(r []any) member {
						return member{thing{text(r[0]), name(r[0], r[1], r[2])}, nodes[detention]{each(r[3], func(r []any) detention {
							return detention{text(r[0]), textOrNull(r[1]), nodes[thing]{each(r[2], thingOf)}}
						})}}
					})}}
				})}}
			}
			return a
		},
	}
}
