package interchange

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
)

// kind is what the lines of a batch do.
type kind int

const (
	adds kind = iota
	retracts
	sets
	rechecks // adds what was added, so that its texts are looked at again
)

// item is a line in a batch: one of the three.
type item struct {
	place
	statement statement.Statement // as its line says, whatever set lines say
	retract   string
	set       statement.Setting
}

// batch collects lines that become one commit.
type batch struct {
	run    *run
	kind   kind
	reason string
	items  []item
}

// put adds a line, after writing what it cannot be in one commit with.
func (b *batch) put(ctx context.Context, k kind, reason string, line item) error {
	if len(b.items) == statement.MaxStatements || b.kind != k || b.reason != reason {
		if err := b.flush(ctx); err != nil {
			return err
		}
	}
	b.kind, b.reason = k, reason
	b.items = append(b.items, line)
	return nil
}

func (b *batch) flush(ctx context.Context) error {
	items := b.items
	b.items = nil
	return b.write(ctx, items)
}

// manyRefused is the number of refused lines of a commit after which it is halved:
// each refusal is another try of all that is left.
const manyRefused = 8

// write writes the lines but for those that the store refuses.
func (b *batch) write(ctx context.Context, items []item) error {
	for refused := 0; len(items) > 0; {
		receipt, err := b.run.Store.Write(ctx, b.commit(items))
		if err == nil {
			b.count(items, receipt)
			return nil
		}
		var wrong *statement.Error
		if !errors.As(err, &wrong) {
			return fmt.Errorf("%s:%d: the import stopped here: %w", items[0].file, items[0].line, err)
		}
		i := wrong.Index
		if i < 0 && len(items) == 1 {
			i = 0
		}
		if i >= 0 && i < len(items) {
			there, err := b.there(ctx, items, i, wrong)
			if err == nil && !there {
				err = b.refuse(items[i], wrong)
			}
			if err != nil {
				return err
			}
			items = slices.Delete(items, i, i+1)
			refused++
		}
		if i < 0 || refused == manyRefused {
			if b.run.whole {
				return errSplit
			}
			half := len(items) / 2
			if err := b.write(ctx, items[:half:half]); err != nil {
				return err
			}
			return b.write(ctx, items[half:])
		}
	}
	return nil
}

func (b *batch) refuse(line item, wrong *statement.Error) error {
	b.run.bad(line.place, wrong)
	if known := b.run.retracted[line.retract]; known != nil {
		known.refused = true
	}
	if set := b.run.sets[line.statement.ID]; set != nil && b.kind == adds {
		set.folded = false // the statement of this id may be there, with other content
	}
	if !b.run.Strict {
		return nil
	}
	if b.run.report.changes() == 0 {
		return fmt.Errorf("%w: nothing was imported", ErrStrict)
	}
	return fmt.Errorf("%w: only the store could tell; what it took before stays: correct the line and import again", ErrStrict)
}

func (b *batch) commit(items []item) statement.Commit {
	c := statement.Commit{By: b.run.By, Reason: b.reason, Import: b.run.ID}
	for _, line := range items {
		switch b.kind {
		case adds, rechecks:
			c.Add = append(c.Add, b.run.folded(line.statement))
		case retracts:
			c.Retract = append(c.Retract, line.retract)
		case sets:
			c.Set = append(c.Set, line.set)
		}
	}
	return c
}

// count counts the lines of a commit, and tells which of them the store restricted.
func (b *batch) count(items []item, receipt statement.Receipt) {
	report := &b.run.report
	changed, refused := receipt.Changed, 0
	for _, found := range receipt.Restricted {
		i := b.lineOf(items, receipt, found.Statement)
		if i < 0 {
			changed--
			b.run.elsewhere = append(b.run.elsewhere, found)
			continue
		}
		if b.kind == sets && items[i].set.Rank == "" && items[i].set.Verification == "" {
			changed-- // it stays as it is
			refused++
		}
		b.run.restricted(Restricted{items[i].file, items[i].line, found.Statement, found.Person})
	}
	switch b.kind {
	case adds:
		report.Added += changed
	case retracts:
		report.Retracted += changed
	case sets:
		report.Set += changed
	case rechecks:
		return
	}
	report.Unchanged += len(items) - changed - refused
}

// lineOf gives the index of the line by which the store came to restrict the
// statement, or -1: its line was written before, by this import or another one.
func (b *batch) lineOf(items []item, receipt statement.Receipt, id string) int {
	if b.kind != sets {
		return slices.Index(receipt.Added, id)
	}
	return slices.IndexFunc(items, func(line item) bool {
		return line.set.ID == id && line.set.Visibility == statement.Public
	})
}

func (r Report) changes() int { return r.Added + r.Retracted + r.Set }
