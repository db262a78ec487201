package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/vinculo/vinculo/graph"
)

// The transports of GraphQL over HTTP. gqlgen's own echo what they cannot read, give
// no codes, and answer 200 when a body was too large.

// post takes a request as JSON.
type post struct{}

var _ graphql.Transport = post{}

// Supports implements graphql.Transport.
func (post) Supports(r *http.Request) bool { return r.Method == http.MethodPost }

// Do implements graphql.Transport.
func (post) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		writeRefusal(w, http.StatusUnsupportedMediaType, graph.Errorf(graph.CodeBadUserInput, "send the request as application/json"))
		return
	}
	text, err := io.ReadAll(r.Body)
	if err != nil {
		status, reason := unread(err)
		w.Header().Set("Connection", "close") // rather than read on
		writeRefusal(w, status, reason)
		return
	}
	params, err := readParams(text)
	if err != nil {
		writeRefusal(w, http.StatusBadRequest, graph.Errorf(graph.CodeBadUserInput, "%v", err))
		return
	}
	execute(w, r, exec, params)
}

// unread says why a body could not be read.
func unread(err error) (int, *gqlerror.Error) {
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		return http.StatusRequestEntityTooLarge, tooLarge()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return http.StatusRequestTimeout, graph.Errorf(graph.CodeTimeout, "the request's body did not come in time")
	}
	return http.StatusBadRequest, graph.Errorf(graph.CodeBadUserInput, "the request's body could not be read to its end")
}

// get takes a query, and nothing that writes, from the address.
type get struct{}

var _ graphql.Transport = get{}

// Supports implements graphql.Transport.
func (get) Supports(r *http.Request) bool { return r.Method == http.MethodGet }

// Do implements graphql.Transport.
func (get) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	params, err := addressParams(r.URL.RawQuery)
	if err != nil {
		writeRefusal(w, http.StatusBadRequest, graph.Errorf(graph.CodeBadUserInput, "%v", err))
		return
	}
	execute(w, r, exec, params)
}

// execute answers a request that could be read.
func execute(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor, params *graphql.RawParams) {
	media := mediaType(r.Header.Values("Accept"))
	if takesGzip(r) {
		w = compressing{w}
	}
	ctx := r.Context()
	defer func() { // gqlgen's handler recovers too, but says less well what happened
		if p := recover(); p != nil {
			writeRefusal(w, http.StatusInternalServerError, graph.PresentError(ctx, graph.Recover(ctx, p)))
		}
	}()
	params.Headers = r.Header
	op, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		status := http.StatusOK // what clients of application/json expect of a request that is well-formed but for its document
		if media == mediaGraphQL {
			status = http.StatusBadRequest
		}
		errs = exec.DispatchError(graphql.WithOperationContext(ctx, op), few(errs)).Errors
		write(w, status, media, &graphql.Response{Errors: errs}, false)
		return
	}
	if r.Method == http.MethodGet && op.Operation.Operation != ast.Query {
		w.Header().Set("Allow", http.MethodPost)
		writeRefusal(w, http.StatusMethodNotAllowed, graph.Errorf(graph.CodeBadUserInput, "GET is for queries: send a %s with POST", op.Operation.Operation))
		return
	}
	respond, ctx := exec.DispatchOperation(ctx, op)
	switch response := respond(ctx); {
	case response != nil:
		write(w, http.StatusOK, media, response, true)
	case errors.Is(ctx.Err(), context.Canceled): // nil is gqlgen's word for a context that has ended
		w.WriteHeader(statusGone)
	default:
		writeRefusal(w, http.StatusGatewayTimeout, graph.PresentError(ctx, context.DeadlineExceeded))
	}
}

// statusGone is logged for a client that did not wait: nobody reads it.
const statusGone = 499

// params is a request as it stands in JSON.
type params struct {
	Query         *string         `json:"query"`
	OperationName *string         `json:"operationName"`
	Variables     json.RawMessage `json:"variables"`
	Extensions    json.RawMessage `json:"extensions"`
}

// readParams reads the body of a request. Its errors name what is wrong and quote nothing.
func readParams(text []byte) (*graphql.RawParams, error) {
	var p params
	if err := json.Unmarshal(text, &p); err != nil {
		if t := bytes.TrimSpace(text); len(t) > 0 && t[0] == '[' && json.Valid(t) {
			return nil, errors.New("the body is a list: send one request at a time")
		}
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return nil, fmt.Errorf("%s must be a string", wrong.Field)
		}
		return nil, errors.New("the body is no JSON object")
	}
	return p.raw()
}

func addressParams(address string) (*graphql.RawParams, error) {
	values, err := url.ParseQuery(address)
	if err != nil {
		return nil, errors.New("the address is not well encoded")
	}
	var p params
	text := func(name string) *string {
		if !values.Has(name) {
			return nil
		}
		value := values.Get(name)
		return &value
	}
	p.Query, p.OperationName = text("query"), text("operationName")
	p.Variables, p.Extensions = json.RawMessage(values.Get("variables")), json.RawMessage(values.Get("extensions"))
	return p.raw()
}

func (p params) raw() (*graphql.RawParams, error) {
	if p.Query == nil {
		return nil, errors.New("query is missing")
	}
	raw := &graphql.RawParams{Query: *p.Query}
	if p.OperationName != nil {
		raw.OperationName = *p.OperationName
	}
	for _, m := range []struct {
		name string
		text json.RawMessage
		to   *map[string]any
	}{{"variables", p.Variables, &raw.Variables}, {"extensions", p.Extensions, &raw.Extensions}} {
		if len(m.text) == 0 {
			continue
		}
		decoder := json.NewDecoder(bytes.NewReader(m.text))
		decoder.UseNumber()
		if err := decoder.Decode(m.to); err != nil || decoder.More() {
			return nil, fmt.Errorf("%s must be a JSON object", m.name)
		}
	}
	return raw, nil
}
