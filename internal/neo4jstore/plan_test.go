package neo4jstore

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// scans are the operators that read all there is of something, or multiply rows.
var scans = []string{"AllNodesScan", "CartesianProduct", "RelationshipsScan", "RelationshipTypeScan", "RelationshipTypesScan", "NodeByLabelScan", "Eager@"}

// The plans of typical selections start at an index, and touch little more than
// they answer: the more rows there are, the less that may depend on their number.
func TestPlans(t *testing.T) {
	long(t)
	h := newHarness(t, CutNowhere)
	h.open(t)
	people(t, h, 600)
	run(t, h.target, "CALL db.prepareForReplanning()")
	for _, s := range slices.Concat(typicalPages(), typicalFilters(), typicalNested()) {
		for _, view := range statement.Views {
			t.Run(s.name+", "+view.String(), func(t *testing.T) {
				p := rootPiece(view, 10_000, nowhere, newQueries([]store.Selection{s.Selection}, false), 0)
				operators, hits := operatorsOf(profile(t, h, p))
				for _, operator := range operators {
					if slices.ContainsFunc(scans, func(scan string) bool { return strings.Contains(operator+"@", scan) }) {
						t.Errorf("%s in the plan of\n%s", operator, p.text)
					}
				}
				if hits > s.hits {
					t.Errorf("%d hits, want %d at the most, for\n%s", hits, s.hits, p.text)
				}
				t.Logf("%d hits", hits)
			})
		}
	}
	t.Run("words", func(t *testing.T) { plansOfWords(t, h) })
	t.Run("ways", func(t *testing.T) { plansOfWays(t, h) })
	t.Run("writes", func(t *testing.T) { plansOfWrites(t, h) })
}

// plansOfWrites looks at how a write finds what it reads and changes.
func plansOfWrites(t *testing.T, h *harness) {
	p := params{"ids": []string{}, "words": []string{}, "keys": []string{}, "rows": []any{}, "followed": statement.Followed()}
	for branch := range branches {
		p["ids"+strconv.Itoa(branch)] = []string{}
	}
	for _, text := range []string{lookup, bySource, namesByKey, dropNames, dropBriefs, putBriefs, dropEntities, makeEntities, putEntities, putLinks, makeStatements, putStatements, putTouches, addCounts, dropBearing, putWords, putBearing, sweepWords} {
		operators, _ := operatorsOf(profile(t, h, piece{text: text, p: p}))
		for _, operator := range operators {
			if strings.Contains(operator, "Scan") {
				t.Errorf("%s in the plan of\n%s", operator, text)
			}
		}
	}
}

// plansOfWords looks at how entities are found by their words.
func plansOfWords(t *testing.T, h *harness) {
	for _, view := range statement.Views {
		for name, c := range map[string]struct {
			piece
			hits int64
		}{
			"words":   {wordsPiece(view, params{"keys": []string{"005", "-ersona", "/persona", "persona", "nobody"}, "begun": []string{"01"}}), 160},
			"bearers": {bearersPiece(view, params{"most": int64(100), "looks": []any{map[string]any{"number": int64(0), "words": []string{"005", "007"}, "labels": []string{}}}}), 40},
		} {
			operators, hits := operatorsOf(profile(t, h, c.piece))
			for _, operator := range operators {
				if slices.ContainsFunc(scans, func(scan string) bool { return strings.Contains(operator+"@", scan) }) {
					t.Errorf("%v view: %s in the plan of %s:\n%s", view, operator, name, c.text)
				}
			}
			if hits > c.hits {
				t.Errorf("%v view: %s: %d hits, want %d at the most, for\n%s", view, name, hits, c.hits, c.text)
			}
			t.Logf("%v view: %s: %d hits", view, name, hits)
		}
	}
}

// plansOfWays looks at how the shortest ways between two entities are found: all by
// themselves, from either end.
func plansOfWays(t *testing.T, h *harness) {
	for _, view := range statement.Views {
		for _, without := range [][]string{nil, {"o3", "x5"}} {
			q := store.Way{From: "p005", To: "p045", Length: 6, Without: without, Keys: linkValues, Most: 100}
			p := waysPiece(view, q, columnsOf(store.LinkRows, q.Keys, nil))
			operators, hits := operatorsOf(profile(t, h, p))
			for _, operator := range operators {
				if slices.ContainsFunc(scans, func(scan string) bool { return strings.Contains(operator+"@", scan) }) {
					t.Errorf("%v view: %s in the plan of\n%s", view, operator, p.text)
				}
			}
			if !slices.ContainsFunc(operators, func(o string) bool { return strings.HasPrefix(o, "ShortestPath") }) {
				t.Errorf("%v view: %v is the plan of\n%s", view, operators, p.text)
			}
			if hits > 3000 {
				t.Errorf("%v view: %d hits for\n%s", view, hits, p.text)
			}
			t.Logf("%v view: %d hits", view, hits)
		}
	}
}

// The log of an entity is read by it, and of each commit nothing about others.
func TestPlanOfLog(t *testing.T) {
	h := newHarness(t, CutNowhere)
	h.open(t)
	people(t, h, 600)
	run(t, h.target, "CALL db.prepareForReplanning()")
	for _, view := range statement.Views {
		p := piece{text: logText(view, true), p: params{"after": int64(0), "limit": int64(26), "records": []string{"p005"}}}
		operators, hits := operatorsOf(profile(t, h, p))
		for _, operator := range operators {
			if slices.ContainsFunc(scans, func(scan string) bool { return strings.Contains(operator+"@", scan) }) {
				t.Errorf("%s in the plan of\n%s", operator, p.text)
			}
		}
		if hits > 60 {
			t.Errorf("%v view: %d hits for\n%s", view, hits, p.text)
		}
		t.Logf("%v view: %d hits", view, hits)
	}
}

// profile runs a piece and gives its plan.
func profile(t *testing.T, h *harness, p piece) neo4j.ProfiledPlan {
	t.Helper()
	session := h.store.session(t.Context(), neo4j.AccessModeWrite)
	defer func() { _ = session.Close(t.Context()) }()
	result, err := session.Run(t.Context(), "PROFILE "+p.text, map[string]any{"p": map[string]any(p.p)})
	if err != nil {
		t.Fatalf("%v\n%s", err, p.text)
	}
	summary, err := result.Consume(t.Context())
	if err != nil {
		t.Fatalf("%v\n%s", err, p.text)
	}
	return summary.Profile()
}

func operatorsOf(plan neo4j.ProfiledPlan) (operators []string, hits int64) {
	operators, hits = []string{plan.Operator()}, plan.DbHits()
	for _, child := range plan.Children() {
		more, n := operatorsOf(child)
		operators, hits = append(operators, more...), hits+n
	}
	return operators, hits
}

// typical is a selection as the API's queries give it, and how many database hits
// its text may take.
type typical struct {
	name string
	hits int64
	store.Selection
}

func property(typ, name string) *vocab.Property { return vocab.TypeOf(typ).Property(name) }

func statementProperty(name string) *vocab.Property {
	return propertyOf(store.StatementRows, "", name)
}

// pageOf is a page of 25 of a type, or of all.
func pageOf(name string, hits int64, typ string, set func(*store.Selection)) typical {
	s := store.Selection{Page: store.PageOf{First: 25}, Keys: []string{"name"}, Ends: true}
	if typ != "" {
		s.Types = []string{typ}
	}
	set(&s)
	return typical{name, hits, s}
}

func typicalPages() []typical {
	name := property("Person", "name")
	byName, down := []store.Order{{Property: name}}, []store.Order{{Property: name, Desc: true}}
	at := &store.Position{Keys: []any{"persona 100"}, ID: "p100"}
	return []typical{
		pageOf("by id", 200, "Person", func(s *store.Selection) { s.Total = true }),
		pageOf("by id, after", 200, "Person", func(s *store.Selection) { s.Page.After = &store.Position{ID: "p100"} }),
		pageOf("by name", 200, "Person", func(s *store.Selection) { s.Order = byName }),
		pageOf("by name, after", 250, "Person", func(s *store.Selection) { s.Order, s.Page.After = byName, at }),
		pageOf("by name, before", 250, "Person", func(s *store.Selection) { s.Order, s.Page.Before, s.Page.Backward = byName, at, true }),
		pageOf("by name, down", 250, "Person", func(s *store.Selection) { s.Order, s.Page.After = down, at }),
		pageOf("by number of links", 200, "Person", func(s *store.Selection) {
			s.Order = []store.Order{{Count: vocab.TypeOf("Person").Field("detentions"), Desc: true}}
		}),
		pageOf("of every type, by name", 200, "", func(s *store.Selection) { s.Order = byName }),
	}
}

func typicalFilters() []typical {
	name := property("Person", "name")
	named := func(op store.Op, text string) store.Compare {
		return store.Compare{Property: name, Op: op, Values: []any{text}}
	}
	along := func(typ, field string, node store.Filter) store.Linked {
		return store.Linked{Step: *store.StepOf(vocab.TypeOf(typ).Field(field)), Node: node}
	}
	arrested := along("Person", "detentions", along("Detention", "arrestedBy", named(store.Eq, "Cuerpo 3")))
	inForce := store.Compare{Property: statementProperty(statement.KeyRetracted), Op: store.Eq, Values: []any{false}}
	ofOne := store.Compare{Property: statementProperty(statement.KeySubject), Op: store.Eq, Values: []any{"p005"}}
	statements := store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 25}, Where: inForce, Keys: []string{statement.KeyText}, Ends: true}
	about := statements
	about.Where, about.Total = store.All{inForce, ofOne}, true
	return []typical{
		pageOf("name", 30, "Person", func(s *store.Selection) { s.Where, s.Total = named(store.Eq, "Persona 005"), true }),
		pageOf("name begins", 200, "Person", func(s *store.Selection) { s.Where = named(store.StartsWith, "Persona 00") }),
		pageOf("some link to a name", 5000, "Person", func(s *store.Selection) {
			s.Where, s.Order, s.Total = arrested, []store.Order{{Property: name}}, true
		}),
		{"ids", 60, store.Selection{IDs: []string{"p005", "o1", "s1"}, Page: store.PageOf{First: 25}, Keys: []string{"name"}}},
		{"ids of links", 60, store.Selection{Of: store.LinkRows, IDs: []string{"x1", "x2"}, Page: store.PageOf{First: 25}}},
		{"statements", 400, statements},
		{"statements of a subject", 100, about},
		{"statements known at a moment", 400, store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 25}, Where: known(), Ends: true}},
		{"statements of a subject known at a moment", 100, store.Selection{Of: store.StatementRows, Page: store.PageOf{First: 25}, Where: append(known(), ofOne), Ends: true}},
	}
}

// known holds for what was in force at a moment.
func known() store.All {
	by := func(key string) store.Filter {
		return store.Compare{Property: statementProperty(key), Op: store.Lte, Values: []any{"2026-01-01T00:00:59Z"}}
	}
	return store.All{by(statement.KeyAt), store.Not{Filter: by(statement.KeyRetractedAt)}}
}

func typicalNested() []typical {
	about := func(key string, nested ...store.Nested) store.Nested {
		return store.Nested{Theirs: key, Mine: "id", Selection: store.Selection{
			Of: store.StatementRows, Page: store.PageOf{First: 10}, Keys: []string{statement.KeyText}, Total: true, Nested: nested,
		}}
	}
	source := store.Nested{Refs: statement.KeySource, Selection: store.Selection{Page: store.PageOf{First: 1}, Keys: []string{"title"}}}
	sources := store.Nested{Refs: "sources", Selection: store.Selection{
		Page: store.PageOf{First: 10}, Keys: []string{"title"}, Nested: []store.Nested{step("Source", "publishers")},
	}}
	then := func(theirs, mine string, nested ...store.Nested) store.Nested {
		return store.Nested{Theirs: theirs, Mine: mine, Selection: store.Selection{
			Of: store.StatementRows, Where: known(), Page: store.PageOf{First: store.Everything}, Keys: []string{statement.KeyTrace}, Nested: nested,
		}}
	}
	ofSource := then(statement.KeySubject, statement.KeySource)
	arrests := step("Organization", "arrests", step("Detention", "person", sources, about(statement.KeySubject)))
	arrests.LinkKeys, arrests.LinkNested = []string{statement.KeyRole}, []store.Nested{about(statement.KeyLink, source)}
	return []typical{
		pageOf("of a hub", 1000, "Organization", func(s *store.Selection) { s.Nested = []store.Nested{step("Organization", "arrests")} }),
		pageOf("what was known", 5500, "Person", func(s *store.Selection) {
			s.Nested = []store.Nested{then(statement.KeySubject, "id", ofSource, then(statement.KeySubject, statement.KeyEntity, ofSource)), then(statement.KeyEntity, "id", ofSource)}
		}),
		pageOf("four levels", 15000, "Organization", func(s *store.Selection) { s.Nested = []store.Nested{arrests} }),
	}
}
