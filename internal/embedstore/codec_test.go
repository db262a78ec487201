package embedstore

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
)

func drawRow(t *rapid.T, id string) *statement.Row {
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "Person", "name", "ANA", "\x00\xff"}), rapid.String())
	r := &statement.Row{ID: id, Type: text.Draw(t, "type"), From: text.Draw(t, "from"), To: text.Draw(t, "to"), Unlisted: rapid.Bool().Draw(t, "unlisted")}
	data := rapid.OneOf(
		text.AsAny(), rapid.Int64().AsAny(), rapid.Bool().AsAny(), rapid.SliceOfN(text, 1, 4).AsAny(),
	)
	for range rapid.IntRange(0, 5).Draw(t, "values") {
		r.Values = append(r.Values, statement.Value{Key: text.Draw(t, "key"), Data: data.Draw(t, "data")})
	}
	return r
}

func TestRowsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := statement.Twin{ID: "x", Full: drawRow(t, "x")}
		switch rapid.IntRange(0, 2).Draw(t, "views") {
		case 1:
			want.Public = want.Full
		case 2:
			want.Public = drawRow(t, "x")
		}
		shared := rapid.SampledFrom([]texts{nil, {}}).Draw(t, "shared")
		got, err := decodeTwin("x", encodeTwin(want), shared)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		if (want.Public == want.Full) != (got.Public == got.Full) {
			t.Fatal("one object has become two, or two one")
		}
	})
}

// Whatever bytes a file holds, decoding gives an error or a row that says the same
// when it is encoded again; it never panics and never reads beyond them.
func FuzzDecode(f *testing.F) {
	row := &statement.Row{ID: "x", Type: "Person", Values: statement.Values{
		{Key: "count", Data: int64(-3)}, {Key: "name", Data: "Ana"}, {Key: "protected", Data: true}, {Key: "sources", Data: []string{"a", "b"}},
	}}
	f.Add(encodeTwin(statement.Twin{ID: "x", Public: row, Full: row}))
	f.Add(encodeTwin(statement.Twin{ID: "x", Full: row}))
	f.Add(encodeTwin(statement.Twin{ID: "x", Public: &statement.Row{ID: "x", Type: "Person"}, Full: row}))
	f.Add([]byte{sameInBoth, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Fuzz(func(t *testing.T, data []byte) {
		twin, err := decodeTwin("x", data, nil)
		if err != nil || twin.Gone() {
			return
		}
		again, err := decodeTwin("x", encodeTwin(twin), nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(twin, again); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestVersionsComeBackAsTheyWere(t *testing.T) {
	for _, want := range []views[uint64]{{}, {1, 2}, {0, 1 << 40}, {7, 0}} {
		if got := decodeVersions(encodeVersions(want)); got != want {
			t.Errorf("%v has become %v", want, got)
		}
	}
	if got := decodeVersions(nil); got != (views[uint64]{}) {
		t.Errorf("of nothing: %v", got)
	}
}
