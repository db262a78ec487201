package main

import (
	"fmt"

	"github.com/vinculo/vinculo/internal/vocab"
)

// orders gives the inputs that order entities of a type.
func orders(name string) []*definition {
	keys := &definition{doc: fmt.Sprintf("What entities of type %s can be ordered by.", name), head: fmt.Sprintf("enum %sOrderField", name)}
	if name == vocab.AnyEntity {
		keys.doc = "What entities of any type can be ordered by."
		keys.add("Name.", "NAME")
		return []*definition{keys, order(name)}
	}
	for _, p := range propertiesOf(name) {
		if p.Orderable() {
			keys.add(orderDoc(p), p.EnumName())
		}
	}
	for _, f := range fieldsOf(name) {
		if f.Countable {
			keys.add(fmt.Sprintf("The number of links in `%s`.", f.Name), vocab.UpperSnake(f.CountName()))
		}
	}
	return []*definition{keys, order(name)}
}

func statementOrders() []*definition {
	keys := &definition{doc: "What statements can be ordered by.", head: "enum StatementOrderField"}
	for _, p := range vocab.StatementProperties {
		if p.Sorted {
			keys.add(orderDoc(p), p.EnumName())
		}
	}
	return []*definition{keys, order("Statement")}
}

func order(name string) *definition {
	d := &definition{doc: "One key of an order; the next one decides among equals, and the id among equals of all.", head: fmt.Sprintf("input %sOrder", name)}
	d.add("What to order by.", fmt.Sprintf("field: %sOrderField!", name))
	d.add("Which way; null comes last in both.", "direction: SortDirection = ASC")
	return d
}

// orderDoc tells how values of the property are ordered.
func orderDoc(p *vocab.Property) string {
	how := ""
	switch p.Value {
	case vocab.Date:
		how = " By the earliest day it may mean, then by the latest."
	case vocab.Choice:
		how = fmt.Sprintf(" In the order in which %s declares its values.", p.Enum.Name)
	}
	return p.Doc + how
}
