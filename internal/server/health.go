package server

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// healthy says that the process runs.
func healthy(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"status": "ok"}) }

// readyTimeout bounds the check behind /readyz.
const readyTimeout = 3 * time.Second

// ready says whether questions can be answered, and if not, why.
func (s *Server) ready(c *gin.Context) {
	now := s.state.Load()
	reason := now.waits
	if now.check != nil {
		ctx, cancel := context.WithTimeout(c.Request.Context(), readyTimeout)
		defer cancel()
		reason = now.check(ctx)
	}
	if reason != "" {
		c.Header("Retry-After", "2")
		c.JSON(http.StatusServiceUnavailable, gin.H{"status": "not ready", "reason": reason})
		return
	}
	c.JSON(http.StatusOK, gin.H{"status": "ready"})
}
