package plan

import (
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// corroborated writes whether two independent sources say the same: sources whose
// publishers are known and have none in common, neither of which is derived from
// the other, nor both from a third.
type corroborated struct {
	witnesses
	placed bool // the row is itself a statement: one that can become no value is not corroborated
}

// witnesses says where the statements and their sources are found.
type witnesses struct {
	child   int // of the cell: the statements
	sourced sourced
}

// sourced says where a statement's source is found, and what is asked of it.
type sourced struct{ source, publishers, derived int }

// witnesses asks for the statements whose value of theirs is the row's value of
// mine, and for their sources.
func (c *compiler) witnesses(at *path, in *cell, theirs, mine string) witnesses {
	child, r := in.child(at, "corroborated", store.Nested{Theirs: theirs, Mine: mine, Selection: store.Selection{
		Of: store.StatementRows, Where: inForce, Page: store.PageOf{First: store.Everything},
	}})
	r.wanted = true
	return witnesses{child, sourcesOf(at, &r.cell)}
}

// sourcesOf asks for what of statements tells whether they corroborate each other.
func sourcesOf(at *path, statements *cell) sourced {
	statements.want(statement.KeyPlace)
	s := sourced{}
	var r *rows
	s.source, r = statements.reference(at, statement.KeySource, store.Entities)
	s.publishers = r.all(at, vocab.PublishedBy)
	s.derived = r.all(at, vocab.DerivedFrom)
	return s
}

// all asks for everything that the rows' links of a relation lead to.
func (r *rows) all(at *path, relation string) int {
	child, far := r.cell.child(at, "all "+relation, store.Nested{
		Step:      &store.Step{Relations: []string{relation}, Out: true},
		Selection: store.Selection{Page: store.PageOf{First: store.Everything}},
	})
	far.wanted = true
	return child
}

func (v corroborated) append(b []byte, _ *writer, it item) ([]byte, bool) {
	holds := !v.placed || it.row.Values.Get(statement.KeyPlace) != nil
	if holds {
		p := it.page(v.child)
		statements := make([]*store.Result, len(p.Rows))
		for i := range p.Rows {
			statements[i] = &p.Rows[i]
		}
		holds = v.sourced.independent(statements)
	}
	return appendScalar(b, holds)
}

// independent reports whether two of the statements that can become a value have
// sources that do not rest on each other.
func (s sourced) independent(statements []*store.Result) bool {
	var sources []*store.Result
	for _, r := range statements {
		if r.Row.Values.Get(statement.KeyPlace) == nil {
			continue
		}
		p := rowOf(r).page(s.source)
		if len(p.Rows) == 0 || slices.ContainsFunc(sources, func(o *store.Result) bool { return o.Row.ID == p.Rows[0].Row.ID }) {
			continue
		}
		source := &p.Rows[0]
		if slices.ContainsFunc(sources, func(o *store.Result) bool { return s.apart(source, o) }) {
			return true
		}
		sources = append(sources, source)
	}
	return false
}

// apart reports whether two sources are independent of each other.
func (s sourced) apart(a, b *store.Result) bool {
	ours, theirs := rowOf(a).page(s.publishers), rowOf(b).page(s.publishers)
	if len(ours.Rows) == 0 || len(theirs.Rows) == 0 || shareRow(ours, theirs) {
		return false
	}
	from, other := rowOf(a).page(s.derived), rowOf(b).page(s.derived)
	return !holdsRow(from, b.Row.ID) && !holdsRow(other, a.Row.ID) && !shareRow(from, other)
}

func shareRow(a, b *store.Page) bool {
	return slices.ContainsFunc(a.Rows, func(r store.Result) bool { return holdsRow(b, r.Row.ID) })
}

func holdsRow(p *store.Page, id string) bool {
	return slices.ContainsFunc(p.Rows, func(r store.Result) bool { return r.Row.ID == id })
}
