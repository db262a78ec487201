package statement

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// What is said to be alike in both views is projected once, so projecting it for the
// public view must give the same.
func TestWhatIsAlikeIsProjectedAlike(t *testing.T) {
	alike := 0
	rapid.Check(t, func(t *rapid.T) {
		l := newLedger()
		var c Commit
		odd := rapid.SampledFrom(slices.Sorted(maps.Keys(playTypes))).Draw(t, "restricted")
		for _, id := range slices.Sorted(maps.Keys(playTypes)) {
			visibility := Public
			if id == odd {
				visibility = Restricted
			}
			c.Add = append(c.Add, Statement{Subject: id, Property: "type", Value: playTypes[id], Source: "src1", Visibility: visibility})
		}
		if rapid.Bool().Draw(t, "died") { // on a day that may not be for everybody
			c.Add = append(c.Add,
				Statement{Subject: "p1", Property: "HAS_DETENTION", Entity: "d1", Source: "src2"},
				Statement{Subject: "d1", Property: "outcome", Value: "DIED", Source: "src2"})
		}
		mostly := rapid.Bool().Draw(t, "mostly public")
		for number := range rapid.IntRange(0, 40).Draw(t, "statements") {
			s := playStatement(t, number)
			if s.Property == "type" {
				continue
			}
			if mostly && number%8 > 0 {
				s.Visibility, s.Verification, s.Words = "", "", ""
			}
			c.Add = append(c.Add, s)
		}
		c.By = "Ana"
		if _, err := l.apply(c); err != nil {
			return
		}
		w := newWorld(l)
		w.fromNothing = true
		if err := w.load(slices.Collect(maps.Keys(playTypes))); err != nil {
			t.Fatal(err)
		}
		if err := w.surroundings(); err != nil {
			t.Fatal(err)
		}
		w.briefAll()
		for _, id := range w.ids() {
			if w.former(after, id) || !w.alike(after, id) {
				continue
			}
			alike++
			want, got := sight{w, after, PublicView}.of(id), sight{w, after, FullView}.of(id).inPublic()
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(projection{})); diff != "" {
				t.Fatalf("%s, projected for the public view (-) and taken over (+):\n%s", id, diff)
			}
		}
	})
	if alike == 0 {
		t.Error("nothing was alike: this test shows nothing")
	}
}
