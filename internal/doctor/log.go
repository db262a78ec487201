package doctor

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
)

// commitsBatch is how many commits are read in one state.
const commitsBatch = 20

// commits checks the log: that its sequences have no gaps, and that it and what is
// recorded tell the same of every statement.
func (c *check) commits(ctx context.Context) error {
	l := &logCheck{report: c.report, retracted: map[uint64]int{}, set: map[string]*settled{}}
	limit := commitsBatch
	for ; ; c.progress() {
		p := &logPage{limit: limit}
		err := c.store.Still(ctx, func(s State) error { return p.read(s, l) })
		switch {
		case err != nil && stops(ctx, err):
			return fmt.Errorf("the log after commit %d: %w", l.last, err)
		case err != nil && limit > 1:
			limit = 1 // to find out which it is
			continue
		case err != nil && len(p.commits) == 0:
			return fmt.Errorf("the log after commit %d: %w", l.last, err)
		case err != nil:
			p.unknown = true
			l.tell(Unreadable, "what commit %d speaks of: %v", p.commits[0].Sequence, err)
		}
		if len(p.commits) == 0 {
			l.end(p)
			return nil
		}
		for _, commit := range p.commits {
			l.take(p, commit)
		}
		limit = min(2*limit, commitsBatch)
	}
}

// logPage is a part of the log and what is stored of all that it speaks of; after
// its end, of all that set lines have spoken of.
type logPage struct {
	limit    int
	commits  []Commit
	unknown  bool // what is stored of it cannot be read
	recorded map[string]*statement.Recorded
	touched  map[Pair]InView
	size     Size
}

func (p *logPage) read(s State, l *logCheck) (err error) {
	if p.commits, err = s.Commits(l.last, p.limit); err != nil {
		return err
	}
	var ids []string
	var pairs []Pair
	for _, c := range p.commits {
		if c.Entry == nil {
			continue
		}
		for _, added := range c.Entry.Commit.Add {
			ids = append(ids, added.ID)
		}
		ids = append(ids, c.Entry.Commit.Retract...)
		pairs = append(pairs, pairsOf(c)...)
	}
	if len(p.commits) == 0 {
		ids = slices.Sorted(maps.Keys(l.set))
		if p.size, err = s.Size(); err != nil {
			return err
		}
	}
	p.recorded = make(map[string]*statement.Recorded, len(ids))
	for chunk := range slices.Chunk(ids, statement.MaxStatements) {
		list, err := s.Statements(chunk)
		if err != nil {
			return err
		}
		for _, r := range list {
			p.recorded[r.ID] = r
		}
	}
	p.touched, err = s.Touched(pairs)
	return err
}

// pairsOf gives what a commit touched in any view, each once.
func pairsOf(c Commit) []Pair {
	var pairs []Pair
	for pair := range touchedBy(c) {
		pairs = append(pairs, pair)
	}
	return pairs
}

func touchedBy(c Commit) map[Pair]InView {
	all := map[Pair]InView{}
	for v, list := range c.Entry.Touched {
		for _, t := range list {
			pair := Pair{t.Entity, c.Sequence}
			in := all[pair]
			in[v] = true
			all[pair] = in
		}
	}
	return all
}
