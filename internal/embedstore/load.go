package embedstore

import (
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// load reads the graph from the file.
func load(tx *bolt.Tx) (*graph, error) {
	g, shared := newGraph(), texts{}
	var nodes turnover[*node]
	err := eachRow(tx.Bucket(entityRows), shared, func(t statement.Twin) {
		g.putEntity(t, &nodes)
	})
	if err != nil {
		return nil, err
	}
	versions := tx.Bucket(versionBucket)
	for id, n := range g.nodes {
		n.versions = decodeVersions(versions.Get([]byte(id)))
	}
	var links turnover[*link]
	err = eachRow(tx.Bucket(linkRows), shared, func(t statement.Twin) {
		if !t.Gone() {
			g.loadLink(t, &links)
		}
	})
	if err != nil {
		return nil, err
	}
	for _, n := range g.nodes {
		for _, ends := range [][]adjacent{n.out, n.in} {
			for _, a := range ends {
				slices.SortFunc(a.links, byFarEnd(n))
			}
		}
	}
	g.byType.turn(nodes)
	g.byKind.turn(links)
	return g, nil
}

// loadLink is putLink for many: the lists at both ends are to be sorted afterwards.
func (g *graph) loadLink(t statement.Twin, changes *turnover[*link]) {
	l := &link{
		id: t.ID, relation: t.Full.Type, from: g.node(t.Full.From), to: g.node(t.Full.To),
		rows: views[*store.Row]{statement.PublicView: t.Public, statement.FullView: t.Full},
	}
	g.links[l.id] = l
	l.from.out = appended(l.from.out, l)
	l.to.in = appended(l.to.in, l)
	changes.move(l, "", l.relation)
}

func appended(ends []adjacent, l *link) []adjacent {
	for i := range ends {
		if ends[i].relation == l.relation {
			ends[i].links = append(ends[i].links, l)
			return ends
		}
	}
	return append(ends, adjacent{relation: l.relation, links: []*link{l}})
}

func eachRow(b *bolt.Bucket, shared texts, f func(statement.Twin)) error {
	return b.ForEach(func(id, data []byte) error {
		t, err := decodeTwin(shared.text(id), data, shared)
		if err != nil {
			return damaged(fmt.Sprintf("row %s", id), err.Error())
		}
		f(t)
		return nil
	})
}
