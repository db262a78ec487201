package storetest

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

var concurring = subject{name: "concurrent", fresh: true, cases: []sentence{
	{"Any number of goroutines may call a Store", concurrentCalls},
	{"in the order in which they commit", concurrentWrites},
	{"A commit is seen whole or not at all by one selection without children", concurrentReads},
	{"A child that is gone by the time it is read is left out", goneChildren},
	{"A position need not be that of a row that still exists", pageWhileWriting},
	{"shared: never changed", sharedRows},
}}

// several runs fn in some goroutines at once and waits for them.
func several(number int, fn func(worker int)) {
	var wait sync.WaitGroup
	for worker := range number {
		wait.Go(func() { fn(worker) })
	}
	wait.Wait()
}

func concurrentCalls(t *testing.T, s *suite) {
	for _, c := range writeData() {
		s.commit(t, c)
	}
	several(8, func(worker int) {
		for i := range 5 {
			for name, err := range s.methods(t.Context()) {
				if err != nil {
					t.Errorf("worker %d, call %d, %s: %v", worker, i, name, err)
				}
			}
		}
	})
	s.shows(t, all("Organization"), "o1 o2")
	if entries := s.log(t, statement.FullView, "", 0, 99); len(entries) != 3 {
		t.Errorf("the same commit forty times: %d entries", len(entries))
	}
}

// concurrentWrites has writers who all link to one organization, which makes each
// of their projections depend on what the others wrote.
func concurrentWrites(t *testing.T, s *suite) {
	const writers, commits = 6, 8
	s.write(t, source(theSource)...)
	s.write(t, entity("o1", "Organization")...)
	var mu sync.Mutex // guards receipts
	receipts := map[uint64]string{}
	several(writers, func(worker int) {
		for i := range commits {
			id := fmt.Sprintf("w%d-%d", worker, i)
			c := together(entity(id, "Person"), []statement.Statement{say("m-"+id, id, "MEMBER_OF", "o1")})
			if i > 0 {
				c.Add = append(c.Add, say("a-"+id, fmt.Sprintf("w%d-0", (worker+1)%writers), "ASSOCIATE_OF", id))
			}
			receipt, err := s.Store().Write(t.Context(), c)
			if err != nil {
				t.Errorf("%s: %v", id, err)
				continue
			}
			mu.Lock()
			receipts[receipt.Sequence] = id + ".type"
			mu.Unlock()
		}
	})
	if len(receipts) != writers*commits {
		t.Fatalf("%d different sequences for %d commits", len(receipts), writers*commits)
	}
	for i, e := range s.log(t, statement.FullView, "", 2, 999) {
		if e.Sequence != uint64(i+3) || e.Commit.Add[0].ID != receipts[e.Sequence] {
			t.Errorf("entry %d: sequence %d, %s, receipt for %s", i, e.Sequence, e.Commit.Add[0].ID, receipts[e.Sequence])
		}
	}
	members := along("Organization.members")
	members.Total, members.Page.First = true, 0
	page := s.read(t, statement.PublicView, with(only(store.Entities, "o1"), members))
	if total := page.Rows[0].Nested[0].Total; total != writers*commits {
		t.Errorf("%d members", total)
	}
	byMembers := ordered("Organization", store.Order{Count: rel("Organization.members")})
	if key := s.read(t, statement.PublicView, byMembers).Rows[0].Keys[0]; key != int64(writers*commits) {
		t.Errorf("%v members are counted", key)
	}
	if total := s.read(t, statement.PublicView, counted(store.Selection{Of: store.LinkRows, Types: []string{"ASSOCIATE_OF"}})).Total; total != writers*(commits-1) {
		t.Errorf("%d associates", total)
	}
}

// concurrentReads reads while pairs of organizations come and go together.
func concurrentReads(t *testing.T, s *suite) {
	s.write(t, source(theSource)...)
	var done atomic.Bool
	var writer sync.WaitGroup
	defer writer.Wait()
	writer.Go(func() {
		defer done.Store(true)
		for i := range 20 {
			a, b := fmt.Sprintf("a%02d", i), fmt.Sprintf("z%02d", i)
			c := together(entity(a, "Organization", "name", a), entity(b, "Organization", "name", a))
			if i > 0 {
				c.Retract = []string{fmt.Sprintf("a%02d.type", i-1), fmt.Sprintf("z%02d.type", i-1)}
			}
			if _, err := s.Store().Write(t.Context(), c); err != nil {
				t.Errorf("write: %v", err)
			}
		}
	})
	selection := ordered("Organization", asc("Organization.name"))
	selection.Total, selection.Keys = true, []string{"name"}
	for !done.Load() {
		page := s.read(t, statement.PublicView, selection)
		if len(page.Rows) != page.Total || len(page.Rows) != 0 && len(page.Rows) != 2 {
			t.Errorf("half a commit: %s of %d", tree(page), page.Total)
		}
		for _, r := range page.Rows {
			if r.Row.Values.Text("name") != page.Rows[0].Row.ID {
				t.Errorf("%s: %+v", r.Row.ID, r.Row.Values)
			}
		}
	}
}

// goneChildren removes, between the pieces of a read, what its later pieces read.
// A store that reads all at once shows either what was before or what is after.
func goneChildren(t *testing.T, s *suite) {
	left := s.organizations(t, 40)
	number := len(left)
	remove := func() {
		if len(left) == 0 {
			return
		}
		if _, err := s.Store().Write(t.Context(), statement.Commit{Retract: []string{left[0] + ".type"}}); err != nil {
			t.Errorf("write: %v", err)
		}
		left = left[1:]
	}
	calm := func() {}
	if unsteady, ok := s.Harness.(Unsteady); ok {
		unsteady.BetweenPieces(remove)
		calm = func() { unsteady.BetweenPieces(nil) }
		defer calm()
	} else {
		remove()
	}
	statements := theirs("subject", "id", store.StatementRows)
	statements.Where = compare("Statement.property", store.Eq, "type")
	far := store.Nested{Refs: "to", Selection: store.Selection{Page: store.PageOf{First: store.Everything}}}
	links := with(store.Selection{Of: store.LinkRows, Types: []string{"MEMBER_OF"}, Page: far.Page}, far)
	people := with(only(store.Entities, "p1"), along("Person.memberOf", statements, along("Organization.members")))
	for _, page := range s.pages(t, statement.PublicView, people, links) {
		checkWhole(t, page)
	}
	calm()
	if len(left) == number {
		t.Error("nothing was called between the pieces of a read")
	}
	for _, r := range s.read(t, statement.PublicView, links).Rows {
		if len(r.Nested[0].Rows) != 1 {
			t.Errorf("in peace, %s leads nowhere", r.Row.ID)
		}
	}
	if total := s.read(t, statement.PublicView, counted(links)).Total; total != len(left) {
		t.Errorf("%d links for %d organizations", total, len(left))
	}
}

// organizations writes some, all of which one person is a member of, and gives their ids.
func (s *suite) organizations(t *testing.T, number int) (list []string) {
	t.Helper()
	c := together(source(theSource), entity("p1", "Person"))
	for i := range number {
		id := fmt.Sprintf("o%02d", i)
		list = append(list, id)
		c.Add = append(c.Add, append(entity(id, "Organization"), say("m-"+id, "p1", "MEMBER_OF", id, linkID("l-"+id)))...)
	}
	s.commit(t, c)
	return list
}

// checkWhole checks that a page has no holes where something is gone.
func checkWhole(t *testing.T, page store.Page) {
	t.Helper()
	for _, r := range page.Rows {
		if r.Row == nil || r.Row.ID == "" {
			t.Errorf("a row of nothing in %+v", page)
			return
		}
		for _, nested := range slices.Concat(r.Nested, r.LinkNested) {
			checkWhole(t, nested)
		}
	}
}

// pageWhileWriting writes between two pages: what stood before the cursor stays
// behind it, and what comes after it is not missed.
func pageWhileWriting(t *testing.T, s *suite) {
	s.commit(t, pageData()[0])
	first := s.read(t, statement.PublicView, byNames(store.PageOf{First: 2}))
	last := place(first.Rows[1])
	if tree(first) != "o2 o3" {
		t.Fatalf("first page: %s", tree(first))
	}
	s.write(t, entity("o6", "Organization", "name", "Aaa")...)
	s.write(t, entity("o7", "Organization", "name", "Alfb")...)
	s.retract(t, "o3.type")
	next := s.read(t, statement.PublicView, byNames(store.PageOf{First: 2, After: &last}))
	if got := sides(next); got != "<o7 o1>" || next.Total != 6 {
		t.Errorf("next page: %s of %d", got, next.Total)
	}
	// A row that moves behind the cursor is seen again.
	s.commit(t, statement.Commit{Retract: []string{"o2.name"}, Add: []statement.Statement{say("o2.late", "o2", "name", "Zorro")}})
	rest := s.read(t, statement.PublicView, byNames(store.PageOf{First: 9, After: &last}))
	if got := sides(rest); got != "<o7 o1 o5 o2 o4" {
		t.Errorf("the rest: %s", got)
	}
	before := place(rest.Rows[0])
	back := s.read(t, statement.PublicView, byNames(store.PageOf{First: 2, Backward: true, Before: &before}))
	if got := sides(back); got != "o6>" {
		t.Errorf("back: %s", got)
	}
}

func sharedRows(t *testing.T, s *suite) {
	s.commit(t, nestedData()[0])
	people := with(all("Person"), along("Person.memberOf"))
	people.Keys = []string{"name"}
	answer := s.read(t, statement.PublicView, people)
	was := tree(answer) + answer.Rows[0].Row.Values.Text("name")
	s.write(t, entity("p0", "Person", "name", "Cero")...)
	s.commit(t, statement.Commit{Retract: []string{"p1.name", "m1"}, Add: []statement.Statement{say("p1.other", "p1", "name", "Otra")}})
	if now := tree(answer) + answer.Rows[0].Row.Values.Text("name"); now != was {
		t.Errorf("an answer changed after it was given: %s, was %s", now, was)
	}
}
