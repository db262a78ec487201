package statement

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/vocab"
)

// majority is the age below which someone is a minor.
const majority = 18

// protected reports whether the entity is a protected person, or the detention or
// the sentence of one. It reads whatever is in force, of any visibility.
func (w *world) protected(m moment, id string) bool {
	if w.protectedNow != nil {
		return w.protectedNow[id]
	}
	if w.protectedPerson(m, id) || w.protectedDetention(m, id) {
		return true
	}
	for _, r := range w.into[m][id] {
		if r.Property == vocab.SentencedTo && r.projects() && w.protectedDetention(m, r.Subject) {
			return true
		}
	}
	return false
}

func (w *world) protectedDetention(m moment, id string) bool {
	known := false
	for _, r := range w.into[m][id] {
		if r.Property == vocab.HasDetention && r.projects() {
			if known = true; w.protectedPerson(m, r.Subject) {
				return true
			}
		}
	}
	// Whose detention it is may come to be known later; a minor's it is now.
	return !known && len(minority(w.about[m][id])) > 0
}

// protectedPerson weighs a curator's decisions against the evidence of minority:
// PROTECTED wins over all, LIFTED over the evidence that stands before it in the log.
func (w *world) protectedPerson(m moment, id string) bool {
	var lifted *Recorded
	for _, r := range w.about[m][id] {
		if r.Property != "protection" || !r.projects() {
			continue
		}
		if r.Value == "PROTECTED" {
			return true
		}
		if lifted == nil || r.after(lifted) {
			lifted = r
		}
	}
	for _, evidence := range w.minorEvidence(m, id) {
		if lifted == nil || slices.ContainsFunc(evidence, func(r *Recorded) bool { return r.after(lifted) }) {
			return true
		}
	}
	return false
}

// minorEvidence gives what says that a person was or may have been a minor: each
// item is the statements that say so together.
func (w *world) minorEvidence(m moment, id string) [][]*Recorded {
	var births, has []*Recorded
	for _, r := range w.about[m][id] {
		switch {
		case !r.projects():
		case r.Property == "birthDate":
			births = append(births, r)
		case r.Property == vocab.HasDetention:
			has = append(has, r)
		}
	}
	var evidence [][]*Recorded
	for _, birth := range births {
		if recorded, _, _ := strings.Cut(birth.At, "T"); underage(birth.Value, recorded) {
			evidence = append(evidence, []*Recorded{birth})
		}
	}
	for _, h := range has {
		joins := append(w.judged(m, h.Entity), h)
		for _, r := range minority(w.about[m][h.Entity]) {
			evidence = append(evidence, append(slices.Clip(joins), r))
		}
		for _, r := range w.about[m][h.Entity] {
			if r.Property != "start" || !r.projects() {
				continue
			}
			start, err := edtf.Parse(r.Value)
			if err != nil {
				continue
			}
			for _, birth := range births {
				if underage(birth.Value, start.Earliest()) {
					evidence = append(evidence, append(slices.Clip(joins), r, birth))
				}
			}
		}
	}
	// What came with another record came when that was judged to be of the same person.
	judged := w.judged(m, id)
	for i := range evidence {
		evidence[i] = append(slices.Clip(evidence[i]), judged...)
	}
	return evidence
}

// minority gives a detention's statements that its person was or may have been a minor.
func minority(about []*Recorded) []*Recorded {
	var list []*Recorded
	for _, r := range about {
		if r.Property == "minorAtArrest" && r.projects() && (r.Value == "YES" || r.Value == "POSSIBLE") {
			list = append(list, r)
		}
	}
	return list
}

// underage reports whether someone born then may have been a minor on the day.
func underage(birth, day string) bool {
	b, err := edtf.Parse(birth)
	return err == nil && day != "" && day < edtf.AddYears(b.Latest(), majority)
}

// names gives the names of a person, to be found in texts while it is protected.
func (w *world) names(m moment, id string) []ProtectedName {
	if b := w.briefs[m][id]; !b.Protected || b.Type != vocab.Person && b.Type != "" {
		return nil
	}
	var names []ProtectedName
	for _, r := range w.about[m][id] {
		if !r.InForce() || r.Denies || r.Property != "name" && r.Property != "otherNames" {
			continue
		}
		if tokens := distinct(match.NameTokens(r.Value)); len(tokens) > 0 {
			names = append(names, ProtectedName{Person: id, Tokens: tokens, Key: longest(tokens)})
		}
	}
	return names
}

func longest(tokens []string) string {
	key := ""
	for _, t := range tokens {
		if len(t) > len(key) {
			key = t
		}
	}
	return key
}

// restrict makes RESTRICTED what is stated in public with a protected person's name
// in it: by the commit, and by earlier statements about the entities that it
// changes, which may have come before the name, the protection or the type was known.
func (w *world) restrict(t *intake) ([]Finding, error) {
	var list []*Recorded
	for _, id := range w.ids() {
		list = append(list, w.about[after][id]...)
	}
	found, err := w.exposed(list)
	if err != nil {
		return nil, err
	}
	byID := map[string]*Recorded{}
	for _, r := range list {
		byID[r.ID] = w.original(r)
	}
	found, err = t.restrictable(found, byID)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		w.hide(byID[f.Statement])
	}
	if len(found) > 0 {
		w.sort()
	}
	return found, nil
}

// exposed gives, of the statements, those in force and PUBLIC whose free text
// contains a protected person's name, by id. Of what is said of that person themself,
// only what the public view shows.
func (w *world) exposed(list []*Recorded) ([]Finding, error) {
	texts := map[*Recorded]map[string]bool{}
	var all []string
	for _, r := range list {
		if !r.InForce() || r.Visibility != Public {
			continue
		}
		if tokens := textTokens(r, w.brief(after, r.Subject).Type); len(tokens) > 0 {
			texts[r] = map[string]bool{}
			for _, t := range tokens {
				texts[r][t] = true
			}
			all = append(all, tokens...)
		}
	}
	names, err := w.protectedNames(all)
	if err != nil {
		return nil, err
	}
	var found []Finding
	for r, tokens := range texts {
		for _, n := range names {
			lacks := func(t string) bool { return !tokens[t] }
			if n.Person == w.entity(after, r.Subject) {
				own := ownTokens(r)
				lacks = func(t string) bool { return !slices.Contains(own, t) }
			}
			if !slices.ContainsFunc(n.Tokens, lacks) {
				found = append(found, Finding{r.ID, n.Person})
				break
			}
		}
	}
	slices.SortFunc(found, func(a, b Finding) int { return strings.Compare(a.Statement, b.Statement) })
	return found, nil
}

// protectedNames gives the protected names that may stand in texts of these words,
// as they are after the commit, by person.
func (w *world) protectedNames(tokens []string) ([]ProtectedName, error) {
	if len(tokens) == 0 {
		return nil, nil
	}
	names, err := w.facts.ProtectedNames(distinct(tokens))
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(n ProtectedName) bool { return w.loaded(n.Person) })
	for _, id := range w.ids() {
		names = append(names, w.names(after, id)...)
	}
	// The facts come in no order, and whom a finding names must not depend on that.
	slices.SortFunc(names, func(a, b ProtectedName) int { return strings.Compare(a.Person, b.Person) })
	return names, nil
}

// hide makes a statement RESTRICTED after the commit, as it is stated.
func (w *world) hide(r *Recorded) {
	if w.overlay[r.ID] == r {
		r.Visibility = Restricted
		return
	}
	hidden := r.reset(w.stamp)
	hidden.Visibility = Restricted
	w.overlay[r.ID] = &hidden
	for _, list := range [][]*Recorded{w.stated[after][r.Subject], w.statedInto[after][r.Entity]} {
		if i := slices.IndexFunc(list, func(o *Recorded) bool { return o.ID == r.ID }); i >= 0 {
			list[i] = &hidden
		}
	}
}

// textTokens gives the words of a statement's free texts. A person's own names are
// none: a namesake must not lose theirs. As long as the type is not known, nor is
// what the name is of; nothing shows of it until then.
func textTokens(r *Recorded, typ string) []string {
	texts := []string{r.Locator, r.Words, r.Lang}
	ownName := (r.Property == "name" || r.Property == "otherNames") && (typ == vocab.Person || typ == "")
	if isText(r.Property) && !ownName {
		texts = append(texts, r.Value)
	}
	for key, values := range r.Qualifiers {
		if key != KeyMeasure && key != KeyStart && key != KeyEnd {
			texts = append(append(texts, key), values...)
		}
	}
	var tokens []string
	for _, text := range texts {
		tokens = append(tokens, match.TextTokens(text)...)
	}
	return tokens
}

// ownTokens gives the words of a statement about a protected person that the public
// view shows all the same.
func ownTokens(r *Recorded) []string {
	if !isText(r.Property) || propertyShield(vocab.Person, r.Property) != vocab.Show {
		return nil
	}
	return append(match.TextTokens(r.Value), match.TextTokens(r.Lang)...)
}

func isText(property string) bool {
	if vocab.Foreign(property) {
		return true
	}
	for _, p := range vocab.PropertiesOf(property) {
		if p.Value == vocab.Text || p.Value == vocab.URL {
			return true
		}
	}
	return false
}
