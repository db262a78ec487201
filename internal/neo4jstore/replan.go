package neo4jstore

import "context"

// Replan has Neo4j count what its indexes hold now, and plan every text anew by that.
// A text that was planned while there was little may read all there is of something
// for as long as little changes; so whoever has imported much calls this afterwards.
// It takes some seconds. A server on the same database then waits for plans once more.
func (s *Store) Replan(ctx context.Context) error {
	if err := s.gate.enter(); err != nil {
		return err
	}
	defer s.gate.leave()
	return s.query(ctx, schemaTimeout, func(ctx context.Context, texts runner) error {
		return exec(ctx, texts, "CALL db.prepareForReplanning()", nil)
	})
}
