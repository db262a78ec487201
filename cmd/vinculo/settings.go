package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/vinculo/vinculo/internal/access"
	"github.com/vinculo/vinculo/internal/neo4jstore"
)

// A setting is a flag that the environment can set too. Groups of them are shared
// by the commands that need them.

// setting marks a flag as one.
const setting = "environment"

// variable is the environment's name of a flag: DATA_DIR of data-dir.
func variable(flag string) string { return strings.ToUpper(strings.ReplaceAll(flag, "-", "_")) }

// settings marks the flags that add adds as settings, and says so in their help.
func settings(flags *pflag.FlagSet, add func(*pflag.FlagSet)) {
	own := pflag.NewFlagSet("", pflag.ContinueOnError)
	own.SortFlags = false
	add(own)
	own.VisitAll(func(f *pflag.Flag) {
		f.Usage += " (" + variable(f.Name) + ")"
		f.Annotations = map[string][]string{setting: {variable(f.Name)}}
		flags.AddFlag(f)
	})
	flags.SortFlags = false
}

// fromEnvironment sets the settings that no flag has set.
func fromEnvironment(flags *pflag.FlagSet) error {
	var wrong error
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Annotations[setting] == nil || f.Changed || wrong != nil {
			return
		}
		name := variable(f.Name)
		if value := os.Getenv(name); value != "" {
			if err := f.Value.Set(value); err != nil {
				wrong = fmt.Errorf("%s=%q: %w", name, value, err)
			}
		}
	})
	return wrong
}

// choice is a flag that takes one of a few words.
type choice struct {
	value string
	among []string
}

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return strings.Join(c.among, "|") }

func (c *choice) Set(value string) error {
	if !slices.Contains(c.among, value) {
		return fmt.Errorf("must be one of %s", strings.Join(c.among, ", "))
	}
	c.value = value
	return nil
}

// storeSettings say where the graph is kept.
type storeSettings struct {
	dataDir string
	neo4j   neo4jstore.Config
}

func (s *storeSettings) add(flags *pflag.FlagSet) {
	addDataDir(flags, &s.dataDir)
	flags.StringVar(&s.neo4j.URI, "neo4j-uri", "", "Neo4j, as bolt://host:7687 or neo4j://host:7687 for a cluster; without it the graph is kept in --data-dir")
	flags.StringVar(&s.neo4j.Username, "neo4j-username", "", "user of Neo4j; neo4j if only a password is given")
	flags.StringVar(&s.neo4j.Password, "neo4j-password", "", "password of that user; better given by the environment, where other users do not see it")
	flags.StringVar(&s.neo4j.Database, "neo4j-database", "neo4j", "database in Neo4j")
}

func (s *storeSettings) addAdopt(flags *pflag.FlagSet) {
	flags.BoolVar(&s.neo4j.Adopt, "adopt", false, "use a Neo4j database that holds data and is not Vínculo's yet")
}

func addDataDir(flags *pflag.FlagSet, dir *string) {
	flags.StringVar(dir, "data-dir", "./var", "folder of the embedded store, the secret for tokens and the audit of reads")
}

// logSettings say what is logged, and how. The log goes to standard error.
type logSettings struct {
	level, format choice
}

func (s *logSettings) add(flags *pflag.FlagSet) {
	s.level = choice{"info", []string{"debug", "info", "warn", "error"}}
	s.format = choice{"text", []string{"text", "json"}}
	flags.Var(&s.level, "log-level", "least level that is logged")
	flags.Var(&s.format, "log-format", "format of the log")
}

// start makes the logger that the whole process logs to.
func (s *logSettings) start(to io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.level.value)) // one of those it knows
	options := &slog.HandlerOptions{Level: level}
	var handler slog.Handler = slog.NewTextHandler(to, options)
	if s.format.value == "json" {
		handler = slog.NewJSONHandler(to, options)
	}
	logger := slog.New(handler)
	slog.SetDefault(logger)
	return logger
}

func addAccess(flags *pflag.FlagSet, s *access.Settings) {
	flags.StringVar(&s.Secret, "auth-jwt-secret", "", "secret that HS256 tokens are signed with, 32 bytes or more; without it the first start of the server writes one into --data-dir")
	flags.StringVar(&s.Issuer, "auth-jwt-issuer", "", "issuer that tokens must name as iss; needs the audience and the secret")
	flags.StringVar(&s.Audience, "auth-jwt-audience", "", "audience that tokens must name in aud; needs the issuer")
}
