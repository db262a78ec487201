package storetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

var expanding = subject{name: "expand", data: nestedData, cases: []sentence{
	{"Expand gives the links of the relations (none: all) at each of the entities, read from either end", expandAll},
	{"by entity in the order of ids; those of one entity in the order of link ids, at most limit of them", expandInOrder},
	{"Total counts them all", expandTotals},
	{"An entity that the view does not have has no links; an id named twice is answered twice", expandUnknown},
	{"with the values of the keys", expandValues},
}}

// linkKeys are all values that links can have.
var linkKeys = keysOf(store.LinkRows, nil)

func (s *suite) expand(t *testing.T, ids, relations []string, limit int) []store.Links {
	t.Helper()
	links, err := s.Store().Expand(t.Context(), statement.PublicView, ids, relations, linkKeys, limit)
	if err != nil {
		t.Fatalf("expand: %v", err)
	}
	return links
}

// linksText writes the links of each entity and how many there are in all.
func linksText(list []store.Links) string {
	var texts []string
	for _, l := range list {
		var ids []string
		for _, link := range l.Links {
			ids = append(ids, link.ID)
		}
		texts = append(texts, fmt.Sprintf("%s: %s (%d)", l.Entity, strings.Join(ids, " "), l.Total))
	}
	return strings.Join(texts, "; ")
}

func expandAll(t *testing.T, s *suite) {
	for _, tt := range []struct {
		ids, relations []string
		want           string
	}{
		{[]string{"p1"}, nil, "p1: a12 a13 h m-a m-b (5)"},
		{[]string{"o1"}, nil, "o1: m-a m-b m-c m-e r12 r31 (6)"},
		{[]string{"o1"}, []string{"PART_OF"}, "o1: r12 r31 (2)"},
		{[]string{"d1", "o3"}, []string{"PART_OF", "RELEASED_IN", "HELD_AT"}, "d1: z (1); o3: r23 r31 (2)"},
		{[]string{"p3"}, []string{"ASSOCIATE_OF"}, "p3: a13 a23 (2)"},
		{nil, nil, ""},
	} {
		if got := linksText(s.expand(t, tt.ids, tt.relations, 100)); got != tt.want {
			t.Errorf("%v by %v: %s, want %s", tt.ids, tt.relations, got, tt.want)
		}
	}
}

func expandInOrder(t *testing.T, s *suite) {
	got := linksText(s.expand(t, []string{"p2", "d1", "p1"}, nil, 2))
	if want := "p2: a12 a23 (4); d1: h z (2); p1: a12 a13 (5)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func expandTotals(t *testing.T, s *suite) {
	if got := linksText(s.expand(t, []string{"p1", "p4"}, nil, 0)); got != "p1:  (5); p4:  (0)" {
		t.Error(got)
	}
}

func expandUnknown(t *testing.T, s *suite) {
	got := linksText(s.expand(t, []string{"nobody", "d1", "p4", "d1", "m-b"}, []string{"HAS_DETENTION"}, 9))
	if want := "nobody:  (0); d1: h (1); p4:  (0); d1: h (1); m-b:  (0)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func expandValues(t *testing.T, s *suite) {
	link := s.expand(t, []string{"p1"}, []string{"MEMBER_OF"}, 9)[0].Links[1]
	want := store.Row{ID: "m-b", Type: "MEMBER_OF", From: "p1", To: "o1", Values: store.Values{
		{Key: "attribution", Data: "STATED"}, {Key: "disputed", Data: false}, {Key: "rank", Data: "NORMAL"},
		{Key: "role", Data: "coordinadora"}, {Key: "verification", Data: "UNVERIFIED"},
	}}
	if diff := cmp.Diff(want, link); diff != "" {
		t.Error(diff)
	}
	links, err := s.Store().Expand(t.Context(), statement.PublicView, []string{"p1"}, []string{"MEMBER_OF"}, []string{"role", "nothing"}, 9)
	if err != nil {
		t.Fatal(err)
	}
	want.Values = store.Values{{Key: "role", Data: "coordinadora"}}
	if diff := cmp.Diff(want, links[0].Links[1]); diff != "" {
		t.Error(diff)
	}
}
