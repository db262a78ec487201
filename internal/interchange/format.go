package interchange

import (
	"bytes"
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

// beginning is how many bytes Oddity looks at.
const beginning = 512

// Oddity says why a file cannot be JSON lines, and what to do, as far as its beginning
// tells; "" if it may be.
func Oddity(f File) (string, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("%s: %w", f.Name, err)
	}
	head := make([]byte, beginning)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", fmt.Errorf("%s: %w", f.Name, err)
	}
	head = head[:n]
	text := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	switch {
	case len(text) == 0 && n < beginning:
		return "it is empty", nil
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return "it is compressed with gzip: unpack it first", nil
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}), bytes.ContainsRune(head, 0):
		return "it is UTF-16, or no text: write it as UTF-8", nil
	case bytes.HasPrefix(text, []byte{'['}):
		return "it is a JSON array: write each entity on a line of its own", nil
	}
	return "", nil
}
