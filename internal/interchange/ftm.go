package interchange

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Keeper is the part of a store that an import of FollowTheMoney reads.
type Keeper interface {
	Reader
	Log(ctx context.Context, view store.View, entity string, after uint64, limit int) ([]statement.Entry, error)
	// Secret keys the ids that are made of foreign ones.
	Secret(ctx context.Context) ([]byte, error)
}

// FtM is an import of FollowTheMoney entities, JSON lines, into one dataset.
//
// The tables of package vocab say what becomes of a schema and of a property: people,
// organizations, places and a few more become entities of their types, edges with a
// relation here become links with all their properties as qualifiers, everything else
// becomes a Record that is linked to what it refers to. What has no counterpart is kept
// under its own name (ftm.amount); nothing is dropped without a word.
//
// Lines with one id are one entity, of the most specific of their schemata. Dates of
// birth are written first, then names, then types and all the rest, so that nobody sees
// a minor before it is known that they are one. In memory it keeps ids, schemata and
// the ids of the dataset's earlier statements, but no values but the names of posts.
//
// Repeating an import changes nothing: ids of entities and links are made of the
// dataset and the foreign id, those of statements of their content too, all keyed by
// the store's secret.
type FtM struct {
	Writer  Writer
	Keeper  Keeper
	Dataset string // whose foreign ids these are
	ID      string // tells this import from others of the dataset
	By      string // Commit.By
	Reason  string // Commit.Reason
	// Strict reads and checks all before anything is written, and writes nothing if a
	// line is bad, or an entity is of another type in the store.
	Strict bool
	// Replace retracts what earlier imports of the dataset stated and these files do
	// not, unless a line is bad: what it said cannot be told from what is gone. A
	// protected person's date of birth stays.
	Replace bool
	// PublishContact leaves contact data of people, and the birth and death of what may
	// be one (a LegalEntity), as public as all the rest; without it such statements are
	// RESTRICTED.
	PublishContact bool

	// Bad, if set, is told of each line of which something could not be imported;
	// Note of what was imported otherwise than the line has it, or leads nowhere yet.
	Bad, Note  func(BadLine)
	Restricted func(Restricted)
	Progress   func(Progress)
}

// FtMReport counts what an import of FollowTheMoney did.
type FtMReport struct {
	Report
	Lines     int            // not empty
	Entities  map[string]int // that the files speak of, by type
	Links     int            // edges that are links here
	Contact   int            // of Added, stored RESTRICTED as contact data
	Kept      int            // values that have a counterpart and do not fit it: kept as ftm.*
	Withdrawn int            // statements that an editor has retracted: they stay so
	Births    int            // dates of birth that --replace left, since they protect
	Untouched bool           // nothing was retracted, since a line is bad
}

// Progress is how far an import is.
type Progress struct {
	Step        string // what it does now
	Done, Total int64  // bytes read in all steps
}

// Run imports the files, which are one dataset together. Errors are as for Import.Run.
func (im FtM) Run(ctx context.Context, files ...File) (FtMReport, error) {
	f, err := im.prepare(ctx, files)
	if err == nil {
		err = f.write(ctx)
	}
	return f.reported(), err
}

// Check does all that a strict import does before it writes, and nothing more.
func (im FtM) Check(ctx context.Context, files ...File) (FtMReport, error) {
	im.Strict = true
	f, err := im.prepare(ctx, files)
	return f.reported(), err
}

// prepare reads the files until all is known that the writing needs.
func (im FtM) prepare(ctx context.Context, files []File) (*ftm, error) {
	f := newFtM(im)
	for _, file := range files {
		size, err := file.Seek(0, io.SeekEnd)
		if err != nil {
			return f, fmt.Errorf("%s: %w", file.Name, err)
		}
		f.files = append(f.files, sized{file, size})
		f.size += size
	}
	secret, err := im.Keeper.Secret(ctx)
	if err != nil {
		return f, err
	}
	f.ids = newFtMIDs(secret, im.Dataset)
	f.source = f.ids.of("source")
	f.sender.Import.ID = f.importPrefix() + im.ID
	for _, step := range []func(context.Context) error{f.scan, f.join, f.lookUp, f.mark} {
		if err := step(ctx); err != nil {
			return f, err
		}
	}
	return f, nil
}

// importPrefix begins the ids of all imports of the dataset, so that the log tells
// their commits.
func (f *ftm) importPrefix() string { return "ftm." + f.ids.of("import").String()[:16] + "." }

// write writes what the files say, what decides protection first.
func (f *ftm) write(ctx context.Context) error {
	replace := f.Replace && len(f.badLines) == 0
	f.report.Untouched = f.Replace && !replace
	if replace {
		if err := f.retractTypes(ctx); err != nil {
			return err
		}
	}
	if err := f.writeSource(ctx); err != nil {
		return err
	}
	for _, now := range []stage{ofBirths, ofNames} {
		if err := f.writeStage(ctx, now); err != nil {
			return err
		}
	}
	if replace {
		if err := f.retractRest(ctx); err != nil {
			return err
		}
	}
	if err := f.writeSourceTexts(ctx); err != nil {
		return err
	}
	if err := f.writeStage(ctx, ofTheRest); err != nil {
		return err
	}
	if replace {
		if err := f.retractNames(ctx); err != nil {
			return err
		}
	}
	return f.lookAgain(ctx)
}

// single reports whether all of the import fits one commit.
func (f *ftm) single() bool { return f.most <= statement.MaxStatements }

// DatasetOf gives the name of a dataset after that of its file, without the endings
// that tell the format.
func DatasetOf(file string) string {
	for {
		cut := file
		for _, ending := range []string{".json", ".jsonl", ".ijson", ".ndjson", ".jl", ".txt", ".ftm", ".entities"} {
			cut = strings.TrimSuffix(cut, ending)
		}
		if cut == file || cut == "" {
			return file
		}
		file = cut
	}
}
