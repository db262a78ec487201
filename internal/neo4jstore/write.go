package neo4jstore

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// errUnchanged ends a transaction in which there is nothing to store.
var errUnchanged = errors.New("nothing to store")

// Write implements store.Store.
func (s *Store) Write(ctx context.Context, commit statement.Commit) (statement.Receipt, error) {
	ctx, leave, err := s.enter(ctx)
	if err != nil {
		return statement.Receipt{}, err
	}
	defer leave()
	var receipt statement.Receipt
	err = s.transact(ctx, forever, neo4j.AccessModeWrite, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		receipt = statement.Receipt{}
		stamp, err := s.lock(ctx, tx)
		if err != nil {
			return err
		}
		known := newFacts(ctx, tx)
		if err := known.ahead(commit); err != nil {
			return err
		}
		change, err := statement.Apply(known, commit, stamp)
		if err != nil {
			return err
		}
		receipt = change.Receipt
		if receipt.Unchanged {
			return errUnchanged // which takes the sequence back
		}
		return (&writer{ctx: ctx, tx: tx}).persist(change)
	})
	if err != nil && !errors.Is(err, errUnchanged) {
		return statement.Receipt{}, err
	}
	return receipt, nil
}

// lock takes the one lock of all writers by drawing the next sequence, before
// anything is read: so that sequences are the order of commits, what is read until
// the end of the transaction is what the commit is applied to, and no two writers
// wait for each other.
func (s *Store) lock(ctx context.Context, tx neo4j.ManagedTransaction) (statement.Stamp, error) {
	var stamp statement.Stamp
	var projection string
	text := "MATCH (m:" + metaLabel + " {key: 'vinculo'}) SET m.sequence = m.sequence + 1 RETURN m.sequence, m.full_secret, m.projection"
	err := each(ctx, tx, text, nil, func(v []any) error {
		sequence, _ := v[0].(int64)
		secret, _ := v[1].(string)
		projection, _ = v[2].(string)
		key, err := hex.DecodeString(secret)
		stamp = statement.Stamp{Sequence: uint64(sequence), At: s.now().UTC().Format(time.RFC3339), Secret: key}
		return err
	})
	switch {
	case err != nil:
		return stamp, err
	case stamp.Sequence == 0:
		return stamp, &failure{store.ErrUnavailable, errGone}
	case projection != statement.Version():
		return stamp, &failure{store.ErrUnavailable, errors.New("another version of Vínculo has projected this database: restart")}
	}
	return stamp, nil
}

// writer stores changes in a transaction.
type writer struct {
	ctx context.Context
	tx  neo4j.ManagedTransaction
}

func (w *writer) exec(text string, p params) error { return exec(w.ctx, w.tx, text, p) }

// text is a text to run.
type text struct {
	cypher string
	p      params
	made   int // if not 0, what it must return: how many it has made
}

// of gives a text that takes a list under a key of $p, if there is anything in it.
func of[T any](cypher, key string, list []T) []text {
	if len(list) == 0 {
		return nil
	}
	return []text{{cypher: cypher, p: params{key: list}}}
}

// steps give the texts that store a change. Links go before the entities that they
// end at, and come after them; numbers of links come when everything is in place.
var steps = []func(*statement.Change) ([]text, error){dropLinks, entities, words, links, statements, briefs, names, counts, record}

// persist stores all of a change, and logs it if it is a commit's. The next text is
// made ready while the database works at the one before.
func (w *writer) persist(c *statement.Change) error {
	type prepared struct {
		texts []text
		err   error
	}
	ready := make(chan prepared, len(steps)) // so that it is never waited for
	go func() {
		defer close(ready)
		for _, step := range steps {
			texts, err := step(c)
			if ready <- (prepared{texts, err}); err != nil {
				return
			}
		}
	}()
	var err error
	for p := range ready { // to its end, whatever happens
		for _, t := range p.texts {
			if err == nil {
				err = w.run(t)
			}
		}
		if err == nil {
			err = p.err
		}
	}
	return err
}

func (w *writer) run(t text) error {
	made := int64(0)
	err := each(w.ctx, w.tx, t.cypher, t.p, func(v []any) error {
		made, _ = v[0].(int64)
		return nil
	})
	if err == nil && t.made > 0 && made != int64(t.made) {
		err = fmt.Errorf("only %d of %d were made by %s", made, t.made, t.cypher)
	}
	return err
}

const (
	dropBriefs = "UNWIND $p.ids AS id MATCH (b:" + briefLabel + " {id: id}) DELETE b"
	putBriefs  = "UNWIND $p.rows AS r MERGE (b:" + briefLabel + " {id: r.id}) SET b." + keyBrief + " = r.brief, b." + keyShielded + " = r.shielded, b." + keyAnswers + " = r.public, b." + fullKey + keyAnswers + " = r.full"
	putNames   = "UNWIND $p.rows AS r CREATE (n:" + nameLabel + ") SET n = r"
)

var dropNames = "UNWIND $p.ids AS id " + seek("n", nameLabel, namePerson) + " = id DELETE n"

// briefs stores what the projection of neighbors reads of entities.
func briefs(c *statement.Change) ([]text, error) {
	var rows []any
	var gone []string
	for _, id := range slices.Sorted(maps.Keys(c.Briefs)) {
		b := c.Briefs[id]
		if b.Zero() {
			gone = append(gone, id)
			continue
		}
		raw, err := json.Marshal(b)
		if err != nil {
			return nil, fmt.Errorf("brief of %s: %w", id, err)
		}
		rows = append(rows, map[string]any{"id": id, "brief": string(raw), "shielded": b.Protected, "public": orNull(b.Answers(statement.PublicView)), "full": orNull(b.Answers(statement.FullView))})
	}
	return append(of(dropBriefs, "ids", gone), of(putBriefs, "rows", rows)...), nil
}

// orNull gives null for no text: a property that is not there.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// names stores the names of protected people in place of those they had.
func names(c *statement.Change) ([]text, error) {
	people := slices.Sorted(maps.Keys(c.Names))
	var rows []any
	for _, person := range people {
		for _, n := range c.Names[person] {
			rows = append(rows, map[string]any{nameKey: n.Key, namePerson: n.Person, nameTokens: n.Tokens})
		}
	}
	return append(of(dropNames, "ids", people), of(putNames, "rows", rows)...), nil
}
