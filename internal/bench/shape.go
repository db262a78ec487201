package main

import (
	"context"
	"encoding/json"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// shape is one kind of question: how it is put to Vínculo, and how somebody would
// answer it by hand. To add one: a file with a function that returns it, and a line
// in shapes.
type shape struct {
	name  string // one word
	about string // for the documents

	query string                    // GraphQL
	asks  func(w *world) []question // differing from request to request

	// cold gives the n-th of ever new texts in place of query; the floor answers the
	// questions of the shape floorOf, which is warm.
	cold    func(n int) string
	floorOf *shape

	nested bool // its goal for cold texts counts

	cypher string // takes $p
	// write turns the rows of cypher into what stands under "data", to be marshalled.
	write func(rows [][]any) any

	// compared gives what of an answer all contenders have to agree in, in one order; nil:
	// all of it.
	compared func(data any) any
}

// question is one request of a shape: the variables of the query, in the public view
// and, where they differ, in the full one, and $p of cypher.
type question struct {
	variables map[string]any
	p         map[string]any
	full      map[string]any
}

// in gives the variables for whoever has the token.
func (q question) in(token string) map[string]any {
	if token != "" && q.full != nil {
		return q.full
	}
	return q.variables
}

// shapes lists them all.
func shapes() []*shape {
	nested := nestedShape()
	return []*shape{
		nodeShape(), partyShape(), nested, coMembersShape(), filterShape(), hubShape(), statementsShape(), breakdownShape(),
		searchShape(), pathShape(), neighborhoodShape(), coldShape(nested),
	}
}

// vinculo gives the stream of requests to our server, whose texts are new from the
// number first on.
func (s *shape) vinculo(w *world, token string, first int) stream {
	path := graphQLPath
	asks := s.asks(w)
	body := func(text string, q question) request {
		return newRequest(path, token, mustMarshal(map[string]any{"query": text, "variables": q.in(token)}))
	}
	if s.cold != nil {
		return func(n int) request { return body(s.cold(first+n), asks[n%len(asks)]) }
	}
	made := make([]request, len(asks))
	for i, q := range asks {
		made[i] = body(s.query, q)
	}
	return func(n int) request { return made[n%len(made)] }
}

// floor gives the stream of requests to the floor.
func (s *shape) floor(w *world) stream {
	if s.floorOf != nil {
		return s.floorOf.floor(w)
	}
	asks := s.asks(w)
	made := make([]request, len(asks))
	for i, q := range asks {
		made[i] = newRequest("/"+s.name, "", mustMarshal(q.p))
	}
	return func(n int) request { return made[n%len(made)] }
}

func mustMarshal(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // it is made of texts, numbers, lists and maps
	}
	return text
}

// read runs the shape's Cypher as it is best run by hand: in auto-commit, and with
// its parameters in one map, since Neo4j plans a text anew for each size class of
// every bare parameter.
func (s *shape) read(ctx context.Context, driver neo4j.DriverWithContext, p map[string]any) (any, error) {
	session := driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: "neo4j"})
	defer func() { _ = session.Close(ctx) }()
	result, err := session.Run(ctx, s.cypher, map[string]any{"p": p})
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for result.Next(ctx) {
		rows = append(rows, result.Record().Values)
	}
	if err := result.Err(); err != nil {
		return nil, err
	}
	return s.write(rows), nil
}

// graphQLPath is where our server answers.
const graphQLPath = "/graphql"
