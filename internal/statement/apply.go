package statement

import (
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/vocab"
)

// Apply checks a commit against what is stored and gives all that has to be
// written for it: statements, rows, and the entry in the log. It is pure: it reads
// the facts and nothing else. Errors are those of the facts, or an *Error.
//
// The rows are projected twice, from the statements before the commit and from
// those after it, and what differs is the change: so what a row was need not be
// read, and who was touched in which view is exact.
func Apply(facts Facts, commit Commit, stamp Stamp) (*Change, error) {
	t, err := take(facts, commit, stamp)
	if err != nil {
		return nil, err
	}
	suspects, err := t.suspects()
	if err != nil {
		return nil, err
	}
	if len(t.overlay) == 0 && len(suspects) == 0 {
		return t.unchanged(), nil
	}
	w := newWorld(facts)
	w.overlay, w.stamp = t.overlay, stamp
	for _, r := range t.added {
		w.addedAbout[r.Subject] = append(w.addedAbout[r.Subject], r)
		if slices.Contains(followed, r.Property) {
			w.addedInto[r.Entity] = append(w.addedInto[r.Entity], r)
		}
	}
	if err := w.load(append(changedSubjects(t.overlay), suspects...)); err != nil {
		return nil, err
	}
	if err := w.surroundings(); err != nil {
		return nil, err
	}
	w.briefAll()
	found, err := w.restrict(t)
	if err != nil {
		return nil, err
	}
	if len(t.overlay) == 0 {
		return t.unchanged(), nil
	}
	if err := w.spread(); err != nil {
		return nil, err
	}
	for _, check := range []func(*intake) error{w.checkJudgements, w.checkTypes} {
		if err := check(t); err != nil {
			return nil, err
		}
	}
	c := w.change()
	for _, id := range slices.Sorted(maps.Keys(t.overlay)) {
		c.Recorded = append(c.Recorded, t.overlay[id])
	}
	c.Log = Entry{Sequence: stamp.Sequence, At: stamp.At, Commit: t.logged(found), Touched: c.Log.Touched}
	c.Receipt = Receipt{Sequence: stamp.Sequence, Added: t.ids, Changed: len(t.overlay), Restricted: found}
	return c, nil
}

// changedSubjects gives the entities whose own rows a commit's statements make: the
// subjects, and of symmetric links both ends.
func changedSubjects(overlay map[string]*Recorded) []string {
	var ids []string
	for _, r := range overlay {
		ids = append(ids, r.Subject)
		if relation := vocab.RelationOf(r.Property); relation != nil && relation.Symmetric {
			ids = append(ids, r.Entity)
		}
	}
	return ids
}

// spread loads, as long as there are any, the entities whose rows depend on a
// loaded entity that the commit changes for its neighbors: those that link to it,
// rest on it as a source or a claimant, or state a symmetric link with it.
func (w *world) spread() error {
	done := map[string]bool{}
	for {
		w.briefAll()
		var changed, same, next []string
		for _, id := range w.ids() {
			if done[id] || w.briefs[before][id].same(w.briefs[after][id]) {
				continue
			}
			done[id] = true
			changed = append(changed, id)
			for _, m := range moments {
				if w.briefs[before][id].Canonical != w.briefs[after][id].Canonical {
					same = append(same, w.entity(m, id)) // which claims what the record claims
				}
				for _, r := range w.stated[m][id] {
					if relation := vocab.RelationOf(r.Property); relation != nil && relation.Symmetric {
						next = append(next, r.Entity)
					}
				}
			}
		}
		if len(changed) == 0 {
			return nil
		}
		referring, err := w.facts.Referring(changed)
		if err != nil {
			return err
		}
		for _, r := range referring {
			next = append(next, r.Subject)
		}
		sourced, err := w.facts.Sourced(distinct(append(same, changed...)))
		if err != nil {
			return err
		}
		known := len(w.ids())
		if err := w.load(append(next, sourced...)); err != nil || len(w.ids()) == known {
			return err
		}
		if err := w.surroundings(); err != nil {
			return err
		}
	}
}

// change compares the rows of both moments.
func (w *world) change() *Change {
	was, is := w.project()
	c := &Change{
		Was:    Former{map[string]Twin{}, map[string]Twin{}, map[string]Twin{}},
		Counts: w.counts(was.links, is.links),
		Briefs: map[string]Brief{}, Names: map[string][]ProtectedName{},
	}
	touched := [len(Views)]map[string]bool{{}, {}}
	touch := func(old, new Twin, ids func(*Row) []string) {
		for _, v := range Views {
			if old.In(v).Equal(new.In(v)) {
				continue
			}
			for _, row := range []*Row{old.In(v), new.In(v)} {
				if row != nil {
					for _, id := range ids(row) {
						if v == FullView || !w.untold(row, id) {
							touched[v][id] = true
						}
					}
				}
			}
		}
	}
	c.Entities = differing(was.entities, is.entities, c.Was.Entities, func(old, new Twin) {
		touch(old, new, func(r *Row) []string { return []string{r.ID} })
	})
	c.Links = differing(was.links, is.links, c.Was.Links, func(old, new Twin) {
		touch(old, new, func(r *Row) []string { return []string{r.From, r.To} })
	})
	c.Statements = differing(was.statements, is.statements, c.Was.Statements, func(old, new Twin) {
		touch(old, new, func(r *Row) []string { return []string{r.Values.Text(KeySubject)} })
	})
	for _, id := range w.ids() {
		if b := w.briefs[after][id]; !b.same(w.briefs[before][id]) {
			c.Briefs[id] = *b
		}
		if names := w.names(after, id); !slices.EqualFunc(names, w.names(before, id), sameName) {
			c.Names[id] = names
		}
	}
	for _, v := range Views {
		for _, id := range slices.Sorted(maps.Keys(touched[v])) {
			c.Log.Touched[v] = append(c.Log.Touched[v], w.touch(v, id))
		}
	}
	return c
}

// untold reports whether the public view is not told that a row has changed for an
// entity: a link that shows, but of someone protected.
func (w *world) untold(row *Row, id string) bool {
	return !w.brief(after, id).Protected && (w.brief(after, row.From).Protected || w.brief(after, row.To).Protected)
}

func sameName(a, b ProtectedName) bool { return slices.Equal(a.Tokens, b.Tokens) }

func (w *world) touch(v View, id string) Touch {
	was, is := w.brief(before, id), w.brief(after, id)
	switch {
	case !was.Exists(v):
		return Touch{id, is.Type, Created}
	case !is.Exists(v):
		return Touch{id, was.Type, Removed}
	}
	return Touch{id, is.Type, Updated}
}

// differing gives the twins that are new, changed or gone, by id, and reports each;
// those that are not new are put into former as they were.
func differing(was, is, former map[string]Twin, report func(old, new Twin)) []Twin {
	var list []Twin
	ids := slices.Concat(slices.Collect(maps.Keys(was)), slices.Collect(maps.Keys(is)))
	for _, id := range distinct(ids) {
		old, new := was[id], is[id]
		if old.Public.Equal(new.Public) && old.Full.Equal(new.Full) {
			continue
		}
		new.ID = id
		if list = append(list, new); !old.Gone() {
			former[id] = old
		}
		report(old, new)
	}
	return list
}

// logged gives the commit as the log keeps it: what it really added, with its ids,
// and what it made RESTRICTED beside that.
func (t *intake) logged(found []Finding) Commit {
	c := t.commit
	c.Add = make([]Statement, len(t.added))
	for i, r := range t.added {
		c.Add[i] = r.Statement
	}
	c.Set = slices.Clone(c.Set)
	for _, f := range found {
		if _, added := t.indexes[f.Statement]; !added {
			c.Set = append(c.Set, Setting{ID: f.Statement, Visibility: Restricted})
		}
	}
	return c
}

// unchanged is the answer to a commit that changes nothing.
func (t *intake) unchanged() *Change {
	return &Change{Receipt: Receipt{Sequence: t.first, Unchanged: true, Added: t.ids}}
}

// suspects gives the subjects of statements that are said again and may hold a name
// that has become a protected person's since: saying it again looks again.
func (t *intake) suspects() ([]string, error) {
	var tokens []string
	for _, r := range t.again {
		tokens = append(tokens, textTokens(r, vocab.Record)...) // names too: their subject's type is not known yet
	}
	names, err := t.facts.ProtectedNames(distinct(tokens))
	if err != nil || len(names) == 0 {
		return nil, err
	}
	keys := map[string]bool{}
	for _, n := range names {
		keys[n.Key] = true
	}
	var subjects []string
	for _, r := range t.again {
		if slices.ContainsFunc(textTokens(r, vocab.Record), func(token string) bool { return keys[token] }) {
			subjects = append(subjects, r.Subject)
		}
	}
	return subjects, nil
}
