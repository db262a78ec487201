package plan_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// searched gives an asker over people, a party and a report.
func searched(t testing.TB, view store.View) *asker {
	t.Helper()
	var list []statement.Statement
	for _, part := range [][]statement.Statement{
		of("source", "Source", "title", "Informe sobre el Partido Imaginario"),
		of("ana", "Person", "name", "Ana Ejemplo de Prueba", "otherNames", "Anita la Roja"), of("ben", "Person", "name", "Ana Ejemplo", "description", "periodista inventada"),
		of("party", "Organization", "name", "Partido Imaginario"), of("jail1", "Facility", "name", "Rodeo I"), of("jail2", "Facility", "name", "Rodeo II"),
		{{ID: "h", Subject: "party", Property: "otherNames", Value: "Recóndito", Visibility: statement.Restricted}},
	} {
		list = append(list, part...)
	}
	return newAsker(t, graph(t, list...), view)
}

func TestSearchAnswers(t *testing.T) {
	a := searched(t, store.PublicView)
	for query, want := range map[string]string{
		`{search(text:"prueba, a. ejemplo"){totalCount edges{score property text node{id}} pageInfo{hasNextPage hasPreviousPage}}}`:                                           `{"search":{"totalCount":2,"edges":[{"score":0.924,"property":"name","text":"Ana Ejemplo de Prueba","node":{"id":"ana"}},{"score":0.716,"property":"name","text":"Ana Ejemplo","node":{"id":"ben"}}],"pageInfo":{"hasNextPage":false,"hasPreviousPage":false}}}`,
		`{search(text:"anita roja"){nodes{__typename id ...on Person{birthDate}} edges{property highlights{text hit}}}}`:                                                      `{"search":{"nodes":[{"__typename":"Person","id":"ana","birthDate":null},{"__typename":"Person","id":"ben","birthDate":null}],"edges":[{"property":"otherNames","highlights":[{"text":"Anita","hit":true},{"text":" la ","hit":false},{"text":"Roja","hit":true}]},{"property":"name","highlights":[{"text":"Ana","hit":true},{"text":" Ejemplo","hit":false}]}]}}`,
		`{search(text:"partdo imajinario"){nodes{id}} o:search(text:"partido imaginario",types:[ORGANIZATION]){nodes{id}} n:search(text:"partido",types:[]){totalCount}}`:     `{"search":{"nodes":[{"id":"party"},{"id":"source"}]},"o":{"nodes":[{"id":"party"}]},"n":{"totalCount":0}}`,
		`{search(text:"rodeo 2"){nodes{id}} p:search(text:"per",mode:PREFIX){nodes{id}} w:search(text:"per"){totalCount} x:search(text:"ana period",mode:PREFIX){nodes{id}}}`: `{"search":{"nodes":[{"id":"jail2"},{"id":"jail1"}]},"p":{"nodes":[{"id":"ben"}]},"w":{"totalCount":0},"x":{"nodes":[{"id":"ben"},{"id":"ana"}]}}`,
		`{search(text:"recondito"){totalCount} e:search(text:""){totalCount edges{cursor} pageInfo{startCursor endCursor}}}`:                                                  `{"search":{"totalCount":0},"e":{"totalCount":0,"edges":[],"pageInfo":{"startCursor":null,"endCursor":null}}}`,
	} {
		if got := a.data(t, query); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
	if got := searched(t, store.FullView).data(t, `{search(text:"recondito"){nodes{id}}}`); got != `{"search":{"nodes":[{"id":"party"}]}}` {
		t.Error(got)
	}
}

// Page by page it gives what it gives at once.
func TestSearchPages(t *testing.T) {
	a := searched(t, store.PublicView)
	type page struct {
		Search struct {
			PageInfo struct {
				HasNextPage, HasPreviousPage bool
				EndCursor                    string
			}
			Nodes []struct{ ID string }
		}
	}
	after, got := "", ""
	for n := 0; ; n++ {
		var p page
		if err := json.Unmarshal([]byte(a.data(t, fmt.Sprintf(`{search(text:"ejemplo imaginario rodeo",first:2%s){pageInfo{hasNextPage hasPreviousPage endCursor}nodes{id}}}`, after))), &p); err != nil {
			t.Fatal(err)
		}
		for _, node := range p.Search.Nodes {
			got += " " + node.ID
		}
		if p.Search.PageInfo.HasPreviousPage != (n > 0) {
			t.Errorf("page %d: hasPreviousPage", n)
		}
		if after = fmt.Sprintf(`,after:"%s"`, p.Search.PageInfo.EndCursor); !p.Search.PageInfo.HasNextPage {
			break
		}
	}
	var all page
	if err := json.Unmarshal([]byte(a.data(t, `{search(text:"ejemplo imaginario rodeo"){nodes{id}}}`)), &all); err != nil {
		t.Fatal(err)
	}
	want := ""
	for _, node := range all.Search.Nodes {
		want += " " + node.ID
	}
	if got != want || len(all.Search.Nodes) < 3 {
		t.Errorf("page by page %q, at once %q", got, want)
	}
	// A cursor is of the same field however the default is said.
	if got := a.data(t, `{search(text:"ejemplo imaginario rodeo",mode:null,types:null,first:2`+after+`){pageInfo{hasPreviousPage}}}`); got != `{"search":{"pageInfo":{"hasPreviousPage":true}}}` {
		t.Error(got)
	}
	for query, says := range map[string]string{
		`{search(text:"ana"` + after + `){totalCount}}`:                   "argument after: this cursor is of another",
		`{search(text:"ejemplo imaginario rodeo",after:"%"){totalCount}}`: "argument after: this is no cursor",
		`{search(text:"ana",first:101){totalCount}}`:                      "argument first: 101 is not between 0 and 100",
		manyTexts(101): "looks for more than 100 texts",
	} {
		if code, message := a.refused(t, query, ""); !strings.Contains(message, says) {
			t.Errorf("%s: %s %s", query, code, message)
		}
	}
}

// manyTexts asks for that many texts.
func manyTexts(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `x%d:search(text:"ana"){totalCount} `, i)
	}
	return "{" + b.String() + "}"
}

func TestSearchTakesAnyText(t *testing.T) {
	a := searched(t, store.PublicView)
	for _, text := range []string{
		"\x00", "a\x00na", "'\"`\\", "ana') DETACH DELETE (n) //", "+ana -ben && name:* [a TO b] ~2 ^3 \\", "* ? a* %_", strings.Repeat("ana ", 2_500), strings.Repeat("x", 10_000), "\ufffd\u200b\u0301", "de la",
	} {
		variables, err := json.Marshal(map[string]string{"t": text})
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range []string{string(variables), `{"t":"\ud800 ana"}`} {
			answer := a.answer(t, `query($t:String!){search(text:$t){totalCount nodes{id}} p:search(text:$t,mode:PREFIX){totalCount}}`, raw)
			if len(answer.Errors) > 0 || !json.Valid(answer.Data) {
				t.Errorf("%.40q: %v %s", text, answer.Errors, answer.Data)
			}
		}
	}
}

func TestMatchAnswers(t *testing.T) {
	a := searched(t, store.PublicView)
	for query, want := range map[string]string{
		`{match(queries:[{name:"Ana Ejemplo de Prueba",type:PERSON},{name:"Rodeo 2",properties:[{property:KIND,text:"PRISON"}]},{name:"nadie"}]){candidates{node{id}score features{name agreement}}}}`: `{"match":[{"candidates":[{"node":{"id":"ana"},"score":0.9,"features":[{"name":"name","agreement":0.9}]},{"node":{"id":"ben"},"score":0.758,"features":[{"name":"name","agreement":0.758}]}]},` +
			`{"candidates":[{"node":{"id":"jail2"},"score":0.8605,"features":[{"name":"name","agreement":0.845},{"name":"numbers","agreement":1}]}]},{"candidates":[]}]}`,
		`{match(queries:[]){candidates{score}} one:match(queries:[{name:"Ana Ejemplo",birthDate:"1971",properties:[{property:BIRTH_DATE,text:"1971-03-02"},{property:DEATH_DATE,text:"2020"}]}],first:1){candidates{node{id}}}}`: `{"match":[],"one":[{"candidates":[{"node":{"id":"ben"}}]}]}`,
	} {
		if got := a.data(t, query); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
	for query, says := range map[string]string{
		`{match(queries:[{name:"a",birthDate:"1971-03-02",properties:[{property:BIRTH_DATE,text:"1999"}]}]){candidates{score}}}`:                                                                           "queries[0].birthDate: 1971-03-02 contradicts 1999",
		`{match(queries:[{name:"a"},{name:"a",properties:[{property:DEATH_DATE,text:"2020"},{property:BIRTH_DATE,text:"1971-03-02"},{property:BIRTH_DATE,text:"1971-02"}]}]){candidates{score}}}`:          "queries[1].properties[2].text: 1971-02 contradicts 1971-03-02",
		`{match(queries:[` + strings.Repeat(`{name:"a"},`, 51) + `]){candidates{score}}}`:                                                                                                                  "51 queries; there may be 50 at a time",
		`{match(queries:[{name:"a",properties:[` + strings.Repeat(`{property:KIND,text:"x"},`, 21) + `]}]){candidates{score}}}`:                                                                            "21 values; a query may have 20",
		`{match(queries:[{name:"a"}],first:26){candidates{score}}}`:                                                                                                                                        "26 is not between 0 and 25",
		`{match(queries:[{name:"a",birthDate:"yesterday"}]){candidates{score}}}`:                                                                                                                           "queries[0].birthDate",
		`{a:match(queries:[` + strings.Repeat(`{name:"a"},`, 50) + `]){candidates{score}} b:match(queries:[` + strings.Repeat(`{name:"b"},`, 50) + `]){candidates{score}} c:search(text:"c"){totalCount}}`: "more than 100 texts",
	} {
		if code, message := a.refused(t, query, ""); !strings.Contains(message, says) {
			t.Errorf("%.80s: %s %s", query, code, message)
		}
	}
}
