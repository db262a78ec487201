package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

var finding = subject{name: "find", data: findData, cases: []sentence{
	{"Find gives, for each question, the ids of the entities that it is asked for", findEach},
	{"at most First of them", findFirst},
	{"A commit is seen whole or not at all by one question", findCommitted},
	{"asks for entities by the words that they bear: those that Row.Words gives of their row in the view", findInView},
	{"A word fits a clue by a key if it is the key's text or, with Prefix, begins with it; or if it has the text among its match.Keys, unless the key is weak", findByKeys},
	{"the one that the fewest entities of the view bear first, then by text: by all of them, as long as the numbers of those who bear them are no more than Most in all, and by the first one in any case", findRarest},
	{"Of the entities of Types that bear one of these words, the first Most by id are looked at", findLooked},
	{"an entity is given the most that one of its words is worth by one of the keys: the key's weight, times 10 if it is weak, and else times 40 less the bits of the number of entities that bear the word", findWorth},
	{"Entities come by the sum of that, highest first, then by id", findInOrder},
	{"of the entities that are looked at; none: all", findLooked},
	{"entities at most", findFirst},
	{"entities looked at, and ErrInvalid if it or First is negative", findMalformed},
}}

// findData is eight people called Común, by id c1 to c8, some of whom have rarer names too;
// an organization with a description; and who has names that the public is not told.
func findData() []statement.Commit {
	lists := [][]statement.Statement{
		entity("o1", "Organization", "name", "Casa Común", "otherNames", "La Casona", "description", "Refugio de pruebas"),
		entity("h1", "Person", "name", "Visible Común", "protection", "PROTECTED"),
		entity("h2", "Person", "otherNames", "Abierta Prueba"),
		{say("h2.hidden", "h2", "name", "Recóndita Prueba", restricted)},
		entity("u", "Person"),
	}
	for i, name := range []string{"Ana", "Ana María", "Bea", "Bea María", "Zoe", "Zoé Única", "José", "Pepe"} {
		lists = append(lists, entity(fmt.Sprint("c", i+1), "Person", "name", name+" Común"))
	}
	return []statement.Commit{together(source(theSource, "title", "Informe de pruebas")), together(lists...)}
}

func (s *suite) find(t *testing.T, view store.View, questions ...store.Question) string {
	t.Helper()
	found, err := s.Store().Find(t.Context(), view, questions)
	if err != nil {
		t.Fatalf("find: %v", err)
	}
	var texts []string
	for _, ids := range found {
		texts = append(texts, strings.Join(ids, " "))
	}
	return strings.Join(texts, "|")
}

// wanted asks by keys: words of a clue are parted by spaces, clues by commas. A key is
// a text, then * for a prefix, ? for a weak one, and its weight if that is not 10.
func wanted(text string) store.Question {
	q := store.Question{First: 100, Most: 100}
	for _, clue := range strings.Split(text, ",") {
		var c match.Clue
		for _, key := range strings.Fields(clue) {
			k := match.Key{Weight: 10}
			k.Text, _, _ = strings.Cut(key, "=")
			_, _ = fmt.Sscanf(key[len(k.Text):], "=%d", &k.Weight)
			k.Text, k.Weak = strings.CutSuffix(k.Text, "?")
			k.Text, k.Prefix = strings.CutSuffix(k.Text, "*")
			c = append(c, k)
		}
		q.Clues = append(q.Clues, c)
	}
	return q
}

func (s *suite) finds(t *testing.T, text, want string) {
	t.Helper()
	if got := s.find(t, statement.PublicView, wanted(text)); got != want {
		t.Errorf("%s finds %q, want %q", text, got, want)
	}
}

func findEach(t *testing.T, s *suite) {
	if got := s.find(t, statement.PublicView, wanted("unica"), wanted("nobody"), wanted("ana,maria"), wanted("unica"), wanted("")); got != "c6||c2 c1 c4|c6|" {
		t.Error(got)
	}
	if got := s.find(t, statement.PublicView); got != "" {
		t.Error(got)
	}
}

func findFirst(t *testing.T, s *suite) {
	for first, want := range map[int]string{0: "", 2: "c2 c1", 9: "c2 c1 c4"} {
		q := wanted("ana,maria")
		if q.First = first; s.find(t, statement.PublicView, q) != want {
			t.Errorf("the first %d: %s", first, s.find(t, statement.PublicView, q))
		}
	}
}

func findCommitted(t *testing.T, s *suite) {
	s.write(t, entity("n1", "Person", "name", "Efímera Nueva")...)
	s.finds(t, "efimera,nueva", "n1")
	s.finds(t, "-efmera", "n1")
	s.write(t, say("n1.other", "n1", "name", "Efímera Otra", func(s *statement.Statement) { s.Rank = statement.Preferred }))
	s.finds(t, "nueva", "n1") // among the other names
	s.retract(t, "n1.type")
	for _, view := range statement.Views {
		if got := s.find(t, view, wanted("efimera* otra nueva -efmera /efimera")); got != "" {
			t.Errorf("%v view: what is gone is found: %s", view, got)
		}
	}
}

func findInView(t *testing.T, s *suite) {
	for text, want := range map[string][2]string{
		"visible": {"", "h1"}, "/bisible": {"", "h1"}, "visib*": {"", "h1"}, "recondita": {"", "h2"}, "abierta,prueba": {"h2", "h2"},
		"prueba": {"h2", "h2"}, "casona": {"o1", "o1"}, ":refugio": {"o1", "o1"}, "refugio": {"", ""}, "informe": {theSource, theSource},
		"withheld": {"", ""}, "unnamed person": {"", ""}, "editorial": {"", ""}, "la": {"", ""},
	} {
		for _, view := range statement.Views {
			if got := s.find(t, view, wanted(text)); got != want[view] {
				t.Errorf("%v view: %s finds %q, want %q", view, text, got, want[view])
			}
		}
	}
}

func findByKeys(t *testing.T, s *suite) {
	s.finds(t, "an*", "c1 c2")
	s.finds(t, "an", "")
	s.finds(t, "/unika", "c6")
	s.finds(t, "-nica -uica", "c6")
	s.finds(t, ":ref*", "o1")
	s.finds(t, "unica,-mara?", "c6")
	s.finds(t, "-mara?,unica", "c6")
	s.finds(t, "ana?", "")
	s.finds(t, "", "")
}

func findRarest(t *testing.T, s *suite) {
	for most, want := range map[int]string{0: "", 1: "c6", 2: "c6", 3: "c6 c1 c2", 5: "c6 c1 c2 c3 c4", 100: "c6 c1 c2 c3 c4 c5 c7 c8 o1"} {
		q := wanted("comun,bea ana,unica")
		if q.Most = most; s.find(t, statement.PublicView, q) != want {
			t.Errorf("looking at %d: %s, want %s", most, s.find(t, statement.PublicView, q), want)
		}
	}
	// The public does not bear the rarity of what it is not told.
	q := wanted("comun")
	if q.Most = 9; s.find(t, statement.PublicView, q) != "c1 c2 c3 c4 c5 c6 c7 c8 o1" || s.find(t, statement.FullView, q) != "c1 c2 c3 c4 c5 c6 c7 c8 h1" {
		t.Error(s.find(t, statement.PublicView, q), s.find(t, statement.FullView, q))
	}
}

func findLooked(t *testing.T, s *suite) {
	q := wanted("comun")
	q.Most, q.Types = 3, []string{"Person", "Facility"}
	if got := s.find(t, statement.PublicView, q); got != "c1 c2 c3" {
		t.Error(got)
	}
	q.Types = []string{"Organization"}
	if got := s.find(t, statement.PublicView, q); got != "o1" {
		t.Error(got)
	}
}

func findWorth(t *testing.T, s *suite) {
	s.finds(t, "zoe=10 unica=10,jose=10", "c6 c7 c5") // borne by one: 39 times; by two: 38 times
	s.finds(t, "zoe=20 unica=10,jose=19", "c5 c6 c7")
	s.finds(t, "ana bea,m*?=30", "c2 c4 c1 c3")
	s.finds(t, "ana=11 bea,m*?=1", "c2 c1 c4 c3")
	s.finds(t, "ana=11 bea,m*?=3", "c2 c1 c4 c3")
	s.finds(t, "ana=11 bea,m*?=40", "c2 c4 c1 c3")
}

func findInOrder(t *testing.T, s *suite) {
	s.finds(t, "maria,bea", "c4 c2 c3")
	s.finds(t, "maria,bea,ana", "c2 c4 c1 c3")
}

func findMalformed(t *testing.T, s *suite) {
	for _, q := range []store.Question{{First: -1}, {Most: -1}} {
		if _, err := s.Store().Find(t.Context(), statement.PublicView, []store.Question{wanted("ana"), q}); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

// asked are questions about the texts of generated graphs.
var asked = func() []store.Question {
	var list []store.Question
	for _, text := range append(texts, "ana f", "Figticia", "alvro", "x", "9") {
		for _, q := range []store.Question{{First: 100, Most: 100}, {First: 3, Most: 2}, {First: 100, Most: 4, Types: []string{vocab.Organization, "Place"}}} {
			q.Clues = match.Clues(text, len(text)%2 == 1)
			list = append(list, q)
		}
	}
	return list
}()

// drawQuestions draws questions by words of generated graphs.
func drawQuestions(rt *rapid.T) []store.Question {
	return rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) store.Question {
		return store.Question{
			Clues: match.Clues(strings.Join(rapid.SliceOfN(rapid.SampledFrom(texts), 1, 2).Draw(rt, "texts"), " "), rapid.Bool().Draw(rt, "prefix")),
			Types: drawTypes(rt, store.Entities), First: rapid.IntRange(0, 9).Draw(rt, "first"), Most: rapid.IntRange(0, 9).Draw(rt, "most"),
		}
	}), 1, 4).Draw(rt, "questions")
}
