package plan_test

import (
	"slices"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// small is a graph of a few invented people: one protected, one without a name.
func small(t testing.TB) store.Store {
	t.Helper()
	return graph(t, slices.Concat(
		of("source", "Source", "title", "A report", "publishedAt", "2025-12-27", "PUBLISHED_BY", "paper"),
		of("paper", "Organization", "name", "The Daily", "kind", "MEDIA"),
		of("union", "Organization", "name", "Union of Invented Workers", "kind", "UNION"),
		of("ana", "Person", "name", "Ana Ficticia", "occupation", "nurse", "occupation", "poet", "MEMBER_OF", "union", "HAS_DETENTION", "d1"),
		of("ben", "Person", "MEMBER_OF", "union", "RELATIVE_OF", "ana"),
		of("kid", "Person", "name", "Kim Inventado", "protection", "PROTECTED", "HAS_DETENTION", "d2"),
		of("d1", "Detention", "start", "2025-12-03", "HELD_AT", "jail"),
		of("d2", "Detention", "start", "2025-11-03", "name", "A detention"),
		of("jail", "Facility", "name", "North Jail", "kind", "PRISON"),
	)...)
}

func TestAnswers(t *testing.T) {
	s := small(t)
	for _, c := range []struct {
		name, query, want string
		view              store.View
	}{
		{name: "names", query: `{people{nodes{id name protected}}}`,
			want: `{"people":{"nodes":[{"id":"ana","name":"Ana Ficticia","protected":false},{"id":"ben","name":"Person ben","protected":false},{"id":"kid","name":"Name withheld","protected":true}]}}`},
		{name: "full", view: statement.FullView, query: `{people{nodes{name}} detentions{nodes{name}}}`,
			want: `{"people":{"nodes":[{"name":"Ana Ficticia"},{"name":"Person ben"},{"name":"Kim Inventado"}]},"detentions":{"nodes":[{"name":"Detention 2025-12-03"},{"name":"A detention"}]}}`},
		{name: "public", query: `{detentions{nodes{name person{name} version}}}`,
			want: `{"detentions":{"nodes":[{"name":"Detention 2025-12-03","person":{"name":"Ana Ficticia"},"version":"1"},{"name":"Detention 2025-11","person":{"name":"Name withheld"},"version":null}]}}`},
		{name: "node", query: `{a:node(id:"ana"){__typename id ...on Entity{name}...on Person{occupation}} b:node(id:"nobody"){id} c:node(id:"%%"){id}}`,
			want: `{"a":{"__typename":"Person","id":"ana","name":"Ana Ficticia","occupation":["nurse","poet"]},"b":null,"c":null}`},
		{name: "nodes", query: `{nodes(ids:["jail","x","ana","jail","ana-a"]){id __typename ...on Facility{kind}...on Statement{text subject{name}}}}`,
			want: `{"nodes":[{"id":"jail","__typename":"Facility","kind":"PRISON"},null,{"id":"ana","__typename":"Person"},{"id":"jail","__typename":"Facility","kind":"PRISON"},{"id":"ana-a","__typename":"Statement","text":"Ana Ficticia","subject":{"name":"Ana Ficticia"}}]}`},
		{name: "relation", query: `{organizations(where:{kind:{eq:UNION}}){totalCount nodes{name members(first:1){totalCount pageInfo{hasNextPage hasPreviousPage}edges{node{name}link{relation from{name}to{name}}}}}}}`,
			want: `{"organizations":{"totalCount":1,"nodes":[{"name":"Union of Invented Workers","members":{"totalCount":2,"pageInfo":{"hasNextPage":true,"hasPreviousPage":false},"edges":[{"node":{"name":"Ana Ficticia"},"link":{"relation":"MEMBER_OF","from":{"name":"Ana Ficticia"},"to":{"name":"Union of Invented Workers"}}}]}}]}}`},
		{name: "facts", query: `{people(first:1){nodes{facts{property text best corroborated disputed attribution statements{totalCount nodes{id}}}}}}`,
			want: `{"people":{"nodes":[{"facts":[{"property":"name","text":"Ana Ficticia","best":true,"corroborated":false,"disputed":false,"attribution":"STATED","statements":{"totalCount":1,"nodes":[{"id":"ana-a"}]}},{"property":"occupation","text":"nurse","best":true,"corroborated":false,"disputed":false,"attribution":"STATED","statements":{"totalCount":1,"nodes":[{"id":"ana-b"}]}},{"property":"occupation","text":"poet","best":true,"corroborated":false,"disputed":false,"attribution":"STATED","statements":{"totalCount":1,"nodes":[{"id":"ana-c"}]}}]}]}}`},
		{name: "links", query: `{people(first:1){nodes{links(relation:MEMBER_OF){totalCount edges{node{relation to{name ...on Organization{kind}}}}}reportedBy{name}sources{nodes{title publishers{nodes{name}}}}}}}`,
			want: `{"people":{"nodes":[{"links":{"totalCount":1,"edges":[{"node":{"relation":"MEMBER_OF","to":{"name":"Union of Invented Workers","kind":"UNION"}}}]},"reportedBy":[{"name":"The Daily"}],"sources":{"nodes":[{"title":"A report","publishers":{"nodes":[{"name":"The Daily"}]}}]}}]}}`},
		{name: "status", query: `{detentions(first:1){nodes{status statusStatements{nodes{property text}}heldAt{nodes{name}}}}}`,
			want: `{"detentions":{"nodes":[{"status":"DETAINED","statusStatements":{"nodes":[{"property":"start","text":"2025-12-03"},{"property":"HELD_AT","text":null}]},"heldAt":{"nodes":[{"name":"North Jail"}]}}]}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAsker(t, s, c.view)
			if got := a.data(t, c.query); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
