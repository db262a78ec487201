package main

import (
	"github.com/spf13/cobra"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/vinculo/vinculo/graph"
	"github.com/vinculo/vinculo/internal/plan"
)

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the GraphQL schema",
		Long:  "Print the GraphQL schema, with its descriptions. It opens no store.",
		Args:  cobra.NoArgs,
		RunE: does(func(c *cobra.Command, _ []string) error {
			schema := graph.NewSchema(graph.Backing{Limits: plan.DefaultLimits}).Schema()
			formatter.NewFormatter(c.OutOrStdout(), formatter.WithIndent("  ")).FormatSchema(schema)
			return nil
		}),
	}
}
