package server

import (
	"context"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/gin-gonic/gin"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/graph"
)

// newHandler gives gqlgen's handler with our transports. There is none for
// multipart forms: they are a way for other sites' pages to write.
func newHandler(schema graphql.ExecutableSchema) http.Handler {
	h := handler.New(schema)
	h.AddTransport(post{})
	h.AddTransport(get{})
	h.SetErrorPresenter(graph.PresentError)
	h.SetRecoverFunc(graph.Recover)
	h.SetParserTokenLimit(MaxTokens)
	h.SetQueryCache(documents{lru.New[*ast.QueryDocument](cachedDocuments)})
	h.Use(extension.Introspection{})
	return h
}

const (
	cachedDocuments   = 1000
	maxCachedDocument = 16 << 10 // bytes of its text
)

// documents is gqlgen's cache of parsed documents, bounded in bytes too: it leaves
// long ones out.
type documents struct{ *lru.LRU[*ast.QueryDocument] }

// Add implements graphql.Cache.
func (d documents) Add(ctx context.Context, text string, document *ast.QueryDocument) {
	if len(text) <= maxCachedDocument {
		d.LRU.Add(ctx, text, document)
	}
}

// graphQL hands the request to gqlgen, if there is a store to answer from.
func (s *Server) graphQL(c *gin.Context) {
	now := s.state.Load()
	if now.schema == nil {
		c.Header("Retry-After", "2")
		refuse(c, http.StatusServiceUnavailable, graph.Errorf(graph.CodeUnavailable, "the server is not ready: %s", now.waits))
		return
	}
	now.schema.ServeHTTP(c.Writer, c.Request)
}

// options answers OPTIONS where it is no question of CORS.
func options(c *gin.Context) {
	c.Header("Allow", "GET, OPTIONS, POST")
	c.Status(http.StatusNoContent)
}
