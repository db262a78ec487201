package graph

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// answer is what a client reads.
type answer struct {
	Data   json.RawMessage `json:"data"`
	Errors gqlerror.List   `json:"errors"`
}

// recorded is an audit that remembers.
type recorded struct {
	entities []string
	err      error
}

func (r *recorded) Record(_ context.Context, _ string, entities []string) error {
	r.entities = append(r.entities, entities...)
	return r.err
}

// readerFunc is a Reader that is one function.
type readerFunc func(context.Context, store.View, int, []store.Selection) ([]store.Page, error)

func (f readerFunc) Read(ctx context.Context, v store.View, budget int, s []store.Selection) ([]store.Page, error) {
	return f(ctx, v, budget, s)
}

func (f readerFunc) Log(ctx context.Context, v store.View, _ string, _ uint64, _ int) ([]statement.Entry, error) {
	_, err := f(ctx, v, 0, nil)
	return nil, err
}

// backed gives a schema over a reader; nil: an empty store.
func backed(r plan.Reader) graphql.ExecutableSchema {
	b := Backing{Store: r, Audit: &recorded{}, Limits: plan.DefaultLimits}
	if r == nil {
		empty := storetest.NewNaive()
		b.Store, b.Network, b.Search = empty, network.New(empty, network.DefaultLimits), empty
	}
	return NewSchema(b)
}

// ask answers an operation as gqlgen's handler does.
func ask(ctx context.Context, t *testing.T, s graphql.ExecutableSchema, query string, variables map[string]any) answer {
	t.Helper()
	exec := executor.New(s)
	exec.SetErrorPresenter(PresentError)
	exec.SetRecoverFunc(Recover)
	exec.SetParserTokenLimit(2000)
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	var response *graphql.Response
	if errs != nil {
		response = exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
	} else {
		handler, opCtx := exec.DispatchOperation(ctx, op)
		response = handler(opCtx)
		if again := handler(opCtx); again != nil {
			t.Error("a query must give one response")
		}
	}
	text, err := json.Marshal(response)
	if err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(text, &a); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return a
}
