package interchange

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Writer is the part of a store that an import writes to.
type Writer interface {
	Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error)
}

// Reader is the part of a store that tells which ids it has, of which types.
type Reader interface {
	Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error)
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

// Restricted is a line that was stored RESTRICTED, or a set line that the store did
// not follow to PUBLIC, since a free text contains a name of the protected person.
type Restricted struct {
	File      string // "" if the statement is in none of the files, or is there without an id
	Line      int
	Statement string // id
	Person    string // id
}

func (r Restricted) String() string {
	where := "statement " + r.Statement
	if r.File != "" {
		where = fmt.Sprintf("%s:%d", r.File, r.Line)
	}
	return where + ": stored RESTRICTED: it contains a name of the protected person " + r.Person
}

// Report counts the lines of an import. A line that opens a commit counts nowhere.
type Report struct {
	Added, Retracted, Set int // what changed the store
	Unchanged             int // what it held already
	Restricted            int // stored RESTRICTED for a name in a text, whether added now or before
	Bad                   int
	Dangling              int // ids that are used and of which neither the files nor the store know a type
}

// Import is an import of statement files.
//
// Nobody sees a minor before it is known that they are one: what decides protection,
// and all names, are written first, for all files and without any `type` but those of
// new sources and organizations, so that nothing else shows; then what is said of
// sources; then types and all the rest.
// Texts that were written before all names were known are then compared with them
// once more. A file's own later word on a statement's visibility, rank and
// verification is written with the statement if that is new, not after it; of one
// that is there, set lines are written last. What fits one commit is one commit.
//
// Repeating an import changes nothing. In memory it keeps the ids and types of the
// entities that the files type or refer to, and the ids of what they retract and
// set, but no statements.
type Import struct {
	Store  Writer
	ID     string // Commit.Import of its commits
	By     string // Commit.By
	Reason string // Commit.Reason, but for retract and set lines, which have their own
	// Strict refuses all files before anything is written if one line is bad in
	// itself, contradicts an earlier one, does not fit the types that the files and
	// the Reader give what it speaks of, or has the id of a statement of theirs with
	// other content; for that it keeps 16 bytes for each statement, and the ids of all
	// that they speak of. What only writing can tell (judgements of sameness that
	// exclude each other, one id for two links or for things of two sorts, a choice
	// that set lines have changed since, what is written meanwhile) still stops in the
	// middle if the import is more than one commit.
	Strict bool
	// Bad and Restricted, if set, are told of each such line as it is found, but for
	// restricted statements that were written before: of those in the end.
	Bad        func(BadLine)
	Restricted func(Restricted)
	// Reader, if set, is asked for the types of the ids that the files type, which win
	// over theirs, and in the end which of the ids that they use, and do not type, it
	// has; Dangling, if set, is told of the first MostDangling others.
	Reader   Reader
	Dangling func(Dangling)
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
		there: map[string]bool{}, sets: map[string]*setLine{}, retracted: map[string]*retraction{}, uses: map[string]use{},
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
	r.told = map[place]bool{}
	r.whole = r.adds <= statement.MaxStatements && len(r.retracted) == 0 && len(r.sets) == 0
	scanned := r.report
	err := r.write(ctx)
	if errors.Is(err, errSplit) { // nothing was added
		scanned.Bad, scanned.Restricted = r.report.Bad, r.report.Restricted
		r.report, r.whole = scanned, false
		err = r.write(ctx)
	}
	if err = errors.Join(err, r.tellElsewhere(ctx)); err == nil {
		err = r.tellDangling(ctx)
	}
	return r.report, err
}

// errSplit says that what should have been one commit has many lines that the store
// refuses, so that it becomes several.
var errSplit = errors.New("too many refused lines for one commit")

// write is all stages.
func (r *run) write(ctx context.Context) error {
	r.pending = &batch{run: r}
	for now := range stages {
		if err := r.each(ctx, now.reads, r.at(now)); err != nil {
			return err
		}
		if !r.whole {
			if err := r.pending.flush(ctx); err != nil {
				return err
			}
		}
	}
	return r.pending.flush(ctx)
}

// run is an import at work.
type run struct {
	Import
	files   []sized
	report  Report
	pending *batch

	sorts     []sort              // of each line after a header, over all files
	types     map[string]string   // of the entities that the files type: the store's, else the first, or retyped
	there     map[string]bool     // those of them that the store has
	twice     map[string]bool     // entities with two types
	lifted    map[string]bool     // people of whom the files say that protection is lifted
	sets      map[string]*setLine // what set lines say, by statement
	retracted map[string]*retraction
	adds      int
	uses      map[string]use // first uses of ids that are not, or not yet, known to be typed

	whole     bool                // all of the import is one commit
	told      map[place]bool      // bad lines told of since the scan; nil: not kept
	vain      int                 // statements of known ids that were looked for in vain, up to mostVain
	elsewhere []statement.Finding // restricted statements whose lines are not known
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

// bad tells of a bad line, once.
func (r *run) bad(at place, err error) {
	if r.told[at] {
		return
	}
	if r.told != nil {
		r.told[at] = true
	}
	r.report.Bad++
	if r.Bad != nil {
		r.Bad(BadLine{at.file, at.line, err.Error()})
	}
}
