package storetest

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// universe is the entities that generated graphs speak of, by type. They are few,
// so that things meet, and their ids mix cases and signs, whose order is by byte.
var universe = map[string][]string{
	vocab.Person:       {"p1", "P2", "p-3", "p.4"},
	vocab.Organization: {"o1", "O2", "o-3"},
	vocab.Detention:    {"d1", "D2", "d-3"},
	vocab.Sentence:     {"n1", "N2"},
	"Charge":           {"c1", "C2"},
	"Proceeding":       {"k1"},
	vocab.Event:        {"v1", "V2"},
	vocab.Facility:     {"f1", "F2"},
	"Place":            {"l1"},
	vocab.Tally:        {"t1", "T2"},
	vocab.SourceType:   {"s1", "S2", "s-3"},
	vocab.Record:       {"r1"},
}

// entityIDs lists them all, in the order of the vocabulary's types.
var entityIDs = func() []string {
	var ids []string
	for _, t := range vocab.Types() {
		ids = append(ids, universe[t.Name]...)
	}
	return ids
}()

func typeOf(id string) string {
	for name, ids := range universe {
		if slices.Contains(ids, id) {
			return name
		}
	}
	return ""
}

// The values that generated statements take: with cases, marks and signs that
// orders and filters trip over, texts that only a hash tells apart, and dates of
// every form. "Ana Ficticia" stands in another text too, which is restricted when
// the person of that name is protected.
var (
	longText = strings.Repeat("muy largo, ", 24)
	texts    = []string{
		"Ana Ficticia", "ana ficticia", "ANA FICTICIA", "Dicen que Ana Ficticia estuvo", "Álvaro Ñáñez", "alvaro nanez", "zeta", "Zeta",
		"Ωmega", "ﬁn", "Straße", "\ue000 privada", "😀 cara", "10 %_x.*", `'"\`, "  ", longText + "a", longText + "b",
	}
	dates = []string{
		"2025-12-25", "2025-12-24", "2025-12", "2025", "2025-12-25~", "2025?", "[2025-12-24..2025-12-31]", "2025-12-24/2026-01-03~",
		"2025-12-25/..", "../2025-12-20", "1980-02-29", "2009-05",
	}
	numbers = []string{"0", "1", "120", "360", "2"}
	counts  = []string{"1085", "65..", "..1000~", "800~.."}
	urls    = []string{"https://example.org/a", "https://example.org/B?x=1"}
	langs   = []string{"", "", "es", "en"}
)

// relationEnds lists the pairs of entities that each relation may join.
var relationEnds = func() map[string][][2]string {
	pairs := map[string][][2]string{}
	for _, r := range vocab.Relations() {
		for _, from := range entityIDs {
			for _, to := range entityIDs {
				if from != to && r.Connects(typeOf(from), typeOf(to)) {
					pairs[r.Name] = append(pairs[r.Name], [2]string{from, to})
				}
			}
		}
	}
	return pairs
}()

// parallelLink names a link by its ends, so that no link has two pairs of them.
func parallelLink(r *vocab.Relation, ends [2]string, n int) string {
	if r.Symmetric && ends[1] < ends[0] {
		ends[0], ends[1] = ends[1], ends[0]
	}
	return fmt.Sprintf("%s-%s-%s-%d", strings.ReplaceAll(r.Name, "_", "."), ends[0], ends[1], n)
}

// wrong draws a statement that no store takes.
func (s *scribe) wrong() statement.Statement {
	return pick(s.T, "mistake", []statement.Statement{
		{ID: "bad", Subject: "p1", Property: "wingspan", Value: "3", Source: "s1"},
		{ID: "bad", Subject: "p1", Property: "birthDate", Value: "soon", Source: "s1"},
		{ID: "bad", Subject: "o1", Property: "MEMBER_OF", Entity: "p1", Source: "s1"},
		{ID: "bad", Subject: "p1", Property: vocab.TypeProperty, Value: vocab.Organization, Source: "s1"},
		{ID: "x1", Subject: "p1", Property: "notes", Value: "other content under a known id", Source: "s1"},
		{ID: "bad", Subject: "p1", Property: "name", Value: "Ana", Source: ""},
	})
}

// pick draws one of a list.
func pick[T any](t *rapid.T, label string, list []T) T {
	return list[rapid.IntRange(0, len(list)-1).Draw(t, label)]
}
