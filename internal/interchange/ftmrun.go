package interchange

import (
	"fmt"

	"github.com/vinculo/vinculo/internal/vocab"
)

// ftm is an import of FollowTheMoney at work.
type ftm struct {
	FtM
	sender *run // writes statements, and tells what the store refuses
	report FtMReport
	files  []sized
	size   int64 // of all files
	read   int64 // in all passes
	step   string
	hashes []string // of the files' content
	ids    *ftmIDs
	source key // of all statements

	lines    []lineFlags // of each line that is not empty, over all files
	found    lineFlags   // of all good ones
	badLines map[place]bool
	most     int  // no more statements than this
	silent   bool // what is wrong with values has been told

	entities  map[key]ftmEntity
	schemata  []*vocab.FtMSchema // that the files use
	numbers   map[string]int     // of schemata, by name
	positions map[key]*ftmPosition
	merged    map[key]*ftmEnds // of edges of several lines
	outside   map[key]string   // what is referred to and not in the files: its type, empty if there is none

	known      bool // the dataset's source is there
	titled     bool // and has its title
	protecting bool // this import has stated what may protect somebody, or a name
	dangled    map[key]bool
	ledger     ledger
}

// lineFlags is what scan has found of a line.
type lineFlags byte

const (
	lineBad    lineFlags = 1 << iota
	lineBirths           // may hold dates of birth
	lineNames            // may hold names
	lineAny    lineFlags = 0
)

// ftmEntity is what is kept of each id.
type ftmEntity struct {
	schema int32 // in ftm.schemata
	first  int32 // the line that spoke of it first
	record bool  // an edge that is no link, since it does not join two ends
	named  bool  // a line gives it a name
}

// ftmPosition is a post, so that who holds it can be linked to whose post it is.
type ftmPosition struct {
	organizations []key
	names         []string
}

func newFtM(im FtM) *ftm {
	f := &ftm{
		FtM: im, badLines: map[place]bool{}, entities: map[key]ftmEntity{}, numbers: map[string]int{},
		positions: map[key]*ftmPosition{}, merged: map[key]*ftmEnds{}, outside: map[key]string{}, dangled: map[key]bool{}, ledger: ledger{},
	}
	f.sender = &run{Import: Import{
		Store: im.Writer, By: im.By, Reason: im.Reason, Strict: im.Strict, Restricted: im.Restricted,
		Bad: func(b BadLine) {
			f.badLines[place{b.File, b.Line}] = true
			if im.Bad != nil {
				im.Bad(b)
			}
		},
	}}
	f.sender.pending = &batch{run: f.sender}
	return f
}

// reported gives the report.
func (f *ftm) reported() FtMReport {
	r := f.report
	unchanged := r.Unchanged
	r.Report = f.sender.report
	r.Unchanged += unchanged
	r.Bad, r.Dangling = len(f.badLines), len(f.dangled)
	r.Lines = len(f.lines)
	r.Entities = map[string]int{}
	for _, e := range f.entities {
		if f.isLink(e) {
			r.Links++
		} else {
			r.Entities[f.schemata[e.schema].EntityType()]++
		}
	}
	return r
}

func (f *ftm) bad(at place, err error) { f.sender.bad(at, err) }

func (f *ftm) note(at place, format string, args ...any) {
	if f.Note != nil && !f.silent {
		f.Note(BadLine{at.file, at.line, fmt.Sprintf(format, args...)})
	}
}
