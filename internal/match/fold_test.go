package match

import (
	"slices"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "abc": "abc", "José ÁLVAREZ": "jose alvarez", "Jose\u0301": "jose",
		"ﬁn": "fin", "Straße": "strasse", "Ñandú": "nandu", "ΣΊΣΥΦΟΣ": "σισυφοσ",
		"a\xffb": "a\uFFFDb", "İ": "i",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFoldIsIdempotentForEveryLetter(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if once := Fold(string(r)); Fold(once) != once {
			t.Errorf("Fold(%U) = %q, folded again %q", r, once, Fold(once))
		}
	}
	if Fold("ꭰ") != Fold("Ꭰ") || Fold("ᏸ") != Fold("Ᏸ") {
		t.Error("Cherokee letters do not fold to one case")
	}
}

func TestFoldIsIdempotentAndBlindToComposition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		if once := Fold(text); Fold(once) != once {
			t.Fatalf("Fold(%q) = %q, folded again %q", text, once, Fold(once))
		}
		if Fold(NFC(text)) != Fold(text) {
			t.Fatalf("composition changes the fold of %q", text)
		}
	})
}

func TestTokens(t *testing.T) {
	got := Tokens("  Pulido, M.: «Élites» 2025-12 ")
	if want := []string{"pulido", "m", "elites", "2025", "12"}; !slices.Equal(got, want) {
		t.Errorf("Tokens = %q, want %q", got, want)
	}
}

func TestLatinLettersFoldOneByOneAsTogether(t *testing.T) {
	letter := rapid.OneOf(rapid.RuneFrom(nil, &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0, Hi: 0x260, Stride: 1}}}), rapid.Rune())
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(letter, 0, 20, -1).Draw(t, "text")
		if got, want := Fold(text), foldAny(text); got != want {
			t.Fatalf("%q folds to %q, want %q", text, got, want)
		}
	})
}
