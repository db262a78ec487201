package neo4jstore

import (
	"cmp"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
)

// connect makes a store of a database as it is; nothing is asked of it yet.
func connect(c Config) (*Store, error) {
	s := &Store{
		database: cmp.Or(c.Database, defaultDatabase), cut: c.Cut, leash: leash, timeout: cmp.Or(c.Timeout, defaultTimeout),
		log: cmp.Or(c.Logger, slog.New(slog.DiscardHandler)), seen: newSeen(maxSeenOperation), planning: make(chan struct{}, 1), now: c.now,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if strings.HasPrefix(c.URI, "neo4j") {
		s.bookmarks = neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{})
	}
	auth := neo4j.NoAuth()
	if c.Username != "" {
		auth = neo4j.BasicAuth(c.Username, c.Password, "")
	}
	var err error
	s.driver, err = neo4j.NewDriverWithContext(c.URI, auth, func(d *config.Config) {
		d.SocketConnectTimeout = connectTimeout
		d.ConnectionAcquisitionTimeout = acquireTimeout
		d.MaxTransactionRetryTime = retryTime
		d.TelemetryDisabled = true
		d.UserAgent = "vinculo"
	})
	if err != nil {
		return nil, fmt.Errorf("neo4j address: %w", err)
	}
	return s, nil
}
