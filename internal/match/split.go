package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word and where it stands in the text, in bytes.
type token struct {
	word       string
	start, end int
}

// split gives the words of a text, folded, in order; of scripts without spaces every
// two characters that follow each other. Words joined by an apostrophe are one. They are appended
// to a list.
func split(text string, list []token) []token {
	if all, ok := splitLatin(text, list); ok {
		return all
	}
	return splitAny(text, list)
}

// splitAny is split for whatever text.
func splitAny(text string, list []token) []token {
	text = strings.ToValidUTF8(text, "\uFFFD")
	start := -1
	flush := func(end int) {
		if start >= 0 {
			for _, word := range NameTokens(strings.Map(unquote, text[start:end])) {
				list = append(list, token{cut(word), start, end})
			}
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case joins(r):
			if start < 0 && !unicode.In(r, unicode.Mn, unicode.Cf) {
				start = i
			}
		case unquote(r) < 0 && start >= 0:
			if next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):]); !joins(next) {
				flush(i)
			}
		default:
			flush(i)
		}
	}
	flush(len(text))
	return list
}

// splitLatin is split for texts of letters that fold to those of ASCII, one pass and one piece of
// memory for all words; false if there are others.
func splitLatin(text string, list []token) ([]token, bool) {
	var folds strings.Builder
	folds.Grow(len(text)) // enough: what has been cut from it stays
	start, from := -1, 0  // where the word begins, in the text and in the folds
	flush := func(end int) {
		if start >= 0 {
			list = append(list, token{cut(folds.String()[from:]), start, end})
		}
		start, from = -1, folds.Len()
	}
	for i, r := range text {
		switch {
		case int(r) >= len(latin):
			return nil, false
		case kinds[r] == plain:
			if start < 0 {
				start = i
			}
			folds.WriteString(latin[r])
		case kinds[r] == other:
			return nil, false
		case kinds[r] == quote && start >= 0:
			if next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):]); !joins(next) {
				flush(i)
			}
		default:
			flush(i)
		}
	}
	flush(len(text))
	return list, true
}

// What characters are to splitLatin.
const (
	between = iota // words
	quote
	plain // a letter or digit that folds to those of ASCII, in no more bytes
	other
)

// kinds holds what characters are, those of latin.
var kinds = func() (kinds [len(latin)]uint8) {
	for i, fold := range latin {
		switch r := rune(i); {
		case joins(r):
			kinds[i] = other
			if fold != "" && len(fold) <= utf8.RuneLen(r) && !strings.ContainsFunc(fold, func(r rune) bool { return r >= utf8.RuneSelf || !joins(r) }) {
				kinds[i] = plain
			}
		case unquote(r) < 0:
			kinds[i] = quote
		}
	}
	return kinds
}()

// joins reports whether a rune is part of a word: its fold has letters or digits, or
// it is a mark.
func joins(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.In(r, unicode.Mn, unicode.Cf) {
		return true
	}
	return strings.ContainsFunc(Fold(string(r)), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// unquote drops apostrophes: O'Neill is one word.
func unquote(r rune) rune {
	if r == '\'' || r == '’' || r == 'ʼ' || r == '`' || r == '´' {
		return -1
	}
	return r
}
