package interchange

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// strictly is the pass of a strict import before it writes: over each line, with what
// the store has of the ids that it uses.
type strictly struct {
	*run
	seed  maphash.Seed
	said  map[uint64]uint64 // what the statements of these files say, by their ids
	lines []readLine        // not compared with the store yet
}

// checkAll is what a strict import does before it writes.
func (r *run) checkAll(ctx context.Context) error {
	c := &strictly{run: r, seed: maphash.MakeSeed(), said: map[uint64]uint64{}}
	err := r.learnEnds(ctx)
	if err == nil {
		err = r.each(ctx, sort.isStatement, c.line)
	}
	if err == nil {
		err = c.compare(ctx)
	}
	if err == nil && r.report.Bad > 0 {
		err = fmt.Errorf("%w: nothing was imported", ErrStrict)
	}
	return err
}

// learnEnds asks the store for the types of what the files use and do not type,
// unless they retract something: it may be such a type.
func (r *run) learnEnds(ctx context.Context) error {
	if r.Reader == nil || len(r.retracted) > 0 {
		return nil
	}
	ids := map[string]bool{}
	err := r.each(ctx, sort.isStatement, func(_ context.Context, _ place, line entry) error {
		s := line.statement
		for _, id := range []string{s.Subject, s.Entity, s.Source, s.ClaimedBy} {
			if id != "" && id != vocab.Editorial && r.types[id] == "" {
				ids[id] = true
			}
		}
		return nil
	})
	for chunk := range slices.Chunk(slices.Collect(maps.Keys(ids)), statement.MaxStatements) {
		there, wrong := r.typesThere(ctx, chunk)
		if err = cmp.Or(err, wrong); err != nil {
			break
		}
		for _, id := range chunk {
			if there[id] != "" {
				r.types[id], r.there[id] = there[id], true
			}
		}
	}
	return err
}

// line checks a line by itself, with the types of all that it speaks of, and with
// earlier lines. What is left to check takes the store.
func (c *strictly) line(ctx context.Context, at place, line entry) error {
	s := line.statement
	if !c.fits(at, s) {
		return nil
	}
	if s.ID != "" {
		id, said := maphash.String(c.seed, s.ID), maphash.String(c.seed, saying(s))
		if known, twice := c.said[id]; twice && known != said {
			c.bad(at, fmt.Errorf("id: an earlier line has a statement %s with other content: choose another id", s.ID))
			return nil
		}
		c.said[id] = said
	}
	if s.ID == "" && s.Property != vocab.TypeProperty {
		return nil
	}
	if c.lines = append(c.lines, readLine{at, line}); len(c.lines) == statement.MaxStatements {
		return c.compare(ctx)
	}
	return nil
}

// compare checks the lines that have gathered: a statement that the store has under
// their id says the same, and a type is the one that its entity has.
func (c *strictly) compare(ctx context.Context) error {
	rows, err := c.rowsThere(ctx)
	if err != nil {
		return err
	}
	for _, l := range c.lines {
		s := l.statement
		row, typ := rows[s.ID], c.types[s.Subject]
		switch {
		case row != nil:
			if key := differs(s, row); key != "" {
				c.bad(l.place, fmt.Errorf("id: the store has a statement %s with other content (%s): choose another id", s.ID, key))
			}
		case s.Property == vocab.TypeProperty && typ != retyped && typ != s.Value:
			where := "by an earlier line"
			if c.there[s.Subject] {
				where = "in the store"
			}
			c.bad(l.place, fmt.Errorf("type: %s is %s %s", s.Subject, typ, where))
		}
	}
	c.lines = c.lines[:0]
	return nil
}

// rowsThere gives the store's statements of the lines' ids.
func (c *strictly) rowsThere(ctx context.Context) (map[string]*store.Row, error) {
	var ids []string
	for _, l := range c.lines {
		if l.statement.ID != "" {
			ids = append(ids, l.statement.ID)
		}
	}
	if c.Reader == nil || len(ids) == 0 {
		return nil, nil
	}
	pages, err := c.Reader.Read(ctx, store.FullView, len(ids), []store.Selection{{
		Of: store.StatementRows, IDs: ids, Page: store.PageOf{First: len(ids)}, Keys: []string{
			statement.KeySubject, statement.KeySubjectRecord, statement.KeyProperty, statement.KeyText, statement.KeyLang, statement.KeyEntity, statement.KeyEntityRecord,
			statement.KeyLink, statement.KeyQualifiers, statement.KeySource, statement.KeyLocator, statement.KeyWords, statement.KeyAttribution, statement.KeyDenies,
		},
	}})
	if err != nil {
		return nil, fmt.Errorf("asking the store for statements of the files: %w", err)
	}
	rows := map[string]*store.Row{}
	for _, result := range pages[0].Rows {
		rows[result.Row.ID] = result.Row
	}
	return rows, nil
}

// differs tells a key of which a line says other than the store, "" if there is none
// that tells for certain: what set lines decide may have been set since, a source or
// claimant may go by another id, and a link without an id has one that only the store
// knows.
func differs(s *statement.Statement, row *store.Row) string {
	n, v := s.Normalized(), row.Values
	link := v.Text(statement.KeyLink)
	for _, f := range []struct{ key, here, there string }{
		{"subject", n.Subject, cmp.Or(v.Text(statement.KeySubjectRecord), v.Text(statement.KeySubject))},
		{"property", n.Property, v.Text(statement.KeyProperty)},
		{"value", n.Value, v.Text(statement.KeyText)},
		{"lang", n.Lang, v.Text(statement.KeyLang)},
		{"entity", n.Entity, cmp.Or(v.Text(statement.KeyEntityRecord), v.Text(statement.KeyEntity))},
		{"link", cmp.Or(n.Link, link), link},
		{"qualifiers", qualifiersOf(n), v.Text(statement.KeyQualifiers)},
		{"source", n.Source, cmp.Or(v.Text(statement.KeySource), n.Source)},
		{"locator", n.Locator, v.Text(statement.KeyLocator)},
		{"words", n.Words, v.Text(statement.KeyWords)},
		{"attribution", n.Attribution, v.Text(statement.KeyAttribution)},
	} {
		if f.here != f.there {
			return f.key
		}
	}
	if n.Denies != (v.Get(statement.KeyDenies) == true) {
		return "denies"
	}
	return ""
}

// qualifiersOf writes a normalized statement's qualifiers as rows hold them.
func qualifiersOf(s statement.Statement) string {
	if len(s.Qualifiers) == 0 {
		return ""
	}
	text, _ := json.Marshal(s.Qualifiers) // strings: it cannot fail, and map keys are sorted
	return string(text)
}

// saying gives what a statement says, but for what set lines may decide.
func saying(s *statement.Statement) string {
	said := s.Normalized()
	qualifiers := qualifiersOf(said)
	said.ID, said.At, said.By, said.Rank, said.Visibility, said.Verification, said.Qualifiers = "", "", "", "", "", "", nil
	return content(said) + qualifiers
}
