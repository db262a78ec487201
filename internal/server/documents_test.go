package server

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func TestDocuments(t *testing.T) {
	t.Parallel()
	d := newDocuments(10)
	has := func(text string) bool {
		got, ok := d.Get(t.Context(), text)
		if ok && got.Operations[0].Name != text {
			t.Errorf("%s gives %s", text, got.Operations[0].Name)
		}
		return ok
	}
	add := func(text string) {
		d.Add(t.Context(), text, &ast.QueryDocument{Operations: ast.OperationList{{Name: text}}})
	}
	add("aaaa")
	add("bbbb")
	add("bbbb") // again: it counts once
	if !has("aaaa") || !has("bbbb") || !has("aaaa") || has("cccc") {
		t.Error("what was added is there, and nothing else")
	}
	add("cccc")
	if !has("aaaa") || has("bbbb") || !has("cccc") {
		t.Error("the one not asked for longest goes first")
	}
	add("dddddddddd")
	if has("aaaa") || has("cccc") || !has("dddddddddd") || d.bytes != 10 || d.order.Len() != 1 {
		t.Errorf("one that fills it: %d bytes, %d documents", d.bytes, d.order.Len())
	}
	add("eeeeeeeeeee")
	if has("eeeeeeeeeee") || d.bytes != 0 || d.order.Len() != 0 {
		t.Errorf("one that does not fit: %d bytes, %d documents", d.bytes, d.order.Len())
	}
}

func TestLongDocumentsAreNotKept(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	for range 2 { // whether kept or not, the answer is the same
		for _, query := range []string{"{viewer{name}}", "{viewer{name}} #" + strings.Repeat("x", maxCachedText)} {
			if r := s.ask(t, query); string(r.body.Data) != `{"viewer":{"name":"public"}}` {
				t.Error(r.text)
			}
		}
	}
}
