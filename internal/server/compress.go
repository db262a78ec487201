package server

import (
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// compressedFrom is the length from which answers are compressed for those who take
// gzip: a shorter one fits a packet or two.
const compressedFrom = 4 << 10

// compressing is a writer to someone who takes gzip.
type compressing struct{ http.ResponseWriter }

// takesGzip reports whether a request says that it takes gzip.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		coding, p, err := mime.ParseMediaType(part)
		if q, _ := strconv.ParseFloat(p["q"], 64); err == nil && coding == "gzip" && (p["q"] == "" || q > 0) {
			return true
		}
	}
	return false
}

// compressors are kept, since each takes 800 kB. They are quick rather than thorough:
// 20 kB take 0.07 ms and become 4 kB, where the default takes 0.24 ms for 3 kB.
var compressors = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // a level that there is
	return w
}}

// send writes a body that consists of parts. Who does not read their answer does not
// get it.
func send(w http.ResponseWriter, status int, parts ...[]byte) {
	length := 0
	for _, part := range parts {
		length += len(part)
	}
	w.Header().Add("Vary", "Accept-Encoding")
	if c, ok := w.(compressing); ok && length >= compressedFrom {
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(status)
		z := compressors.Get().(*gzip.Writer)
		defer compressors.Put(z)
		z.Reset(c.ResponseWriter)
		for _, part := range parts {
			_, _ = z.Write(part)
		}
		_ = z.Close()
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(status)
	for _, part := range parts {
		_, _ = w.Write(part)
	}
}
