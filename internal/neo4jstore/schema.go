package neo4jstore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// schemaPrefix begins the names of the constraints and indexes that the store
// makes, and drops when it needs them no more.
const schemaPrefix = "vinculo_"

// schemaObject is a constraint or an index. Its name says all that it is, so that
// another definition has another name.
type schemaObject struct{ name, text string }

func unique(label, key string) schemaObject {
	name := schemaName("unique", label, key)
	return schemaObject{name, fmt.Sprintf("CREATE CONSTRAINT %s IF NOT EXISTS FOR (n:%s) REQUIRE n.%s IS UNIQUE", name, label, key)}
}

func uniqueLink(typ string) schemaObject {
	name := schemaName("unique_link", typ, keyID)
	return schemaObject{name, fmt.Sprintf("CREATE CONSTRAINT %s IF NOT EXISTS FOR ()-[r:%s]-() REQUIRE r.%s IS UNIQUE", name, typ, keyID)}
}

func index(label string, keys ...string) schemaObject {
	name := schemaName("index", append([]string{label}, keys...)...)
	return schemaObject{name, fmt.Sprintf("CREATE RANGE INDEX %s IF NOT EXISTS FOR (n:%s) ON (n.%s)", name, label, strings.Join(keys, ", n."))}
}

func linkIndex(typ string, keys ...string) schemaObject {
	name := schemaName("link", append([]string{typ}, keys...)...)
	return schemaObject{name, fmt.Sprintf("CREATE RANGE INDEX %s IF NOT EXISTS FOR ()-[r:%s]-() ON (r.%s)", name, typ, strings.Join(keys, ", r."))}
}

func schemaName(kind string, parts ...string) string {
	return schemaPrefix + kind + "_" + strings.Join(parts, "_")
}

// schema lists all constraints and indexes, from the vocabulary.
func schema() []schemaObject {
	list := []schemaObject{
		unique(metaLabel, "key"), unique(commitLabel, "sequence"), unique(recordedLabel, keyID), unique(briefLabel, keyID),
		index(recordedLabel, keyRawSubject, keyID), index(recordedLabel, keyRawSource, keyID), index(recordedLabel, keyRawClaimant),
		index(recordedLabel, keyRawEntity, keyRawProperty), index(recordedLabel, keyRawLink),
		index(recordedLabel, keyFormerSubject), index(recordedLabel, keyFormerEntity), index(recordedLabel, fullKey+statement.KeyClaimedBy),
		index(touchLabel, touchEntity, "sequence"), index(touchLabel, "sequence"),
		index(nameLabel, nameKey), index(nameLabel, namePerson),
		unique(wordLabel, keyWord), index(spellingLabel, keySpelling),
	}
	for _, view := range statement.Views {
		list = append(list, schemaOfEntities(view)...)
		list = append(list, schemaOfStatements(view)...)
	}
	for _, r := range vocab.Relations() {
		for _, typ := range typesIn(statement.FullView, []*vocab.Relation{r}) {
			list = append(list, uniqueLink(typ))
			if isHub(r) {
				list = append(list, linkIndex(typ, keyTo, keyFrom, keyID))
			}
		}
	}
	return list
}

func schemaOfEntities(view store.View) []schemaObject {
	list := []schemaObject{unique(labelIn(view, entityLabel), keyID)}
	for _, key := range everywhereSorted() {
		list = append(list, index(labelIn(view, entityLabel), keyIn(view, key+asSort), keyID))
	}
	for _, t := range vocab.Types() {
		label := labelIn(view, t.Name)
		list = append(list, index(label, keyID))
		for _, p := range t.Properties {
			if isIndexed(store.Entities, p) {
				list = append(list, index(label, keyIn(view, p.Name+asSort), keyID))
			}
		}
		for _, f := range t.Fields() {
			if f.Countable {
				list = append(list, index(label, keyIn(view, f.CountName()), keyID))
			}
		}
	}
	return list
}

func schemaOfStatements(view store.View) []schemaObject {
	label := labelIn(view, statementLabel)
	list := []schemaObject{index(label, keyIn(view, statement.KeyGroup), keyID)}
	for _, p := range vocab.StatementProperties {
		if isIndexed(store.StatementRows, p) {
			list = append(list, index(label, keyIn(view, p.Name+asSort), keyID))
		}
	}
	return list
}

// keyIn gives a twinned key as the view reads it.
func keyIn(view store.View, key string) string {
	if view == statement.FullView {
		return fullKey + key
	}
	return key
}

// everywhereSorted gives the sorted properties that every type has: name.
func everywhereSorted() []string {
	var names []string
	for _, p := range vocab.Types()[0].Properties {
		if p.Sorted && !slices.ContainsFunc(vocab.Types(), func(t *vocab.Type) bool { return t.Property(p.Name) == nil || !t.Property(p.Name).Sorted }) {
			names = append(names, p.Name)
		}
	}
	return names
}

// schemaTries and schemaPause bound how long it is waited for other processes that
// make the schema of the same database.
const (
	schemaTries = 50
	schemaPause = 100 * time.Millisecond
)

// ensureSchema makes the constraints and indexes that are missing, drops those of
// ours that are not wanted, and waits until all are there: a plan made before an
// index would not use it. Where another process does the same, it looks again at
// what is missing: CREATE … IF NOT EXISTS fails where two of them meet.
func (s *Store) ensureSchema(ctx context.Context) error {
	for try := 1; ; try++ {
		changed, err := s.changeSchema(ctx)
		switch {
		case err == nil && !changed && try == 1:
			return nil
		case err == nil:
			return s.transact(ctx, schemaTimeout, neo4j.AccessModeRead, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
				return exec(ctx, tx, "CALL db.awaitIndexes($p.seconds)", params{"seconds": int64(schemaTimeout.Seconds())})
			})
		case !madeMeanwhile(err) || try == schemaTries:
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(schemaPause):
		}
	}
}

// changeSchema makes what is missing and drops what is not wanted, if there is any.
func (s *Store) changeSchema(ctx context.Context) (changed bool, err error) {
	there, failed, err := s.schemaThere(ctx)
	if err != nil {
		return false, err
	}
	changes := failed
	wanted := map[string]bool{}
	for _, o := range schema() {
		wanted[o.name] = true
		if _, ok := there[o.name]; !ok {
			changes = append(changes, o.text)
		}
	}
	missing := len(changes) - len(failed)
	for name, what := range there {
		if !wanted[name] {
			changes = append(changes, "DROP "+what+" "+name+" IF EXISTS")
		}
	}
	if len(changes) == 0 {
		return false, nil
	}
	s.log.Info("neo4j: making constraints and indexes", "missing", missing, "unwanted", len(changes)-missing)
	// One transaction for many is twice as fast as one for each.
	for batch := range slices.Chunk(changes, 25) {
		err := s.transact(ctx, schemaTimeout, neo4j.AccessModeWrite, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
			for _, text := range batch {
				if err := exec(ctx, tx, text, nil); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return true, err
		}
	}
	return true, nil
}

// schemaThere gives the constraints and indexes that bear our prefix, and which of
// the two each is; and what drops those that could not be made, so that they can be
// made again.
func (s *Store) schemaThere(ctx context.Context) (there map[string]string, failed []string, err error) {
	err = s.transact(ctx, schemaTimeout, neo4j.AccessModeRead, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		there, failed = map[string]string{}, nil
		text := "SHOW INDEXES YIELD name, owningConstraint, state WHERE name STARTS WITH $p.prefix RETURN name, owningConstraint IS NULL, state"
		return each(ctx, tx, text, params{"prefix": schemaPrefix}, func(v []any) error {
			name, _ := v[0].(string)
			what := "CONSTRAINT"
			if plain, _ := v[1].(bool); plain {
				what = "INDEX"
			}
			if v[2] == "FAILED" {
				failed = append(failed, "DROP "+what+" "+name+" IF EXISTS")
			} else {
				there[name] = what
			}
			return nil
		})
	})
	return there, failed, err
}
