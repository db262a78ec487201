package match

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A name is found in a text if all its tokens are among the text's.
func holds(text, name string) bool {
	there := TextTokens(text)
	return !slices.ContainsFunc(NameTokens(name), func(t string) bool { return !slices.Contains(there, t) })
}

func TestNamesAreFoundHoweverATextSpellsThem(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"Niña Ejemplo", "Sobre EJEMPLO, nina:", true},
		{"Niña Ejemplo", "Ni\u00adña Ejem\u200bplo", true},
		{"Niña Ejemplo", "https://example.org/ni%C3%B1a-ejemplo.html", true},
		{"Niña Ejemplo", "https://example.org/?to=https%253A%252F%252Fni%25C3%25B1a%2520ejemplo", true},
		{"Niña Ejemplo", "https://example.org/ni%F1a+ejemplo", true},
		{"Niña Ejemplo", "Ni&ntilde;a Ejemplo", true},
		{"Niña Ejemplo", "100% de ni%C3%B1as, por ejemplo", false},
		{"Ana", "Banana", false},
		{"王小明", "学生王小明被捕", true},
		{"王小明", "小王明天被捕", false},
		{"王", "学生王小明", true},
		{"王小明", "小明", false},
		{"さくら マリー", "学生のマリーさくらです", true},
		{"Ana", "学生Ana被捕", true},
	} {
		if got := holds(c.text, c.name); got != c.want {
			t.Errorf("%q in %q: %v", c.name, c.text, got)
		}
	}
}

func TestEveryNameIsFoundInItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.String().Draw(t, "name")
		if !holds("«"+name+"»", name) {
			t.Fatalf("%q is not found", name)
		}
	})
}
