package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/vinculo/vinculo/graph"
)

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the GraphQL schema",
		Long:  "Print the GraphQL schema, with its descriptions. It opens no store.",
		Args:  cobra.NoArgs,
		RunE: does(func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(c.OutOrStdout(), graph.SDL())
			return err
		}),
	}
}
