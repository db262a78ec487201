package network_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/store"
)

// asked counts what the network asks for.
type asked struct {
	network.Reader
	shortest, expand, read int
}

func (a *asked) Shortest(ctx context.Context, view store.View, q store.Way) (store.Ways, error) {
	a.shortest++
	return a.Reader.Shortest(ctx, view, q)
}

func (a *asked) Expand(ctx context.Context, view store.View, ids, relations, keys []string, limit int) ([]store.Links, error) {
	a.expand++
	return a.Reader.Expand(ctx, view, ids, relations, keys, limit)
}

func (a *asked) Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error) {
	a.read++
	return a.Reader.Read(ctx, view, budget, selections)
}

// chain gives the links of a way between two people over others: "u ana 3" is one of
// three links, over u1 and u2.
func chain(name string, length int) (entities, links []string) {
	at := "ana"
	for i := 1; i < length; i++ {
		next := fmt.Sprint(name, i)
		entities = append(entities, next+" Organization")
		links = append(links, at+" LINKED_TO "+next)
		at = next
	}
	return entities, append(links, at+" LINKED_TO ben")
}

// Where the store finds the ways, nothing that leads nowhere is looked at: one question
// where nothing has to be known of what is passed through.
func TestPathsAreAskedForDirectly(t *testing.T) {
	entities, links := []string{"ana Person", "ben Person"}, []string{"ana MEMBER_OF u1"}
	for name, length := range map[string]int{"u": 2, "v": 3, "w": 4, "x": 5} {
		e, l := chain(name, length)
		entities, links = append(entities, e...), append(links, l...)
	}
	s := graph(t, entities, links, value("u1", "unspecified", "true"), value("v2", "unspecified", "true"), value("w1", "unspecified", "true"))
	for _, tt := range []struct {
		name   string
		q      network.PathsQuery
		length int // of the first path
		paths  int
		out    string
		asks   [3]int
	}{
		{"anything is passed", network.PathsQuery{First: 1, Gates: network.Gates{Unspecified: true}}, 2, 1, "[]", [3]int{1, 0, 0}},
		{"more than the shortest", network.PathsQuery{First: 2, Gates: network.Gates{Unspecified: true}}, 2, 2, "[]", [3]int{1, 3, 0}},
		{"avoided", network.PathsQuery{First: 1, Gates: network.Gates{Unspecified: true, Avoid: []string{"u1"}}}, 3, 1, "[]", [3]int{1, 0, 1}},
		{"around what bars the way", network.PathsQuery{First: 1, Gates: network.Gates{Avoid: []string{"u1"}}}, 5, 1, "[v2 w1]", [3]int{3, 0, 4}},
		{"around too much of it", network.PathsQuery{First: 1}, 5, 1, "[u1 v2 w1]", [3]int{3, 5, 7}},
		{"bounded links", network.PathsQuery{First: 1, Gates: network.Gates{Unspecified: true, MaxDegree: 2}}, 3, 1, "[]", [3]int{2, 2, 0}},
		{"none at all", network.PathsQuery{First: 1, Scope: network.Scope{Relations: []string{"OWNER_OF"}}}, 0, 0, "[]", [3]int{1, 0, 0}},
		{"none wanted", network.PathsQuery{}, 0, 0, "[]", [3]int{0, 0, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &asked{Reader: s}
			tt.q.From, tt.q.To, tt.q.MaxLength = "ana", "ben", 6
			answer, err := walk(r, 1000).Paths(t.Context(), tt.q)
			if err != nil || len(answer.Paths) != tt.paths || tt.paths > 0 && len(answer.Paths[0].Steps) != tt.length {
				t.Errorf("%v %v", texts(answer.Paths), err)
			}
			if got := fmt.Sprint(answer.Unspecified); got != tt.out {
				t.Errorf("%s were left out, want %s", got, tt.out)
			}
			if got := [3]int{r.shortest, r.expand, r.read}; got != tt.asks {
				t.Errorf("asked %v, want %v", got, tt.asks)
			}
		})
	}
}

// Of very many ways that are as short, the first are found a layer at a time.
func TestVeryManyShortestPaths(t *testing.T) {
	entities, links := []string{"ana Person", "ben Person"}, []string{}
	for i := range 32 {
		entities = append(entities, fmt.Sprintf("x%02d Person", i), fmt.Sprintf("y%02d Person", i))
		links = append(links, fmt.Sprintf("ana LINKED_TO x%02d", i), fmt.Sprintf("y%02d LINKED_TO ben", i))
		for j := range 32 {
			links = append(links, fmt.Sprintf("x%02d LINKED_TO y%02d", i, j))
		}
	}
	s := graph(t, entities, links)
	q := network.PathsQuery{From: "ana", To: "ben", First: 40, MaxLength: 4}
	answer, err := walk(s, 5000).Paths(t.Context(), q)
	if err != nil || len(answer.Paths) != 40 || !slices.Equal(answer.Paths[39].Nodes, []string{"ana", "x01", "y07", "ben"}) {
		t.Errorf("%d paths, %v", len(answer.Paths), err)
	}
	answer, err = walk(s, 500).Paths(t.Context(), q)
	if _, tooMuch := errors.AsType[*network.TooMuch](err); !tooMuch || len(answer.Paths) > 0 {
		t.Errorf("%d paths, %v", len(answer.Paths), err)
	}
}
