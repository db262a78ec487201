package statement

import "github.com/vinculo/vinculo/internal/vocab"

// statementRows projects the statements about an entity that exists, retracted
// ones included, by id.
func (s sight) statementRows(id string) map[string]*Row {
	rows := make(map[string]*Row, len(s.about[s.at][id]))
	properties := map[string][]*Recorded{} // by property, and of relations by link
	for _, r := range s.about[s.at][id] {
		if !s.shows(r) {
			continue
		}
		rows[r.ID] = s.statementRow(r)
		key := r.Property
		if r.IsLink() {
			key = linkID(&r.Statement)
		}
		properties[key] = append(properties[key], r)
	}
	for _, list := range properties {
		s.rank(list)
		place := int64(0)
		for _, r := range list {
			if r.projects() && !r.vanishes() {
				rows[r.ID].Values.set(KeyPlace, place)
				place++
			}
		}
	}
	s.disputeStatements(id, rows)
	return rows
}

func (s sight) statementRow(r *Recorded) *Row {
	row := &Row{ID: r.ID, Type: StatementType, Values: make(Values, 0, 24)}
	set := row.Values.set
	set(KeySubject, r.Subject)
	if stated := s.original(r).Subject; stated != r.Subject && !s.aboutProtected(r) {
		set(KeySubjectRecord, stated)
	}
	set(KeyProperty, r.Property)
	set(KeyAttribution, r.Attribution)
	set(KeyVerification, s.verification(r))
	set(KeyRank, r.Rank)
	set(KeyVisibility, r.Visibility)
	set(KeyDenies, r.Denies)
	set(KeyDisputed, false)
	set(KeyRetracted, !r.InForce())
	set(KeyReportedBy, s.reportedBy(r))
	set(KeyQualifiers, qualifiersText(s.qualifiers(r)))
	if r.IsLink() {
		set(KeyEntity, r.Entity)
		if stated := s.original(r).Entity; stated != r.Entity && !s.aboutProtected(r) {
			set(KeyEntityRecord, stated)
		}
		set(KeyLink, linkID(&r.Statement))
		set(KeyGroup, linkID(&r.Statement))
	} else {
		text := s.text(r)
		set(KeyText, text)
		set(KeyLang, r.Lang)
		set(KeyGroup, hash("group", r.Subject, r.Property, text))
	}
	if s.confidential(r) {
		if !s.aboutProtected(r) {
			s.trace(r, row)
		}
		return row
	}
	set(KeyClaimedBy, s.claimant(r))
	if s.aboutProtected(r) {
		return row
	}
	set(KeySource, s.source(r))
	set(KeyLocator, r.Locator)
	set(KeyWords, r.Words)
	s.trace(r, row)
	if s.view == FullView {
		set(KeyBy, r.By)
	}
	return row
}

// disputeStatements marks what a statement in force denies: the same value, the
// same link or, of a denial without a link of its own, all links between its ends.
func (s sight) disputeStatements(id string, rows map[string]*Row) {
	about := s.about[s.at][id]
	denials := about[:0:0]
	for _, r := range about {
		if s.denial(r) {
			denials = append(denials, r)
		}
	}
	// A symmetric link may be denied from its other end.
	for _, r := range s.into[s.at][id] {
		if vocab.RelationOf(r.Property).Symmetric && s.denial(r) {
			denials = append(denials, r)
		}
	}
	for _, d := range denials {
		for _, r := range about {
			if rows[r.ID] != nil && !r.Denies && r.InForce() && s.contradicts(d, r) {
				rows[r.ID].Values.set(KeyDisputed, true)
			}
		}
	}
}

func (s sight) contradicts(denial, r *Recorded) bool {
	switch {
	case denial.Property != r.Property || denial.IsLink() != r.IsLink():
		return false
	case !r.IsLink():
		return s.text(denial) == s.text(r)
	}
	return sameEnds(denial, r) && (denial.Link == "" || denial.Link == linkID(&r.Statement))
}
