package main

import (
	"bufio"
	"errors"
	"math"

	"github.com/spf13/cobra"

	"github.com/vinculo/vinculo/internal/generate"
)

func newGenerate() *cobra.Command {
	var opts generate.Options
	c := &cobra.Command{
		Use:   "generate",
		Short: "Write invented data of any size",
		Long: `Write invented people, organizations, detentions and all that stands around them, as
a statement file to standard output: about 32 statements a person. Nobody in it exists.
The same --persons and --seed give the same bytes. It opens no store:

  vinculo generate --persons 20000 | vinculo import -

Ids do not depend on the seed, so two generated files in one store conflict.`,
		Args: cobra.NoArgs,
		RunE: does(func(c *cobra.Command, _ []string) error {
			if opts.Persons < 1 || opts.Persons > math.MaxInt32 {
				return usage{errors.New("--persons must be a number from 1 to 2147483647")}
			}
			out := bufio.NewWriterSize(c.OutOrStdout(), 1<<16)
			if err := generate.Write(out, opts); err != nil {
				return err
			}
			return out.Flush()
		}),
	}
	c.Flags().IntVar(&opts.Persons, "persons", 1000, "how many people")
	c.Flags().Uint64Var(&opts.Seed, "seed", 1, "which of the many such worlds")
	return c
}
