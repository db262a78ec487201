package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/vinculo/vinculo/data"
	"github.com/vinculo/vinculo/graph"
	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/interchange"
	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/server"
	"github.com/vinculo/vinculo/internal/store"
)

type serve struct {
	opener
	log     logSettings
	access  access.Settings
	addr    string
	origins []string
	bundled bool
	pprof   string
	out     io.Writer
}

func newServe() *cobra.Command {
	s := &serve{}
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph",
		Long: `Serve the graph over HTTP: /graphql, /graphiql, /healthz, /readyz.

Without NEO4J_URI the graph is kept in --data-dir, by one process at a time. With it,
it is kept in Neo4j; while that cannot be reached the server says so (/readyz) and
tries again.

Without AUTH_JWT_SECRET and AUTH_JWT_ISSUER the first start writes a secret into
--data-dir, so that ` + "`vinculo token`" + ` with the same --data-dir makes tokens for this server.`,
		Args: cobra.NoArgs,
		RunE: does(func(c *cobra.Command, _ []string) error {
			s.out = c.OutOrStdout()
			s.logger = s.log.start(c.ErrOrStderr())
			return s.run(c.Context())
		}),
	}
	settings(c.Flags(), func(flags *pflag.FlagSet) {
		flags.StringVar(&s.addr, "addr", "127.0.0.1:8080", "address to listen on, host:port; a port of 0 takes a free one")
		s.storeSettings.add(flags)
		addAccess(flags, &s.access)
		flags.StringSliceVar(&s.origins, "cors-origins", nil, "origins whose pages may ask, apart by commas, such as https://example.org; * for all")
		s.log.add(flags)
		flags.StringVar(&s.pprof, "pprof", "", "loopback address to serve profiles of this process on, under /debug/pprof/; without it there are none")
	})
	s.addAdopt(c.Flags())
	c.Flags().BoolVar(&s.bundled, "bundled", false, "load the bundled data, if the store is empty")
	return c
}

func (s *serve) run(ctx context.Context) error {
	s.access.DataDir = s.dataDir
	tokens, err := access.Start(s.access)
	if errors.Is(err, access.ErrSettings) {
		return usage{err}
	}
	if err != nil {
		return err
	}
	audit, err := access.OpenAudit(s.dataDir)
	if err != nil {
		return err
	}
	web, err := server.New(server.Config{Tokens: tokens, Origins: s.origins, Logger: s.logger})
	if err != nil {
		return errors.Join(usage{fmt.Errorf("cors-origins: %w", err)}, audit.Close())
	}
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return errors.Join(fmt.Errorf("listening on %s: %w", s.addr, err), audit.Close())
	}
	if s.pprof != "" {
		if err := profiling(ctx, s.pprof, s.logger); err != nil {
			return errors.Join(err, listener.Close(), audit.Close())
		}
	}
	s.logger.Info("listening", "addr", listener.Addr().String())
	s.wait = web.Wait
	return errors.Join(s.serve(ctx, web, listener, audit), audit.Close())
}

// serve answers until the context ends or the store cannot be opened; it opens the
// store meanwhile, and closes it when the last request has been answered.
func (s *serve) serve(ctx context.Context, web *server.Server, listener net.Listener, audit access.Audit) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var kept store.Store
	var opening error
	tuneCollector(ctx, s.logger)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if kept, opening = s.prepare(ctx); opening != nil {
			stop()
			return
		}
		web.Open(graph.NewSchema(graph.Backing{Store: kept, Audit: audit, Limits: plan.DefaultLimits, Network: network.New(kept, network.DefaultLimits), Search: kept}), s.check(kept))
		s.announce(listener.Addr())
	}()
	err := web.Serve(ctx, listener)
	stop()
	<-done
	if opening != nil && !errors.Is(opening, context.Canceled) {
		err = errors.Join(opening, err)
	}
	if kept != nil {
		err = errors.Join(err, closeStore(ctx, kept))
	}
	return err
}

// prepare opens the store and, if it is asked for and right, fills it.
func (s *serve) prepare(ctx context.Context) (store.Store, error) {
	kept, err := s.openPatiently(ctx)
	if err != nil || !s.bundled {
		return kept, err
	}
	s.wait(waitBundled)
	if err := loadBundled(ctx, kept, s.logger); err != nil {
		return nil, errors.Join(fmt.Errorf("the bundled data: %w", err), closeStore(ctx, kept))
	}
	return kept, nil
}

// closeTime bounds the closing of a store.
const closeTime = 10 * time.Second

func closeStore(ctx context.Context, s store.Store) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTime)
	defer cancel()
	return s.Close(ctx)
}

// loadBundled imports the bundled data into an empty store, all of it or nothing.
func loadBundled(ctx context.Context, s store.Store, logger *slog.Logger) error {
	empty, err := isEmpty(ctx, s)
	if err != nil {
		return err
	}
	if !empty {
		logger.Info("the store is not empty: the bundled data is not loaded")
		return nil
	}
	report, err := interchange.Import{
		Store: s, ID: "bundled", By: "bundled", Reason: "the bundled data", Strict: true,
		Bad: func(b interchange.BadLine) { logger.Error("a bad line", "line", b.String()) },
	}.Run(ctx, interchange.File{Name: "the bundled data", ReadSeeker: bytes.NewReader(data.Bundled())})
	if err == nil {
		logger.Info("the bundled data is loaded", "statements", report.Added)
	}
	return err
}

// announce says where to look.
func (s *serve) announce(addr net.Addr) {
	where := "http://" + reachable(addr.String())
	tell(s.out, "Vínculo is ready.\n  GraphQL   %s%s\n  GraphiQL  %s%s\n", where, server.GraphQLPath, where, server.GraphiQLPath)
}

// reachable turns the address of all interfaces into one that a browser can go to.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return addr
}
