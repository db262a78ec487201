package statement

import (
	"slices"

	"github.com/vinculo/vinculo/internal/vocab"
)

// briefAll briefs all that is loaded, sources first: the best of other values depends
// on when their sources came out.
func (w *world) briefAll() {
	if w.briefed {
		return
	}
	w.briefed = true
	for _, m := range moments {
		for _, id := range w.ids() {
			b := w.existence(m, id)
			w.briefs[m][id] = &b
		}
		for _, sources := range []bool{true, false} {
			for _, id := range w.ids() {
				if b := w.briefs[m][id]; b.Type != "" && (b.Type == vocab.SourceType) == sources {
					b := w.briefly(m, id, *b)
					w.briefs[m][id] = &b
				}
			}
		}
		for record, id := range w.canonical[m] {
			b := *w.brief(m, id)
			b.Canonical, b.Veil = "", w.veilOf(m, record)
			if record != id {
				b.Canonical = id
			}
			w.briefs[m][record] = &b
		}
	}
}

// existence gives the part of a brief that everything else rests on.
func (w *world) existence(m moment, id string) Brief {
	var b Brief
	for _, r := range w.about[m][id] {
		if r.Property == vocab.TypeProperty && r.InForce() {
			b.Type = r.Value
			b.Public = b.Public || r.Visibility == Public
		}
	}
	b.Protected = w.protected(m, id)
	return b
}

func (w *world) briefly(m moment, id string, b Brief) Brief {
	for _, v := range Views {
		s := sight{w, m, v}
		best := func(property string) string {
			if list := s.candidates(id, property); len(list) > 0 {
				return s.text(list[0])
			}
			return ""
		}
		switch b.Type {
		case vocab.SourceType:
			b.PublishedAt[v] = best("publishedAt")
			var publishers []string
			for _, r := range w.about[m][id] {
				if r.Property == vocab.PublishedBy && r.projects() && s.sees(r) && s.names(r.Entity, vocab.Organization) {
					publishers = append(publishers, r.Entity)
				}
			}
			b.Publishers[v] = slices.Clip(distinct(publishers))
		case vocab.Facility:
			b.Juvenile = slices.ContainsFunc(w.about[m][id], func(r *Recorded) bool {
				return r.Property == "kind" && r.Value == "JUVENILE" && r.projects()
			})
		case vocab.Event:
			b.Measure[v], b.Start[v], b.End[v] = best(KeyMeasure), best(KeyStart), best(KeyEnd)
		}
	}
	return b
}

// same reports whether two briefs say the same.
func (b *Brief) same(o *Brief) bool {
	return b == o || b.Type == o.Type && b.Canonical == o.Canonical && b.Veil == o.Veil && b.Public == o.Public && b.Protected == o.Protected &&
		b.PublishedAt == o.PublishedAt && b.Juvenile == o.Juvenile && b.Measure == o.Measure && b.Start == o.Start && b.End == o.End &&
		slices.Equal(b.Publishers[PublicView], o.Publishers[PublicView]) && slices.Equal(b.Publishers[FullView], o.Publishers[FullView])
}

// Zero reports whether nothing is known.
func (b Brief) Zero() bool { return b.same(&nothing) }
