package statement

import "testing"

func TestStatusOfADetention(t *testing.T) {
	reported, bail := attributed("REPORTED"), qualified("measure", "BAIL")
	for _, c := range []struct {
		name       string
		statements []Statement
		want       string
	}{
		{"nothing", nil, "UNKNOWN"},
		{"a sentence alone says nothing about custody", []Statement{of("s date 2025-12")}, "UNKNOWN"},
		{"a death date alone says nothing", []Statement{of("p deathDate 2025-12")}, "UNKNOWN"},
		{"arrest, stated", []Statement{of("d ARRESTED_BY o")}, "DETAINED"},
		{"start, stated", []Statement{of("d start 2025-12~")}, "DETAINED"},
		{"holding, reported", []Statement{of("d HELD_AT f", reported)}, "DETENTION_REPORTED"},
		{"holding, reported and verified by the family", []Statement{of("d HELD_AT f", reported, verified(FamilyOrCounsel))}, "DETAINED"},
		{"holding, denied", []Statement{of("d HELD_AT f", denied)}, "UNKNOWN"},
		{"holding, deprecated", []Statement{of("d HELD_AT f", ranked(Deprecated))}, "UNKNOWN"},
		{"a facility that does not exist", []Statement{of("d HELD_AT nowhere")}, "UNKNOWN"},
		{"an end", []Statement{of("d start 2025"), of("d end 2025-12", reported)}, "ENDED"},
		{"another outcome", []Statement{of("d start 2025"), of("d outcome EXPELLED")}, "ENDED"},
		{"an unknown outcome", []Statement{of("d start 2025"), of("d outcome UNKNOWN")}, "DETAINED"},
		{"release, stated", []Statement{of("d start 2025"), of("d RELEASED_IN e")}, "RELEASED"},
		{"release, reported", []Statement{of("d start 2025"), of("d RELEASED_IN e", reported)}, "RELEASE_REPORTED"},
		{"outcome released", []Statement{of("d outcome RELEASED")}, "RELEASED"},
		{"outcome released, alleged", []Statement{of("d outcome RELEASED", attributed("ALLEGED"))}, "RELEASE_REPORTED"},
		{"the link's measure", []Statement{of("d RELEASED_IN e", bail)}, "CONDITIONALLY_RELEASED"},
		{"the link's measure comes first", []Statement{of("d RELEASED_IN e", qualified("measure", "FULL")), of("d measure BAIL")}, "RELEASED"},
		{"the detention's measure", []Statement{of("d RELEASED_IN e"), of("d measure BAIL"), of("e measure FULL")}, "CONDITIONALLY_RELEASED"},
		{"the event's measure", []Statement{of("d RELEASED_IN e"), of("e measure ALTERNATIVE_UNSPECIFIED")}, "CONDITIONALLY_RELEASED"},
		{"an unknown measure", []Statement{of("d RELEASED_IN e"), of("e measure UNKNOWN")}, "RELEASED"},
		{"reported with a measure", []Statement{of("d RELEASED_IN e", reported, bail)}, "RELEASE_REPORTED"},
		{"death", []Statement{of("d RELEASED_IN e"), of("d outcome DIED")}, "DIED"},
		{"death, reported", []Statement{of("d outcome DIED", reported)}, "DEATH_REPORTED"},
		{"a better outcome than death", []Statement{of("d outcome DIED", reported), of("d outcome RELEASED")}, "RELEASED"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLedger()
			l.add(t, scene()...)
			if len(c.statements) > 0 {
				l.add(t, c.statements...)
			}
			if got := l.row(t, PublicView, "d").Values.Text("status"); got != c.want {
				t.Errorf("status %s, want %s", got, c.want)
			}
		})
	}
}

func TestStatusRestsOnWhatTheViewShows(t *testing.T) {
	l := newLedger()
	l.add(t, scene()...)
	l.add(t, of("old type Source"), of("old publishedAt 2025-06"))
	l.add(t, of("d ARRESTED_BY o", id("arrest"), from("old")), of("d RELEASED_IN e", id("release"), restricted))
	for _, c := range []struct {
		view                View
		status, asOf, rests string
	}{{PublicView, "DETAINED", "2025-06", "arrest"}, {FullView, "RELEASED", "2026-01-10", "release"}} {
		row := l.row(t, c.view, "d")
		rests, _ := row.Values.Get("statusStatements").([]string)
		if row.Values.Text("status") != c.status || row.Values.Text("statusAsOf") != c.asOf || len(rests) != 1 || rests[0] != c.rests {
			t.Errorf("%s: %v, want %+v", c.view, row.Values, c)
		}
	}
}
