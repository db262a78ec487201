package main

import (
	"errors"

	"github.com/spf13/cobra"
)

const about = `Vínculo answers nested questions about linked people and organizations: who is
detained, by whom, on what charge, who says so and how firmly.

Settings are flags, and environment variables of the same name in capitals
(--data-dir is DATA_DIR); a flag wins over the environment. A variable that is
empty counts as not set.

Exit codes: 0 done, 1 it did not work, 2 it was asked for wrongly.`

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:               "vinculo",
		Short:             "A GraphQL server for linked people and organizations",
		Long:              about,
		SilenceErrors:     true, // run prints them
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(newServe(), newImport(), newGenerate(), newDoctor(), newToken(), newSchema(), newVersion())
	return root
}

// errUsage wraps errors of what was asked for, found while it was being done.
var errUsage = errors.New("usage")

type usage struct{ error }

func (usage) Is(target error) bool { return target == errUsage }

// does makes a command's work its RunE: settings are filled from the environment
// first, and errors that are not about usage become failures.
func does(work func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(command *cobra.Command, args []string) error {
		if err := fromEnvironment(command.Flags()); err != nil {
			return err
		}
		err := work(command, args)
		if err == nil || errors.Is(err, errUsage) {
			return err
		}
		return &failure{err}
	}
}
