package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/generate"
)

// lab is all that runs, on loaded data of one size.
type lab struct {
	persons  int
	database *process
	onNeo4j  *process
	embedded *process
	floor    *process
	others   [2]*process // of another binary, by store; nil: there is none
	token    string      // of somebody who has the full view
	imports  [2]imported // by store
	starts   [2]time.Duration
	memory   [3]int64 // of our servers and the database, before the first question
}

// The two stores, as indexes.
const (
	inNeo4j = iota
	inFile
)

// open loads the data and starts everything. The lab must be closed, also after an
// error.
func (l *lab) open(ctx context.Context, o options, persons int) (err error) {
	l.persons = persons
	dir := filepath.Join(o.dir, strconv.Itoa(persons))
	// What signs tokens is the same for all.
	secret := rand.Text() + rand.Text()
	if err := os.Setenv("AUTH_JWT_SECRET", secret); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file := filepath.Join(dir, "statements.jsonl")
	if _, err := os.Stat(file); err != nil {
		if err := generated(file, generate.Options{Persons: persons, Seed: o.seed}); err != nil {
			return err
		}
	}
	if l.database, err = startNeo4j(ctx, o, filepath.Join(dir, "neo4j")); err != nil {
		return err
	}
	uri := "bolt://" + l.database.addr
	for store, where := range [][]string{inNeo4j: {"--neo4j-uri", uri}, inFile: {"--data-dir", dir}} {
		if l.imports[store], err = load(ctx, o, file, filepath.Join(dir, []string{"neo4j", "embedded"}[store]+".loaded"), where...); err != nil {
			return err
		}
	}
	began := time.Now()
	if l.onNeo4j, err = startServer(ctx, o, o.binary, "on-neo4j", dir, uri); err != nil {
		return err
	}
	l.starts[inNeo4j] = time.Since(began)
	began = time.Now()
	if l.embedded, err = startServer(ctx, o, o.binary, "embedded", dir, ""); err != nil {
		return err
	}
	l.starts[inFile] = time.Since(began)
	if l.floor, err = startFloor(ctx, o, uri); err != nil {
		return err
	}
	if o.against != "" {
		if err := l.startOthers(ctx, o, dir, uri); err != nil {
			return err
		}
	}
	for i, p := range []*process{l.onNeo4j, l.embedded, l.database} {
		l.memory[i] = used(p.pid()).own
	}
	token, err := output(ctx, o.binary, "token", "--role", "admin", "--data-dir", dir)
	l.token = strings.TrimSpace(token)
	return err
}

// startOthers starts the other binary on the same database, and on a copy of the
// embedded store.
func (l *lab) startOthers(ctx context.Context, o options, dir, uri string) (err error) {
	copied := filepath.Join(o.dir, "other")
	if err := errors.Join(os.RemoveAll(copied), os.MkdirAll(copied, 0o700)); err != nil {
		return err
	}
	if _, err := output(ctx, "cp", filepath.Join(dir, "vinculo.db"), copied); err != nil {
		return err
	}
	if l.others[inNeo4j], err = startServer(ctx, o, o.against, "other-on-neo4j", copied, uri); err != nil {
		return err
	}
	l.others[inFile], err = startServer(ctx, o, o.against, "other-embedded", copied, "")
	return err
}

// close stops everything.
func (l *lab) close() error {
	var errs []error
	for _, p := range []*process{l.floor, l.others[inFile], l.others[inNeo4j], l.embedded, l.onNeo4j, l.database} {
		if p != nil {
			errs = append(errs, p.stop())
		}
	}
	return errors.Join(errs...)
}

// generated writes invented data.
func generated(file string, opts generate.Options) error {
	say("generating %d people", opts.Persons)
	part := file + ".part"
	f, err := os.Create(part)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<16)
	if err := errors.Join(generate.Write(w, opts), w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(part, file)
}

// imported is what an import did.
type imported struct {
	Added int
	Took  time.Duration
}

func (i imported) perSecond() float64 { return float64(i.Added) / i.Took.Seconds() }

// load imports the file by the command that users have, unless the mark tells that
// this has been done. One that was broken off is gone on with.
func load(ctx context.Context, o options, file, mark string, where ...string) (i imported, err error) {
	if text, err := os.ReadFile(mark); err == nil {
		return i, json.Unmarshal(text, &i)
	}
	say("importing with %s", strings.Join(where, " "))
	began := time.Now()
	told, err := output(ctx, o.binary, append([]string{"import", "--log-level", "warn", file}, where...)...)
	if err != nil {
		return i, err
	}
	i.Took = time.Since(began)
	if m := added.FindStringSubmatch(told); m != nil {
		i.Added, _ = strconv.Atoi(m[1])
	}
	say("%d statements in %s: %.0f a second", i.Added, i.Took.Round(time.Millisecond), i.perSecond())
	return i, os.WriteFile(mark, mustMarshal(i), 0o600)
}

var added = regexp.MustCompile(`added (\d+)`)

// output runs a command to its end and gives what it prints.
func output(ctx context.Context, command string, args ...string) (string, error) {
	var errs bytes.Buffer
	c := exec.CommandContext(ctx, command, args...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", command, strings.Join(args, " "), err, errs.String())
	}
	return string(out), nil
}

// boltAnswers tells whether a database answers.
func boltAnswers(ctx context.Context, uri string) bool {
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.NoAuth())
	if err != nil {
		return false
	}
	defer func() { _ = driver.Close(ctx) }()
	return driver.VerifyConnectivity(ctx) == nil
}
