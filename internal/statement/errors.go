package statement

import "errors"

// The closed set of what can be wrong with a commit.
var (
	ErrInvalid  = errors.New("invalid")   // the commit is wrong in itself or does not fit what is stored
	ErrConflict = errors.New("conflict")  // it contradicts what is stored
	ErrNotFound = errors.New("not found") // it names a statement that does not exist
)

// Error says what is wrong with a commit, and where.
type Error struct {
	Kind    error  // one of the above
	Index   int    // position in Commit.Add, Retract or Set, or -1
	Key     string // of the statement: value, entity, source …
	Message string
}

func (e *Error) Error() string { return e.Message }
func (e *Error) Unwrap() error { return e.Kind }
