package main

import (
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReplace(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "b.md")
	const begin, end = "<!-- load: written by make bench -->\n", "<!-- end of load -->"
	if err := os.WriteFile(file, []byte("before\n"+begin+"old\n"+end+"\nafter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := replace(file, "load", "new"); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("before\n"+begin+"\nnew\n"+end+"\nafter\n", string(text)); diff != "" {
		t.Error(diff)
	}
	if err := replace(file, "growth", "new"); err == nil {
		t.Error("there is no such place, and nobody was told")
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	var b table
	b.row("shape", "ratio")
	b.row("ñ", "1.25")
	if diff := cmp.Diff("| shape | ratio |\n|-------|------:|\n| ñ     |  1.25 |\n", b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestQuantile(t *testing.T) {
	t.Parallel()
	r := &result{}
	if r.quantile(0.99) != 0 {
		t.Error("of nothing")
	}
	for i := range 200 {
		r.took = append(r.took, time.Duration(200-i))
	}
	if a, b, c := r.quantile(0.5), r.quantile(0.99), r.quantile(1); a != 101 || b != 199 || c != 200 {
		t.Error(a, b, c)
	}
}

// The client takes what is whole and has data without errors, and nothing else.
func TestAnswersThatCount(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"data\":{}}\n":                         true,
		"HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 25\r\n\r\n{\"errors\":[],\"data\":null}":   false,
		"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 11\r\n\r\n{\"data\":{}}":        false,
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n{\"data\":{}}\r\n0\r\n\r\n": false,
		"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n{\"data\":{}}":                           false,
	} {
		listener := serveOnce(t, text)
		c, err := dial(listener)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.do(newRequest("/", "", nil)); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
		c.close()
	}
}

// serveOnce answers one request with a text, and gives the address.
func serveOnce(t *testing.T, text string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		defer l.Close()
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		if _, err := conn.Read(make([]byte, 1<<10)); err == nil {
			_, _ = conn.Write([]byte(text))
		}
	}()
	return l.Addr().String()
}
