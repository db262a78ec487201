package neo4jstore

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/generate"
	"github.com/vinculo/vinculo/internal/interchange"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// One import of many people, of which everything is asked that must not take longer
// the more there are.
func TestAtScale(t *testing.T) {
	long(t)
	h := newHarness(t, CutNew)
	h.open(t)
	importGenerated(t, h.store)
	if err := h.store.Replan(t.Context()); err != nil {
		t.Fatal(explained(err))
	}
	t.Run("plans", func(t *testing.T) { plansAtScale(t, h) })
	for _, view := range statement.Views {
		t.Run("walk, "+view.String(), func(t *testing.T) { storetest.WalkRoots(t, h.store, view, 1000) })
	}
	t.Run("doctor", func(t *testing.T) {
		e, err := Examine(t.Context(), h.config)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = e.Close(t.Context()) }()
		report, err := doctor.Check(t.Context(), e, doctor.Options{Lines: 10})
		if err != nil {
			t.Fatal(err)
		}
		if report.Wrong() > 0 {
			var said strings.Builder
			_, _ = report.WriteTo(&said)
			t.Error(said.String())
		}
	})
}

func importGenerated(t *testing.T, s *Store) {
	t.Helper()
	var file bytes.Buffer
	if err := generate.Write(&file, generate.Options{Persons: storetest.People(t), Seed: 1}); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	report, err := interchange.Import{Store: s}.Run(t.Context(), interchange.File{Name: "generated", ReadSeeker: bytes.NewReader(file.Bytes())})
	if err != nil {
		t.Fatal(explained(err))
	}
	t.Logf("%d statements in %v", report.Added, time.Since(began))
}

// atScale is a selection whose text may take so many hits, and so many more for each
// row that its total counts, or that it answers with.
type atScale struct {
	name         string
	hits, perRow int64
	store.Selection
}

func plansAtScale(t *testing.T, h *harness) {
	for _, s := range slices.Concat(rootsAtScale(), filtersAtScale(t, h), nestedAtScale(t, h)) {
		for _, view := range statement.Views {
			t.Run(s.name+", "+view.String(), func(t *testing.T) {
				pages, err := h.store.Read(t.Context(), view, 10_000, []store.Selection{s.Selection})
				if err != nil {
					t.Fatal(explained(err))
				}
				rows := int64(max(rowsIn(pages, 1<<30), pages[0].Total))
				p := rootPiece(view, 10_000, nowhere, newQueries([]store.Selection{s.Selection}, false), 0)
				operators, hits := operatorsOf(profile(t, h, p))
				for _, operator := range operators {
					if slices.ContainsFunc(scans, func(scan string) bool { return strings.Contains(operator+"@", scan) }) {
						t.Errorf("%s in the plan of\n%s", operator, p.text)
					}
				}
				if most := s.hits + s.perRow*rows; hits > most {
					t.Errorf("%d hits for %d rows, want %d at the most, for\n%s", hits, rows, most, p.text)
				}
				t.Logf("%d hits, %d rows", hits, rows)
			})
		}
	}
}

// rootsAtScale are pages of everything, with their totals.
func rootsAtScale() []atScale {
	byName := []store.Order{{Property: property("Person", "name")}}
	page := func(name, typ string, set func(*store.Selection)) atScale {
		s := pageOf(name, 0, typ, set).Selection
		s.Total = true
		return atScale{name, 300, 0, s}
	}
	statements := store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 25}, Keys: []string{statement.KeyText}, Ends: true, Total: true, Where: inForce()}
	deep := statements
	deep.Page.After = &store.Position{ID: "g.x10000"}
	return []atScale{
		page("people", "Person", func(*store.Selection) {}),
		page("people by name", "Person", func(s *store.Selection) { s.Order = byName }),
		page("people by name, deep", "Person", func(s *store.Selection) {
			s.Order, s.Page.After = byName, &store.Position{Keys: []any{"m"}, ID: "g.p1"}
		}),
		page("people by detentions", "Person", func(s *store.Selection) {
			s.Order = []store.Order{{Count: vocab.TypeOf("Person").Field("detentions"), Desc: true}}
		}),
		page("detentions by start", "Detention", func(s *store.Selection) {
			s.Order = []store.Order{{Property: property("Detention", "start"), Desc: true}}
		}),
		{"statements", 300, 0, statements},
		{"statements, deep", 300, 0, deep},
	}
}

// inForce is the filter of statements that the API adds where nothing is said of it.
func inForce() store.Filter {
	return store.Compare{Property: statementProperty(statement.KeyRetracted), Op: store.Ne, Values: []any{true}}
}

// filtersAtScale are pages of what a filter leaves, with their totals.
func filtersAtScale(t *testing.T, h *harness) []atScale {
	name := property("Person", "name")
	party, court := most(t, h, "Organization", "members"), most(t, h, "Organization", "proceedings")
	named := func(row *store.Row) store.Filter {
		return store.Compare{Property: name, Op: store.Eq, Values: []any{row.Values.Text("name")}}
	}
	along := func(typ, field string, node store.Filter) store.Linked {
		return store.Linked{Step: *store.StepOf(vocab.TypeOf(typ).Field(field)), Node: node}
	}
	filtered := func(name string, hits, perRow int64, typ string, where store.Filter) atScale {
		return atScale{name, hits, perRow, pageOf(name, 0, typ, func(s *store.Selection) {
			s.Where, s.Total, s.Order = where, true, []store.Order{{Property: property("Person", "name")}}
		}).Selection}
	}
	tried := along("Person", "detentions", along("Detention", "proceedings", along("Proceeding", "courts", named(court))))
	date, err := edtf.Parse("2025-06")
	if err != nil {
		t.Fatal(err)
	}
	statements := store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 25}, Keys: []string{statement.KeyText}, Ends: true, Total: true}
	way := func(d *vocab.Dimension) (w store.Dimension) {
		for _, f := range d.Way {
			w.Way = append(w.Way, store.Hop{Step: *store.StepOf(f)})
		}
		return w
	}
	pairs := store.Grouping{First: 25, Rows: true}
	for _, d := range vocab.DimensionsOf("Detention") {
		if d.Name == "CHARGE" || d.Name == "COURT" {
			pairs.By = append(pairs.By, way(d))
		}
	}
	divided := store.Selection{
		Types: []string{"Detention"}, Where: store.Compare{Property: property("Detention", "start"), Op: store.On, Date: date},
		Groupings: []store.Grouping{pairs}, Total: true,
	}
	about := statements
	about.Where = store.All{inForce(), store.Compare{Property: statementProperty(statement.KeySubject), Op: store.Eq, Values: []any{"g.p1"}}}
	return []atScale{
		filtered("some", 300, 20, "Person", along("Person", "memberOf", named(party))),
		filtered("nested some", 300, 40, "Person", tried),
		filtered("name begins", 300, 4, "Person", store.Compare{Property: name, Op: store.StartsWith, Values: []any{"ma"}}),
		filtered("kind", 300, 4, "Organization", store.Compare{Property: property("Organization", "kind"), Op: store.Eq, Values: []any{"PARTY"}}),
		filtered("status", 300, 4, "Detention", store.Compare{Property: property("Detention", "status"), Op: store.Eq, Values: []any{"DIED"}}),
		filtered("a month", 300, 4, "Detention", store.Compare{Property: property("Detention", "start"), Op: store.On, Date: date}),
		{"pairs of charge and court in a month", 300, 60, divided},
		{"statements of an entity", 100, 8, about},
	}
}

// most gives the entity of a type with most links in a field.
func most(t *testing.T, h *harness, typ, field string) *store.Row {
	t.Helper()
	pages, err := h.store.Read(t.Context(), statement.PublicView, 1, []store.Selection{{
		Types: []string{typ}, Page: store.PageOf{First: 1}, Keys: []string{"name"}, Order: []store.Order{{Count: vocab.TypeOf(typ).Field(field), Desc: true}},
	}})
	if err != nil {
		t.Fatal(explained(err))
	}
	return pages[0].Rows[0].Row
}

// nestedAtScale are pages of children, with their totals.
func nestedAtScale(t *testing.T, h *harness) []atScale {
	hub := func(typ, field string) atScale {
		return atScale{field + " of a hub", 500, 0, store.Selection{
			IDs: []string{most(t, h, typ, field).ID}, Page: store.PageOf{First: 1}, Nested: []store.Nested{step(typ, field)},
		}}
	}
	children := func(name string, perRow int64, typ string, nested ...store.Nested) atScale {
		return atScale{name, 300, perRow, pageOf(name, 0, typ, func(s *store.Selection) { s.Nested = nested }).Selection}
	}
	return []atScale{
		hub("Facility", "detentions"), hub("Charge", "detentions"), hub("Organization", "members"), hub("Organization", "arrests"),
		children("children", 40, "Person", step("Person", "detentions"), step("Person", "memberOf")),
		children("hubs", 40, "Facility", step("Facility", "detentions", step("Detention", "charges"))),
	}
}
