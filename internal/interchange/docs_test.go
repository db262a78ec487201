package interchange

import (
	"os"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/storetest"
)

// What the documentation shows can be imported as it stands.
func TestTheExamplesOfTheDocumentation(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/statements.md")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for i, part := range strings.Split(string(text), "```") {
		if example, ok := strings.CutPrefix(part, "json\n"); i%2 == 1 && ok {
			lines = append(lines, strings.Split(strings.TrimSpace(example), "\n")...)
		}
	}
	if len(lines) < 10 || lines[0] != StatementHeader {
		t.Fatalf("the examples are\n%s", strings.Join(lines, "\n"))
	}
	r := importInto(t, storetest.NewNaive(), true, fileOf(lines[1:]...)).must(t)
	if r.Added != 11 || r.Retracted != 1 {
		t.Errorf("%+v", r.Report)
	}
}
