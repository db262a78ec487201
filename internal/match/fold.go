// Package match holds what makes two spellings of a name the same: folding and
// tokens. It knows no store and no type, so that every index, filter and order
// compares text alike.
package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold gives the form under which texts are compared and ordered: NFKD, marks and
// what cannot be seen (soft hyphens, zero-width spaces) dropped, case folded. It is idempotent; Fold("Melquíades") is "melquiades".
// Invalid UTF-8 becomes U+FFFD.
func Fold(text string) string {
	if folded, ok := foldASCII(text); ok {
		return folded
	}
	if folded, ok := foldLatin(text); ok {
		return folded
	}
	return foldAny(text)
}

// foldAny is Fold for whatever text.
func foldAny(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	// Case folding can bring back a composed letter or a mark, and NFKD an upper
	// case one, so the two run until nothing changes. A test over all letters shows
	// that it ends; the bound keeps a letter of a later Unicode from hanging it.
	for range 4 {
		folded := strings.Map(cherokee, cases.Fold().String(dropMarks(norm.NFKD.String(text))))
		if folded == text {
			break
		}
		text = folded
	}
	return text
}

// cherokee gives the one case that Unicode folds Cherokee letters to: cases.Fold
// turns each case into the other.
func cherokee(r rune) rune {
	switch {
	case 0xAB70 <= r && r <= 0xABBF:
		return r - 0xAB70 + 0x13A0
	case 0x13F8 <= r && r <= 0x13FD:
		return r - 8
	}
	return r
}

func foldASCII(text string) (string, bool) {
	upper := false
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return "", false
		}
		upper = upper || 'A' <= text[i] && text[i] <= 'Z'
	}
	if !upper {
		return text, true
	}
	return strings.ToLower(text), true
}

// latin holds the folds of letters one by one, up to Latin Extended-B.
var latin = func() (folds [0x250]string) {
	for r := range folds {
		folds[r] = foldAny(string(rune(r)))
	}
	return folds
}()

// foldLatin folds letter by letter, which is ten times as fast and, without marks of
// their own, gives the same.
func foldLatin(text string) (string, bool) {
	folded := make([]byte, 0, len(text))
	for _, r := range text {
		if int(r) >= len(latin) {
			return "", false
		}
		folded = append(folded, latin[r]...)
	}
	return string(folded), true
}

func dropMarks(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Mn, unicode.Cf) {
			return -1
		}
		return r
	}, text)
}

// Tokens gives the words of the folded text: runs of letters and digits, in order.
func Tokens(text string) []string {
	return strings.FieldsFunc(Fold(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// NFC gives the form in which text is stored.
func NFC(text string) string { return norm.NFC.String(text) }
