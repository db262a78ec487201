package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vinculo/vinculo/internal/interchange"
)

type importing struct {
	opener
	log       logSettings
	strict    bool
	in        io.Reader
	out, errs io.Writer
}

func newImport() *cobra.Command {
	i := &importing{}
	c := &cobra.Command{
		Use:   "import FILE…",
		Short: "Import statement files",
		Long: `Import statement files: JSON lines, the first of them ` + interchange.StatementHeader + `.
"-" is standard input.

Nobody sees a minor before it is known that they are one: what decides protection and
all names are written first, for all files, and only then what makes people show.

Bad lines are told with their number and reason, and the others go in; the exit code
is then 1. With --strict nothing goes in unless every line is good in itself and fits
the types that the files give. What only the store can tell, such as a conflict with
what it holds, stops a strict import too: nothing is then imported if all of it fits
one commit of 1,000 statements; otherwise what was taken before stays.

Importing a file again adds nothing, and completes an import that was interrupted.

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
	return c
}

func (i *importing) run(ctx context.Context, names []string) (err error) {
	files, closeFiles, err := i.files(names)
	defer func() { err = errors.Join(err, closeFiles()) }()
	if err != nil {
		return err
	}
	s, err := i.open(ctx)
	if err != nil {
		return err
	}
	report, err := interchange.Import{
		Store: s, ID: rand.Text(), By: "import", Reason: "import of " + strings.Join(bases(names), ", "), Strict: i.strict,
		Bad: func(b interchange.BadLine) { tell(i.errs, "%s\n", b) },
		Restricted: func(r interchange.Restricted) {
			tell(i.errs, "%s:%d: stored RESTRICTED: it contains a name of the protected person %s\n", r.File, r.Line, r.Person)
		},
	}.Run(ctx, files...)
	err = errors.Join(err, closeStore(ctx, s))
	tell(i.out, "added %d, retracted %d, set %d, unchanged %d; stored restricted %d; bad lines %d\n",
		report.Added, report.Retracted, report.Set, report.Unchanged, report.Restricted, report.Bad)
	if err == nil && report.Bad > 0 {
		err = fmt.Errorf("bad lines: %d were left out", report.Bad)
	}
	return err
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

func bases(names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		if list[i] = filepath.Base(name); name == "-" {
			list[i] = "standard input"
		}
	}
	return list
}
