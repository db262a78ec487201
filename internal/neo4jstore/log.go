package neo4jstore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// Keys of the log's nodes: of a commit its entry, of a touch the entity and what
// became of it, by view; absent where the view saw no change.
const (
	commitEntry     = fullKey + "entry"
	touchEntity     = fullKey + "entity"
	touchFull       = fullKey + "change"
	touchPublic     = fullKey + "public_change"
	touchPublicType = fullKey + "public_type"
)

// record writes the log entry, and the versions of what it touched.
func record(c *statement.Change) ([]text, error) {
	e := c.Log
	if e.Sequence == 0 { // no commit
		return nil, nil
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("log entry: %w", err)
	}
	sequence := int64(e.Sequence)
	entry := map[string]any{"sequence": sequence, "at": e.At, commitEntry: string(raw)}
	touches, versions := map[string]map[string]any{}, map[string]map[string]any{}
	for _, view := range statement.Views {
		for _, t := range e.Touched[view] {
			if touches[t.Entity] == nil {
				touches[t.Entity] = map[string]any{"sequence": sequence, touchEntity: t.Entity}
				versions[t.Entity] = map[string]any{}
			}
			if view == statement.FullView {
				touches[t.Entity][touchFull] = string(t.Change)
			} else {
				touches[t.Entity][touchPublic], touches[t.Entity][touchPublicType] = string(t.Change), t.Type
			}
			if t.Change != statement.Removed {
				versions[t.Entity][versionIn(view)] = sequence
			}
		}
	}
	var rows []any
	for _, id := range slices.Sorted(maps.Keys(touches)) {
		rows = append(rows, map[string]any{"id": id, "touch": touches[id], "versions": versions[id]})
	}
	return append(of(putCommit, "rows", []any{entry}), of(putTouches, "rows", rows)...), nil
}

const (
	putCommit  = "UNWIND $p.rows AS r CREATE (c:" + commitLabel + ") SET c = r"
	putTouches = "UNWIND $p.rows AS r CREATE (t:" + touchLabel + ") SET t = r.touch WITH r MATCH (e:" + fullLabel + entityLabel + " {id: r.id}) SET e += r.versions"
)

// versions sets the versions of entities to what the log says, by view.
func (w *writer) versions(ids []string) error {
	last := func(change string) string {
		return "COLLECT { MATCH (t:" + touchLabel + ") WHERE t." + touchEntity + " = e.id AND t.sequence IS NOT NULL AND t." + change + " IS NOT NULL RETURN max(t.sequence) }[0]"
	}
	return w.exec("UNWIND $p.ids AS id MATCH (e:"+fullLabel+entityLabel+" {id: id}) SET e."+keyVersion+" = "+last(touchFull)+
		", e."+keyPublicVersion+" = CASE WHEN e:"+entityLabel+" THEN "+last(touchPublic)+" END", params{"ids": ids})
}

// Log implements store.Store.
func (s *Store) Log(ctx context.Context, view store.View, entity string, after uint64, limit int) ([]statement.Entry, error) {
	ctx, leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	if limit <= 0 {
		return nil, nil
	}
	text := logText(view, entity != "")
	p := params{"after": int64(min(after, 1<<62)), "limit": int64(limit)}
	var entries []statement.Entry
	err = s.query(ctx, forever, func(ctx context.Context, texts runner) (err error) {
		entries = nil
		var records []string
		if entity != "" {
			if records, err = recordsOf(ctx, texts, view, entity); err != nil {
				return err
			}
			p["records"] = records
		}
		return each(ctx, texts, text, p, func(v []any) error {
			e, err := entryOf(view, v)
			if entity != "" {
				e = e.Of(records...)
			}
			entries = append(entries, e)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(entries, func(a, b statement.Entry) int { return cmp.Compare(a.Sequence, b.Sequence) })
	if view == statement.FullView && entity == "" {
		entries = unbroken(entries, after)
	}
	return entries, nil
}

// logText is the text that reads the log. What is protected now is no part of the
// public one, whenever it was touched.
func logText(view store.View, ofEntity bool) string {
	shown := "t." + touchPublic + " IS NOT NULL AND NOT EXISTS { MATCH (x:" + briefLabel + ") WHERE x.id = t." + touchEntity + " AND x." + keyShielded + " }"
	if view == statement.FullView {
		shown = "t." + touchFull + " IS NOT NULL"
	}
	start := "MATCH (c:" + commitLabel + ") WHERE c.sequence > $p.after"
	if ofEntity {
		start = "MATCH (t:" + touchLabel + ") WHERE t." + touchEntity + " IN $p.records AND t.sequence > $p.after AND " + shown +
			" WITH DISTINCT t.sequence AS n ORDER BY n LIMIT $p.limit MATCH (c:" + commitLabel + ") WHERE c.sequence = n"
	}
	end := " RETURN c.sequence, c.at, c." + commitEntry + " ORDER BY c.sequence LIMIT $p.limit"
	if view == statement.PublicView {
		touch := "t.sequence = c.sequence"
		if ofEntity {
			touch += " AND t." + touchEntity + " IN $p.records"
		}
		end = " WITH c, COLLECT { MATCH (t:" + touchLabel + ") WHERE " + touch + " AND " + shown +
			" RETURN [t." + touchEntity + ", t." + touchPublicType + ", t." + touchPublic + "] } AS touched WHERE size(touched) > 0" +
			" RETURN c.sequence, c.at, touched ORDER BY c.sequence LIMIT $p.limit"
	}
	return start + end
}

// entryOf reads a row of the log: in the public view nothing but what was touched.
func entryOf(view store.View, v []any) (statement.Entry, error) {
	var e statement.Entry
	if view == statement.FullView {
		raw, _ := v[2].(string)
		if err := json.Unmarshal([]byte(raw), &e); err != nil {
			return e, fmt.Errorf("a stored log entry is no entry: %w", err)
		}
		return e, nil
	}
	sequence, _ := v[0].(int64)
	e.Sequence = uint64(sequence)
	e.At, _ = v[1].(string)
	list, _ := v[2].([]any)
	for _, t := range list {
		of := texts(t)
		e.Touched[view] = append(e.Touched[view], statement.Touch{Entity: of[0], Type: of[1], Change: statement.ChangeOf(of[2])})
	}
	slices.SortFunc(e.Touched[view], func(a, b statement.Touch) int { return strings.Compare(a.Entity, b.Entity) })
	return e, nil
}

// unbroken cuts the log at its first gap: an entry is missing only while it is
// being committed, and comes with the next reading.
func unbroken(entries []statement.Entry, after uint64) []statement.Entry {
	for i, e := range entries {
		if e.Sequence != after+uint64(i)+1 {
			return entries[:i]
		}
	}
	return entries
}
