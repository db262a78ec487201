package embedstore

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/vinculo/vinculo/internal/statement"
)

// writerVariable makes this test's program a process that writes until it is killed.
const writerVariable = "EMBEDSTORE_TEST_WRITES_TO"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerVariable); dir != "" {
		fmt.Fprintln(os.Stderr, writeForever(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForever writes a person a commit, and says the sequence of each once Write
// has returned.
func writeForever(dir string) error {
	s, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	for i := s.sequence + 1; ; i++ {
		receipt, err := s.Write(context.Background(), person(fmt.Sprintf("p%d", i), "Ana Ficticia"))
		if err != nil {
			return err
		}
		fmt.Println(receipt.Sequence)
	}
}

func TestKilledWriterLosesNothing(t *testing.T) {
	dir := t.TempDir()
	var said uint64
	for round := range 3 {
		said = killedAfter(t, dir, 20+7*round)
		s := open(t, dir)
		if s.sequence < said {
			t.Fatalf("the last commit is %d, but %d was said to be durable", s.sequence, said)
		}
		complete(t, s)
		closeStore(t, s)
	}
}

// killedAfter gives the last sequence that a writer said before it was killed.
func killedAfter(t *testing.T, dir string, commits int) (said uint64) {
	t.Helper()
	writer := exec.CommandContext(t.Context(), os.Args[0])
	writer.Env = append(os.Environ(), writerVariable+"="+dir)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range commits {
		if !lines.Scan() {
			t.Fatalf("the writer ended: %v", lines.Err())
		}
		if said, err = strconv.ParseUint(lines.Text(), 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() { // what it said before it was gone counts too
		if n, err := strconv.ParseUint(lines.Text(), 10, 64); err == nil {
			said = n
		}
	}
	_ = writer.Wait() // it was killed
	return said
}

// complete checks a store of one person a commit: nothing is missing, nothing is
// there by half.
func complete(t *testing.T, s *Store) {
	t.Helper()
	sameGraph(t, s)
	entries, err := s.Log(t.Context(), statement.FullView, "", 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	if uint64(len(entries)) != s.sequence {
		t.Fatalf("%d commits in the log, the sequence is %d", len(entries), s.sequence)
	}
	if people := s.graph.byType[wordOf["Person"]].counts[statement.FullView]; people != len(entries) {
		t.Errorf("%d people of %d commits", people, len(entries))
	}
	for i, e := range entries {
		if e.Sequence != uint64(i+1) || len(e.Commit.Add) != 2 {
			t.Errorf("commit %d has sequence %d and %d statements", i+1, e.Sequence, len(e.Commit.Add))
		}
	}
}

// A file that is copied between two commits is a whole store, as it was then.
func TestCopyOfTheFileIsAStore(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	for i := range 30 {
		write(t, s, person(fmt.Sprintf("p%d", i+1), "Ana Ficticia"))
		if i%10 != 9 {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, FileName))
		if err != nil {
			t.Fatal(err)
		}
		there := t.TempDir()
		if err := os.WriteFile(filepath.Join(there, FileName), data, 0o600); err != nil {
			t.Fatal(err)
		}
		complete(t, open(t, there))
	}
}
