package plan_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
	"github.com/vinculo/vinculo/internal/vocab"
)

func date(t *testing.T, text string) edtf.Date {
	t.Helper()
	d, err := edtf.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestFilters(t *testing.T) {
	person, detention := vocab.TypeOf(vocab.Person), vocab.TypeOf(vocab.Detention)
	compare := func(typ *vocab.Type, name string, op store.Op, values ...any) store.Compare {
		return store.Compare{Property: typ.Property(name), Op: op, Values: values}
	}
	linked := func(f *vocab.Field, l store.Linked) store.Linked {
		l.Step = *store.StepOf(f)
		return l
	}
	memberOf, detentions := person.Field("memberOf"), person.Field("detentions")
	organizationName := vocab.TypeOf(vocab.Organization).Property("name")
	role := vocab.LinkProperties[0]
	for _, c := range []struct {
		root, where string
		want        store.Filter
	}{
		{"people", `{}`, nil},
		{"people", `null`, nil},
		{"people", `{and:[]}`, nil},
		{"people", `{or:[]}`, store.Any{}},
		{"people", `{not:{}}`, store.Not{Filter: store.All(nil)}},
		{"people", `{or:[{}]}`, store.Any{store.All(nil)}},
		{"people", `{and:[{},{gender:{isNull:true}}]}`, compare(person, "gender", store.IsNull, true)},
		{"people", `{id:{in:[]}}`, store.Compare{Property: vocab.Identity, Op: store.In, Values: []any{}}},
		{"people", "{name:{eq:\"Jose\u0301\"}}", compare(person, "name", store.Eq, "Jos\u00e9")},
		{"people", `{name:{contains:"a",startsWith:"b"},gender:{ne:"x"}}`, store.All{
			compare(person, "gender", store.Ne, "x"), compare(person, "name", store.Contains, "a"), compare(person, "name", store.StartsWith, "b"),
		}},
		{"people", `{name:{contains:"Á É",startsWith:"Ñu"}}`, store.All{compare(person, "name", store.Contains, "a e"), compare(person, "name", store.StartsWith, "nu")}},
		{"people", `{protected:{eq:true}}`, compare(person, "protected", store.Eq, true)},
		{"people", `{memberOf:{some:{}}}`, linked(memberOf, store.Linked{})},
		{"people", `{memberOf:{some:{node:{}}}}`, linked(memberOf, store.Linked{})},
		{"people", `{memberOf:{some:{node:{name:{eq:"V"}},link:{role:{contains:"coord"}}}}}`, linked(memberOf, store.Linked{
			Node: store.Compare{Property: organizationName, Op: store.Eq, Values: []any{"V"}},
			Link: store.Compare{Property: role, Op: store.Contains, Values: []any{"coord"}},
		})},
		{"people", `{memberOf:{none:{},every:{link:{relation:{eq:MEMBER_OF}}}}}`, store.All{
			linked(memberOf, store.Linked{Quantifier: store.Every, Link: store.Compare{Property: vocab.RowType, Op: store.Eq, Values: []any{"MEMBER_OF"}}}),
			linked(memberOf, store.Linked{Quantifier: store.None}),
		}},
		{"people", `{detentions:{count:{of:{node:{start:{after:"2025-01"}}},gte:2,lt:5}}}`, store.All{
			linked(detentions, store.Linked{Quantifier: store.Number, Op: store.Gte, Number: 2, Node: store.Compare{Property: detention.Property("start"), Op: store.After, Date: date(t, "2025-01")}}),
			linked(detentions, store.Linked{Quantifier: store.Number, Op: store.Lt, Number: 5, Node: store.Compare{Property: detention.Property("start"), Op: store.After, Date: date(t, "2025-01")}}),
		}},
		{"detentions", `{person:{node:{protected:{eq:false}}}}`, linked(detention.Field("person"), store.Linked{Node: compare(person, "protected", store.Eq, false)})},
		{"detentions", `{start:{on:"2025",before:"2025-12",possibly:true}}`, store.All{
			store.Compare{Property: detention.Property("start"), Op: store.Before, Date: date(t, "2025-12"), Possibly: true},
			store.Compare{Property: detention.Property("start"), Op: store.On, Date: date(t, "2025"), Possibly: true},
		}},
		{"detentions", `{start:{isNull:false,possibly:false}}`, compare(detention, "start", store.IsNull, false)},
		{"detentions", `{status:{in:[DETAINED,UNKNOWN]}}`, compare(detention, "status", store.In, "DETAINED", "UNKNOWN")},
		{"tallies", `{value:{gte:5}}`, compare(vocab.TypeOf(vocab.Tally), "value", store.Gte, int64(5))},
		{"people", `{owners:{some:{node:{type:{in:[PERSON,ORGANIZATION]},name:{eq:"x"}}}}}`, linked(person.Field("owners"), store.Linked{Node: store.All{
			compare(person, "name", store.Eq, "x"), store.Compare{Property: vocab.RowType, Op: store.In, Values: []any{"Person", "Organization"}},
		}})},
	} {
		t.Run(c.where, func(t *testing.T) {
			s := compiled(t, fmt.Sprintf("{%s(where:%s){totalCount}}", c.root, c.where))
			if diff := cmp.Diff(c.want, s[0].Where, same); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What is looked for in texts is bounded, in bytes after NFC.
func TestNeedlesAreBounded(t *testing.T) {
	a := newAsker(t, storetest.NewNaive(), statement.PublicView)
	for _, op := range []string{"contains", "startsWith"} {
		query := "query($n:String){people(where:{name:{" + op + ":$n}}){totalCount}}"
		a.answer(t, query, `{"n":"`+strings.Repeat("á", 500)+`"}`)
		code, message := a.refused(t, query, `{"n":"`+strings.Repeat("á", 501)+`"}`)
		if want := "people, argument where.name." + op + ": a text to look for may have 1000 bytes; this one has 1002"; code != "BAD_USER_INPUT" || message != want {
			t.Error(code, message)
		}
	}
}

// Of the words of fuzzy none is left unheard, and there is one.
func TestFuzzyWordsAreBounded(t *testing.T) {
	a := newAsker(t, storetest.NewNaive(), statement.PublicView)
	const query = "query($n:String){people(where:{name:{fuzzy:$n}}){totalCount}}"
	if got := a.answer(t, query, `{"n":"`+strings.Repeat("ana-", 12)+`"}`); len(got.Errors) > 0 {
		t.Error(got.Errors)
	}
	for text, want := range map[string]string{
		strings.Repeat("ana ", 12) + "zzzz": "a text to look for so may have 12 words; this one has 13",
		"!!!":                               "a text to look for has words: this one has no letter or digit",
		"":                                  "a text to look for has words: this one has no letter or digit",
	} {
		if code, message := a.refused(t, query, `{"n":"`+text+`"}`); code != "BAD_USER_INPUT" || message != "people, argument where.name.fuzzy: "+want {
			t.Error(code, message)
		}
	}
}

func TestRelationFilters(t *testing.T) {
	s := compiled(t, `{people{nodes{memberOf(where:{node:{kind:{eq:PARTY}},link:{disputed:{eq:true}}}){totalCount} links(relation:[],where:{}){totalCount}}}}`)
	members, links := s[0].Nested[0], s[0].Nested[1]
	kind := vocab.TypeOf(vocab.Organization).Property("kind")
	for _, c := range []struct{ got, want store.Filter }{
		{members.Where, store.Compare{Property: kind, Op: store.Eq, Values: []any{"PARTY"}}},
		{members.LinkWhere, store.Compare{Property: vocab.LinkProperties[7], Op: store.Eq, Values: []any{true}}},
		{links.Where, store.Any{}},
		{links.LinkWhere, nil},
	} {
		if diff := cmp.Diff(c.want, c.got, same); diff != "" {
			t.Error(diff)
		}
	}
}

func TestOrders(t *testing.T) {
	person := vocab.TypeOf(vocab.Person)
	for query, want := range map[string][]store.Order{
		`{people(orderBy:[]){totalCount}}`:                                         nil,
		`{people(orderBy:{field:NAME}){totalCount}}`:                               {{Property: person.Property("name")}},
		`{people(orderBy:[{field:DETENTIONS_COUNT,direction:DESC}]){totalCount}}`:  {{Count: person.Field("detentions"), Desc: true}},
		`{facilities(orderBy:[{field:DETENTIONS_COUNT}{field:KIND}]){totalCount}}`: {{Count: vocab.TypeOf(vocab.Facility).Field("detentions")}, {Property: vocab.TypeOf(vocab.Facility).Property("kind")}},
		`{statements(orderBy:[{field:AT,direction:DESC}]){totalCount}}`:            {{Property: vocab.StatementProperties[13], Desc: true}},
		`{detentions(orderBy:[{field:STATUS_AS_OF}{field:START}]){totalCount}}`:    {{Property: vocab.TypeOf(vocab.Detention).Property("statusAsOf")}, {Property: vocab.TypeOf(vocab.Detention).Property("start")}},
	} {
		if diff := cmp.Diff(want, compiled(t, query)[0].Order, same); diff != "" {
			t.Errorf("%s: %s", query, diff)
		}
	}
	s := compiled(t, `{people{nodes{linkedTo(orderBy:{field:NAME,direction:DESC}){totalCount}}}}`)
	if diff := cmp.Diff([]store.Order{{Property: person.Property("name"), Desc: true}}, s[0].Nested[0].Order, same); diff != "" {
		t.Error(diff)
	}
}

// What is refused says where and why.
func TestBadInput(t *testing.T) {
	a := newAsker(t, storetest.NewNaive(), statement.PublicView)
	for _, c := range []struct{ query, variables, code, message string }{
		{`{people(where:{name:{}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.name: empty`},
		{`{people(where:{name:null}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.name: null is no filter`},
		{`{people(where:{name:{eq:null}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.name.eq: null is no value`},
		{`query($x:String){people(where:{name:{eq:$x}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.name: empty`},
		{`query($x:String){people(where:{name:{eq:$x}}){totalCount}}`, `{"x":null}`, "BAD_USER_INPUT", `people, argument where.name.eq: null is no value`},
		{`{people(where:{and:null}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.and: null is no filter`},
		{`{people(where:{or:[{},{not:null}]}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.or[1].not: null is no filter`},
		{`{people(where:{memberOf:{}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.memberOf: empty: say some`},
		{`{people(where:{memberOf:{some:null}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.memberOf.some: null`},
		{`{people(where:{memberOf:{some:{node:null}}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.memberOf.some.node: null`},
		{`{people(where:{memberOf:{count:{of:{}}}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.memberOf.count: say what the number`},
		{`{people(where:{memberOf:{count:{eq:null}}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.memberOf.count.eq: null`},
		{`{people(where:{memberOf:{count:{of:null,eq:1}}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.memberOf.count.of: null`},
		{`{people{nodes{detentions(where:{node:{start:{before:"2025-13"}}}){totalCount}}}}`, ``, "BAD_USER_INPUT", `people.nodes.detentions, argument where.node.start.before: date "2025-13", character 6: months are 01 to 12`},
		{`{people(where:{birthDate:{possibly:true}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.birthDate: empty`},
		{`{people(where:{birthDate:{on:"2025",possibly:null}}){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument where.birthDate.possibly: null`},
		{`query($d:EDTF!){people(where:{birthDate:{on:$d}}){totalCount}}`, `{"d":2025}`, "BAD_USER_INPUT", `people, argument where.birthDate.on: 2025 is no EDTF`},
		{`query($w:TallyFilter){tallies(where:$w){totalCount}}`, `{"w":{"value":{"eq":"12"}}}`, "BAD_USER_INPUT", `tallies, argument where.value.eq: "12" is no integer of 32 bits`},
		{`query($w:TallyFilter){tallies(where:$w){totalCount}}`, `{"w":{"value":{"eq":3000000000}}}`, "BAD_USER_INPUT", `tallies, argument where.value.eq: 3000000000 is no integer of 32 bits`},
		{`query($w:OrganizationFilter){organizations(where:$w){totalCount}}`, `{"w":{"kind":{"eq":"party"}}}`, "BAD_USER_INPUT", `organizations, argument where.kind.eq: "party" is no value of Kind`},
		{`{organizations(where:{kind:{in:[PARTY,PRISON]}}){totalCount}}`, ``, "BAD_USER_INPUT", `organizations, argument where.kind.in[1]: PRISON is no kind of type Organization, but of Facility`},
		{`{people(orderBy:[{field:NAME}{field:NAME}]){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument orderBy[1].field: NAME stands there already`},
		{`{people(first:101){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument first: 101 is not between 0 and 100`},
		{`{people(last:-1){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument last: -1 is not between 0 and 100`},
		{`{people(first:1,last:1){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument last: only one of first and last`},
		{`{people{nodes{reportedBy(first:-2){name}}}}`, ``, "BAD_USER_INPUT", `people.nodes.reportedBy, argument first: -2`},
		{`{people(after:"zzz"){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument after: this is no cursor`},
		{`{people(before:"%"){totalCount}}`, ``, "BAD_USER_INPUT", `people, argument before: this is no cursor`},
		{`query($ids:[ID!]!){nodes(ids:$ids){id}}`, many(251), "QUERY_TOO_COMPLEX", `nodes, argument ids: 251 values; a list may have 250`},
	} {
		code, message := a.refused(t, c.query, c.variables)
		if code != c.code || !strings.HasPrefix(message, c.message) {
			t.Errorf("%s\n got %s %s\nwant %s %s", c.query, code, message, c.code, c.message)
		}
	}
}

// many gives the variable ids with that many values.
func many(n int) string {
	text, _ := json.Marshal(map[string]any{"ids": strings.Fields(strings.Repeat("x ", n))})
	return string(text)
}
