package server

import (
	"context"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vinculo/vinculo/web"
)

func TestNotReadySaysWhy(t *testing.T) {
	t.Parallel()
	s := closed(t)
	s.Wait("Neo4j cannot be reached")
	r := s.send(t, http.MethodGet, "/readyz", nil)
	if r.StatusCode != 503 || !strings.Contains(r.text, "Neo4j cannot be reached") {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
	for _, r := range []reply{s.ask(t, "{viewer{name}}"), s.send(t, http.MethodGet, GraphQLPath+"?query={viewer{name}}", nil)} {
		if r.StatusCode != 503 || r.code() != "UNAVAILABLE" || r.Header.Get("Retry-After") == "" || !strings.Contains(r.text, "Neo4j cannot be reached") {
			t.Errorf("%d %s", r.StatusCode, r.text)
		}
	}
	if r := s.ask(t, "{viewer{name}}", "Authorization", "Bearer x"); r.StatusCode != 401 {
		t.Errorf("a bad token: %d", r.StatusCode)
	}
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		if r := s.send(t, method, "/healthz", nil); r.StatusCode != 200 {
			t.Errorf("%s /healthz: %d", method, r.StatusCode)
		}
	}
}

func TestReadyAsksTheStore(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	if r := s.send(t, http.MethodGet, "/readyz", nil); r.StatusCode != 200 {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
	s.Open(nil, func(context.Context) string { return "the store does not answer" })
	if r := s.send(t, http.MethodGet, "/readyz", nil); r.StatusCode != 503 || !strings.Contains(r.text, "the store does not answer") {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := closed(t)
	for path, target := range map[string]string{"/": "/graphiql/", "/graphiql": "/graphiql/"} {
		if r := s.send(t, http.MethodGet, path, nil); r.StatusCode/100 != 3 || r.Header.Get("Location") != target {
			t.Errorf("%s: %d to %q", path, r.StatusCode, r.Header.Get("Location"))
		}
	}
	files, built := web.Files()
	if !built {
		files = web.Fallback()
	}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		r := s.send(t, http.MethodGet, GraphiQLPath+"/"+name, nil)
		switch {
		case entry.IsDir() && name != ".", name == "index.html":
			if r.StatusCode == 200 { // no listings; index.html is the folder's own page
				t.Errorf("%s: %d", name, r.StatusCode)
			}
		case name == ".":
		case r.StatusCode != 200 || strings.HasSuffix(name, ".js") && !strings.HasPrefix(r.Header.Get("Content-Type"), "text/javascript"):
			t.Errorf("%s: %d %s", name, r.StatusCode, r.Header.Get("Content-Type"))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if r := s.send(t, http.MethodGet, "/graphiql/", nil); r.StatusCode != 200 || !strings.Contains(r.text, "Vínculo") {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
	for path, status := range map[string]int{"/graphiql/../../etc/passwd": 404, "/graphiql/nothing.js": 404, "/nothing": 404, "/metrics": 404} {
		if r := s.send(t, http.MethodGet, path, nil); r.StatusCode != status {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodHead} {
		if r := s.send(t, method, GraphQLPath, nil); r.StatusCode != 405 || !strings.Contains(r.Header.Get("Allow"), "POST") {
			t.Errorf("%s: %d, Allow %q", method, r.StatusCode, r.Header.Get("Allow"))
		}
	}
}

func TestStoppingLetsRequestsEnd(t *testing.T) {
	t.Parallel()
	asked, release := make(chan struct{}), make(chan struct{})
	s := open(t, readerFunc(func(context.Context) error { close(asked); <-release; return nil }))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.url = "http://" + listener.Addr().String()
	ctx, stop := context.WithCancel(t.Context())
	served, answered := make(chan error, 1), make(chan reply, 1)
	go func() { served <- s.Serve(ctx, listener) }()
	go func() { answered <- s.ask(t, "{people{totalCount}}") }()
	<-asked
	stop()
	deadline := time.Now().Add(time.Minute)
	for s.state.Load().waits != "stopping" && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	select {
	case err := <-served:
		t.Fatalf("stopped in the middle of a request: %v", err)
	default:
	}
	close(release)
	if r := <-answered; r.StatusCode != 200 {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
	if err := <-served; err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		t.Error("it still listens")
	}
}
