# `make help` lists the targets. Each sets up what it needs by itself, also with empty caches: Go for all of them;
# Java and Maven for a real Neo4j, Node for the web pages and the reference tests, and each says so where one is missing.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Tools that are run, not linked: pinned here, and kept out of go.mod.
GOLANGCI_LINT := go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK   := go run golang.org/x/vuln/cmd/govulncheck@v1.9.0

# Tests write many small files and wait for the disk at each: in memory, where there is room for them (4 GB).
MEMORY := $(shell [ -w /dev/shm ] && [ "$$(df -Pk /dev/shm | awk 'NR == 2 { print $$4 }')" -gt 4194304 ] && echo TMPDIR=/dev/shm)

# tests takes go test's flags. The tests of neo4jtest drop all indexes, and with them all plans of the server: they run alone. Those of the Neo4j store
# mostly wait for one core of Neo4j's: they begin first, so that the other packages' use the others; the command's, which need Neo4j too, are last.
tests = $(MEMORY) deploy/neo4j/with-server bash -ec 'go test $(1) ./internal/neo4jtest; \
	go test $(1) ./internal/neo4jstore $$(go list ./... | grep -v -e /cmd/ -e /neo4j) ./cmd/...'

TEST_TIMEOUT ?= 30m
FUZZTIME     ?= 1m
RAPID_CHECKS ?= 10000
KILLS        ?= 100
PEOPLE       ?= 20000
PERSONS      ?= 20000

.PHONY: help run test neo4j check bench microbench fuzz build generate web reference

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## build, and serve the bundled data on http://127.0.0.1:8080
	@$(MAKE) --no-print-directory web || printf '\n*** GraphiQL could not be built (see above): going on with the plain page ***\n\n' >&2
	@$(MAKE) --no-print-directory build
	bin/vinculo serve --bundled

build: ## build bin/vinculo (with GraphiQL in it, if `make web` has made it)
	go build -trimpath $$([ ! -f web/dist/index.html ] || echo -tags=web) \
		-ldflags "-X main.version=$$(git describe --tags --always --dirty 2>/dev/null || echo devel)" -o bin/vinculo ./cmd/vinculo

test: reference ## all tests, with a real Neo4j and the reference GraphQL implementation
	$(call tests,-count=1 -timeout $(TEST_TIMEOUT))

neo4j: ## run a local Neo4j in ./var/neo4j: Bolt on 7687, HTTP on 7474, no password
	deploy/neo4j/run --data var/neo4j --bolt-port 7687 --http-port 7474

generate: ## write the generated files anew
	go generate ./...

# The work tree as a git tree, with files that git does not know yet and without the index of whoever runs this.
tree = GIT_INDEX_FILE=$$temp/index git add --all && GIT_INDEX_FILE=$$temp/index git write-tree

check: reference ## generated files, go.mod, format, vet, lint, race detector, known vulnerabilities
	@echo '--- generated files are up to date'
	@temp=$$(mktemp -d); trap 'rm -rf "$$temp"' EXIT; before=$$($(tree)); go generate ./...; after=$$($(tree)); \
		git diff --exit-code --stat $$before $$after || \
		{ echo 'make: go generate changed these files: commit what it wrote' >&2; exit 1; }
	@echo '--- go.mod and go.sum are tidy'
	@go mod tidy -diff
	@echo '--- gofmt'
	@bad=$$(find . -name node_modules -prune -o -name '*.go' -print0 | xargs -0 gofmt -l); \
		[ -z "$$bad" ] || { echo "$$bad"; echo 'make: run gofmt -w on these' >&2; exit 1; }
	@echo '--- go vet'
	@go vet ./...
	@echo '--- golangci-lint (.golangci.yml)'
	@$(GOLANGCI_LINT) run ./...
	@echo '--- tests under the race detector, the short ones'
	@$(call tests,-race -short -timeout $(TEST_TIMEOUT))
	@echo '--- govulncheck'
	@said=$$($(GOVULNCHECK) ./... 2>&1) && status=0 || status=$$?; echo "$$said"; \
		[ $$status -eq 0 ] || case "$$said" in \
		*'fetching vulnerabilities'*) printf '\n*** The database of known vulnerabilities cannot be reached: NOTHING WAS CHECKED against it ***\n\n' ;; \
		*) exit 1 ;; esac

# BENCH takes what else internal/bench is to be told, such as -shapes nested,hub -dir var/bench (see -help).
BENCH ?=
bench: build ## measure Vínculo beside hand-written Cypher, into docs/benchmarks.md; PERSONS=20000; SHORT=1: minutes; GROWTH=1: by size
	deploy/neo4j/run --prepare
	go build -trimpath -o bin/bench ./internal/bench
ifdef GROWTH
	bin/bench -growth 2000,20000,200000 -document docs/benchmarks.md $(BENCH)
else ifdef SHORT
	bin/bench -persons 2000 -heap 1g -pagecache 512m -warm 20s -slice 300ms -rounds 2 $(BENCH)
else
	bin/bench -persons $(PERSONS) -document docs/benchmarks.md $(BENCH)
endif

microbench: ## all Go benchmarks
	go test -run '^$$' -bench . -benchmem ./...

fuzz: ## each fuzz target for FUZZTIME (1m), property tests with RAPID_CHECKS (10000) checks each, KILLS (100) kills of writing processes
	@go test -list '^Fuzz' ./... | awk '/^Fuzz/ { name[n++] = $$1 } $$1 == "ok" { for (i = 0; i < n; i++) print $$2, name[i]; n = 0 }' | \
		while read -r package name; do \
			echo "--- $$package $$name"; \
			go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$package" </dev/null; \
		done
	@packages=$$(go list -f '{{.ImportPath}} {{.TestImports}} {{.XTestImports}}' ./... | awk '/pgregory.net\/rapid/ { print $$1 }'); \
		[ -z "$$packages" ] || RAPID_CHECKS=$(RAPID_CHECKS) go test -count=1 -timeout 30m $$packages
	@echo '--- kill -9 of $(KILLS) imports and $(KILLS) writers'
	@VINCULO_TEST_KILLS=$(KILLS) go test -count=1 -timeout 30m -run '^TestKilled' ./cmd/vinculo
	@echo '--- $(PEOPLE) people on both stores'
	@VINCULO_TEST_PEOPLE=$(PEOPLE) NEO4J_TEST_HEAP=2g deploy/neo4j/with-server go test -count=1 -timeout 60m -run AtScale ./internal/embedstore ./internal/neo4jstore

# npm's own record of what it installed; touched, because npm leaves it as old as it likes.
%/node_modules/.package-lock.json: %/package-lock.json
	npm ci --prefix $* --no-audit --no-fund
	@touch $@

web: ## build GraphiQL into web/dist, for the next `make build`; skipped without Node
	@if ! command -v npm >/dev/null; then \
		printf '\n*** GraphiQL is NOT BUILT: it needs Node 20.19 or later, with npm ***\n\n' >&2; \
	elif ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then \
		printf "\n*** GraphiQL is NOT BUILT: it needs Node 20.19 or later, this is $$(node --version) ***\n\n" >&2; \
	else \
		$(MAKE) --no-print-directory web/dist/index.html; \
	fi

web/dist/index.html: web/node_modules/.package-lock.json web/index.html web/package.json web/tsconfig.json web/vite.config.ts $(shell find web/src web/public -type f 2>/dev/null)
	npm run build --prefix web

# graphql-js, against which the planner's tests compare our answers; the tests find it by themselves.
reference:
	@if [ ! -f internal/plan/reference/package-lock.json ]; then :; \
	elif ! command -v npm >/dev/null; then \
		printf '\n*** Node and npm are missing: the tests against the reference implementation WILL NOT RUN ***\n\n' >&2; \
		[ "$${CI:-}" != true ]; \
	else \
		$(MAKE) --no-print-directory internal/plan/reference/node_modules/.package-lock.json; \
	fi
