package interchange

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
)

// sort is what scan has found of a line, in a byte, so that later passes read in
// full only what they want.
type sort byte

const (
	sortBad sort = iota
	sortFrames
	sortDetentions
	sortBirths
	sortNames
	sortOther  // another statement
	sortChange // a retract or set line, or the opening of a commit
)

// each gives the lines of the wanted sorts to visit, once scan has seen them all.
func (r *run) each(ctx context.Context, wanted func(sort) bool, visit func(context.Context, place, entry) error) error {
	if !slices.ContainsFunc(r.sorts, wanted) {
		return nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	read := make(chan []readLine, 4)
	var walked error
	go func() {
		defer close(read)
		walked = r.readAhead(ctx, wanted, read)
	}()
	var err error
	for lines := range read { // to its end, so that nothing is left running
		for _, l := range lines {
			if err == nil {
				err = visit(ctx, l.place, l.entry)
			}
			if err != nil {
				stop()
			}
		}
	}
	return cmp.Or(err, walked)
}

// readLine is a line that has been parsed.
type readLine struct {
	place
	entry
}

// readAhead parses the lines of the wanted sorts, so that reading a file and writing
// what is in it go on side by side.
func (r *run) readAhead(ctx context.Context, wanted func(sort) bool, read chan<- []readLine) error {
	const many = 500
	var lines []readLine
	send := func() error {
		select {
		case read <- lines:
			lines = make([]readLine, 0, many)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	next := 0
	err := r.walk(ctx, func(at place, text []byte, err error) error {
		if next == len(r.sorts) {
			return errChanged
		}
		next++
		if !wanted(r.sorts[next-1]) {
			return nil
		}
		line, wrong := parseLine(text)
		if err = errors.Join(err, wrong); err != nil {
			return fmt.Errorf("%s:%d: %w (%w)", at.file, at.line, errChanged, err)
		}
		if lines = append(lines, readLine{at, line}); len(lines) == many {
			return send()
		}
		return nil
	})
	if err == nil && next < len(r.sorts) {
		err = errChanged
	}
	if sent := send(); err == nil { // what was read before an error is imported
		err = sent
	}
	return err
}

var errChanged = errors.New("the file was changed while it was read")

// walk gives every line after the headers to visit, with errLongLine instead of a
// text where there is too much of it.
func (r *run) walk(ctx context.Context, visit func(at place, text []byte, err error) error) error {
	for _, f := range r.files {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if err := walkFile(ctx, f, visit); err != nil {
			return err
		}
	}
	return nil
}

func walkFile(ctx context.Context, f sized, visit func(at place, text []byte, err error) error) error {
	in := newLines(io.LimitReader(f, f.size))
	text, err := in.next()
	switch {
	case errors.Is(err, io.EOF):
		return fmt.Errorf("%s: the file is empty: its first line must be %s", f.Name, StatementHeader)
	case err == nil:
		if err = parseHeader(text); err != nil {
			if why, odd := Oddity(f.File); odd == nil && why != "" {
				err = fmt.Errorf("%w: %s", err, why)
			}
		}
	}
	for err == nil {
		if text, err = in.next(); errors.Is(err, io.EOF) {
			return ctx.Err()
		}
		if err == nil || errors.Is(err, errLongLine) {
			err = errors.Join(visit(place{f.Name, in.number}, text, err), ctx.Err())
			if err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("%s:%d: %w", f.Name, in.number, err)
}
