package main

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/vinculo/vinculo/internal/vocab"
)

const preamble = `# Made from the vocabulary (internal/vocab) by internal/gqlgen: do not edit.
# The schema's front page is schema.graphqls.
`

// schemaOfVocabulary gives the part of the schema that follows from the vocabulary.
// frontPage is the hand-written part: every entity type repeats the fields that its
// interface Entity declares, with their descriptions.
func schemaOfVocabulary(frontPage *ast.Source) (string, error) {
	page, err := parser.ParseSchema(frontPage)
	if err != nil {
		return "", err
	}
	entity := page.Definitions.ForName("Entity")
	if entity == nil {
		return "", fmt.Errorf("%s: no interface Entity", frontPage.Name)
	}
	var all []*definition
	all = append(all, roots(), extendedEntity())
	for _, t := range vocab.Types() {
		all = append(all, entityType(t, entity.Fields))
	}
	all = append(all, perTarget(vocab.AnyEntity)...)
	for _, t := range vocab.Types() {
		all = append(all, perTarget(t.Name)...)
	}
	all = append(all, linkFilter(), statementFilter())
	all = append(all, statementOrders()...)
	all = append(all, dimensions(vocab.OfStatements)...)
	all = append(all, enums()...)
	all = append(all, enumFilters()...)

	var b strings.Builder
	b.WriteString(preamble)
	for _, d := range all {
		d.write(&b)
	}
	return b.String(), nil
}

// perTarget gives what belongs to one type, or to any entity: pages, filters and
// orders at its root, and those over the relations that lead to it, if any do.
func perTarget(name string) []*definition {
	var all []*definition
	linked := isTarget(name)
	if name != vocab.AnyEntity {
		all = append(all, rootConnection(name)...)
	}
	if linked {
		all = append(all, linkConnection(name)...)
	}
	all = append(all, entityFilter(name))
	if linked {
		all = append(all, linkedFilter(name), relationFilter(name), countFilter(name))
	}
	all = append(all, orders(name)...)
	return append(all, dimensions(name)...)
}

// isTarget reports whether a relation field leads to the type.
func isTarget(name string) bool {
	for _, r := range vocab.Relations() {
		for _, f := range r.Fields {
			if f.Target == name {
				return true
			}
		}
	}
	return false
}

// fieldsOf gives the relation fields of a target; of any entity, those that every
// type has.
func fieldsOf(name string) []*vocab.Field {
	if t := vocab.TypeOf(name); t != nil {
		return t.Fields()
	}
	var fields []*vocab.Field
	for _, r := range vocab.Relations() {
		for _, f := range r.Fields {
			if f.On[0] == vocab.AnyEntity && f.Relation == r {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// propertiesOf gives the properties of a target that filters and orders may speak
// of; of any entity, its name and description.
func propertiesOf(name string) []*vocab.Property {
	t := vocab.TypeOf(name)
	if t == nil {
		record := vocab.TypeOf(vocab.Record) // it has nothing but what all have
		return []*vocab.Property{record.Property("name"), record.Property("description")}
	}
	var properties []*vocab.Property
	for _, p := range t.Properties {
		if !p.Hidden && !p.Private {
			properties = append(properties, p)
		}
	}
	return properties
}

// asOf is the argument for a day, of connections whose nodes are of a type or of any,
// and may be at the far end of a link; Query describes it in full.
func asOf(name, link string) string {
	var bounds []string
	if link != "" {
		bounds = append(bounds, link)
	}
	if t := vocab.TypeOf(name); t == nil || t.Property("start") != nil {
		bounds = append(bounds, "node")
	}
	doc := "Of one exact day: keeps what held on it, certainly or possibly, by start and end of " + strings.Join(bounds, " and ") + "."
	if len(bounds) == 0 {
		doc = "Of one exact day: keeps all, since this type has neither start nor end."
	}
	if name == vocab.Detention || name == vocab.AnyEntity {
		doc += " A detention is over after a firm, dated release or death; `status` is that day's."
	}
	return quote(doc) + " asOf: EDTF"
}

// paging are the arguments of every connection.
const paging = "first: Int, after: String, last: Int, before: String"
