package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/access"
)

// fits holds a value to a type of the schema: every field is there, and nothing else.
func fits(t *testing.T, at string, v any, typ *ast.Type) {
	t.Helper()
	if v == nil {
		if typ.NonNull {
			t.Errorf("%s is null", at)
		}
		return
	}
	if typ.Elem != nil {
		list, ok := v.([]any)
		if !ok {
			t.Errorf("%s is no list", at)
		}
		for _, each := range list {
			fits(t, at, each, typ.Elem)
		}
		return
	}
	d := parsedSchema.Types[typ.NamedType]
	switch d.Kind {
	case ast.Enum:
		if name, _ := v.(string); d.EnumValues.ForName(name) == nil {
			t.Errorf("%s: %v is no %s", at, v, d.Name)
		}
	case ast.Object:
		object, ok := v.(map[string]any)
		if !ok || len(object) != len(d.Fields) {
			t.Errorf("%s is no %s: %v", at, d.Name, v)
		}
		for _, f := range d.Fields {
			fits(t, at+"."+f.Name, object[f.Name], f.Type)
		}
	default:
		_, isText := v.(string)
		_, isBool := v.(bool)
		if d.Name == "String" && !isText || d.Name == "Boolean" && !isBool {
			t.Errorf("%s: %v is no %s", at, v, d.Name)
		}
	}
}

func TestVocabularyFitsTheSchema(t *testing.T) {
	fits(t, "vocabulary", vocabulary(), ast.NamedType("Vocabulary", nil))
}

func TestViewer(t *testing.T) {
	cases := map[string]struct {
		grant access.Grant
		want  map[string]any
	}{
		"nobody":  {access.Grant{}, map[string]any{"name": "public", "scopes": []any{}}},
		"curator": {access.NewGrant("Ana", access.Write), map[string]any{"name": "Ana", "scopes": []any{"protected:read", "write"}}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := viewer(access.With(t.Context(), c.grant))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			fits(t, "viewer", got, ast.NamedType("Viewer", nil))
		})
	}
}
