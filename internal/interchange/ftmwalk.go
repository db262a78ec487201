package interchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// walk gives every line to visit, with errLongLine instead of a text where there is
// too much of it. The first walk also hashes the files.
func (f *ftm) walk(ctx context.Context, visit func(at place, text []byte, err error) error) error {
	hashing := len(f.hashes) == 0
	for _, file := range f.files {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("%s: %w", file.Name, err)
		}
		content, sum := io.LimitReader(file, file.size), sha256.New()
		if hashing {
			content = io.TeeReader(content, sum)
		}
		if err := f.walkFile(ctx, file.Name, content, visit); err != nil {
			return err
		}
		if hashing {
			f.hashes = append(f.hashes, hex.EncodeToString(sum.Sum(nil)))
		}
	}
	return nil
}

// progressLines is how many lines are read between two tellings of the progress.
const progressLines = 256

func (f *ftm) walkFile(ctx context.Context, name string, content io.Reader, visit func(at place, text []byte, err error) error) error {
	counted := &counting{Reader: content}
	in := newLines(counted)
	begun := f.read
	for n := 1; ; n++ {
		text, err := in.next()
		f.read = begun + counted.n
		if n%progressLines == 0 {
			f.progress()
		}
		switch {
		case errors.Is(err, io.EOF):
			f.progress()
			return ctx.Err()
		case err != nil && !errors.Is(err, errLongLine):
			return fmt.Errorf("%s:%d: %w", name, in.number, err)
		}
		if err := errors.Join(visit(place{name, in.number}, text, err), ctx.Err()); err != nil {
			return err
		}
	}
}

type counting struct {
	io.Reader
	n int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// passes is how often the files are read.
func (f *ftm) passes() int64 {
	n := int64(2) // to scan, and for the rest
	if len(f.merged) > 0 {
		n++
	}
	if f.marks() {
		n++
	}
	for _, flag := range []lineFlags{lineBirths, lineNames} {
		if f.found&flag != 0 {
			n++
		}
	}
	if f.known && f.protecting {
		n++ // to look again
	}
	return n
}

func (f *ftm) progress() {
	if f.Progress != nil {
		f.Progress(Progress{f.step, f.read, f.size * f.passes()})
	}
}

// pass gives the good lines that have one of the flags (lineAny: all good lines) to
// visit, once scan has seen them all.
func (f *ftm) pass(ctx context.Context, step string, wanted lineFlags, visit func(*ftmLine) error) error {
	if wanted != lineAny && f.found&wanted == 0 {
		return nil
	}
	f.step = step
	next := 0
	err := f.walk(ctx, func(at place, text []byte, err error) error {
		if next == len(f.lines) {
			return errChanged
		}
		flags := f.lines[next]
		next++
		if flags&lineBad != 0 || wanted != lineAny && flags&wanted == 0 {
			return nil
		}
		line, wrong := parseFtM(text)
		if err = errors.Join(err, wrong); err != nil {
			return fmt.Errorf("%s:%d: %w (%w)", at.file, at.line, errChanged, err)
		}
		line.place, line.index = at, next-1
		return visit(&line)
	})
	if err == nil && next < len(f.lines) {
		err = errChanged
	}
	return err
}
