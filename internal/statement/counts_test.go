package statement

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/vocab"
)

// tallied is a number of links as stores keep it.
type tallied struct {
	Entity, Field string
	View          View
}

// tally keeps the numbers of links as a change says, and checks what the change says
// of the rows before it.
func (l *ledger) tally(c *Change) error {
	for _, part := range []struct {
		kept, was map[string]Twin
		now       []Twin
	}{{l.entities, c.Was.Entities, c.Entities}, {l.links, c.Was.Links, c.Links}, {l.statements, c.Was.Statements, c.Statements}} {
		want := map[string]Twin{}
		for _, now := range part.now {
			if old, ok := part.kept[now.ID]; ok {
				want[now.ID] = old
			}
		}
		if diff := cmp.Diff(want, part.was); diff != "" {
			return fmt.Errorf("rows before the commit, as kept (-) and as told (+):\n%s", diff)
		}
	}
	for _, now := range c.Entities {
		was := l.entities[now.ID]
		for _, v := range Views {
			if was.In(v) == nil || now.In(v) == nil || was.Full.Type != now.Full.Type {
				maps.DeleteFunc(l.numbers, func(at tallied, _ int) bool { return at.Entity == now.ID && at.View == v })
			}
		}
	}
	for _, n := range c.Counts {
		at := tallied{n.Entity, n.Field.Name, n.View}
		if l.numbers[at] += n.By; l.numbers[at] == 0 {
			delete(l.numbers, at)
		}
	}
	return nil
}

// counted counts all links, and gives where the numbers that were kept differ.
func (l *ledger) counted() string {
	want := map[tallied]int{}
	for _, link := range l.links {
		for _, v := range Views {
			row := link.In(v)
			if row == nil {
				continue
			}
			relation := vocab.RelationOf(row.Type)
			for _, ends := range [][2]string{{row.From, row.To}, {row.To, row.From}} {
				for _, f := range vocab.TypeOf(l.entities[ends[0]].Full.Type).Fields() {
					reads := f.Relation == relation && f.Countable && (relation.Symmetric || f.Reverse == (ends[0] == row.To))
					if reads && (f.Target == vocab.AnyEntity || f.Target == l.entities[ends[1]].Full.Type) {
						want[tallied{ends[0], f.Name, v}]++
					}
				}
			}
		}
	}
	return cmp.Diff(want, l.numbers)
}

func TestCountsFollowTheTypesOfBothEnds(t *testing.T) {
	l := newLedger()
	typed := func(id, subject, typ string) Statement {
		return Statement{ID: id, Subject: subject, Property: "type", Value: typ, Source: "src1"}
	}
	l.add(t, typed("st1", "o1", "Organization"),
		Statement{ID: "st2", Subject: "p1", Property: "MEMBER_OF", Entity: "o1", Source: "src1"},
		Statement{ID: "st3", Subject: "p1", Property: "MEMBER_OF", Entity: "o1", Source: "src1", Link: "again", Visibility: Restricted})
	for _, step := range []struct {
		name   string
		commit Commit
		want   [len(Views)]int
	}{
		{"the member is nobody yet", Commit{}, [len(Views)]int{0, 0}},
		{"a person", Commit{Add: []Statement{typed("st4", "p1", "Person")}}, [len(Views)]int{1, 2}},
		{"an organization, which is no member but a member organization", Commit{Retract: []string{"st4"}, Add: []Statement{typed("st5", "p1", "Organization")}}, [len(Views)]int{0, 0}},
		{"a person again", Commit{Retract: []string{"st5"}, Add: []Statement{typed("st6", "p1", "Person")}}, [len(Views)]int{1, 2}},
		{"a link goes", Commit{Retract: []string{"st2"}}, [len(Views)]int{0, 1}},
		{"the party is hidden", Commit{Set: []Setting{{ID: "st1", Visibility: Restricted}}}, [len(Views)]int{0, 1}},
	} {
		if _, err := l.apply(step.commit); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if diff := l.counted(); diff != "" {
			t.Fatalf("%s: numbers of links, counted (-) and kept (+):\n%s", step.name, diff)
		}
		var got [len(Views)]int
		for _, v := range Views {
			got[v] = l.numbers[tallied{"o1", "members", v}]
		}
		if got != step.want {
			t.Errorf("%s: %v members, want %v", step.name, got, step.want)
		}
	}
	if left := slices.Collect(maps.Keys(l.numbers)); len(left) != 1 {
		t.Errorf("numbers of %v are left", left)
	}
}
