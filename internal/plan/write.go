package plan

import (
	"encoding/json"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// writer writes an answer. It cannot fail: what is not there is null or, where the
// schema promises it, takes the row that lacks it with it.
type writer struct {
	view  store.View
	words *words
	logs  map[logKey]log
	over  bool // the answer has become too long: what is written is void
}

// value writes one field of a row.
type value interface {
	// append appends the value. It reports false if there is none: then what it
	// appended is void, and the field is null or, if the schema promises a value,
	// its object is void too.
	append(b []byte, w *writer, it item) ([]byte, bool)
}

// item is what values are written of: a row, or a row's link, and what was read with it.
type item struct {
	row     *store.Row
	version uint64
	nested  []store.Page
	known   *statement.Known // of a snapshot's values
}

func rowOf(r *store.Result) item { return item{row: r.Row, version: r.Version, nested: r.Nested} }

// linkOf gives the link of a row.
func linkOf(r *store.Result) item { return item{row: r.Link, nested: r.LinkNested} }

var noPage store.Page

// page gives the page of one of the cell's selections.
func (it item) page(child int) *store.Page {
	if child >= len(it.nested) {
		return &noPage
	}
	return &it.nested[child]
}

func (p *Planner) write(w *writer, roots []*root, pages []store.Page) Answer {
	var a Answer
	scratch := scratches.Get().(*[]byte)
	b := append((*scratch)[:0], '{')
	void := false
	for i, r := range roots {
		b = append(comma(b, i), quoted(r.key)...)
		start, ok := len(b), false
		if r.err == nil && !w.over {
			b, ok = r.value.append(b, w, r.item(pages))
		}
		if w.over && r.err == nil {
			r.err = &RootError{Field: r.fields[0], Code: codeTooComplex, Message: "the answer has more than " + strconv.Itoa(maxAnswer>>20) + " MB: ask for fewer rows or fields"}
			ok = false // and so for the roots that follow: no more is written
		}
		if !ok {
			b = append(b[:start], "null"...)
			void = void || !r.nullable()
		}
		if r.err != nil {
			a.Errors = append(a.Errors, r.err)
		} else if r.partly != nil {
			a.Errors = append(a.Errors, r.partly)
		}
	}
	if !void {
		a.Data = slices.Clone(append(b, '}'))
	}
	if *scratch = b; cap(b) <= maxScratch {
		scratches.Put(scratch)
	}
	return a
}

// scratches are where answers are written before their length is known; those that
// have grown longer than maxScratch are not kept.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

const maxScratch = 256 << 10

func (s *shape) append(b []byte, w *writer, it item) ([]byte, bool) {
	o := s.of(it.row)
	if o == nil {
		return b, false
	}
	return o.append(b, w, it)
}

func (o *object) append(b []byte, w *writer, it item) ([]byte, bool) {
	b = append(b, '{')
	for i := range o.fields {
		if w.over = w.over || len(b) > maxAnswer; w.over {
			return b, false
		}
		f := &o.fields[i]
		var ok bool
		if b, ok = f.write(append(comma(b, i), f.key...), w, it); !ok {
			return b, false
		}
	}
	return append(b, '}'), true
}

// write appends the field's value, or null where it may have none.
func (f *field) write(b []byte, w *writer, it item) ([]byte, bool) {
	start := len(b)
	b, ok := f.append(b, w, it)
	if !ok && f.nullable {
		return append(b[:start], "null"...), true
	}
	return b, ok
}

// list writes a list from which items may be left out.
type list struct {
	b     []byte
	start int
}

func openList(b []byte) list { return list{append(b, '['), len(b) + 1} }

func (l *list) item(write func(b []byte) ([]byte, bool)) {
	end := len(l.b)
	b := l.b
	if end > l.start {
		b = append(b, ',')
	}
	b, ok := write(b)
	if !ok {
		b = b[:end]
	}
	l.b = b
}

func (l *list) close() []byte { return append(l.b, ']') }

func comma(b []byte, i int) []byte {
	if i > 0 {
		return append(b, ',')
	}
	return b
}

// quoted gives a response key as it stands in an object. Names need no escapes.
func quoted(key string) string { return `"` + key + `":` }

const hexDigits = "0123456789abcdef"

// appendString appends a JSON string, escaped as JSON.stringify does it; invalid
// UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			if c >= ' ' && c != '"' && c != '\\' {
				continue
			}
			b = append(b, s[start:i-1]...)
			start = i
			if short := shortEscape(c); short != 0 {
				b = append(b, '\\', short)
			} else {
				b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if r == utf8.RuneError && size == 1 {
			b = append(append(b, s[start:i-1]...), "\uFFFD"...)
			start = i
		}
	}
	return append(append(b, s[start:]...), '"')
}

func shortEscape(c byte) byte {
	switch c {
	case '"', '\\':
		return c
	case '\b':
		return 'b'
	case '\f':
		return 'f'
	case '\n':
		return 'n'
	case '\r':
		return 'r'
	case '\t':
		return 't'
	}
	return 0
}

// constant is JSON that is known before anything is read.
type constant string

func (v constant) append(b []byte, _ *writer, _ item) ([]byte, bool) { return append(b, v...), true }

// written is JSON from elsewhere; nil is null.
type written json.RawMessage

func (v written) append(b []byte, _ *writer, _ item) ([]byte, bool) {
	return append(b, v...), len(v) > 0
}
