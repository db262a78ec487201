// Package graph joins gqlgen to the rest of Vínculo. Four concepts, for who knows
// gqlgen:
//
//  1. internal/gqlgen is the generate program. It writes the schema's part that
//     follows from the vocabulary, then runs gqlgen with a plugin that keeps the
//     whole schema but prunes what code is generated for: introspection, and
//     mutations and subscriptions if there are any.
//  2. Queries have no resolvers. schema.Exec hands an operation whole to package
//     plan, which compiles it, reads once from the store and writes the JSON.
//     Everything else goes to the generated code.
//  3. Whoever asks is in the context (access.From); their view goes with each read.
//  4. Errors carry a code of a closed list (PresentError).
package graph

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/search"
)

// Backing is what answers stand on.
type Backing struct {
	Store  plan.Reader
	Audit  access.Audit // learns of protected persons' full rows before an answer holds them
	Limits plan.Limits

	// Network answers, over the same store, the roots about the graph as a whole; nil:
	// they cannot be answered.
	Network *network.Network
	// Search finds entities of the same store by texts; nil: likewise.
	Search search.Reader
}

// NewSchema gives the schema to serve with gqlgen's handler, along with
// PresentError and Recover.
func NewSchema(b Backing) graphql.ExecutableSchema {
	tidy()
	generated := NewExecutableSchema(Config{})
	return &schema{ExecutableSchema: generated, backing: b, planner: plan.New(generated.Schema(), b.Limits)}
}

// SDL gives the schema in its own language: the front page, then what follows from
// the vocabulary.
func SDL() string {
	parts := make([]string, len(sources))
	for i, source := range sources {
		parts[i] = source.Input
	}
	return strings.Join(parts, "\n")
}

// tidy takes out of the parsed schema, which all share, what gqlparser puts there
// and is not so: answers are whole, so there is no @defer; and an interface is no
// possible type of another.
var tidy = sync.OnceFunc(func() {
	delete(parsedSchema.Directives, "defer")
	for name, types := range parsedSchema.PossibleTypes {
		parsedSchema.PossibleTypes[name] = slices.DeleteFunc(types, func(d *ast.Definition) bool { return d.Kind != ast.Object })
	}
})

type schema struct {
	graphql.ExecutableSchema // generated: introspection, mutations, subscriptions
	backing                  Backing
	planner                  *plan.Planner
}

// Exec implements graphql.ExecutableSchema.
func (s *schema) Exec(ctx context.Context) graphql.ResponseHandler {
	op, done := graphql.GetOperationContext(ctx), false
	if op.Operation.Operation != ast.Query {
		return s.ExecutableSchema.Exec(ctx)
	}
	return func(ctx context.Context) *graphql.Response { // the work is done here: errors of Exec itself skip AroundResponses
		if done {
			return nil // ends streams of responses
		}
		done = true
		return &graphql.Response{Data: s.query(ctx, op)}
	}
}

// query gives the answer's data; its errors are added to the context.
func (s *schema) query(ctx context.Context, op *graphql.OperationContext) (data json.RawMessage) {
	null := json.RawMessage("null")
	defer func() {
		if p := recover(); p != nil {
			graphql.AddError(ctx, op.RecoverFunc(ctx, p))
			data = null
		}
	}()
	if err := allowIntrospection(ctx, s.Schema(), op); err != nil {
		graphql.AddError(ctx, err)
		return null
	}
	reader := auditedReader{s.backing.Store, s.backing.Audit, op.Operation.Name}
	answer := s.planner.Query(ctx, reader, plan.Request{
		View:      access.From(ctx).View(),
		Operation: op.Operation,
		Variables: op.Variables,
		Plain: map[string]func(context.Context) any{
			"viewer":     viewer,
			"vocabulary": func(context.Context) any { return vocabulary() },
		},
		Network:    s.backing.Network, // what it looks at is no part of the answer: only what is read then is recorded
		Search:     s.backing.Search,
		Introspect: func(fields ast.SelectionSet) map[string]json.RawMessage { return s.introspect(ctx, op, fields) },
	})
	for _, e := range answer.Errors {
		graphql.AddError(ctx, rootError(e))
	}
	if answer.Data == nil {
		return null
	}
	return answer.Data
}

// introspect answers __schema and __type by the generated code, whatever the handler
// is set to: the schema is public. Errors land in the context.
func (s *schema) introspect(ctx context.Context, op *graphql.OperationContext, fields ast.SelectionSet) map[string]json.RawMessage {
	part := *op.Operation
	part.SelectionSet = fields
	response := s.ExecutableSchema.Exec(graphql.WithOperationContext(ctx, &graphql.OperationContext{
		Operation: &part, Doc: op.Doc, RawQuery: op.RawQuery, Variables: op.Variables,
		RecoverFunc: op.RecoverFunc, ResolverMiddleware: op.ResolverMiddleware, RootResolverMiddleware: op.RootResolverMiddleware,
	}))(ctx)
	answers := map[string]json.RawMessage{}
	if err := json.Unmarshal(response.Data, &answers); err != nil {
		panic(err) // it is what generated code has just written
	}
	return answers
}

// rootError places an error at its root; without one, it is the operation's.
func rootError(e *plan.RootError) error {
	placed := Errorf(e.Code, "%s", e.Message)
	placed.Err = e.Err
	if e.Field != nil {
		placed.Path = ast.Path{ast.PathName(e.Field.Alias)}
		if at := e.Field.Position; at != nil {
			placed.Locations = []gqlerror.Location{{Line: at.Line, Column: at.Column}}
		}
	}
	return placed
}
