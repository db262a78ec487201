package embedstore

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/vinculo/vinculo/internal/statement"
)

// A stored row is one byte that says in which views it is, and for each row that
// differs: type, from, to, whether it is unlisted, and its values, sorted by key.
// Texts have their length before them. The id is the key under which it is stored.
// Whoever changes this changes rowsFormat.
const (
	sameInBoth byte = iota + 1
	fullOnly
	differing // the public row, then the full one
)

// Kinds of a value.
const (
	textValue byte = iota
	numberValue
	falseValue
	trueValue
	listValue
)

var errRow = errors.New("a stored row cannot be read")

func encodeTwin(t statement.Twin) []byte {
	b := make([]byte, 0, 256)
	switch t.Public {
	case nil:
		return appendRow(append(b, fullOnly), t.Full)
	case t.Full:
		return appendRow(append(b, sameInBoth), t.Full)
	}
	return appendRow(appendRow(append(b, differing), t.Public), t.Full)
}

func appendRow(b []byte, r *statement.Row) []byte {
	b = appendText(appendText(appendText(b, r.Type), r.From), r.To)
	unlisted := falseValue
	if r.Unlisted {
		unlisted = trueValue
	}
	b = append(b, unlisted)
	b = binary.AppendUvarint(b, uint64(len(r.Values)))
	for _, v := range r.Values {
		b = appendValue(appendText(b, v.Key), v.Data)
	}
	return b
}

func appendValue(b []byte, data any) []byte {
	switch d := data.(type) {
	case int64:
		return binary.AppendVarint(append(b, numberValue), d)
	case bool:
		if d {
			return append(b, trueValue)
		}
		return append(b, falseValue)
	case []string:
		b = binary.AppendUvarint(append(b, listValue), uint64(len(d)))
		for _, text := range d {
			b = appendText(b, text)
		}
		return b
	}
	text, _ := data.(string)
	return appendText(append(b, textValue), text)
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// decodeTwin reads what encodeTwin wrote; of no data it makes a row that is gone.
func decodeTwin(id string, data []byte, shared texts) (statement.Twin, error) {
	t := statement.Twin{ID: id}
	if len(data) == 0 {
		return t, nil
	}
	d := decoder{data: data[1:], shared: shared}
	switch data[0] {
	case sameInBoth:
		t.Full = d.row(id)
		t.Public = t.Full
	case fullOnly:
		t.Full = d.row(id)
	case differing:
		t.Public = d.row(id)
		t.Full = d.row(id)
	default:
		d.bad = true
	}
	if d.bad || len(d.data) > 0 {
		return t, errRow
	}
	return t, nil
}

// decoder reads a row; once data is bad it gives zero values.
type decoder struct {
	data   []byte
	shared texts
	bad    bool
}

func (d *decoder) row(id string) *statement.Row {
	r := &statement.Row{ID: id, Type: d.text(), From: d.text(), To: d.text(), Unlisted: d.byte() == trueValue}
	n := d.length()
	if n == 0 {
		return r
	}
	r.Values = make(statement.Values, 0, n)
	for range n {
		r.Values = append(r.Values, statement.Value{Key: d.text(), Data: d.value()})
	}
	return r
}

func (d *decoder) value() any {
	switch d.byte() {
	case textValue:
		return d.text()
	case numberValue:
		n, size := binary.Varint(d.data)
		d.skip(size)
		return n
	case falseValue:
		return false
	case trueValue:
		return true
	case listValue:
		n := d.length()
		list := make([]string, 0, n)
		for range n {
			list = append(list, d.text())
		}
		return list
	}
	d.bad = true
	return nil
}

func (d *decoder) text() string {
	n := d.length()
	text := d.shared.text(d.data[:n])
	d.data = d.data[n:]
	return text
}

// length reads a length or a number of parts: no more than there are bytes left.
func (d *decoder) length() int {
	n, size := binary.Uvarint(d.data)
	d.skip(size)
	if n > uint64(len(d.data)) || n > math.MaxInt32 {
		d.bad = true
		return 0
	}
	return int(n)
}

func (d *decoder) byte() byte {
	if len(d.data) == 0 {
		d.bad = true
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return b
}

func (d *decoder) skip(size int) {
	if size <= 0 {
		d.bad, d.data = true, nil
		return
	}
	d.data = d.data[size:]
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
