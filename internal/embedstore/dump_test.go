package embedstore

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
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
	ByType, ByKind map[string]string
}

func draw(g *graph) drawn {
	d := drawn{map[string]any{}, map[string]any{}, map[string]string{}, map[string]string{}}
	for id, n := range g.nodes {
		d.Nodes[id] = struct {
			Rows     views[store.Row]
			Versions views[uint64]
			Ends     map[string]string
			Shared   bool
		}{rowsOf(n.rows), n.versions, endsOf(n), shared(n.rows)}
	}
	for id, l := range g.links {
		d.Links[id] = struct {
			Rows     views[store.Row]
			From, To string
			Shared   bool
		}{rowsOf(l.rows), l.from.id, l.to.id, shared(l.rows)}
	}
	for typ, list := range g.byType {
		if len(list) > 0 {
			d.ByType[typ] = names(list)
		}
	}
	for relation, list := range g.byKind {
		if len(list) > 0 {
			d.ByKind[relation] = names(list)
		}
	}
	return d
}

func rowsOf(rows views[*store.Row]) (copies views[store.Row]) {
	for v, row := range rows {
		if row != nil {
			copies[v] = *row
		}
	}
	return copies
}

func shared(rows views[*store.Row]) bool {
	return rows[statement.PublicView] == rows[statement.FullView]
}

func endsOf(n *node) map[string]string {
	ends := map[string]string{}
	for _, a := range n.out {
		ends["out "+a.relation] = names(a.links)
	}
	for _, a := range n.in {
		ends["in "+a.relation] = names(a.links)
	}
	return ends
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
