package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
)

// The environment in which this program is the floor: where to listen, and the
// database.
const (
	floorAddr     = "VINCULO_BENCH_FLOOR"
	floorDatabase = "VINCULO_BENCH_DATABASE"
)

// floor serves what somebody would write by hand for just these questions: a bare
// net/http handler for each, the same driver, encoding/json. It checks nothing, has
// one view, and no GraphQL.
func floor() error {
	driver, err := neo4j.NewDriverWithContext(os.Getenv(floorDatabase), neo4j.NoAuth(), func(c *config.Config) { c.TelemetryDisabled = true })
	if err != nil {
		return err
	}
	for _, text := range []string{fullText, "CALL db.awaitIndexes(300)"} {
		if _, err := neo4j.ExecuteQuery(context.Background(), driver, text, nil, neo4j.EagerResultTransformer); err != nil {
			return err
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", func(http.ResponseWriter, *http.Request) {})
	for _, s := range shapes() {
		if s.floorOf == nil {
			mux.HandleFunc("POST /"+s.name, s.handler(driver))
		}
	}
	server := &http.Server{Addr: os.Getenv(floorAddr), Handler: mux}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return driver.Close(context.WithoutCancel(ctx))
}

func (s *shape) handler(driver neo4j.DriverWithContext) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var p map[string]any
		if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		data, err := s.read(r.Context(), driver, p)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		var b bytes.Buffer
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(answer{data}); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
		_, _ = w.Write(b.Bytes())
	}
}

type answer struct {
	Data any `json:"data"`
}

// What rows hold: lists, texts that may be null, numbers.

func list(v any) []any { l, _ := v.([]any); return l }

func text(v any) string { t, _ := v.(string); return t }

func textOrNull(v any) *string {
	if t, ok := v.(string); ok {
		return &t
	}
	return nil
}

func number(v any) int64 { n, _ := v.(int64); return n }

// each makes a list of a list's rows, never null.
func each[T any](v any, one func(row []any) T) []T {
	rows := list(v)
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = one(list(row))
	}
	return out
}

// nodes is a connection of which nodes are asked, and counted one of which their
// number is asked too.
type nodes[T any] struct {
	Nodes []T `json:"nodes"`
}

type counted[T any] struct {
	TotalCount int64 `json:"totalCount"`
	Nodes      []T   `json:"nodes"`
}

func texts(v any) []string {
	out := make([]string, len(list(v)))
	for i, t := range list(v) {
		out[i] = text(t)
	}
	return out
}

// name gives a person's name, or what stands in its place.
func name(id, v, protected any) string {
	switch {
	case v != nil:
		return text(v)
	case protected == true:
		return "Name withheld"
	}
	return "Person " + text(id)
}
