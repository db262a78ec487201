package main

import (
	"net"
	"net/http"
	"strings"
	"testing"
)

func TestServeProfilesOnlyWhereAsked(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = free.Close()
	const path = "/debug/pprof/goroutine?debug=1"
	i := start(t, []string{"DATA_DIR=" + t.TempDir(), "PPROF=" + free.Addr().String()}).ready(t)
	if status, _ := i.get(t, path); status != http.StatusNotFound {
		t.Errorf("profiles where everybody asks: %d", status)
	}
	response, err := http.Get("http://" + free.Addr().String() + path)
	if err != nil {
		t.Fatal(err)
	}
	if status, text := read(t, response); status != http.StatusOK || !strings.HasPrefix(text, "goroutine profile") {
		t.Errorf("%d %s", status, text)
	}
	if code, log := i.stop(t); code != 0 {
		t.Errorf("exit code %d, log\n%s", code, log)
	}
}
