package statement

import (
	"maps"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/vocab"
)

// moment is one of the two states of a commit.
type moment int

const (
	before moment = iota
	after
)

var moments = [...]moment{before, after}

// world is the part of the facts that a commit can change, loaded, as it was
// before the commit and as it is after. What lies around it is known by its Brief.
//
// A person is always loaded with its detentions and their sentences, since
// protection runs through them.
type world struct {
	facts   Facts
	stamp   Stamp                // the commit's
	overlay map[string]*Recorded // by id: statements as the commit leaves them
	// Those of overlay that are new, by subject and, of the followed relations, by entity.
	addedAbout, addedInto map[string][]*Recorded

	stated     [2]map[string][]*Recorded // statements by subject, retracted ones included, sorted by id
	statedInto [2]map[string][]*Recorded // statements in force by entity, of the relations that loading follows
	about      [2]map[string][]*Recorded // the same, by the entity that answers for a record (see sort)
	into       [2]map[string][]*Recorded
	briefs     [2]map[string]*Brief // of what is loaded
	stored     map[string]*Brief    // of what lies around it

	order   []string // what ids gives; nil: not known
	briefed bool     // briefs are those of what is loaded and sorted now

	canonical [2]map[string]string    // of loaded records that are merged: the one that answers
	veiled    [2]map[*Recorded]veil   // what is hidden of a record that is merged with others
	asStated  map[*Recorded]*Recorded // of those in about and into that had to be changed
	formers   bool                    // some brief in stored is that of a record for which another one answers

	fromNothing bool // the state before is empty: everything is projected anew

	protectedNow map[string]bool // if not nil, what is protected, whatever the statements say
}

func newWorld(facts Facts) *world {
	return &world{
		facts: facts, overlay: map[string]*Recorded{}, stored: map[string]*Brief{},
		addedAbout: map[string][]*Recorded{}, addedInto: map[string][]*Recorded{},
		stated:     [2]map[string][]*Recorded{{}, {}},
		statedInto: [2]map[string][]*Recorded{{}, {}},
		briefs:     [2]map[string]*Brief{{}, {}},
	}
}

// unitRelations join a person, its detentions and their sentences.
var unitRelations = []string{vocab.HasDetention, vocab.SentencedTo}

// joining are those by whose statements one thing is loaded with another.
var joining = append(slices.Clone(unitRelations), vocab.SameAs)

// followed are the relations whose statements matter to the entity at their end as
// much as to their subject.
var followed = func() []string {
	list := slices.Clone(unitRelations)
	for _, r := range vocab.Relations() {
		if r.Symmetric {
			list = append(list, r.Name)
		}
	}
	return list
}()

// Followed gives the relations by which Facts.Referring is asked of every entity that
// Facts.About is asked of.
func Followed() []string { return slices.Clone(followed) }

func (w *world) loaded(id string) bool { _, ok := w.stated[after][id]; return ok }

// ids of what is loaded, sorted. Whoever gets them leaves them as they are.
func (w *world) ids() []string {
	if w.order == nil {
		w.order = slices.Sorted(maps.Keys(w.stated[after]))
	}
	return w.order
}

// load reads the statements about the subjects and about those of the same unit;
// surroundings, which has to come before anything else, sorts them.
func (w *world) load(subjects []string) error {
	for len(subjects) > 0 {
		subjects = slices.DeleteFunc(distinct(subjects), w.loaded)
		about, err := w.facts.About(subjects)
		if err != nil {
			return err
		}
		into, err := w.facts.Referring(subjects, followed...)
		if err != nil {
			return err
		}
		w.order = nil
		for _, id := range subjects {
			w.stated[before][id], w.stated[after][id] = nil, nil
		}
		w.place(subjects, about, into)
		var next []string
		for _, id := range subjects {
			next = append(next, w.unitOf(id)...)
		}
		subjects = next
	}
	return nil
}

// place sorts freshly read statements, and what the commit adds to the subjects,
// into both moments.
func (w *world) place(subjects []string, about, into []*Recorded) {
	put := func(m moment, index *[2]map[string][]*Recorded, key string, r *Recorded) {
		index[m][key] = append(index[m][key], r)
	}
	now := func(r *Recorded) *Recorded {
		if o := w.overlay[r.ID]; o != nil {
			return o
		}
		return r
	}
	for _, r := range about {
		if !w.fromNothing {
			put(before, &w.stated, r.Subject, r)
		}
		put(after, &w.stated, r.Subject, now(r))
	}
	for _, r := range into {
		if !w.fromNothing && r.InForce() {
			put(before, &w.statedInto, r.Entity, r)
		}
		if n := now(r); n.InForce() {
			put(after, &w.statedInto, r.Entity, n)
		}
	}
	for _, id := range subjects {
		w.stated[after][id] = append(w.stated[after][id], w.addedAbout[id]...)
		w.statedInto[after][id] = append(w.statedInto[after][id], w.addedInto[id]...)
		for _, m := range moments {
			sortByID(w.stated[m][id])
			sortByID(w.statedInto[m][id])
		}
	}
}

// unitOf gives the ids that an id is joined to before or after the commit, as a unit
// or as a record of the same.
func (w *world) unitOf(id string) []string {
	var joined []string
	for _, m := range moments {
		for _, r := range w.stated[m][id] {
			if r.InForce() && slices.Contains(joining, r.Property) {
				joined = append(joined, r.Entity)
			}
		}
		for _, r := range w.statedInto[m][id] {
			if slices.Contains(joining, r.Property) {
				joined = append(joined, r.Subject)
			}
		}
	}
	return joined
}

// nothing is the brief of what is not known.
var nothing Brief

// brief gives what is known of an entity, loaded or not. Nobody changes it.
func (w *world) brief(m moment, id string) *Brief {
	if b := w.briefs[m][id]; b != nil {
		return b
	}
	if b := w.stored[id]; b != nil {
		return b
	}
	return &nothing
}

// surroundings reads the briefs of all that the loaded statements speak of, and sorts
// these by what they say of sameness.
func (w *world) surroundings() error {
	if err := w.known(); err != nil {
		return err
	}
	w.sort()
	return nil
}

func (w *world) known() error {
	wanted := map[string]bool{}
	for _, m := range moments {
		for _, list := range w.stated[m] {
			for _, r := range list {
				wanted[r.Source], wanted[r.Entity], wanted[r.ClaimedBy] = true, true, true
			}
		}
		for _, list := range w.statedInto[m] {
			for _, r := range list {
				wanted[r.Source], wanted[r.Subject] = true, true
			}
		}
	}
	ids := slices.Collect(maps.Keys(wanted))
	for len(ids) > 0 {
		ids = slices.DeleteFunc(distinct(ids), func(id string) bool {
			_, known := w.stored[id]
			return known || w.loaded(id)
		})
		if len(ids) == 0 {
			return nil
		}
		briefs, err := w.facts.Briefs(ids)
		if err != nil {
			return err
		}
		var canonical []string
		for _, id := range ids {
			b := briefs[id]
			w.stored[id] = &b // zero: does not exist
			w.formers = w.formers || b.Canonical != "" || b.Veil > 0
			canonical = append(canonical, b.Canonical)
		}
		ids = canonical
	}
	return nil
}

// distinct sorts, and drops repetitions and "".
func distinct(ids []string) []string {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) > 0 && ids[0] == "" {
		ids = ids[1:]
	}
	return ids
}

func sortByID(list []*Recorded) {
	slices.SortFunc(list, func(a, b *Recorded) int { return strings.Compare(a.ID, b.ID) })
}
