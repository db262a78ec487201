package statement

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/vocab"
)

// What was known at a moment is the projection of what was recorded by then, with
// the visibility, the existence, the protection and the sameness of now.
func TestKnowingIsProjectingWhatWasRecordedByThen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, states := newLedger(), []map[string]*Recorded{}
		for range rapid.IntRange(2, 8).Draw(t, "commits") {
			playCommit(t, l)
			states = append(states, maps.Clone(l.recorded))
		}
		past := states[rapid.IntRange(0, len(states)-1).Draw(t, "moment")]
		at := ""
		for _, r := range past {
			at = max(at, r.At, r.RetractedAt)
			for _, was := range r.Was {
				at = max(at, was.At)
			}
		}
		for _, v := range Views {
			want := asItWas(l, past, v)
			for _, id := range slices.Sorted(maps.Keys(playTypes)) {
				if now := l.entities[id].In(v); now != nil && (v == FullView || !l.briefs[id].Protected) {
					got := Know(v, id, l.briefs[id].Protected, at, statementsAround(l, v, id, at))
					if diff := gocmp.Diff(known(l, want, v, id), got, cmpopts.EquateEmpty(), gocmp.Transformer("shown", shownThen)); diff != "" {
						t.Fatalf("%s in the %s view at %s (-want +got):\n%s", id, v, at, diff)
					}
				}
			}
		}
	})
}

// playCommit changes the ledger at random; the first commit makes most entities.
func playCommit(t *rapid.T, l *ledger) {
	var c Commit
	if len(l.log) == 0 {
		for _, id := range slices.Sorted(maps.Keys(playTypes)) {
			if rapid.IntRange(0, 5).Draw(t, "absent") > 0 {
				c.Add = append(c.Add, Statement{Subject: id, Property: "type", Value: playTypes[id], Source: "src1"})
			}
		}
	}
	for range rapid.IntRange(1, 12).Draw(t, "added") {
		c.Add = append(c.Add, playStatement(t, 100*len(l.log)+len(c.Add)))
	}
	open, _ := l.where((*Recorded).InForce)
	for _, r := range open {
		switch rapid.IntRange(0, 11).Draw(t, "fate") {
		case 0:
			c.Retract = append(c.Retract, r.ID)
		case 1, 2:
			c.Set = append(c.Set, Setting{
				ID:           r.ID,
				Rank:         rapid.SampledFrom([]string{"", Normal, Preferred, Deprecated}).Draw(t, "rank"),
				Visibility:   rapid.SampledFrom([]string{"", Public, Public, Restricted}).Draw(t, "visibility"),
				Verification: rapid.SampledFrom([]string{"", Unverified, FamilyOrCounsel, "DOCUMENT"}).Draw(t, "verification"),
			})
		}
	}
	if _, err := l.apply(c); err != nil && !refusedJudgement(err) && !misplaced(err) {
		t.Fatalf("apply %+v: %v", c, err)
	}
}

// asItWas projects a past state as if what is shown, exists, is protected and is the
// same now had been so then.
func asItWas(l *ledger, past map[string]*Recorded, v View) rows {
	w := newWorld(&ledger{recorded: map[string]*Recorded{}})
	w.fromNothing, w.protectedNow = true, map[string]bool{}
	for id, r := range past {
		then := *r
		then.Subject, then.Entity = cmp.Or(l.briefs[r.Subject].Canonical, r.Subject), cmp.Or(l.briefs[r.Entity].Canonical, r.Entity)
		if r.IsLink() && then.Subject == then.Entity {
			then.Link = linkID(&r.Statement)
		}
		if then.InForce() && l.entities[then.Subject].In(v) != nil && !l.briefs[r.Subject].Veil.hides(v) && !l.briefs[r.Entity].Veil.hides(v) {
			then.Visibility = l.recorded[id].Visibility
			w.stated[after][then.Subject] = append(w.stated[after][then.Subject], &then)
			w.statedInto[after][then.Entity] = append(w.statedInto[after][then.Entity], &then)
		}
	}
	w.about[after], w.into[after] = w.stated[after], w.statedInto[after]
	for id := range playTypes {
		w.protectedNow[id] = l.briefs[id].Protected
		sortByID(w.about[after][id])
		sortByID(w.into[after][id])
		w.into[after][id] = slices.DeleteFunc(w.into[after][id], func(r *Recorded) bool { return !slices.Contains(followed, r.Property) })
	}
	w.briefAll()
	return w.projectEach(after, w.ids())
}

// known gives of what was projected what Know is to give.
func known(l *ledger, all rows, v View, id string) Known {
	k := Known{Entity: all.entities[id].In(v), Links: map[string]*Row{}, Statements: map[string]*Row{}}
	if k.Entity == nil {
		return Known{}
	}
	told := func(ids ...string) bool { // when something came to be known of those who are protected is withheld
		return v == FullView || !slices.ContainsFunc(ids, func(id string) bool { return l.briefs[id].Protected })
	}
	for _, t := range all.links {
		if row := t.In(v); row != nil && (row.From == id || row.To == id) && told(row.From, row.To) {
			k.Links[row.ID] = row
		}
	}
	for _, t := range all.statements {
		if row := t.In(v); row != nil && row.Values.Text(KeySubject) == id && told(id, row.Values.Text(KeyEntity)) {
			k.Statements[row.ID] = row
		}
	}
	return k
}

// shownThen leaves out of a row what Know does not answer for.
func shownThen(r *Row) string {
	if r == nil {
		return ""
	}
	text := fmt.Sprint(r.ID, r.Type, r.From, r.To)
	for _, v := range r.Values {
		switch v.Key {
		case "sources", vocab.FormerIDs, KeySubjectRecord, KeyEntityRecord, vocab.StatusSteps, vocab.HeldUntil, KeyReportedBy, KeyWords, KeyClaimedBy, KeyLocator, KeySource, KeyAt, KeyTrace, KeyBy:
		default:
			text += fmt.Sprintf(" %s=%v", v.Key, v.Data)
		}
	}
	return text
}

// statementsAround gives the rows that Know asks for.
func statementsAround(l *ledger, v View, id, at string) []*Row {
	find := func(key, value string, properties ...string) (found []*Row) {
		for _, statementID := range slices.Sorted(maps.Keys(l.statements)) {
			row := l.statements[statementID].In(v)
			if row == nil || value == "" || row.Values.Text(key) != value || properties != nil && !slices.Contains(properties, row.Values.Text(KeyProperty)) {
				continue
			}
			recorded, retracted := row.Values.Text(KeyAt), row.Values.Text(KeyRetractedAt)
			if recorded != "" && recorded <= at && (retracted == "" || retracted > at) {
				found = append(found, row)
			}
		}
		return found
	}
	sourced := func(rows []*Row) []*Row {
		all := slices.Clone(rows)
		for _, row := range rows {
			all = append(all, find(KeySubject, row.Values.Text(KeySource), KnownOfSource...)...)
		}
		return all
	}
	own, into := find(KeySubject, id), find(KeyEntity, id)
	all := sourced(slices.Concat(own, into))
	for _, row := range own {
		all = append(all, sourced(find(KeySubject, row.Values.Text(KeyEntity), KnownOfNeighbor...))...)
	}
	for _, row := range into {
		all = append(all, find(KeySubject, row.Values.Text(KeySubject), vocab.TypeProperty)...)
	}
	return all
}

// A denial disputes the link that it names, and all links between its ends if it
// names none; not before it was recorded, nor after it was retracted.
func TestWhatWasDisputed(t *testing.T) {
	l := newLedger()
	l.add(t, of("src type Source"), of("p type Person"), of("o type Organization"),
		of("p MEMBER_OF o", parallel("one")), of("p MEMBER_OF o", parallel("two")))
	l.add(t, of("p MEMBER_OF o", denied, parallel("one"), id("no")))
	l.add(t, of("p MEMBER_OF o", denied))
	if _, err := l.apply(Commit{Retract: []string{"no"}, Add: []Statement{of("p notes más")}}); err != nil {
		t.Fatal(err)
	}
	for second, want := range []map[string]bool{{}, {"one": false, "two": false}, {"one": true, "two": false}, {"one": true, "two": true}, {"one": true, "two": true}} {
		at, got := fmt.Sprintf("2026-01-01T00:00:%02dZ", second), map[string]bool{}
		for _, link := range Know(PublicView, "p", false, at, statementsAround(l, PublicView, "p", at)).Links {
			got[link.ID] = link.Values.Get(KeyDisputed) == true
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", at, diff)
		}
	}
}
