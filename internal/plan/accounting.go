package plan

import (
	"slices"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/tally"
	"github.com/vinculo/vinculo/internal/vocab"
)

const releaseWave = "RELEASE_WAVE" // the kind of event that has an accounting

// accounting compiles the field of that name: what is counted of a release.
func (c *compiler) accounting(at *path, in *cell, got collected) (value, error) {
	in.want(keyKind)
	o, err := build(c, at, got, func(at *path, got collected) (writes[item], error) {
		switch got.name() {
		case "named":
			r, err := c.releases(at, in)
			return func(b []byte, _ *writer, it item) ([]byte, bool) { return appendScalar(b, people(r.read(it))) }, err
		case "basis":
			return c.basis(at, in, got)
		}
		l, err := c.ledger(at, in)
		if err != nil {
			return nil, err
		}
		switch got.name() {
		case "stated":
			return func(b []byte, _ *writer, it item) ([]byte, bool) { return appendScalar(b, l.read(it).wholes.counts()) }, nil
		case "placed":
			return func(b []byte, _ *writer, it item) ([]byte, bool) { return appendScalar(b, l.read(it).parts.counts()) }, nil
		}
		return countRange(c, at, got, func(it item) tally.Range { return l.read(it).unaccounted() })
	})
	return computed(func(b []byte, w *writer, it item) ([]byte, bool) {
		if it.row.Values.Text(keyKind) != releaseWave {
			return b, false
		}
		return o.append(b, w, it)
	}), err
}

// basis compiles what an accounting rests on.
func (c *compiler) basis(at *path, in *cell, got collected) (writes[item], error) {
	o, err := build(c, at, got, func(at *path, got collected) (writes[item], error) {
		if got.name() == "people" {
			return c.namedReleases(at, in, got)
		}
		l, err := c.ledger(at, in)
		if err != nil {
			return nil, err
		}
		whole := got.name() == "wholes"
		o, err := build(c, at, got, func(at *path, got collected) (writes[tallied], error) { return c.tallied(at, l, whole, got) })
		return func(b []byte, w *writer, it item) ([]byte, bool) {
			read := l.read(it)
			if whole {
				return appendEach(b, w, read.wholes, o.append), true
			}
			return appendEach(b, w, read.parts, o.append), true
		}, err
	})
	return o.append, err
}

// tallied compiles a field of a whole or of a part.
func (c *compiler) tallied(at *path, l ledger, whole bool, got collected) (writes[tallied], error) {
	switch got.name() {
	case "tally":
		// A part may have been found as one, and for itself.
		direct, err := c.rowShape(at, l.rows[0], got)
		if err != nil || whole {
			return func(b []byte, w *writer, t tallied) ([]byte, bool) { return direct.append(b, w, rowOf(t.Result)) }, err
		}
		asPart, err := c.rowShape(at, l.rows[1], got)
		return func(b []byte, w *writer, t tallied) ([]byte, bool) {
			return []*shape{direct, asPart}[t.level].append(b, w, rowOf(t.Result))
		}, err
	case "link":
		s, err := c.linkShape(at, l.rows[0], got)
		return func(b []byte, w *writer, t tallied) ([]byte, bool) { return s.append(b, w, linkOf(t.Result)) }, err
	case "places":
		var shapes [2]*shape
		for level := range shapes {
			var err error
			if shapes[level], err = c.linkShape(at, l.placeRows[level], got); err != nil {
				return nil, err
			}
		}
		return func(b []byte, w *writer, t tallied) ([]byte, bool) {
			return appendEach(b, w, t.places(l).Rows, func(b []byte, w *writer, r store.Result) ([]byte, bool) {
				return shapes[t.level].append(b, w, linkOf(&r))
			}), true
		}, nil
	}
	return countRange(c, at, got, func(t tallied) tally.Range { return t.open })
}

// released says where those are who were released in an event: the detentions, and of
// each the people who have a name.
type released struct {
	detentions, people        int
	detentionRows, peopleRows *rows
}

func (c *compiler) releases(at *path, in *cell) (r released, err error) {
	if _, known := in.index[keyReleases]; !known {
		if err := c.selection(at, 2); err != nil {
			return r, err
		}
	}
	r.detentions, r.detentionRows = in.whole(at, keyReleases, store.StepOf(vocab.TypeOf(vocab.Event).Field("released")))
	r.people, r.peopleRows = r.detentionRows.whole(at, "people", store.StepOf(vocab.TypeOf(vocab.Detention).Field("person")))
	r.peopleRows.Where = store.Compare{Property: vocab.TypeOf(vocab.Person).Property(keyName), Op: store.IsNull, Values: []any{false}}
	return r, nil
}

// namedRelease is a person, and a link by which they were released.
type namedRelease struct{ person, release *store.Result }

// read gives those who are named, by the ids of people, then of links.
func (r released) read(it item) (all []namedRelease) {
	detentions := it.page(r.detentions)
	for i := range detentions.Rows {
		release := &detentions.Rows[i]
		people := rowOf(release).page(r.people)
		for j := range people.Rows {
			all = append(all, namedRelease{&people.Rows[j], release})
		}
	}
	slices.SortFunc(all, compareReleases)
	return slices.CompactFunc(all, func(a, b namedRelease) bool { return compareReleases(a, b) == 0 })
}

// people gives the number of different ones.
func people(all []namedRelease) (n int) {
	for i := range all {
		if i == 0 || all[i].person.Row.ID != all[i-1].person.Row.ID {
			n++
		}
	}
	return n
}

// namedReleases compiles the list of them.
func (c *compiler) namedReleases(at *path, in *cell, got collected) (writes[item], error) {
	args, err := c.arguments(at, got.fields[0])
	if err != nil {
		return nil, err
	}
	page, err := c.page(at, args)
	if err != nil {
		return nil, err
	}
	r, err := c.releases(at, in)
	if err != nil {
		return nil, err
	}
	o, err := build(c, at, got, func(at *path, got collected) (writes[namedRelease], error) {
		if got.name() == "link" {
			s, err := c.linkShape(at, r.detentionRows, got)
			return func(b []byte, w *writer, n namedRelease) ([]byte, bool) { return s.append(b, w, linkOf(n.release)) }, err
		}
		s, err := c.rowShape(at, r.peopleRows, got)
		return func(b []byte, w *writer, n namedRelease) ([]byte, bool) { return s.append(b, w, rowOf(n.person)) }, err
	})
	return func(b []byte, w *writer, it item) ([]byte, bool) {
		all := r.read(it)
		return appendEach(b, w, all[:min(page.First, len(all))], o.append), true
	}, err
}
