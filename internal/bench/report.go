package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// table writes a Markdown table whose columns are as wide as they need to be.
type table struct{ rows [][]string }

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

// String gives the table. The first row is its head, the first column is of words.
func (t *table) String() string {
	widths := make([]int, len(t.rows[0]))
	for _, row := range t.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len([]rune(cell)))
		}
	}
	var b strings.Builder
	for n, row := range t.rows {
		for i, cell := range row {
			if i == 0 {
				fmt.Fprintf(&b, "| %-*s ", widths[i], cell)
			} else {
				fmt.Fprintf(&b, "| %*s ", widths[i], cell)
			}
		}
		b.WriteString("|\n")
		if n == 0 {
			for i, width := range widths {
				if i == 0 {
					b.WriteString("|" + strings.Repeat("-", width+2))
				} else {
					b.WriteString("|" + strings.Repeat("-", width+1) + ":")
				}
			}
			b.WriteString("|\n")
		}
	}
	return b.String()
}

// report writes what a run has found, as a part of a Markdown document.
func (m *measured) report(o options) string {
	var b strings.Builder
	b.WriteString(m.lab.setting(o, m.began))
	fmt.Fprintf(&b, "\nAfter %s of load that is not counted, each contender had %d turns of %s for each shape and number of clients, in rotation, in one run of %s. No request failed.\n",
		o.warm, o.rounds, o.slice, time.Since(m.began).Round(time.Second))
	b.WriteString("\n### Throughput with 16 clients, as a ratio to the floor\n\n" + m.ratios(16, (*result).perSecond).String())
	b.WriteString("\n### Requests for each second of CPU, of server and database together, with 16 clients, as a ratio to the floor\n\n" + m.ratios(16, (*result).perCPU).String())
	for _, clients := range clientNumbers {
		fmt.Fprintf(&b, "\n### %s\n\n%s", plural(clients, "client"), m.details(clients).String())
	}
	b.WriteString("\n### Centrality and communities, beside networkx\n\n" + m.beside)
	b.WriteString("\n### Import, start and memory\n\n" + m.resources().String())
	return b.String()
}

// setting says on what a run was made.
func (l *lab) setting(o options, began time.Time) string {
	return fmt.Sprintf("`%s` on %s: %s, %d processors, %s; %s; Neo4j %s (heap %s, page cache %s), driver %s; Vínculo %s.\nData: `vinculo generate --persons %d --seed %d`.\n",
		o.command, began.UTC().Format(time.DateOnly), processor(), runtime.NumCPU(), memory(), runtime.Version(), neo4jVersion(), o.heap, o.pageCache,
		module("github.com/neo4j/neo4j-go-driver/v5"), revision(), l.persons, o.seed)
}

// ratios compares the contenders with the floor, by what is better the more it is.
func (m *measured) ratios(clients int, of func(*result) float64) *table {
	t := &table{}
	head := []string{"shape"}
	for _, c := range m.contenders[1:] {
		head = append(head, c.name)
	}
	t.row(head...)
	products := make([]float64, len(m.contenders))
	counted := 0
	for _, s := range m.shapes {
		row := []string{s.name}
		results := m.results[s][clients]
		for i := range m.contenders[1:] {
			ratio := of(results[i+1]) / of(results[0])
			if s.cold == nil {
				products[i] += math.Log(ratio)
			}
			row = append(row, fmt.Sprintf("%.2f", ratio))
		}
		if s.cold == nil {
			counted++
		}
		t.row(row...)
	}
	if counted > 0 {
		row := []string{"geometric mean, without cold"}
		for i := range m.contenders[1:] {
			row = append(row, fmt.Sprintf("%.2f", math.Exp(products[i]/float64(counted))))
		}
		t.row(row...)
	}
	return t
}

// details gives all that was measured at one load.
func (m *measured) details(clients int) *table {
	t := &table{}
	t.row("shape", "of", "requests/s", "ratio", "p50 ms", "p99 ms", "p99 ratio", "server CPU ms", "database CPU ms", "client CPU ms", "answer kB")
	for _, s := range m.shapes {
		results := m.results[s][clients]
		floor := results[0]
		for i, c := range m.contenders {
			r := results[i]
			database := "–"
			if c.database != nil {
				database = millis(r.each(r.database))
			}
			t.row(s.name, c.name, fmt.Sprintf("%.0f", r.perSecond()), fmt.Sprintf("%.2f", r.perSecond()/floor.perSecond()),
				millis(r.quantile(0.5)), millis(r.quantile(0.99)), fmt.Sprintf("%.2f", float64(r.quantile(0.99))/float64(floor.quantile(0.99))),
				millis(r.each(r.server)), database, millis(r.each(r.client)), fmt.Sprintf("%.1f", float64(r.bytes)/float64(max(1, len(r.took)))/1000))
		}
	}
	return t
}

// resources gives what the stores need to load, start and answer.
func (m *measured) resources() *table {
	t := &table{}
	t.row("", "import, statements/s", "start, s", "own memory before the first question, MB", "most under load, MB", "more under load, MB")
	l := m.lab
	for i, name := range []string{inNeo4j: "our server, on Neo4j", inFile: "our server, embedded"} {
		t.row(name, fmt.Sprintf("%.0f", l.imports[i].perSecond()), fmt.Sprintf("%.2f", l.starts[i].Seconds()), megabytes(l.memory[i]), megabytes(m.memory[i]), megabytes(m.memory[i]-l.memory[i]))
	}
	t.row("Neo4j itself", "–", "–", megabytes(l.memory[2]), megabytes(m.memory[2]), megabytes(m.memory[2]-l.memory[2]))
	return t
}

func millis(d time.Duration) string { return fmt.Sprintf("%.2f", float64(d)/float64(time.Millisecond)) }

func megabytes(n int64) string { return fmt.Sprintf("%d", n/1_000_000) }

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// processor and memory say what the machine is, as Linux tells it.
func processor() string { return fromProc("/proc/cpuinfo", "model name", "an unknown processor") }

func memory() string {
	var kilobytes int64
	_, _ = fmt.Sscan(fromProc("/proc/meminfo", "MemTotal", "0"), &kilobytes)
	return fmt.Sprintf("%d GB", (kilobytes+500_000)/1_000_000)
}

func fromProc(file, key, otherwise string) string {
	text, _ := os.ReadFile(file)
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return otherwise
}

// neo4jVersion is that of deploy/neo4j/pom.xml.
func neo4jVersion() string {
	text, _ := os.ReadFile("deploy/neo4j/pom.xml")
	_, rest, _ := bytes.Cut(text, []byte("<neo4j.version>"))
	version, _, _ := bytes.Cut(rest, []byte("<"))
	return string(version)
}

// module gives the version of a module that this program is built with.
func module(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "unknown"
}

// revision says which Vínculo this is.
func revision() string {
	out, err := exec.Command("git", "describe", "--tags", "--always", "--dirty").Output()
	if err != nil {
		return "of unknown revision"
	}
	return string(bytes.TrimSpace(out))
}

// replace puts text between the marks of that name in a document.
func replace(document, name, text string) error {
	old, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	begin, end := "<!-- "+name+": written by make bench -->\n", "<!-- end of "+name+" -->"
	before, rest, found := strings.Cut(string(old), begin)
	_, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		return fmt.Errorf("%s has no place for this: %s%s", document, begin, end)
	}
	return os.WriteFile(document, []byte(before+begin+"\n"+text+"\n"+end+after), 0o644)
}
