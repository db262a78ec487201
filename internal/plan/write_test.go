package plan

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

func TestStrings(t *testing.T) {
	for text, want := range map[string]string{
		"":                        `""`,
		"Melquíades 😀":            `"Melquíades 😀"`,
		"\"\\/\b\f\n\r\t\x00\x1f": `"\"\\/\b\f\n\r\t\u0000\u001f"`,
		"<a href='x'>&\u2028\x7f": "\"<a href='x'>&\u2028\x7f\"",
		"a\xffb\xc3":              "\"a\uFFFDb\uFFFD\"",
		"\xed\xa0\x80":            "\"\uFFFD\uFFFD\uFFFD\"",
		"\uFFFD":                  "\"\uFFFD\"",
	} {
		if got := string(appendString(nil, text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// FuzzString compares with encoding/json, which reads back what was written.
func FuzzString(f *testing.F) {
	f.Add("a\"\\\n\x00\xff\u2028é")
	f.Fuzz(func(t *testing.T, text string) {
		b := appendString([]byte("x"), text)
		var got string
		if err := json.Unmarshal(b[1:], &got); err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		for _, r := range text { // one U+FFFD for each byte that is no UTF-8
			want.WriteRune(r)
		}
		if got != want.String() || !utf8.Valid(b) {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

// Names are made where they are written, by view.
func TestNames(t *testing.T) {
	for _, c := range []struct {
		row    *store.Row
		public string
		full   string
	}{
		{row("Person", "name", "Ana"), "Ana", "Ana"},
		{row("Person"), "Person x", "Person x"},
		{row("Person", "name", "Kim", "protected", true), nameWithheld, "Kim"},
		{row("Person", "protected", true), nameWithheld, unnamedPerson},
		{row("Detention", "protected", true, "start", "2025-12"), "Detention 2025-12", "Detention 2025-12"},
		{row("Sentence", "protected", true), "Sentence x", "Sentence x"},
		{row("Detention", "name", "A case", "start", "2025-12"), "A case", "A case"},
		{row("Source"), "Source x", "Source x"},
	} {
		for view, want := range map[store.View]string{statement.PublicView: c.public, statement.FullView: c.full} {
			b, ok := entityName{}.append(nil, &writer{view: view}, item{row: c.row})
			if got := string(b); got != `"`+want+`"` || !ok {
				t.Errorf("%+v in the %s view: got %s, want %q", c.row, view, got, want)
			}
		}
	}
}

func row(typ string, pairs ...any) *store.Row {
	r := &store.Row{ID: "x", Type: typ}
	for _, key := range []string{"name", "protected", "start"} { // sorted
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == key {
				r.Values = append(r.Values, statement.Value{Key: key, Data: pairs[i+1]})
			}
		}
	}
	return r
}

// An answer beyond all measure is refused and does not fill the memory.
func TestAnswersAreBounded(t *testing.T) {
	long := row("Person", "name", strings.Repeat("x", 1<<20))
	o := &object{}
	for range 40 {
		o.fields = append(o.fields, field{key: `"a":`, value: entityName{}})
	}
	w := &writer{}
	shape := &shape{only: o}
	page := store.Page{Rows: make([]store.Result, 1000)}
	for i := range page.Rows {
		page.Rows[i].Row = long
	}
	b, ok := many{0, shape}.append(nil, w, item{nested: []store.Page{page}})
	if !w.over || !ok || len(b) > maxAnswer+41<<20 {
		t.Errorf("over %v, ok %v, %d MB", w.over, ok, len(b)>>20)
	}
}

// Once an answer is too long, nothing more is written of it.
func TestNothingIsWrittenAfterTooMuch(t *testing.T) {
	long := row("Person", "name", strings.Repeat("x", 1<<20))
	shape := &shape{only: &object{[]field{{key: `"a":`, value: entityName{}}}}}
	page := store.Page{Rows: make([]store.Result, 80)}
	for i := range page.Rows {
		page.Rows[i].Row = long
	}
	small := counted{new(int)}
	roots := []*root{{collected: collected{"a", oneField()}, cell: cell{nested: []*rows{{}}}, value: many{0, shape}}, {collected: collected{"b", oneField()}, value: small}}
	a := (&Planner{}).write(&writer{}, roots, []store.Page{page})
	if got := string(a.Data); got != `{"a":null,"b":null}` || len(a.Errors) != 2 || *small.times != 0 {
		t.Errorf("%.100s %v, written %d times", got, a.Errors, *small.times)
	}
}

func oneField() []*ast.Field {
	return []*ast.Field{{Definition: &ast.FieldDefinition{Type: ast.NamedType("Person", nil)}}}
}

// counted counts how often it is written.
type counted struct{ times *int }

func (c counted) append(b []byte, _ *writer, _ item) ([]byte, bool) {
	*c.times++
	return append(b, '1'), true
}
