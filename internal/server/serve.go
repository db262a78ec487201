package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// drainTime is how long a server that stops lets requests come to their end: longer
// than the deadline, so that it cuts none off.
const drainTime = 15 * time.Second

// maxHeader bounds a request's headers and address, and with it queries by GET.
const maxHeader = 64 << 10

// Serve answers on the listener until the context ends; then it says that it is not
// ready, takes no more connections, and returns when the last request is answered
// or drainTime has gone by.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      s.config.Deadline + 20*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.config.Logger.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serving %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	s.drain()
	draining, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	err := server.Shutdown(draining)
	if err != nil {
		err = errors.Join(fmt.Errorf("requests were cut off: %w", err), server.Close())
	}
	if ended := <-failed; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	return err
}

// drain makes /readyz say that the server stops, while it still answers.
func (s *Server) drain() {
	now := *s.state.Load()
	now.waits, now.check = "stopping", nil
	s.state.Store(&now)
}
