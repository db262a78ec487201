package statement

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/vocab"
)

// linkRows projects the links that an entity states, and the symmetric ones that
// are stated of it, by id.
func (s sight) linkRows(id string) map[string]*Row {
	rows, groups := map[string]*Row{}, map[string][]*Recorded{}
	add := func(r *Recorded) {
		if r.IsLink() && r.InForce() && !r.vanishes() && s.shows(r) {
			link := linkID(&r.Statement)
			groups[link] = append(groups[link], r)
		}
	}
	for _, r := range s.about[s.at][id] {
		add(r)
	}
	for _, r := range s.into[s.at][id] {
		if vocab.RelationOf(r.Property).Symmetric {
			add(r)
		}
	}
	for link, group := range groups {
		claims := slices.DeleteFunc(slices.Clone(group), func(r *Recorded) bool { return !r.projects() })
		if len(claims) == 0 {
			continue
		}
		s.rank(claims)
		from, to := ends(&claims[0].Statement)
		rows[link] = s.linkRow(&Row{ID: link, Type: claims[0].Property, From: from, To: to}, claims)
	}
	s.disputeLinks(id, rows)
	return rows
}

func (s sight) linkRow(row *Row, claims []*Recorded) *Row {
	best := claims[0]
	others := map[string][]string{}
	for _, r := range claims {
		for key, list := range s.qualifiers(r) {
			switch key {
			case KeyRole, KeyMeasure, KeyStart, KeyEnd:
				if row.Values.Get(key) == nil {
					row.Values.set(key, list[0])
				}
			default:
				if others[key] == nil {
					others[key] = list
				}
			}
		}
	}
	row.Values.set(KeyQualifiers, qualifiersText(others))
	row.Values.set(KeyAttribution, best.Attribution)
	row.Values.set(KeyVerification, s.verification(best))
	row.Values.set(KeyRank, best.Rank)
	row.Values.set(KeyDisputed, false)
	return row
}

// disputeLinks marks the links that a statement in force denies: that of its link
// key or, without one, all between its ends.
func (s sight) disputeLinks(id string, rows map[string]*Row) {
	deny := func(r *Recorded) {
		if !s.denial(r) {
			return
		}
		from, to := ends(&r.Statement)
		for link, row := range rows {
			if row.Type == r.Property && row.From == from && row.To == to && (r.Link == "" || r.Link == link) {
				row.Values.set(KeyDisputed, true)
			}
		}
	}
	for _, r := range s.about[s.at][id] {
		if r.IsLink() {
			deny(r)
		}
	}
	for _, r := range s.into[s.at][id] {
		if vocab.RelationOf(r.Property).Symmetric {
			deny(r)
		}
	}
}

// denial reports whether a statement disputes others in this view.
func (s sight) denial(r *Recorded) bool {
	return r.Denies && r.InForce() && r.Rank != Deprecated && s.shows(r)
}

// qualifiers gives a statement's qualifiers as the view shows them: of protected
// people only the dates, to the month.
func (s sight) qualifiers(r *Recorded) map[string][]string {
	if !s.aboutProtected(r) {
		return r.Qualifiers
	}
	shown := map[string][]string{}
	for _, key := range []string{KeyStart, KeyEnd} {
		for _, date := range r.Qualifiers[key] {
			shown[key] = append(shown[key], coarse(date))
		}
	}
	return shown
}

// qualifiersText writes qualifiers as rows hold them, "" if there are none.
func qualifiersText(qualifiers map[string][]string) string {
	if len(qualifiers) == 0 {
		return ""
	}
	text, _ := json.Marshal(qualifiers) // sorts the keys; strings cannot fail
	return string(text)
}

// ReadQualifiers reads what rows hold under KeyQualifiers, keys sorted.
func ReadQualifiers(text string) (keys []string, values map[string][]string) {
	if text == "" || json.Unmarshal([]byte(text), &values) != nil {
		return nil, nil
	}
	return slices.Sorted(maps.Keys(values)), values
}

// verification gives who has checked a statement; the public view does not tell
// that a family or a lawyer spoke.
func (s sight) verification(r *Recorded) string { return s.verified(r.Verification) }

func (s sight) verified(by string) string {
	if s.view == PublicView && by == FamilyOrCounsel {
		return Privately
	}
	return by
}
