package network_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/vocab"
)

// cellmates are two people held in one prison, in one party, tried by one court in
// two proceedings, arrested by nobody in particular.
var cellmates = []string{"ana Person", "ben Person", "da Detention", "db Detention", "sa Sentence", "jail Facility", "court Organization", "pa Proceeding", "pb Proceeding",
	"party Organization", "force Organization", "theft Charge"}

var cellmatesLinks = []string{"ana HAS_DETENTION da", "ben HAS_DETENTION db", "da HELD_AT jail", "db HELD_AT jail", "da TRIED_IN pa", "db TRIED_IN pb", "pa HEARD_BY court", "pb HEARD_BY court",
	"ana MEMBER_OF party", "ben MEMBER_OF party", "da ARRESTED_BY force", "db ARRESTED_BY force", "da SENTENCED_TO sa", "sa IMPOSED_FOR theft", "db CHARGED_WITH theft"}

func commonText(c network.Common) string {
	var list []string
	for _, s := range c.Shared {
		list = append(list, s.ID+": "+strings.Join(texts(s.Paths), "; "))
	}
	return fmt.Sprintf("%s (%d) %v", strings.Join(list, " | "), c.Total, c.LeftOut)
}

func TestCommon(t *testing.T) {
	s := graph(t, cellmates, cellmatesLinks, value("force", vocab.Unspecified, "true"))
	for _, tt := range []struct {
		name string
		q    network.CommonQuery
		want string
	}{
		{"one step: the detention is the person's", network.CommonQuery{IDs: []string{"ana", "ben"}, AtLeast: 2, Within: 1, First: 9},
			"jail: ana -l0- da -l2- jail; ben -l1- db -l3- jail | party: ana -l8- party; ben -l9- party | " +
				"theft: ana -l0- da -l12- sa -l13- theft; ben -l1- db -l14- theft (3) {[] [force]}"},
		{"two steps: the court", network.CommonQuery{IDs: []string{"ana", "ben"}, AtLeast: 2, Within: 2, First: 9, Scope: network.Scope{Relations: []string{"TRIED_IN", "HEARD_BY"}}},
			"court: ana -l0- da -l4- pa -l6- court; ben -l1- db -l5- pb -l7- court (1) {[] []}"},
		{"types", network.CommonQuery{IDs: []string{"ana", "ben"}, AtLeast: 2, Within: 1, First: 9, Scope: network.Scope{Types: []string{vocab.Organization}}, Gates: network.Gates{Unspecified: true}},
			"force: ana -l0- da -l10- force; ben -l1- db -l11- force | party: ana -l8- party; ben -l9- party (2) {[] []}"},
		{"from the other end: who was held there and is in the party", network.CommonQuery{IDs: []string{"party", "jail"}, AtLeast: 2, Within: 1, First: 1},
			"ana: party -l8- ana; jail -l2- da -l0- ana (2) {[] []}"},
		{"of one of them", network.CommonQuery{IDs: []string{"ana", "nobody", "ana"}, AtLeast: 1, Within: 1, First: 9, Scope: network.Scope{Relations: []string{"MEMBER_OF"}}},
			"party: ana -l8- party (1) {[] []}"},
		{"of all, where one is unknown", network.CommonQuery{IDs: []string{"ana", "nobody"}, AtLeast: 2, Within: 1, First: 9}, " (0) {[] []}"},
		{"not through hubs", network.CommonQuery{IDs: []string{"party", "court"}, AtLeast: 2, Within: 2, First: 9, Gates: network.Gates{MaxDegree: 3}, Scope: network.Scope{Relations: []string{"MEMBER_OF", "HEARD_BY", "TRIED_IN"}}},
			"ana: party -l8- ana; court -l6- pa -l4- da -l0- ana | ben: party -l9- ben; court -l7- pb -l5- db -l1- ben | pa: party -l8- ana -l0- da -l4- pa; court -l6- pa | pb: party -l9- ben -l1- db -l5- pb; court -l7- pb (4) {[] []}"},
		{"a hub in the middle", network.CommonQuery{IDs: []string{"pa", "pb"}, AtLeast: 2, Within: 2, First: 9, Gates: network.Gates{MaxDegree: 1}, Scope: network.Scope{Types: []string{vocab.Facility}}},
			" (0) {[{db 4} {da 3} {court 2}] []}"},
	} {
		answer, err := walk(s, 1000).Common(t.Context(), tt.q)
		if got := commonText(answer); err != nil || got != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", tt.name, err, got, tt.want)
		}
	}
	answer, err := walk(s, 10).Common(t.Context(), network.CommonQuery{IDs: []string{"ana", "ben"}, AtLeast: 1, Within: 1, First: 1})
	if _, tooMuch := errors.AsType[*network.TooMuch](err); !tooMuch || answer.Total == 0 {
		t.Errorf("%v, %s", err, commonText(answer))
	}
}
