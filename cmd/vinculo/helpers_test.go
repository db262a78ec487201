package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/vinculo/vinculo/internal/neo4jtest"
)

// asCommand makes this test's binary be the command itself, so that the tests run
// the real thing as a process of its own.
const asCommand = "VINCULO_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writesTo); dir != "" {
		tell(os.Stderr, "%v\n", writeForever(dir))
		os.Exit(exitFailed)
	}
	if os.Getenv(asCommand) != "" {
		main()
		return
	}
	os.Exit(neo4jtest.Run(m))
}

// command prepares a run of the command, in an environment with these variables
// alone, ended by its process id at the latest with the test.
func command(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 5*time.Minute)
	t.Cleanup(cancel)
	c := exec.CommandContext(ctx, os.Args[0], args...)
	c.Dir = t.TempDir()
	c.Env = append([]string{asCommand + "=1", "TMPDIR=" + t.TempDir()}, env...)
	return c
}

// outcome is what a run came to.
type outcome struct {
	code      int
	out, errs string
}

func runCommand(t *testing.T, in string, env []string, args ...string) outcome {
	t.Helper()
	c := command(t, env, args...)
	var out, errs bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(in), &out, &errs
	if err := c.Run(); c.ProcessState == nil {
		t.Fatal(err)
	}
	return outcome{c.ProcessState.ExitCode(), out.String(), errs.String()}
}

// instance is a running server.
type instance struct {
	cmd *exec.Cmd
	url string
	log chan string // what it wrote to standard error, once it has ended
}

var listening = regexp.MustCompile(`msg=listening addr=(\S+)`)

// start starts a server on a free port; it may not be ready yet.
func start(t *testing.T, env []string, args ...string) *instance {
	t.Helper()
	c := command(t, append(env, "ADDR=127.0.0.1:0"), append([]string{"serve"}, args...)...)
	errs, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	i := &instance{cmd: c, log: make(chan string, 1)}
	t.Cleanup(func() { _ = c.Process.Kill() })
	addr := make(chan string, 1)
	go func() {
		var all strings.Builder
		for lines := bufio.NewScanner(errs); lines.Scan(); {
			all.WriteString(lines.Text() + "\n")
			if m := listening.FindStringSubmatch(lines.Text()); m != nil {
				addr <- m[1]
			}
		}
		i.log <- all.String()
		close(addr)
	}()
	a, ok := <-addr
	if !ok {
		t.Fatalf("it ended: %s", <-i.log)
	}
	i.url = "http://" + a
	return i
}

// ready waits until the server says that it is. A new Neo4j on a busy machine takes
// its time: hundreds of indexes are made.
func (i *instance) ready(t *testing.T) *instance {
	t.Helper()
	for deadline := time.Now().Add(4 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		status, text := i.get(t, "/readyz")
		if status == http.StatusOK {
			return i
		}
		if time.Now().After(deadline) {
			t.Fatalf("not ready: %d %s", status, text)
		}
	}
}

// stop asks the server to stop and gives its exit code and log.
func (i *instance) stop(t *testing.T) (int, string) {
	t.Helper()
	if err := i.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	log := <-i.log
	_ = i.cmd.Wait() // the code tells
	return i.cmd.ProcessState.ExitCode(), log
}

func (i *instance) get(t *testing.T, path string) (int, string) {
	t.Helper()
	response, err := http.Get(i.url + path)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, response)
}

func read(t *testing.T, response *http.Response) (int, string) {
	t.Helper()
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// ask asks with a token, or without one if it is "".
func (i *instance) ask(t *testing.T, query, token string) (int, string) {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, i.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, response)
}
