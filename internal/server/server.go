// Package server is Vínculo's HTTP side: a gin engine with what every request goes
// through (id, log, recovery, headers, CORS, and for the API body limit, deadline
// and token), gqlgen's handler with transports of our own, health, and the pages.
//
// A server answers before its store does: until Open it says that it is not ready,
// and why. It reads *http.Request everywhere, and never takes a gin.Context for a
// context.Context.
package server

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/gin-gonic/gin"

	"github.com/vinculo/vinculo/internal/access"
)

// The bounds of a request that no operation can do anything about.
const (
	DefaultDeadline = 10 * time.Second
	MaxBody         = 1 << 20 // bytes
	MaxTokens       = 2000    // of a GraphQL document
)

// The addresses that people are told of.
const (
	GraphQLPath  = "/graphql"
	GraphiQLPath = "/graphiql"
)

// Config is what a server is made of.
type Config struct {
	Tokens   *access.Tokens
	Origins  []string      // of pages elsewhere that may ask: scheme://host[:port], or "*"
	Deadline time.Duration // of a request to the API; 0: DefaultDeadline
	Logger   *slog.Logger  // nil: slog.Default()
}

// Server is an http.Handler.
type Server struct {
	config Config
	engine *gin.Engine
	state  atomic.Pointer[state]
}

// state is what the server can do at the moment.
type state struct {
	waits  string       // why it is not ready; "": it is
	schema http.Handler // GraphQL, once there is a store
	check  func(context.Context) string
}

// New gives a server that is not ready. Origins that are none are an error.
func New(c Config) (*Server, error) {
	if c.Deadline == 0 {
		c.Deadline = DefaultDeadline
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	if err := checkOrigins(c.Origins); err != nil {
		return nil, err
	}
	s := &Server{config: c, engine: newEngine()}
	s.Wait("starting")
	s.routes()
	return s, nil
}

func newEngine() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false
	_ = e.SetTrustedProxies(nil) // no list, no error
	return e
}

func (s *Server) routes() {
	s.engine.Use(withRequestID, s.logged, s.recovered, secured)
	if len(s.config.Origins) > 0 {
		s.engine.Use(crossOrigin(s.config.Origins))
	}
	s.engine.NoRoute(notFound)
	s.engine.NoMethod(methodNotAllowed)

	for _, method := range []string{http.MethodGet, http.MethodHead} {
		s.engine.Handle(method, "/healthz", healthy)
		s.engine.Handle(method, "/readyz", s.ready)
	}

	api := s.engine.Group("", limited, s.timed, s.authenticated)
	api.GET(GraphQLPath, s.graphQL)
	api.POST(GraphQLPath, s.graphQL)
	s.engine.OPTIONS(GraphQLPath, options)

	s.pages()
}

// Wait says that the server is not ready, and why, in words for everybody.
func (s *Server) Wait(reason string) { s.state.Store(&state{waits: reason}) }

// Open makes the server answer by the schema. From then on it is ready as long as
// check, which /readyz asks, gives no reason why not, in words for everybody.
func (s *Server) Open(schema graphql.ExecutableSchema, check func(context.Context) string) {
	s.state.Store(&state{schema: newHandler(schema), check: check})
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.engine.ServeHTTP(w, r) }

// checkOrigins refuses what no browser sends as an origin.
func checkOrigins(origins []string) error {
	for _, o := range origins {
		if o == "*" {
			continue
		}
		u, err := url.Parse(o)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || strings.Trim(o, "/") != u.Scheme+"://"+u.Host {
			return fmt.Errorf("%q is no origin: it is scheme://host or scheme://host:port, as in https://example.org, or * for all", o)
		}
	}
	return nil
}
