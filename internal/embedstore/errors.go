package embedstore

import (
	"errors"
	"fmt"
	"runtime/debug"

	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/vinculo/vinculo/internal/store"
)

// Errors of Open.
var (
	ErrInUse   = errors.New("another vinculo holds the data: stop the server first")
	ErrForeign = errors.New("not a vinculo store")
	ErrDamaged = errors.New("the vinculo store is damaged: restore it from a backup")
	ErrNewer   = errors.New("the vinculo store was written by a newer vinculo: use that one")
)

// unavailable says that the file failed, not the caller.
func unavailable(err error) error { return fmt.Errorf("%w: %w", store.ErrUnavailable, err) }

// openError says what an error of bbolt means to whoever opens the file.
func openError(err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return ErrInUse
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrVersionMismatch), errors.Is(err, bolterrors.ErrChecksum):
		return fmt.Errorf("%w (or one that is damaged beyond recognition)", ErrForeign)
	}
	return err
}

// guard runs a part of Open, in which a damaged page of the file makes bbolt
// panic or the memory it is mapped to fault, and makes an error of that. Errors
// get the file's path.
func guard(path string, open func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = damaged("a page", fmt.Sprint(p))
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", path, err)
		}
	}()
	return open()
}

// damaged says which part of the file cannot be read, and why.
func damaged(part, why string) error { return fmt.Errorf("%w (%s: %s)", ErrDamaged, part, why) }
