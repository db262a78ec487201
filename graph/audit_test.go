package graph

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

func entity(id, typ string) *store.Row { return &store.Row{ID: id, Type: typ} }

func protected(id, typ string) *store.Row {
	return &store.Row{ID: id, Type: typ, Values: store.Values{{Key: protectedKey, Data: true}}}
}

func about(id, subject, end string) *store.Row {
	values := store.Values{{Key: statement.KeyEntity, Data: end}, {Key: statement.KeySubject, Data: subject}}
	return &store.Row{ID: id, Type: statement.StatementType, Values: values}
}

// Whom an answer is about is found wherever it stands in it.
func TestEntitiesRead(t *testing.T) {
	link := &store.Row{ID: "l1", Type: "RELATIVE_OF", From: "p3", To: "p4"}
	pages := []store.Page{
		{Rows: []store.Result{
			{Row: protected("p1", vocab.Person), Nested: []store.Page{{Rows: []store.Result{
				{Row: entity("d1", vocab.Detention), Link: link, LinkNested: []store.Page{{Rows: []store.Result{{Row: about("s1", "p5", "p6")}}}}},
			}}}},
			{Row: entity("o1", vocab.Organization)},
		}},
		{Rows: []store.Result{{Row: protected("z1", vocab.Sentence)}, {Row: about("s2", "p7", "")}, {Row: protected("p1", vocab.Person)}, {Row: entity("p3", vocab.Person)}}},
		{},
	}
	read := newEntitiesRead()
	read.pages(pages)
	if diff := cmp.Diff(map[string]bool{"d1": false, "p1": true, "p3": false, "o1": false, "z1": true}, read.rows); diff != "" {
		t.Errorf("rows: %s", diff)
	}
	if diff := cmp.Diff([]string{"p4", "p5", "p6", "p7"}, read.unknown()); diff != "" {
		t.Errorf("named, and no rows: %s", diff)
	}
	ids := read.protected()
	slices.Sort(ids)
	if diff := cmp.Diff([]string{"p1", "z1"}, ids); diff != "" {
		t.Errorf("protected: %s", diff)
	}
}

// An audited read of the full view has its rows tell which entities are protected,
// asks it of those that are only named, and records all before it gives anything.
func TestAuditedReader(t *testing.T) {
	var asked []store.Selection
	reader := readerFunc(func(_ context.Context, _ store.View, _ int, s []store.Selection) ([]store.Page, error) {
		asked = append(asked, s...)
		if s[0].IDs != nil {
			return []store.Page{{Rows: []store.Result{{Row: entity("p3", vocab.Person)}}}}, nil
		}
		spoken := []store.Page{{Rows: []store.Result{{Row: about("s1", "p1", "p3")}, {Row: about("s2", "p1", "p4")}}}}
		return []store.Page{{Rows: []store.Result{{Row: entity("p2", vocab.Person)}, {Row: protected("p1", vocab.Person), Nested: spoken}}}}, nil
	})
	people := []store.Selection{{Types: []string{vocab.Person}, Nested: []store.Nested{
		{Selection: store.Selection{Of: store.StatementRows, Keys: []string{"text", "subject"}}}, {Selection: store.Selection{Types: []string{"Charge"}}},
	}}}

	audit := &recorded{}
	if _, err := (auditedReader{reader, audit, "q"}).Read(t.Context(), statement.PublicView, 10, people); err != nil || len(asked) != 1 || audit.entities != nil {
		t.Errorf("the public view is not audited: %v, asked %d, recorded %v", err, len(asked), audit.entities)
	}
	asked = nil
	pages, err := auditedReader{reader, audit, "q"}.Read(t.Context(), statement.FullView, 10, people)
	if err != nil || len(pages) != 1 || len(pages[0].Rows) != 2 {
		t.Fatalf("%v, %v", pages, err)
	}
	if diff := cmp.Diff([]string{"p1", "p3"}, audit.entities); diff != "" {
		t.Errorf("recorded: %s", diff)
	}
	if got := asked[0].Keys; !slices.Equal(got, []string{protectedKey}) || asked[0].Nested[1].Keys != nil {
		t.Errorf("those who can be protected tell whether they are: %v, %v", got, asked[0].Nested[1].Keys)
	}
	if diff := cmp.Diff([]string{"text", "subject", "entity"}, asked[0].Nested[0].Keys); diff != "" {
		t.Errorf("statements tell whom they are about: %s", diff)
	}
	if diff := cmp.Diff([]string{"text", "subject"}, people[0].Nested[0].Keys); diff != "" {
		t.Errorf("the selections of the caller are not touched: %s", diff)
	}
	if diff := cmp.Diff([]string{"p3", "p4"}, asked[1].IDs); diff != "" {
		t.Errorf("asked: %s", diff)
	}

	audit.err = errors.New("disk full")
	if pages, err := (auditedReader{reader, audit, "q"}).Read(t.Context(), statement.FullView, 10, people); !errors.Is(err, audit.err) || pages != nil {
		t.Errorf("what cannot be recorded is not given: %v, %v", pages, err)
	}
}
