package data

import (
	"bufio"
	"bytes"
	"encoding/json"
	"regexp"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
)

// fact is one of the 30 facts of the report, as one of the statements that carry it.
type fact struct {
	row                                                int
	id, subject, property, value, attribution, claimed string // value "": any text
}

var facts = []fact{
	{1, "c25.r01.4", "c25.e01", "start", "2025-12-25", "STATED", ""},
	{1, "c25.r01.8", "c25.e01", "CARRIED_OUT_BY", "c25.o02", "STATED", ""},
	{1, "c25.r01.10", "c25.t01", "metric", "RELEASED", "STATED", ""},
	{1, "c25.r01.12", "c25.t01", "count", "99", "STATED", ""},
	{2, "c25.r02.4", "c25.t02", "count", "65..", "STATED", ""},
	{2, "c25.r02.10", "c25.t02", "COUNTS_FOR", "c25.f01", "STATED", ""},
	{2, "c25.r02.11", "c25.t02", "PART_OF", "c25.t01", "STATED", ""},
	{3, "c25.r03.4", "c25.t03", "count", "3", "STATED", ""},
	{3, "c25.r03.8", "c25.t03", "COUNTS_FOR", "c25.f02", "STATED", ""},
	{3, "c25.r03.9", "c25.t03", "PART_OF", "c25.t01", "STATED", ""},
	{4, "c25.r04.4", "c25.t04", "count", "3", "STATED", ""},
	{4, "c25.r04.11", "c25.t04", "COUNTS_FOR", "c25.l01", "STATED", ""},
	{4, "c25.r04.12", "c25.t04", "PART_OF", "c25.t01", "STATED", ""},
	{5, "c25.r05.1", "c25.e01", "notes", "", "STATED", ""},
	{6, "c25.r06.1", "c25.e01", "notes", "", "STATED", ""},
	{6, "c25.r06.2", "c25.e01", "measure", "ALTERNATIVE_UNSPECIFIED", "STATED", ""},
	{7, "c25.r07.4", "c25.e02", "start", "2025-08-02", "STATED", ""},
	{7, "c25.r07.5", "c25.e02", "measure", "ALTERNATIVE_UNSPECIFIED", "STATED", ""},
	{7, "c25.r07.9", "c25.t05", "count", "13", "STATED", ""},
	{8, "c25.r08.4", "c25.e03", "start", "2024-12", "STATED", ""},
	{8, "c25.r08.8", "c25.t06", "count", "..100~", "STATED", ""},
	{8, "c25.r08.11", "c25.e03", "notes", "", "STATED", ""},
	{9, "c25.r09.5", "c25.t07", "date", "[2025-12-25..2025-12-31]", "ANNOUNCED", "c25.o03"},
	{9, "c25.r09.6", "c25.t07", "count", "..1000~", "ANNOUNCED", "c25.o03"},
	{9, "c25.r09.8", "c25.t07", "COUNTED_BY", "c25.o03", "ANNOUNCED", "c25.o03"},
	{10, "c25.r10.5", "c25.t08", "date", "[2025-12-25..2025-12-31]", "ANNOUNCED", "c25.o04"},
	{10, "c25.r10.6", "c25.t08", "count", "..1000~", "ANNOUNCED", "c25.o04"},
	{10, "c25.r10.8", "c25.t08", "COUNTED_BY", "c25.o04", "ANNOUNCED", "c25.o04"},
	{11, "c25.r11.3", "c25.t09", "date", "[2025-12-25..2025-12-31]", "ANNOUNCED", "c25.o04"},
	{11, "c25.r11.4", "c25.t09", "count", "1085", "ANNOUNCED", "c25.o04"},
	{11, "c25.r11.6", "c25.t09", "COUNTED_BY", "c25.o04", "ANNOUNCED", "c25.o04"},
	{12, "c25.r12.5", "c25.t10", "date", "[2025-12-25..2025-12-31]", "ESTIMATED", "c25.o05"},
	{12, "c25.r12.6", "c25.t10", "count", "800~..", "ESTIMATED", "c25.o05"},
	{12, "c25.r12.8", "c25.t10", "COUNTED_BY", "c25.o05", "ESTIMATED", "c25.o05"},
	{13, "c25.r13.3", "c25.p01", "occupation", "professor", "STATED", ""},
	{13, "c25.r13.7", "c25.d01", "SENTENCED_TO", "c25.s01", "STATED", ""},
	{13, "c25.r13.8", "c25.s01", "lengthMonths", "360", "STATED", ""},
	{13, "c25.r13.9", "c25.s01", "date", "[2025-11..2025-12]", "STATED", ""},
	{14, "c25.r14.1", "c25.d01", "ground", "", "ALLEGED", ""},
	{15, "c25.r15.1", "c25.d01", "RELEASED_IN", "c25.e01", "REPORTED", ""},
	{16, "c25.r16.7", "c25.p02", "occupation", "political scientist", "STATED", ""},
	{16, "c25.r16.10", "c25.d02", "start", "2025-12~", "STATED", ""},
	{16, "c25.r16.11", "c25.d02", "ARRESTED_BY", "c25.o06", "STATED", ""},
	{17, "c25.r17.3", "c25.p03", "occupation", "union leader", "STATED", ""},
	{17, "c25.r17.6", "c25.d03", "start", "2025-12~", "STATED", ""},
	{17, "c25.r17.7", "c25.d03", "ARRESTED_BY", "c25.o06", "STATED", ""},
	{18, "c25.r18.3", "c25.p04", "occupation", "union leader", "STATED", ""},
	{18, "c25.r18.6", "c25.d04", "start", "2025-12~", "STATED", ""},
	{18, "c25.r18.7", "c25.d04", "ARRESTED_BY", "c25.o06", "STATED", ""},
	{19, "c25.r19.3", "c25.p05", "occupation", "political activist", "STATED", ""},
	{19, "c25.r19.6", "c25.d05", "start", "2025-12~", "STATED", ""},
	{19, "c25.r19.7", "c25.d05", "ARRESTED_BY", "c25.o06", "STATED", ""},
	{19, "c25.r19.11", "c25.p05", "MEMBER_OF", "c25.o07", "STATED", ""},
	{20, "c25.r20.5", "c25.d06", "minorAtArrest", "YES", "STATED", ""},
	{20, "c25.r20.7", "c25.d06", "SENTENCED_TO", "c25.s02", "STATED", ""},
	{20, "c25.r20.8", "c25.s02", "lengthMonths", "120", "STATED", ""},
	{20, "c25.r20.9", "c25.s02", "date", "[2025-12-18..2025-12-31]", "STATED", ""},
	{21, "c25.r21.3", "c25.d06", "CHARGED_WITH", "c25.c01", "STATED", ""},
	{22, "c25.r22.1", "c25.s02", "ground", "", "STATED", ""},
	{23, "c25.r23.3", "c25.p07", "HOLDS_POST", "c25.o02", "STATED", ""},
	{24, "c25.r24.2", "c25.e04", "kind", "ELECTION", "STATED", ""},
	{24, "c25.r24.4", "c25.e04", "start", "2024-07-28", "STATED", ""},
	{25, "c25.r25.1", "c25.e04", "notes", "", "STATED", ""},
	{26, "c25.r26.4", "c25.e05", "start", "2024-07-28", "STATED", ""},
	{26, "c25.r26.5", "c25.e05", "notes", "", "STATED", ""},
	{27, "c25.r27.4", "c25.e06", "start", "[2025-12-25..2025-12-31]", "STATED", ""},
	{27, "c25.r27.5", "c25.e06", "CARRIED_OUT_BY", "c25.o04", "STATED", ""},
	{27, "c25.r27.6", "c25.e06", "notes", "", "ANNOUNCED", "c25.o04"},
	{28, "c25.r28.1", "c25.e06", "notes", "", "ANNOUNCED", "c25.o04"},
	{29, "c25.r29.1", "c25.o06", "notes", "", "STATED", ""},
	{30, "c25.r30.1", "c25.o03", "kind", "NGO", "STATED", ""},
	{30, "c25.r30.2", "c25.o04", "kind", "NGO", "STATED", ""},
	{30, "c25.r30.3", "c25.o05", "kind", "NGO", "STATED", ""},
}

func statements(t *testing.T) map[string]statement.Statement {
	t.Helper()
	found := map[string]statement.Statement{}
	lines := bufio.NewScanner(bytes.NewReader(Bundled()))
	lines.Scan() // the header
	for lines.Scan() {
		var s statement.Statement
		decoder := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&s); err != nil {
			t.Fatalf("%s: %v", lines.Text(), err)
		}
		if err := s.Check(); err != nil {
			t.Errorf("%s: %v", s.ID, err)
		}
		if _, again := found[s.ID]; again {
			t.Errorf("%s stands twice", s.ID)
		}
		found[s.ID] = s
	}
	return found
}

func TestEachFactIsStated(t *testing.T) {
	all, rows := statements(t), map[int]bool{}
	for _, f := range facts {
		rows[f.row] = true
		s, ok := all[f.id]
		if !ok {
			t.Errorf("fact %d: no statement %s", f.row, f.id)
			continue
		}
		value, attribution := s.Value+s.Entity, s.Attribution
		if attribution == "" {
			attribution = statement.Stated
		}
		if f.value == "" && value != "" {
			value = ""
		}
		got := fact{f.row, s.ID, s.Subject, s.Property, value, attribution, s.ClaimedBy}
		if got != f {
			t.Errorf("fact %d:\n got %v\nwant %v", f.row, got, f)
		}
	}
	for row := 1; row <= 30; row++ {
		if !rows[row] {
			t.Errorf("fact %d is nowhere", row)
		}
	}
}

var numbered = regexp.MustCompile(`^c25\.r([0-2][0-9]|30)\.[1-9][0-9]*$`)

func TestNothingIsStatedBeyondTheReport(t *testing.T) {
	people, named := map[string]bool{}, map[string]bool{}
	for id, s := range statements(t) {
		if !numbered.MatchString(id) {
			t.Errorf("%s belongs to no fact", id)
		}
		if s.Source != "c25.source" && !(s.Source == "editorial" && s.Subject == "c25.c01") {
			t.Errorf("%s has the source %s", id, s.Source)
		}
		switch {
		case s.Property == "type" && s.Value == "Person":
			people[s.Subject] = true
		case s.Property == "name":
			named[s.Subject] = true
		case s.Property == "HEARD_BY" || s.Property == "TRIED_IN" || s.Property == "birthDate" || s.Property == "MENTIONS":
			t.Errorf("%s: the report says nothing of %s", id, s.Property)
		}
	}
	for p := range people {
		if minor := p == "c25.p06"; named[p] == minor {
			t.Errorf("%s: named %v, the minor %v", p, named[p], minor)
		}
	}
	if len(people) != 7 {
		t.Errorf("%d people, want 7", len(people))
	}
}
