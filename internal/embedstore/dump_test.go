package embedstore

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

// contents gives all that the buckets of a store hold.
func contents(t rapid.TB, s *Store, buckets ...[]byte) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := s.db.View(func(tx *bolt.Tx) error {
		for _, name := range buckets {
			err := tx.Bucket(name).ForEach(func(k, v []byte) error {
				all[fmt.Sprintf("%s %q", name, k)] = string(v)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("read the buckets: %v", err)
	}
	return all
}

// difference is cmp.Diff for what is nearly always equal, which it takes long to find.
func difference[T any](a, b T) string {
	if reflect.DeepEqual(a, b) {
		return ""
	}
	return cmp.Diff(a, b)
}

// drawn is a graph in a form that compares.
type drawn struct {
	Nodes, Links   map[string]any
	ByType, ByKind map[string]any
}

func draw(g *graph) drawn {
	d := drawn{map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{}}
	for n := range g.nodes.all() {
		d.Nodes[n.id] = struct {
			Row      record
			Type     string
			Versions views[uint64]
			Links    string
		}{n.row, n.typ.String(), n.versions, names(n.links)}
	}
	for l := range g.links.all() {
		d.Links[l.id] = struct {
			Row                record
			Relation, From, To string
		}{l.row, l.relation.String(), l.from.id, l.to.id}
	}
	drawListings(g.byType, d.ByType)
	drawListings(g.byKind, d.ByKind)
	return d
}

func drawListings[T named](listings map[word]*listing[T], into map[string]any) {
	for of, l := range listings {
		if list := l.ordered(); len(list) > 0 || l.counts != (views[int]{}) {
			into[of.String()] = struct {
				Names  string
				Counts views[int]
			}{names(list), l.counts}
		}
	}
}

func names[T named](list []T) string {
	var all []string
	for _, thing := range list {
		all = append(all, thing.name())
	}
	return strings.Join(all, " ")
}

// sameGraph checks that memory holds what the file says.
func sameGraph(t rapid.TB, s *Store) {
	t.Helper()
	err := s.db.View(func(tx *bolt.Tx) error {
		loaded, err := load(tx)
		if err != nil {
			return err
		}
		if diff := difference(draw(loaded), draw(s.graph)); diff != "" {
			t.Fatalf("memory is not what the file says (-file +memory):\n%s", diff)
		}
		return nil
	})
	if err != nil {
		t.Errorf("load: %v", err)
	}
}
