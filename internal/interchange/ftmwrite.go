package interchange

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// The parts of an import that statements are written in.
var ftmStages = map[stage]struct {
	step  string
	lines lineFlags
}{
	ofBirths:  {"dates of birth", lineBirths},
	ofNames:   {"names", lineNames},
	ofTheRest: {"writing", lineAny},
}

func (f *ftm) writeStage(ctx context.Context, now stage) error {
	told := f.silent
	f.silent = told || now != ofTheRest // which makes all statements, and tells once
	defer func() { f.silent = told }()
	err := f.pass(ctx, ftmStages[now].step, ftmStages[now].lines, func(line *ftmLine) error {
		for _, s := range f.statements(line) {
			if f.stageOf(&s) != now {
				continue
			}
			if err := f.put(ctx, line, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && !f.single() {
		err = f.sender.pending.flush(ctx)
	}
	return err
}

// stageOf gives the stage in which a statement is written. Names of others than
// people are texts, which may hold the names of people.
func (f *ftm) stageOf(s *statement.Statement) stage {
	subject, _ := keyOf(s.Subject)
	switch of := sortOf(s.Property); {
	case of == sortBirths:
		return ofBirths
	case of == sortNames && f.typeOf(subject) == vocab.Person:
		return ofNames
	}
	return ofTheRest
}

// put writes a statement, unless it is there or an editor has retracted it.
func (f *ftm) put(ctx context.Context, line *ftmLine, s statement.Statement) error {
	switch f.name(line, &s) {
	case inForce:
		f.report.Unchanged++
		return nil
	case withdrawn:
		f.report.Withdrawn++
		if f.Note != nil {
			f.Note(BadLine{line.file, line.line, fmt.Sprintf("%s: an editor has retracted it (statement %s): it stays so", s.Property, s.ID)})
		}
		return nil
	}
	if s.Visibility == statement.Restricted {
		f.report.Contact++
	}
	f.protecting = f.protecting || f.stageOf(&s) != ofTheRest
	return f.sender.pending.put(ctx, adds, f.Reason, item{place: line.place, statement: s})
}

// lookAgain says again what the store had before this import, if that has stated
// what may protect somebody: texts are compared with names when they are written.
func (f *ftm) lookAgain(ctx context.Context) error {
	err := f.sender.pending.flush(ctx)
	if err == nil && f.known && f.protecting {
		f.silent = true
		err = f.pass(ctx, "looking again", lineAny, func(line *ftmLine) error {
			for _, s := range f.statements(line) {
				if f.name(line, &s) != inForce || s.Visibility == statement.Restricted || f.stageOf(&s) != ofTheRest {
					continue
				}
				if err := f.sender.pending.put(ctx, rechecks, f.Reason, item{place: line.place, statement: s}); err != nil {
					return err
				}
			}
			return nil
		})
		err = errors.Join(err, f.sender.pending.flush(ctx))
	}
	for _, found := range f.sender.elsewhere {
		f.sender.restricted(Restricted{Statement: found.Statement, Person: found.Person})
	}
	return err
}

// writeSource makes the dataset's source, if it is not there, and first of all: from
// then on the log tells where the dataset begins.
func (f *ftm) writeSource(ctx context.Context) error {
	if f.known {
		return nil
	}
	return f.putSource(ctx, [][2]string{{vocab.TypeProperty, vocab.SourceType}, {"kind", "DATASET"}})
}

// writeSourceTexts says what the dataset's source is, if no import has done so.
func (f *ftm) writeSourceTexts(ctx context.Context) error {
	if f.titled {
		return nil
	}
	title := f.Dataset
	if len(f.files) == 1 {
		title = filepath.Base(f.files[0].Name)
	}
	values := [][2]string{{"title", title}, {ftmPrefix + "dataset", f.Dataset}}
	for _, hash := range f.hashes {
		values = append(values, [2]string{ftmPrefix + "contentHash", hash})
	}
	return f.putSource(ctx, values)
}

func (f *ftm) putSource(ctx context.Context, values [][2]string) error {
	line := &ftmLine{place: place{file: f.files[0].Name}}
	for _, v := range values {
		s := statement.Statement{Subject: f.source.String(), Property: v[0], Value: v[1], Source: f.source.String()}
		if err := f.put(ctx, line, s); err != nil {
			return err
		}
	}
	return nil
}

// gone gives the statements of earlier imports that these files do not make and that
// are of a sort, in a fixed order.
func (f *ftm) gone(is func(told) bool) []key {
	var list []key
	for id, t := range f.ledger {
		if t.state == inForce && !t.seen && t.subject != f.source && is(t) {
			list = append(list, id)
		}
	}
	slices.SortFunc(list, func(a, b key) int { return strings.Compare(string(a[:]), string(b[:])) })
	return list
}

func (f *ftm) retract(ctx context.Context, list []key) error {
	at := place{file: f.files[0].Name}
	for _, id := range list {
		t := f.ledger[id]
		t.state = replaced
		f.ledger[id] = t
		if err := f.sender.pending.put(ctx, retracts, "no longer in the dataset "+f.Dataset, item{place: at, retract: id.String()}); err != nil {
			return err
		}
	}
	return nil
}

// retractTypes takes away what has gone and what has become something else, whole,
// types first: from then on nothing of it shows, until it is added under its new type.
func (f *ftm) retractTypes(ctx context.Context) error {
	f.step = "retracting"
	if err := f.keepBirths(ctx); err != nil {
		return err
	}
	types := f.gone(func(t told) bool { return t.isType })
	if err := f.retract(ctx, types); err != nil {
		return err
	}
	subjects := map[key]bool{}
	for _, id := range types {
		subjects[f.ledger[id].subject] = true
	}
	return f.retract(ctx, f.gone(func(t told) bool { return subjects[t.subject] }))
}

// retractRest takes away what has gone, but for names and what decides protection.
func (f *ftm) retractRest(ctx context.Context) error {
	f.step = "retracting"
	return f.retract(ctx, f.gone(func(t told) bool { return t.sort == sortOther }))
}

// retractNames takes away names and dates of birth, once those that replace them are
// there.
func (f *ftm) retractNames(ctx context.Context) error {
	f.step = "retracting"
	if err := f.retract(ctx, f.gone(func(t told) bool { return t.sort == sortNames })); err != nil {
		return err
	}
	return f.retract(ctx, f.gone(func(t told) bool { return t.sort == sortBirths }))
}

// keepBirths marks the dates of birth of protected people as seen, so that they stay:
// that a later file leaves one out makes nobody older.
func (f *ftm) keepBirths(ctx context.Context) error {
	births := map[string][]key{} // by subject
	for _, id := range f.gone(func(t told) bool { return t.sort == sortBirths }) {
		subject := f.ledger[id].subject.String()
		births[subject] = append(births[subject], id)
	}
	return f.entitiesOf(ctx, slices.Sorted(maps.Keys(births)), "protected", func(id string, row *store.Row) {
		if row.Values.Get("protected") != true {
			return
		}
		for _, id := range births[id] {
			t := f.ledger[id]
			t.seen = true
			f.ledger[id] = t
			f.report.Births++
		}
	})
}
