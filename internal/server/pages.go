package server

import (
	"io/fs"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/vinculo/vinculo/web"
)

// The policies of the pages: GraphiQL's editor makes styles as it runs; the plain
// page needs nothing but its own files.
const (
	plainPolicy    = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	graphiQLPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

// pages serves GraphiQL, or the plain page where it has not been built in.
func (s *Server) pages() {
	files, built := web.Files()
	policy := graphiQLPolicy
	if !built {
		files, policy = web.Fallback(), plainPolicy
	}
	s.engine.GET("/", func(c *gin.Context) { c.Redirect(http.StatusFound, GraphiQLPath+"/") })
	s.engine.GET(GraphiQLPath, func(c *gin.Context) { c.Redirect(http.StatusPermanentRedirect, GraphiQLPath+"/") })
	page := page(files, policy)
	s.engine.GET(GraphiQLPath+"/*file", page)
	s.engine.HEAD(GraphiQLPath+"/*file", page)
}

func page(files fs.FS, policy string) gin.HandlerFunc {
	server := http.StripPrefix(GraphiQLPath, http.FileServerFS(files))
	return func(c *gin.Context) {
		name := strings.TrimPrefix(c.Param("file"), "/")
		if name == "" {
			name = "index.html"
		}
		if info, err := fs.Stat(files, name); err != nil || info.IsDir() {
			notFound(c)
			return
		}
		c.Header("Content-Security-Policy", policy)
		if strings.HasPrefix(name, "assets/") { // their names change with their content
			c.Header("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			c.Header("Cache-Control", "no-cache")
		}
		server.ServeHTTP(c.Writer, c.Request)
	}
}
