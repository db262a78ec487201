package interchange

import (
	"errors"
	"fmt"
	"io"
)

// Format is a format that can be imported.
type Format int

// The formats.
const (
	Statements Format = iota
	FollowTheMoney
)

// recognized is how many lines FormatOf looks at: the first ones of a file may be broken.
const recognized = 100

// FormatOf recognizes the format of a file by its first line that tells one. What
// tells none is taken for Statements, whose import says what is wrong with it.
func FormatOf(f File) (Format, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Statements, fmt.Errorf("%s: %w", f.Name, err)
	}
	in := newLines(f)
	for range recognized {
		text, err := in.next()
		switch {
		case errors.Is(err, errLongLine):
			continue
		case errors.Is(err, io.EOF):
			return Statements, nil
		case err != nil:
			return Statements, fmt.Errorf("%s: %w", f.Name, err)
		}
		var header, id, schema bool
		_ = members(text, func(key string, _ []byte) error { // a broken line tells nothing
			header = header || key == "vinculo"
			id = id || key == "id"
			schema = schema || key == "schema"
			return nil
		})
		switch {
		case header:
			return Statements, nil
		case schema && id:
			return FollowTheMoney, nil
		}
	}
	return Statements, nil
}
