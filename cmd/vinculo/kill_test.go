package main

import (
	"bufio"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vinculo/vinculo/internal/embedstore"
	"github.com/vinculo/vinculo/internal/generate"
	"github.com/vinculo/vinculo/internal/store"
)

// killsVariable says how many processes each of these tests kills; `make fuzz` sets it.
const killsVariable = "VINCULO_TEST_KILLS"

func kills(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv(killsVariable)); err == nil {
		return n
	}
	if testing.Short() {
		return 2
	}
	return 10
}

// dice gives random numbers, and says how to have the same again. (What a process has
// done by the time it is killed is nobody's to repeat.)
func dice(t *testing.T) *rand.Rand {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// killed starts a process, kills it after a while, unless it has ended by itself
// before, and gives the last sequence that it told to be durable.
func killed(t *testing.T, c *exec.Cmd, told io.Reader, sequence *regexp.Regexp, after time.Duration) (last uint64, ended bool) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(after, func() { _ = c.Process.Kill() })
	defer kill.Stop()
	var all strings.Builder
	for lines := bufio.NewScanner(told); lines.Scan(); {
		all.WriteString(lines.Text() + "\n")
		if m := sequence.FindStringSubmatch(lines.Text()); m != nil {
			last, _ = strconv.ParseUint(m[1], 10, 64) // digits, as matched
		}
	}
	_ = c.Wait() // the state tells
	if code := c.ProcessState.ExitCode(); code > 0 {
		t.Fatalf("it failed, exit code %d: %s", code, &all)
	}
	return last, c.ProcessState.Success()
}

// sound checks a store that has lost its writer: the doctor finds nothing wrong, and
// what was told to be durable is there. A store that has not even been made is sound
// if nothing was told.
func sound(t *testing.T, dir string, told uint64) {
	t.Helper()
	o := runCommand(t, "", nil, "doctor", "--data-dir", dir)
	unmade := strings.Contains(o.errs, "there is no store") && told == 0
	if o.code != 0 && !unmade {
		t.Fatalf("doctor: %+v", o)
	}
	if unmade {
		return
	}
	kept := openStore(t, dir)
	log, err := kept.Log(t.Context(), store.FullView, "", 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	if uint64(len(log)) < told {
		t.Fatalf("commit %d was told to be durable, and the last one is %d", told, len(log))
	}
	if err := kept.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func openStore(t *testing.T, dir string) *embedstore.Store {
	t.Helper()
	s, err := embedstore.Open(dir, embedstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(t.Context()) })
	return s
}

func TestKilledImportLosesNothing(t *testing.T) {
	t.Parallel()
	random := dice(t)
	file := filepath.Join(t.TempDir(), "made.jsonl")
	out, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := generate.Write(out, generate.Options{Persons: 200, Seed: 11}); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	complete := func(dir string) {
		t.Helper()
		if o := runCommand(t, "", nil, "import", "--data-dir", dir, "--log-level", "error", file); o.code != 0 {
			t.Fatalf("import: %+v", o)
		}
	}
	whole, began := t.TempDir(), time.Now()
	complete(whole)
	took, want := time.Since(began), dump(t, whole)
	sequence := regexp.MustCompile(`msg=committed sequence=(\d+) `)
	dir := t.TempDir()
	finish := func() {
		t.Helper()
		complete(dir)
		sound(t, dir, 0)
		alike(t, want, dump(t, dir))
		dir = t.TempDir()
	}
	for range kills(t) {
		c := command(t, nil, "import", "--data-dir", dir, "--log-level", "debug", file)
		errs, err := c.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		told, ended := killed(t, c, errs, sequence, time.Duration(random.Int64N(int64(took))))
		sound(t, dir, told)
		if ended || random.IntN(3) == 0 { // else the next one goes on from here, to be killed too
			finish()
		}
	}
	finish()
}

func TestKilledWriterLosesNothing(t *testing.T) {
	t.Parallel()
	random := dice(t)
	dir, sequence := t.TempDir(), regexp.MustCompile(`^(\d+)$`)
	for range kills(t) {
		c := command(t, []string{writesTo + "=" + dir})
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		told, _ := killed(t, c, out, sequence, time.Duration(random.Int64N(int64(time.Second))))
		sound(t, dir, told)
	}
	kept := openStore(t, dir)
	log, err := kept.Log(t.Context(), store.FullView, "", 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	if err := kept.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	whole := t.TempDir()
	other := openStore(t, whole)
	for i := range log {
		if _, err := other.Write(t.Context(), write(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := other.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	alike(t, dump(t, whole), dump(t, dir))
}
