package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vinculo/vinculo/internal/interchange"
	"github.com/vinculo/vinculo/internal/neo4jstore"
	"github.com/vinculo/vinculo/internal/store"
)

type importing struct {
	opener
	ftmSettings
	log       logSettings
	strict    bool
	in        io.Reader
	out, errs io.Writer
}

func newImport() *cobra.Command {
	i := &importing{}
	c := &cobra.Command{
		Use:   "import FILE…",
		Short: "Import statement files and FollowTheMoney entities",
		Long: `Import files of JSON lines: statement files, the first line of which is
` + interchange.StatementHeader + `, and FollowTheMoney entities, which are recognized by
their first line. "-" is standard input.

Nobody sees a minor before it is known that they are one: what decides protection and
all names are written first, for all files of a format or dataset, and only then what
makes people show.

Bad lines are told with their number and reason, and the others go in; the exit code
is then 1. With --strict nothing goes in unless every line is good in itself and fits
the others and what the store holds: types, both ends of relations, and the content of
statements whose ids are there are compared before anything is written. The little that
only writing can tell (docs/statements.md) stops a strict import too: nothing is then
imported if all of it fits one commit of 1,000 statements; otherwise what was taken
before stays.

Importing a file again adds nothing, and completes an import that was interrupted.
A set line that a file has got since then is followed.

Ids that are used and whose type neither the files nor the store know are told too;
the exit code stays 0 for them. docs/statements.md has the format.

FollowTheMoney: people, organizations, addresses and a few more become entities of
their types, edges such as Membership and Ownership links, and everything else
records that are linked to what they refer to; what has no counterpart is kept as
ftm.*. --dataset says whose ids the files use (of donations.ftm.json: donations);
files of one dataset are imported as one. Contact data of people (numbers, phones,
addresses, relatives), and the birth and death of a LegalEntity, which may be one,
are for holders of protected:read only, unless --publish-contact.
Of a date of birth that cannot be read the latest year in it counts. A person of whom
it tells no year may be a minor: they are protected, and the line is told, until a
curator states protection LIFTED.
With --replace what earlier imports of the dataset stated and these files do not is
retracted, unless a line is bad; what editors retracted or added stays as it is, and
so does a protected person's date of birth.

On the embedded store the server has to be stopped first: one process at a time holds
--data-dir. On Neo4j it may run.`,
		Args: cobra.MinimumNArgs(1),
		RunE: does(func(c *cobra.Command, args []string) error {
			i.in, i.out, i.errs = c.InOrStdin(), c.OutOrStdout(), c.ErrOrStderr()
			i.logger = i.log.start(i.errs)
			i.wait = func(string) {}
			return i.run(c.Context(), args)
		}),
	}
	settings(c.Flags(), func(flags *pflag.FlagSet) {
		i.storeSettings.add(flags)
		i.log.add(flags)
	})
	i.addAdopt(c.Flags())
	c.Flags().BoolVar(&i.strict, "strict", false, "import all or nothing, as above")
	i.ftmSettings.add(c.Flags())
	return c
}

func (i *importing) run(ctx context.Context, names []string) (err error) {
	files, closeFiles, err := i.files(names)
	defer func() { err = errors.Join(err, closeFiles()) }()
	if err != nil {
		return err
	}
	statements, datasets, err := i.byFormat(files)
	if err != nil {
		return err
	}
	s, err := i.open(ctx)
	if err != nil {
		return err
	}
	s = bulk(s, i.logger)
	defer debug.SetGCPercent(debug.SetGCPercent(importGC))
	report, err := i.importAll(ctx, s, statements, datasets)
	if planner, plans := s.(*neo4jstore.Store); plans && report.Added >= manyAdded {
		if err := planner.Replan(ctx); err != nil {
			i.logger.Warn("Neo4j still plans by what there was before the import: queries may be slow for a while", "error", err)
		}
	}
	err = errors.Join(err, closeStore(ctx, s))
	tell(i.out, "added %d, retracted %d, set %d, unchanged %d; stored restricted %d; unknown ids %d; bad lines %d\n",
		report.Added, report.Retracted, report.Set, report.Unchanged, report.Restricted, report.Dangling, report.Bad)
	if err == nil && report.Bad > 0 {
		err = fmt.Errorf("bad lines: %d, each left out whole or in part, as said above", report.Bad)
	}
	return err
}

// manyAdded is how many statements may change what is quick in a database.
const manyAdded = 10_000

// importGC is GOGC while importing, which makes much garbage beside little that lasts.
const importGC = 200

// importAll imports statement files, then each dataset. A strict import of several of
// these checks all before it writes any.
func (i *importing) importAll(ctx context.Context, s store.Store, statements []interchange.File, datasets []dataset) (interchange.Report, error) {
	var report interchange.Report
	if i.strict && (len(statements) > 0 || len(datasets) > 1) {
		for _, d := range datasets {
			if checked, err := i.importDataset(ctx, s, d, true); err != nil {
				return checked, err
			}
		}
	}
	if len(statements) > 0 {
		var err error
		if report, err = i.importStatements(ctx, s, statements); err != nil {
			return report, err
		}
	}
	for _, d := range datasets {
		more, err := i.importDataset(ctx, s, d, false)
		add(&report, more)
		if err != nil {
			return report, err
		}
	}
	return report, nil
}

func (i *importing) importStatements(ctx context.Context, s store.Store, files []interchange.File) (interchange.Report, error) {
	report, err := interchange.Import{
		Store: teller(s, i.logger), Reader: s, ID: rand.Text(), By: "import", Reason: "import of " + strings.Join(bases(files), ", "), Strict: i.strict,
		Bad:        func(b interchange.BadLine) { tell(i.errs, "%s\n", b) },
		Restricted: func(r interchange.Restricted) { tell(i.errs, "%s\n", r) },
		Dangling:   func(d interchange.Dangling) { tell(i.errs, "%s\n", d) },
	}.Run(ctx, files...)
	if more := report.Dangling - interchange.MostDangling; more > 0 {
		tell(i.errs, "and %d more ids that are used and unknown\n", more)
	}
	return report, err
}

// files opens the files; what can be read only once is spooled.
func (i *importing) files(names []string) ([]interchange.File, func() error, error) {
	var files []interchange.File
	var open []io.Closer
	closeAll := func() error {
		var err error
		for _, f := range open {
			err = errors.Join(err, f.Close())
		}
		return err
	}
	for _, name := range names {
		f, err := i.file(name)
		if err != nil {
			return nil, closeAll, err
		}
		open = append(open, f)
		files = append(files, interchange.File{Name: name, ReadSeeker: f})
	}
	return files, closeAll, nil
}

func (i *importing) file(name string) (io.ReadSeekCloser, error) {
	if name == "-" {
		return interchange.Spool(i.in)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.Mode().IsRegular():
		return f, nil
	case info.IsDir():
		err = fmt.Errorf("%s is a folder", name)
	default:
		spooled, err := interchange.Spool(f)
		return spooled, errors.Join(err, f.Close())
	}
	return nil, errors.Join(err, f.Close())
}

// bases gives the names of files as messages and reasons have them.
func bases(files []interchange.File) []string {
	list := make([]string, len(files))
	for i, f := range files {
		if list[i] = filepath.Base(f.Name); f.Name == "-" {
			list[i] = "standard input"
		}
	}
	return list
}
