package access

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/store"
)

func TestScopesIncludeThoseBelow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		given []string
		want  []string
		view  store.View
	}{
		{nil, nil, store.PublicView},
		{[]string{"openid", "WRITE", "write "}, nil, store.PublicView},
		{[]string{ReadProtected}, []string{ReadProtected}, store.FullView},
		{[]string{Write}, []string{ReadProtected, Write}, store.FullView},
		{[]string{Admin}, []string{ReadProtected, Write, Admin}, store.FullView},
		{[]string{ReadProtected, Admin, Admin}, []string{ReadProtected, Write, Admin}, store.FullView},
	} {
		g := NewGrant("Ana", c.given...)
		if diff := cmp.Diff(c.want, g.Scopes); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.given, diff)
		}
		if g.View() != c.view {
			t.Errorf("%v reads the %s view", c.given, g.View())
		}
	}
}

func TestContextWithoutGrantIsThePublic(t *testing.T) {
	t.Parallel()
	g := From(t.Context())
	if !cmp.Equal(g, Grant{}) || g.View() != store.PublicView || g.Allows(ReadProtected) || g.Allows(Write) || g.Allows(Admin) || g.Allows("") {
		t.Errorf("nobody is granted %+v", g)
	}
	if id := Request(t.Context()); id != "" {
		t.Errorf("request id %q", id)
	}
	want := NewGrant("Ana", Write)
	ctx := WithRequest(With(context.Background(), want), "r1")
	if got := From(ctx); !cmp.Equal(got, want) || Request(ctx) != "r1" {
		t.Errorf("got %v, %q", got, Request(ctx))
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{"public", "reporter", "curator", "admin"}, Roles()); diff != "" {
		t.Error(diff)
	}
	if _, ok := RoleScopes("Admin"); ok {
		t.Error("roles are told apart by case")
	}
}
