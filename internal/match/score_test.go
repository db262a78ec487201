package match

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSound(t *testing.T) {
	for _, pair := range []string{
		"gonzalez gonsales", "valera balera", "yesenia jesenia", "jimena ximena", "genesis yenesis", "hernandez ernandes", "quiroga kiroga",
		"zambrano sambrano", "llovera yovera", "pacheco pacheco", "wladimir vladimir", "thomas tomas", "campos canpos", "mattos matos",
	} {
		a, b, _ := strings.Cut(pair, " ")
		if Sound(a) != Sound(b) {
			t.Errorf("%s sounds %s, %s %s", a, Sound(a), b, Sound(b))
		}
	}
	for _, pair := range []string{"casa caza.", "pero perro.", "chaco saco", "gala jala", "mora nora"} {
		a, b, same := strings.Cut(strings.TrimSuffix(pair, "."), " ")
		if !same || (Sound(a) == Sound(b)) != strings.HasSuffix(pair, ".") {
			t.Errorf("%s: %s, %s", pair, Sound(a), Sound(b))
		}
	}
}

func TestWordsAndKeys(t *testing.T) {
	words := strings.Join(Words([]string{"José de la O'Brien Nº 5", "Los de"}, []string{"Partido de José, 王小"}), " ")
	if want := "jose obrien no 5 los de :partido :jose :王小"; words != want {
		t.Errorf("words %q, want %q", words, want)
	}
	if keys := strings.Join(Keys("perro"), " "); keys != "/pero -erro -prro -pero -perr" {
		t.Errorf("keys %q", keys)
	}
	if Keys("1985") != nil || Keys(":perro") != nil || len(Keys("ana")) != 1 {
		t.Errorf("keys %q %q %q", Keys("1985"), Keys(":perro"), Keys("ana"))
	}
}

// names in order of how well they fit the query.
func TestScoresPutTheBetterFirst(t *testing.T) {
	for query, names := range map[string][]string{
		"melquiades pulído":          {"Melquíades Pulido", "Melquíades Pulido Ejemplo", "Melquiades Polido", "Ana Pulido"},
		"Pulido, M.":                 {"Melquíades Pulido", "Ana Pulido", "M. Ejemplo"},
		"pepe ejemplo prueba":        {"José Ejemplo Prueba", "José Luis Ejemplo Prueba", "José Ejemplo", "Ana Ejemplo Prueba", "José"},
		"MariaJose DelaCruz":         {"María José de la Cruz", "María José Cruz Ejemplo", "María Ejemplo"},
		"maria jose de la cruz":      {"MariaJose DelaCruz", "María Cruz", "María Ejemplo"},
		"Rodeo II":                   {"Rodeo II", "Rodeo 2", "Rodeo", "Centro Rodeo I"},
		"Ana Ejemplo Prueba":         {"Ana Ejemplo Prueba", "Ejemplo Prueba Ana", "Ana Ejemplo", "Ana Prueba", "Ana"},
		"gonsales":                   {"González", "Gonzálvez"},
		"Ejemplo Prueba, Ana Teresa": {"Ana Teresa Ejemplo Prueba", "Ana Ejemplo Prueba", "Ana Ejemplo", "Ana Teresa"},
	} {
		q, last := NewQuery(query, false), whole+1
		for _, name := range names {
			score := q.Name(name)
			if score >= last || score <= 0 {
				t.Errorf("%q: %q scores %d after %d", query, name, score, last)
			}
			last = score
		}
	}
}

// What stands for a longer word is a capital of what is written; what is typed may be in lower case.
func TestInitialsAreCapitalsOfNames(t *testing.T) {
	for _, c := range []struct {
		query, name string
		fits        bool
	}{
		{"Antonia", "Traición a la ciudad inventada", false}, {"antonia", "A. Inventada", true}, {"a", "Antonia Inventada", true}, {"A", "Antonia Inventada", true},
		{"Oswaldo", "Informe ficticio n.º 0", false}, {"Nelson", "Informe ficticio n.º 0", false}, {"ñ", "Ñusta", true}, {"Nusta", "Ñ. Inventada", true}, {"a", "traición a la ciudad", true},
	} {
		q := NewQuery(c.query, false)
		for _, name := range []string{c.name, c.name} { // as it remembers
			if got := q.Name(name); got > 0 != c.fits {
				t.Errorf("%q: %q scores %d", c.query, name, got)
			}
		}
		if got := q.Mutual(c.name); got > 0 != c.fits {
			t.Errorf("%q: %q scores %d both ways", c.query, c.name, got)
		}
	}
	q := NewQuery("Antonia", false)
	if lower, capital := q.Name("a"), q.Name("A"); lower != 0 || capital == 0 {
		t.Errorf("a %d, A %d", lower, capital)
	}
	if there, back := NewQuery("m pulido", false).Mutual("Melquíades Pulido"), NewQuery("Melquíades Pulido", false).Mutual("m pulido"); there <= back {
		t.Errorf("m typed for Melquíades scores %d, m written %d", there, back)
	}
}

func TestBestTellsWhichTextFits(t *testing.T) {
	texts := []Text{{"name", "Ana Ejemplo Prueba", true}, {"otherNames", "«La Niña» Ejemplo", true}, {"description", "Periodista inventada", false}}
	for query, want := range map[string]string{
		"ejemplo prueba": "name Ana [Ejemplo] [Prueba]", "la nina ejemplo": "otherNames «[La] [Niña]» [Ejemplo]",
		"periodista": "description [Periodista] inventada", "ana perio": "name [Ana] Ejemplo Prueba", "zzz": "",
	} {
		found, ok := NewQuery(query, true).Best(texts)
		got := found.Text.Property + " "
		for _, f := range found.Fragments() {
			if f.Hit {
				f.Text = "[" + f.Text + "]"
			}
			got += f.Text
		}
		if strings.TrimSpace(got) != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", query, got, want)
		}
	}
}

func TestATypedBeginningFindsMoreTheLongerItIs(t *testing.T) {
	last := 0
	for _, typed := range []string{"m", "mel", "melquia", "melquiades"} {
		score := NewQuery("pulido "+typed, true).Name("Melquíades Pulido")
		if score <= last {
			t.Errorf("%q scores %d after %d", typed, score, last)
		}
		last = score
	}
}

// Whatever the texts, what they give is bounded, in range, and says all of the text.
func TestAnyTextIsSafe(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"", "\x00", "\xed\xa0\x80", "de la", "'\"`); MATCH (n) DETACH DELETE n //", "+a -b && c || !(d) {e} [f]^2 \"g\"~ *?:\\/", strings.Repeat("x", 10_000),
		strings.Repeat("ñ ", 5_000), strings.Repeat("a'", 5_000), "½ № ﬁ ǅ İ ſ", "王小明 さくら", ",,,", "a,b",
	}))
	rapid.Check(t, func(t *rapid.T) {
		query, name, prefix := text.Draw(t, "query"), text.Draw(t, "name"), rapid.Bool().Draw(t, "prefix")
		if clues := Clues(query, prefix); len(clues) > MaxClues {
			t.Fatalf("%d clues", len(clues))
		}
		for _, word := range Words([]string{name}, []string{query}) {
			if utf8.RuneCountInString(word) > maxLetters+1 || !utf8.ValidString(strings.Join(Keys(word), "")+word) {
				t.Fatalf("word %q", word)
			}
		}
		found, ok := NewQuery(query, prefix).Best([]Text{{"name", name, true}, {"description", query, false}})
		if found.Score < 0 || found.Score > whole || ok != (found.Score > 0) {
			t.Fatalf("score %d", found.Score)
		}
		var all strings.Builder
		for _, f := range found.Fragments() {
			all.WriteString(f.Text)
		}
		if ok && all.String() != strings.ToValidUTF8(found.Text.Text, "\uFFFD") {
			t.Fatalf("fragments %q of %q", all.String(), found.Text.Text)
		}
		if same := NewQuery(name, false).Name(name); len(new(room).named(name)) > 0 && same != whole && !strings.Contains(name, ",") && len(split(name, nil)) <= MaxClues {
			t.Fatalf("%q is itself by %d", name, same)
		}
	})
}
