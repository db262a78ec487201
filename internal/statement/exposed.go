package statement

// Exposed gives, of the statements, those in force and PUBLIC whose free text
// contains a name of a protected person, by id: what a
// commit of them would store RESTRICTED today, and what a protection that came
// after them finds.
func Exposed(facts Facts, list []*Recorded) ([]Finding, error) {
	w := newWorld(facts)
	var subjects []string
	for _, r := range list {
		subjects = append(subjects, r.Subject)
	}
	briefs, err := facts.Briefs(distinct(subjects)) // whose own name a name is
	if err != nil {
		return nil, err
	}
	for id, b := range briefs {
		w.stored[id] = &b
	}
	return w.exposed(list)
}
