package statement

import (
	"slices"

	"github.com/vinculo/vinculo/internal/vocab"
)

// Known is what was known of an entity at some moment: rows as a view would have
// had them, but for sources, reporters, and the days of a status.
type Known struct {
	Entity     *Row            // nil: it did not exist
	Links      map[string]*Row // that start or end at it, by id
	Statements map[string]*Row // about it, by id
}

// What Know reads of an entity's neighbors: of a source, and of an entity at the
// other end of a link.
var (
	KnownOfSource   = []string{vocab.TypeProperty, "publishedAt"}
	KnownOfNeighbor = []string{vocab.TypeProperty, KeyMeasure}
)

// KnownRelations are those of which Know reads the statements that end at the
// entity, even if nobody asks for its links: the symmetric ones.
func KnownRelations() []string { return slices.Clone(followed[len(unitRelations):]) }

// Know projects what was known of an entity at a moment, written as KeyAt is, from the
// rows of statements that were in force then and that the view has now:
//   - those about the entity, and those that end at it, of KnownRelations and of the
//     relations whose links are wanted;
//   - KnownOfSource of the sources of these;
//   - KnownOfNeighbor of the entities that it links to, and KnownOfSource of the sources
//     of that; the type of those that link to it.
//
// Rank and verification are taken as they were then. What the view withholds now is in
// no row, so that protection and visibility are those of now; so is existence: what has
// been removed since was not there, and what has been judged the same since was the same.
func Know(view View, id string, protected bool, at string, statements []*Row) Known {
	w := newWorld(nil)
	w.fromNothing = true
	w.protectedNow = map[string]bool{id: protected}
	about, into := w.stated[after], w.statedInto[after] // rows name no former ids: they are sorted as they are
	about[id] = nil
	seen := map[string]bool{}
	for _, row := range statements {
		if seen[row.ID] {
			continue
		}
		seen[row.ID] = true
		r := recordedThen(row, at)
		about[r.Subject] = append(about[r.Subject], r)
		if slices.Contains(followed, r.Property) {
			into[r.Entity] = append(into[r.Entity], r)
		}
	}
	for _, subject := range w.ids() {
		sortByID(about[subject])
		sortByID(into[subject])
	}
	w.about[after], w.into[after] = about, into
	w.briefAll()
	s := sight{w, after, view}
	if !s.exists(id) {
		return Known{}
	}
	k := Known{Entity: s.entityRow(id), Links: map[string]*Row{}, Statements: s.statementRows(id)}
	for _, subject := range w.ids() {
		for _, link := range s.linkRows(subject) {
			if link.From == id || link.To == id {
				k.Links[link.ID] = link
			}
		}
	}
	return k
}

// recordedThen gives a statement back from its row, ranked and verified as it was
// at a moment.
func recordedThen(row *Row, at string) *Recorded {
	v := row.Values
	r := &Recorded{Statement: Statement{
		ID: row.ID, Subject: v.Text(KeySubject), Property: v.Text(KeyProperty),
		Value: v.Text(KeyText), Lang: v.Text(KeyLang), Entity: v.Text(KeyEntity),
		Source: v.Text(KeySource), Attribution: v.Text(KeyAttribution), Denies: v.Get(KeyDenies) == true,
		Rank: v.Text(KeyRank), Verification: v.Text(KeyVerification), Visibility: v.Text(KeyVisibility),
	}}
	_, r.Qualifiers = ReadQualifiers(v.Text(KeyQualifiers))
	for _, t := range ReadTrace(row) {
		if t.At <= at && t.Rank != "" {
			r.Rank, r.Verification = t.Rank, t.Verification
		}
	}
	// A denial that names no link speaks of all between its ends.
	if link := v.Text(KeyLink); r.IsLink() && link != linkID(&r.Statement) {
		r.Link = link
	}
	return r
}
