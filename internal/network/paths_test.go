package network_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// random is a small graph, known twice: in a store, and here.
type random struct {
	store       network.Reader
	ids         []string
	typeOf      map[string]string
	unspecified map[string]bool
	links       []store.Row // with verification as Values
}

func drawGraph(t *rapid.T) random {
	r := random{typeOf: map[string]string{}, unspecified: map[string]bool{}}
	var entities, links []string
	var more []statement.Statement
	for i := range rapid.SampledFrom([]int{2, 3, 4, 5, 6, 8, 8, 13}).Draw(t, "entities") {
		id := fmt.Sprint("e", i)
		r.ids = append(r.ids, id)
		r.typeOf[id] = rapid.SampledFrom([]string{vocab.Person, vocab.Organization, vocab.Event}).Draw(t, "type")
		entities = append(entities, id+" "+r.typeOf[id])
		if r.typeOf[id] == vocab.Organization && rapid.IntRange(0, 2).Draw(t, "unspecified") == 0 {
			r.unspecified[id] = true
			more = append(more, value(id, vocab.Unspecified, "true"))
		}
	}
	for range rapid.IntRange(0, 18).Draw(t, "links") {
		from, to := rapid.SampledFrom(r.ids).Draw(t, "from"), rapid.SampledFrom(r.ids).Draw(t, "to")
		if from == to {
			continue
		}
		id, relation := fmt.Sprint("l", len(links)), rapid.SampledFrom([]string{"LINKED_TO", "LINKED_TO", "OWNER_OF"}).Draw(t, "relation")
		if relation == "OWNER_OF" && r.typeOf[from] == vocab.Event {
			continue
		}
		links = append(links, from+" "+relation+" "+to)
		r.links = append(r.links, store.Row{ID: id, Type: relation, From: from, To: to})
	}
	r.store = graph(t, entities, links, more...)
	return r
}

func drawQuery(t *rapid.T, r random) network.PathsQuery {
	ends := rapid.Permutation(r.ids).Draw(t, "ends")
	q := network.PathsQuery{From: ends[0], To: ends[1], First: rapid.IntRange(1, 30).Draw(t, "first"), MaxLength: rapid.IntRange(1, 8).Draw(t, "length")}
	q.MaxDegree = rapid.SampledFrom([]int{0, 0, 2, 4}).Draw(t, "degree")
	q.Gates.Unspecified = rapid.Bool().Draw(t, "through")
	if rapid.IntRange(0, 3).Draw(t, "avoiding") == 0 {
		q.Avoid = []string{rapid.SampledFrom(r.ids).Draw(t, "avoid"), "l0"}
		q.Avoid = slices.DeleteFunc(q.Avoid, func(id string) bool { return id == q.From || id == q.To })
	}
	if rapid.IntRange(0, 3).Draw(t, "typed") == 0 {
		q.Types = []string{vocab.Person, vocab.Organization}
	}
	if rapid.IntRange(0, 3).Draw(t, "related") == 0 {
		q.Relations = []string{"LINKED_TO"}
	}
	return q
}

// everyPath finds the answer by trying everything.
func everyPath(r random, q network.PathsQuery) []string {
	counts := func(l store.Row) bool { return q.Relations == nil || slices.Contains(q.Relations, l.Type) }
	degree := func(id string) (n int) {
		for _, l := range r.links {
			if counts(l) && (l.From == id || l.To == id) {
				n++
			}
		}
		return n
	}
	passable := func(id string) bool {
		return !slices.Contains(q.Avoid, id) && (q.Types == nil || slices.Contains(q.Types, r.typeOf[id])) &&
			(q.Gates.Unspecified || !r.unspecified[id]) && (q.MaxDegree == 0 || degree(id) <= q.MaxDegree)
	}
	var found []network.Path
	var from func(p network.Path)
	from = func(p network.Path) {
		at := p.Nodes[len(p.Nodes)-1]
		if at == q.To {
			found = append(found, network.Path{Nodes: slices.Clone(p.Nodes), Steps: slices.Clone(p.Steps)})
			return
		}
		if len(p.Steps) == q.MaxLength || at != q.From && !passable(at) {
			return
		}
		for _, far := range r.ids {
			var step []store.Row
			for _, l := range r.links {
				if counts(l) && !slices.Contains(q.Avoid, l.ID) && (l.From == at && l.To == far || l.From == far && l.To == at) {
					step = append(step, l)
				}
			}
			slices.SortFunc(step, func(a, b store.Row) int { return cmp.Compare(a.ID, b.ID) })
			if len(step) > 0 && !slices.Contains(p.Nodes, far) {
				from(network.Path{Nodes: append(slices.Clone(p.Nodes), far), Steps: append(slices.Clone(p.Steps), step)})
			}
		}
	}
	from(network.Path{Nodes: []string{q.From}})
	slices.SortStableFunc(found, func(a, b network.Path) int {
		return cmp.Or(cmp.Compare(len(a.Nodes), len(b.Nodes)), slices.Compare(a.Nodes, b.Nodes))
	})
	return texts(found[:min(q.First, len(found))])
}

func TestPathsAreThoseThatTryingEverythingFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawGraph(t)
		for range 3 {
			q := drawQuery(t, r)
			answer, err := walk(r.store, 1000).Paths(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := texts(answer.Paths), everyPath(r, q); !slices.Equal(got, want) {
				t.Fatalf("%+v\ngot  %q\nwant %q", q, got, want)
			}
			for _, id := range answer.Unspecified {
				if !r.unspecified[id] || q.Gates.Unspecified || id == q.From || id == q.To {
					t.Fatalf("%+v leaves out %s as unspecified", q, id)
				}
			}
			for _, h := range answer.Hubs {
				if q.MaxDegree == 0 || h.Links <= q.MaxDegree || h.ID == q.From || h.ID == q.To {
					t.Fatalf("%+v leaves out %v as a hub", q, h)
				}
			}
		}
	})
}

// What was found when the bound is met is right, and all of it is the beginning of
// what there is.
func TestPathsWithinABoundAreTheFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawGraph(t)
		q := drawQuery(t, r)
		answer, err := walk(r.store, rapid.IntRange(0, 20).Draw(t, "bound")).Paths(t.Context(), q)
		got, want := texts(answer.Paths), everyPath(r, q)
		if _, tooMuch := errors.AsType[*network.TooMuch](err); tooMuch {
			want = want[:min(len(got), len(want))]
		} else if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%+v: %v\ngot  %q\nwant %q", q, err, got, want)
		}
	})
}

func TestPathsTellWhatTheyLeaveOut(t *testing.T) {
	s := graph(t, []string{"ana Person", "ben Person", "force Organization", "party Organization", "x1 Person", "x2 Person", "pal Person"}, []string{
		"ana LINKED_TO force", "ben LINKED_TO force", "ana MEMBER_OF party", "ben MEMBER_OF party", "x1 MEMBER_OF party", "x2 MEMBER_OF party",
		"ana ASSOCIATE_OF pal", "ben ASSOCIATE_OF pal",
	}, value("force", vocab.Unspecified, "true"))
	q := network.PathsQuery{From: "ana", To: "ben", First: 9, MaxLength: 4, Gates: network.Gates{MaxDegree: 3}}
	answer, err := walk(s, 100).Paths(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "paths", texts(answer.Paths), []string{"ana -l6- pal -l7- ben"})
	if got := fmt.Sprint(answer.LeftOut); got != "{[{party 4}] [force]}" {
		t.Error(got)
	}
	q.Gates = network.Gates{Unspecified: true, MaxDegree: 4}
	if answer, err = walk(s, 100).Paths(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	same(t, "paths", texts(answer.Paths), []string{"ana -l0- force -l1- ben", "ana -l6- pal -l7- ben", "ana -l2- party -l3- ben"})
	if got := fmt.Sprint(answer.LeftOut); got != "{[] []}" {
		t.Error(got)
	}
	for _, q := range []network.PathsQuery{
		{From: "ana", To: "nobody", First: 9, MaxLength: 4},
		{From: "ana", To: "ben", First: 9, MaxLength: 1},
		{From: "ana", To: "ben", First: 9, MaxLength: 4, Scope: network.Scope{Types: []string{}}},
		{From: "ana", To: "ben", First: 9, MaxLength: 4, Scope: network.Scope{Relations: []string{}}},
	} {
		if answer, err := walk(s, 100).Paths(t.Context(), q); err != nil || len(answer.Paths) > 0 {
			t.Errorf("%+v: %v %v", q, answer.Paths, err)
		}
	}
}

// What the vocabulary sets aside joins nothing unless it is named.
func TestWhatIsSetAsideIsLeftOutUnlessNamed(t *testing.T) {
	s := graph(t, []string{"ana Person", "ben Person", "article Source"}, []string{"article MENTIONS ana", "article MENTIONS ben"})
	q := network.PathsQuery{From: "ana", To: "ben", First: 9, MaxLength: 4}
	for want, relations := range map[string][]string{"[]": nil, "[ana -l0- article -l1- ben]": {"MENTIONS"}} {
		q.Relations = relations
		if answer, err := walk(s, 100).Paths(t.Context(), q); err != nil || fmt.Sprint(texts(answer.Paths)) != want {
			t.Errorf("%v: %v %v", relations, texts(answer.Paths), err)
		}
	}
}

func TestPathsOverLinksThatHold(t *testing.T) {
	s := graph(t, []string{"ana Person", "ben Person"}, []string{"ana ASSOCIATE_OF ben", "ana RELATIVE_OF ben"},
		statement.Statement{ID: "v", Subject: "ana", Property: "RELATIVE_OF", Entity: "ben", Link: "l1", Verification: "DOCUMENT", Source: "source"})
	verification := vocab.LinkProperties[slices.IndexFunc(vocab.LinkProperties, func(p *vocab.Property) bool { return p.Name == statement.KeyVerification })]
	for _, tt := range []struct{ least, want string }{{"UNVERIFIED", "[ana -l0,l1- ben]"}, {"NGO_VERIFIED", "[ana -l1- ben]"}} {
		q := network.PathsQuery{From: "ana", To: "ben", First: 9, MaxLength: 4}
		q.Links = store.All{store.Compare{Property: verification, Op: store.Gte, Values: []any{tt.least}}}
		if answer, err := walk(s, 100).Paths(t.Context(), q); err != nil || fmt.Sprint(texts(answer.Paths)) != tt.want {
			t.Errorf("%s: %v %v", tt.least, texts(answer.Paths), err)
		}
	}
}

// In a graph where all are near to all there are more paths than could ever be
// looked at: the first ones come at once, and a bound ends what is too much.
func TestADenseGraphDoesNotRunAway(t *testing.T) {
	var entities, links []string
	for i := range 60 {
		entities = append(entities, "e"+strconv.Itoa(i)+" Person")
		for j := range i {
			if i != 1 || j != 0 {
				links = append(links, fmt.Sprintf("e%d LINKED_TO e%d", i, j))
			}
		}
	}
	s := graph(t, entities, links)
	answer, err := walk(s, 50_000).Paths(t.Context(), network.PathsQuery{From: "e0", To: "e1", First: 100, MaxLength: 8})
	if err != nil || len(answer.Paths) != 100 || len(answer.Paths[57].Nodes) != 3 || len(answer.Paths[58].Nodes) != 4 {
		t.Errorf("%d paths, %v", len(answer.Paths), err)
	}
	answer, err = walk(s, 200).Paths(t.Context(), network.PathsQuery{From: "e0", To: "e1", First: 100, MaxLength: 8})
	if _, tooMuch := errors.AsType[*network.TooMuch](err); !tooMuch || len(answer.Paths) != 58 {
		t.Errorf("%d paths, %v", len(answer.Paths), err)
	}
}
