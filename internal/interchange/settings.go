package interchange

import (
	"context"
	"errors"
	"iter"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// setLine is the sum of the set lines for a statement.
type setLine struct {
	statement.Setting
	folded bool // into a statement of these files: it need not be written by itself
}

// folded gives a statement with the files' last word on what set lines decide, so
// that it is never more public than they leave it.
func (r *run) folded(s statement.Statement) statement.Statement {
	if set := r.sets[s.ID]; set != nil && set.folded {
		overwrite(&s.Rank, set.Rank)
		overwrite(&s.Visibility, set.Visibility)
		overwrite(&s.Verification, set.Verification)
	}
	return s
}

// lastWord gives what one set line decides as the last of them does, so that no line
// undoes for a moment what a later one sets.
func (l *setLine) lastWord(line statement.Setting) statement.Setting {
	for _, f := range []struct{ line, last *string }{{&line.Rank, &l.Rank}, {&line.Visibility, &l.Visibility}, {&line.Verification, &l.Verification}} {
		if *f.line != "" {
			*f.line = *f.last
		}
	}
	return line
}

// there reports whether a statement that the store refuses, for its id has other
// content, is there all the same, but for what set lines decide: it was imported
// without the set lines that the files have now, or with some that they do not
// have. Only the store can compare, so it is said again with each choice that set
// lines could have made. What a line itself decides is not given up.
func (b *batch) there(ctx context.Context, items []item, i int, wrong *statement.Error) (bool, error) {
	s := items[i].statement
	if b.kind != adds && b.kind != rechecks || s.ID == "" || !errors.Is(wrong, statement.ErrConflict) || wrong.Key != "id" || !onlyUse(items, i) {
		return false, nil
	}
	set := b.run.sets[s.ID]
	if set == nil {
		if b.run.vain == mostVain {
			return false, nil
		}
		set = &setLine{}
	}
	for said := range variants(s, set.Setting) {
		receipt, err := b.run.Store.Write(ctx, statement.Commit{
			By: b.run.By, Reason: b.reason, Import: b.run.ID, Add: []statement.Statement{said},
		})
		if err == nil {
			set.folded = false
			b.count(items[i:i+1], receipt)
			return true, nil
		}
		if !errors.As(err, new(*statement.Error)) {
			return false, err
		}
	}
	if b.run.vain < mostVain {
		b.run.vain++
	}
	return false, nil
}

// mostVain is how many statements are looked for in vain before those without set
// lines in the files are no longer: then the files differ from what the store holds.
const mostVain = 50

// onlyUse reports whether the id of a statement is used by no other one of a commit:
// only then is it what the store holds that refuses the statement, and saying it
// again alone adds nothing.
func onlyUse(items []item, i int) bool {
	id := items[i].statement.ID
	for j := range items {
		s := &items[j].statement
		if j != i && s.ID == id || s.Subject == id || s.Link == id {
			return false
		}
	}
	return true
}

// variants gives a statement with each choice that it may have been stored with, as
// its line says first.
func variants(s statement.Statement, set statement.Setting) iter.Seq[statement.Statement] {
	return func(yield func(statement.Statement) bool) {
		for _, visibility := range choices(vocab.VisibilityEnum, s.Visibility, set.Visibility) {
			for _, rank := range choices(vocab.RankEnum, s.Rank, set.Rank) {
				for _, verification := range choices(vocab.VerificationEnum, s.Verification, set.Verification) {
					said := s
					said.Visibility, said.Rank, said.Verification = visibility, rank, verification
					if !yield(said) {
						return
					}
				}
			}
		}
	}
}

// choices gives what a statement may have been stored with where its line says own
// and set lines say decided.
func choices(of *vocab.Enum, own, decided string) []string {
	list := []string{own}
	if own != "" && decided == "" {
		return list
	}
	for _, v := range of.Values {
		if v.Name != statement.Privately {
			list = append(list, v.Name)
		}
	}
	return list
}
