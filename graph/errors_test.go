package graph

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/store"
)

const secret = "bolt://10.0.0.7:7687 said no at /srv/vinculo"

func TestPresentError(t *testing.T) {
	behind := func(err error) error { return fmt.Errorf("%s: %w", secret, err) }
	cases := map[string]struct {
		err           error
		code, message string
	}{
		"carries a code":     {Errorf(CodeUnauthenticated, "the token of %s has expired", "Ana"), CodeUnauthenticated, "the token of Ana has expired"},
		"of a root":          {rootError(&plan.RootError{Code: CodeBadUserInput, Message: "people: no", Err: errors.New(secret)}), CodeBadUserInput, "people: no"},
		"deadline":           {behind(context.DeadlineExceeded), CodeTimeout, "the answer took too long: ask for less at once"},
		"canceled":           {behind(context.Canceled), CodeTimeout, "the answer took too long: ask for less at once"},
		"store away":         {behind(store.ErrUnavailable), CodeUnavailable, "the data cannot be reached at the moment: try again later"},
		"root's store away":  {rootError(&plan.RootError{Code: CodeUnavailable, Message: "not now", Err: behind(store.ErrUnavailable)}), CodeUnavailable, "not now"},
		"unknown":            {errors.New(secret), CodeInternal, "something went wrong here: please report request r-1"},
		"unknown, placed":    {gqlerror.WrapPath(ast.Path{ast.PathName("a")}, errors.New(secret)), CodeInternal, "something went wrong here: please report request r-1"},
		"root's own mistake": {rootError(&plan.RootError{Code: CodeInternal, Message: secret}), CodeInternal, "something went wrong here: please report request r-1"},
		"panic":              {Recover(context.Background(), secret), CodeInternal, "something went wrong here: please report request r-1"},
		"malformed read":     {behind(store.ErrInvalid), CodeInternal, "something went wrong here: please report request r-1"},
		"token limit":        {coded(CodeParseFailed, "exceeded token limit of 2000"), CodeQueryTooComplex, "exceeded token limit of 2000"},
		"parsing":            {coded(CodeParseFailed, "Expected Name, found }"), CodeParseFailed, "Expected Name, found }"},
		"validation":         {coded(CodeValidationFailed, "Cannot query field"), CodeValidationFailed, "Cannot query field"},
		"variable, 5.0":      {coded(CodeValidationFailed, "cannot use value 0 as Int", ast.PathName("variable"), ast.PathName("x")), CodeBadUserInput, "variable $x: is no whole number of 32 bits, written without point or exponent"},
		"variable":           {coded(CodeValidationFailed, "cannot be null", ast.PathName("variable"), ast.PathName("w"), ast.PathName("in"), ast.PathIndex(2)), CodeBadUserInput, "variable $w.in[2]: cannot be null"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			ctx := access.WithRequest(t.Context(), "r-1")
			e := PresentError(ctx, c.err)
			if e.Extensions["code"] != c.code || e.Message != c.message {
				t.Errorf("got %v %q, want %s %q", e.Extensions, e.Message, c.code, c.message)
			}
			if strings.Contains(e.Error(), secret) || strings.Contains(fmt.Sprint(e.Extensions), secret) {
				t.Errorf("it tells what is not for clients: %v", e)
			}
			if c.code == CodeInternal && e.Extensions["request"] != "r-1" {
				t.Errorf("no request to quote: %v", e.Extensions)
			}
		})
	}
}

// failed is an error as a store gives it: what lies behind it is not for clients.
type failed struct{ error }

func (f failed) Unwrap() error { return f.error }

func (failed) Cause() string { return secret }

func TestTheLogTellsWhatLiesBehindAnError(t *testing.T) {
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(old)
	if e := PresentError(t.Context(), fmt.Errorf("reading: %w", failed{store.ErrUnavailable})); strings.Contains(e.Error(), secret) {
		t.Errorf("it tells what is not for clients: %v", e)
	}
	_ = PresentError(t.Context(), failed{errors.New("a failure")})
	if n := strings.Count(log.String(), secret); n != 2 {
		t.Errorf("the log:\n%s", &log)
	}
}

func coded(code, message string, path ...ast.PathElement) error {
	e := Errorf(code, "%s", message)
	e.Path = path
	return e
}

func TestPresentErrorKeepsWhatItIsGiven(t *testing.T) {
	given := Errorf(CodeBadUserInput, "%s", strings.Repeat("é", 1000))
	given.Path = ast.Path{ast.PathName("people")}
	given.Locations = []gqlerror.Location{{Line: 1, Column: 3}}
	before := *given
	e := PresentError(t.Context(), given)
	if diff := cmp.Diff([]any{e.Path, e.Locations}, []any{given.Path, given.Locations}); diff != "" {
		t.Error(diff)
	}
	if e.Message != strings.Repeat("é", maxMessage/2)+"…" {
		t.Errorf("a long message is cut: %d bytes", len(e.Message))
	}
	if given.Message != before.Message || len(given.Extensions) != 1 {
		t.Error("the error itself was changed")
	}
}

// What gqlgen and gqlparser make of bad requests, as clients see it.
func TestBadRequests(t *testing.T) {
	cases := map[string]struct {
		query     string
		variables map[string]any
		code      string
		message   string // part of it
	}{
		"no query":         {"", nil, CodeValidationFailed, "no operation"},
		"syntax":           {"{ people( }", nil, CodeParseFailed, "Expected"},
		"which operation":  {"query a { __typename } query b { __typename }", nil, CodeValidationFailed, "there are several operations: say with operationName which one to run"},
		"unknown field":    {"{ peoples { totalCount } }", nil, CodeValidationFailed, `Cannot query field "peoples"`},
		"unknown enum":     {"{ people(orderBy: [{field: SIZE}]) { totalCount } }", nil, CodeValidationFailed, `"SIZE"`},
		"deferred":         {"{ ... @defer { viewer { name } } }", nil, CodeValidationFailed, "defer"},
		"variable missing": {"query($id: ID!) { node(id: $id) { id } }", nil, CodeBadUserInput, "variable $id: must be defined"},
		"variable's type":  {"query($n: Int) { people(first: $n) { totalCount } }", map[string]any{"n": "many"}, CodeBadUserInput, "variable $n"},
		"variable's field": {"query($w: PersonFilter) { people(where: $w) { totalCount } }", map[string]any{"w": map[string]any{"size": 1}}, CodeBadUserInput, "variable $w.size"},
		"too many tokens":  {"{" + strings.Repeat(" __typename", 2001) + "}", nil, CodeQueryTooComplex, "2000"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			a := ask(t.Context(), t, backed(nil), c.query, c.variables)
			if len(a.Errors) == 0 || a.Errors[0].Extensions["code"] != c.code || !strings.Contains(a.Errors[0].Message, c.message) {
				t.Errorf("got %v", a.Errors)
			}
			if len(a.Errors) > 0 && a.Errors[0].Path != nil {
				t.Errorf("nothing was executed, yet there is a path: %v", a.Errors[0].Path)
			}
		})
	}
}
