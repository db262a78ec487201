package server

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vinculo/vinculo/graph"
	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/storetest"
)

// readerFunc is a plan.Reader that is one function.
type readerFunc func(context.Context) error

func (f readerFunc) Read(ctx context.Context, _ store.View, _ int, s []store.Selection) ([]store.Page, error) {
	return make([]store.Page, len(s)), f(ctx)
}

func (f readerFunc) Log(ctx context.Context, _ store.View, _ string, _ uint64, _ int) ([]statement.Entry, error) {
	return nil, f(ctx)
}

// journal collects a log. A request is logged after it has been answered.
type journal struct {
	mu   sync.Mutex // guards text
	text strings.Builder
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

// lines waits for so many lines and gives all that there are.
func (j *journal) lines(t *testing.T, n int) string {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		j.mu.Lock()
		text := j.text.String()
		j.mu.Unlock()
		if strings.Count(text, "\n") >= n {
			return text
		}
		if time.Now().After(deadline) {
			t.Fatalf("fewer than %d lines:\n%s", n, text)
		}
	}
}

// site is a server under test.
type site struct {
	*Server
	tokens *access.Tokens
	log    *journal
	url    string
}

// open starts a server over the reader; nil: an empty store.
func open(t *testing.T, r plan.Reader, with ...func(*Config)) *site {
	t.Helper()
	if r == nil {
		r = storetest.NewNaive()
	}
	s := closed(t, with...)
	audit, err := access.OpenAudit(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s.Open(graph.NewSchema(graph.Backing{Store: r, Audit: audit, Limits: plan.DefaultLimits}), func(context.Context) string { return "" })
	return s
}

// closed starts a server that has no store yet.
func closed(t *testing.T, with ...func(*Config)) *site {
	t.Helper()
	tokens, err := access.Start(access.Settings{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	log := &journal{}
	c := Config{Tokens: tokens, Logger: slog.New(slog.NewTextHandler(log, nil))}
	for _, change := range with {
		change(&c)
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	return &site{s, tokens, log, web.URL}
}

func (s *site) token(t *testing.T, role string) string {
	t.Helper()
	token, err := s.tokens.Issue("Ana", role, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// reply is what came back.
type reply struct {
	*http.Response
	text string
	body struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code, Request string }
		}
	}
}

// code gives the code of the only error, or "".
func (r reply) code() string {
	if len(r.body.Errors) != 1 {
		return ""
	}
	return r.body.Errors[0].Extensions.Code
}

// send sends a request; headers are pairs.
func (s *site) send(t *testing.T, method, path string, body io.Reader, headers ...string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.url+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Add(headers[i], headers[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	r := reply{Response: response, text: string(text)}
	if len(text) > 0 && strings.Contains(response.Header.Get("Content-Type"), "json") && response.Header.Get("Content-Encoding") == "" {
		if err := json.Unmarshal(text, &r.body); err != nil {
			t.Errorf("%v in %s", err, text)
		}
	}
	return r
}

// ask posts a query.
func (s *site) ask(t *testing.T, query string, headers ...string) reply {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	return s.send(t, http.MethodPost, GraphQLPath, bytes.NewReader(body), append(headers, "Content-Type", "application/json")...)
}
