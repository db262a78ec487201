package neo4jstore

import (
	"encoding/json"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
)

// Commits implements doctor.State.
func (s still) Commits(after uint64, limit int) ([]doctor.Commit, error) {
	var list []doctor.Commit
	text := "MATCH (c:" + commitLabel + ") WHERE c.sequence > $p.after RETURN c.sequence, c." + commitEntry + " ORDER BY c.sequence LIMIT $p.limit"
	err := each(s.ctx, s.tx, text, params{"after": int64(after), "limit": int64(limit)}, func(v []any) error {
		sequence, _ := v[0].(int64)
		raw, _ := v[1].(string)
		entry := new(statement.Entry)
		if json.Unmarshal([]byte(raw), entry) != nil {
			entry = nil
		}
		list = append(list, doctor.Commit{Sequence: uint64(sequence), Entry: entry})
		return nil
	})
	return list, err
}

// Touched implements doctor.State.
func (s still) Touched(pairs []doctor.Pair) (map[doctor.Pair]doctor.InView, error) {
	var rows []any
	for _, p := range pairs {
		rows = append(rows, map[string]any{"entity": p.Entity, "sequence": int64(p.Sequence)})
	}
	found := map[doctor.Pair]doctor.InView{}
	text := "UNWIND $p.pairs AS r MATCH (t:" + touchLabel + ") WHERE t." + touchEntity + " = r.entity AND t.sequence = r.sequence " +
		"RETURN r.entity, r.sequence, t." + touchPublic + " IS NOT NULL, t." + touchFull + " IS NOT NULL"
	err := each(s.ctx, s.tx, text, params{"pairs": rows}, func(v []any) error {
		entity, _ := v[0].(string)
		sequence, _ := v[1].(int64)
		public, _ := v[2].(bool)
		full, _ := v[3].(bool)
		found[doctor.Pair{Entity: entity, Sequence: uint64(sequence)}] = doctor.InView{statement.PublicView: public, statement.FullView: full}
		return nil
	})
	return found, err
}

// Size implements doctor.State.
func (s still) Size() (doctor.Size, error) {
	size := doctor.Size{Sequence: uint64(s.sequence)}
	for _, c := range []struct {
		label string
		to    *int
	}{{recordedLabel, &size.Statements}, {touchLabel, &size.Touches}} {
		err := each(s.ctx, s.tx, "MATCH (n:"+c.label+") RETURN count(n)", nil, func(v []any) error {
			n, _ := v[0].(int64)
			*c.to = int(n)
			return nil
		})
		if err != nil {
			return size, err
		}
	}
	return size, nil
}
