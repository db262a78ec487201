package main

import (
	"fmt"

	"github.com/vinculo/vinculo/internal/vocab"
)

func entityFilter(name string) *definition {
	what := "entities of type " + name
	if name == vocab.AnyEntity {
		what = "entities of any type"
	}
	d := junctions(name+"Filter", "Selects "+what+". All that it says must hold; an empty one selects all.")
	d.add("Its id.", "id: IDFilter")
	if name == vocab.AnyEntity {
		d.add("Its type.", "type: EntityTypeFilter")
	}
	for _, p := range propertiesOf(name) {
		if filter := valueFilter(p); filter != "" {
			d.add(p.Doc, p.Name+": "+filter)
		}
	}
	for _, f := range fieldsOf(name) {
		filter := f.Target + "RelationFilter"
		if f.One {
			filter = f.Target + "LinkFilter"
		}
		d.add(relationDoc(f), f.Name+": "+filter)
	}
	return d
}

// junctions starts an input with what combines filters of its own kind.
func junctions(name, doc string) *definition {
	d := &definition{doc: doc, head: "input " + name}
	d.add("All of these hold; of none, all is selected.", fmt.Sprintf("and: [%s!]", name))
	d.add("One of these holds; of none, nothing is selected.", fmt.Sprintf("or: [%s!]", name))
	d.add("This does not hold.", "not: "+name)
	return d
}

// valueFilter gives the input that compares a property's values; "" if none does.
func valueFilter(p *vocab.Property) string {
	switch p.Value {
	case vocab.Text, vocab.URL:
		return "TextFilter"
	case vocab.Date:
		return "DateFilter"
	case vocab.Integer:
		return "IntFilter"
	case vocab.Boolean:
		return "BooleanFilter"
	case vocab.Choice:
		return p.Enum.Name + "Filter"
	}
	return ""
}

func linkedFilter(name string) *definition {
	d := &definition{
		doc:  "Selects links by the entity at the far end and by the link itself; an empty one selects all.",
		head: fmt.Sprintf("input %sLinkFilter", name),
	}
	d.add("The entity at the far end.", fmt.Sprintf("node: %sFilter", name))
	d.add("The link.", "link: LinkFilter")
	return d
}

func relationFilter(name string) *definition {
	d := &definition{doc: "Selects entities by their links. All that it says must hold.", head: fmt.Sprintf("input %sRelationFilter", name)}
	d.add("At least one link is like this; `{}` asks for any link.", fmt.Sprintf("some: %sLinkFilter", name))
	d.add("No link is like this.", fmt.Sprintf("none: %sLinkFilter", name))
	d.add("Every link is like this; so it is where there are none.", fmt.Sprintf("every: %sLinkFilter", name))
	d.add("The number of links.", fmt.Sprintf("count: %sCountFilter", name))
	return d
}

func countFilter(name string) *definition {
	d := &definition{doc: "Compares a number of links. All that it says must hold.", head: fmt.Sprintf("input %sCountFilter", name)}
	d.add("Count only links like this.", fmt.Sprintf("of: %sLinkFilter", name))
	for _, op := range []member{
		{"Equals this.", "eq"}, {"Does not equal this.", "ne"}, {"Less than this.", "lt"},
		{"At most this.", "lte"}, {"More than this.", "gt"}, {"At least this.", "gte"},
	} {
		d.add(op.doc, op.text+": Int")
	}
	return d
}

func linkFilter() *definition {
	d := junctions("LinkFilter", "Selects links by what they say themselves. All that it says must hold; an empty one selects all.")
	d.add("Its id.", "id: IDFilter")
	d.add("What kind of link it is.", "relation: RelationFilter")
	for _, p := range vocab.LinkProperties {
		d.add(p.Doc, p.Name+": "+valueFilter(p))
	}
	return d
}

// references are the statement properties that hold an id.
var references = map[string]bool{"subject": true, "entity": true, "source": true, "claimedBy": true}

func statementFilter() *definition {
	d := junctions("StatementFilter", "Selects statements. All that it says must hold; an empty one selects all those in force.")
	d.add("Its id.", "id: IDFilter")
	for _, p := range vocab.StatementProperties {
		filter := valueFilter(p)
		if references[p.Name] {
			filter = "IDFilter"
		}
		d.add(p.Doc, p.Name+": "+filter)
	}
	return d
}
