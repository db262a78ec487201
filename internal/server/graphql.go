package server

import (
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/gin-gonic/gin"

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
	h.SetQueryCache(newDocuments(cachedTexts))
	h.Use(extension.Introspection{})
	return h
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
