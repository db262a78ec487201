package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/vinculo/vinculo/internal/embedstore"
	"github.com/vinculo/vinculo/internal/generate"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/search"
	"github.com/vinculo/vinculo/internal/statement"
)

// pool is how many people of two surnames are searched.
const pool = 5000

// Each person is looked for by nine ways of writing the name, in the store and by the
// scorer that answer `search`; with -short, one in ten.
func TestNamesAreFoundHoweverTheyAreWritten(t *testing.T) {
	people := generate.Roster(pool, 7)
	kin := 0
	for _, p := range people {
		if p.Kin {
			kin++
		}
	}
	s, every := filled(t, people), 1
	if testing.Short() {
		every = 10
	}
	type miss struct {
		variant
		of    generate.Name
		place int
	}
	found, asked := make(chan miss, len(people)), atomic.Int64{}
	var all sync.WaitGroup
	for worker := range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := worker * every; i < len(people); i += every * runtime.GOMAXPROCS(0) {
				for _, v := range variants(people[i], rand.New(rand.NewPCG(1, uint64(i)))) {
					hits, err := search.Search(t.Context(), s, statement.PublicView, search.Text{Text: v.text, Types: []string{"Person"}})
					if err != nil {
						t.Error(err)
						return
					}
					asked.Add(1)
					if place := slices.IndexFunc(hits, func(h search.Hit) bool { return h.ID == id(i) }); place < 0 || place >= 10 {
						found <- miss{v, people[i], place}
					}
				}
			}
		})
	}
	go func() {
		all.Wait()
		close(found)
	}()
	misses := map[string]int{}
	for m := range found {
		if misses[m.kind]++; misses[m.kind] <= 3 {
			t.Logf("%s: %q does not find %q (place %d)", m.kind, m.text, full(m.of), m.place)
		}
	}
	missed := 0
	for _, n := range misses {
		missed += n
	}
	recall := 1 - float64(missed)/float64(asked.Load())
	t.Logf("recall@10 %.4f of %d queries about %d people, %d of them kin of others; missed: %v", recall, asked.Load(), pool, kin, misses)
	if recall < 0.98 || kin < pool/3 || asked.Load() != int64(9*pool/every) {
		t.Errorf("recall@10 is %.4f of %d queries, %d kin", recall, asked.Load(), kin)
	}
}

// A whole name written as one word finds its bearer, and the words find who is written so.
func TestWholeNamesAreFoundJoined(t *testing.T) {
	people := generate.Roster(1500, 5)
	s := filled(t, people, say("joined", "type", "Person"), say("joined", "name", "JuanDeLaCruzInventadoFicticio"))
	first := func(text string) []string {
		hits, err := search.Search(t.Context(), s, statement.PublicView, search.Text{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range hits[:min(4, len(hits))] {
			ids = append(ids, h.ID)
		}
		return ids
	}
	if got := first("juan de la cruz inventado ficticio"); !slices.Contains(got, "joined") {
		t.Errorf("the words find %v", got)
	}
	for i := 0; i < len(people); i += 30 {
		text := strings.ToLower(strings.ReplaceAll(full(people[i]), " ", ""))
		if got := first(text); !slices.Contains(got, id(i)) {
			t.Errorf("%s does not find %s first, but %v", text, full(people[i]), got)
		}
	}
}

func id(i int) string { return fmt.Sprintf("p%05d", i) }

func full(p generate.Name) string {
	return strings.Join(slices.DeleteFunc([]string{p.Given, p.Second, p.First, p.Last}, func(s string) bool { return s == "" }), " ")
}

// filled gives a store of people that have nothing but their names, and of what else is said.
func filled(t testing.TB, people []generate.Name, more ...statement.Statement) *embedstore.Store {
	t.Helper()
	s, err := embedstore.Open(t.TempDir(), embedstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(context.WithoutCancel(t.Context())) })
	all := []statement.Statement{{ID: "s.type", Subject: "s", Property: "type", Value: "Source", Source: "s"}}
	for i, p := range people {
		all = append(all,
			statement.Statement{ID: id(i) + ".type", Subject: id(i), Property: "type", Value: "Person", Source: "s"},
			statement.Statement{ID: id(i) + ".name", Subject: id(i), Property: "name", Value: full(p), Source: "s"})
	}
	for part := range slices.Chunk(append(all, more...), 1000) {
		if _, err := s.Write(t.Context(), statement.Commit{By: "a test", Add: part}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

type variant struct{ kind, text string }

// variants writes a name in nine ways, none of which is the name.
func variants(p generate.Name, d *rand.Rand) []variant {
	given := strings.TrimSpace(p.Given + " " + p.Second)
	surnames := p.First + " " + p.Last
	initials := p.Given[:len(string([]rune(p.Given)[:1]))] + "."
	if p.Second != "" {
		initials = p.Given + " " + string([]rune(p.Second)[:1]) + "."
	}
	nick := p.Given
	if others := match.Nicknames(match.Fold(p.Given)); len(others) > 0 {
		nick = others[d.IntN(len(others))]
	}
	one := mistyped(full(p), d)
	return []variant{
		{"dropped surname", given + " " + p.First},
		{"swapped order", surnames + " " + given},
		{"initials", initials + " " + surnames},
		{"particles", given + " de " + p.First + " y " + p.Last},
		{"nickname", strings.TrimSpace(nick + " " + p.Second + " " + surnames)},
		{"one typo", one},
		{"two typos", mistyped(one, d)},
		{"accents", strings.ToUpper(match.Fold(full(p)))},
		{"joined", strings.ReplaceAll(given, " ", "") + " " + p.First + p.Last},
	}
}

// mistyped leaves a letter out, puts one in, changes one or swaps two.
func mistyped(name string, d *rand.Rand) string {
	letters := []rune(name)
	at := 1 + d.IntN(len(letters)-2)
	for letters[at] == ' ' || letters[at+1] == ' ' {
		at = 1 + d.IntN(len(letters)-2)
	}
	other := rune('a' + d.IntN(26))
	switch d.IntN(4) {
	case 0:
		letters = slices.Delete(letters, at, at+1)
	case 1:
		letters = slices.Insert(letters, at, other)
	case 2:
		letters[at] = other
	default:
		letters[at], letters[at+1] = letters[at+1], letters[at]
	}
	return string(letters)
}
