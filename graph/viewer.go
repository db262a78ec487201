package graph

import (
	"context"

	"github.com/vinculo/vinculo/internal/access"
)

// publicName is what someone without a token is called.
const publicName = "public"

// viewer gives the value of the root viewer.
func viewer(ctx context.Context) any {
	grant := access.From(ctx)
	name := grant.Name
	if name == "" {
		name = publicName
	}
	return map[string]any{"name": name, "scopes": texts(grant.Scopes)}
}

// list gives what package plan writes as a list.
func list[T any](all []T, value func(T) any) []any {
	values := make([]any, len(all))
	for i, each := range all {
		values[i] = value(each)
	}
	return values
}
