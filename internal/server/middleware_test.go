package server

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/store"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	other := closed(t)
	for name, c := range map[string]struct {
		headers []string
		want    string // of viewer; "": refused
	}{
		"none":            {nil, `{"viewer":{"name":"public","scopes":[]}}`},
		"public":          {[]string{"Authorization", "Bearer " + s.token(t, "public")}, `{"viewer":{"name":"Ana","scopes":[]}}`},
		"curator":         {[]string{"Authorization", "Bearer " + s.token(t, "curator")}, `{"viewer":{"name":"Ana","scopes":["protected:read","write"]}}`},
		"admin":           {[]string{"Authorization", "bearer " + s.token(t, "admin")}, `{"viewer":{"name":"Ana","scopes":["protected:read","write","admin"]}}`},
		"another server":  {[]string{"Authorization", "Bearer " + other.token(t, "admin")}, ""},
		"broken":          {[]string{"Authorization", "Bearer " + s.token(t, "admin") + "x"}, ""},
		"empty":           {[]string{"Authorization", ""}, ""},
		"only the scheme": {[]string{"Authorization", "Bearer "}, ""},
		"another scheme":  {[]string{"Authorization", "Basic QW5hOng="}, ""},
		"no scheme":       {[]string{"Authorization", s.token(t, "admin")}, ""},
		"two":             {[]string{"Authorization", "Bearer " + s.token(t, "public"), "Authorization", "Bearer " + s.token(t, "admin")}, ""},
	} {
		r := s.ask(t, "{viewer{name scopes}}", c.headers...)
		switch {
		case c.want != "" && (r.StatusCode != 200 || string(r.body.Data) != c.want):
			t.Errorf("%s: %d %s", name, r.StatusCode, r.text)
		case c.want == "" && (r.StatusCode != 401 || r.code() != "UNAUTHENTICATED" || r.body.Data != nil):
			t.Errorf("%s: %d %s", name, r.StatusCode, r.text)
		case c.want == "" && !strings.HasPrefix(r.Header.Get("WWW-Authenticate"), "Bearer "):
			t.Errorf("%s: WWW-Authenticate %q", name, r.Header.Get("WWW-Authenticate"))
		}
	}
	for _, address := range []string{"?query={viewer{name}}&access_token=x", "?query={viewer{name}}"} {
		r := s.send(t, http.MethodGet, GraphQLPath+address, nil, "Authorization", "Bearer x")
		if r.StatusCode != 401 {
			t.Errorf("%s: %d", address, r.StatusCode)
		}
	}
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	waits := readerFunc(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
	s := open(t, waits, func(c *Config) { c.Deadline = 50 * time.Millisecond })
	if r := s.ask(t, "{people{totalCount}}"); r.code() != "TIMEOUT" {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
}

func TestADeadlineThatHasPassedBeforeTheWorkBegins(t *testing.T) {
	t.Parallel()
	s := open(t, nil, func(c *Config) { c.Deadline = time.Nanosecond })
	if r := s.ask(t, "{viewer{name}}"); r.StatusCode != 504 || r.code() != "TIMEOUT" {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
}

func TestAPanicIsOursToExplain(t *testing.T) {
	t.Parallel()
	s := open(t, readerFunc(func(context.Context) error { panic("a secret of ours") }))
	r := s.ask(t, "{people{totalCount}}")
	if r.code() != "INTERNAL" || strings.Contains(r.text, "secret") {
		t.Fatalf("%d %s", r.StatusCode, r.text)
	}
	if id := r.Header.Get(requestHeader); id == "" || !strings.Contains(r.body.Errors[0].Message, id) {
		t.Errorf("the request %q is not quoted: %s", id, r.text)
	}
	s.Open(nil, func(context.Context) string { panic("another secret") })
	if r := s.send(t, http.MethodGet, "/readyz", nil); r.StatusCode != 500 || r.code() != "INTERNAL" || strings.Contains(r.text, "secret") {
		t.Errorf("%d %s", r.StatusCode, r.text)
	}
}

func TestStoreErrorsAreNotShown(t *testing.T) {
	t.Parallel()
	for code, err := range map[string]error{
		"INTERNAL":    errors.New("bolt://user:secret@host"),
		"UNAVAILABLE": errors.Join(store.ErrUnavailable, errors.New("secret")),
	} {
		s := open(t, readerFunc(func(context.Context) error { return err }))
		if r := s.ask(t, "{people{totalCount}}"); r.code() != code || strings.Contains(r.text, "secret") {
			t.Errorf("%s: %d %s", code, r.StatusCode, r.text)
		}
	}
}

func TestRequestIDsAreOurs(t *testing.T) {
	t.Parallel()
	var seen []string
	s := open(t, readerFunc(func(ctx context.Context) error { seen = append(seen, access.Request(ctx)); return nil }))
	var sent []string
	for range 2 {
		r := s.ask(t, "{people{totalCount}}", requestHeader, "chosen")
		sent = append(sent, r.Header.Get(requestHeader))
	}
	if diff := cmp.Diff(sent, seen); diff != "" || sent[0] == sent[1] || !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(sent[0]) {
		t.Errorf("ids %v, in the store's context %v", sent, seen)
	}
}

func TestTheLogHoldsNoQueries(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	token := s.token(t, "admin")
	s.send(t, http.MethodGet, GraphQLPath+"?query={people(where:{name:{eq:%22Iria%22}}){totalCount}}", nil, "Authorization", "Bearer "+token)
	s.ask(t, `{people(where:{name:{eq:"Iria"}}){totalCount}}`)
	s.send(t, http.MethodGet, "/nothing%0Ahere/"+strings.Repeat("x", 5000)+"?name=Iria", nil)
	log := s.log.lines(t, 3)
	if strings.Contains(log, "Iria") || strings.Contains(log, token) || len(log) > 2000 {
		t.Error(log)
	}
	for _, wanted := range []string{"method=GET", "path=/graphql", "status=200", "status=404", "request="} {
		if !strings.Contains(log, wanted) {
			t.Errorf("no %s in\n%s", wanted, log)
		}
	}
	if got := strings.Count(log, "\n"); got != 3 {
		t.Errorf("%d lines for 3 requests:\n%s", got, log)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	s := open(t, nil)
	for _, path := range []string{GraphQLPath, "/healthz", "/readyz", "/graphiql/", "/nothing"} {
		r := s.send(t, http.MethodGet, path, nil)
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer"} {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if policy := r.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script-src 'self' 'unsafe") {
			t.Errorf("%s: %s", path, policy)
		}
	}
	if r := s.ask(t, "{viewer{name}}"); r.Header.Get("Cache-Control") != "no-store" {
		t.Error("an answer may be kept by caches")
	}
}

func TestCrossOrigin(t *testing.T) {
	t.Parallel()
	const page, other = "https://front.example", "https://other.example"
	preflight := func(s *site, origin string, headers ...string) reply {
		return s.send(t, http.MethodOptions, GraphQLPath, nil, append(headers,
			"Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization,content-type")...)
	}
	const allow = "Access-Control-Allow-Origin"
	shut, one := open(t, nil), open(t, nil, func(c *Config) { c.Origins = []string{page} })
	all := open(t, nil, func(c *Config) { c.Origins = []string{"*"} })
	for name, c := range map[string]struct {
		site   *site
		origin string
		want   string
	}{
		"none allowed": {shut, page, ""}, "allowed": {one, page, page}, "another": {one, other, ""}, "null": {one, "null", ""}, "all": {all, other, "*"},
	} {
		r := preflight(c.site, c.origin)
		if got := r.Header.Get(allow); got != c.want || r.StatusCode != 204 || r.text != "" {
			t.Errorf("%s: preflight %d, %s %q", name, r.StatusCode, allow, got)
		}
		for _, bad := range []string{"", "x"} { // refusals too are for the page to read
			headers := []string{"Origin", c.origin}
			if bad != "" {
				headers = append(headers, "Authorization", "Bearer "+bad)
			}
			r = c.site.ask(t, "{viewer{name}}", headers...)
			if got := r.Header.Get(allow); got != c.want || r.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s: %d, %s %q", name, r.StatusCode, allow, got)
			}
		}
	}
	if r := preflight(one, page, "Authorization", "Bearer broken"); r.StatusCode != 204 {
		t.Errorf("a preflight was asked for a token: %d", r.StatusCode)
	}
}

func TestOriginsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, origin := range []string{"example.org", "https://", "https://a.example/page", "ftp://a.example", "https://u@a.example", "https://a.example?x", ""} {
		if _, err := New(Config{Origins: []string{origin}}); err == nil {
			t.Errorf("%q was taken", origin)
		}
	}
}
