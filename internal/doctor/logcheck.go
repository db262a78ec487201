package doctor

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
)

// logCheck is what has been seen of the log.
type logCheck struct {
	report         *Report
	last           uint64
	added, touches int
	retracted      map[uint64]int      // statements recorded as retracted by a later commit
	set            map[string]*settled // statements that were set otherwise since they were added
}

// settled is what the log tells of how a statement was set.
type settled struct {
	first *statement.Setting // as it was added; nil if the store told the same then
	lines []setLine
}

type setLine struct {
	sequence uint64
	at       string
	statement.Setting
}

func (l *logCheck) settled(id string) *settled {
	if l.set[id] == nil {
		l.set[id] = &settled{}
	}
	return l.set[id]
}

func (l *logCheck) tell(kind Kind, format string, args ...any) {
	l.report.add(Finding{kind, fmt.Sprintf(format, args...)})
}

func (l *logCheck) take(p *logPage, c Commit) {
	l.report.Commits++
	switch {
	case c.Sequence == l.last+2:
		l.tell(Log, "commit %d is missing", l.last+1)
	case c.Sequence != l.last+1:
		l.tell(Log, "commits %d to %d are missing", l.last+1, c.Sequence-1)
	}
	l.last = c.Sequence
	switch {
	case c.Entry == nil:
		l.tell(Unreadable, "commit %d", c.Sequence)
		return
	case c.Entry.Sequence != c.Sequence:
		l.tell(Log, "commit %d says that it is %d", c.Sequence, c.Entry.Sequence)
	}
	if p.unknown {
		l.added += len(c.Entry.Commit.Add)
		l.touches += len(touchedBy(c))
		delete(l.retracted, c.Sequence)
		return
	}
	for i := range c.Entry.Commit.Add {
		l.add(c.Sequence, &c.Entry.Commit.Add[i], p.recorded)
	}
	l.retract(c, p.recorded)
	for _, s := range c.Entry.Commit.Set {
		of := l.settled(s.ID)
		of.lines = append(of.lines, setLine{c.Sequence, c.Entry.At, s})
	}
	for pair, in := range touchedBy(c) {
		l.touches++
		if p.touched[pair] != in {
			l.tell(Index, "commit %d touched %s: the index of touched entities does not say so, or of other views", pair.Sequence, pair.Entity)
		}
	}
}

// add checks a statement that a commit added. What may have been set since is
// compared when the whole log is known.
func (l *logCheck) add(sequence uint64, logged *statement.Statement, recorded map[string]*statement.Recorded) {
	l.added++
	r := recorded[logged.ID]
	switch {
	case r == nil:
		l.tell(Log, "commit %d adds statement %s, which is not recorded", sequence, logged.ID)
		return
	case r.Sequence != sequence:
		l.tell(Log, "commit %d adds statement %s, which is recorded as of commit %d", sequence, logged.ID, r.Sequence)
		return
	}
	if r.Retracted != 0 {
		if l.retracted[r.Retracted]++; r.Retracted <= sequence {
			l.tell(Log, "statement %s is recorded as retracted by commit %d, before it was added", r.ID, r.Retracted)
		}
	}
	first := statement.Setting{Rank: logged.Rank, Visibility: logged.Visibility, Verification: logged.Verification}
	if first != settingOf(r) || len(r.Was) > 0 {
		l.settled(r.ID).first = &first
	}
	same := *logged
	same.Rank, same.Visibility, same.Verification = r.Rank, r.Visibility, r.Verification
	if !reflect.DeepEqual(same, r.Statement) {
		l.tell(Log, "statement %s is recorded otherwise than commit %d added it", r.ID, sequence)
	}
}

func settingOf(r *statement.Recorded) statement.Setting {
	return statement.Setting{Rank: r.Rank, Visibility: r.Visibility, Verification: r.Verification}
}

func (l *logCheck) retract(c Commit, recorded map[string]*statement.Recorded) {
	by := 0
	done := map[string]bool{}
	for _, id := range c.Entry.Commit.Retract {
		r := recorded[id]
		switch {
		case done[id]:
		case r == nil:
			l.tell(Log, "commit %d retracts statement %s, which is not recorded", c.Sequence, id)
		case r.Retracted == 0 || r.Retracted > c.Sequence:
			l.tell(Log, "commit %d retracts statement %s, which is recorded as in force then", c.Sequence, id)
		case r.Retracted == c.Sequence: // else an earlier commit did
			if by++; r.RetractedAt != c.Entry.At {
				l.tell(Log, "commit %d retracts statement %s, which is recorded as retracted at another time", c.Sequence, id)
			}
		}
		done[id] = true
	}
	// Fewer may be known, if the commit came while the log was read.
	if known := l.retracted[c.Sequence]; known > by {
		l.tell(Log, "commit %d retracts %d statements, and %d are recorded as retracted by it", c.Sequence, by, known)
	}
	delete(l.retracted, c.Sequence)
}

// replay gives the log's last word on a statement, and how it was before each commit
// that set it otherwise.
func (s *settled) replay(r *statement.Recorded) (last statement.Setting, was []statement.Was) {
	switch {
	case s.first != nil:
		last = *s.first
	case len(r.Was) > 0: // set since the commit that added it was looked at
		last = statement.Setting{Rank: r.Was[0].Rank, Visibility: r.Was[0].Visibility, Verification: r.Was[0].Verification}
	default:
		last = settingOf(r)
	}
	for _, line := range s.lines {
		next := last
		for _, f := range []struct{ to, value *string }{{&next.Rank, &line.Rank}, {&next.Visibility, &line.Visibility}, {&next.Verification, &line.Verification}} {
			if *f.value != "" {
				*f.to = *f.value
			}
		}
		if again := len(was) > 0 && was[len(was)-1].Sequence == line.sequence; next != last && !again {
			was = append(was, statement.Was{Sequence: line.sequence, At: line.at, Rank: last.Rank, Verification: last.Verification, Visibility: last.Visibility})
		}
		last = next
	}
	return last, was
}

// end checks what only the whole log tells.
func (l *logCheck) end(p *logPage) {
	if p.size.Sequence != l.last {
		l.tell(Log, "the store's sequence is %d, the last commit is %d", p.size.Sequence, l.last)
	}
	if p.size.Statements != l.added {
		l.tell(Log, "%d statements are recorded, the log adds %d", p.size.Statements, l.added)
	}
	if p.size.Touches != l.touches {
		l.tell(Index, "the index of touched entities has %d entries, the log %d", p.size.Touches, l.touches)
	}
	for _, by := range slices.Sorted(maps.Keys(l.retracted)) {
		l.tell(Log, "%d statements are recorded as retracted by commit %d, which there is not", l.retracted[by], by)
	}
	for _, id := range slices.Sorted(maps.Keys(l.set)) {
		r := p.recorded[id]
		if r == nil {
			l.tell(Log, "the log sets statement %s, which is not recorded", id)
			continue
		}
		last, was := l.set[id].replay(r)
		for _, f := range differing(last, settingOf(r)) {
			l.tell(Log, "statement %s: its %s is not what the log sets last", id, f)
		}
		if !slices.Equal(was, r.Was) {
			l.tell(Log, "statement %s: what it was before it was set otherwise is not what the log tells", id)
		}
	}
}

// differing names what is not as the log's last word has it.
func differing(word, is statement.Setting) []string {
	var list []string
	if word.Rank != "" && word.Rank != is.Rank {
		list = append(list, "rank")
	}
	if word.Visibility != "" && word.Visibility != is.Visibility {
		list = append(list, "visibility")
	}
	if word.Verification != "" && word.Verification != is.Verification {
		list = append(list, "verification")
	}
	return list
}
