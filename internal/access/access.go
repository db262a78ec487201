// Package access says who asks and what they may do: scopes and the roles that
// name sets of them, the tokens that carry them, and the audit of who read what
// is known about protected people.
//
// Code checks scopes, never roles. Whoever comes without a token is the zero
// Grant, which is the public.
package access

import (
	"context"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
)

// The scopes. Each of Write and Admin includes those above it.
const (
	ReadProtected = "protected:read" // the full view: restricted statements and protected people
	Write         = "write"          // add and change statements
	Admin         = "admin"          // purge, and what else only an administrator does
)

// ladder lists the scopes from the least to the most: each includes those before it.
var ladder = []string{ReadProtected, Write, Admin}

// publicRole is that of whoever has no token: it has no scope and gets none.
const publicRole = "public"

// roles are names for sets of scopes, least first.
var roles = []struct {
	name   string
	scopes []string
}{
	{publicRole, nil},
	{"reporter", nil}, // none of its own: whoever issues the token may give some
	{"curator", []string{Write}},
	{"admin", []string{Admin}},
}

// Roles gives the names of the roles, least first.
func Roles() []string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = r.name
	}
	return names
}

// RoleScopes gives the scopes that a role is a name for; false: there is no such role.
func RoleScopes(role string) ([]string, bool) {
	for _, r := range roles {
		if r.name == role {
			return r.scopes, true
		}
	}
	return nil, false
}

// Grant is what somebody may do. The zero value is the public: no name, no scope.
type Grant struct {
	Name   string   // who, as the token says
	Scopes []string // with those that they include, least first
}

// NewGrant gives a grant of the scopes and all that they include. Scopes that are
// not ours (an identity provider's openid, profile) are left out.
func NewGrant(name string, scopes ...string) Grant {
	g := Grant{Name: name}
	for i := len(ladder) - 1; i >= 0; i-- {
		if slices.Contains(scopes, ladder[i]) {
			g.Scopes = slices.Clone(ladder[:i+1])
			break
		}
	}
	return g
}

// Allows reports whether the grant has the scope.
func (g Grant) Allows(scope string) bool { return slices.Contains(g.Scopes, scope) }

// View gives the view that the grant reads: the full one with ReadProtected,
// otherwise the public one.
func (g Grant) View() store.View {
	if g.Allows(ReadProtected) {
		return store.FullView
	}
	return store.PublicView
}

type key int

const (
	grantKey key = iota
	requestKey
)

// With gives a context in which the grant asks.
func With(ctx context.Context, g Grant) context.Context {
	return context.WithValue(ctx, grantKey, g)
}

// From gives the grant of the context: the public's if it has none.
func From(ctx context.Context) Grant {
	g, _ := ctx.Value(grantKey).(Grant)
	return g
}

// WithRequest gives a context that carries the id of the request.
func WithRequest(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey, id)
}

// Request gives the id of the request that the context belongs to, or "".
func Request(ctx context.Context) string {
	id, _ := ctx.Value(requestKey).(string)
	return id
}
