package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/vocab"
)

func enums() []*definition {
	all := []*definition{entityTypes(), relationNames(), propertyNames()}
	for _, e := range vocab.Enums() {
		d := &definition{doc: e.Doc, head: "enum " + e.Name}
		for _, v := range e.Values {
			d.add(v.Doc, v.Name)
		}
		all = append(all, d)
	}
	return all
}

func entityTypes() *definition {
	d := &definition{doc: "The types of entities.", head: "enum EntityType"}
	for _, t := range vocab.Types() {
		d.add(t.Doc, t.EnumName())
	}
	return d
}

func relationNames() *definition {
	d := &definition{doc: "The kinds of links.", head: "enum Relation"}
	for _, r := range vocab.Relations() {
		way := fmt.Sprintf(" From %s to %s.", strings.Join(r.From, ", "), strings.Join(r.To, ", "))
		switch {
		case r.Symmetric && r.SameType:
			way = fmt.Sprintf(" Between two of the same type, in both directions: %s.", strings.Join(r.From, ", "))
		case r.Symmetric:
			way = fmt.Sprintf(" Between two of type %s, in both directions.", r.From[0])
		case r.SameType:
			way = fmt.Sprintf(" Between two of the same type: %s.", strings.Join(r.From, ", "))
		}
		d.add(r.Doc+way, r.Name)
	}
	return d
}

// propertyNames gives the names of all properties, each once, with the
// descriptions that they have on the types.
func propertyNames() *definition {
	d := &definition{doc: "The properties of entities.", head: "enum Property"}
	done := map[string]bool{}
	for _, t := range vocab.Types() {
		for _, p := range t.Properties {
			if !p.Hidden && !done[p.Name] {
				done[p.Name] = true
				d.add(sharedDoc(p.Name), p.EnumName())
			}
		}
	}
	return d
}

// sharedDoc joins the descriptions that a property has on different types, each
// with its types unless those are many.
func sharedDoc(name string) string {
	var docs []string
	types := map[string][]string{}
	for _, t := range vocab.Types() {
		if p := t.Property(name); p != nil {
			if types[p.Doc] == nil {
				docs = append(docs, p.Doc)
			}
			types[p.Doc] = append(types[p.Doc], t.Name)
		}
	}
	const many = 4
	for i, doc := range docs {
		if on := types[doc]; len(docs) > 1 && len(on) < many {
			docs[i] = strings.Join(on, ", ") + ": " + doc
		}
	}
	return strings.Join(docs, " ")
}

// enumFilters gives the inputs that compare values of enumerations, for those that
// a filter speaks of.
func enumFilters() []*definition {
	all := []*definition{
		enumFilter("EntityType", false, false),
		enumFilter("Relation", false, false),
	}
	used := map[*vocab.Enum]bool{}
	for _, p := range slices.Concat(vocab.LinkProperties, vocab.StatementProperties) {
		used[p.Enum] = true
	}
	for _, t := range vocab.Types() {
		for _, p := range propertiesOf(t.Name) {
			used[p.Enum] = true
		}
	}
	for _, e := range vocab.Enums() {
		if used[e] {
			// Only these values rise from less to more.
			all = append(all, enumFilter(e.Name, e == vocab.VerificationEnum, true))
		}
	}
	return all
}

func enumFilter(name string, ranked, nullable bool) *definition {
	d := &definition{doc: fmt.Sprintf("Compares values of %s. Several operators in one filter must all hold.", name), head: fmt.Sprintf("input %sFilter", name)}
	ne := "Does not equal this."
	if nullable {
		ne = "Does not equal this, null included."
	}
	d.add("Equals this.", "eq: "+name)
	d.add(ne, "ne: "+name)
	d.add("One of these; of none, nothing.", fmt.Sprintf("in: [%s!]", name))
	if ranked {
		d.add("Weaker than this.", "lt: "+name)
		d.add("This or weaker.", "lte: "+name)
		d.add("Stronger than this.", "gt: "+name)
		d.add("This or stronger.", "gte: "+name)
	}
	if nullable {
		d.add("True: there is no value. False: there is one.", "isNull: Boolean")
	}
	return d
}
