package embedstore

import (
	"fmt"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"
)

// load reads the graph from the file.
func load(tx *bolt.Tx) (*graph, error) {
	g, shared := newGraph(), records{}
	err := eachRow(tx.Bucket(entityRows), func(id string, h head, row record) {
		n := &node{id: id, row: shared.record(row), flags: row.flags(), typ: wordOf[h.typ]}
		g.nodes.add(n)
		listed(g.byType, n.typ).load(n, n.listedIn)
		g.rename(n, func(former map[string]string, id string) { former[id] = n.id })
	})
	if err != nil {
		return nil, err
	}
	var links []*link
	err = eachRow(tx.Bucket(linkRows), func(id string, h head, row record) {
		l := &link{id: id, row: shared.record(row), flags: row.flags(), relation: wordOf[h.typ], from: g.node(h.from), to: g.node(h.to)}
		links = append(links, l)
		listed(g.byKind, l.relation).load(l, l.shows)
	})
	if err != nil {
		return nil, err
	}
	var table sync.WaitGroup
	table.Go(func() { g.links = tableOf(links) })
	attachAll(links)
	table.Wait()
	return g, tx.Bucket(versionBucket).ForEach(func(id, data []byte) error {
		if n := g.nodes.get(string(id)); n != nil {
			n.versions = decodeVersions(data)
		}
		return nil
	})
}

func eachRow(b *bolt.Bucket, f func(string, head, record)) error {
	return b.ForEach(func(id, data []byte) error {
		h, row, err := split(string(data))
		if err != nil {
			return damaged(fmt.Sprintf("row %s", id), err.Error())
		}
		f(string(id), h, row)
		return nil
	})
}

// records makes equal short records one in memory: most links say no more than that
// they are stated.
type records map[record]record

const maxShared = 32 // bytes

func (all records) record(r record) record {
	if len(r) > maxShared {
		return r
	}
	if known, ok := all[r]; ok {
		return known
	}
	all[r] = r
	return r
}

// attachAll adds all links to their ends.
func attachAll(links []*link) {
	degree := map[*node]int{}
	for _, l := range links {
		for _, n := range l.ends() {
			degree[n]++
		}
	}
	nodes := make([]*node, 0, len(degree))
	for n, d := range degree {
		n.links = make([]*link, 0, d)
		nodes = append(nodes, n)
	}
	for _, l := range links {
		for _, n := range l.ends() {
			n.links = append(n.links, l)
		}
	}
	var sorting sync.WaitGroup
	for part := range slices.Chunk(nodes, len(nodes)/2+1) {
		sorting.Go(func() {
			for _, n := range part {
				slices.SortFunc(n.links, n.compareLinks)
			}
		})
	}
	sorting.Wait()
}
