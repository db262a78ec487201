package statement

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/vocab"
)

// sight is the world at one moment as one view sees it: what a projection reads.
type sight struct {
	*world
	at   moment
	view View
}

func (s sight) brief(id string) *Brief { return s.world.brief(s.at, id) }

func (s sight) exists(id string) bool { return s.brief(id).Exists(s.view) }

// names reports whether the view may name an id where a statement has a source or an
// organization: the full one also if its type is not known yet.
func (s sight) names(id, typ string) bool {
	b := s.brief(id)
	return b.Type == typ && b.Exists(s.view) || b.Type == "" && s.view == FullView
}

// shielded reports whether protection withholds things about the entity here.
func (s sight) shielded(id string) bool { return s.view == PublicView && s.brief(id).Protected }

// open reports whether a statement is one that the view may know of, in force or not,
// protection aside.
func (s sight) open(r *Recorded) bool {
	return (s.view == FullView || r.Visibility == Public) && !s.veiled[s.at][r].hides(s.view)
}

// sees reports whether the view may know of a statement, protection aside.
func (s sight) sees(r *Recorded) bool {
	return r.InForce() && s.open(r)
}

// shield gives what protection does to a statement in this view.
func (s sight) shield(r *Recorded) vocab.Shield {
	switch {
	case r.IsLink() && (s.shielded(r.Subject) || s.shielded(r.Entity)):
		if r.Property == vocab.HeldAt && s.brief(r.Entity).Juvenile {
			return vocab.Withhold
		}
		return vocab.RelationOf(r.Property).Shield
	case s.shielded(r.Subject):
		return propertyShield(s.brief(r.Subject).Type, r.Property)
	}
	return vocab.Show
}

func propertyShield(typ, property string) vocab.Shield {
	if property == vocab.TypeProperty {
		return vocab.Show
	}
	if p := propertyOf(typ, property); p != nil {
		return p.Shield
	}
	return vocab.Withhold
}

// propertyOf gives a type's property, or nil if it has none of that name.
func propertyOf(typ, property string) *vocab.Property {
	if vocab.Foreign(property) {
		return vocab.ForeignProperty
	}
	if t := vocab.TypeOf(typ); t != nil {
		return t.Property(property)
	}
	return nil
}

// shows reports whether the view shows a statement about an entity at all: both
// ends of a link have to exist in it.
func (s sight) shows(r *Recorded) bool {
	if r.IsLink() && !s.exists(r.Entity) || !s.exists(r.Subject) || s.private(r) {
		return false
	}
	return s.open(r) && s.shield(r) != vocab.Withhold
}

// private reports whether the property is no part of this view.
func (s sight) private(r *Recorded) bool {
	if s.view == FullView {
		return false
	}
	p := propertyOf(s.brief(r.Subject).Type, r.Property)
	return p != nil && p.Private
}

// candidates gives the statements that may become the value of a property, best first.
func (s sight) candidates(id, property string) []*Recorded {
	var list []*Recorded
	for _, r := range s.about[s.at][id] {
		if r.Property == property && r.projects() && s.shows(r) {
			list = append(list, r)
		}
	}
	s.rank(list)
	return list
}

// rank sorts statements best first: rank, verification, attribution, newest
// source, lower id. It leaves out the source's age for a source's own date, which
// would rest on itself.
func (s sight) rank(list []*Recorded) {
	if len(list) < 2 {
		return
	}
	slices.SortStableFunc(list, func(a, b *Recorded) int {
		if order := firmer(a, b); order != 0 {
			return order
		}
		if a.Property != "publishedAt" {
			if order := strings.Compare(s.published(b), s.published(a)); order != 0 {
				return order
			}
		}
		return strings.Compare(a.ID, b.ID)
	})
}

func firmer(a, b *Recorded) int {
	if order := vocab.RankEnum.Index(a.Rank) - vocab.RankEnum.Index(b.Rank); order != 0 {
		return order
	}
	if order := vocab.VerificationEnum.Index(b.Verification) - vocab.VerificationEnum.Index(a.Verification); order != 0 {
		return order
	}
	return vocab.AttributionEnum.Index(a.Attribution) - vocab.AttributionEnum.Index(b.Attribution)
}

// published gives the latest day on which the source may have come out, "" if
// unknown, or if the view withholds the source.
func (s sight) published(r *Recorded) string {
	if s.aboutProtected(r) {
		return ""
	}
	text := s.brief(r.Source).PublishedAt[s.view]
	if text == "" {
		return ""
	}
	date, err := edtf.Parse(text)
	if err != nil {
		return ""
	}
	return date.Latest()
}

// text gives a statement's value as the view shows it.
func (s sight) text(r *Recorded) string {
	if s.shield(r) != vocab.Coarsen {
		return r.Value
	}
	return coarse(r.Value)
}

// coarse gives a date to the month.
func coarse(text string) string {
	date, err := edtf.Parse(text)
	if err != nil {
		return "" // rather nothing than a day that should not be known
	}
	return date.Coarsen().String()
}
