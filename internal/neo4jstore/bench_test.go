package neo4jstore

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/vinculo/vinculo/internal/statement"
)

func TestLoad(t *testing.T) {
	if os.Getenv("LOAD") == "" {
		t.Skip()
	}
	h := opener(CutNew)(t).(unsteady)
	rnd := rand.New(rand.NewPCG(1, 2))
	n := 20000
	var add []statement.Statement
	total, start := 0, time.Now()
	flush := func() {
		if len(add) == 0 {
			return
		}
		if _, err := h.store.Write(t.Context(), statement.Commit{Add: add}); err != nil {
			t.Fatal(err, Cause(err))
		}
		total += len(add)
		if total%20000 < 1000 {
			t.Log(total, time.Since(start))
		}
		add = nil
	}
	say := func(s statement.Statement) {
		if s.Source == "" {
			s.Source = fmt.Sprintf("src%d", rnd.IntN(200))
		}
		add = append(add, s)
		if len(add) >= 990 {
			flush()
		}
	}
	for i := range 200 {
		id := fmt.Sprintf("src%d", i)
		say(statement.Statement{Subject: id, Property: "type", Value: "Source", Source: id})
		say(statement.Statement{Subject: id, Property: "title", Value: fmt.Sprintf("Source %d", i), Source: id})
		say(statement.Statement{Subject: id, Property: "publishedAt", Value: "2025-12-25", Source: id})
	}
	for i := range 2000 {
		id := fmt.Sprintf("o%d", i)
		say(statement.Statement{Subject: id, Property: "type", Value: "Organization"})
		say(statement.Statement{Subject: id, Property: "name", Value: fmt.Sprintf("Org %d", i)})
		say(statement.Statement{Subject: id, Property: "kind", Value: []string{"PARTY", "NGO", "SECURITY_FORCE", "COURT"}[i%4]})
	}
	for i := range 20 {
		id := fmt.Sprintf("c%d", i)
		say(statement.Statement{Subject: id, Property: "type", Value: "Charge"})
		say(statement.Statement{Subject: id, Property: "name", Value: fmt.Sprintf("Charge %d", i)})
	}
	flush()
	for i := range n {
		id := fmt.Sprintf("p%d", i)
		say(statement.Statement{Subject: id, Property: "type", Value: "Person"})
		say(statement.Statement{Subject: id, Property: "name", Value: fmt.Sprintf("Persona %d Apellido %d", rnd.IntN(n), rnd.IntN(300))})
		say(statement.Statement{Subject: id, Property: "occupation", Value: fmt.Sprintf("job %d", i%30)})
		for range 2 {
			say(statement.Statement{Subject: id, Property: "MEMBER_OF", Entity: fmt.Sprintf("o%d", int(float64(2000)*rnd.Float64()*rnd.Float64()*rnd.Float64()))})
		}
		d := fmt.Sprintf("d%d", i)
		say(statement.Statement{Subject: d, Property: "type", Value: "Detention"})
		say(statement.Statement{Subject: d, Property: "start", Value: fmt.Sprintf("20%02d-%02d-%02d", 10+rnd.IntN(15), 1+rnd.IntN(12), 1+rnd.IntN(28))})
		say(statement.Statement{Subject: id, Property: "HAS_DETENTION", Entity: d})
		say(statement.Statement{Subject: d, Property: "CHARGED_WITH", Entity: fmt.Sprintf("c%d", rnd.IntN(20))})
		say(statement.Statement{Subject: d, Property: "ARRESTED_BY", Entity: fmt.Sprintf("o%d", rnd.IntN(100))})
	}
	flush()
	t.Log(total, time.Since(start))
}
