package statement

import (
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/vocab"
)

// alike reports whether both views show the same of an entity, but for who recorded a
// statement, since nothing that a sight asks about it differs between them: so that
// it need not be projected twice. It may be false of what is alike all the same.
func (w *world) alike(m moment, id string) bool {
	if w.canonical[m][id] != "" || !w.brief(m, id).alike() {
		return false
	}
	for _, r := range w.about[m][id] {
		if !w.shownAlike(m, r) || private[r.Property] || !w.brief(m, r.Entity).alike() && r.IsLink() {
			return false
		}
	}
	for _, r := range w.into[m][id] {
		// Whose a detention is may tell how it ended.
		if !w.shownAlike(m, r) || !w.brief(m, r.Subject).alike() || r.Property == vocab.HasDetention && !w.alike(m, r.Subject) {
			return false
		}
	}
	return true
}

// shownAlike reports whether both views see the statement and its source alike.
func (w *world) shownAlike(m moment, r *Recorded) bool {
	return r.Visibility == Public && r.Verification != FamilyOrCounsel && w.veiled[m][r] == 0 &&
		w.brief(m, r.Source).alike() && (r.ClaimedBy == "" || w.brief(m, r.ClaimedBy).alike())
}

// alike reports whether both views know the same of the entity.
func (b *Brief) alike() bool {
	return b.Exists(PublicView) && !b.Protected && b.PublishedAt[PublicView] == b.PublishedAt[FullView] &&
		slices.Equal(b.Publishers[PublicView], b.Publishers[FullView]) &&
		b.Measure[PublicView] == b.Measure[FullView] && b.Start[PublicView] == b.Start[FullView] && b.End[PublicView] == b.End[FullView]
}

// private are the properties that are no part of the public view, of whatever type.
var private = func() map[string]bool {
	names := map[string]bool{}
	for _, t := range vocab.Types() {
		for _, p := range t.Properties {
			if p.Private {
				names[p.Name] = true
			}
		}
	}
	return names
}()

// inPublic gives what the public view shows of an entity, if the views are alike and
// this is what the full one shows.
func (p projection) inPublic() projection {
	p.statements = maps.Clone(p.statements)
	for id, row := range p.statements {
		if at, ok := row.Values.find(KeyBy); ok {
			public := *row
			public.Values = slices.Concat(row.Values[:at], row.Values[at+1:])
			p.statements[id] = &public
		}
	}
	return p
}
