package doctor

import (
	"context"
	"fmt"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// ownersBatch is how many owners are looked at in one state, beside those that are
// projected with them.
const ownersBatch = 100

// owners checks all that is stored of each owner against its statements.
func (c *check) owners(ctx context.Context) error {
	c.done = map[string]bool{}
	for after := ""; ; c.progress() {
		var owners []string
		err := c.store.Still(ctx, func(s State) (err error) {
			owners, err = s.Owners(after, ownersBatch)
			return err
		})
		if err != nil {
			return fmt.Errorf("what follows %q: %w", after, err)
		}
		if len(owners) == 0 {
			return nil
		}
		after = owners[len(owners)-1]
		if err := c.look(ctx, owners); err != nil {
			return err
		}
	}
}

// look checks owners together. If something about them cannot be read, it finds out
// of whom, and checks the others.
func (c *check) look(ctx context.Context, owners []string) error {
	owners = slices.DeleteFunc(slices.Clone(owners), func(id string) bool {
		done := c.done[id]
		delete(c.done, id)
		return done
	})
	if len(owners) == 0 {
		return nil
	}
	var g *glance
	err := c.store.Still(ctx, func(s State) error {
		g = &glance{State: s, owners: owners, done: c.done}
		return g.all()
	})
	switch {
	case err == nil:
		c.report.Entities += g.entities
		c.report.Statements += len(g.want.Recorded)
		c.report.addAll(g.found)
		last := owners[len(owners)-1]
		for _, id := range g.owners {
			if id > last {
				c.done[id] = true
			}
		}
		return nil
	case stops(ctx, err):
		return err
	case len(owners) == 1:
		c.report.add(Finding{Unreadable, fmt.Sprintf("%s: %v", owners[0], err)})
		return nil
	}
	half := len(owners) / 2
	if err := c.look(ctx, owners[:half]); err != nil {
		return err
	}
	return c.look(ctx, owners[half:])
}

// glance is one look at some owners.
type glance struct {
	State
	owners   []string
	done     map[string]bool // who has been looked at already, of those that follow
	want     *Rows
	found    []Finding
	entities int
}

func (g *glance) tell(kind Kind, format string, args ...any) {
	g.found = append(g.found, Finding{kind, fmt.Sprintf(format, args...)})
}

func (g *glance) all() error {
	stale, err := g.Stale()
	if err != nil {
		return err
	}
	// The built-in source has rows and no statements: projected, it would not exist.
	subjects := slices.DeleteFunc(slices.Clone(g.owners), func(id string) bool { return id == vocab.Editorial })
	projected, err := statement.Reproject(g, subjects, false)
	if err != nil {
		return err
	}
	g.widen(projected)
	recorded, err := g.About(g.owners)
	if err != nil {
		return err
	}
	g.want = rowsOf(g.owners, recorded, projected)
	for _, t := range g.want.Entities {
		if !t.Gone() && t.ID != vocab.Editorial {
			g.entities++
		}
	}
	if stale == "" { // otherwise everything differs
		found, err := g.Compare(g.want)
		if err != nil {
			return err
		}
		g.found = append(g.found, found...)
	}
	for _, step := range []func() error{g.versions, g.references, g.exposed} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// widen adds to the owners who had to be projected with them: the others of their
// unit (a person, its detentions and their sentences), so that each unit is projected
// once. They follow, or have been looked at and found in their own right before.
func (g *glance) widen(projected *statement.Change) {
	last := g.owners[len(g.owners)-1]
	for id := range projected.Briefs {
		if id > last && !g.done[id] {
			g.owners = append(g.owners, id)
		}
	}
	slices.Sort(g.owners)
}

// rowsOf picks from a projection what belongs to the owners.
func rowsOf(owners []string, recorded []*statement.Recorded, c *statement.Change) *Rows {
	r := &Rows{
		Recorded: recorded, Links: map[string][]statement.Twin{},
		Briefs: map[string]statement.Brief{}, Names: map[string][]statement.ProtectedName{},
	}
	entities, links, statements := byID(c.Entities), byID(c.Links), byID(c.Statements)
	genesis := statement.Genesis()
	own := map[string]bool{}
	for _, id := range owners {
		own[id] = true
		t := entities[id]
		t.ID = id
		r.Briefs[id], r.Names[id] = c.Briefs[id], c.Names[id]
		if id == vocab.Editorial {
			t, r.Briefs[id] = byID(genesis.Entities)[id], genesis.Briefs[id]
		}
		r.Entities = append(r.Entities, t)
	}
	for _, t := range c.Links {
		if own[t.Full.From] {
			r.Links[t.Full.Type] = append(r.Links[t.Full.Type], t)
		}
	}
	for _, s := range recorded {
		t := statements[s.ID]
		t.ID = s.ID
		r.Statements = append(r.Statements, t)
		if t.Full == nil {
			continue
		}
		// A link that a statement speaks of and that is nevertheless none.
		if id := t.Full.Values.Text(statement.KeyLink); id != "" && links[id].Gone() {
			links[id] = statement.Twin{ID: id, Full: t.Full} // once
			r.Links[s.Property] = append(r.Links[s.Property], statement.Twin{ID: id})
		}
	}
	return r
}

func byID(list []statement.Twin) map[string]statement.Twin {
	m := make(map[string]statement.Twin, len(list))
	for _, t := range list {
		m[t.ID] = t
	}
	return m
}

// versions checks that a version is the last commit that touched the entity where it exists.
func (g *glance) versions() error {
	stored, err := g.Versions(g.owners)
	if err != nil {
		return err
	}
	touched, err := g.LastTouched(g.owners)
	if err != nil {
		return err
	}
	for _, id := range g.owners {
		for _, v := range statement.Views {
			want := touched[id][v]
			if !g.want.Briefs[id].Exists(v) {
				want = 0
			}
			if have := stored[id][v]; have != want {
				g.tell(Version, "%s: %d in the %s view, by the log %d", id, have, v, want)
			}
		}
	}
	return nil
}

// references tells what statements in force refer to and no entity is.
func (g *glance) references() error {
	var ids []string
	for _, r := range g.want.Recorded {
		ids = append(ids, r.Entity, r.Source, r.ClaimedBy)
	}
	briefs, err := g.Briefs(ids)
	if err != nil {
		return err
	}
	untyped := map[string]bool{}
	for _, r := range g.want.Recorded {
		if !r.InForce() {
			continue
		}
		for _, ref := range []struct{ key, id string }{{"entity", r.Entity}, {"source", r.Source}, {"claimedBy", r.ClaimedBy}} {
			if ref.id != "" && briefs[ref.id].Dangles() {
				g.tell(Dangling, "%s: its %s is %s", r.ID, ref.key, ref.id)
			}
		}
		if g.want.Briefs[r.Subject].Dangles() && !untyped[r.Subject] {
			untyped[r.Subject] = true
			g.tell(Untyped, "%s", r.Subject)
		}
	}
	return nil
}

// exposed tells which public texts name somebody protected, but not whom.
func (g *glance) exposed() error {
	found, err := statement.Exposed(g, g.want.Recorded)
	for _, f := range found {
		g.tell(Exposed, "%s", f.Statement)
	}
	return err
}
