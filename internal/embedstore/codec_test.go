package embedstore

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
)

var drawText = rapid.OneOf(rapid.SampledFrom([]string{"", "Person", "name", "ANA", "\x00\xff"}), rapid.String())

// drawHead draws what a row says in every view.
func drawHead(t *rapid.T, id string) statement.Row {
	return statement.Row{ID: id, Type: drawText.Draw(t, "type"), From: drawText.Draw(t, "from"), To: drawText.Draw(t, "to"), Unlisted: rapid.Bool().Draw(t, "unlisted")}
}

func drawRow(t *rapid.T, head statement.Row) *statement.Row {
	r, text := &head, drawText
	data := rapid.OneOf(
		text.AsAny(), rapid.Int64().AsAny(), rapid.Bool().AsAny(), rapid.SliceOfN(text, 1, 4).AsAny(),
	)
	for _, key := range slices.Sorted(slices.Values(rapid.SliceOfNDistinct(text, 0, 5, rapid.ID).Draw(t, "keys"))) {
		r.Values = append(r.Values, statement.Value{Key: key, Data: data.Draw(t, "data")})
	}
	return r
}

func TestRowsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		head := drawHead(t, "x")
		want := statement.Twin{ID: "x", Full: drawRow(t, head)}
		switch rapid.IntRange(0, 3).Draw(t, "views") {
		case 1:
			want.Public = want.Full
		case 2:
			want.Public = drawRow(t, head)
		case 3:
			public := *want.Full
			public.Values = slices.DeleteFunc(slices.Clone(public.Values), func(statement.Value) bool { return rapid.Bool().Draw(t, "withheld") })
			want.Public = &public
		}
		got, err := decodeTwin("x", encodeTwin(want))
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

// What is read of a row's record by key is what the row says.
func TestValuesAreFoundByKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		head := drawHead(t, "x")
		full := drawRow(t, head)
		_, record, err := split(string(encodeTwin(statement.Twin{ID: "x", Full: full})))
		if err != nil {
			t.Fatal(err)
		}
		if record.flags().shows(statement.PublicView) || !record.flags().shows(statement.FullView) {
			t.Error("shown in the wrong view")
		}
		values := record.values(statement.FullView)
		var keys []string
		var want statement.Values
		for _, v := range full.Values {
			if diff := cmp.Diff(v.Data, values.get(v.Key)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", v.Key, diff)
			}
			if rapid.Bool().Draw(t, "wanted") {
				keys, want = append(keys, v.Key), append(want, v)
			}
		}
		if got := values.get("no such key"); got != nil {
			t.Errorf("a key that the row has not: %v", got)
		}
		w := wants(keys)
		if diff := cmp.Diff(want, values.wanted(&w)); diff != "" {
			t.Errorf("wanted %q (-want +got):\n%s", keys, diff)
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
	f.Add(encodeTwin(statement.Twin{ID: "x", Public: &statement.Row{ID: "x", Type: "Person", Values: row.Values[1:2]}, Full: row}))
	f.Add([]byte{differing | unlisted, 1, 1, 1, 9, 1})
	f.Add([]byte{sameInBoth, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Fuzz(func(t *testing.T, data []byte) {
		twin, err := decodeTwin("x", data)
		if err != nil || twin.Gone() {
			return
		}
		again, err := decodeTwin("x", encodeTwin(twin))
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
