package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/vocab"
)

// documentOfVocabulary writes the vocabulary for people: docs/model.md.
func documentOfVocabulary() string {
	var b strings.Builder
	b.WriteString(`<!-- Made from internal/vocab by make generate: do not edit. -->
# The vocabulary

What can be stated, and what becomes of it. A statement says one thing about one subject, with its source: a property's value, or a link to another entity.

*Protection* is what the public view shows of a **protected** person, their detentions and their sentences: **shown**, **to the month**, or withheld.
*Computed* properties follow from statements and cannot be stated. *Many* means that all values in force show, and not only the best.
*Found* means that search finds the entity by it. *Tells* is how far it tells who an entity is, in match: what agreement takes away of what is missing
to certainty, and disagreement of what there is, in hundredths.
*FollowTheMoney* names what an import reads as it; what has no counterpart is kept under its own name (ftm.amount).

## Entity types
`)
	for _, t := range vocab.Types() {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\nRoot: `%s`. FollowTheMoney: %s.\n\n", t.Name, t.Doc, t.Root, orNone(t.FtM))
		b.WriteString("| property | value | | FollowTheMoney | protection | |\n|---|---|---|---|---|---|\n")
		for _, p := range t.Properties {
			if p.Internal() {
				continue
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", p.Name, valueOf(p), strings.Join(marks(p), ", "), counterparts(t.Name, p.Name), protection(p, t.Name), cell(p.Doc))
		}
		b.WriteString("\n| field | over | to | |\n|---|---|---|---|\n")
		for _, f := range t.Fields() {
			fmt.Fprintf(&b, "| `%s` | %s%s | %s | %s |\n", f.Name, strings.Join(f.Relations(), ", "), direction(f), f.Target, fieldMarks(f))
		}
	}
	b.WriteString("\n## Relations\n\n| relation | from | to | FollowTheMoney | protection | |\n|---|---|---|---|---|---|\n")
	for _, r := range vocab.Relations() {
		to := strings.Join(r.To, ", ")
		if r.SameType {
			to = "the same type"
		}
		if r.Symmetric {
			to += " (either way round)"
		}
		doc := r.Doc
		if r.Roles != nil {
			doc += " Roles: `" + strings.Join(r.Roles, "` `") + "`."
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", r.Name, strings.Join(r.From, ", "), to, orNone(r.FtM), r.Shield, cell(doc))
	}
	b.WriteString("\n## Enumerations\n")
	for _, e := range vocab.Enums() {
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| value | |\n|---|---|\n", e.Name, e.Doc)
		for _, v := range e.Values {
			fmt.Fprintf(&b, "| `%s` | %s |\n", v.Name, cell(v.Doc))
		}
	}
	return b.String()
}

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// cell keeps a text from ending its table cell.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

func valueOf(p *vocab.Property) string {
	if p.Value == vocab.Choice {
		return p.Enum.Name
	}
	return [...]string{vocab.Text: "text", vocab.URL: "address", vocab.Date: "EDTF date", vocab.Integer: "number", vocab.Boolean: "true or false", vocab.Count: "count", vocab.Refs: "ids"}[p.Value]
}

func marks(p *vocab.Property) []string {
	var list []string
	tells := fmt.Sprintf("tells (%d, %d)", p.Tells.Same, p.Tells.Other)
	for _, m := range []struct {
		is   bool
		name string
	}{{p.Finds == vocab.ByName, "found as a name"}, {p.Finds == vocab.ByText, "found by its words"}, {p.Tells != vocab.Telling{}, tells}, {p.Computed, "computed"}, {p.Many, "many"}, {p.Sorted, "indexed order"}, {p.Decides, "decides protection"}} {
		if m.is {
			list = append(list, m.name)
		}
	}
	return list
}

// counterparts gives the properties of FollowTheMoney that an import reads as the
// property, first the one that it is exported as.
func counterparts(typ, property string) string {
	var list []string
	for _, f := range vocab.FtMFills() {
		if fill := vocab.FtMFillOf(typ, f.FtM); f.Property != property || fill == nil || *fill != f {
			continue
		}
		name := "`" + f.FtM + "`"
		if f.Unless != "" {
			name += " (without `" + f.Unless + "`)"
		}
		list = append(list, name)
	}
	return strings.Join(list, ", ")
}

// protection tells what becomes of a property, for the types that protection reaches.
func protection(p *vocab.Property, typ string) string {
	switch {
	case p.Private:
		return "never public"
	case !slices.Contains([]string{vocab.Person, vocab.Detention, vocab.Sentence}, typ):
		return ""
	}
	return p.Shield.String()
}

func direction(f *vocab.Field) string {
	if f.Reverse {
		return ", from its end"
	}
	return ""
}

func fieldMarks(f *vocab.Field) string {
	var list []string
	if f.One {
		list = append(list, "the best statement's alone")
	}
	if f.Countable {
		list = append(list, "order by `"+vocab.UpperSnake(f.CountName())+"`")
	}
	return strings.Join(list, ", ")
}
