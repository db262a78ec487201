package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/vinculo/vinculo/internal/interchange"
	"github.com/vinculo/vinculo/internal/store"
)

// ftmSettings are those of imports of FollowTheMoney.
type ftmSettings struct {
	dataset        string
	replace        bool
	publishContact bool
}

func (s *ftmSettings) add(flags *pflag.FlagSet) {
	flags.StringVar(&s.dataset, "dataset", "", "FollowTheMoney: the dataset whose ids the files use; from the name of each file if left out")
	flags.BoolVar(&s.replace, "replace", false, "FollowTheMoney: retract what earlier imports of the dataset stated and these files do not")
	flags.BoolVar(&s.publishContact, "publish-contact", false, "FollowTheMoney: make contact data of people, and the birth of what may be one, public")
}

// dataset is the files of one FollowTheMoney dataset.
type dataset struct {
	name  string
	files []interchange.File
}

// byFormat sorts the files by their formats.
func (i *importing) byFormat(files []interchange.File) (statements []interchange.File, datasets []dataset, err error) {
	for _, f := range files {
		format, err := interchange.FormatOf(f)
		if err != nil {
			return nil, nil, err
		}
		if err := i.odd(f); err != nil {
			return nil, nil, err
		}
		if format != interchange.FollowTheMoney {
			statements = append(statements, f)
			continue
		}
		name := i.dataset
		if _, named := f.ReadSeeker.(*os.File); name == "" && !named {
			return nil, nil, usage{fmt.Errorf("%s is a pipe, whose name tells no dataset: --dataset is missing", f.Name)}
		}
		if name == "" {
			name = interchange.DatasetOf(filepath.Base(f.Name))
		}
		at := slices.IndexFunc(datasets, func(d dataset) bool { return d.name == name })
		if at < 0 {
			at = len(datasets)
			datasets = append(datasets, dataset{name: name})
		}
		datasets[at].files = append(datasets[at].files, f)
	}
	if len(datasets) == 0 && (i.ftmSettings != ftmSettings{}) {
		err = usage{errors.New("--dataset, --replace and --publish-contact are for FollowTheMoney files, and none of the files is one")}
	}
	return statements, datasets, err
}

// odd refuses what is in no lines where the flags say that there is FollowTheMoney.
func (i *importing) odd(f interchange.File) error {
	if i.ftmSettings == (ftmSettings{}) {
		return nil
	}
	why, err := interchange.Oddity(f)
	if err == nil && why != "" {
		err = usage{fmt.Errorf("%s: %s (FollowTheMoney entities are JSON lines, UTF-8)", f.Name, why)}
	}
	return err
}

// importDataset imports one dataset or, to check it, does all but write.
func (i *importing) importDataset(ctx context.Context, s store.Store, d dataset, check bool) (interchange.Report, error) {
	keeper, ok := s.(interchange.Keeper)
	if !ok {
		return interchange.Report{}, errors.New("this store has no secret to make ids with")
	}
	bar := newProgress(i.errs, d.name)
	defer bar.end()
	im := interchange.FtM{
		Writer: teller(s, i.logger), Keeper: keeper, Dataset: d.name, ID: rand.Text(), By: "import",
		Reason: "import of " + strings.Join(bases(d.files), ", "),
		Strict: i.strict, Replace: i.replace, PublishContact: i.publishContact,
		Bad:        func(b interchange.BadLine) { tell(bar, "%s\n", b) },
		Note:       func(b interchange.BadLine) { tell(bar, "%s\n", b) },
		Restricted: func(r interchange.Restricted) { tell(bar, "%s\n", r) },
		Progress:   bar.show,
	}
	if check {
		im.Note = nil // the import tells
		report, err := im.Check(ctx, d.files...)
		return report.Report, err
	}
	report, err := im.Run(ctx, d.files...)
	bar.end()
	tell(i.out, "%s\n", summary(d.name, report))
	return report.Report, err
}

// summary tells in words what an import of a dataset found and did.
func summary(name string, r interchange.FtMReport) string {
	parts := []string{fmt.Sprintf("lines %d", r.Lines)}
	for _, typ := range slices.Sorted(maps.Keys(r.Entities)) {
		parts = append(parts, fmt.Sprintf("%s %d", typ, r.Entities[typ]))
	}
	parts = append(parts, fmt.Sprintf("links %d", r.Links))
	text := "dataset " + name + ": " + strings.Join(parts, ", ")
	for _, more := range []struct {
		n    int
		what string
	}{
		{r.Contact, "stored RESTRICTED as contact data"}, {r.Kept, "kept as ftm.*, since they do not fit"},
		{r.Withdrawn, "left retracted, as an editor has it"}, {r.Births, "dates of birth left, since they protect"},
	} {
		if more.n > 0 {
			text += fmt.Sprintf("; %d %s", more.n, more.what)
		}
	}
	if r.Untouched {
		text += "; NOTHING WAS RETRACTED, since a line is bad: what it said cannot be told from what is gone"
	}
	return text
}

// add adds one report to another.
func add(to *interchange.Report, r interchange.Report) {
	to.Added += r.Added
	to.Retracted += r.Retracted
	to.Set += r.Set
	to.Unchanged += r.Unchanged
	to.Restricted += r.Restricted
	to.Dangling += r.Dangling
	to.Bad += r.Bad
}
