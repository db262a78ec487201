package statement

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/vocab"
)

// What is judged to be the same is projected as one. Its records (the entities as
// they are stated) keep their statements; a world sorts those by the entity that
// answers for the record that they are stated of, and everything else reads them
// so: protection, names in texts, rows, briefs. Taking the judgement back sorts
// them apart again.
//
// A record without a type does not exist, and shows nowhere; what is stated of it
// counts for protection all the same, as everywhere.

// judges reports whether a relation is a judgement of sameness.
func judges(relation string) bool {
	return relation == vocab.SameAs || relation == vocab.NotSameAs || relation == vocab.UnsureSameAs
}

// merges reports whether a statement makes its two ends one.
func (r *Recorded) merges() bool { return r.Property == vocab.SameAs && r.projects() }

// vanishes reports whether a statement, sorted, links an entity with itself: such a
// link is none, but for a judgement, which tells why the two are one.
func (r *Recorded) vanishes() bool {
	return r.IsLink() && r.Subject == r.Entity && !judges(r.Property)
}

// sort sorts what is stated of records by the entities that answer for them.
func (w *world) sort() {
	w.briefed = false
	w.asStated = map[*Recorded]*Recorded{}
	for _, m := range moments {
		w.veiled[m] = map[*Recorded]veil{}
		if w.canonical[m] = w.clusters(m); !w.formers && len(w.canonical[m]) == 0 {
			w.about[m], w.into[m] = w.stated[m], w.statedInto[m] // as nearly always
			continue
		}
		sorted := map[*Recorded]*Recorded{}
		w.about[m] = w.sorted(m, w.stated[m], sorted)
		w.into[m] = w.sorted(m, w.statedInto[m], sorted)
	}
}

// sorted sorts statements by the entity of the record under which they stand. done
// holds those that are sorted already.
func (w *world) sorted(m moment, stated map[string][]*Recorded, done map[*Recorded]*Recorded) map[string][]*Recorded {
	all := make(map[string][]*Recorded, len(stated))
	for record, list := range stated {
		id := w.entity(m, record)
		for _, r := range list {
			s := done[r]
			if s == nil {
				s = w.resolved(m, r)
				done[r] = s
			}
			all[id] = append(all[id], s)
		}
	}
	for _, list := range all {
		sortByID(list)
	}
	return all
}

// resolved gives a statement with the entities that its records belong to.
func (w *world) resolved(m moment, r *Recorded) *Recorded {
	of := r
	subject, claimant, entity := w.entity(m, r.Subject), w.entity(m, r.ClaimedBy), w.entity(m, r.Entity)
	if subject != r.Subject || entity != r.Entity || claimant != r.ClaimedBy {
		s := *r
		s.Subject, s.Entity, s.ClaimedBy = subject, entity, claimant
		if s.IsLink() && subject == entity {
			s.Link = linkID(&r.Statement) // its ends tell it from no other
		}
		of = &s
		w.asStated[of] = r
	}
	veil := w.veilOf(m, r.Subject)
	if r.IsLink() {
		veil = max(veil, w.veilOf(m, r.Entity))
	}
	if veil > 0 {
		w.veiled[m][of] = veil
	}
	return of
}

// original gives a statement as it was stated.
func (w *world) original(r *Recorded) *Recorded {
	if stated := w.asStated[r]; stated != nil {
		return stated
	}
	return r
}

// entity gives the id of the entity that answers for a record.
func (w *world) entity(m moment, record string) string {
	canonical := ""
	if w.loaded(record) {
		canonical = w.canonical[m][record]
	} else if b := w.stored[record]; b != nil {
		canonical = b.Canonical
	}
	if canonical != "" {
		return canonical
	}
	return record
}

// veil says what the views do not know of a record that is merged with others: what
// is stated of it shows only where it would show without the others.
type veil uint8

const (
	notPublic veil = iota + 1 // it is only in the full view by itself
	absent                    // it is in neither
)

// hides reports whether the view does not know of the record.
func (h veil) hides(v View) bool { return h == absent || h == notPublic && v == PublicView }

// veilOf gives what hides a record.
func (w *world) veilOf(m moment, record string) veil {
	switch {
	case !w.loaded(record):
		if b := w.stored[record]; b != nil {
			return b.Veil
		}
		return 0
	case w.canonical[m][record] == "":
		return 0
	}
	hidden := absent
	for _, r := range w.stated[m][record] {
		switch {
		case r.Property != vocab.TypeProperty || !r.InForce():
		case r.Visibility == Public:
			return 0
		default:
			hidden = notPublic
		}
	}
	return hidden
}

// clusters gives, of all loaded records that are merged with others, the one that
// answers: of those that exist, that was recorded first.
func (w *world) clusters(m moment) map[string]string {
	canonical := map[string]string{}
	for record := range w.stated[m] {
		if canonical[record] != "" {
			continue
		}
		members := w.joined(m, record)
		if len(members) == 1 {
			continue
		}
		first := slices.MinFunc(members, func(a, b string) int { return w.compareRecords(m, a, b) })
		for _, id := range members {
			canonical[id] = first
		}
	}
	return canonical
}

// joined gives the records that SAME_AS joins with one, itself included.
func (w *world) joined(m moment, record string) []string {
	members := []string{record}
	for i := 0; i < len(members); i++ {
		for _, list := range [][]*Recorded{w.stated[m][members[i]], w.statedInto[m][members[i]]} {
			for _, r := range list {
				if !r.merges() {
					continue
				}
				for _, end := range []string{r.Subject, r.Entity} {
					if !slices.Contains(members, end) {
						members = append(members, end)
					}
				}
			}
		}
	}
	return members
}

// compareRecords orders those that exist before those that do not, then by the first
// statement of their type in the log, then by id.
func (w *world) compareRecords(m moment, a, b string) int {
	if (w.typeOf(m, a) == "") != (w.typeOf(m, b) == "") {
		if w.typeOf(m, a) == "" {
			return 1
		}
		return -1
	}
	switch of, other := w.firstType(m, a), w.firstType(m, b); {
	case of == nil || other == nil: // neither exists
		return strings.Compare(a, b)
	case other.after(of):
		return -1
	}
	return 1
}

// typeOf gives the type of a loaded record, "" if it does not exist.
func (w *world) typeOf(m moment, record string) string {
	for _, r := range w.stated[m][record] {
		if r.Property == vocab.TypeProperty && r.InForce() {
			return r.Value
		}
	}
	return ""
}

// firstType gives the first statement, in the order of the log, of a record's type.
func (w *world) firstType(m moment, record string) *Recorded {
	var first *Recorded
	for _, r := range w.stated[m][record] {
		if r.Property == vocab.TypeProperty && (first == nil || first.after(r)) {
			first = r
		}
	}
	return first
}

// former reports whether another entity answers for the record.
func (w *world) former(m moment, record string) bool {
	return w.loaded(record) && w.entity(m, record) != record
}

// formers gives the records that an entity answers for beside its own, as the view
// may know of them, sorted.
func (s sight) formers(id string) []string {
	var formers []string
	for record, canonical := range s.canonical[s.at] {
		if canonical == id && record != id && !s.veilOf(s.at, record).hides(s.view) {
			formers = append(formers, record)
		}
	}
	slices.Sort(formers)
	return formers
}
