package main

import (
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// definition is one definition or extension of the schema language.
type definition struct {
	doc     string
	head    string // type Person implements Node & Entity
	members []member
}

// member is a field, an input field or a value of an enumeration.
type member struct {
	doc  string
	text string // name: String!
}

func (d *definition) add(doc, text string) { d.members = append(d.members, member{doc, text}) }

func (d *definition) write(b *strings.Builder) {
	b.WriteByte('\n')
	if d.doc != "" {
		b.WriteString(quote(d.doc) + "\n")
	}
	b.WriteString(d.head + " {\n")
	for _, m := range d.members {
		if m.doc != "" {
			b.WriteString("  " + quote(m.doc) + "\n")
		}
		b.WriteString("  " + m.text + "\n")
	}
	b.WriteString("}\n")
}

// quote gives the text as a string of the schema language: those of Go escape the
// same way, as long as all of it is printable.
func quote(text string) string { return strconv.Quote(text) }

// signature writes a field of a parsed schema as it is declared.
func signature(f *ast.FieldDefinition) string {
	var args []string
	for _, a := range f.Arguments {
		arg := a.Name + ": " + a.Type.String()
		if a.Description != "" {
			arg = quote(strings.ReplaceAll(a.Description, "\n", " ")) + " " + arg
		}
		if a.DefaultValue != nil {
			arg += " = " + a.DefaultValue.String()
		}
		args = append(args, arg)
	}
	text := f.Name
	if args != nil {
		text += "(" + strings.Join(args, ", ") + ")"
	}
	return text + ": " + f.Type.String()
}
