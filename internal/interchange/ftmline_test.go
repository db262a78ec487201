package interchange

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/vocab"
)

func TestNamesThatPropertiesAreKeptUnder(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"amount": "ftm.amount", "first_seen": "ftm.firstSeen !", "_x-y z": "ftm.xYZ !", "ñ": "ftm.other !", "": "ftm.other !",
		"id": "ftm.other !", "schema": "ftm.other !", strings.Repeat("x", 70): "ftm." + strings.Repeat("x", maxFtMName) + " !",
	} {
		got, same := ftmName(name)
		if !same {
			got += " !"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestDatesOfForeignFiles(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2020": "2020 true", "2020-05": "2020-05 true", "2020-05-01": "2020-05-01 true", "2020~": "2020~ true",
		"2020-05-01T10:00:00Z": "2020-05-01 false", "2020-05-01 10:00:00.5+02:00": "2020-05-01 false",
		"2020-02-30T10:00": "", "2020-05-01Tten": "", "mayo": "", "2020-5-1": "", "01.05.2020": "",
	} {
		date, exact, ok := ftmDate(text)
		got := ""
		if ok {
			got = date + " " + strconv.FormatBool(exact)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestIDsTellNothingWithoutTheSecret(t *testing.T) {
	t.Parallel()
	a, b := newFtMIDs([]byte("one"), "x"), newFtMIDs([]byte("two"), "x")
	if a.entity("ana") == b.entity("ana") || a.entity("ana") != newFtMIDs([]byte("one"), "x").entity("ana") || a.entity("ana") == newFtMIDs([]byte("one"), "y").entity("ana") {
		t.Error("an id is not that of secret, dataset and foreign id")
	}
	if a.of("a", "bc") == a.of("ab", "c") {
		t.Error("parts run into each other")
	}
	k := a.entity("ana")
	if got, ok := keyOf(k.String()); got != k || !ok {
		t.Error(k, got)
	}
	for _, bad := range []string{"", "ana", k.String() + "0", k.String()[1:] + "x", strings.Repeat("g", 32)} {
		if _, ok := keyOf(bad); ok {
			t.Errorf("%q is no key", bad)
		}
	}
}

// Whatever a line is, it is read or refused, and each value is kept under a name that
// a statement may have.
func FuzzFtMLine(f *testing.F) {
	for _, line := range smallFtM {
		f.Add([]byte(line))
	}
	f.Add([]byte(`{"id":1,"schema":"X","properties":{"a":[null,[1,"b"],{"c":[]},true,"  "],"":"d"},"e":{},"f":[[]]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		line, err := parseFtM(text)
		if err != nil {
			return
		}
		if line.id == "" || line.schema == "" {
			t.Errorf("%q: %+v", text, line)
		}
		for _, p := range slices.Concat(line.properties, line.context) {
			if name, _ := ftmName(p.name); !vocab.Foreign(name) {
				t.Errorf("%q: kept under %q", text, name)
			}
			if slices.Contains(p.values, "") || len(p.values)+len(p.embedded) == 0 {
				t.Errorf("%q: %+v", text, p)
			}
		}
	})
}
