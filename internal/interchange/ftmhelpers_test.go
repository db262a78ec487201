package interchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/embedstore"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// ftmStore is a store as an import of FollowTheMoney needs it.
type ftmStore interface {
	store.Store
	Keeper
}

// ftmStores gives an empty one of each kind, by its name.
func ftmStores(t *testing.T) map[string]ftmStore {
	t.Helper()
	embedded, err := embedstore.Open(t.TempDir(), embedstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = embedded.Close(t.Context()) })
	return map[string]ftmStore{"naive": storetest.NewNaive(), "embedded": embedded}
}

func ftmFile(lines ...string) File {
	return File{"folder/small.ftm.json", strings.NewReader(strings.Join(lines, "\n") + "\n")}
}

// ftmResult is what an import of FollowTheMoney said.
type ftmResult struct {
	FtMReport
	bad, notes []string // "line: reason"
	err        error
}

func importFtM(t *testing.T, s ftmStore, change func(*FtM), files ...File) ftmResult {
	t.Helper()
	var r ftmResult
	im := FtM{
		Writer: s, Keeper: s, Dataset: "small", ID: "i1", By: "import", Reason: "a test",
		Bad:  func(b BadLine) { r.bad = append(r.bad, fmt.Sprintf("%d: %s", b.Line, b.Reason)) },
		Note: func(b BadLine) { r.notes = append(r.notes, fmt.Sprintf("%d: %s", b.Line, b.Reason)) },
	}
	if change != nil {
		change(&im)
	}
	r.FtMReport, r.err = im.Run(t.Context(), files...)
	return r
}

func (r ftmResult) must(t *testing.T) ftmResult {
	t.Helper()
	if r.err != nil || len(r.bad) > 0 {
		t.Fatalf("import: %v, bad lines %v", r.err, r.bad)
	}
	return r
}

// idIn gives the id of a foreign id of the dataset small.
func idIn(t *testing.T, s Keeper, foreign string) string {
	t.Helper()
	secret, err := s.Secret(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return newFtMIDs(secret, "small").entity(foreign).String()
}

// world gives what a view shows as sorted lines, ids of the dataset as the foreign
// ones: "ana Person birthDate=1990", "ana -MEMBER_OF-> party role=x", and for
// statements "ana name=Ana RESTRICTED".
func world(t *testing.T, s ftmStore, view store.View, foreign ...string) (entities, links, statements []string) {
	t.Helper()
	names := map[string]string{}
	for _, f := range foreign {
		names[idIn(t, s, f)] = f
	}
	called := func(id string) string { return cmp.Or(names[id], id) }
	selections := storetest.Whole()
	pages, err := s.Read(t.Context(), view, 1_000_000, selections)
	if err != nil {
		t.Fatal(err)
	}
	renamed := strings.NewReplacer(flat(names)...)
	for i, page := range pages {
		for _, result := range page.Rows {
			row := result.Row
			switch selections[i].Of {
			case store.Entities:
				if row.Type == "Source" && names[row.ID] == "" {
					continue // that of the dataset, and the built-in one
				}
				entities = append(entities, renamed.Replace(strings.Join(append([]string{called(row.ID), row.Type}, values(row)...), " ")))
			case store.LinkRows:
				text := []string{called(row.From), "-" + row.Type + "->", called(row.To)}
				links = append(links, renamed.Replace(strings.Join(append(text, values(row)...), " ")))
			default:
				if names[row.Values.Text("subject")] == "" || row.Values.Get("retracted") == true {
					continue
				}
				text := called(row.Values.Text("subject")) + " " + row.Values.Text("property") + "=" + row.Values.Text("text") + called(row.Values.Text("entity"))
				if row.Values.Text("visibility") == statement.Restricted {
					text += " RESTRICTED"
				}
				statements = append(statements, text)
			}
		}
	}
	for _, list := range [][]string{entities, links, statements} {
		slices.Sort(list)
	}
	return entities, links, statements
}

func flat(names map[string]string) (list []string) {
	for id, name := range names {
		list = append(list, id, name)
	}
	return list
}

// values gives a row's values that tests look at.
func values(row *store.Row) (list []string) {
	for _, v := range row.Values {
		switch v.Key {
		case "sources", "reportedBy", "attribution", "verification", "rank", "disputed":
		default:
			if v.Data != false {
				list = append(list, fmt.Sprintf("%s=%v", v.Key, v.Data))
			}
		}
	}
	return list
}

// has fails the test for each wanted line that no line begins with.
func has(t *testing.T, what string, lines []string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, want) }) {
			t.Errorf("%s: no %q among\n%s", what, want, strings.Join(lines, "\n"))
		}
	}
}

// hasNot fails the test for each line that holds a text.
func hasNot(t *testing.T, what string, lines []string, texts ...string) {
	t.Helper()
	for _, line := range lines {
		for _, text := range texts {
			if strings.Contains(line, text) {
				t.Errorf("%s: %q in %q", what, text, line)
			}
		}
	}
}
