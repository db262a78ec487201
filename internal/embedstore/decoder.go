package embedstore

import (
	"encoding/binary"
	"math"
	"slices"
)

// decoder reads a row; once data is bad it gives zero values. Texts share the
// memory of what they are read from.
type decoder struct {
	data string
	bad  bool
}

// check reads values for nothing but to see whether that is possible.
func (d *decoder) check(v values) {
	for d.data = string(v); len(d.data) > 0; {
		d.text()
		d.skipValue()
	}
}

// isKey reads a key and reports whether it is this one.
func (d *decoder) isKey(key string, place word, known bool) bool {
	n := d.number()
	if n&3 == wordText {
		return known && n>>2 == uint64(place)
	}
	return d.rest(n) == key
}

// wants reads a key and reports whether it is wanted.
func (d *decoder) wants(w *wanted) bool {
	n := d.number()
	if n&3 == wordText {
		return n>>2 < uint64(len(words)) && w.words[n>>2]
	}
	return slices.Contains(w.others, d.rest(n))
}

func (d *decoder) value() any {
	n := d.number()
	switch n & 3 {
	case wordText:
		if n>>2 < uint64(len(words)) {
			return boxedWords[n>>2]
		}
	case inlineText:
		return d.rest(n)
	case constantValue:
		return n>>2 == 1
	case otherValue:
		if n>>2 == 0 {
			return d.varint()
		}
		list := make([]string, 0, min(n>>2-1, uint64(len(d.data))))
		for range n>>2 - 1 {
			if d.bad {
				break
			}
			list = append(list, d.text())
		}
		return list
	}
	d.fail()
	return nil
}

func (d *decoder) skipValue() {
	n := d.number()
	switch n & 3 {
	case wordText, inlineText:
		d.rest(n)
	case otherValue:
		if n>>2 == 0 {
			d.varint()
			return
		}
		for range n>>2 - 1 {
			if d.bad {
				return
			}
			d.text()
		}
	}
}

func (d *decoder) text() string { return d.rest(d.number()) }

// rest reads what follows the number that begins a text.
func (d *decoder) rest(n uint64) string {
	size := n >> 2
	switch {
	case n&3 == wordText && size < uint64(len(words)):
		return words[size]
	case n&3 == inlineText && size <= uint64(len(d.data)):
		text := d.data[:size]
		d.data = d.data[size:]
		return text
	}
	d.fail()
	return ""
}

// length reads a number of bytes: no more than there are left.
func (d *decoder) length() int {
	n := d.number()
	if n > uint64(len(d.data)) {
		d.fail()
		return 0
	}
	return int(n)
}

// number reads an unsigned varint, in as few bytes as it takes.
func (d *decoder) number() uint64 {
	var n uint64
	for i := 0; i < len(d.data) && i < binary.MaxVarintLen64; i++ {
		c := d.data[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			if n > math.MaxInt64 {
				break
			}
			d.data = d.data[i+1:]
			return n
		}
	}
	d.fail()
	return 0
}

func (d *decoder) varint() int64 {
	n, size := binary.Varint([]byte(d.data[:min(len(d.data), binary.MaxVarintLen64)]))
	if size <= 0 {
		d.fail()
		return 0
	}
	d.data = d.data[size:]
	return n
}

func (d *decoder) fail() { d.bad, d.data = true, "" }
