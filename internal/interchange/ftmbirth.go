package interchange

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

const (
	birthDate = "birthDate"
	deathDate = "deathDate"
	// someDay is the date of birth of whom nothing tells how old they are: one day
	// among all that there are.
	someDay = "[0001..9999]"
)

// birthKeys are keys, lower case letters only, that hold a date of birth.
var birthKeys = []string{"birthdate", "dateofbirth", "birthday", "birthyear", "yearofbirth", "dob"}

// lifeOf tells what a key holds, however it is spelled: birthDate, deathDate or "".
func lifeOf(key string) string {
	letters := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(key))
	switch {
	case slices.Contains(birthKeys, letters):
		return birthDate
	case letters == "deathdate":
		return deathDate
	}
	return ""
}

// life states, RESTRICTED, a person's date of birth where what holds it is kept as it
// is: it cannot be read, or stands under another key. Whoever may be a minor by it is
// protected, and nobody else is told. If nothing of the line tells a year they may be
// one. It reports whether the text itself is for nobody else either.
func (m *ftmMaker) life(property, text string) (private bool) {
	what := lifeOf(property)
	if what == "" || m.typ != vocab.Person {
		return false
	}
	date, attribution := lifeDate(text), ""
	if _, _, read := ftmBirth(text); !read {
		attribution = "ESTIMATED"
	}
	private = date == "" || property != what
	if what == birthDate && date == "" && !m.line.tellsBirth() {
		date = someDay
		m.f.note(m.line.place, "%s: %s tells no year: its person may be a minor, and is protected until a curator states protection LIFTED", property, quote(text))
	}
	if what == birthDate && date != "" {
		m.add(statement.Statement{
			Subject: m.key.String(), Property: birthDate, Value: date,
			Qualifiers: map[string][]string{ftmValue: {text}}, Visibility: statement.Restricted,
			Attribution: attribution, // what was read comes first
		}, false)
	}
	return private
}

// tellsBirth reports whether any date of birth of the line has a year.
func (l *ftmLine) tellsBirth() bool {
	for _, p := range slices.Concat(l.properties, l.context) {
		if lifeOf(p.name) == birthDate && slices.ContainsFunc(slices.Concat(p.values, p.embedded), func(v string) bool { return lifeDate(v) != "" }) {
			return true
		}
	}
	return false
}

// lifeDate gives the date that a text is, or about the latest year that it names, or "".
func lifeDate(text string) string {
	if date, _, ok := ftmBirth(text); ok {
		return date
	}
	if year := latestYear(text); year != "" {
		return year + "~"
	}
	return ""
}

// ftmBirth is ftmDate for dates of birth: what has lost its century (0013-05-12) is none.
func ftmBirth(text string) (date string, exact, ok bool) {
	date, exact, ok = ftmDate(text)
	return date, exact, ok && !strings.HasPrefix(date, "0")
}

// latestYear gives the latest year that a text names, "" if it names none: a number
// of four digits, or the first or last four of a day in eight (YYYYMMDD, DDMMYYYY).
func latestYear(text string) (latest string) {
	for _, n := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
		var years []string
		switch {
		case len(n) == 4:
			years = []string{n}
		case len(n) == 8 && n[4:6] <= "12":
			years = []string{n[:4], n[4:]}
		case len(n) == 8:
			years = []string{n[4:]}
		}
		for _, year := range years {
			if "1800" <= year && year < "2100" {
				latest = max(latest, year)
			}
		}
	}
	return latest
}
