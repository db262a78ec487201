package doctor

import (
	"fmt"
	"io"
	"strings"
)

// Report is what a check has found.
type Report struct {
	Found                         []Found // by kind, of those that were found
	Entities, Statements, Commits int     // that were checked

	lines int
}

// Found is what was found of a kind.
type Found struct {
	Kind  Kind
	Count int
	Texts []string // of the first of them
}

func newReport(lines int) *Report { return &Report{lines: max(lines, 0)} }

func (r *Report) add(f Finding) {
	i := 0
	for i < len(r.Found) && r.Found[i].Kind < f.Kind {
		i++
	}
	if i == len(r.Found) || r.Found[i].Kind != f.Kind {
		r.Found = append(r.Found[:i:i], append([]Found{{Kind: f.Kind}}, r.Found[i:]...)...)
	}
	of := &r.Found[i]
	if of.Count++; of.Count <= r.lines {
		of.Texts = append(of.Texts, f.Text)
	}
}

func (r *Report) addAll(list []Finding) {
	for _, f := range list {
		r.add(f)
	}
}

// Wrong counts what is wrong.
func (r *Report) Wrong() int { return r.count(true) }

func (r *Report) count(wrong bool) int {
	n := 0
	for _, f := range r.Found {
		if f.Kind.Wrong() == wrong {
			n += f.Count
		}
	}
	return n
}

// WriteTo writes the report for people: each kind with its first findings, and a
// summary in the last line.
func (r *Report) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	for _, f := range r.Found {
		mark := "WRONG"
		if !f.Kind.Wrong() {
			mark = "note"
		}
		fmt.Fprintf(&b, "%s: %s: %d\n", mark, f.Kind, f.Count)
		for _, text := range f.Texts {
			fmt.Fprintf(&b, "  %s\n", text)
		}
		if more := f.Count - len(f.Texts); more > 0 {
			fmt.Fprintf(&b, "  and %d more\n", more)
		}
	}
	fmt.Fprintf(&b, "checked %d entities, %d statements, %d commits: ", r.Entities, r.Statements, r.Commits)
	switch wrong := r.Wrong(); wrong {
	case 0:
		b.WriteString("all is well")
	case 1:
		b.WriteString("1 thing is wrong")
	default:
		fmt.Fprintf(&b, "%d things are wrong", wrong)
	}
	if notes := r.count(false); notes > 0 {
		fmt.Fprintf(&b, "; notes: %d", notes)
	}
	b.WriteString("\n")
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}
