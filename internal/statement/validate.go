package statement

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/vocab"
)

// maxText bounds each string of a statement, in bytes.
const maxText = 1 << 16

// Check says what is wrong with a statement in itself, whatever is stored: an
// *Error of kind ErrInvalid with the key at fault, or nil.
func (s *Statement) Check() error {
	for _, check := range []func() error{s.checkTexts, s.checkIDs, s.checkChoices, s.checkProperty, s.checkAct, s.checkQualifiers} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// Normalized gives the statement as it is stored: texts in NFC, defaults filled in.
func (s Statement) Normalized() Statement {
	for _, text := range []*string{&s.Value, &s.Words, &s.Locator} {
		*text = match.NFC(*text)
	}
	if s.Qualifiers != nil {
		qualifiers := make(map[string][]string, len(s.Qualifiers))
		for key, values := range s.Qualifiers {
			if len(values) == 0 {
				continue
			}
			list := make([]string, len(values))
			for i, v := range values {
				list[i] = match.NFC(v)
			}
			qualifiers[key] = list
		}
		s.Qualifiers = qualifiers
	}
	return s.withDefaults()
}

func invalid(key, format string, args ...any) *Error {
	return &Error{Kind: ErrInvalid, Index: -1, Key: key, Message: key + ": " + fmt.Sprintf(format, args...)}
}

func (s *Statement) checkTexts() error {
	check := func(key, text string) error {
		switch {
		case len(text) > maxText:
			return invalid(key, "%d bytes are more than the %d allowed", len(text), maxText)
		case !utf8.ValidString(text):
			return invalid(key, "not valid UTF-8")
		case strings.ContainsRune(text, 0):
			return invalid(key, "holds a NUL character")
		}
		return nil
	}
	for _, f := range []struct{ key, text string }{{"value", s.Value}, {"lang", s.Lang}, {"locator", s.Locator}, {"words", s.Words}} {
		if err := check(f.key, f.text); err != nil {
			return err
		}
	}
	for key, values := range s.Qualifiers {
		for _, v := range values {
			if err := check("qualifiers."+key, v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Statement) checkIDs() error {
	for _, f := range []struct {
		key, id  string
		required bool
	}{{"id", s.ID, false}, {"subject", s.Subject, true}, {"entity", s.Entity, false}, {"link", s.Link, false}, {"source", s.Source, true}, {"claimedBy", s.ClaimedBy, false}} {
		switch {
		case f.id == "" && f.required:
			return invalid(f.key, "missing: every statement needs one")
		case f.id != "" && !ValidID(f.id):
			return invalid(f.key, "%s is no id: 1 to 64 letters (a-z, A-Z), digits, '.' and '-', a letter or digit first", quote(f.id))
		}
	}
	switch vocab.Editorial {
	case s.Subject:
		return invalid("subject", "%q is built in: nothing can be stated about it", vocab.Editorial)
	case s.Entity:
		return invalid("entity", "%q is built in: nothing can be linked to it", vocab.Editorial)
	}
	return nil
}

func (s *Statement) checkChoices() error {
	for _, f := range []struct {
		key, value string
		enum       *vocab.Enum
	}{{"attribution", s.Attribution, vocab.AttributionEnum}, {"verification", s.Verification, vocab.VerificationEnum}, {"rank", s.Rank, vocab.RankEnum}, {"visibility", s.Visibility, vocab.VisibilityEnum}} {
		if f.value == "" {
			continue
		}
		if f.value == Privately {
			return invalid(f.key, "%s is what the public view shows for %s: enter that", Privately, FamilyOrCounsel)
		}
		if err := checkChoice(f.enum, f.value); err != nil {
			return invalid(f.key, "%v", err)
		}
	}
	return nil
}

func checkChoice(enum *vocab.Enum, value string) error {
	if enum.Index(value) >= 0 {
		return nil
	}
	var names []string
	for _, v := range enum.Values {
		names = append(names, v.Name)
	}
	return fmt.Errorf("%s is none of %s", quote(value), strings.Join(names, ", "))
}

// checkProperty checks that the property exists and that its value or entity is
// of its sort.
func (s *Statement) checkProperty() error {
	if vocab.RelationOf(s.Property) != nil {
		return s.checkRelation()
	}
	switch {
	case !s.known():
		return invalid("property", "%s is no property or relation of the vocabulary", quote(s.Property))
	case s.Entity != "":
		return invalid("entity", "%s is a property: it takes a value, and no entity", s.Property)
	case s.Link != "":
		return invalid("link", "%s is a property: only relations take link", s.Property)
	case blank(s.Value):
		return invalid("value", "missing: %s needs one", quote(s.Property))
	}
	if s.Property == vocab.TypeProperty {
		switch {
		case vocab.TypeOf(s.Value) == nil:
			return invalid("value", "%s is no entity type (%s)", quote(s.Value), typeNames())
		case s.Denies:
			return invalid("denies", "a type cannot be denied")
		}
		return s.checkLang(false)
	}
	if vocab.Foreign(s.Property) {
		return s.checkLang(true)
	}
	// A name may mean different things for different types; one of them has to fit.
	var err error
	for _, p := range vocab.PropertiesOf(s.Property) {
		if p.Computed {
			err = invalid("property", "%s is computed and cannot be stated", s.Property)
			continue
		}
		if wrong := checkValue(p, s.Value); wrong != nil {
			err = invalid("value", "%s: %v", s.Property, wrong)
			continue
		}
		return s.checkLang(p.Value == vocab.Text)
	}
	return err
}

// checkAct keeps what lifts a protection or merges two records from coming in as if
// it were one more thing that a source reports.
func (s *Statement) checkAct() error {
	if vocab.CuratorsAct(s.Property) && s.Source != vocab.Editorial {
		return invalid("source", "%s is a curator's act: its source is %s, and its reason stands in words", s.Property, vocab.Editorial)
	}
	return nil
}

// blank reports whether nothing of a text can be seen.
func blank(text string) bool {
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc) }) == ""
}

// known reports whether the vocabulary has the property.
func (s *Statement) known() bool {
	return s.Property == vocab.TypeProperty || vocab.Foreign(s.Property) || len(vocab.PropertiesOf(s.Property)) > 0
}

func (s *Statement) checkLang(text bool) error {
	if s.Lang == "" {
		return nil
	}
	if !text {
		return invalid("lang", "%s is no text: it takes no language", s.Property)
	}
	bad := func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-')
	}
	if len(s.Lang) > 35 || len(s.Lang) < 2 || strings.IndexFunc(s.Lang, bad) >= 0 {
		return invalid("lang", "%s is no language tag (es, en, pt-BR)", quote(s.Lang))
	}
	return nil
}

func (s *Statement) checkRelation() error {
	switch {
	case s.Value != "":
		return invalid("value", "%s is a relation: it takes an entity, and no value", s.Property)
	case s.Lang != "":
		return invalid("lang", "%s is a relation: it takes no language", s.Property)
	case s.Entity == "":
		return invalid("entity", "missing: the relation %s needs the id of the other end", s.Property)
	case s.Entity == s.Subject:
		return invalid("entity", "%s links %s to itself", s.Property, s.Subject)
	}
	return s.checkJudgement()
}

// checkValue reports what is wrong with a value of the property.
func checkValue(p *vocab.Property, value string) error {
	switch p.Value {
	case vocab.Date:
		_, err := edtf.Parse(value)
		return err
	case vocab.Integer:
		if n, err := strconv.ParseInt(value, 10, 32); err != nil || strconv.FormatInt(n, 10) != value {
			return fmt.Errorf("%s is no whole number of 32 bits, written without plus or leading zeros", quote(value))
		} else if n < 0 {
			return fmt.Errorf("%s is negative", quote(value))
		}
	case vocab.Boolean:
		if value != "true" && value != "false" {
			return fmt.Errorf("%s is neither true nor false", quote(value))
		}
	case vocab.Choice:
		return checkChoice(p.Enum, value)
	case vocab.Count:
		_, err := ParseCount(value)
		return err
	case vocab.URL:
		if u, err := url.Parse(value); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("%s is no http or https address", quote(value))
		}
	}
	return nil
}

func (s *Statement) checkQualifiers() error {
	r := vocab.RelationOf(s.Property)
	for key, values := range s.Qualifiers {
		bad := func(c rune) bool {
			return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '.')
		}
		if key == "" || len(key) > 64 || strings.IndexFunc(key, bad) >= 0 {
			return invalid("qualifiers", "%s is no name: 1 to 64 letters, digits and '.'", quote(key))
		}
		for _, v := range values {
			if err := checkQualifier(r, key, v); err != nil {
				return invalid("qualifiers."+key, "%v", err)
			}
		}
	}
	return nil
}

func checkQualifier(r *vocab.Relation, key, value string) error {
	if blank(value) {
		return errors.New("empty: leave it out")
	}
	if key == KeyRole && r != nil && r.Roles != nil && !slices.Contains(r.Roles, value) {
		return fmt.Errorf("%s is none of the roles of %s: %s", quote(value), r.Name, strings.Join(r.Roles, ", "))
	}
	switch key {
	case KeyMeasure:
		return checkChoice(vocab.MeasureEnum, value)
	case KeyStart, KeyEnd:
		_, err := edtf.Parse(value)
		return err
	}
	return nil
}

func typeNames() string {
	var names []string
	for _, t := range vocab.Types() {
		names = append(names, t.Name)
	}
	return strings.Join(names, ", ")
}

// quote echoes input in an error, cut to a length that fits one.
func quote(text string) string {
	const most = 40
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "…"
	}
	return strconv.Quote(text)
}
