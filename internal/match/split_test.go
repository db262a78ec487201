package match

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The quick way gives what the thorough one gives, whatever the text.
func TestSplitLatinIsSplitAny(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("aZ9 ñÁçß'´`-,.º½ǅĲŉ\u00adø"))))
	split, quick := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		text := text.Draw(t, "text")
		got, ok := splitLatin(text, nil)
		if split++; !ok {
			return
		}
		quick++
		if diff := cmp.Diff(splitAny(text, nil), got, cmp.AllowUnexported(token{})); diff != "" {
			t.Fatal(diff)
		}
	})
	if quick == 0 || quick == split {
		t.Errorf("%d of %d texts went the quick way", quick, split)
	}
}
