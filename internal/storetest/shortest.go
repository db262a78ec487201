package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

var shortening = subject{name: "shortest", data: nestedData, cases: []sentence{
	{"Shortest gives the ways from one entity to another over the fewest links that one can be over", shortestWays},
	{"at most length of them, through none of the entities and over none of the links of without", shortestWithout},
	{"Ways that differ in a link are two", shortestMany},
	{"There are none if the view has no such way, or not both entities, or they are one", shortestNone},
	{"values of links wanted", shortestValues},
	{"of all the ways, each once, in the order of ids; none if there are more ways than Way.Most", shortestMany},
}}

func (s *suite) shortest(t *testing.T, q store.Way) string {
	t.Helper()
	w, err := s.Store().Shortest(t.Context(), statement.PublicView, q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	var ids []string
	for _, link := range w.Links {
		ids = append(ids, link.ID)
	}
	return fmt.Sprintf("%s-%d-%s: %s", w.From, w.Length, w.To, strings.Join(ids, " "))
}

func shortestWays(t *testing.T, s *suite) {
	for _, tt := range []struct {
		from, to  string
		relations []string
		want      string
	}{
		{"p1", "p2", nil, "p1-1-p2: a12"},
		{"p1", "p2", []string{"MEMBER_OF"}, "p1-2-p2: m-a m-b m-c"},
		{"p1", "p2", []string{"MEMBER_OF", "RELATIVE_OF"}, "p1-2-p2: m-a m-b m-c"},
		{"o2", "o3", []string{"PART_OF"}, "o2-1-o3: r23"},
		{"e1", "p3", nil, "e1-3-p3: a13 h z"},
		{"p3", "o3", nil, "p3-2-o3: a23 m-d"},
		{"p3", "o2", nil, "p3-3-o2: a13 a23 m-a m-b m-c m-d m-e r12 r23"},
		{"e1", "o3", nil, "e1-4-o3: a12 h m-a m-b m-d r31 z"},
	} {
		if got := s.shortest(t, store.Way{From: tt.from, To: tt.to, Relations: tt.relations, Length: 6, Most: 99}); got != tt.want {
			t.Errorf("%s to %s by %v: %s, want %s", tt.from, tt.to, tt.relations, got, tt.want)
		}
	}
}

func shortestWithout(t *testing.T, s *suite) {
	for _, tt := range []struct {
		without []string
		length  int
		want    string
	}{
		{nil, 2, "p1-2-o3: a12 m-a m-b m-d r31"},
		{nil, 1, "-0-: "},
		{nil, 0, "-0-: "},
		{[]string{"nobody"}, 2, "p1-2-o3: a12 m-a m-b m-d r31"},
		{[]string{"o1"}, 2, "p1-2-o3: a12 m-d"},
		{[]string{"p2", "m-b"}, 9, "p1-2-o3: m-a r31"},
		{[]string{"a12", "o1"}, 9, "p1-3-o3: a13 a23 m-d"},
		{[]string{"a12", "o1"}, 2, "-0-: "},
		{[]string{"a12", "o1", "m-d", "h"}, 9, "-0-: "},
	} {
		if got := s.shortest(t, store.Way{From: "p1", To: "o3", Without: tt.without, Length: tt.length, Most: 99}); got != tt.want {
			t.Errorf("at most %d without %v: %s, want %s", tt.length, tt.without, got, tt.want)
		}
	}
}

func shortestMany(t *testing.T, s *suite) {
	for most, want := range map[int]string{
		3: "p1-2-o3: a12 m-a m-b m-d r31", 2: "p1-2-o3: ", 0: "p1-2-o3: ", -1: "p1-2-o3: ",
	} {
		if got := s.shortest(t, store.Way{From: "p1", To: "o3", Length: 2, Most: most}); got != want {
			t.Errorf("at most %d ways: %s, want %s", most, got, want)
		}
	}
}

func shortestNone(t *testing.T, s *suite) {
	for _, ends := range [][2]string{{"p1", "p4"}, {"p4", "p1"}, {"p1", "nobody"}, {"nobody", "p1"}, {"nobody", "no one"}, {"p1", "p1"}, {"p1", "m-a"}, {"", "p1"}} {
		if got := s.shortest(t, store.Way{From: ends[0], To: ends[1], Length: 9, Most: 9}); got != "-0-: " {
			t.Errorf("%v: %s", ends, got)
		}
	}
}

func shortestValues(t *testing.T, s *suite) {
	w, err := s.Store().Shortest(t.Context(), statement.PublicView, store.Way{From: "o1", To: "p1", Length: 1, Keys: []string{"role", "nothing"}, Most: 9})
	if err != nil {
		t.Fatal(err)
	}
	want := store.Row{ID: "m-b", Type: "MEMBER_OF", From: "p1", To: "o1", Values: store.Values{{Key: "role", Data: "coordinadora"}}}
	if diff := cmp.Diff(want, w.Links[1]); diff != "" {
		t.Error(diff)
	}
}
