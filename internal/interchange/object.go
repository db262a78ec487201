package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// object reads the one JSON object that the text is, key by key. Unlike
// encoding/json it tells keys apart by case, and refuses a key that comes twice, a
// null, what is not UTF-8, and whatever follows the object. It reads a valid text
// by hand, since a file is millions of small objects.
func object(text []byte, member func(key string, value []byte) error) error {
	return members(text, func(key string, value []byte) error {
		if value[0] == 'n' {
			return fmt.Errorf("%s: null says nothing; leave the key out", quote(key))
		}
		return member(key, value)
	})
}

// members is object for formats in which null says that there is nothing.
func members(text []byte, member func(key string, value []byte) error) error {
	if !utf8.Valid(text) {
		return errors.New("not valid UTF-8")
	}
	if !json.Valid(text) {
		return fmt.Errorf("no JSON object: %w", json.Unmarshal(text, new(any)))
	}
	text = bytes.TrimLeft(text, space)
	if text[0] != '{' {
		return errors.New("no JSON object")
	}
	var known [32]string
	seen := known[:0]
	for rest := bytes.TrimLeft(text[1:], space); rest[0] != '}'; rest = bytes.TrimLeft(rest, space+",") {
		end := extent(rest)
		key, err := unquote(rest[:end])
		if err != nil {
			return err
		}
		rest = bytes.TrimLeft(rest[end:], space+":")
		end = extent(rest)
		if slices.Contains(seen, key) {
			return fmt.Errorf("%s: the key comes twice", quote(key))
		}
		seen = append(seen, key)
		if err := member(key, rest[:end]); err != nil {
			return err
		}
		rest = rest[end:]
	}
	return nil
}

// space is what JSON skips.
const space = " \t\r\n"

// extent gives the length of the value that a valid text begins with.
func extent(text []byte) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			for i++; text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 { // of what the value stands in
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
		}
	}
	return len(text)
}

// unquote reads a string. It refuses half of a surrogate pair, which encoding/json
// would replace without a word.
func unquote(raw []byte) (string, error) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", errNoString
	}
	inner := raw[1 : len(raw)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return string(inner), nil
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return "", errNoString
	}
	if bytes.Count(inner, []byte("\uFFFD"))+bytes.Count(bytes.ToLower(inner), []byte(`\ufffd`)) < bytes.Count([]byte(text), []byte("\uFFFD")) {
		return "", errors.New(`holds half of a pair of \u escapes`)
	}
	return text, nil
}

var errNoString = errors.New("must be a string")

// value reads a member's value into the target: *string, *bool, *uint64 or
// *map[string][]string.
func value(key string, raw []byte, target any) error {
	var err error
	switch t := target.(type) {
	case *string:
		*t, err = unquote(raw)
	case *bool:
		if *t = string(raw) == "true"; !*t && string(raw) != "false" {
			err = errors.New("must be true or false")
		}
	case *uint64:
		if json.Unmarshal(raw, t) != nil {
			err = errors.New("must be a whole number")
		}
	case *map[string][]string:
		*t = map[string][]string{}
		err = object(raw, func(name string, raw []byte) error {
			list, err := texts(raw)
			if err != nil {
				return fmt.Errorf("%s: %w", quote(name), err)
			}
			(*t)[name] = list
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

// texts reads a list of strings.
func texts(raw []byte) ([]string, error) {
	if raw[0] != '[' {
		return nil, errors.New("must be a list of strings")
	}
	var list []string
	for rest := bytes.TrimLeft(raw[1:], space); rest[0] != ']'; rest = bytes.TrimLeft(rest, space+",") {
		end := extent(rest)
		text, err := unquote(rest[:end])
		if err != nil {
			return nil, fmt.Errorf("each in the list %w", err)
		}
		list = append(list, text)
		rest = rest[end:]
	}
	return list, nil
}

// quote echoes input in an error, cut to a length that fits one.
func quote(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "…"
	}
	return fmt.Sprintf("%q", text)
}
