package statement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/vocab"
)

// checkJudgement says what is wrong with a judgement in itself.
func (s *Statement) checkJudgement() error {
	switch {
	case !judges(s.Property):
		return nil
	case s.Link != "":
		return invalid("link", "%s takes none: one judgement of the two is enough", s.Property)
	case s.Property == vocab.SameAs && s.Visibility == Restricted:
		return invalid("visibility", "%s is never %s: the two would be one for some and two for others", s.Property, Restricted)
	}
	return nil
}

// restrictable leaves out the judgements that cannot be RESTRICTED: one that comes with
// a protected name is refused, one that was there before the name is left to an editor.
func (t *intake) restrictable(found []Finding, statements map[string]*Recorded) ([]Finding, error) {
	var kept []Finding
	for _, f := range found {
		if statements[f.Statement].Property != vocab.SameAs {
			kept = append(kept, f)
		} else if index, added := t.indexes[f.Statement]; added {
			return nil, at(index, invalid("words", "a text of it holds the name of a protected person, and %s is never %s: leave the name out", vocab.SameAs, Restricted))
		}
	}
	return kept, nil
}

// checkJudgements refuses a commit after which records are the same that are of two
// types, or that a statement in force keeps apart.
func (w *world) checkJudgements(t *intake) error {
	for _, id := range w.ids() {
		if err := w.checkSameType(t, id); err != nil {
			return err
		}
		for _, r := range w.stated[after][id] {
			if r.Property != vocab.NotSameAs || !r.projects() {
				continue
			}
			path := w.path(r.Subject, r.Entity)
			if path == nil {
				continue
			}
			e := &Error{Kind: ErrConflict, Index: -1, Key: "entity"}
			if index, added := t.indexes[r.ID]; added {
				e.Index = index
			}
			e.Message = fmt.Sprintf("%s: %s and %s are the same by %s in force: retract that first", vocab.NotSameAs, r.Subject, r.Entity, strings.Join(path, ", "))
			for _, id := range path {
				if index, added := t.indexes[id]; added {
					e.Index = index
					e.Message = fmt.Sprintf("%s: this would make %s and %s the same, which statement %s in force keeps apart: retract that first", vocab.SameAs, r.Subject, r.Entity, r.ID)
				}
			}
			return e
		}
	}
	return nil
}

// checkSameType compares a record's type with that of the entity that answers for it.
func (w *world) checkSameType(t *intake, id string) error {
	other := w.entity(after, id)
	typ, canonical := w.typeOf(after, id), w.typeOf(after, other)
	if typ == "" || typ == canonical {
		return nil
	}
	path := w.path(id, other)
	e := &Error{Kind: ErrInvalid, Index: -1, Key: "entity", Message: fmt.Sprintf("%s: %s is %s and %s is %s, and they would be the same by %s",
		vocab.SameAs, id, typ, other, canonical, strings.Join(path, ", "))}
	for _, r := range slices.Concat(w.addedAbout[id], w.addedAbout[other]) {
		if r.Property == vocab.TypeProperty {
			e.Index, e.Key = t.indexes[r.ID], "value"
		}
	}
	for _, id := range path {
		if index, added := t.indexes[id]; added {
			e.Index, e.Key = index, "entity"
		}
	}
	return e
}

// path gives the statements by which one record is the same as another after the
// commit, a shortest way; nil if there is none.
func (w *world) path(from, to string) []string {
	reached := map[string][]string{from: {}}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		id := queue[0]
		for _, r := range slices.Concat(w.stated[after][id], w.statedInto[after][id]) {
			if !r.merges() {
				continue
			}
			for _, end := range []string{r.Subject, r.Entity} {
				if _, known := reached[end]; !known {
					reached[end] = append(slices.Clip(reached[id]), r.ID)
					queue = append(queue, end)
				}
			}
		}
	}
	return reached[to]
}

// judged gives the statements in force that merge an entity's records: what is known
// of it since then is evidence that came with them.
func (w *world) judged(m moment, id string) []*Recorded {
	var list []*Recorded
	if w.canonical[m][id] != "" {
		for _, r := range w.about[m][id] {
			if r.merges() {
				list = append(list, r)
			}
		}
	}
	return list
}
