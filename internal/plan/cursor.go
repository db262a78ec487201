package plan

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"unicode/utf8"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// A cursor is base64url of: the version, the listing's mark, the row's sort keys
// (each a kind and its value), its id and, where rows are links, the link's id. It
// may hold a name: it is never logged.
const cursorVersion = 1

// maxCursor bounds what is decoded: sort keys have 288 bytes at the most, and there
// are fewer than a dozen properties to order by.
const maxCursor = 8192

// mark tells apart the listings that cursors are for: another field, filter, order
// or view has another mark.
type mark [8]byte

// markOf makes the mark of a listing from its name, its arguments apart from the
// page, and the view.
func markOf(identity string, arguments []byte, view store.View) mark {
	sum := sha256.New()
	sum.Write([]byte(identity))
	sum.Write([]byte{0, byte(view)})
	sum.Write(arguments)
	return mark(sum.Sum(nil))
}

// The kinds of a cursor's sort keys.
const (
	keyNull = iota
	keyText
	keyNumber
)

// appendCursor appends the cursor of a row, as base64url.
func appendCursor(b []byte, m mark, keys []any, id, link string) []byte {
	var space [256]byte
	raw := append(append(space[:0], cursorVersion), m[:]...)
	for _, key := range keys {
		switch key := key.(type) {
		case string:
			raw = appendText(append(raw, keyText), key)
		case int64:
			raw = binary.AppendVarint(append(raw, keyNumber), key)
		default:
			raw = append(raw, keyNull)
		}
	}
	raw = appendText(appendText(raw, id), link)
	return base64.RawURLEncoding.AppendEncode(b, raw)
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// What can be wrong with a cursor.
var (
	errNoCursor    = errors.New("this is no cursor: take one from cursor, startCursor or endCursor")
	errOtherCursor = errors.New("this cursor is of another field, filter, order or view: take one from the same query")
)

// position reads a cursor of the listing with this mark and order; linked tells
// whether its rows are links.
func position(cursor string, m mark, orders []store.Order, linked bool) (*store.Position, error) {
	if len(cursor) > maxCursor {
		return nil, errNoCursor
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(raw) < 1+len(m) {
		return nil, errNoCursor
	}
	if raw[0] != cursorVersion || !bytes.Equal(raw[1:1+len(m)], m[:]) {
		return nil, errOtherCursor
	}
	r := cursorReader{rest: raw[1+len(m):]}
	p := &store.Position{}
	for _, o := range orders {
		p.Keys = append(p.Keys, r.key(holdsText(o)))
	}
	p.ID, p.Link = r.text(), r.text()
	if r.bad || len(r.rest) > 0 || !statement.ValidID(p.ID) || linked != (p.Link != "") || linked && !statement.ValidID(p.Link) {
		return nil, errNoCursor
	}
	return p, nil
}

// cursorReader takes a cursor apart; bad once something did not fit.
type cursorReader struct {
	rest []byte
	bad  bool
}

// key reads a sort key, which is null or of the order's type: stores compare it
// without asking.
func (r *cursorReader) key(text bool) any {
	if len(r.rest) == 0 {
		r.bad = true
		return nil
	}
	kind := r.rest[0]
	r.rest = r.rest[1:]
	switch {
	case kind == keyText && text:
		return r.text()
	case kind == keyNumber && !text:
		n, size := binary.Varint(r.rest)
		if size <= 0 {
			r.bad = true
			return nil
		}
		r.rest = r.rest[size:]
		return n
	}
	r.bad = r.bad || kind != keyNull
	return nil
}

func (r *cursorReader) text() string {
	length, size := binary.Uvarint(r.rest)
	if size <= 0 || length > uint64(len(r.rest)-size) {
		r.bad, r.rest = true, nil
		return ""
	}
	text := string(r.rest[size : size+int(length)])
	r.rest = r.rest[size+int(length):]
	r.bad = r.bad || !utf8.ValidString(text)
	return text
}
