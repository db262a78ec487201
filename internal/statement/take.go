package statement

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/vinculo/vinculo/internal/vocab"
)

// intake is a commit checked against what is stored: what it really changes.
type intake struct {
	facts  Facts
	stamp  Stamp
	commit Commit

	overlay map[string]*Recorded // statements as the commit leaves them
	added   []*Recorded
	indexes map[string]int // of added statements: position in Commit.Add
	ids     []string       // of Commit.Add, in its order
	first   uint64         // the latest sequence among those already there
	again   []*Recorded    // in public force already, and said again
}

// take checks the commit and finds what it changes.
func take(facts Facts, commit Commit, stamp Stamp) (*intake, error) {
	t := &intake{facts: facts, stamp: stamp, commit: commit, overlay: map[string]*Recorded{}, indexes: map[string]int{}}
	if n := len(commit.Add) + len(commit.Retract) + len(commit.Set); n > MaxStatements {
		return nil, &Error{Kind: ErrInvalid, Index: -1, Message: fmt.Sprintf("a commit holds at most %d changes, this one has %d: split it", MaxStatements, n)}
	}
	for _, step := range []func() error{t.add, t.namespace, t.linkEnds, t.retract, t.set} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func at(index int, err error) error {
	var e *Error
	if errors.As(err, &e) {
		located := *e
		located.Index = index
		return &located
	}
	return err
}

func (t *intake) add() error {
	fresh, err := t.read()
	if err != nil {
		return err
	}
	if err := t.name(fresh); err != nil {
		return err
	}
	var ids []string
	for _, r := range fresh {
		ids = append(ids, r.ID)
	}
	t.ids = ids
	there, err := t.recorded(ids)
	if err != nil {
		return err
	}
	for i, r := range fresh {
		old := there[r.ID]
		switch {
		case old == nil:
			there[r.ID], t.overlay[r.ID], t.indexes[r.ID] = r, r, i
			t.added = append(t.added, r)
		case old.Content != r.Content:
			return &Error{Kind: ErrConflict, Index: i, Key: "id", Message: fmt.Sprintf("id: a statement %s with other content exists: choose another id", r.ID)}
		default:
			t.first = max(t.first, old.Sequence)
			if old.InForce() && old.Visibility == Public {
				t.again = append(t.again, old)
			}
		}
	}
	return nil
}

// read checks the statements that are to be added, each in itself: two processors
// share the work.
func (t *intake) read() ([]*Recorded, error) {
	fresh, wrong := make([]*Recorded, len(t.commit.Add)), make([]error, len(t.commit.Add))
	half := len(fresh) / 2
	var reading sync.WaitGroup
	for _, part := range [][2]int{{0, half}, {half, len(fresh)}} {
		reading.Go(func() {
			for i := part[0]; i < part[1]; i++ {
				s := t.commit.Add[i].Normalized()
				if wrong[i] = s.Check(); wrong[i] != nil {
					return
				}
				s.At, s.By = t.stamp.At, t.commit.By
				fresh[i] = &Recorded{Statement: s, Content: s.content(), Sequence: t.stamp.Sequence, Index: i}
			}
		})
	}
	reading.Wait()
	for i, err := range wrong {
		if err != nil {
			return nil, at(i, err)
		}
	}
	return fresh, nil
}

// name makes ids for the statements that come without: from their content, keyed
// by the store's secret, so that saying the same again changes nothing; under the
// next number where an earlier one was retracted.
func (t *intake) name(fresh []*Recorded) error {
	var unnamed []*Recorded
	for _, r := range fresh {
		if r.ID == "" {
			unnamed = append(unnamed, r)
		}
	}
	for occurrence := 1; len(unnamed) > 0; occurrence++ {
		var ids []string
		for _, r := range unnamed {
			mac := hmac.New(sha256.New, t.stamp.Secret)
			mac.Write([]byte(r.Content + " " + strconv.Itoa(occurrence)))
			r.ID = hex.EncodeToString(mac.Sum(nil)[:16])
			ids = append(ids, r.ID)
		}
		there, err := t.recorded(ids)
		if err != nil {
			return err
		}
		unnamed = slices.DeleteFunc(unnamed, func(r *Recorded) bool {
			old := there[r.ID]
			return old == nil || old.InForce()
		})
	}
	return nil
}

func (t *intake) recorded(ids []string) (map[string]*Recorded, error) {
	list, err := t.facts.Statements(distinct(ids))
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*Recorded, len(list))
	for _, r := range list {
		byID[r.ID] = r
	}
	return byID, nil
}

// namespace keeps entities, links and statements from sharing an id.
func (t *intake) namespace() error {
	var statements, subjects, links []string
	for _, r := range t.added {
		statements = append(statements, r.ID)
		subjects = append(subjects, r.Subject)
		links = append(links, r.Link)
	}
	about, err := t.facts.About(distinct(slices.Concat(statements, links)))
	if err != nil {
		return err
	}
	linked, err := t.facts.Linked(distinct(slices.Concat(statements, subjects)))
	if err != nil {
		return err
	}
	there, err := t.recorded(slices.Concat(subjects, links))
	if err != nil {
		return err
	}
	entity, link := map[string]bool{}, map[string]bool{"": false}
	for _, r := range slices.Concat(about, t.added) {
		entity[r.Subject] = true
	}
	for _, r := range slices.Concat(linked, t.added) {
		link[r.Link] = r.Link != ""
	}
	for _, r := range t.added {
		for _, f := range []struct {
			clash   bool
			key, id string
			what    string
		}{
			{entity[r.ID] || link[r.ID], "id", r.ID, "an entity or a link"},
			{there[r.Subject] != nil, "subject", r.Subject, "a statement"}, {link[r.Subject], "subject", r.Subject, "a link"},
			{there[r.Link] != nil, "link", r.Link, "a statement"}, {entity[r.Link], "link", r.Link, "an entity"},
		} {
			if f.clash {
				return &Error{Kind: ErrConflict, Index: t.indexes[r.ID], Key: f.key, Message: fmt.Sprintf("%s: %s is the id of %s", f.key, f.id, f.what)}
			}
		}
	}
	return nil
}

// linkEnds refuses a link with two different ends.
func (t *intake) linkEnds() error {
	var links []string
	for _, r := range t.added {
		links = append(links, r.Link)
	}
	there, err := t.facts.Linked(distinct(links))
	if err != nil {
		return err
	}
	known := map[string]*Recorded{}
	for _, r := range there {
		if r.InForce() && !slices.Contains(t.commit.Retract, r.ID) {
			known[r.Link] = r
		}
	}
	for _, r := range t.added {
		if r.Link == "" {
			continue
		}
		other := known[r.Link]
		known[r.Link] = r
		if other == nil || r.Property == other.Property && sameEnds(r, other) {
			continue
		}
		return &Error{Kind: ErrInvalid, Index: t.indexes[r.ID], Key: "link", Message: fmt.Sprintf(
			"link: %s already is %s from %s to %s (statement %s): one link has two ends, use another link id", r.Link, other.Property, other.Subject, other.Entity, other.ID)}
	}
	return nil
}

func sameEnds(a, b *Recorded) bool {
	fromA, toA := ends(&a.Statement)
	fromB, toB := ends(&b.Statement)
	return fromA == fromB && toA == toB
}

// ends gives a link's from and to: of a symmetric relation the lower id first.
func ends(s *Statement) (from, to string) {
	if vocab.RelationOf(s.Property).Symmetric && s.Entity < s.Subject {
		return s.Entity, s.Subject
	}
	return s.Subject, s.Entity
}

// linkID gives the id of the link that a statement speaks of. Ids tell nothing, so
// a plain hash of the ends tells nothing either.
func linkID(s *Statement) string {
	if s.Link != "" {
		return s.Link
	}
	from, to := ends(s)
	return hash("link", s.Property, from, to)
}

func (t *intake) retract() error {
	there, err := t.recorded(t.commit.Retract)
	if err != nil {
		return err
	}
	for i, id := range t.commit.Retract {
		old := there[id]
		if old == nil {
			return &Error{Kind: ErrNotFound, Index: i, Key: "retract", Message: fmt.Sprintf("retract: there is no statement %s", quote(id))}
		}
		if !old.InForce() {
			t.first = max(t.first, old.Retracted)
			continue
		}
		retracted := *old
		retracted.Retracted, retracted.RetractedAt = t.stamp.Sequence, t.stamp.At
		t.overlay[id] = &retracted
	}
	return nil
}

func (t *intake) set() error {
	var ids []string
	for _, s := range t.commit.Set {
		ids = append(ids, s.ID)
	}
	there, err := t.recorded(ids)
	if err != nil {
		return err
	}
	for i, s := range t.commit.Set {
		old := there[s.ID]
		if changed := t.overlay[s.ID]; old != nil && changed != nil {
			old = changed // by an earlier line of this commit
		}
		switch {
		case old == nil:
			return &Error{Kind: ErrNotFound, Index: i, Key: "set", Message: fmt.Sprintf("set: there is no statement %s", quote(s.ID))}
		case !old.InForce():
			return &Error{Kind: ErrConflict, Index: i, Key: "set", Message: fmt.Sprintf("set: statement %s is retracted", s.ID)}
		}
		changed := old.reset(t.stamp)
		for _, f := range []struct{ to, value *string }{{&changed.Rank, &s.Rank}, {&changed.Visibility, &s.Visibility}, {&changed.Verification, &s.Verification}} {
			if *f.value != "" {
				*f.to = *f.value
			}
		}
		for _, check := range []func() error{changed.checkChoices, changed.checkJudgement} {
			if err := check(); err != nil {
				return at(i, err)
			}
		}
		if changed.Statement.Rank == old.Rank && changed.Visibility == old.Visibility && changed.Verification == old.Verification {
			t.first = max(t.first, old.Sequence)
			continue
		}
		t.overlay[s.ID] = &changed
	}
	return nil
}
