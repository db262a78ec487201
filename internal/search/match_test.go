package search_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/generate"
	"github.com/vinculo/vinculo/internal/search"
	"github.com/vinculo/vinculo/internal/statement"
)

// labelled is a description, an entity, and whether it is meant.
type labelled struct {
	of     search.Described
	entity string
	same   bool
	score  int
}

// Pairs that are the same (a name written otherwise, half with a birth date) score
// higher than pairs that are not: siblings and cousins, and namesakes born on another day.
func TestMatchTellsPeopleApart(t *testing.T) {
	people := generate.Roster(1200, 11)
	var more []statement.Statement
	born := make([]string, len(people))
	for i := range people {
		d := rand.New(rand.NewPCG(2, uint64(i)))
		born[i] = fmt.Sprintf("%d-%02d-%02d", 1950+d.IntN(50), 1+d.IntN(12), 1+d.IntN(28))
		more = append(more, statement.Statement{ID: id(i) + ".born", Subject: id(i), Property: "birthDate", Value: born[i], Source: "s"})
	}
	s := filled(t, people, more...)
	var pairs []*labelled
	for i, p := range people {
		d := rand.New(rand.NewPCG(3, uint64(i)))
		v := variants(p, d)[d.IntN(9)].text
		pairs = append(pairs, &labelled{described(v, born[i], i%2 == 0), id(i), true, 0})
		for j := i - i%8; j < i; j++ { // a household
			if o := people[j]; full(o) != full(p) && (o.First == p.First) {
				v := variants(o, d)[d.IntN(9)].text
				pairs = append(pairs, &labelled{described(v, born[j], j%2 == 0), id(i), false, 0})
			}
		}
		if i%3 == 0 {
			pairs = append(pairs, &labelled{described(full(p), born[(i+1)%len(people)], true), id(i), false, 0})
		}
	}
	for part := range slices.Chunk(pairs, 50) {
		var list []search.Described
		for _, pair := range part {
			list = append(list, pair.of)
		}
		answers, err := search.Match(t.Context(), s, statement.PublicView, list)
		if err != nil {
			t.Fatal(err)
		}
		for i, answer := range answers {
			for _, c := range answer {
				if c.ID == part[i].entity {
					part[i].score = c.Score
				}
			}
		}
	}
	auc, same := areaUnder(pairs)
	t.Logf("AUC %.4f of %d pairs, %d of them the same", auc, len(pairs), same)
	if auc < 0.85 || same < 1000 || len(pairs)-same < 500 {
		t.Errorf("AUC %.4f of %d pairs, %d the same", auc, len(pairs), same)
	}
}

func described(name, born string, dated bool) search.Described {
	d := search.Described{Name: name, Types: []string{"Person"}, First: 50}
	if dated {
		d.Values = []search.Stated{{Property: "birthDate", Text: born}}
	}
	return d
}

// areaUnder gives how often, of two pairs of which one is the same, that one scores
// higher; a tie counts half.
func areaUnder(pairs []*labelled) (auc float64, same int) {
	slices.SortFunc(pairs, func(a, b *labelled) int { return a.score - b.score })
	below, won := 0.0, 0.0
	for from := 0; from < len(pairs); {
		to, equal, other := from, 0.0, 0.0
		for ; to < len(pairs) && pairs[to].score == pairs[from].score; to++ {
			if pairs[to].same {
				equal++
			} else {
				other++
			}
		}
		won += equal * (below + other/2)
		below, same, from = below+other, same+int(equal), to
	}
	return won / below / float64(same), same
}

func TestMatchSaysWhatAgrees(t *testing.T) {
	s := filled(t, nil,
		say("ana", "type", "Person"), say("ana", "name", "Ana Ejemplo Prueba"), say("ana", "birthDate", "1980-03-04"), say("ana", "gender", "female"),
		say("other", "type", "Person"), say("other", "name", "Ana Ejemplo Prueba"), say("other", "birthDate", "1991"),
		say("short", "type", "Person"), say("short", "name", "Ana"),
		say("r1", "type", "Facility"), say("r1", "name", "Rodeo I"), say("r2", "type", "Facility"), say("r2", "name", "Rodeo II"),
	)
	born := func(d string) []search.Stated { return []search.Stated{{Property: "birthDate", Text: d}} }
	for _, c := range []struct {
		of   search.Described
		want string
	}{
		{search.Described{Name: "Ana Ejemplo Prueba"}, "ana 900000 name 900, other 900000 name 900, short"},
		{search.Described{Name: "Ana Ejemplo Prueba", Values: born("1980-03-04")}, "ana 970000 name 900 birthDate 1000, short"},
		{search.Described{Name: "Ana Ejemplo Prueba", Values: born("1980")}, "ana 935000 name 900 birthDate 500, short"},
		{search.Described{Name: "Ana Ejemplo Prueba", Values: born("1980-04-03")}, "ana 774000 name 900 birthDate -200, short"},
		{search.Described{Name: "Ana Ejemplo Prueba", Values: append(born("1980-03-04"), search.Stated{Property: "gender", Text: "male"})}, "ana 582000 name 900 gender -1000 birthDate 1000, short"},
		{search.Described{Name: "Rodeo 2", Types: []string{"Facility"}}, "r2 "},
		{search.Described{Name: ""}, ""},
		{search.Described{Name: "Nadie"}, ""},
	} {
		c.of.First = 3
		answers, err := search.Match(t.Context(), s, statement.PublicView, []search.Described{c.of})
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, a := range answers[0] {
			text := fmt.Sprint(a.ID, " ", a.Score)
			for _, f := range a.Features {
				text += fmt.Sprint(" ", f.Name, " ", f.Value)
			}
			texts = append(texts, text)
		}
		if got := strings.Join(texts, ", "); !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%+v: %s, want %s", c.of, got, c.want)
		}
	}
}

// A full name that fits is never certain: what else agrees puts its bearer before the one
// of whom nothing is known, and what does not, behind.
func TestMatchOrdersNamesakes(t *testing.T) {
	var all []statement.Statement
	for id, born := range map[string]string{"y1": "", "y2": "1971-02-03", "y3": "1971-03-02", "y4": "1999"} {
		all = append(all, say(id, "type", "Person"), say(id, "name", "Ramón Eduardo Inventado Ficticio"))
		if born != "" {
			all = append(all, say(id, "birthDate", born))
		}
	}
	s := filled(t, nil, append(all, say("y2", "occupation", "abogado"))...)
	job, born := search.Stated{Property: "occupation", Text: "Abogado"}, func(d string) search.Stated { return search.Stated{Property: "birthDate", Text: d} }
	for _, c := range []struct {
		said []search.Stated
		want string // one score after another
	}{
		{nil, "y1 0.950000 y2 0.950000 y3 0.950000 y4 0.950000"},
		{[]search.Stated{born("1971-03-02")}, "y3 0.985000 y1 0.950000 y2 0.817000 y4 0.285000"},
		{[]search.Stated{born("1971-02-03"), job}, "y2 0.988750 y1 0.950000 y3 0.817000 y4 0.285000"},
		{[]search.Stated{job}, "y2 0.962500 y1 0.950000 y3 0.950000 y4 0.950000"},
		{[]search.Stated{born("1971-05-06")}, "y1 0.950000 y2 0.684000 y3 0.684000 y4 0.285000"},
		{[]search.Stated{born("1971")}, "y2 0.967500 y3 0.967500 y1 0.950000 y4 0.285000"},
		{[]search.Stated{born("1971-02")}, "y2 0.967500 y1 0.950000 y3 0.684000 y4 0.285000"},
		{[]search.Stated{born("1971-03-02"), job}, "y3 0.985000 y1 0.950000 y2 0.827750 y4 0.285000"},
	} {
		answers, err := search.Match(t.Context(), s, statement.PublicView, []search.Described{{Name: "Ramon Eduardo Inventado Ficticio", Values: c.said, First: 9}})
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, a := range answers[0] {
			texts = append(texts, fmt.Sprintf("%s %.6f", a.ID, float64(a.Score)/1e6))
		}
		if got := strings.Join(texts, " "); got != c.want {
			t.Errorf("%v: %s, want %s", c.said, got, c.want)
		}
	}
}

func say(subject, property, value string) statement.Statement {
	return statement.Statement{ID: subject + "." + property, Subject: subject, Property: property, Value: value, Source: "s"}
}
