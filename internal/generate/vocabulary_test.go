package generate

import (
	"slices"
	"testing"

	"github.com/vinculo/vinculo/internal/vocab"
)

// Everything that can be stated is: each type, each property of each type, each
// relation between each pair of types that one of its fields reads, each value of
// each enumeration. What the vocabulary gains has to be generated too.
func TestTheWholeVocabularyOccurs(t *testing.T) {
	w := large(t)
	properties, fields, values := map[string]bool{}, map[*vocab.Field]bool{}, map[string]bool{}
	for i := range w.all {
		s := &w.all[i]
		from, to := w.types[s.Subject], w.types[s.Entity]
		values["Attribution "+s.Attribution], values["Verification "+s.Verification], values["Rank "+s.Rank] = true, true, true
		if r := vocab.RelationOf(s.Property); r != nil {
			for _, f := range r.Fields {
				on, target := from, to
				if f.Reverse {
					on, target = to, from
				}
				if (slices.Contains(f.On, on) || f.On[0] == vocab.AnyEntity) && (f.Target == target || f.Target == vocab.AnyEntity) {
					fields[f] = true
				}
			}
			for _, measure := range s.Qualifiers["measure"] {
				values["Measure "+measure] = true
			}
			continue
		}
		properties[from+" "+s.Property] = true
		if p := vocab.TypeOf(from).Property(s.Property); p != nil && p.Enum != nil {
			values[p.Enum.Name+" "+s.Value] = true
		}
	}
	for _, typ := range vocab.Types() {
		if len(w.of(typ.Name)) == 0 {
			t.Errorf("there is no %s", typ.Name)
		}
	}
	for _, r := range vocab.Relations() {
		for _, f := range r.Fields {
			if !fields[f] {
				t.Errorf("nothing is read by %s of %v", f.Name, f.On)
			}
		}
	}
	for _, e := range []*vocab.Enum{vocab.KindEnum, vocab.MeasureEnum, vocab.OutcomeEnum, vocab.MinorEnum, vocab.StandingEnum, vocab.MetricEnum, vocab.ProtectionEnum} {
		for _, v := range e.Values {
			if !values[e.Name+" "+v.Name] {
				t.Errorf("no %s is %s", e.Name, v.Name)
			}
		}
	}
	for _, v := range []string{
		"Attribution ANNOUNCED", "Attribution ESTIMATED", "Attribution REPORTED", "Attribution ALLEGED",
		"Verification FAMILY_OR_COUNSEL", "Verification NGO_VERIFIED", "Verification DOCUMENT", "Rank PREFERRED", "Rank DEPRECATED",
	} {
		if !values[v] {
			t.Errorf("no statement has %s", v)
		}
	}
	checkProperties(t, properties)
}

// bare are the properties that a type has and nobody states of it here: a
// description or notes of what has a name that says all.
var bare = map[string][]string{
	"description": {"Facility", "Place", "Charge", "Proceeding", "Sentence", "Event", "Tally", "Source", "Record", "Detention"},
	"notes":       {"Organization", "Facility", "Place", "Charge", "Proceeding", "Sentence", "Event", "Tally", "Source", "Record"},
	"name":        {"Detention", "Proceeding", "Sentence", "Tally", "Record"},
}

func checkProperties(t *testing.T, stated map[string]bool) {
	for _, typ := range vocab.Types() {
		for _, p := range typ.Properties {
			if !p.Computed && !stated[typ.Name+" "+p.Name] && !slices.Contains(bare[p.Name], typ.Name) {
				t.Errorf("%s of %s is never stated", p.Name, typ.Name)
			}
		}
	}
}
