package main

import (
	"fmt"

	"github.com/vinculo/vinculo/internal/vocab"
)

// dividing gives the fields of a page that divide the nodes of a type into groups.
func dividing(name string) []member {
	number := ""
	if len(vocab.NumbersOf(name)) > 0 {
		number = fmt.Sprintf(`"Of what to add up numbers in each bucket." number: %sNumber, `, name)
	}
	members := []member{{
		"The nodes divided by what they have in common, as Breakdown describes it: all that the arguments of the connection allow, whatever the page. A node counts once, however many links lead to it.",
		fmt.Sprintf(`breakdown("One dimension, or two: then a bucket is a pair." by: [%sDimension!]!, %s"The number of buckets at most, 0 to 100." first: Int = 25, orderBy: BucketOrder = {field: NODE_COUNT, direction: DESC}): Breakdown!`, name, number),
	}}
	if len(vocab.DatesOf(name)) > 0 {
		members = append(members, member{
			"The nodes by time, as Timeline describes it: all that the arguments of the connection allow, whatever the page.",
			fmt.Sprintf(`timeline(interval: Interval!, "The date that is meant." of: %sDate!): Timeline!`, name),
		})
	}
	return members
}

// dimensions gives the enumerations of what the entities of a type can be divided by.
func dimensions(name string) []*definition {
	what := "entities of type " + name
	switch name {
	case vocab.AnyEntity:
		what = "entities of any type"
	case vocab.OfStatements:
		what = "statements"
	}
	all := []*definition{dimensionEnum(name+"Dimension", "What "+what+" can be divided by.", vocab.DimensionsOf(name))}
	if list := vocab.NumbersOf(name); len(list) > 0 {
		all = append(all, dimensionEnum(name+"Number", "Numbers of "+what+" that can be added up.", list))
	}
	if list := vocab.DatesOf(name); len(list) > 0 {
		all = append(all, dimensionEnum(name+"Date", "The dates of "+what+".", list))
	}
	return all
}

func dimensionEnum(name, doc string, list []*vocab.Dimension) *definition {
	d := &definition{doc: doc, head: "enum " + name}
	for _, dimension := range list {
		d.add(dimension.Doc, dimension.Name)
	}
	return d
}
