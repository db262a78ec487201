package embedstore

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/storetest"
)

// dump gives who bears which word, and what leads to it.
func (x *wordIndex) dump() map[string][]string {
	all := map[string][]string{}
	for text, w := range x.words {
		for kind, list := range w.bearers {
			for _, n := range list {
				all[text] = append(all[text], fmt.Sprint(n.id, " ", kind))
			}
		}
		slices.Sort(all[text])
	}
	for key, list := range x.keys {
		for _, w := range list {
			all["key "+key] = append(all["key "+key], w.text)
		}
		slices.Sort(all["key "+key])
	}
	for _, w := range x.inOrder {
		all["in order"] = append(all["in order"], w.text)
	}
	return all
}

// An index that is brought up to date is the one that would be made anew.
func TestWordIndexIsKeptUpToDate(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := open(t, t.TempDir())
		defer closeStore(t, s)
		for _, c := range storetest.Commits(rt) {
			_, _ = s.Write(t.Context(), c) // some are meant to be refused
			if rapid.IntRange(0, 2).Draw(rt, "asked") == 0 {
				continue
			}
			kept, anew := s.graph.words.settled(s.graph), &wordIndex{}
			if diff := cmp.Diff(anew.settled(s.graph).dump(), kept.dump()); diff != "" {
				rt.Fatalf("made anew (-), kept (+):\n%s", diff)
			}
		}
	})
}
