package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/embedstore"
	"github.com/vinculo/vinculo/internal/neo4jstore"
)

type examining struct {
	opener
	log   logSettings
	lines int
	out   io.Writer
}

func newDoctor() *cobra.Command {
	e := &examining{}
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Check that what is stored agrees with itself",
		Long: `Check that what is stored agrees with itself: that every row is what the statements
say, in both views; that statements and log tell the same, without a gap; that indexes
lead to what they index; and that no public text names somebody who is protected. On
Neo4j also its constraints and indexes, and that nothing stands on entities and statements
in the plain graph, or between entities, which the public view does not have.

It changes nothing. It tells ids and keys, never values. Exit code 0: all is well, or
there are only notes (such as references to what does not exist yet); 1: something is
wrong, and it says what.

On the embedded store the server has to be stopped first: one process at a time holds
--data-dir. On Neo4j it may run; writers wait while a part is looked at, a second or so.`,
		Args: cobra.NoArgs,
		RunE: does(func(c *cobra.Command, _ []string) error {
			e.out, e.logger = c.OutOrStdout(), e.log.start(c.ErrOrStderr())
			if e.lines < 0 {
				return usage{errors.New("--lines must be 0 or more")}
			}
			return e.run(c.Context())
		}),
	}
	settings(c.Flags(), func(flags *pflag.FlagSet) {
		e.storeSettings.add(flags)
		e.log.add(flags)
	})
	c.Flags().IntVar(&e.lines, "lines", 20, "how many findings of a kind are listed; the others are counted")
	return c
}

func (e *examining) run(ctx context.Context) (err error) {
	s, closeIt, err := e.examine(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeIt()) }()
	report, err := doctor.Check(ctx, s, doctor.Options{Lines: e.lines, Logger: e.logger})
	if _, writing := report.WriteTo(e.out); err == nil {
		err = writing
	}
	switch {
	case err != nil:
		return fmt.Errorf("the check was not finished: %w", err)
	case report.Wrong() > 0:
		return fmt.Errorf("doctor: not all is well (%d findings, see above)", report.Wrong())
	}
	return nil
}

// examine opens the store that the settings name, to be looked at.
func (e *examining) examine(ctx context.Context) (doctor.Store, func() error, error) {
	if e.neo4j.URI == "" {
		x, err := embedstore.Examine(e.dataDir)
		if err != nil {
			return nil, nil, err
		}
		return x, x.Close, nil
	}
	x, err := neo4jstore.Examine(ctx, e.neo4jConfig())
	if err != nil {
		return nil, nil, fmt.Errorf("Neo4j at %s: %w", address(e.neo4j.URI), err)
	}
	return x, func() error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
		defer cancel()
		return x.Close(ctx)
	}, nil
}
