package statement

import (
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/vinculo/vinculo/internal/vocab"
)

// rows are all that is projected at one moment.
type rows struct {
	entities, links, statements map[string]Twin
}

// project makes the rows of all that is loaded, at both moments. Each entity's rest on
// nothing that another's leave behind, so that two processors share the work.
func (w *world) project() (was, is rows) {
	ids := w.ids()
	half := len(ids) / 2
	var parts [2][2]rows
	var projecting sync.WaitGroup
	for _, m := range moments {
		for i, part := range [...][]string{ids[:half], ids[half:]} {
			projecting.Go(func() { parts[m][i] = w.projectEach(m, part) })
		}
	}
	projecting.Wait()
	return parts[before][0].with(parts[before][1]), parts[after][0].with(parts[after][1])
}

// with adds other rows.
func (p rows) with(o rows) rows {
	maps.Copy(p.entities, o.entities)
	maps.Copy(p.links, o.links)
	maps.Copy(p.statements, o.statements)
	return p
}

func (w *world) projectEach(m moment, ids []string) rows {
	p := rows{map[string]Twin{}, map[string]Twin{}, map[string]Twin{}}
	if m == before && w.fromNothing {
		return p
	}
	for _, id := range ids {
		if w.briefs[m][id].Type == "" || w.former(m, id) {
			continue
		}
		full := sight{w, m, FullView}.of(id)
		var public projection
		if w.alike(m, id) {
			public = full.inPublic()
		} else {
			public = sight{w, m, PublicView}.of(id)
		}
		p.entities[id] = twin(id, public.entity, full.entity)
		pair(p.links, public.links, full.links)
		pair(p.statements, public.statements, full.statements)
	}
	return p
}

// projection is what one view shows of an entity: nothing if it does not exist there.
type projection struct {
	entity            *Row
	links, statements map[string]*Row
}

func (s sight) of(id string) projection {
	if !s.exists(id) {
		return projection{}
	}
	return projection{s.entityRow(id), s.linkRows(id), s.statementRows(id)}
}

// pair puts the rows of both views together. A public row implies a full one.
func pair(twins map[string]Twin, public, full map[string]*Row) {
	for id, row := range full {
		twins[id] = twin(id, public[id], row)
	}
}

// entityRow projects an entity that exists.
func (s sight) entityRow(id string) *Row {
	t := vocab.TypeOf(s.brief(id).Type)
	row := &Row{ID: id, Type: t.Name}
	for _, p := range t.Properties {
		if !p.Computed && !(s.shielded(id) && p.Shield == vocab.Withhold) && !(p.Private && s.view == PublicView) {
			row.Values.set(p.Name, s.value(id, p))
		}
	}
	s.sources(id, &row.Values)
	if !s.shielded(id) {
		row.Values.set(vocab.FormerIDs, s.formers(id))
	}
	switch t.Name {
	case vocab.Person, vocab.Sentence:
		row.Values.set("protected", s.brief(id).Protected)
	case vocab.Detention:
		row.Values.set("protected", s.brief(id).Protected)
		s.status(id, &row.Values)
	case vocab.SourceType:
		row.Values.set("name", row.Values.Get("title"))
	case vocab.Tally:
		s.tally(id, &row.Values)
	}
	return row
}

// value gives the best value of a property, or all values of one that has many.
func (s sight) value(id string, p *vocab.Property) any {
	list := s.candidates(id, p.Name)
	if p.Name == "otherNames" { // a name that another one outranks stands here too
		if names := s.candidates(id, "name"); len(names) > 1 {
			list = slices.Concat(list, names[1:])
		}
	}
	if len(list) == 0 {
		return nil
	}
	if !p.Many {
		return typed(p, s.text(list[0]))
	}
	best := ""
	if names := s.candidates(id, "name"); p.Name == "otherNames" && len(names) > 0 {
		best = names[0].Value
	}
	var values []string
	for _, r := range list {
		if text := s.text(r); text != best && !slices.Contains(values, text) {
			values = append(values, text)
		}
	}
	return values
}

// typed gives a value as rows hold it.
func typed(p *vocab.Property, text string) any {
	switch p.Value {
	case vocab.Integer:
		n, _ := strconv.ParseInt(text, 10, 32)
		return n
	case vocab.Boolean:
		return text == "true"
	}
	return text
}

// sources lists where what is stated about an entity comes from, and who says it.
func (s sight) sources(id string, values *Values) {
	var sources, reporters []string
	for _, r := range s.about[s.at][id] {
		if !r.InForce() || !s.shows(r) {
			continue
		}
		if source := s.source(r); source != "" && source != vocab.Editorial && s.exists(source) {
			sources = append(sources, source)
		}
		reporters = append(reporters, s.reportedBy(r)...)
	}
	values.set("sources", distinct(sources))
	values.set("reportedBy", distinct(reporters))
}

// aboutProtected reports whether a statement is about a protected person here, so
// that it is shown without source, locator, words and time.
func (s sight) aboutProtected(r *Recorded) bool {
	return s.shielded(r.Subject) || r.IsLink() && s.shielded(r.Entity)
}

// source gives a statement's source as the view shows it: none of a protected
// person's, and in public none that is not known to be public.
func (s sight) source(r *Recorded) string {
	if s.aboutProtected(r) || !s.names(r.Source, vocab.SourceType) {
		return ""
	}
	return r.Source
}

// confidential reports whether a statement's source is not for this view.
func (s sight) confidential(r *Recorded) bool {
	return s.view == PublicView && !s.names(r.Source, vocab.SourceType)
}

// claimant gives a statement's claimedBy as the view shows it, like its source.
func (s sight) claimant(r *Recorded) string {
	if s.confidential(r) || !s.names(r.ClaimedBy, vocab.Organization) {
		return ""
	}
	return r.ClaimedBy
}

// reportedBy gives who says it: claimedBy, and nobody else if the view does not show
// that, else the publishers of the source.
func (s sight) reportedBy(r *Recorded) []string {
	switch {
	case s.confidential(r):
		return nil
	case r.ClaimedBy != "":
		return distinct([]string{s.claimant(r)})
	}
	return s.brief(r.Source).Publishers[s.view]
}

// tally computes what follows from a published count, of which each organization's
// stands for itself.
func (s sight) tally(id string, values *Values) {
	list := s.candidates(id, "count")
	if len(list) == 0 {
		return
	}
	count, err := ParseCount(list[0].Value)
	if err != nil {
		return
	}
	if count.Exact {
		values.set("value", *count.Min)
	}
	if count.Min != nil {
		values.set("min", *count.Min)
	}
	if count.Max != nil {
		values.set("max", *count.Max)
	}
	values.set("approximate", count.Approximate)
	if !s.confidential(list[0]) {
		values.set("words", list[0].Words)
	}
}
