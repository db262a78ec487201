package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	get := func(pairs ...string) string {
		values := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			values.Add(pairs[i], pairs[i+1])
		}
		return GraphQLPath + "?" + values.Encode()
	}
	const viewer = `{"data":{"viewer":{"name":"public"}}}`
	for name, c := range map[string]struct {
		method, path, body string
		headers            []string
		status             int
		media              string // "": application/json
		code               string // "": no error
		answer             string // "": any
	}{
		"post":                 {body: `{"query":"{viewer{name}}"}`, status: 200, answer: viewer},
		"post, nulls":          {body: `{"query":"{viewer{name}}","variables":null,"operationName":null,"extensions":null}`, status: 200, answer: viewer},
		"post, charset":        {body: `{"query":"{viewer{name}}"}`, headers: []string{"Content-Type", "application/json; charset=utf-8"}, status: 200, answer: viewer},
		"post, new media type": {body: `{"query":"{viewer{name}}"}`, headers: []string{"Accept", "application/graphql-response+json"}, status: 200, media: mediaGraphQL, answer: viewer},
		"post, variables":      {body: `{"query":"query A($i:Boolean!){viewer{name @include(if:$i)} __typename} query B{node(id:\"x\"){id}}","operationName":"A","variables":{"i":true}}`, status: 200, answer: `{"data":{"viewer":{"name":"public"},"__typename":"Query"}}`},
		"get":                  {method: "GET", path: get("query", "{viewer{name}}"), status: 200, answer: viewer},
		"get, variables":       {method: "GET", path: get("query", "query A($i:Boolean!){viewer{name @include(if:$i)}}", "variables", `{"i":true}`), status: 200, answer: viewer},

		"no body":                 {status: 400, code: "BAD_USER_INPUT"},
		"no JSON":                 {body: `{viewer{name}}`, status: 400, code: "BAD_USER_INPUT"},
		"a text":                  {body: `"{viewer{name}}"`, status: 400, code: "BAD_USER_INPUT"},
		"a list":                  {body: `[{"query":"{viewer{name}}"}]`, status: 400, code: "BAD_USER_INPUT"},
		"two":                     {body: `{"query":"{viewer{name}}"} {}`, status: 400, code: "BAD_USER_INPUT"},
		"no query":                {body: `{"variables":{}}`, status: 400, code: "BAD_USER_INPUT"},
		"query no text":           {body: `{"query":7}`, status: 400, code: "BAD_USER_INPUT"},
		"query null":              {body: `{"query":null}`, status: 400, code: "BAD_USER_INPUT"},
		"operationName no text":   {body: `{"query":"{viewer{name}}","operationName":{}}`, status: 400, code: "BAD_USER_INPUT"},
		"variables a list":        {body: `{"query":"{viewer{name}}","variables":[1]}`, status: 400, code: "BAD_USER_INPUT"},
		"variables a text":        {body: `{"query":"{viewer{name}}","variables":"{}"}`, status: 400, code: "BAD_USER_INPUT"},
		"extensions a number":     {body: `{"query":"{viewer{name}}","extensions":1}`, status: 400, code: "BAD_USER_INPUT"},
		"a form":                  {body: `query={viewer{name}}`, headers: []string{"Content-Type", "application/x-www-form-urlencoded"}, status: 415, code: "BAD_USER_INPUT"},
		"multipart":               {body: `--x--`, headers: []string{"Content-Type", "multipart/form-data; boundary=x"}, status: 415, code: "BAD_USER_INPUT"},
		"plain text":              {body: `{"query":"{viewer{name}}"}`, headers: []string{"Content-Type", "text/plain"}, status: 415, code: "BAD_USER_INPUT"},
		"get without query":       {method: "GET", path: GraphQLPath, status: 400, code: "BAD_USER_INPUT"},
		"get, bad variables":      {method: "GET", path: get("query", "{viewer{name}}", "variables", "{"), status: 400, code: "BAD_USER_INPUT"},
		"get, bad address":        {method: "GET", path: GraphQLPath + "?query=%zz", status: 400, code: "BAD_USER_INPUT"},
		"no document":             {body: `{"query":""}`, status: 200, code: "GRAPHQL_VALIDATION_FAILED"},
		"no GraphQL":              {body: `{"query":"{"}`, status: 200, code: "GRAPHQL_PARSE_FAILED"},
		"no GraphQL, new type":    {body: `{"query":"{"}`, headers: []string{"Accept", "application/graphql-response+json"}, status: 400, media: mediaGraphQL, code: "GRAPHQL_PARSE_FAILED"},
		"unknown field":           {body: `{"query":"{people{color}}"}`, status: 200, code: "GRAPHQL_VALIDATION_FAILED"},
		"unknown field, new type": {body: `{"query":"{people{color}}"}`, headers: []string{"Accept", "application/graphql-response+json"}, status: 400, media: mediaGraphQL, code: "GRAPHQL_VALIDATION_FAILED"},
		"unknown operation":       {body: `{"query":"query A{viewer{name}}","operationName":"B"}`, status: 200, code: "GRAPHQL_VALIDATION_FAILED"},
		"variable missing":        {body: `{"query":"query A($i:Boolean!){viewer{name @include(if:$i)}}"}`, status: 200, code: "BAD_USER_INPUT"},
		"too many tokens":         {body: `{"query":"{` + strings.Repeat("viewer{name}", 501) + `}"}`, status: 200, code: "QUERY_TOO_COMPLEX"},
		"bad argument":            {body: `{"query":"{people(first:-1){totalCount}}"}`, status: 200, code: "BAD_USER_INPUT"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.method == "" {
				c.method, c.path = http.MethodPost, GraphQLPath
				if len(c.headers) == 0 || c.headers[0] != "Content-Type" {
					c.headers = append(c.headers, "Content-Type", "application/json")
				}
			}
			r := s.send(t, c.method, c.path, strings.NewReader(c.body), c.headers...)
			if c.media == "" {
				c.media = mediaJSON
			}
			if got := r.Header.Get("Content-Type"); r.StatusCode != c.status || got != c.media+"; charset=utf-8" {
				t.Errorf("%d %s %s", r.StatusCode, got, r.text)
			}
			if r.code() != c.code {
				t.Errorf("code %q, want %q: %s", r.code(), c.code, r.text)
			}
			if c.answer != "" && r.text != c.answer {
				t.Errorf("(-want +got):\n%s", cmp.Diff(c.answer, r.text))
			}
			if refused := c.code != "" && name != "bad argument"; refused && strings.Contains(r.text, `"data"`) {
				t.Errorf("a refused request has data: %s", r.text)
			}
		})
	}
}

// A body that cannot be read is not sent back: it may be another's, and hold markup.
func TestRefusalsQuoteLittleAndAreBounded(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	r := s.send(t, http.MethodPost, GraphQLPath, strings.NewReader(`{"query":"<script>`), "Content-Type", "application/json")
	if strings.Contains(r.text, "script") {
		t.Errorf("the body comes back: %s", r.text)
	}
	var fields strings.Builder
	for i := range 1900 {
		fmt.Fprintf(&fields, " f%d", i)
	}
	r = s.ask(t, "{"+fields.String()+"}")
	if len(r.body.Errors) != maxErrors+1 || !strings.Contains(r.body.Errors[maxErrors].Message, "1880 more") {
		t.Errorf("%d errors", len(r.body.Errors))
	}
	r = s.ask(t, "{"+strings.Repeat("x", 500_000)+"}")
	if len(r.text) > 4000 {
		t.Errorf("the refusal has %d bytes", len(r.text))
	}
}

func TestBodyLimit(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	body := func(size int) string {
		const begin, end = `{"query":"{viewer{name}}","operationName":"`, `"}`
		return begin + strings.Repeat("x", size-len(begin)-len(end)) + end
	}
	for name, c := range map[string]struct {
		body   io.Reader
		status int
	}{
		"just right":          {strings.NewReader(body(MaxBody)), 200},
		"too long":            {strings.NewReader(body(MaxBody + 1)), 413},
		"too long, untold":    {io.MultiReader(strings.NewReader(body(MaxBody + 1))), 413},
		"much too long":       {strings.NewReader(body(20 * MaxBody)), 413},
		"just right, untold":  {io.MultiReader(strings.NewReader(body(MaxBody))), 200},
		"by far, and no JSON": {io.MultiReader(strings.NewReader(strings.Repeat("x", 3*MaxBody))), 413},
	} {
		r := s.send(t, http.MethodPost, GraphQLPath, c.body, "Content-Type", "application/json")
		if r.StatusCode != c.status {
			t.Errorf("%s: %d %s", name, r.StatusCode, r.text)
		}
		if c.status == 413 && (r.code() != "BAD_USER_INPUT" || !strings.Contains(r.text, "1048576")) {
			t.Errorf("%s: %s", name, r.text)
		}
	}
}

func TestMediaTypeOfAnswers(t *testing.T) {
	t.Parallel()
	for accept, want := range map[string]string{
		"":                                  mediaJSON,
		"*/*":                               mediaJSON,
		"application/*":                     mediaJSON,
		"application/json":                  mediaJSON,
		"text/html":                         mediaJSON,
		"application/graphql-response+json": mediaGraphQL,
		"application/graphql-response+json, application/json;q=0.9":    mediaGraphQL,
		"application/json;q=0.4, application/graphql-response+json":    mediaGraphQL,
		"application/json, application/graphql-response+json":          mediaJSON,
		"text/html, application/graphql-response+json;q=0.5, */*;q=.1": mediaGraphQL,
		"application/graphql-response+json;q=0":                        mediaJSON,
		";;;, application/graphql-response+json":                       mediaGraphQL,
	} {
		if got := mediaType([]string{accept}); got != want {
			t.Errorf("%q: %s", accept, got)
		}
	}
}

// writing is a schema with something that writes.
type writing struct{ schema *ast.Schema }

func (w writing) Schema() *ast.Schema { return w.schema }

func (writing) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (writing) Exec(context.Context) graphql.ResponseHandler {
	return graphql.OneShot(&graphql.Response{Data: []byte(`{"purge":true}`)})
}

func TestGetNeverWrites(t *testing.T) {
	t.Parallel()
	s := closed(t)
	s.Open(writing{gqlparser.MustLoadSchema(&ast.Source{Input: "type Query {a: Boolean} type Mutation {purge: Boolean}"})}, nil)
	r := s.send(t, http.MethodGet, GraphQLPath+"?query=mutation{purge}", nil)
	if r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") != "POST" || r.code() != "BAD_USER_INPUT" {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
	r = s.send(t, http.MethodGet, GraphQLPath+"?operationName=W&query=query+R{a}mutation+W{purge}", nil)
	if r.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
	if r := s.ask(t, "mutation{purge}"); r.text != `{"data":{"purge":true}}` {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
}
