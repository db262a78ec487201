package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Questions like nested, of which no two have the same text: each asks for other
// fields, in other orders, and some for other relations as well, so that neither
// their documents nor their plans are known.
func coldShape(like *shape) *shape {
	return &shape{
		name:    "cold",
		about:   "like nested, but every text is new: other fields, orders and relations each time; against the floor's nested, which is warm",
		nested:  true,
		cold:    coldText,
		floorOf: like,
		asks:    like.asks,
	}
}

// coldText gives the n-th of these texts.
func coldText(n int) string {
	c := cold{rand.New(rand.NewPCG(uint64(n), 1))}
	things := func(fields ...string) string { return " { nodes { id name" + c.some(fields...) + " } }" }
	detention := fmt.Sprintf("detentions%s { totalCount nodes { id%s heldAt%s charges%s sources(first: 3)%s",
		c.order("START", "END", "STATUS"), c.some("name", "status", "start", "end", "ground", "outcome", "measure", "minorAtArrest", "protected"),
		things("kind", "description"), things("statute", "category"),
		" { nodes { id"+c.some("title", "url", "kind", "publishedAt", "accessedAt", "language")+" publishers"+things("kind")+" } }")
	detention += " proceedings { nodes { id" + c.some("caseNumber", "stage", "start", "end") + " courts" + things("kind", "description") + " } }"
	for _, more := range []string{"arrestedBy", "arrestedAt", "releases"} {
		if c.one(4) {
			detention += " " + more + things("description")
		}
	}
	person := c.some("gender", "birthDate", "deathDate", "nationality", "occupation", "protected", "description")
	if c.one(4) {
		person += " memberOf" + things("kind")
	}
	return fmt.Sprintf("query Cold%d($after: String!) { people(first: 20, orderBy: [{field: NAME, direction: ASC}], after: $after) { nodes { id name%s %s } } } } }",
		n, person, detention)
}

// cold draws what is asked.
type cold struct{ *rand.Rand }

// one is true for one in n.
func (c cold) one(n int) bool { return c.IntN(n) == 0 }

// some gives a part of the fields.
func (c cold) some(fields ...string) string {
	var b strings.Builder
	for _, f := range fields {
		if c.one(2) {
			b.WriteString(" " + f)
		}
	}
	return b.String()
}

// order gives an orderBy by one of the fields, or none.
func (c cold) order(fields ...string) string {
	if c.one(2) {
		return ""
	}
	direction := "ASC"
	if c.one(2) {
		direction = "DESC"
	}
	return "(orderBy: [{field: " + fields[c.IntN(len(fields))] + ", direction: " + direction + "}])"
}
