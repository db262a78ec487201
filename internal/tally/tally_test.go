package tally_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	. "github.com/vinculo/vinculo/internal/tally"
)

func exactly(n int64) Range        { return Range{Min: &n, Max: &n} }
func between(a, b int64) Range     { return Range{Min: &a, Max: &b} }
func atLeast(n int64) Range        { return Count(&n, nil, false) }
func nearly(n int64) Range         { return Count(nil, &n, false) }
func about(n int64) Range          { return Count(&n, &n, true) }
func list(ranges ...Range) []Range { return ranges }

func TestUnaccounted(t *testing.T) {
	for _, c := range []struct {
		name  string
		whole Range
		parts []Range
		want  Range
	}{
		{"99, of whom at least 65, 3 and 3", exactly(99), list(atLeast(65), exactly(3), exactly(3)), between(0, 34)},
		{"no parts", exactly(13), nil, between(0, 13)},
		{"nearly 100, of whom nearly 50", nearly(100), list(nearly(50)), between(0, 100)},
		{"a whole without a most", atLeast(800), list(exactly(5)), Range{Min: new(int64)}},
		{"about 20, of whom 3", about(20), list(exactly(3)), Range{Min: new(int64), Max: new(int64(17)), About: true}},
		{"20, of whom about 3", exactly(20), list(about(3)), Range{Min: new(int64), Max: new(int64(17)), About: true}},
		{"a part that is all", exactly(20), list(exactly(20)), between(0, 0)},
		{"a part larger than the whole", exactly(20), list(exactly(3), exactly(21)), Range{}},
	} {
		if diff := cmp.Diff(c.want, Unaccounted(c.whole, c.parts)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestWidest(t *testing.T) {
	for _, c := range []struct {
		ranges []Range
		want   Range
	}{
		{nil, Range{}},
		{list(exactly(5)), exactly(5)},
		{list(exactly(1085), nearly(1000), exactly(900)), between(0, 1085)},
		{list(exactly(1085), atLeast(800)), atLeast(800)},
		{list(exactly(5), Range{}), Range{}},
		{list(exactly(5), about(5)), about(5)},
	} {
		if diff := cmp.Diff(c.want, Widest(c.ranges)); diff != "" {
			t.Errorf("%v: %s", c.ranges, diff)
		}
	}
}

func TestTotal(t *testing.T) {
	flow := func(r Range, events ...string) Flow { return Flow{Range: r, Events: events} }
	for _, c := range []struct {
		name  string
		flows []Flow
		want  Range
	}{
		{"none", nil, Range{}},
		{"two events", []Flow{flow(exactly(13), "august"), flow(exactly(99), "christmas")}, exactly(112)},
		{"two counts of one event", []Flow{flow(exactly(99), "e"), flow(exactly(63), "e"), flow(exactly(10), "f")}, between(73, 109)},
		{"the same two events, in any order", []Flow{flow(exactly(4), "e", "f"), flow(exactly(6), "f", "e")}, between(4, 6)},
		{"of no event: the same people or others", []Flow{flow(exactly(120)), flow(exactly(150)), flow(exactly(99), "e")}, between(150, 369)},
		{"about so many", []Flow{flow(exactly(9), "e"), flow(about(5), "f")}, about(14)},
		{"one without a most", []Flow{flow(exactly(9), "e"), flow(atLeast(65), "f")}, atLeast(74)},
		{"possibly in between", []Flow{{exactly(9), []string{"e"}, true}, {exactly(2), nil, true}, flow(exactly(1), "f")}, between(1, 12)},
	} {
		if diff := cmp.Diff(c.want, Total(c.flows)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestDifference(t *testing.T) {
	if diff := cmp.Diff(between(-4, 3), Difference(between(6, 10), between(7, 10))); diff != "" {
		t.Error(diff)
	}
	least := int64(-7)
	if diff := cmp.Diff(Range{Max: new(int64)}, Difference(exactly(5), atLeast(5))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Range{Min: &least}, Difference(atLeast(3), exactly(10))); diff != "" {
		t.Error(diff)
	}
}

// Whatever people there are, what the ranges say of them holds.
func TestRangesHoldOfPeople(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := rapid.IntRange(1, 40).Draw(t, "people")
		var parts []Range
		told := map[int]bool{}
		for range rapid.IntRange(0, 4).Draw(t, "parts") {
			some := rapid.SliceOfNDistinct(rapid.IntRange(1, people), 0, people, rapid.ID).Draw(t, "part")
			for _, p := range some {
				told[p] = true
			}
			parts = append(parts, rapid.SampledFrom(list(exactly(int64(len(some))), atLeast(int64(len(some))), nearly(int64(len(some))))).Draw(t, "count"))
		}
		open := Unaccounted(exactly(int64(people)), parts)
		if n := int64(people - len(told)); open.Min == nil || n < *open.Min || n > *open.Max {
			t.Fatalf("%d are in no part: %v", n, open)
		}
	})
}
