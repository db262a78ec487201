package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

// What is asked of an entity as it is, and of what was known of it.
const (
	valuesThen = ` type kind description facts{...fact} related:facts(relations:[MEMBER_OF,RELATIVE_OF,HELD_AT,RELEASED_IN,PART_OF,HAS_DETENTION]){...fact} `
	linkThen   = `relation role measure start end qualifiers{property values} attribution verification rank disputed statements{totalCount nodes{id}}`
	factThen   = ` fragment fact on Fact{property text lang entity{id} attribution verification rank disputed best statements{totalCount nodes{id}}}`
	asIt       = `{nodes(ids:%s){...on Entity{id` + valuesThen + `links(first:100){nodes{` + linkThen + ` from{id} to{id}}}} ...on Detention{detentionStatus:status}}}` + factThen
	asItWas    = `{nodes(ids:%s){...on Entity{id snapshot(knownAt:%q){` + valuesThen + `detentionStatus links(first:100){nodes{` + linkThen + ` reverse entity{id}}}}}}}` + factThen
)

// entityThen is what is compared: the links without the order of pages.
type entityThen struct {
	Values map[string]any
	Links  []string
}

func moment(n int) string { return fmt.Sprintf("2026-01-01T00:00:%02dZ", n) }

// In the full view, to which neither visibility nor protection matters, what was
// known at a moment is what was answered at it, as long as nothing has been removed
// or merged.
func TestSnapshot(t *testing.T) {
	limits := plan.DefaultLimits
	limits.Rows = store.Everything
	planner := plan.New(schema(t), limits)
	rapid.Check(t, func(rt *rapid.T) {
		a := &asker{planner: planner, reader: nil, view: statement.FullView}
		s := storetest.NewNaive()
		a.reader = s
		ids := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"p1", "P2", "o1", "O2", "d1", "D2", "n1", "v1", "f1", "F2", "t1", "s1", "c1"}), 2, 4, rapid.ID).Draw(rt, "ids")
		quoted, _ := json.Marshal(ids)
		var answered []map[string]entityThen
		types := map[string]bool{}
		for _, c := range storetest.Commits(rt) {
			c.Add = slices.Clone(c.Add)
			for i, r := range c.Add {
				types[r.ID] = types[r.ID] || r.Property == vocab.TypeProperty
				if r.Property == vocab.SameAs {
					c.Add[i].Property = vocab.UnsureSameAs
				}
			}
			c.Retract = slices.DeleteFunc(slices.Clone(c.Retract), func(id string) bool { return types[id] })
			_, _ = s.Write(t.Context(), c) // some are made to be refused
			answered = append(answered, entitiesNow(rt, a, string(quoted)))
		}
		n := rapid.IntRange(0, len(answered)-1).Draw(rt, "moment")
		if diff := cmp.Diff(answered[n], entitiesThen(rt, a, string(quoted), moment(n+1))); diff != "" {
			rt.Fatalf("after %d commits (-answered then +known now):\n%s", n+1, diff)
		}
	})
}

func entitiesNow(t rapid.TB, a *asker, ids string) map[string]entityThen {
	return entities(t, a, fmt.Sprintf(asIt, ids), func(row map[string]any) map[string]any {
		id := row["id"]
		delete(row, "id")
		if row["detentionStatus"] == nil {
			row["detentionStatus"] = nil // of other types
		}
		for _, l := range row["links"].(map[string]any)["nodes"].([]any) {
			link := l.(map[string]any)
			from, to := link["from"].(map[string]any), link["to"].(map[string]any)
			link["reverse"] = from["id"] != id && !vocab.RelationOf(link["relation"].(string)).Symmetric
			if link["entity"] = to; from["id"] != id {
				link["entity"] = from
			}
			delete(link, "from")
			delete(link, "to")
		}
		return row
	})
}

func entitiesThen(t rapid.TB, a *asker, ids, at string) map[string]entityThen {
	return entities(t, a, fmt.Sprintf(asItWas, ids, at), func(row map[string]any) map[string]any {
		then, _ := row["snapshot"].(map[string]any)
		return then
	})
}

func entities(t rapid.TB, a *asker, query string, of func(map[string]any) map[string]any) map[string]entityThen {
	t.Helper()
	var data struct{ Nodes []map[string]any }
	if err := json.Unmarshal([]byte(a.data(t, query)), &data); err != nil {
		t.Fatal(err)
	}
	found := map[string]entityThen{}
	for _, row := range data.Nodes {
		if row == nil {
			continue
		}
		id := row["id"].(string)
		row = of(row)
		if row == nil {
			continue
		}
		var links []string
		for _, link := range row["links"].(map[string]any)["nodes"].([]any) {
			text, _ := json.Marshal(link)
			links = append(links, string(text))
		}
		slices.Sort(links)
		delete(row, "links")
		found[id] = entityThen{row, links}
	}
	return found
}

// told writes commits to a new store, at moments 1, 2 …
func told(t *testing.T, commits ...statement.Commit) *storetest.Naive {
	t.Helper()
	s := storetest.NewNaive()
	for _, c := range commits {
		for i := range c.Add {
			if c.Add[i].Source == "" {
				c.Add[i].Source = "source"
			}
		}
		if _, err := s.Write(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func added(lists ...[]statement.Statement) statement.Commit {
	return statement.Commit{By: "una curadora", Reason: "lo dijo", Add: slices.Concat(lists...)}
}

// story is a release of which more and more becomes known, in six commits.
func story() []statement.Commit {
	said := func(id, subject, property, value string) []statement.Statement {
		s := of(subject, "", property, value)[1]
		s.ID = id
		return []statement.Statement{s}
	}
	return []statement.Commit{
		added(of("source", "Source"), of("ana", "Person", "name", "Ana", "HAS_DETENTION", "d", "MEMBER_OF", "group"), of("group", "Organization", "name", "Grupo"), of("d", "Detention", "RELEASED_IN", "wave"), of("wave", "Event")),
		added(said("second", "ana", "name", "Ana Inventada"), said("measure", "wave", "measure", "BAIL"), of("late", "Organization", "name", "Tardía")),
		{By: "una curadora", Reason: "mejor así", Set: []statement.Setting{{ID: "second", Rank: statement.Preferred, Verification: "DOCUMENT"}}, Retract: []string{"ana-c"}},
		added(said("again", "ana", "MEMBER_OF", "late"), said("hidden", "ana", "gender", "f")),
		{Set: []statement.Setting{{ID: "hidden", Visibility: statement.Restricted}, {ID: "second", Rank: statement.Deprecated}}},
		{Retract: []string{"late-t"}},
	}
}

func TestWhatWasKnown(t *testing.T) {
	s := told(t, story()...)
	a := newAsker(t, s, statement.PublicView)
	ask := func(id, of string, n int) string {
		data := a.data(t, fmt.Sprintf(`{node(id:%q){...on Entity{snapshot(knownAt:%q){%s}}}}`, id, moment(n), of))
		return strings.TrimSuffix(strings.TrimPrefix(data, `{"node":{"snapshot":`), `}}`)
	}
	for _, c := range []struct {
		id, of string
		want   []string // from moment 0 on
	}{
		{"ana", `name`, []string{`null`, `{"name":"Ana"}`, `{"name":"Ana"}`, `{"name":"Ana Inventada"}`, `{"name":"Ana Inventada"}`, `{"name":"Ana"}`, `{"name":"Ana"}`}},
		{"ana", `facts(properties:[NAME,GENDER]){text rank}`, []string{
			`null`, `{"facts":[{"text":"Ana","rank":"NORMAL"}]}`, `{"facts":[{"text":"Ana","rank":"NORMAL"},{"text":"Ana Inventada","rank":"NORMAL"}]}`,
			`{"facts":[{"text":"Ana Inventada","rank":"PREFERRED"},{"text":"Ana","rank":"NORMAL"}]}`,
			`{"facts":[{"text":"Ana Inventada","rank":"PREFERRED"},{"text":"Ana","rank":"NORMAL"}]}`, // the gender is restricted now
			`{"facts":[{"text":"Ana","rank":"NORMAL"}]}`,
		}},
		{"ana", `links(relation:MEMBER_OF){totalCount nodes{entity{id}}}`, []string{
			`null`, `{"links":{"totalCount":1,"nodes":[{"entity":{"id":"group"}}]}}`, `{"links":{"totalCount":1,"nodes":[{"entity":{"id":"group"}}]}}`,
			`{"links":{"totalCount":0,"nodes":[]}}`, `{"links":{"totalCount":0,"nodes":[]}}`, // what has been removed since was not there
		}},
		{"group", `links{nodes{relation reverse entity{name} statements{nodes{id retracted rank}}}}`, []string{
			`null`, `{"links":{"nodes":[{"relation":"MEMBER_OF","reverse":true,"entity":{"name":"Ana"},"statements":{"nodes":[{"id":"ana-c","retracted":true,"rank":"NORMAL"}]}}]}}`,
		}},
		{"d", `__typename type knownAt detentionStatus`, []string{
			`null`, `{"__typename":"Snapshot","type":"DETENTION","knownAt":"2026-01-01T00:00:01Z","detentionStatus":"RELEASED"}`,
			`{"__typename":"Snapshot","type":"DETENTION","knownAt":"2026-01-01T00:00:02Z","detentionStatus":"CONDITIONALLY_RELEASED"}`,
		}},
	} {
		for n, want := range c.want {
			if got := ask(c.id, c.of, n); got != want {
				t.Errorf("%s %s at %d:\n got %s\nwant %s", c.id, c.of, n, got, want)
			}
		}
	}
	reads := &counting{Reader: s}
	a.reader = reads
	if got := a.data(t, `{people{nodes{a:snapshot(knownAt:"2026-01-01T00:00:01Z"){name} b:snapshot(knownAt:"2026-01-01T01:00:03+01:00"){name knownAt}}}}`); reads.reads != 1 ||
		got != `{"people":{"nodes":[{"a":{"name":"Ana"},"b":{"name":"Ana Inventada","knownAt":"2026-01-01T00:00:03Z"}}]}}` {
		t.Errorf("%d reads: %s", reads.reads, got)
	}
}

// The links of a snapshot are paged by id, whichever end they were stated from.
func TestPagesOfWhatWasLinked(t *testing.T) {
	links := []statement.Statement{{ID: "x1", Subject: "b", Property: "ASSOCIATE_OF", Entity: "a", Link: "l2"}}
	for i, ends := range [][2]string{{"a", "b"}, {"a", "c"}, {"c", "a"}} {
		links = append(links, statement.Statement{ID: fmt.Sprint("y", i), Subject: ends[0], Property: "RELATIVE_OF", Entity: ends[1], Link: fmt.Sprint("l", 2*i+1)})
	}
	a := newAsker(t, told(t, added(of("source", "Source"), of("a", "Person"), of("b", "Person"), of("c", "Person"), links)), statement.PublicView)
	page := func(args string) string {
		return a.data(t, `{node(id:"a"){...on Entity{snapshot(knownAt:"2026-01-01T00:00:01Z"){links`+args+`{totalCount pageInfo{hasPreviousPage hasNextPage endCursor} edges{cursor node{relation entity{id} statements(first:1){nodes{id}}}}}}}}}`)
	}
	var seen []string
	args := "(first:1)"
	for range 4 {
		var data struct {
			Node struct {
				Snapshot struct {
					Links struct {
						TotalCount int
						PageInfo   struct {
							HasPreviousPage, HasNextPage bool
							EndCursor                    string
						}
						Edges []struct {
							Node struct {
								Statements struct{ Nodes []struct{ ID string } }
							}
						}
					}
				}
			}
		}
		if err := json.Unmarshal([]byte(page(args)), &data); err != nil {
			t.Fatal(err)
		}
		l := data.Node.Snapshot.Links
		if l.TotalCount != 4 || len(l.Edges) != 1 || l.PageInfo.HasPreviousPage != (len(seen) > 0) || l.PageInfo.HasNextPage != (len(seen) < 3) {
			t.Errorf("after %v: %+v", seen, l)
		}
		seen = append(seen, l.Edges[0].Node.Statements.Nodes[0].ID)
		args = fmt.Sprintf("(first:1,after:%q)", l.PageInfo.EndCursor)
	}
	if diff := cmp.Diff([]string{"y0", "x1", "y1", "y2"}, seen); diff != "" {
		t.Error(diff)
	}
	other := strings.Replace(`{node(id:"a"){...on Entity{snapshot(knownAt:"2026-01-01T00:00:02Z"){links(ARGS){totalCount}}}}}`, "(ARGS)", args, 1)
	if code, message := a.refused(t, other, ""); code != "BAD_USER_INPUT" || !strings.Contains(message, "another field") {
		t.Errorf("a cursor of another moment: %s %s", code, message)
	}
}

// What a value rests on may lie two steps away: when the source of the measure of the
// event came out, or what the other end of a symmetric link says of it.
func TestWhatWasKnownFurtherAway(t *testing.T) {
	measure := func(id, value string) []statement.Statement {
		return []statement.Statement{{ID: id + "-measure", Subject: "wave", Property: "measure", Value: value, Source: id}}
	}
	s := told(t, added(
		of("source", "Source"), of("a", "Source", "publishedAt", "2025"), of("b", "Source", "publishedAt", "2026"), of("wave", "Event"), measure("a", "FULL"), measure("b", "BAIL"),
		of("d", "Detention", "RELEASED_IN", "wave"), of("ana", "Person", "RELATIVE_OF", "bea"), of("bea", "Person"),
		[]statement.Statement{{ID: "no", Subject: "bea", Property: "RELATIVE_OF", Entity: "ana", Denies: true}},
	))
	const at = `(knownAt:"2026-01-01T00:00:01Z")`
	got := newAsker(t, s, statement.PublicView).data(t, `{nodes(ids:["d","ana"]){...on Detention{status snapshot`+at+`{detentionStatus}} ...on Person{snapshot`+at+`{facts(relations:RELATIVE_OF){disputed}}}}}`)
	if want := `{"nodes":[{"status":"CONDITIONALLY_RELEASED","snapshot":{"detentionStatus":"CONDITIONALLY_RELEASED"}},{"snapshot":{"facts":[{"disputed":true}]}}]}`; got != want {
		t.Errorf(" got %s\nwant %s", got, want)
	}
}
