package interchange

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
)

func TestSpoolKeepsAPipeToReadAgain(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s, err := Spool(io.MultiReader(strings.NewReader("one "), strings.NewReader("two")))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Seek(0, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(s); err != nil || string(text) != "one two" {
			t.Errorf("%q, %v", text, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	broken := errors.New("broken")
	if _, err := Spool(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
