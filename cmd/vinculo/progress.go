package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/vinculo/vinculo/internal/interchange"
)

// progress shows how far an import is: a bar on a terminal, elsewhere a line for
// each step, and for each while that a step takes. What is written to it in between
// stands above the bar.
type progress struct {
	to   io.Writer
	name string
	bar  bool
	now  func() time.Time

	step  string
	told  time.Time
	drawn bool
}

const (
	barWidth  = 30
	barEvery  = 100 * time.Millisecond
	lineEvery = 10 * time.Second
)

func newProgress(to io.Writer, name string) *progress {
	return &progress{to: to, name: name, bar: isTerminal(to), now: time.Now}
}

// isTerminal reports whether somebody sees what is written. The null device is
// like a terminal in all but that.
func isTerminal(to io.Writer) bool {
	f, ok := to.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

func (p *progress) show(x interchange.Progress) {
	every := lineEvery
	if p.bar {
		every = barEvery
	}
	now := p.now()
	if x.Step == p.step && now.Sub(p.told) < every {
		return
	}
	p.step, p.told = x.Step, now
	done := 1.0
	if x.Total > 0 {
		done = min(float64(x.Done)/float64(x.Total), 1)
	}
	if !p.bar {
		tell(p.to, "%s: %s, %d%%\n", p.name, x.Step, int(100*done))
		return
	}
	full := int(barWidth * done)
	tell(p.to, "\r\x1b[K%s [%s%s] %3d%% %s", p.name, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), int(100*done), x.Step)
	p.drawn = true
}

// Write writes lines above the bar.
func (p *progress) Write(lines []byte) (int, error) {
	p.end()
	return fmt.Fprint(p.to, string(lines))
}

// end takes the bar away, until it is shown again.
func (p *progress) end() {
	if p.drawn {
		tell(p.to, "\r\x1b[K")
		p.drawn, p.told = false, time.Time{}
	}
}
