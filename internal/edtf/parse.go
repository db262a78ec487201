package edtf

import (
	"fmt"
	"unicode/utf8"
)

const allowed = "allowed are 2025, 2025-12 and 2025-12-25, each with ~ or ?; " +
	"[2025-12-25..2025-12-31] for one day among these; " +
	"2025-12-25/2026-01-03 for the whole span, with .. for an open end"

// echoLimit is how many runes of a refused text an error repeats.
const echoLimit = 40

// Parse reads a date of the subset, and nothing around it: no spaces, no other
// digits than ASCII's. The calendar must have the date, and a set or span must
// not end before it begins (its ~ and ? apart). Each date has one text, which
// String gives back.
//
// The error says what was wrong, at which character (counted from 1) and what
// is allowed; of the text it repeats the first 40 characters at most. Parse
// allocates nothing unless it fails.
func Parse(text string) (Date, error) {
	s := scanner{text: text}
	d, err := s.date()
	if err != nil {
		return Date{}, err
	}
	if s.pos != len(text) {
		return Date{}, s.unexpected("the date should end here")
	}
	return d, nil
}

// scanner reads text from pos on. All before pos has been accepted and so is
// ASCII: pos counts characters as well as bytes.
type scanner struct {
	text string
	pos  int
}

func (s *scanner) date() (Date, error) {
	if s.skip("[") {
		return s.set()
	}
	a, err := s.end()
	if err != nil {
		return Date{}, err
	}
	if !s.skip("/") {
		if a.open() {
			return Date{}, s.unexpected("an open beginning is followed by /")
		}
		return Date{form: single, a: a}, nil
	}
	at := s.pos
	b, err := s.end()
	if err != nil {
		return Date{}, err
	}
	if a.open() && b.open() {
		return Date{}, s.fail(at, "a span cannot be open at both ends")
	}
	return s.ordered(Date{form: span, a: a, b: b}, at)
}

// set reads what follows the bracket.
func (s *scanner) set() (Date, error) {
	a, err := s.member()
	if err != nil {
		return Date{}, err
	}
	if !s.skip("..") {
		return Date{}, s.unexpected("between the two ends of a set stands ..")
	}
	at := s.pos
	b, err := s.member()
	if err != nil {
		return Date{}, err
	}
	if !s.skip("]") {
		return Date{}, s.unexpected("a set ends with ]")
	}
	return s.ordered(Date{form: set, a: a, b: b}, at)
}

// ordered refuses a set or span whose end, read at the position at, is before
// its beginning. It looks at the dates as written, since two ends that are in
// order only if one of them is not quite right are more likely a slip.
func (s *scanner) ordered(d Date, at int) (Date, error) {
	plain := d
	plain.a.mark, plain.b.mark = 0, 0
	if first, last := plain.bounds(); last < first {
		return Date{}, s.fail(at, "the end is before the beginning")
	}
	return d, nil
}

// end reads one end of a span, or a date that stands alone.
func (s *scanner) end() (point, error) {
	if s.skip("..") {
		return point{}, nil
	}
	p, err := s.point()
	if err != nil || !s.atMark() {
		return p, err
	}
	p.mark = s.text[s.pos]
	if p.mark == '%' {
		return point{}, s.fail(s.pos, "%% is not in use: write ~ (approximate) or ? (uncertain)")
	}
	s.pos++
	if s.atMark() {
		return point{}, s.fail(s.pos, "only one of ~ and ? can stand here")
	}
	return p, nil
}

// member reads one end of a set.
func (s *scanner) member() (point, error) {
	if next := s.text[s.pos:]; next == "" || next[0] == '.' || next[0] == ']' {
		return point{}, s.fail(s.pos, "a set needs both its ends")
	}
	p, err := s.point()
	if err == nil && s.atMark() {
		return point{}, s.fail(s.pos, "no ~, ? or %% can stand inside a set")
	}
	return p, err
}

func (s *scanner) atMark() bool {
	if s.pos == len(s.text) {
		return false
	}
	c := s.text[s.pos]
	return c == '~' || c == '?' || c == '%'
}

// point reads a year, month or day.
func (s *scanner) point() (point, error) {
	at := s.pos
	year, ok := s.digits(4)
	if !ok {
		return point{}, s.unexpected("a year has four digits")
	}
	if year == 0 {
		return point{}, s.fail(at, "years are 0001 to 9999")
	}
	p := point{year: uint16(year)}
	if !s.skip("-") {
		return p, nil
	}
	at = s.pos
	month, ok := s.digits(2)
	if !ok {
		return point{}, s.unexpected("a month has two digits")
	}
	if month < 1 || month > 12 {
		return point{}, s.fail(at, "months are 01 to 12")
	}
	p.month = uint8(month)
	if !s.skip("-") {
		return p, nil
	}
	at = s.pos
	day, ok := s.digits(2)
	if !ok {
		return point{}, s.unexpected("a day has two digits")
	}
	if n := daysIn(year, month); day < 1 || day > n {
		return point{}, s.fail(at, "the days of %04d-%02d are 01 to %d", year, month, n)
	}
	p.day = uint8(day)
	return p, nil
}

// digits reads n digits; if there are fewer it stops at what is none.
func (s *scanner) digits(n int) (value int, ok bool) {
	for ; n > 0; n-- {
		if s.pos == len(s.text) || s.text[s.pos] < '0' || s.text[s.pos] > '9' {
			return 0, false
		}
		value = value*10 + int(s.text[s.pos]-'0')
		s.pos++
	}
	return value, true
}

func (s *scanner) skip(token string) bool {
	end := s.pos + len(token)
	if end > len(s.text) || s.text[s.pos:end] != token {
		return false
	}
	s.pos = end
	return true
}

// unexpected is the error for what stands at the scanner's position.
func (s *scanner) unexpected(rule string) error {
	if s.text == "" {
		return s.fail(0, "the text is empty")
	}
	if s.pos == len(s.text) {
		return s.fail(s.pos, "the text ends too early: %s", rule)
	}
	_, size := utf8.DecodeRuneInString(s.text[s.pos:])
	return s.fail(s.pos, "unexpected %q: %s", s.text[s.pos:s.pos+size], rule)
}

func (s *scanner) fail(at int, format string, args ...any) error {
	return fmt.Errorf("date %q, character %d: %s (%s)",
		echo(s.text), at+1, fmt.Sprintf(format, args...), allowed)
}

// echo cuts text to what an error repeats of it.
func echo(text string) string {
	n := 0
	for i := range text {
		if n == echoLimit {
			return text[:i] + "…"
		}
		n++
	}
	return text
}
