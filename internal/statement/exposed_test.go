package statement

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExposed(t *testing.T) {
	l := newLedger()
	exposed := func() []Finding {
		t.Helper()
		found, err := Exposed(l, slices.Collect(maps.Values(l.recorded)))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	l.add(t, of("p type Person"), of("p name Niña Ejemplo Ficticia"), of("o type Organization"), of("q type Person"))
	l.add(t,
		of("o name Amigos de Niña Ejemplo Ficticia", id("x1")), // which a later protection finds
		of("o description Sin nombre", id("x2")),
		of("o notes Con Niña Ejemplo Ficticia", id("x3"), restricted),
		of("q name Niña Ejemplo Ficticia", id("x4")), // a namesake's own
		of("q notes Prima de NIÑA EJEMPLO FICTICIA", id("x5")),
	)
	if found := exposed(); found != nil {
		t.Errorf("nobody is protected, and yet %v", found)
	}
	l.add(t, of("p protection PROTECTED", from("editorial")))
	l.recorded["x6"] = &Recorded{Statement: of("p nationality VE, Niña Ejemplo Ficticia", id("x6"))} // as if it had come before
	l.recorded["x6"].Visibility = Public
	l.recorded["x7"] = &Recorded{Statement: of("p notes Niña Ejemplo Ficticia", id("x7"))} // of which nothing shows
	l.recorded["x7"].Visibility = Public
	if diff := cmp.Diff([]Finding{{"x1", "p"}, {"x5", "p"}, {"x6", "p"}}, exposed()); diff != "" {
		t.Error(diff)
	}
	if l.recorded["x1"].Visibility != Public {
		t.Error("Exposed has changed a statement")
	}
	delete(l.recorded, "x6")
	if _, err := l.apply(Commit{Retract: []string{"x1", "x5"}}); err != nil {
		t.Fatal(err)
	}
	if found := exposed(); found != nil {
		t.Errorf("after they were retracted: %v", found)
	}
}
