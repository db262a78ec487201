package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/vinculo/vinculo/graph"
	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/embedstore"
	"github.com/vinculo/vinculo/internal/generate"
	"github.com/vinculo/vinculo/internal/interchange"
	"github.com/vinculo/vinculo/internal/plan"
	"github.com/vinculo/vinculo/internal/server"
)

// BenchmarkServe measures a request's whole way through the server, but for the
// network, on the embedded store.
func BenchmarkServe(b *testing.B) {
	var file bytes.Buffer
	if err := generate.Write(&file, generate.Options{Persons: 300, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	s, err := embedstore.Open(b.TempDir(), embedstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = closeStore(b.Context(), s) }()
	if _, err := (interchange.Import{Store: s, Reader: s, ID: "bench", By: "bench", Reason: "bench"}).Run(b.Context(), interchange.File{Name: "bench", ReadSeeker: bytes.NewReader(file.Bytes())}); err != nil {
		b.Fatal(err)
	}
	tokens, err := access.Start(access.Settings{DataDir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	audit, err := access.OpenAudit(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer audit.Close()
	web, err := server.New(server.Config{Tokens: tokens, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		b.Fatal(err)
	}
	web.Open(graph.NewSchema(graph.Backing{Store: s, Audit: audit, Limits: plan.DefaultLimits}), nil)
	for _, c := range []struct{ name, query string }{
		{"node", `{node(id: "g.p000007") {... on Person {id name gender birthDate nationality occupation}}}`},
		{"nested", `{people(first: 20, orderBy: [{field: NAME, direction: ASC}]) {nodes {id name detentions {totalCount nodes {id status start
			heldAt {nodes {id name kind}} proceedings {nodes {id courts {nodes {id name}}}} charges {totalCount nodes {id name statute}}
			sources(first: 3) {nodes {id title publishedAt publishers {nodes {id name}}}}}}}}}`},
	} {
		body, err := json.Marshal(map[string]any{"query": c.query})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, server.GraphQLPath, bytes.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				if web.ServeHTTP(w, r); w.Code != http.StatusOK || bytes.HasPrefix(w.Body.Bytes(), []byte(`{"errors"`)) {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
				b.SetBytes(int64(w.Body.Len()))
			}
		})
	}
}
