package embedstore

import (
	"encoding/json"

	bolt "go.etcd.io/bbolt"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
)

// Commits implements doctor.State.
func (s still) Commits(after uint64, limit int) ([]doctor.Commit, error) {
	var list []doctor.Commit
	for sequence, data := range commits(s.tx, statement.FullView, nil, after) {
		if len(list) == limit {
			break
		}
		entry := new(statement.Entry)
		if json.Unmarshal(data, entry) != nil {
			entry = nil
		}
		list = append(list, doctor.Commit{Sequence: sequence, Entry: entry})
	}
	return list, nil
}

// Touched implements doctor.State.
func (s still) Touched(pairs []doctor.Pair) (map[doctor.Pair]doctor.InView, error) {
	found := map[doctor.Pair]doctor.InView{}
	b := s.tx.Bucket(touchedBucket)
	for _, p := range pairs {
		data := b.Get(append(prefixOf(p.Entity), number(p.Sequence)...))
		if len(data) != 1 {
			continue
		}
		var in doctor.InView
		for view := range in {
			in[view] = data[0]&(1<<view) != 0
		}
		found[p] = in
	}
	return found, nil
}

// Size implements doctor.State. It counts, so it is asked for only now and then.
func (s still) Size() (doctor.Size, error) {
	return doctor.Size{
		Sequence: sequenceOf(s.tx), Statements: count(s.tx.Bucket(statementBucket)), Touches: count(s.tx.Bucket(touchedBucket)),
	}, nil
}

func count(b *bolt.Bucket) int { return b.Stats().KeyN }
