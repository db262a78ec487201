package statement

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vinculo/vinculo/internal/vocab"
)

// checkTypes refuses what does not fit the types of the entities: a second type, a
// property that the type has not, a link between types that its relation does not
// join. What is not known yet fits; it is checked when the type comes.
func (w *world) checkTypes(t *intake) error {
	retyped := func(id string) bool {
		return w.brief(after, id).Type != w.brief(before, id).Type
	}
	for _, id := range w.ids() {
		typ := w.briefs[after][id].Type
		for _, r := range w.about[after][id] {
			if !r.InForce() {
				continue
			}
			r = w.original(r)
			_, added := t.indexes[r.ID]
			switch {
			case r.Property == vocab.TypeProperty && r.Value != typ:
				return w.refuse(t, id, r, ErrConflict, fmt.Sprintf("type: %s is %s by another statement in force: retract that first", id, other(r.Value, typ, w.about[after][id], t)))
			case !added && !slices.ContainsFunc([]string{r.Subject, r.Entity, r.Source, r.ClaimedBy}, retyped):
				continue
			}
			if message := w.misfit(r); message != "" {
				return w.refuse(t, r.Subject, r, ErrInvalid, message)
			}
		}
	}
	return nil
}

// other tells which of two types in force was there before.
func other(value, typ string, about []*Recorded, t *intake) string {
	for _, r := range about {
		if _, added := t.indexes[r.ID]; r.Property == vocab.TypeProperty && r.InForce() && !added {
			return r.Value
		}
	}
	if typ == "" {
		return value
	}
	return typ
}

// refuse blames the added statement, or the added type that it does not fit.
func (w *world) refuse(t *intake, id string, r *Recorded, kind error, message string) error {
	e := &Error{Kind: kind, Index: -1, Key: "property", Message: message}
	blame := []*Recorded{r}
	for _, end := range []string{id, r.Entity, r.Source, r.ClaimedBy} {
		blame = append(blame, w.addedAbout[end]...)
	}
	for i, candidate := range blame {
		if index, ok := t.indexes[candidate.ID]; ok && (i == 0 || candidate.Property == vocab.TypeProperty) {
			e.Index = index
			return e
		}
	}
	return e
}

// misfit says what does not fit, or "".
func (w *world) misfit(r *Recorded) string {
	for _, f := range []struct{ key, id, typ string }{{"source", r.Source, vocab.SourceType}, {"claimedBy", r.ClaimedBy, vocab.Organization}} {
		if typ := w.brief(after, f.id).Type; f.id != "" && typ != "" && typ != f.typ {
			return fmt.Sprintf("%s: %s is %s, not %s (statement %s)", f.key, f.id, typ, f.typ, r.ID)
		}
	}
	typ := w.brief(after, r.Subject).Type
	if relation := vocab.RelationOf(r.Property); relation != nil {
		return misfitEnds(relation, r, typ, w.brief(after, r.Entity).Type)
	}
	if typ == "" || r.Property == vocab.TypeProperty || vocab.Foreign(r.Property) {
		return ""
	}
	p := vocab.TypeOf(typ).Property(r.Property)
	switch {
	case p == nil:
		return fmt.Sprintf("property: %s is %s, which has no %s (statement %s)", r.Subject, typ, r.Property, r.ID)
	case p.Computed:
		return fmt.Sprintf("property: %s of %s is computed and cannot be stated (statement %s)%s", r.Property, typ, r.ID, titleHint(r.Property))
	case p.Value == vocab.Choice && !p.Enum.Allows(r.Value, typ):
		return fmt.Sprintf("value: %s is no %s of %s (statement %s)", r.Value, r.Property, typ, r.ID)
	}
	if err := checkValue(p, r.Value); err != nil {
		return fmt.Sprintf("value: %s: %v (statement %s)", r.Property, err, r.ID)
	}
	return ""
}

func titleHint(property string) string {
	if property == "name" {
		return ": a source's name is its title"
	}
	return ""
}

// misfitEnds says why a relation does not join the types of its ends, or "". One that
// is not known yet fits.
func misfitEnds(relation *vocab.Relation, r *Recorded, from, to string) string {
	var fits bool
	switch {
	case from == "":
		fits = to == "" || relation.HasTo(to)
	case to == "":
		fits = relation.HasFrom(from)
	default:
		fits = relation.Connects(from, to)
	}
	if fits {
		return ""
	}
	named := func(typ string) string { return cmp.Or(typ, "an entity of unknown type") }
	message := fmt.Sprintf("entity: %s does not lead from %s to %s (%s to %s, statement %s)", r.Property, named(from), named(to), r.Subject, r.Entity, r.ID)
	if from != "" && to != "" && relation.Connects(to, from) {
		message += fmt.Sprintf(": the ends are swapped, state it of %s", r.Entity)
	}
	return message
}
