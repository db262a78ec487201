package plan

import (
	"encoding/base64"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// ordersOf are orders by a text, a date, an enumeration, a number and a count.
func ordersOf() []store.Order {
	person, tally := vocab.TypeOf(vocab.Person), vocab.TypeOf(vocab.Tally)
	return []store.Order{
		{Property: person.Property("name")}, {Property: person.Property("birthDate")}, {Property: tally.Property("metric")},
		{Property: tally.Property("value")}, {Property: person.Property("protected")}, {Count: person.Field("detentions")},
	}
}

func drawPosition(t *rapid.T, orders []store.Order, linked bool) *store.Position {
	id := rapid.StringMatching(`[a-zA-Z0-9][a-zA-Z0-9.-]{0,20}`)
	p := &store.Position{ID: id.Draw(t, "id")}
	if linked {
		p.Link = id.Draw(t, "link")
	}
	for _, o := range orders {
		switch {
		case rapid.Bool().Draw(t, "null"):
			p.Keys = append(p.Keys, nil)
		case holdsText(o):
			p.Keys = append(p.Keys, rapid.String().Draw(t, "text"))
		default:
			p.Keys = append(p.Keys, rapid.Int64().Draw(t, "number"))
		}
	}
	return p
}

func TestCursorsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		orders := rapid.SliceOfN(rapid.SampledFrom(ordersOf()), 0, 4).Draw(t, "orders")
		linked := rapid.Bool().Draw(t, "linked")
		m := markOf("Query.people", []byte(rapid.String().Draw(t, "arguments")), statement.PublicView)
		want := drawPosition(t, orders, linked)
		cursor := string(appendCursor(nil, m, want.Keys, want.ID, want.Link))
		got, err := position(cursor, m, orders, linked)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		if strings.ContainsAny(cursor, `"\=+/`) {
			t.Fatalf("%s would need an escape", cursor)
		}
		if _, err := position(cursor, markOf("Query.people", []byte("other"), statement.FullView), orders, linked); !errors.Is(err, errOtherCursor) {
			t.Fatalf("another mark: %v", err)
		}
		if _, err := position(cursor, m, orders, !linked); err == nil {
			t.Fatal("links and no links are not told apart")
		}
	})
}

func TestMarks(t *testing.T) {
	marks := map[mark]bool{}
	for _, identity := range []string{"Query.people", "Query.events"} {
		for _, arguments := range []string{"{}", `{where:{}}`} {
			for _, view := range statement.Views {
				marks[markOf(identity, []byte(arguments), view)] = true
			}
		}
	}
	if len(marks) != 8 {
		t.Errorf("%d marks, not 8", len(marks))
	}
}

func TestBadCursors(t *testing.T) {
	orders := ordersOf()[:1]
	m := markOf("x", nil, statement.PublicView)
	encode := func(b ...byte) string {
		return base64.RawURLEncoding.EncodeToString(append(append([]byte{cursorVersion}, m[:]...), b...))
	}
	for _, cursor := range []string{
		"", "a", "=", "ñ", strings.Repeat("A", maxCursor+1),
		encode(), encode(keyNull), encode(keyText, 200), encode(keyNumber, 2, 1, 'a', 0),
		encode(keyText, 1, 0xff, 1, 'a', 0),               // no UTF-8
		encode(keyNull, 1, ' ', 0), encode(keyNull, 0, 0), // no id
		encode(keyNull, 1, 'a', 1, 'b'), // a link, where there are none
		encode(keyNull, 1, 'a', 0, 0),   // something behind it
		encode(9, 1, 'a', 0), encode(keyNull, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
	} {
		if p, err := position(cursor, m, orders, false); err == nil {
			t.Errorf("%q is taken for %v", cursor, p)
		}
	}
	if _, err := position(encode(keyNull, 1, 'a', 0), m, orders, false); err != nil {
		t.Error(err)
	}
	old := string(appendCursor(nil, m, []any{nil}, "a", ""))
	raw, _ := base64.RawURLEncoding.DecodeString(old)
	raw[0]++
	if _, err := position(base64.RawURLEncoding.EncodeToString(raw), m, orders, false); !errors.Is(err, errOtherCursor) {
		t.Errorf("another version: %v", err)
	}
}

func FuzzCursor(f *testing.F) {
	m := markOf("x", nil, statement.PublicView)
	f.Add("", uint8(0), false)
	f.Add(string(appendCursor(nil, m, []any{"name", int64(math.MaxInt64), nil}, "a.b", "c-d")), uint8(3), true)
	f.Add(string(appendCursor(nil, m, nil, "a", "")), uint8(0), false)
	f.Fuzz(func(t *testing.T, cursor string, n uint8, linked bool) {
		all := ordersOf()
		orders := []store.Order{all[0], all[3], all[1], all[5]}[:n%5]
		raw, err := base64.RawURLEncoding.DecodeString(cursor)
		if err == nil && len(raw) > 9 { // give it the right mark, so that the rest is looked at
			raw[0] = cursorVersion
			copy(raw[1:], m[:])
			cursor = base64.RawURLEncoding.EncodeToString(raw)
		}
		p, err := position(cursor, m, orders, linked)
		if err != nil {
			return
		}
		if err := store.Check([]store.Selection{{Order: orders, Page: store.PageOf{First: 1, After: p}}}); err != nil {
			t.Fatal(err)
		}
		again, err := position(string(appendCursor(nil, m, p.Keys, p.ID, p.Link)), m, orders, linked)
		if diff := cmp.Diff(p, again); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}
