package match

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NameTokens gives what a text must have among its TextTokens to hold the name: its
// words and, of scripts that put no space between words, every two characters that
// follow each other.
func NameTokens(name string) []string { return tokens(name, false) }

// TextTokens gives the tokens of a text in which names are looked for, and those of
// what it reads as when it has been escaped for a URL or a page, twice even.
func TextTokens(text string) []string {
	list := tokens(text, true)
	for range 3 {
		read := html.UnescapeString(unescape(text))
		if read == text {
			break
		}
		text = read
		list = append(list, tokens(text, true)...)
	}
	return list
}

// tokens splits words where the script changes; of runs without spaces it gives the
// characters too, if they are alone or are wanted.
func tokens(text string, characters bool) []string {
	var list []string
	for _, word := range Tokens(text) {
		if isASCII(word) {
			list = append(list, word)
			continue
		}
		for len(word) > 0 {
			first, _ := utf8.DecodeRuneInString(word)
			end := strings.IndexFunc(word, func(r rune) bool { return unspaced(r) != unspaced(first) })
			if end < 0 {
				end = len(word)
			}
			run := word[:end]
			word = word[end:]
			if !unspaced(first) {
				list = append(list, run)
				continue
			}
			letters := []rune(run)
			for i, r := range letters {
				if characters || len(letters) == 1 {
					list = append(list, string(r))
				}
				if i > 0 {
					list = append(list, string(letters[i-1:i+1]))
				}
			}
		}
	}
	return list
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// unspaced reports whether a letter is of a script that puts no space between words.
func unspaced(r rune) bool {
	const longVowel = 'ー' // of Katakana, by Unicode of no script
	return r == longVowel || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// unescape reads %C3%B1 as ñ, and what is then no UTF-8 as Latin-1, which older sites
// use. What is no escape stays.
func unescape(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			if n, err := strconv.ParseUint(text[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(text[i])
	}
	read := b.String()
	if utf8.ValidString(read) {
		return read
	}
	b.Reset()
	for i, r := range read {
		if r == utf8.RuneError && !strings.HasPrefix(read[i:], string(utf8.RuneError)) {
			r = rune(read[i])
		}
		b.WriteRune(r)
	}
	return b.String()
}
