package neo4jstore

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// format is the version of how things are laid out in the database: see keys.go.
const format = 1

// The oldest server that has all that the texts use: labels and types that are
// values (SET n:$(list), CREATE ()-[:$(type)]->()). It is also the oldest 5.x that
// Neo4j still looks after.
const (
	oldestMajor = 5
	oldestMinor = 26
)

// prepare makes the database ready, or says why it cannot be used.
func (s *Store) prepare(ctx context.Context, adopt bool) error {
	if err := s.checkServer(ctx); err != nil {
		return err
	}
	known, err := s.checkOwner(ctx, adopt)
	if err != nil {
		return err
	}
	if err := s.ensureSchema(ctx); err != nil {
		return err
	}
	if !known {
		if err := s.create(ctx); err != nil {
			return err
		}
	}
	return s.checkMeta(ctx)
}

// checkServer refuses a server that is too old.
func (s *Store) checkServer(ctx context.Context) error {
	version := ""
	err := s.transact(ctx, s.timeout, neo4j.AccessModeRead, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		return each(ctx, tx, "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0]", nil, func(v []any) error {
			version, _ = v[0].(string)
			return nil
		})
	})
	if err == nil && !newEnough(version) {
		err = &unusable{fmt.Sprintf("the server is Neo4j %s; %d.%d or later is needed", version, oldestMajor, oldestMinor)}
	}
	return err
}

// newEnough compares a version like 5.26.1, 5.27-aura or 2025.08.0.
func newEnough(version string) bool {
	first, rest, _ := strings.Cut(version, ".")
	major, err := strconv.Atoi(first)
	if err != nil {
		return false
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(rest)
	}
	minor, _ := strconv.Atoi(rest[:end])
	return major > oldestMajor || major == oldestMajor && minor >= oldestMinor
}

// unusable is an error that only an operator can do something about.
type unusable struct{ message string }

func (e *unusable) Error() string { return e.message }

// checkOwner reports whether the database is one of this store's, and refuses one
// that holds somebody else's data.
func (s *Store) checkOwner(ctx context.Context, adopt bool) (known bool, err error) {
	var empty, mixed bool
	err = s.transact(ctx, s.timeout, neo4j.AccessModeRead, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		text := "RETURN EXISTS { MATCH (m:" + metaLabel + ") }, NOT EXISTS { MATCH (n) }, EXISTS { MATCH (n:" + strings.Join(labels(), "|") + ") }"
		return each(ctx, tx, text, nil, func(v []any) error {
			known, _ = v[0].(bool)
			empty, _ = v[1].(bool)
			mixed, _ = v[2].(bool)
			return nil
		})
	})
	switch {
	case err != nil || known || empty:
		return known, err
	case !adopt:
		return false, &unusable{"it holds data that is not Vínculo's: use an empty database, or --adopt to keep both in one"}
	case mixed:
		return false, &unusable{"it holds nodes with labels that Vínculo uses: they cannot be told apart from its own, so use another database"}
	}
	return false, nil
}

// labels lists every label that the store writes.
func labels() []string {
	list := []string{metaLabel, commitLabel, touchLabel, nameLabel, briefLabel, recordedLabel, wordLabel, spellingLabel}
	for _, view := range statement.Views {
		list = append(list, labelIn(view, entityLabel), labelIn(view, statementLabel), labelIn(view, retractedLabel))
		for _, label := range changingLabels() {
			list = append(list, labelIn(view, label))
		}
	}
	return list
}

// changingLabels lists the labels of types and kinds, in a fixed order.
func changingLabels() []string {
	var list []string
	for _, t := range vocab.Types() {
		list = append(list, t.Name)
	}
	for _, kind := range vocab.KindEnum.Values {
		list = append(list, kindLabel(kind.Name))
	}
	return list
}

// create writes the node that says whose database it is, and the rows that exist
// without statements, unless another process has done so meanwhile.
func (s *Store) create(ctx context.Context) error {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails
	return s.transact(ctx, s.timeout, neo4j.AccessModeWrite, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		made := false
		text := "MERGE (m:" + metaLabel + " {key: 'vinculo'}) ON CREATE SET m.format = $p.format, m.projection = $p.projection, m.sequence = 0, " +
			"m.full_secret = $p.secret, m.created = $p.created RETURN m.full_secret = $p.secret"
		err := each(ctx, tx, text, params{
			"format": int64(format), "projection": statement.Version(), "secret": hex.EncodeToString(secret),
			"created": time.Now().UTC().Format(time.RFC3339),
		}, func(v []any) error {
			made, _ = v[0].(bool)
			return nil
		})
		if err != nil || !made {
			return err
		}
		return (&writer{ctx: ctx, tx: tx}).persist(statement.Genesis())
	})
}

// checkMeta refuses a database that a later version has laid out, and finds out
// whether its rows are those of this version's projection.
func (s *Store) checkMeta(ctx context.Context) error {
	var there int64
	var projection string
	err := s.transact(ctx, s.timeout, neo4j.AccessModeRead, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		return each(ctx, tx, "MATCH (m:"+metaLabel+" {key: 'vinculo'}) RETURN m.format, m.projection", nil, func(v []any) error {
			there, _ = v[0].(int64)
			projection, _ = v[1].(string)
			return nil
		})
	})
	switch {
	case err != nil:
		return err
	case there != format:
		return &unusable{fmt.Sprintf("its format is %d, and this version of Vínculo reads %d: use the version that wrote it, or a later one", there, format)}
	}
	s.outdated.Store(projection != statement.Version())
	return nil
}

// errGone says that the database is not the one that was opened.
var errGone = errors.New("the VinculoMeta node is gone: the database was emptied while in use")
