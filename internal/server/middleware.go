package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/rs/cors"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/vinculo/vinculo/graph"
	"github.com/vinculo/vinculo/internal/access"
)

const requestHeader = "X-Request-Id"

// withRequestID gives each request an id of ours: one that a client chose could
// stand in the audit for something else.
func withRequestID(c *gin.Context) {
	random := make([]byte, 8)
	_, _ = rand.Read(random) // crypto/rand never fails
	id := hex.EncodeToString(random)
	c.Header(requestHeader, id)
	c.Request = c.Request.WithContext(access.WithRequest(c.Request.Context(), id))
}

// maxLoggedPath bounds what anybody can write into the log.
const maxLoggedPath = 200

// logged logs each request: never its query string, headers or body, which may hold
// names, cursors and tokens.
func (s *Server) logged(c *gin.Context) {
	began := time.Now()
	c.Next()
	level := slog.LevelInfo
	if p := c.FullPath(); p == "/healthz" || p == "/readyz" {
		level = slog.LevelDebug
	}
	path := c.Request.URL.Path
	ctx := c.Request.Context()
	s.config.Logger.LogAttrs(ctx, level, "request",
		slog.String("method", c.Request.Method[:min(len(c.Request.Method), 16)]),
		slog.String("path", path[:min(len(path), maxLoggedPath)]),
		slog.Int("status", c.Writer.Status()),
		slog.Int("bytes", max(c.Writer.Size(), 0)),
		slog.Duration("took", time.Since(began).Round(10*time.Microsecond)),
		slog.String("request", access.Request(ctx)),
	)
}

// recovered turns a panic into INTERNAL with the request's id.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(p) // net/http's way to drop a connection
		}
		ctx := c.Request.Context()
		refuse(c, http.StatusInternalServerError, graph.PresentError(ctx, graph.Recover(ctx, p)))
	}()
	c.Next()
}

// safeHeaders are right for everything but pages, which loosen their policy themselves.
var safeHeaders = http.Header{
	"Content-Security-Policy":      {"default-src 'none'; frame-ancestors 'none'"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Referrer-Policy":              {"no-referrer"},
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"},
	"Cache-Control":                {"no-store"}, // an answer depends on the token
}

// secured sets them. Their values are shared by all answers: headers are set anew
// where another value is right, never changed in place.
func secured(c *gin.Context) { maps.Copy(c.Writer.Header(), safeHeaders) }

// crossOrigin lets pages of the origins ask. Without origins it must not be used:
// the library then allows all.
func crossOrigin(origins []string) gin.HandlerFunc {
	policy := cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Authorization", "Content-Type"},
		ExposedHeaders: []string{requestHeader, "Retry-After"},
		MaxAge:         600,
	})
	return func(c *gin.Context) {
		policy.HandlerFunc(c.Writer, c.Request)
		if c.Request.Method == http.MethodOptions && c.GetHeader("Access-Control-Request-Method") != "" {
			c.Abort() // it has been answered
		}
	}
}

// limited bounds the body: at once if its length is told, else as it is read.
func limited(c *gin.Context) {
	if c.Request.ContentLength > MaxBody {
		c.Header("Connection", "close") // rather than read on
		refuse(c, http.StatusRequestEntityTooLarge, tooLarge())
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, MaxBody)
}

func tooLarge() *gqlerror.Error {
	return graph.Errorf(graph.CodeBadUserInput, "the request's body is larger than the %d bytes allowed", MaxBody)
}

// timed bounds the time for an answer.
func (s *Server) timed(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), s.config.Deadline)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// authenticated puts into the context what the request's token grants. Without a
// token that is the public's; with one that is not good it is refused, never public.
func (s *Server) authenticated(c *gin.Context) {
	headers := c.Request.Header.Values("Authorization")
	if len(headers) == 0 {
		return
	}
	token, err := bearer(headers)
	var grant access.Grant
	if err == nil {
		grant, err = s.config.Tokens.Check(token)
	}
	if err != nil {
		c.Header("WWW-Authenticate", `Bearer realm="vinculo", error="invalid_token"`)
		refuse(c, http.StatusUnauthorized, graph.Errorf(graph.CodeUnauthenticated, "%v: leave it out to ask as the public", err))
		return
	}
	c.Request = c.Request.WithContext(access.With(c.Request.Context(), grant))
}

const scheme = "bearer "

// bearer gives the token of an Authorization header.
func bearer(headers []string) (string, error) {
	if len(headers) > 1 {
		return "", errors.New("there are several Authorization headers")
	}
	h := headers[0]
	if len(h) <= len(scheme) || !strings.EqualFold(h[:len(scheme)], scheme) {
		return "", errors.New("the Authorization header is not `Bearer TOKEN`")
	}
	return h[len(scheme):], nil
}
