package vocab

import (
	"slices"
	"testing"
)

func TestTheTableIsSound(t *testing.T) {
	for _, typ := range Types() {
		if typ.Doc == "" || typ.Root == "" {
			t.Errorf("%s lacks a description or a root", typ.Name)
		}
		seen := map[string]bool{}
		for _, p := range typ.Properties {
			if p.Doc == "" || seen[p.Name] {
				t.Errorf("%s.%s stands twice or has no description", typ.Name, p.Name)
			}
			seen[p.Name] = true
			if (p.Value == Choice) != (p.Enum != nil) {
				t.Errorf("%s.%s: an enumeration and nothing else has one", typ.Name, p.Name)
			}
			for _, other := range PropertiesOf(p.Name) {
				if other.Value != p.Value || other.Many != p.Many || other.Enum != p.Enum {
					t.Errorf("%s means different things for different types", p.Name)
				}
			}
		}
		for _, f := range typ.Fields() {
			if seen[f.Name] {
				t.Errorf("%s.%s is a property or a relation already", typ.Name, f.Name)
			}
			seen[f.Name] = true
		}
	}
}

func TestEachRelationIsReadFromAllItsEnds(t *testing.T) {
	for _, r := range Relations() {
		if r.Doc == "" {
			t.Errorf("%s has no description", r.Name)
		}
		for _, typ := range Types() {
			for _, reverse := range []bool{false, true} {
				stands := r.HasFrom(typ.Name) && !reverse || r.HasTo(typ.Name) && reverse && !r.Symmetric
				read := slices.ContainsFunc(r.Fields, func(f *Field) bool {
					// All entities have judgements, whether they can be judged or not.
					return f.Reverse == reverse && slices.Contains(typ.Fields(), f) && (f != judgements || stands)
				})
				if stands != read {
					t.Errorf("%s, %s, reverse %v: stands there %v, has a field %v", r.Name, typ.Name, reverse, stands, read)
				}
			}
		}
		for _, f := range r.Fields {
			if f.Target != AnyEntity && TypeOf(f.Target) == nil {
				t.Errorf("%s leads to %s", f.Name, f.Target)
			}
		}
	}
}

// What a protected person's row may show is a decision, not an accident: a row
// added to the table without one withholds.
func TestWhatProtectionShows(t *testing.T) {
	var shown []string
	for _, name := range []string{Person, Detention, Sentence} {
		for _, p := range TypeOf(name).Properties {
			if p.Shield != Withhold && !slices.Contains(shown, p.Name) {
				shown = append(shown, p.Name)
			}
		}
	}
	for _, r := range Relations() {
		if r.Shield != Withhold {
			shown = append(shown, r.Name)
		}
	}
	slices.Sort(shown)
	want := []string{"ARISES_FROM", "ARRESTED_BY", "CHARGED_WITH", "HAS_DETENTION", "HELD_AT", "RELEASED_IN", "SENTENCED_TO",
		"date", "end", "heldUntil", "lengthMonths", "life", "nationality", "outcome", "protected", "reportedBy", "standing", "start", "status", "statusAsOf", "statusStatements", "statusSteps"}
	if !slices.Equal(shown, want) {
		t.Errorf("shown: %v\nwant:  %v", shown, want)
	}
}

func TestNames(t *testing.T) {
	if got := UpperSnake("birthDate") + UpperSnake("Person"); got != "BIRTH_DATEPERSON" {
		t.Error(got)
	}
	for name, want := range map[string]bool{"ftm.amount": true, "ftm.": false, "ftm": false, "ftm.a b": false, "amount": false} {
		if Foreign(name) != want {
			t.Errorf("Foreign(%q) = %v", name, !want)
		}
	}
}
