package plan_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// networked gives an asker who can ask about the graph as a whole.
func networked(t testing.TB, r network.Reader, view store.View, limits network.Limits) *asker {
	t.Helper()
	a := newAsker(t, r, view)
	a.network = network.New(r, limits)
	return a
}

// around is a graph of two people who share a jail and a party, one of whom is in
// the party in two ways.
func around(t testing.TB) store.Store {
	t.Helper()
	list := of("source", "Source", "title", "A report")
	for _, part := range [][]statement.Statement{
		of("ana", "Person", "name", "Ana Ficticia", "HAS_DETENTION", "da"), of("ben", "Person", "name", "Ben Inventado", "MEMBER_OF", "party", "HAS_DETENTION", "db"),
		of("da", "Detention", "start", "2025-12-03", "HELD_AT", "jail"), of("db", "Detention", "start", "2025-12-20", "HELD_AT", "jail", "ARRESTED_BY", "force"),
		of("jail", "Facility", "name", "North Jail"), of("party", "Organization", "name", "The Party"), of("force", "Organization", "name", "some force", "unspecified", "true"),
		{
			{ID: "m1", Subject: "ana", Property: "MEMBER_OF", Entity: "party", Link: "member", Attribution: "REPORTED", Qualifiers: map[string][]string{"end": {"2025-12-10"}}},
			{ID: "m2", Subject: "ana", Property: "MEMBER_OF", Entity: "party", Link: "treasurer", Verification: "NGO_VERIFIED"},
			{ID: "f1", Subject: "da", Property: "ARRESTED_BY", Entity: "force"},
		},
	} {
		list = append(list, part...)
	}
	return graph(t, list...)
}

func TestNetworkAnswers(t *testing.T) {
	a := networked(t, around(t), store.PublicView, network.DefaultLimits)
	for _, c := range []struct{ name, query, want string }{
		{"a path", `{paths(from:"ana",to:"ben",first:1){complete hubs{node{name}}hubCount unspecifiedBodies{name}paths{length nodes{__typename name ...on Organization{members{totalCount}}}links{id statements{nodes{id source{title}}}}otherLinks{id end}weakest{from{id}attribution}}}}`,
			`{"paths":{"complete":true,"hubs":[],"hubCount":0,"unspecifiedBodies":[],"paths":[{"length":2,"nodes":[{"__typename":"Person","name":"Ana Ficticia"},{"__typename":"Organization","name":"The Party","members":{"totalCount":3}},{"__typename":"Person","name":"Ben Inventado"}],` +
				`"links":[{"id":"treasurer","statements":{"nodes":[{"id":"m2","source":{"title":"A report"}}]}},{"id":"093c2e007ee4dd61272dddef915177bf","statements":{"nodes":[{"id":"ben-b","source":{"title":"A report"}}]}}],"otherLinks":[{"id":"member","end":"2025-12-10"}],"weakest":{"from":{"id":"ben"},"attribution":"STATED"}}]}}`},
		{"all paths, and what they do not pass", `{p:paths(from:"ana",to:"ben"){paths{nodes{id}}unspecifiedBodies{id}}}`,
			`{"p":{"paths":[{"nodes":[{"id":"ana"},{"id":"party"},{"id":"ben"}]},{"nodes":[{"id":"ana"},{"id":"da"},{"id":"jail"},{"id":"db"},{"id":"ben"}]}],"unspecifiedBodies":[{"id":"force"}]}}`},
		{"asked to pass", `{paths(from:"ana",to:"ben",throughUnspecified:true,avoid:["party","jail"]){paths{nodes{id}}unspecifiedBodies{id}}}`,
			`{"paths":{"paths":[{"nodes":[{"id":"ana"},{"id":"da"},{"id":"force"},{"id":"db"},{"id":"ben"}]}],"unspecifiedBodies":[]}}`},
		{"hubs", `{paths(from:"ana",to:"ben",maxDegree:2){paths{nodes{id}}hubs{totalCount node{id}}hubCount}}`,
			`{"paths":{"paths":[],"hubs":[{"totalCount":3,"node":{"id":"da"}},{"totalCount":3,"node":{"id":"db"}},{"totalCount":3,"node":{"id":"party"}}],"hubCount":3}}`},
		{"of a day", `{a:paths(from:"ana",to:"party",asOf:"2025-12-11"){paths{links{id}otherLinks{id}}} b:paths(from:"ana",to:"jail",asOf:"2025-12-01"){paths{length}} c:paths(from:"ana",to:"jail",asOf:"2025-12-05"){paths{nodes{...on Detention{status}}}}}`,
			`{"a":{"paths":[{"links":[{"id":"treasurer"}],"otherLinks":[]}]},"b":{"paths":[]},"c":{"paths":[{"nodes":[{},{"status":"DETAINED"},{}]}]}}`},
		{"verified", `{paths(from:"ana",to:"party",minVerification:NGO_VERIFIED){paths{links{id}otherLinks{id}}}}`, `{"paths":{"paths":[{"links":[{"id":"treasurer"}],"otherLinks":[]}]}}`},
		{"nobody", `{paths(from:"ana",to:"nobody"){paths{length}complete} x:paths(from:"%%",to:"ana"){paths{length}}}`, `{"paths":{"paths":[],"complete":true},"x":{"paths":[]}}`},
		{"neighborhood", `{neighborhood(ids:["ana","nobody"],depth:2,first:4){nodes{id ...on Detention{start}}links{relation}truncated{relation totalCount}complete}}`,
			`{"neighborhood":{"nodes":[{"id":"ana"},{"id":"da","start":"2025-12-03"},{"id":"party"},{"id":"force"},{"id":"jail"}],"links":[{"relation":"HELD_AT"},{"relation":"HAS_DETENTION"},{"relation":"ARRESTED_BY"},{"relation":"MEMBER_OF"},{"relation":"MEMBER_OF"}],"truncated":[{"relation":"MEMBER_OF","totalCount":1}],"complete":true}}`},
		{"common", `{common(ids:["ana","ben"]){totalCount shared{connected node{name}paths{length nodes{id}}}unspecifiedBodies{name}}}`,
			`{"common":{"totalCount":2,"shared":[{"connected":2,"node":{"name":"North Jail"},"paths":[{"length":2,"nodes":[{"id":"ana"},{"id":"da"},{"id":"jail"}]},{"length":2,"nodes":[{"id":"ben"},{"id":"db"},{"id":"jail"}]}]},` +
				`{"connected":2,"node":{"name":"The Party"},"paths":[{"length":1,"nodes":[{"id":"ana"},{"id":"party"}]},{"length":1,"nodes":[{"id":"ben"},{"id":"party"}]}]}],"unspecifiedBodies":[{"name":"some force"}]}}`},
		{"centrality", `{centrality(measure:DEGREE,types:[PERSON,FACILITY],relations:[HELD_AT],contract:true,first:2){nodeCount pairCount sampled ranking{position score node{id}}}}`,
			`{"centrality":{"nodeCount":3,"pairCount":2,"sampled":false,"ranking":[{"position":1,"score":1,"node":{"id":"jail"}},{"position":2,"score":0.5,"node":{"id":"ana"}}]}}`},
		{"communities", `{communities(relations:[MEMBER_OF,HELD_AT],resolution:0.5,members:2){communityCount modularity nodeCount pairCount communities{size nodes{id}}}}`,
			`{"communities":{"communityCount":2,"modularity":0.75,"nodeCount":6,"pairCount":4,"communities":[{"size":3,"nodes":[{"id":"jail"},{"id":"da"}]},{"size":3,"nodes":[{"id":"party"},{"id":"ana"}]}]}}`},
		{"common on a day", `{common(ids:["ana","ben"],asOf:"2025-12-10"){shared{node{id}}} both:common(ids:["ana","ben"],asOf:"2025-12-20"){shared{node{id}}} none:common(ids:["ana","ben"],relations:[HELD_AT],asOf:"2025-12-01"){totalCount}}`,
			`{"common":{"shared":[{"node":{"id":"party"}}]},"both":{"shared":[{"node":{"id":"jail"}},{"node":{"id":"party"}}]},"none":{"totalCount":0}}`},
		{"measures on a day", `{a:centrality(measure:DEGREE,types:[PERSON,FACILITY],relations:[HELD_AT],contract:true,asOf:"2025-12-10"){nodeCount pairCount ranking{node{id}}} b:centrality(measure:DEGREE,relations:[HELD_AT],asOf:"2025-12-20"){nodeCount} c:communities(relations:[HELD_AT,MEMBER_OF],asOf:"2025-12-01"){nodeCount communities{nodes{id}}} d:communities(relations:[HELD_AT,MEMBER_OF]){nodeCount}}`,
			`{"a":{"nodeCount":2,"pairCount":1,"ranking":[{"node":{"id":"ana"}},{"node":{"id":"jail"}}]},"b":{"nodeCount":3},"c":{"nodeCount":3,"communities":[{"nodes":[{"id":"party"},{"id":"ana"},{"id":"ben"}]}]},"d":{"nodeCount":6}}`},
		{"nothing at all", `{centrality(measure:BETWEENNESS,relations:[]){nodeCount ranking{score}} communities(types:[]){modularity communities{size}}}`,
			`{"centrality":{"nodeCount":0,"ranking":[]},"communities":{"modularity":0,"communities":[]}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := a.data(t, c.query); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestNetworkRefuses(t *testing.T) {
	a := networked(t, around(t), store.PublicView, network.DefaultLimits)
	for query, want := range map[string]string{
		`{paths(from:"ana",to:"ana"){complete}}`:                    "paths, argument to: the same entity as from",
		`{paths(from:"ana",to:"ben",maxLength:9){complete}}`:        "paths, argument maxLength: 9 is not between 1 and 8",
		`{paths(from:"ana",to:"ben",first:101){complete}}`:          "paths, argument first: 101 is not between 0 and 100",
		`{paths(from:"ana",to:"ben",maxDegree:0){complete}}`:        "paths, argument maxDegree: 0 is not between 1 and 1073741824",
		`{paths(from:"ana",to:"ben",asOf:"2025"){complete}}`:        "paths, argument asOf: 2025 is not one exact day, such as 2025-12-24",
		`{neighborhood(ids:["ana"],depth:4){complete}}`:             "neighborhood, argument depth: 4 is not between 1 and 3",
		`{neighborhood(ids:["ana"],first:1001){complete}}`:          "neighborhood, argument first: 1001 is not between 0 and 1000",
		`{common(ids:["ana"],within:3){complete}}`:                  "common, argument within: 3 is not between 1 and 2",
		`{centrality(measure:DEGREE,first:-1){nodeCount}}`:          "centrality, argument first: -1 is not between 0 and 1000",
		`{communities(resolution:0){nodeCount}}`:                    "communities, argument resolution: 0 is not between 0.01 and 100",
		`{communities(resolution:1e3,members:1){nodeCount}}`:        "communities, argument resolution: 1000 is not between 0.01 and 100",
		`query($r:Float=-1){communities(resolution:$r){nodeCount}}`: "communities, argument resolution: -1 is not between 0.01 and 100",
		`{communities(first:101){nodeCount}}`:                       "communities, argument first: 101 is not between 0 and 100",
	} {
		if code, message := a.refused(t, query, ""); code != "BAD_USER_INPUT" || message != want {
			t.Errorf("%s: %s: %s", query, code, message)
		}
	}
}

// What there is too much of is said, with what to do; what was found until then comes
// along, and other roots are not touched.
func TestNetworkBounds(t *testing.T) {
	limits := network.DefaultLimits
	limits.Links, limits.Graph = 9, 8
	a := networked(t, around(t), store.PublicView, limits)
	for query, want := range map[string][2]string{
		`{paths(from:"ana",to:"ben"){complete paths{length}} people(first:0){totalCount}}`: {
			`{"paths":{"complete":false,"paths":[{"length":2}]},"people":{"totalCount":2}}`,
			"paths: there are more than 9 links to look at: narrow it with relations, types, a lower maxDegree or a lower maxLength; what was found until then is in the answer"},
		`{n:neighborhood(ids:["ana","ben"],depth:3){complete nodes{id}}}`: {
			`{"n":{"complete":false,"nodes":[{"id":"ana"},{"id":"ben"},{"id":"da"},{"id":"db"},{"id":"party"}]}}`,
			"n: there are more than 9 links to look at: narrow it with relations, types or a lower depth; what was found until then is in the answer"},
		`{common(ids:["ana","ben"],within:2){complete totalCount}}`: {
			`{"common":{"complete":false,"totalCount":0}}`,
			"common: there are more than 9 links to look at: narrow it with relations, a lower maxDegree or a lower within; what was found until then is in the answer"},
		`{centrality(measure:DEGREE){nodeCount}}`: {`{"centrality":null}`, "centrality: there are more than 8 links: narrow it with relations or types"},
		`{communities{nodeCount}}`:                {`{"communities":null}`, "communities: there are more than 8 links: narrow it with relations or types"},
	} {
		answer := a.answer(t, query, "")
		if len(answer.Errors) != 1 || answer.Errors[0].Code != "QUERY_TOO_COMPLEX" || answer.Errors[0].Message != want[1] || string(answer.Data) != want[0] {
			t.Errorf("%s\n%s\n%v", query, answer.Data, answer.Errors)
		}
	}
}

// lacking loses the row of an id from what is read for the answer.
type lacking struct {
	plan.Reader
	id string
}

func (r lacking) Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error) {
	pages, err := r.Reader.Read(ctx, view, budget, selections)
	for i := range pages {
		var kept []store.Result
		for _, row := range pages[i].Rows {
			if row.Row.ID != r.id {
				kept = append(kept, row)
			}
		}
		pages[i].Rows = kept
	}
	return pages, err
}

// What is gone between the two readings is left out, and a path through it whole.
func TestWhatIsGoneIsLeftOut(t *testing.T) {
	s := around(t)
	a := networked(t, s, store.PublicView, network.DefaultLimits)
	a.reader = lacking{s, "party"}
	query := `{paths(from:"ana",to:"ben"){paths{length nodes{id type}}} neighborhood(ids:["ana"]){nodes{id type}} common(ids:["ana","ben"]){shared{node{id type}}} centrality(measure:DEGREE,relations:[MEMBER_OF]){ranking{node{id}}}}`
	want := `{"paths":{"paths":[{"length":4,"nodes":[{"id":"ana","type":"PERSON"},{"id":"da","type":"DETENTION"},{"id":"jail","type":"FACILITY"},{"id":"db","type":"DETENTION"},{"id":"ben","type":"PERSON"}]}]},"neighborhood":{"nodes":[{"id":"ana","type":"PERSON"},{"id":"da","type":"DETENTION"}]},"common":{"shared":[{"node":{"id":"jail","type":"FACILITY"}}]},"centrality":{"ranking":[{"node":{"id":"ana"}},{"node":{"id":"ben"}}]}}`
	if got := a.data(t, query); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Rows named by an answer count against the bound of rows, as all others do.
func TestNetworkRowsAreBounded(t *testing.T) {
	a := networked(t, around(t), store.PublicView, network.DefaultLimits)
	limits := plan.DefaultLimits
	limits.Rows = 5
	a.planner = plan.New(schema(t), limits)
	code, message := a.refused(t, `{neighborhood(ids:["ana"],depth:3){nodes{type}}}`, "")
	if code != "QUERY_TOO_COMPLEX" || !strings.Contains(message, "at neighborhood.nodes, which alone may give 7") {
		t.Errorf("%s: %s", code, message)
	}
}

// reading keeps what is read for answers.
type reading struct {
	plan.Reader
	selections []store.Selection
}

func (r *reading) Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error) {
	r.selections = append(r.selections, selections...)
	return r.Reader.Read(ctx, view, budget, selections)
}

// What a walk has met is not read again to write that it is there. In the full view it is
// once, for the audit.
func TestWhatAWalkHasMetIsNotReadAgain(t *testing.T) {
	const links = `links{id relation from{id} to{id}}`
	for _, c := range []struct {
		query string
		reads int // selections, of the public view
		want  string
	}{
		{`{paths(from:"ana",to:"ben",maxDegree:2){hubs{node{id}} paths{length}}}`, 0, `{"paths":{"hubs":[{"node":{"id":"da"}},{"node":{"id":"db"}},{"node":{"id":"party"}}],"paths":[]}}`},
		{`{paths(from:"ana",to:"ben",first:1){paths{nodes{x:id} ` + links + ` otherLinks{id}}}}`, 0,
			`{"paths":{"paths":[{"nodes":[{"x":"ana"},{"x":"party"},{"x":"ben"}],"links":[{"id":"treasurer","relation":"MEMBER_OF","from":{"id":"ana"},"to":{"id":"party"}},` +
				`{"id":"093c2e007ee4dd61272dddef915177bf","relation":"MEMBER_OF","from":{"id":"ben"},"to":{"id":"party"}}],"otherLinks":[{"id":"member"}]}]}}`},
		{`{paths(from:"ana",to:"ben",first:1){paths{nodes{id} links{attribution} weakest{id}}}}`, 1,
			`{"paths":{"paths":[{"nodes":[{"id":"ana"},{"id":"party"},{"id":"ben"}],"links":[{"attribution":"STATED"},{"attribution":"STATED"}],"weakest":{"id":"093c2e007ee4dd61272dddef915177bf"}}]}}`},
		{`{neighborhood(ids:["da"],relations:[HELD_AT]){nodes{id} ` + links + `} b:neighborhood(ids:["da"],relations:[HELD_AT]){nodes{__typename}}}`, 1,
			`{"neighborhood":{"nodes":[{"id":"da"},{"id":"jail"}],"links":[{"id":"40329806bcf72455f0f73bbd4fa99ade","relation":"HELD_AT","from":{"id":"da"},"to":{"id":"jail"}}]},"b":{"nodes":[{"__typename":"Detention"},{"__typename":"Facility"}]}}`},
		{`{common(ids:["ana","ben"],first:1){shared{node{id} paths{` + "nodes{id} links{relation}" + `}}}}`, 0,
			`{"common":{"shared":[{"node":{"id":"jail"},"paths":[{"nodes":[{"id":"ana"},{"id":"da"},{"id":"jail"}],"links":[{"relation":"HAS_DETENTION"},{"relation":"HELD_AT"}]},` +
				`{"nodes":[{"id":"ben"},{"id":"db"},{"id":"jail"}],"links":[{"relation":"HAS_DETENTION"},{"relation":"HELD_AT"}]}]}]}}`},
	} {
		s := around(t)
		for _, view := range statement.Views {
			a, r := networked(t, s, view, network.DefaultLimits), &reading{Reader: s}
			a.reader = r
			if got := a.data(t, c.query); got != c.want {
				t.Errorf("%v view: %s\ngot\n%s\nwant\n%s", view, c.query, got, c.want)
			}
			if want := c.reads + int(view); len(r.selections) != want {
				t.Errorf("%v view: %s: %d selections were read, want %d", view, c.query, len(r.selections), want)
			}
		}
	}
}

// The bound on hubs that there is by default is lifted by null.
func TestHubsOfAnyNumberOfLinks(t *testing.T) {
	list := of("source", "Source", "title", "A report")
	list = append(list, of("party", "Organization", "name", "The Party")...)
	for i := range 1001 {
		list = append(list, of("p"+strconv.Itoa(i), "Person", "MEMBER_OF", "party")...)
	}
	s := graph(t, list[:6]...)
	for i := range list {
		list[i].Source = "source"
	}
	for part := range slices.Chunk(list[6:], 1000) { // as many as a commit holds
		if _, err := s.Write(t.Context(), statement.Commit{By: "test", Reason: "more", Add: part}); err != nil {
			t.Fatal(err)
		}
	}
	a := networked(t, s, statement.PublicView, network.DefaultLimits)
	const want = `{"a":{"paths":[],"hubCount":1},"b":{"paths":[{"length":2}],"hubCount":0}}`
	if got := a.data(t, `{a:paths(from:"p0",to:"p9"){paths{length}hubCount} b:paths(from:"p0",to:"p9",maxDegree:null){paths{length}hubCount}}`); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
