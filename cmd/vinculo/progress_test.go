package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/vinculo/vinculo/internal/interchange"
)

func TestProgress(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		bar  bool
		want string
	}{
		"a terminal": {true, "\r\x1b[Kx [...............] ....%..."},
		"a pipe":     {false, "x: names, 0%\nx: names, 50%\na line\nx: writing, 100%\n"},
	} {
		var out strings.Builder
		clock := time.Unix(0, 0)
		p := &progress{to: &out, name: "x", bar: c.bar, now: func() time.Time { return clock }}
		for _, now := range []interchange.Progress{{Step: "names", Done: 0, Total: 10}, {Step: "names", Done: 1, Total: 10}} {
			p.show(now)
		}
		clock = clock.Add(time.Minute)
		p.show(interchange.Progress{Step: "names", Done: 5, Total: 10})
		tell(p, "a line\n")
		p.show(interchange.Progress{Step: "writing", Done: 12, Total: 10})
		p.end()
		want := c.want
		if c.bar {
			empty, half, full := strings.Repeat(".", barWidth), strings.Repeat("#", barWidth/2)+strings.Repeat(".", barWidth/2), strings.Repeat("#", barWidth)
			gone := "\r\x1b[K"
			want = gone + "x [" + empty + "]   0% names" + gone + "x [" + half + "]  50% names" + gone + "a line\n" + gone + "x [" + full + "] 100% writing" + gone
		}
		if out.String() != want {
			t.Errorf("%s: %q, want %q", name, out.String(), want)
		}
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if isTerminal(null) || isTerminal(&strings.Builder{}) {
		t.Error("nobody sees what is written there")
	}
}
