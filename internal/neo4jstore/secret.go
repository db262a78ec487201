package neo4jstore

import (
	"context"
	"encoding/hex"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/store"
)

// Secret gives the key of the ids that are made for what comes from elsewhere. It is
// made with the database and never changes. Whoever has it can tell whether an id is
// that of a name they guess: it goes nowhere but into complete backups.
func (s *Store) Secret(ctx context.Context) ([]byte, error) {
	ctx, leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	text := ""
	err = s.transact(ctx, s.timeout, neo4j.AccessModeRead, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		text = ""
		return each(ctx, tx, "MATCH (m:"+metaLabel+" {key: 'vinculo'}) RETURN m.full_secret", nil, func(v []any) error {
			text, _ = v[0].(string)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	secret, err := hex.DecodeString(text)
	if err != nil || len(secret) == 0 {
		return nil, &failure{store.ErrUnavailable, errGone}
	}
	return secret, nil
}
