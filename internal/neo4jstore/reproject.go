package neo4jstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// How many things a transaction of a re-projection takes on.
const (
	wipeBatch    = 5000
	projectBatch = 200 // subjects
)

// Outdated reports whether the rows are those of another version of the vocabulary
// or the rules. Until Reproject is through, the store answers ErrUnavailable:
// another projection may show what this one withholds.
func (s *Store) Outdated() bool { return s.outdated.Load() }

// Reproject makes all rows anew from the statements, if the store is Outdated. It
// may be called again after an error, which says what lies behind it, and then begins
// anew; so may another process. Of several processes that do it at a time the
// last one to begin goes on; the others get ErrUnavailable.
func (s *Store) Reproject(ctx context.Context) error {
	if err := s.gate.enter(); err != nil {
		return err
	}
	defer s.gate.leave()
	r := &reprojection{Store: s, claim: rand.Text()}
	if done, err := r.begin(ctx); err != nil || done {
		return err
	}
	s.log.Info("neo4j: projecting all rows anew", "projection", statement.Version())
	for _, step := range []func(context.Context) error{
		r.wipe,
		func(ctx context.Context) error { return r.projectAll(ctx, true) },
		func(ctx context.Context) error { return r.projectAll(ctx, false) },
		r.completeAll,
		r.finish,
	} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("projecting all rows anew: %w", explained(err))
		}
	}
	s.outdated.Store(false)
	return nil
}

// reprojection is one process's attempt. Its claim stands in the meta node as long
// as nobody else has begun.
type reprojection struct {
	*Store
	claim string
}

// begin claims the database, unless its rows are what they should be by now. From
// here on no other version of Vínculo writes to it.
func (r *reprojection) begin(ctx context.Context) (done bool, err error) {
	err = r.transact(ctx, schemaTimeout, neo4j.AccessModeWrite, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		text := "MATCH (m:" + metaLabel + " {key: 'vinculo'}) SET m.claim = $p.claim WITH m, m.projection AS was " +
			"SET m.projection = CASE was WHEN $p.version THEN was ELSE '' END RETURN was = $p.version"
		return each(ctx, tx, text, params{"claim": r.claim, "version": statement.Version()}, func(v []any) error {
			done, _ = v[0].(bool)
			return nil
		})
	})
	if err == nil && done {
		r.outdated.Store(false)
	}
	return done, err
}

// batch runs a step in a transaction of its own, which holds the writers' lock.
func (r *reprojection) batch(ctx context.Context, step func(w *writer) error) error {
	return r.transact(ctx, schemaTimeout, neo4j.AccessModeWrite, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		ours := false
		text := "MATCH (m:" + metaLabel + " {key: 'vinculo'}) SET m.locked = true WITH m RETURN m.claim = $p.claim"
		err := each(ctx, tx, text, params{"claim": r.claim}, func(v []any) error {
			ours, _ = v[0].(bool)
			return nil
		})
		if err != nil {
			return err
		}
		if !ours {
			return &failure{store.ErrUnavailable, errors.New("another process is projecting the rows anew")}
		}
		return step(&writer{ctx: ctx, tx: tx})
	})
}

// finish makes the rows those of this version.
func (r *reprojection) finish(ctx context.Context) error {
	return r.batch(ctx, func(w *writer) error {
		return w.exec("MATCH (m:"+metaLabel+" {key: 'vinculo'}) SET m.projection = $p.version", params{"version": statement.Version()})
	})
}

// wipe takes away all that is projected.
func (r *reprojection) wipe(ctx context.Context) error {
	full := fullLabel + statementLabel
	for _, text := range []string{
		"MATCH ()-[r:" + strings.Join(typesIn(statement.FullView, vocab.Relations()), "|") + "]->() WHERE r.id IS NOT NULL WITH r LIMIT $p.n DELETE r RETURN count(*)",
		"MATCH (e:" + fullLabel + entityLabel + ") WITH e LIMIT $p.n DETACH DELETE e RETURN count(*)",
		"MATCH (s:" + full + ") WITH s LIMIT $p.n SET s = " + keptOfStatement + " REMOVE s:" +
			strings.Join([]string{statementLabel, full, retractedLabel, fullLabel + retractedLabel}, ":") + " RETURN count(*)",
		"MATCH (n:" + wordLabel + "|" + spellingLabel + ") WITH n LIMIT $p.n DETACH DELETE n RETURN count(*)",
		"MATCH (n:" + nameLabel + "|" + briefLabel + ") WITH n LIMIT $p.n DELETE n RETURN count(*)",
	} {
		for more := true; more; {
			err := r.batch(ctx, func(w *writer) error {
				return each(w.ctx, w.tx, text, params{"n": int64(wipeBatch)}, func(v []any) error {
					n, _ := v[0].(int64)
					more = n == wipeBatch
					return nil
				})
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// projectAll projects all subjects, in batches: first the briefs, on which the rows
// of neighbors depend, with nodes for links to end at; then the rows.
func (r *reprojection) projectAll(ctx context.Context, briefsOnly bool) error {
	if err := r.batch(ctx, func(w *writer) error { return w.persist(statement.Genesis()) }); err != nil {
		return err
	}
	subjects := "MATCH (s:" + recordedLabel + ") WHERE s." + keyRawSubject + " > $p.after AND s.id IS NOT NULL WITH DISTINCT s." + keyRawSubject + " AS id ORDER BY id LIMIT $p.n RETURN id"
	return r.inBatches(ctx, subjects, func(w *writer, ids []string) error {
		change, err := statement.Reproject(newFacts(w.ctx, w.tx), ids, briefsOnly)
		if err != nil {
			return err
		}
		for _, t := range change.Links { // those of a unit, or symmetric, may have come with another batch
			change.Was.Links[t.ID] = t
		}
		if err := w.persist(change); err != nil || !briefsOnly {
			return err
		}
		var existing []string
		for id, b := range change.Briefs {
			if b.Type != "" {
				existing = append(existing, id)
			}
		}
		return w.exec("UNWIND $p.ids AS id MERGE (e:"+fullLabel+entityLabel+" {id: id})", params{"ids": existing})
	})
}

// completeAll gives all entities what is not a part of their rows: how many links they
// have, and when they were touched.
func (r *reprojection) completeAll(ctx context.Context) error {
	entities := "MATCH (e:" + fullLabel + entityLabel + ") WHERE e.id > $p.after RETURN e.id ORDER BY e.id LIMIT $p.n"
	return r.inBatches(ctx, entities, func(w *writer, ids []string) error {
		if err := w.recount(ids); err != nil {
			return err
		}
		return w.versions(ids)
	})
}

// inBatches calls fn with all ids that a text gives, which follow after one, in rising
// order, each time in a transaction of its own.
func (r *reprojection) inBatches(ctx context.Context, text string, fn func(w *writer, ids []string) error) error {
	for after := ""; ; {
		var ids []string
		err := r.batch(ctx, func(w *writer) error {
			ids = nil
			err := each(w.ctx, w.tx, text, params{"after": after, "n": int64(projectBatch)}, func(v []any) error {
				id, _ := v[0].(string)
				ids = append(ids, id)
				return nil
			})
			if err != nil || len(ids) == 0 {
				return err
			}
			return fn(w, ids)
		})
		switch {
		case err != nil:
			return fmt.Errorf("projecting what follows %q: %w", after, err)
		case len(ids) == 0:
			return nil
		}
		after = ids[len(ids)-1]
	}
}
