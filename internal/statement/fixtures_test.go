package statement

import (
	"strings"

	"github.com/vinculo/vinculo/internal/vocab"
)

// of writes a statement in short: "d1 start 2025-12" or, for relations,
// "p1 HAS_DETENTION d1"; edits change what is not the default.
func of(text string, edits ...func(*Statement)) Statement {
	subject, rest, _ := strings.Cut(text, " ")
	property, value, _ := strings.Cut(rest, " ")
	s := Statement{Subject: subject, Property: property, Source: "src"}
	if strings.ToUpper(property) == property {
		s.Entity = value
	} else {
		s.Value = value
	}
	if vocab.CuratorsAct(property) {
		s.Source = vocab.Editorial
	}
	for _, edit := range edits {
		edit(&s)
	}
	return s
}

func id(text string) func(*Statement)         { return func(s *Statement) { s.ID = text } }
func from(source string) func(*Statement)     { return func(s *Statement) { s.Source = source } }
func attributed(text string) func(*Statement) { return func(s *Statement) { s.Attribution = text } }
func verified(text string) func(*Statement)   { return func(s *Statement) { s.Verification = text } }
func ranked(text string) func(*Statement)     { return func(s *Statement) { s.Rank = text } }
func worded(text string) func(*Statement)     { return func(s *Statement) { s.Words = text } }
func parallel(link string) func(*Statement)   { return func(s *Statement) { s.Link = link } }
func restricted(s *Statement)                 { s.Visibility = Restricted }
func denied(s *Statement)                     { s.Denies = true }
func qualified(key, v string) func(*Statement) {
	return func(s *Statement) {
		if s.Qualifiers == nil {
			s.Qualifiers = map[string][]string{}
		}
		s.Qualifiers[key] = append(s.Qualifiers[key], v)
	}
}

// scene is a source and its publisher, a person with a detention and a sentence,
// and what they meet.
func scene() []Statement {
	return []Statement{
		of("src type Source"), of("src title Un informe inventado"), of("src publishedAt 2026-01-10"), of("src PUBLISHED_BY pub"),
		of("pub type Organization"), of("pub name Diario Ficticio"),
		of("p type Person"), of("p HAS_DETENTION d"), of("d type Detention"),
		of("d SENTENCED_TO s"), of("s type Sentence"), of("s lengthMonths 120"),
		of("f type Facility"), of("f name Penal Inventado"), of("e type Event"), of("o type Organization"), of("c type Charge"), of("c name cargo inventado"),
	}
}
