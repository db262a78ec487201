package plan

import (
	"context"
	"errors"
	"fmt"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/store"
)

// The codes of errors, as users rely on them.
const (
	codeBadInput    = "BAD_USER_INPUT"
	codeTooComplex  = "QUERY_TOO_COMPLEX"
	codeTimeout     = "TIMEOUT"
	codeUnavailable = "UNAVAILABLE"
	codeInternal    = "INTERNAL"
)

// refusal is why something cannot be compiled.
type refusal struct {
	code, message string
	whole         bool // it is the operation that is refused, not the root alone
}

func (r *refusal) Error() string { return r.message }

// badInput refuses an argument. argument may be a path into it: where.name.eq.
func badInput(at *path, argument, format string, args ...any) error {
	return &refusal{code: codeBadInput, message: fmt.Sprintf("%s, argument %s: %s", at, argument, fmt.Sprintf(format, args...))}
}

// tooLarge refuses an argument that is beyond a bound.
func tooLarge(at *path, argument, format string, args ...any) error {
	return &refusal{code: codeTooComplex, message: fmt.Sprintf("%s, argument %s: %s", at, argument, fmt.Sprintf(format, args...))}
}

// tooComplex refuses the operation.
func tooComplex(at *path, format string, args ...any) error {
	return &refusal{codeTooComplex, fmt.Sprintf("%s: %s", at, fmt.Sprintf(format, args...)), true}
}

// unknownField is a field of the schema that nothing here compiles: our mistake.
func unknownField(at *path) error {
	return &refusal{code: codeInternal, message: fmt.Sprintf("%s: this field cannot be answered", at)}
}

// rootError says what an error of compiling means for the root.
func (r *root) refuse(err error) *RootError {
	refused, ok := errors.AsType[*refusal](err)
	if !ok {
		return &RootError{Field: r.fields[0], Code: codeInternal, Message: "an internal error", Err: err}
	}
	return &RootError{Field: r.fields[0], Code: refused.code, Message: refused.message}
}

// failed says what a failed read means for a root.
func (p *Planner) failed(ctx context.Context, root *root, roots []*root, err error) *RootError {
	e := &RootError{Field: root.fields[0], Err: err}
	switch {
	case err == nil:
		e.Code, e.Message, e.Err = codeInternal, "an internal error", errors.New("plan: the store answered another number of pages than asked")
	case errors.Is(err, store.ErrTooExpensive):
		where, number := widest(roots)
		e.Code, e.Message = codeTooComplex, fmt.Sprintf(
			"the answer needs more than %d rows, the most that one operation may read: ask for fewer with first, or narrow with where, at %s, which alone may give %d",
			p.limits.Rows, where, number)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), ctx.Err() != nil:
		e.Code, e.Message = codeTimeout, "the answer took too long: "+lessOf(root, roots)
	case errors.Is(err, store.ErrUnavailable):
		e.Code, e.Message = codeUnavailable, "the data cannot be reached at the moment: try again later"
	default:
		e.Code, e.Message = codeInternal, "an internal error"
	}
	return e
}

// lessOf tells what to ask less of where time did not suffice for a root.
func lessOf(root *root, roots []*root) string {
	if with := narrowing[root.name()]; with != "" {
		return fmt.Sprintf("ask for less in one operation, or narrow %s with %s", root.key, with)
	}
	where, _ := widest(roots)
	if where == nil {
		return "ask for less in one operation"
	}
	advice := fmt.Sprintf("ask for fewer with first, leave out totals, or narrow with where, at %s, which may give the most", where)
	for _, other := range roots {
		if narrowing[other.name()] != "" {
			return fmt.Sprintf("ask for it without %s, which comes before; or %s", other.key, advice)
		}
	}
	return advice
}

// gathered says what an error of the network means for a root: where there is too
// much to look at, what was found is answered all the same, if anything can be.
func (p *Planner) gathered(ctx context.Context, r *root, err error) *RootError {
	tooMuch, ok := errors.AsType[*network.TooMuch](err)
	switch {
	case err == nil:
		return nil
	case !ok:
		return p.failed(ctx, r, []*root{r}, err)
	}
	e := &RootError{Field: r.fields[0], Code: codeTooComplex, Err: err, Message: fmt.Sprintf(
		"%s: there are more than %d %s: narrow it with %s", r.key, tooMuch.Most, tooMuch.What, narrowing[r.name()])}
	if v := r.value.(*plainRoot); v.data == nil {
		return e
	}
	e.Message += "; what was found until then is in the answer"
	r.partly = e
	return nil
}

// path is a place in the answer: response keys from the root down.
type path struct {
	parent *path
	key    string
	depth  int
}

// below gives the place of a field of this place.
func (p *path) below(key string) *path {
	if p == nil {
		return &path{nil, key, 1}
	}
	return &path{p, key, p.depth + 1}
}

func (p *path) String() string {
	if p.parent == nil {
		return p.key
	}
	return p.parent.String() + "." + p.key
}
