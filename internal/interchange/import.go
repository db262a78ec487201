package interchange

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/vinculo/vinculo/internal/statement"
)

// Writer is the part of a store that an import needs.
type Writer interface {
	Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error)
}

// File is a statement file. It is read several times, up to the size that it has
// when the import begins.
type File struct {
	Name string // for messages
	io.ReadSeeker
}

// BadLine is a line that could not be imported.
type BadLine struct {
	File   string
	Line   int // from 1
	Reason string
}

func (b BadLine) String() string { return fmt.Sprintf("%s:%d: %s", b.File, b.Line, b.Reason) }

// Restricted is a line that was stored RESTRICTED, since a free text in it contains
// a name of the protected person.
type Restricted struct {
	File   string
	Line   int
	Person string // id
}

// Report counts the lines of an import. A line that opens a commit counts nowhere.
type Report struct {
	Added, Retracted, Set int // what changed the store
	Unchanged             int // what it held already
	Restricted            int // of Added
	Bad                   int
}

// Import is an import of statement files.
//
// Nobody sees a minor before it is known that they are one: what decides protection,
// then all names, are written first, for all files and without any `type`, so that
// nothing shows; then what is said of sources; then types and all the rest.
// A file's own later word on a statement's visibility, rank and verification is
// written with the statement, not after it. What fits one commit is one commit.
//
// Repeating an import changes nothing. In memory it keeps the ids and types of the
// entities that the files type, and the ids of what they retract and set, but no
// statements.
type Import struct {
	Store  Writer
	ID     string // Commit.Import of its commits
	By     string // Commit.By
	Reason string // Commit.Reason, but for retract and set lines, which have their own
	// Strict refuses all files before anything is written if one line is bad in
	// itself or does not fit the type that the files give its entity. What only the
	// store can tell (a conflict with what it holds) still stops in the middle if
	// the import is more than one commit.
	Strict bool
	// Bad and Restricted, if set, are told of each such line as it is found.
	Bad        func(BadLine)
	Restricted func(Restricted)
}

// ErrStrict says that a strict import has found a bad line.
var ErrStrict = errors.New("strict import: a line is bad")

// Run imports the files. Bad lines are left out and counted, not an error, unless
// the import is strict; a file that is none of this format is an error, before
// anything is written. After another error (the store cannot be reached, the context
// ended) the report says what was done until then.
func (im Import) Run(ctx context.Context, files ...File) (Report, error) {
	r := &run{
		Import: im, types: map[string]string{}, twice: map[string]bool{}, lifted: map[string]bool{},
		sets: map[string]*setLine{}, retracted: map[string]*retraction{},
	}
	for _, f := range files {
		size, err := f.Seek(0, io.SeekEnd)
		if err != nil {
			return r.report, fmt.Errorf("%s: %w", f.Name, err)
		}
		r.files = append(r.files, sized{f, size})
	}
	if err := r.scan(ctx); err != nil {
		return r.report, err
	}
	r.pending = &batch{run: r}
	for now := range stages {
		if err := r.each(ctx, now.reads, r.at(now)); err != nil {
			return r.report, err
		}
		if !r.single() {
			if err := r.pending.flush(ctx); err != nil {
				return r.report, err
			}
		}
	}
	return r.report, r.pending.flush(ctx)
}

// run is an import at work.
type run struct {
	Import
	files   []sized
	report  Report
	pending *batch

	sorts     []sort              // of each line after a header, over all files
	types     map[string]string   // of the entities that the files type: the first, or retyped
	twice     map[string]bool     // entities with two types
	lifted    map[string]bool     // people of whom the files say that protection is lifted
	sets      map[string]*setLine // what set lines say, by statement
	retracted map[string]*retraction
	adds      int
}

type sized struct {
	File
	size int64
}

// place is where a line stands.
type place struct {
	file string
	line int
}

// setLine is the sum of the set lines for a statement.
type setLine struct {
	statement.Setting
	folded bool // into a statement of these files
}

// single reports whether all of the import is one commit.
func (r *run) single() bool {
	return r.adds <= statement.MaxStatements && len(r.retracted) == 0 && len(r.sets) == 0
}

func (r *run) bad(at place, err error) {
	r.report.Bad++
	if r.Bad != nil {
		r.Bad(BadLine{at.file, at.line, err.Error()})
	}
}
