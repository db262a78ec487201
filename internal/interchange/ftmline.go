package interchange

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ftmLine is a line of a file of FollowTheMoney entities.
type ftmLine struct {
	place
	index      int // among all lines of the import
	id, schema string
	properties []ftmProperty
	context    []ftmProperty // what stands beside id, schema and properties
}

// ftmProperty is a property with its values, each once, none empty.
type ftmProperty struct {
	name     string
	values   []string
	embedded []string // objects where a text belongs, as JSON
}

// parseFtM reads a line. Scalars are taken for lists of one, null and empty strings
// for nothing, numbers and truth values for their text.
func parseFtM(text []byte) (ftmLine, error) {
	var line ftmLine
	err := members(text, func(name string, raw []byte) error {
		switch name {
		case "id", "schema":
			p := readFtM(name, raw)
			if p.broken != nil || len(p.values) != 1 || raw[0] == '[' {
				return fmt.Errorf("%s: must be one text", name)
			}
			*map[string]*string{"id": &line.id, "schema": &line.schema}[name] = p.values[0]
		case "properties":
			if raw[0] == 'n' {
				return nil
			}
			return members(raw, func(name string, raw []byte) error {
				return addFtM(&line.properties, name, raw)
			})
		default:
			return addFtM(&line.context, name, raw)
		}
		return nil
	})
	switch {
	case err != nil:
		return line, err
	case line.id == "":
		return line, errors.New("id: missing")
	case line.schema == "":
		return line, errors.New("schema: missing")
	}
	return line, nil
}

func addFtM(list *[]ftmProperty, name string, raw []byte) error {
	p := readFtM(name, raw)
	if p.broken != nil {
		return fmt.Errorf("%s: %w", quote(name), p.broken)
	}
	if len(p.values) > 0 || len(p.embedded) > 0 {
		*list = append(*list, p.ftmProperty)
	}
	return nil
}

// ftmReader reads the values of a property.
type ftmReader struct {
	ftmProperty
	seen   map[string]bool // the values, once there are many
	broken error
}

func readFtM(name string, raw []byte) *ftmReader {
	r := &ftmReader{ftmProperty: ftmProperty{name: name}}
	r.read(raw)
	return r
}

func (r *ftmReader) read(raw []byte) {
	switch raw[0] {
	case 'n':
	case '[':
		for rest := bytes.TrimLeft(raw[1:], space); rest[0] != ']'; rest = bytes.TrimLeft(rest, space+",") {
			end := extent(rest)
			r.read(rest[:end])
			rest = rest[end:]
		}
	case '{':
		r.embedded = append(r.embedded, string(raw))
	case '"':
		text, err := unquote(raw)
		if err != nil {
			r.broken = err
			return
		}
		r.add(strings.TrimSpace(text))
	default:
		r.add(string(raw))
	}
}

// manyValues is the number from which values are not compared one by one.
const manyValues = 16

func (r *ftmReader) add(value string) {
	switch {
	case value == "" || len(r.values) < manyValues && slices.Contains(r.values, value):
		return
	case len(r.values) == manyValues:
		r.seen = map[string]bool{}
		for _, v := range r.values {
			r.seen[v] = true
		}
	}
	if r.seen != nil {
		if r.seen[value] {
			return
		}
		r.seen[value] = true
	}
	r.values = append(r.values, value)
}

// of gives the values of a property.
func (l *ftmLine) of(name string) []string {
	for i := range l.properties {
		if l.properties[i].name == name {
			return l.properties[i].values
		}
	}
	return nil
}

// FtM names of one's own bookkeeping, which no property of a file may take.
const (
	ftmID       = "ftm.id"       // the foreign id, of an entity or an edge
	ftmSchema   = "ftm.schema"   // its schema
	ftmOwn      = "ftm.property" // qualifier: the property as the file has it, where the statement's does not tell
	ftmKey      = "ftm.key"      // qualifier: the key that it stood under, beside properties
	ftmValue    = "ftm.value"    // qualifier: the value as the file has it
	ftmOddNames = "ftm.names"    // qualifier of a link: name=property for each that ftm.* cannot spell
	ftmOddKeys  = "ftm.keys"     // qualifier of a link: name=key for each that stood beside properties
	ftmPrefix   = "ftm."
)

var ftmReserved = []string{ftmID, ftmSchema, ftmOwn, ftmKey, ftmValue, ftmOddNames, ftmOddKeys}

// maxFtMName bounds what follows ftm. in bytes, so that it can be a qualifier.
const maxFtMName = 60

// ftmName gives the name that a property is kept under: ftm. and its letters and
// digits. It reports whether that tells the property.
func ftmName(name string) (kept string, same bool) {
	var b strings.Builder
	b.WriteString(ftmPrefix)
	raise := false
	for _, c := range name {
		switch {
		case 'a' <= c && c <= 'z' && raise:
			b.WriteRune(c - 'a' + 'A')
			raise = false
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			b.WriteRune(c)
			raise = false
		default:
			raise = b.Len() > len(ftmPrefix)
		}
	}
	kept = b.String()
	if len(kept) > len(ftmPrefix)+maxFtMName {
		kept = kept[:len(ftmPrefix)+maxFtMName]
	}
	if kept == ftmPrefix || slices.Contains(ftmReserved, kept) {
		return ftmPrefix + "other", false
	}
	return kept, kept == ftmPrefix+name
}
