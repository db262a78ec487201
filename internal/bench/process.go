package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server that this program has started, and stops.
type process struct {
	name  string
	addr  string // host:port on loopback
	pprof string // likewise, of its profiles; "": there are none
	cmd   *exec.Cmd
	ended chan struct{} // closed when it has
	log   *os.File
}

// start runs a command that will answer at the address; ready tells when it does.
// What it prints goes to NAME.log in the folder.
func start(ctx context.Context, dir, name, addr string, ready func(context.Context) bool, env []string, command string, args ...string) (*process, error) {
	log, err := os.Create(filepath.Join(dir, name+".log"))
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(command, args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.Env = append(os.Environ(), env...)
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	p := &process{name: name, addr: addr, cmd: cmd, ended: make(chan struct{}), log: log}
	go func() {
		_ = cmd.Wait() // how it ended stands in its log, and in cmd.ProcessState
		close(p.ended)
	}()
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for !ready(ctx) {
		select {
		case <-p.ended:
			return nil, fmt.Errorf("%s ended while it started (%s); the end of its log:\n%s", name, cmd.ProcessState, tail(log.Name()))
		case <-ctx.Done():
			return nil, errors.Join(fmt.Errorf("%s did not start: %w; the end of its log:\n%s", name, ctx.Err(), tail(log.Name())), p.stop())
		case <-time.After(20 * time.Millisecond):
		}
	}
	return p, nil
}

// How long a server may take to start, which includes opening 1,000,000 people, and
// to stop.
const (
	startTimeout = 10 * time.Minute
	stopTimeout  = 2 * time.Minute
)

func (p *process) pid() int { return p.cmd.Process.Pid }

// stop asks the process to end, and sees to it that it does.
func (p *process) stop() error {
	defer func() { _ = p.log.Close() }()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
		return nil
	case <-time.After(stopTimeout):
		_ = p.cmd.Process.Kill()
		<-p.ended
		return fmt.Errorf("%s did not end when it was asked to", p.name)
	}
}

// tail gives the end of a text file.
func tail(file string) string {
	text, _ := os.ReadFile(file)
	return string(text[max(0, len(text)-2000):])
}

// freeAddr gives a loopback address that nobody listens on at the moment.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// answers tells whether a GET of the URL gives 200.
func answers(url string) func(context.Context) bool {
	return func(ctx context.Context) bool {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return false
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return false
		}
		return response.Body.Close() == nil && response.StatusCode == http.StatusOK
	}
}

// startNeo4j starts the real Neo4j of deploy/neo4j on a data folder.
func startNeo4j(ctx context.Context, o options, dir string) (*process, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(addr)
	ready := func(ctx context.Context) bool { return boltAnswers(ctx, "bolt://"+addr) }
	return start(ctx, o.dir, "neo4j", addr, ready, nil,
		"deploy/neo4j/run", "--data", dir, "--bolt-port", port, "--heap", o.heap, "--pagecache", o.pageCache)
}

// startServer starts a binary of our server, on the database or, without one, embedded.
func startServer(ctx context.Context, o options, binary, name, dataDir, database string) (*process, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	args := []string{"serve", "--addr", addr, "--data-dir", dataDir}
	if database != "" {
		args = append(args, "--neo4j-uri", database)
	}
	var profiles string
	if o.profiles != "" {
		if profiles, err = freeAddr(); err != nil {
			return nil, err
		}
		args = append(args, "--pprof", profiles)
	}
	p, err := start(ctx, o.dir, name, addr, answers("http://"+addr+"/readyz"), nil, binary, args...)
	if err == nil {
		p.pprof = profiles
	}
	return p, err
}

// startFloor starts this program as the floor.
func startFloor(ctx context.Context, o options, database string) (*process, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(ctx, o.dir, "floor", addr, answers("http://"+addr+"/"), []string{floorAddr + "=" + addr, floorDatabase + "=" + database}, self)
}

// usage is what a process has used so far.
type usage struct {
	cpu time.Duration
	own int64 // bytes in memory that are not pages of a file, which the kernel can take back
}

// The kernel counts a process's time in these, on every Linux that Go runs on.
const clockTick = 10 * time.Millisecond

// used reads what a process has used; of one that is gone, nothing.
func used(pid int) (u usage) {
	dir := "/proc/" + strconv.Itoa(pid)
	stat, err := os.ReadFile(dir + "/stat")
	if err != nil {
		return u
	}
	// Its second field is a name in parentheses, which may hold anything.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	for _, i := range []int{11, 12} { // utime and stime, of all its threads
		n, _ := strconv.ParseInt(fields[i], 10, 64)
		u.cpu += time.Duration(n) * clockTick
	}
	memory, err := os.ReadFile(dir + "/statm")
	if err != nil {
		return u
	}
	var all, resident, ofFiles int64
	_, _ = fmt.Sscan(string(memory), &all, &resident, &ofFiles)
	u.own = (resident - ofFiles) * int64(os.Getpagesize())
	return u
}
