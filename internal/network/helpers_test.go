package network_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/storetest"
)

// entity gives the statements of an entity of a type: "union Organization".
func entity(text string) statement.Statement {
	id, typ, _ := strings.Cut(text, " ")
	return statement.Statement{ID: id + ".type", Subject: id, Property: "type", Value: typ, Source: "source"}
}

// link gives the statement of a link: "ana MEMBER_OF union".
func link(id, text string) statement.Statement {
	words := strings.Fields(text)
	return statement.Statement{ID: id + ".s", Subject: words[0], Property: words[1], Entity: words[2], Link: id, Source: "source"}
}

// graph gives a store that holds entities ("union Organization") and links ("ana
// MEMBER_OF union"), whose ids are l0, l1 …, and other statements.
func graph(t rapid.TB, entities, links []string, more ...statement.Statement) *storetest.Naive {
	t.Helper()
	all := append([]statement.Statement{entity("source Source")}, more...)
	for _, text := range entities {
		all = append(all, entity(text))
	}
	for i, text := range links {
		all = append(all, link(fmt.Sprint("l", i), text))
	}
	s := storetest.NewNaive()
	for part := range slices.Chunk(all, 1000) {
		if _, err := s.Write(context.Background(), statement.Commit{By: "a test", Add: part}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// value gives the statement of a value.
func value(id, property, text string) statement.Statement {
	return statement.Statement{ID: id + "." + property, Subject: id, Property: property, Value: text, Source: "source"}
}

// walk starts a walk over a store, with as many links to look at.
func walk(s network.Reader, links int) *network.Walk {
	limits := network.DefaultLimits
	limits.Links = links
	return network.New(s, limits).Walk(statement.PublicView)
}

// text writes a path: its entities, and the links of each step.
func text(p network.Path) string {
	b := p.Nodes[0]
	for i, links := range p.Steps {
		var ids []string
		for _, l := range links {
			ids = append(ids, l.ID)
		}
		b += " -" + strings.Join(ids, ",") + "- " + p.Nodes[i+1]
	}
	return b
}

func texts(paths []network.Path) []string {
	list := []string{}
	for _, p := range paths {
		list = append(list, text(p))
	}
	return list
}

// same fails the test if the two lists differ.
func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
