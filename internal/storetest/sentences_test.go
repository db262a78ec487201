package storetest

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// contract gives the comments in files of the port, each on one line.
func contract(t *testing.T, files ...string) []string {
	t.Helper()
	var comments []string
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join("..", "store", file))
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range parsed.Comments {
			comments = append(comments, strings.Join(strings.Fields(group.Text()), " "))
		}
	}
	return comments
}

// TestCasesQuoteTheContract keeps the names of cases and the comments together: who
// changes a sentence finds the case that holds stores to it.
func TestCasesQuoteTheContract(t *testing.T) {
	text := strings.Join(contract(t, "store.go", "selection.go", "group.go", "question.go", "sortkey.go", "compare.go"), "\n")
	for _, s := range subjects {
		for _, c := range s.cases {
			if !strings.Contains(text, c.says) {
				t.Errorf("%s: the port does not say %q", s.name, c.says)
			}
		}
	}
}

// definitions are sentences that give a name and promise nothing beyond it.
var definitions = []string{
	"Each sentence of the comments here has a case in package storetest",
	"Errors of a Store, beside those of a write.", "The views, of package statement too.", "Links are the links at one entity.",
	"Way is what Shortest is asked for.", "neither From nor To", "ways, or else no links are given", "Ways is what Shortest gives.", "where there is no way",
	"Collection says which rows", "Selection is a page of rows", "wanted: Page.", "wanted: Groups.", "Step is from an entity over links",
	"Page is the answer to a selection.", "in a relation's rows, the link", "by Nested.LinkNested", "Filter is one of",
	"Op is how Compare compares.", "The operators.", "Ne is the complement of Eq.", "string, int64 or bool by the property's type",
	"Quantifier says of how many", "The quantifiers.", "Eq, Ne, Lt, Lte, Gt or Gte",
	"Groups is the answer to a Grouping", "Group is the rows that have the same keys", "of rows",
}

// TestEverySentenceHasACase finds sentences of the port's contract that no case quotes.
func TestEverySentenceHasACase(t *testing.T) {
	for _, comment := range contract(t, "store.go", "selection.go", "group.go", "question.go") {
		for _, s := range strings.SplitAfter(comment, ". ") {
			quoted := func(part string) bool { return strings.Contains(s, part) }
			has := slices.ContainsFunc(definitions, quoted) || slices.ContainsFunc(subjects, func(sub subject) bool {
				return slices.ContainsFunc(sub.cases, func(c sentence) bool { return quoted(c.says) })
			})
			if !has {
				t.Errorf("no case quotes %q", s)
			}
		}
	}
}
