package embedstore

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// A stored row is a byte of flags, its type, from and to, and its values in each of
// the views where it differs, which together are its record. The id is the key under
// which it is stored. Whoever changes this changes rowsFormat.
//
// A text is a number n and what follows: n&3 is inlineText (n>>2 bytes follow) or
// wordText (it is words[n>>2]). Values are a key (a text) and a text, or a number
// with other lowest bits: constantValue (n>>2 is 1 for true), numberValue (a varint
// follows), listValue (n>>2 texts follow).
const (
	sameInBoth byte = iota + 1
	fullOnly
	differing      // the length of the public values comes first
	unlisted  byte = 4
	exceeding byte = 8 // the length of the values that only the full view has comes first, then these, then those of both
	viewsMask      = ^unlisted
)

const (
	inlineText uint64 = iota
	wordText
	constantValue
	otherValue // n>>2: 0 for a number, else a list of one text less
)

var errRow = errors.New("a stored row cannot be read")

// record is the part of a stored row that memory holds: flags and values. It is
// empty where there is no row. Equal ones may be one string.
type record string

// flags is a record's byte of flags, or 0 where there is no row.
type flags byte

func (r record) flags() flags {
	if r == "" {
		return 0
	}
	return flags(r[0])
}

// shows reports whether the row is in the view.
func (f flags) shows(v store.View) bool {
	return f != 0 && (v == statement.FullView || byte(f)&viewsMask != fullOnly)
}

func (f flags) unlisted() bool { return byte(f)&unlisted != 0 }

// values gives the values in a view that shows the row.
func (r record) values(v store.View) values {
	d := decoder{data: string(r[1:])}
	return d.valuesIn(v, r[0])
}

// valuesIn gives the part of the data that holds the values in a view.
func (d *decoder) valuesIn(v store.View, flags byte) values {
	switch flags & viewsMask {
	case differing:
		n := d.length()
		if v == statement.FullView {
			return values(d.data[n:])
		}
		return values(d.data[:n])
	case exceeding:
		n := d.length()
		if v == statement.PublicView {
			return values(d.data[n:])
		}
	}
	return values(d.data)
}

// values are those of a row in one view, encoded.
type values string

// get gives the value of a key, or nil.
func (v values) get(key string) any {
	place, known := wordOf[key]
	d := decoder{data: string(v)}
	for len(d.data) > 0 {
		if d.isKey(key, place, known) {
			return d.value()
		}
		d.skipValue()
	}
	return nil
}

// wanted gives the values of the keys.
func (v values) wanted(w *wanted) statement.Values {
	d := decoder{data: string(v)}
	n := 0
	for len(d.data) > 0 {
		if d.wants(w) {
			n++
		}
		d.skipValue()
	}
	if n == 0 {
		return nil
	}
	list := make(statement.Values, 0, n)
	for d.data = string(v); len(d.data) > 0; {
		before := d
		if !d.wants(w) {
			d.skipValue()
			continue
		}
		list = append(list, statement.Value{Key: before.text(), Data: d.value()})
	}
	return sorted(list)
}

// all gives all values.
func (v values) all() statement.Values {
	var list statement.Values
	for d := (decoder{data: string(v)}); len(d.data) > 0; {
		list = append(list, statement.Value{Key: d.text(), Data: d.value()})
	}
	return sorted(list)
}

// sorted sorts values that have been decoded: those that only the full view has come first.
func sorted(list statement.Values) statement.Values {
	byKey := func(a, b statement.Value) int { return strings.Compare(a.Key, b.Key) }
	if !slices.IsSortedFunc(list, byKey) {
		slices.SortStableFunc(list, byKey)
	}
	return list
}

func encodeTwin(t statement.Twin) []byte {
	flags := sameInBoth
	var more statement.Values
	switch t.Public {
	case nil:
		flags = fullOnly
	case t.Full:
	default:
		flags = differing
		if beyond, ok := exceeds(t.Full.Values, t.Public.Values); ok {
			flags, more = exceeding, beyond
		}
	}
	b := make([]byte, 0, 384)
	b = append(b, flags)
	if t.Full.Unlisted {
		b[0] |= unlisted
	}
	b = appendText(appendText(appendText(b, t.Full.Type), t.Full.From), t.Full.To)
	switch flags {
	case differing:
		b = appendPart(b, t.Public.Values)
	case exceeding:
		return appendValues(appendPart(b, more), t.Public.Values)
	}
	return appendValues(b, t.Full.Values)
}

// exceeds gives the values that full has beyond those of public, if it has all of these.
func exceeds(full, public statement.Values) (statement.Values, bool) {
	var more statement.Values
	for _, v := range full {
		if len(public) > 0 && v.Equal(public[0]) {
			public = public[1:]
		} else {
			more = append(more, v)
		}
	}
	return more, len(public) == 0
}

// appendPart appends values after their length.
func appendPart(b []byte, values statement.Values) []byte {
	part := appendValues(make([]byte, 0, 192), values)
	return append(binary.AppendUvarint(b, uint64(len(part))), part...)
}

func appendValues(b []byte, values statement.Values) []byte {
	for _, v := range values {
		b = appendValue(appendText(b, v.Key), v.Data)
	}
	return b
}

func appendValue(b []byte, data any) []byte {
	switch d := data.(type) {
	case int64:
		return binary.AppendVarint(append(b, byte(otherValue)), d)
	case bool:
		n := constantValue
		if d {
			n |= 1 << 2
		}
		return append(b, byte(n))
	case []string:
		b = binary.AppendUvarint(b, uint64(len(d)+1)<<2|otherValue)
		for _, text := range d {
			b = appendText(b, text)
		}
		return b
	}
	text, _ := data.(string)
	return appendText(b, text)
}

func appendText(b []byte, text string) []byte {
	if place, ok := wordOf[text]; ok {
		return binary.AppendUvarint(b, uint64(place)<<2|wordText)
	}
	return append(binary.AppendUvarint(b, uint64(len(text))<<2), text...)
}

// head is what a stored row says beside its record.
type head struct{ typ, from, to string }

// split takes a stored row apart, and says if it cannot be read.
func split(data string) (head, record, error) {
	if data == "" || !slices.Contains([]byte{sameInBoth, fullOnly, differing, exceeding}, data[0]&viewsMask) {
		return head{}, "", errRow
	}
	d := decoder{data: data[1:]}
	h := head{d.text(), d.text(), d.text()}
	r := record(data[:1] + d.data)
	for _, v := range statement.Views {
		part := d
		part.check(part.valuesIn(v, data[0]))
		d.bad = d.bad || part.bad
	}
	if d.bad {
		return head{}, "", errRow
	}
	return h, r, nil
}

// decodeTwin reads what encodeTwin wrote; of no data it makes a row that is gone.
func decodeTwin(id string, data []byte) (statement.Twin, error) {
	t := statement.Twin{ID: id}
	if len(data) == 0 {
		return t, nil
	}
	h, r, err := split(string(data))
	if err != nil {
		return t, err
	}
	row := func(v store.View) *statement.Row {
		return &statement.Row{ID: id, Type: h.typ, From: h.from, To: h.to, Values: r.values(v).all(), Unlisted: r.flags().unlisted()}
	}
	t.Full = row(statement.FullView)
	switch r[0] & viewsMask {
	case sameInBoth:
		t.Public = t.Full
	case differing, exceeding:
		t.Public = row(statement.PublicView)
	}
	return t, nil
}

func encodeVersions(versions views[uint64]) []byte {
	var b []byte
	for _, v := range versions {
		b = binary.AppendUvarint(b, v)
	}
	return b
}

// decodeVersions reads what encodeVersions wrote; of an entity that no commit has
// touched all are 0.
func decodeVersions(data []byte) (versions views[uint64]) {
	for i := range versions {
		n, size := binary.Uvarint(data)
		if size <= 0 {
			return versions
		}
		versions[i], data = n, data[size:]
	}
	return versions
}
