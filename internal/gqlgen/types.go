package main

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/vocab"
)

// roots gives the connection of each entity type.
func roots() *definition {
	d := &definition{head: "extend type Query"}
	for _, t := range vocab.Types() {
		d.add(fmt.Sprintf("All entities of type %s. %s Ordered by id unless `orderBy` says otherwise.", t.Name, t.Doc),
			fmt.Sprintf("%s(where: %sFilter, orderBy: [%[2]sOrder!], %s, %s): %[2]sConnection", t.Root, t.Name, asOf(t.Name, ""), paging))
	}
	return d
}

// extendedEntity gives the interface the relation fields that every type has.
func extendedEntity() *definition {
	d := &definition{head: "extend interface Entity"}
	for _, f := range fieldsOf(vocab.AnyEntity) {
		d.add(relationDoc(f), relationField(f))
	}
	return d
}

func entityType(t *vocab.Type, common ast.FieldList) *definition {
	d := &definition{doc: t.Doc, head: "type " + t.Name + " implements Node & Entity"}
	declared := map[string]bool{}
	for _, f := range common {
		declared[f.Name] = true
		doc := f.Description
		switch p := t.Property(f.Name); {
		case p != nil && !p.Hidden:
			doc = propertyDoc(t, p)
		case f.Name == "kind":
			doc = "Always null: this type has no kinds."
		}
		d.add(strings.ReplaceAll(doc, "\n", " "), signature(f))
	}
	for _, p := range t.Properties {
		switch {
		case declared[p.Name]:
		case !p.Hidden:
			d.add(propertyDoc(t, p), p.Name+": "+propertyType(p))
		case p.Value == vocab.Refs:
			d.add(p.Doc, fmt.Sprintf("%s(where: StatementFilter, orderBy: [StatementOrder!], %s): StatementConnection!", p.Name, paging))
		}
	}
	for _, f := range t.Fields() {
		d.add(relationDoc(f), relationField(f))
	}
	return d
}

// never are the properties that always have a value.
var never = map[string]bool{"name": true, "protected": true, "status": true}

// propertyType gives the type of a property's field: the same wherever its name is.
func propertyType(p *vocab.Property) string {
	if p.Many {
		return "[String!]!"
	}
	typ := ""
	switch p.Value {
	case vocab.Date:
		typ = "EDTF"
	case vocab.Integer:
		typ = "Int"
	case vocab.Boolean:
		typ = "Boolean"
	case vocab.Choice:
		typ = p.Enum.Name
	default:
		typ = "String"
	}
	if never[p.Name] {
		return typ + "!"
	}
	return typ
}

// propertyDoc tells what a field gives, where its hedge is, and what protection
// does to it.
func propertyDoc(t *vocab.Type, p *vocab.Property) string {
	doc := p.Doc
	switch {
	case p.Computed:
	case p.Many:
		doc += " All values in force; the hedge of each is in `facts`."
	default:
		doc += " Best value; its hedge is in `facts`."
	}
	if t.Property("protected") != nil && p.Name != "name" && !p.Private {
		switch p.Shield {
		case vocab.Withhold:
			doc += " Withheld where `protected`."
		case vocab.Coarsen:
			doc += " To the month where `protected`."
		}
	}
	return doc
}

func relationField(f *vocab.Field) string {
	if f.One {
		return f.Name + ": " + f.Target
	}
	return fmt.Sprintf("%s(where: %sLinkFilter, orderBy: [%[2]sOrder!], %s, %s): %[2]sLinkConnection!", f.Name, f.Target, asOf(f.Target, "link"), paging)
}

func relationDoc(f *vocab.Field) string {
	end := "its start"
	switch {
	case f.Relation.Symmetric:
		end = "either end"
	case f.Reverse:
		end = "its end"
	}
	far := "entities of type " + f.Target
	switch {
	case f.Target == vocab.AnyEntity:
		far = "entities of any type"
	case f.One:
		far = "an entity of type " + f.Target
	}
	doc := fmt.Sprintf("%s, read from %s: %s Leads to %s.", strings.Join(f.Relations(), ", "), end, fieldDoc(f), far)
	if f.One {
		doc += " The best link's; any others are in `links`."
	}
	return doc
}

// fieldDoc tells what the relations are that a field reads.
func fieldDoc(f *vocab.Field) string {
	if len(f.Also) == 0 {
		return lower(f.Relation.Doc)
	}
	var docs []string
	for _, name := range f.Relations() {
		docs = append(docs, name+": "+lower(vocab.RelationOf(name).Doc))
	}
	return strings.Join(docs, " ")
}

func lower(text string) string { return strings.ToLower(text[:1]) + text[1:] }
