package server

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestLongAnswersAreCompressedForThoseWhoTakeIt(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	const short, long = "{viewer{name}}", "{vocabulary{types{name description properties{name description}}}}"
	plain := s.ask(t, long, "Accept-Encoding", "identity")
	if len(plain.text) < compressedFrom || plain.Header.Get("Content-Encoding") != "" {
		t.Fatalf("%d bytes, %v", len(plain.text), plain.Header)
	}
	for accept, want := range map[string]string{
		"gzip": "gzip", "br, gzip;q=0.5, *": "gzip", "GZIP": "gzip", "gzip;q=0": "", "br": "", "*": "", ";;": "",
	} {
		for _, query := range []string{long, short} {
			r := s.ask(t, query, "Accept-Encoding", accept)
			if query == short {
				want = ""
			}
			if got := r.Header.Get("Content-Encoding"); r.StatusCode != http.StatusOK || got != want || !strings.Contains(strings.Join(r.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s, %q: %d, %v", query, accept, r.StatusCode, r.Header)
			}
			if want == "" {
				continue
			}
			z, err := gzip.NewReader(strings.NewReader(r.text))
			if err != nil {
				t.Fatal(err)
			}
			if text, err := io.ReadAll(z); err != nil || string(text) != plain.text || bytes.Equal(text, []byte(r.text)) {
				t.Errorf("%q: %v: %s", accept, err, text)
			}
		}
	}
}
