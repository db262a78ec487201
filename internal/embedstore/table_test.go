package embedstore

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTableHoldsWhatAMapHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got, want := newTable[*node](), map[string]*node{}
		for range rapid.IntRange(0, 200).Draw(t, "steps") {
			name := fmt.Sprint(rapid.IntRange(0, 60).Draw(t, "name"))
			if want[name] == nil {
				want[name] = &node{id: name}
				got.add(want[name])
			} else if rapid.Bool().Draw(t, "remove") {
				delete(want, name)
				got.remove(name)
			}
			if got.get(name) != want[name] || got.n != len(want) {
				t.Fatalf("%s is %v of %d, want %v of %d", name, got.get(name), got.n, want[name], len(want))
			}
		}
		for name := range 60 {
			if got.get(fmt.Sprint(name)) != want[fmt.Sprint(name)] {
				t.Errorf("%d is %v, want %v", name, got.get(fmt.Sprint(name)), want[fmt.Sprint(name)])
			}
		}
		if all := slices.Collect(got.all()); len(all) != len(slices.Collect(maps.Values(want))) {
			t.Errorf("%d in all, want %d", len(all), len(want))
		}
	})
}
