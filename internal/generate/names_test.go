package generate

import (
	"strings"
	"testing"
)

func TestSurnamesAndPlacesAreDistinct(t *testing.T) {
	seen := map[string]int{}
	for n := range surnames {
		if other, ok := seen[surname(n)]; ok {
			t.Fatalf("surnames %d and %d are both %s", n, other, surname(n))
		}
		seen[surname(n)] = n
	}
	seen = map[string]int{}
	for n := range len(starts) * len(middles) * len(lands) {
		if other, ok := seen[land(n)]; ok {
			t.Fatalf("places %d and %d are both %s", n, other, land(n))
		}
		seen[land(n)] = n
	}
}

// Siblings have both surnames in common, cousins and uncles the first.
func TestFamilies(t *testing.T) {
	s := &scribe{cast: castFor(many), seed: 5}
	related := map[string]int{}
	for block := range many / household {
		all := s.householdOf(block)
		for i, k := range all {
			if k.relative < 0 {
				continue
			}
			related[k.role]++
			of := all[k.relative]
			if k.relative >= i {
				t.Fatalf("person %d of a household is related to %d, who comes later", i, k.relative)
			}
			both, first := k.surnames() == of.surnames(), k.father == of.father
			if k.role == "hermanos" && !both || (k.role == "primos" || k.role == "tío y sobrino") && !first {
				t.Errorf("%s: %s, %s", k.role, k.name(), of.name())
			}
			if k.role == "cónyuges" && k.female == of.female {
				t.Errorf("%s: %s, %s", k.role, k.name(), of.name())
			}
		}
	}
	within(t, "siblings", float64(related["hermanos"])/many, 0.1, 0.25)
	within(t, "cousins", float64(related["primos"])/many, 0.04, 0.12)
}

// Some names are those of several persons who are no relatives.
func TestNamesakes(t *testing.T) {
	s := &scribe{cast: castFor(many), seed: 5}
	bearers := map[string]int{}
	for i := range many {
		bearers[s.kinOf(i).name()]++
	}
	shared := 0
	for name, n := range bearers {
		if n > 1 {
			shared += n
		}
		if words := len(strings.Fields(name)); words < 3 || words > 4 {
			t.Errorf("%s has %d words", name, words)
		}
	}
	within(t, "persons with a namesake", float64(shared)/many, 0.01, 0.2)
}
