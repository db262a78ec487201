package main

// One entity by its id, with what a page about it begins with.
func nodeShape() *shape {
	type person struct {
		ID          string   `json:"id"`
		Name        string   `json:"name"`
		Gender      *string  `json:"gender"`
		BirthDate   *string  `json:"birthDate"`
		Nationality []string `json:"nationality"`
		Occupation  []string `json:"occupation"`
		Protected   bool     `json:"protected"`
	}
	return &shape{
		name:  "node",
		about: "one person by id",
		query: `query Node($id: ID!) { node(id: $id) { ... on Person { id name gender birthDate nationality occupation protected } } }`,
		asks: func(w *world) []question {
			var list []question
			for _, p := range w.people {
				list = append(list, question{variables: map[string]any{"id": p.ID}, p: map[string]any{"id": p.ID}})
			}
			return list
		},
		cypher: `MATCH (n:Person {id: $p.id}) RETURN n.id, n.name, n.gender, n.birthDate, n.nationality, n.occupation, n.protected`,
		write: func(rows [][]any) any {
			var a struct {
				Node *person `json:"node"`
			}
			for _, r := range rows {
				a.Node = &person{text(r[0]), name(r[0], r[1], r[6]), textOrNull(r[2]), textOrNull(r[3]), texts(r[4]), texts(r[5]), r[6] == true}
			}
			return a
		},
	}
}

// The members of one party, found by its name, in the order of theirs.
func partyShape() *shape {
	type person struct {
		ID        string  `json:"id"`
		Name      string  `json:"name"`
		BirthDate *string `json:"birthDate"`
	}
	return &shape{
		name:  "party",
		about: "first 50 people of one party, found by its name, ordered by theirs, with their number",
		query: `query Party($party: String!) {
  people(first: 50, orderBy: [{field: NAME, direction: ASC}], where: {memberOf: {some: {node: {name: {eq: $party}}}}}) {
    totalCount nodes { id name birthDate }
  }
}`,
		asks: func(w *world) []question {
			var list []question
			for _, o := range w.parties {
				list = append(list, question{variables: map[string]any{"party": o.Name}, p: map[string]any{"name": o.Name, "fold": o.fold()}})
			}
			return list
		},
		cypher: `
CALL () {
  MATCH (o:Organization) WHERE o.name_sort = $p.fold AND o.id IS NOT NULL AND o.name = $p.name
  MATCH (o)<-[:MEMBER_OF]-(n:Person) RETURN count(DISTINCT n) AS total
}
CALL () {
  MATCH (o:Organization) WHERE o.name_sort = $p.fold AND o.id IS NOT NULL AND o.name = $p.name
  MATCH (o)<-[:MEMBER_OF]-(n:Person)
  WITH DISTINCT n ORDER BY n.name_sort, n.id LIMIT 50
  RETURN collect([n.id, n.name, n.birthDate, n.protected]) AS rows
}
RETURN total, rows`,
		write: func(rows [][]any) any {
			var a struct {
				People counted[person] `json:"people"`
			}
			a.People = counted[person]{number(rows[0][0]), each(rows[0][1], func(r []any) person {
				return person{text(r[0]), name(r[0], r[1], r[3]), textOrNull(r[2])}
			})}
			return a
		},
	}
}

// People by what is said three relations away.
func filterShape() *shape {
	type person struct {
		ID        string  `json:"id"`
		Name      string  `json:"name"`
		BirthDate *string `json:"birthDate"`
	}
	return &shape{
		name:  "filter",
		about: "first 25 people, by name, one of whose detentions is tried in a proceeding heard by one court: a filter across three relations",
		query: `query Filter($court: String!) {
  people(first: 25, orderBy: [{field: NAME, direction: ASC}],
    where: {detentions: {some: {node: {proceedings: {some: {node: {courts: {some: {node: {name: {eq: $court}}}}}}}}}}}) {
    nodes { id name birthDate } pageInfo { hasNextPage }
  }
}`,
		asks: func(w *world) []question {
			var list []question
			for _, o := range w.courts {
				list = append(list, question{variables: map[string]any{"court": o.Name}, p: map[string]any{"name": o.Name, "fold": o.fold()}})
			}
			return list
		},
		cypher: `
MATCH (o:Organization) WHERE o.name_sort = $p.fold AND o.id IS NOT NULL AND o.name = $p.name
MATCH (o)<-[:HEARD_BY]-(k) WITH DISTINCT k
MATCH (k)<-[:TRIED_IN]-(d) WITH DISTINCT d
MATCH (d)<-[:HAS_DETENTION]-(n) WITH DISTINCT n
ORDER BY n.name_sort, n.id LIMIT 26
RETURN n.id, n.name, n.birthDate, n.protected`,
		write: func(rows [][]any) any {
			var a struct {
				People struct {
					Nodes    []person `json:"nodes"`
					PageInfo struct {
						HasNextPage bool `json:"hasNextPage"`
					} `json:"pageInfo"`
				} `json:"people"`
			}
			a.People.PageInfo.HasNextPage = len(rows) > 25
			a.People.Nodes = make([]person, 0, len(rows))
			for _, r := range rows[:min(len(rows), 25)] {
				a.People.Nodes = append(a.People.Nodes, person{text(r[0]), name(r[0], r[1], r[3]), textOrNull(r[2])})
			}
			return a
		},
	}
}

// The first page of what is linked to an entity with very many links.
func hubShape() *shape {
	type detention struct {
		ID     string  `json:"id"`
		Status *string `json:"status"`
		Start  *string `json:"start"`
	}
	type charge struct {
		ID         string             `json:"id"`
		Name       string             `json:"name"`
		Detentions counted[detention] `json:"detentions"`
	}
	return &shape{
		name:  "hub",
		about: "first 25 detentions of one of the charges with the most, with their number",
		query: `query Hub($id: ID!) { node(id: $id) { ... on Charge { id name detentions(first: 25) { totalCount nodes { id status start } } } } }`,
		asks: func(w *world) []question {
			var list []question
			for _, c := range w.charges {
				list = append(list, question{variables: map[string]any{"id": c.ID}, p: map[string]any{"id": c.ID}})
			}
			return list
		},
		cypher: `
MATCH (c:Charge {id: $p.id})
RETURN c.id, c.name, COUNT { (c)<-[:CHARGED_WITH]-() }, COLLECT {
  MATCH (d)-[r:CHARGED_WITH]->() WHERE r.to = c.id AND r.from IS NOT NULL AND r.id IS NOT NULL
  WITH d, r ORDER BY r.to, r.from, r.id LIMIT 25
  RETURN [d.id, d.status, d.start]
}`,
		write: func(rows [][]any) any {
			var a struct {
				Node *charge `json:"node"`
			}
			for _, r := range rows {
				a.Node = &charge{text(r[0]), text(r[1]), counted[detention]{number(r[2]), each(r[3], func(r []any) detention {
					return detention{text(r[0]), textOrNull(r[1]), textOrNull(r[2])}
				})}}
			}
			return a
		},
	}
}
