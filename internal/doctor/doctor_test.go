package doctor

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// fake is a store of a log and what is recorded; nobody owns anything. It calls what
// it is given twice, as a store may.
type fake struct {
	State
	log      []Commit
	recorded map[string]*statement.Recorded
	size     Size
	own      []Finding
	failing  error
	between  func(after uint64) // called before a part of the log is read
}

func (f *fake) Still(_ context.Context, fn func(State) error) error {
	return errors.Join(f.failing, fn(f), fn(f))
}

func (f *fake) Own(_ context.Context, tell func(Finding)) error {
	for _, found := range f.own {
		tell(found)
	}
	return nil
}

func (f *fake) Owners(string, int) ([]string, error) { return nil, nil }
func (f *fake) Size() (Size, error)                  { return f.size, nil }

func (f *fake) Commits(after uint64, limit int) ([]Commit, error) {
	if f.between != nil {
		f.between(after)
	}
	var list []Commit
	for _, c := range f.log {
		if c.Sequence > after && len(list) < limit {
			list = append(list, c)
		}
	}
	return list, nil
}

func (f *fake) Statements(ids []string) (list []*statement.Recorded, err error) {
	for _, id := range ids {
		if id == "unreadable" {
			return nil, errors.New("statement unreadable: no JSON")
		}
		if r := f.recorded[id]; r != nil {
			list = append(list, r)
		}
	}
	return list, nil
}

func (f *fake) Touched([]Pair) (map[Pair]InView, error) { return nil, nil }

// commit gives a commit that adds and retracts statements of these ids.
func commit(sequence uint64, add, retract []string, set ...statement.Setting) Commit {
	e := &statement.Entry{Sequence: sequence, Commit: statement.Commit{Retract: retract, Set: set}}
	for _, id := range add {
		e.Commit.Add = append(e.Commit.Add, statement.Statement{ID: id})
	}
	return Commit{sequence, e}
}

func recorded(sequence, retracted uint64, ids ...string) map[string]*statement.Recorded {
	all := map[string]*statement.Recorded{}
	for _, id := range ids {
		all[id] = &statement.Recorded{Statement: statement.Statement{ID: id}, Sequence: sequence, Retracted: retracted}
	}
	return all
}

func texts(r *Report) string {
	var all []string
	for _, f := range r.Found {
		all = append(all, f.Texts...)
	}
	return strings.Join(all, "\n")
}

func TestLog(t *testing.T) {
	for name, c := range map[string]struct {
		store fake
		want  string
	}{
		"empty": {fake{}, ""},
		"well": {fake{
			log: []Commit{commit(1, []string{"a", "b"}, nil), commit(2, nil, []string{"a", "a"}), commit(3, nil, []string{"a", "b"})}, size: Size{Sequence: 3, Statements: 2},
			recorded: map[string]*statement.Recorded{"a": recorded(1, 2, "a")["a"], "b": recorded(1, 3, "b")["b"]},
		}, ""},
		"what is set last holds": {fake{
			log:      []Commit{commit(1, []string{"a"}, nil), commit(2, nil, nil, statement.Setting{ID: "a", Rank: "PREFERRED"}), commit(3, nil, nil, statement.Setting{ID: "a", Rank: "", Visibility: "RESTRICTED"})},
			recorded: map[string]*statement.Recorded{"a": {Statement: statement.Statement{ID: "a", Rank: "PREFERRED", Visibility: "PUBLIC"}, Sequence: 1, Was: []statement.Was{{Sequence: 2}, {Sequence: 3, Rank: "PREFERRED"}}}}, size: Size{Sequence: 3, Statements: 1},
		}, "statement a: its visibility is not what the log sets last"},
		"how it was before holds": {fake{
			log:      []Commit{commit(1, []string{"a"}, nil), commit(2, nil, nil, statement.Setting{ID: "a", Rank: "PREFERRED"}), commit(3, nil, nil, statement.Setting{ID: "a", Rank: "NORMAL"}, statement.Setting{ID: "a", Rank: "DEPRECATED"})},
			recorded: map[string]*statement.Recorded{"a": {Statement: statement.Statement{ID: "a", Rank: "DEPRECATED"}, Sequence: 1, Was: []statement.Was{{Sequence: 2}, {Sequence: 3, Rank: "NORMAL"}}}}, size: Size{Sequence: 3, Statements: 1},
		}, "statement a: what it was before it was set otherwise is not what the log tells"},
		"what is not recorded": {fake{
			log: []Commit{commit(1, []string{"a"}, nil), commit(2, nil, []string{"b"}, statement.Setting{ID: "c", Rank: "NORMAL"})}, size: Size{Sequence: 2},
		}, "commit 1 adds statement a, which is not recorded\ncommit 2 retracts statement b, which is not recorded\n0 statements are recorded, the log adds 1\nthe log sets statement c, which is not recorded"},
		"retracted before it was added": {fake{
			log: []Commit{commit(1, nil, nil), commit(2, []string{"a"}, nil)}, recorded: recorded(2, 1, "a"), size: Size{Sequence: 2, Statements: 1},
		}, "statement a is recorded as retracted by commit 1, before it was added\n1 statements are recorded as retracted by commit 1, which there is not"},
		"gaps": {fake{log: []Commit{commit(2, nil, nil), commit(5, nil, nil), {Sequence: 6}}, size: Size{Sequence: 6}},
			"commit 6\ncommit 1 is missing\ncommits 3 to 4 are missing"},
		"what one commit speaks of cannot be read": {fake{
			log:      []Commit{commit(1, []string{"a"}, nil), commit(2, []string{"unreadable"}, nil), commit(3, []string{"c"}, nil)},
			recorded: map[string]*statement.Recorded{"a": recorded(1, 0, "a")["a"]}, size: Size{Sequence: 3, Statements: 3},
		}, "what commit 2 speaks of: statement unreadable: no JSON\nstatement unreadable: no JSON\ncommit 3 adds statement c, which is not recorded"},
	} {
		t.Run(name, func(t *testing.T) {
			report, err := Check(t.Context(), &c.store, Options{Lines: 9})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, texts(report)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A statement that was in force when its commit was read may be retracted by the
// time the end of the log is reached: a store that is written to is no less well.
func TestLogThatGrowsMeanwhile(t *testing.T) {
	s := &fake{log: []Commit{commit(1, []string{"a"}, nil)}, recorded: recorded(1, 0, "a"), size: Size{Sequence: 1, Statements: 1}}
	s.between = func(after uint64) {
		if after == 1 && len(s.log) == 1 {
			s.log = append(s.log, commit(2, nil, []string{"a"}))
			s.recorded, s.size = recorded(1, 2, "a"), Size{Sequence: 2, Statements: 1}
		}
	}
	report, err := Check(t.Context(), s, Options{Lines: 9})
	if err != nil || report.Wrong() != 0 || report.Commits != 2 {
		t.Errorf("%v, %+v", err, report)
	}
}

func TestCheckStopsWhenTheStoreIsGone(t *testing.T) {
	s := &fake{failing: store.ErrUnavailable, own: []Finding{{Pages, "page 7"}}}
	report, err := Check(t.Context(), s, Options{})
	if !errors.Is(err, store.ErrUnavailable) || report.Wrong() != 1 {
		t.Errorf("%v, %+v", err, report)
	}
}
