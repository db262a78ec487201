package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/store"
)

// The codes of errors, in extensions.code: a closed list.
const (
	CodeParseFailed      = "GRAPHQL_PARSE_FAILED"
	CodeValidationFailed = "GRAPHQL_VALIDATION_FAILED"
	CodeBadUserInput     = "BAD_USER_INPUT"
	CodeForbidden        = "FORBIDDEN"
	CodeUnauthenticated  = "UNAUTHENTICATED"
	CodeQueryTooComplex  = "QUERY_TOO_COMPLEX"
	CodeRateLimited      = "RATE_LIMITED"
	CodeTimeout          = "TIMEOUT"
	CodeUnavailable      = "UNAVAILABLE"
	CodeInternal         = "INTERNAL"
)

const codeKey = "code"

// maxMessage bounds a message, which may quote what was sent.
const maxMessage = 500

// Errorf gives an error with a code and a message for clients.
func Errorf(code, format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{Message: fmt.Sprintf(format, args...), Extensions: map[string]any{codeKey: code}}
}

// PresentError turns any error into the one that clients see. Each has a code. What
// is not meant for clients (a driver's message, a path, a stack) goes to the log,
// and the client gets the id of the request to quote.
func PresentError(ctx context.Context, err error) *gqlerror.Error {
	shown := &gqlerror.Error{}
	if placed, ok := errors.AsType[*gqlerror.Error](err); ok {
		*shown = *placed
	}
	shown.Extensions = maps.Clone(shown.Extensions)
	if shown.Extensions == nil {
		shown.Extensions = map[string]any{}
	}
	shown.Extensions[codeKey] = classify(shown, err)
	reword(ctx, shown, err)
	if len(shown.Message) > maxMessage {
		shown.Message = strings.ToValidUTF8(shown.Message[:maxMessage], "") + "…"
	}
	return shown
}

// classify gives the code of an error: the one that it carries, or one by what lies
// behind it, which then has its message for clients too. What nobody has foreseen
// is INTERNAL.
func classify(placed *gqlerror.Error, err error) string {
	switch code, _ := placed.Extensions[codeKey].(string); {
	case code == CodeParseFailed && strings.HasPrefix(placed.Message, "exceeded token limit"):
		return CodeQueryTooComplex
	case code == CodeValidationFailed && ofVariable(placed):
		return CodeBadUserInput
	case code != "":
		return code
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		placed.Message = "the answer took too long: ask for less at once"
		return CodeTimeout
	case errors.Is(err, store.ErrUnavailable):
		placed.Message = "the data cannot be reached at the moment: try again later"
		return CodeUnavailable
	}
	return CodeInternal
}

// ofVariable reports whether gqlparser refused the value of a variable: it then
// gives the variable as if it were the path of a field.
func ofVariable(e *gqlerror.Error) bool {
	return len(e.Path) > 1 && e.Path[0] == ast.PathName("variable")
}

// cause gives what the log says of an error: what lies behind it where it does not
// tell that to clients.
func cause(err error) string {
	var behind interface{ Cause() string }
	if errors.As(err, &behind) {
		return err.Error() + ": " + behind.Cause()
	}
	return err.Error()
}

// reword gives the error what clients may see of it, and the log what they may not.
func reword(ctx context.Context, shown *gqlerror.Error, err error) {
	request := access.Request(ctx)
	if shown.Err != nil {
		err = shown.Err
	}
	switch shown.Extensions[codeKey] {
	case CodeValidationFailed:
		if shown.Message == "operation  not found" { // gqlgen's words for one without a name
			shown.Message = "there are several operations: say with operationName which one to run"
		}
	case CodeUnavailable:
		slog.WarnContext(ctx, "the store does not answer", "request", request, "error", cause(err))
	case CodeInternal:
		slog.ErrorContext(ctx, "internal error", "request", request, "error", cause(err))
		shown.Extensions = map[string]any{codeKey: CodeInternal, "request": request}
		shown.Message = fmt.Sprintf("something went wrong here: please report request %s", request)
	case CodeBadUserInput:
		if ofVariable(shown) {
			if strings.HasPrefix(shown.Message, "cannot use value ") && strings.HasSuffix(shown.Message, " as Int") { // gqlparser's words, with a 0 for what it cannot read
				shown.Message = "is no whole number of 32 bits, written without point or exponent"
			}
			shown.Message = "variable $" + shown.Path[1:].String() + ": " + shown.Message
			shown.Path = nil
		}
	}
}

// Recover turns a panic into an error that PresentError shows as INTERNAL, and logs
// where it came from.
func Recover(ctx context.Context, panicked any) error {
	slog.ErrorContext(ctx, "panic", "request", access.Request(ctx), "panic", panicked, "stack", string(debug.Stack()))
	return fmt.Errorf("panic: %v", panicked)
}
