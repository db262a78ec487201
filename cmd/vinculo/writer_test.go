package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/vinculo/vinculo/internal/embedstore"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// writesTo makes this test's binary a process that writes small commits to the store
// in a folder, for ever, and says the sequence of each when it is durable.
const writesTo = "VINCULO_TEST_WRITES_TO"

func writeForever(dir string) error {
	ctx := context.Background()
	s, err := embedstore.Open(dir, embedstore.Options{})
	if err != nil {
		return err
	}
	log, err := s.Log(ctx, store.FullView, "", 0, 1<<30)
	if err != nil {
		return err
	}
	for i := len(log) + 1; ; i++ {
		receipt, err := s.Write(ctx, write(i))
		if err != nil {
			return err
		}
		fmt.Println(receipt.Sequence)
	}
}

// write gives the commit of a number: a member of one of few organizations comes,
// and something said of earlier ones is retracted, hidden, or protects them.
func write(n int) statement.Commit {
	of := func(id string, s statement.Statement) statement.Statement {
		s.ID, s.Source = fmt.Sprintf("w%d.%s", n, id), cmp.Or(s.Source, "src")
		return s
	}
	who, where := fmt.Sprintf("p%d", n), fmt.Sprintf("o%d", n%7)
	c := statement.Commit{Add: []statement.Statement{
		of("type", statement.Statement{Subject: who, Property: "type", Value: "Person"}),
		of("name", statement.Statement{Subject: who, Property: "name", Value: fmt.Sprintf("Berta Inventada %d", n)}),
		of("member", statement.Statement{Subject: who, Property: "MEMBER_OF", Entity: where}),
	}}
	if n <= 7 {
		c.Add = append(c.Add, of("where", statement.Statement{Subject: where, Property: "type", Value: "Organization"}))
	}
	if n%3 == 0 {
		c.Retract = []string{fmt.Sprintf("w%d.member", n-2)}
	}
	if n%4 == 0 {
		c.Set = []statement.Setting{{ID: fmt.Sprintf("w%d.name", n-1), Visibility: statement.Restricted}}
	}
	if n%5 == 0 {
		c.Add = append(c.Add, of("protection", statement.Statement{Subject: fmt.Sprintf("p%d", n-4), Property: "protection", Value: "PROTECTED", Source: vocab.Editorial}))
	}
	return c
}
