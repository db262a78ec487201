package neo4jstore

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
)

var _ doctor.Store = (*Examination)(nil)

// Examination is a database opened for the doctor. It changes nothing; its texts
// read whole nodes and relationships, as no others do.
type Examination struct{ store *Store }

// Examine connects to a database that holds a store, and makes nothing in it. Its
// errors are those of Open, and one that says so if there is no store.
func Examine(ctx context.Context, c Config) (*Examination, error) {
	s, err := connect(c)
	if err != nil {
		return nil, err
	}
	err = s.checkServer(ctx)
	known := false
	if err == nil {
		known, err = s.checkOwner(ctx, true)
	}
	if err == nil && !known {
		err = &unusable{"there is no store in it"}
	}
	if err == nil {
		err = s.checkMeta(ctx)
	}
	if err != nil {
		_ = s.shut(ctx) // the first error tells more
		return nil, fmt.Errorf("neo4j database %s: %w", s.database, explained(classify(ctx, err)))
	}
	return &Examination{s}, nil
}

// Close closes the connections.
func (e *Examination) Close(ctx context.Context) error { return e.store.Close(ctx) }

// errSeen ends a transaction of which nothing is to stay.
var errSeen = errors.New("everything has been seen")

// Still implements doctor.Store.
func (e *Examination) Still(ctx context.Context, fn func(doctor.State) error) error {
	return e.still(ctx, func(s still) error { return fn(s) })
}

// still keeps writers out by taking their lock, in a transaction that is rolled back.
func (e *Examination) still(ctx context.Context, fn func(still) error) error {
	err := e.store.transact(ctx, schemaTimeout, neo4j.AccessModeWrite, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		s := still{facts: newFacts(ctx, tx)}
		s.forgets = true // it goes through all there is
		text := "MATCH (m:" + metaLabel + " {key: 'vinculo'}) SET m.sequence = m.sequence + 1 RETURN m.sequence - 1, m.projection"
		found := false
		err := each(ctx, tx, text, nil, func(v []any) error {
			s.sequence, _ = v[0].(int64)
			s.projection, _ = v[1].(string)
			found = true
			return nil
		})
		if err == nil && !found {
			err = errGone
		}
		if err != nil {
			return err
		}
		if err := fn(s); err != nil {
			return err
		}
		return errSeen
	})
	if errors.Is(err, errSeen) {
		return nil
	}
	return told(err)
}

// told gives an error that says what lies behind it, if that is not for everybody's eyes.
func told(err error) error {
	if errors.Is(err, errFailed) {
		return errors.New(Cause(err))
	}
	return err
}

// still is the database while writers are kept out.
type still struct {
	*facts
	sequence   int64
	projection string
}

// Stale implements doctor.State.
func (s still) Stale() (string, error) {
	switch s.projection {
	case statement.Version():
		return "", nil
	case "":
		return "projecting the rows anew was broken off, or goes on: start the server, which does it", nil
	}
	return "the rows were written by another version: start the server, which projects them anew", nil
}

// Owners implements doctor.State.
func (s still) Owners(after string, limit int) ([]string, error) {
	var branches []string
	for _, b := range []struct{ label, key, condition string }{
		{recordedLabel, keyRawSubject, " AND n.id IS NOT NULL"}, {fullLabel + entityLabel, keyID, ""},
		{briefLabel, keyID, ""}, {nameLabel, namePerson, ""},
	} {
		branches = append(branches, "MATCH (n:"+b.label+") WHERE n."+b.key+" > $p.after"+b.condition+" WITH DISTINCT n."+b.key+" AS id ORDER BY id LIMIT $p.n RETURN id")
	}
	var ids []string
	text := "CALL () { " + strings.Join(branches, " UNION ") + " } RETURN id ORDER BY id LIMIT $p.n"
	err := each(s.ctx, s.tx, text, params{"after": after, "n": int64(limit)}, func(v []any) error {
		id, _ := v[0].(string)
		ids = append(ids, id)
		return nil
	})
	return ids, err
}

// byView runs a text that gives an id and a sequence for each view.
func (s still) byView(text string, ids []string) (map[string]doctor.ByView, error) {
	found := map[string]doctor.ByView{}
	err := each(s.ctx, s.tx, text, params{"ids": ids}, func(v []any) error {
		id, _ := v[0].(string)
		public, _ := v[1].(int64)
		full, _ := v[2].(int64)
		found[id] = doctor.ByView{statement.PublicView: uint64(public), statement.FullView: uint64(full)}
		return nil
	})
	return found, err
}

// Versions implements doctor.State.
func (s still) Versions(ids []string) (map[string]doctor.ByView, error) {
	return s.byView("UNWIND $p.ids AS id MATCH (e:"+fullLabel+entityLabel+" {id: id}) RETURN id, e."+keyPublicVersion+", e."+keyVersion, ids)
}

// LastTouched implements doctor.State.
func (s still) LastTouched(ids []string) (map[string]doctor.ByView, error) {
	last := func(change string) string {
		return "COLLECT { MATCH (t:" + touchLabel + ") WHERE t." + touchEntity + " = id AND t.sequence IS NOT NULL AND t." + change + " IS NOT NULL RETURN max(t.sequence) }[0]"
	}
	return s.byView("UNWIND $p.ids AS id RETURN id, "+last(touchPublic)+", "+last(touchFull), ids)
}
