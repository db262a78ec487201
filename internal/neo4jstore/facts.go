package neo4jstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
)

// facts is the database as the projection reads it inside a write. Errors are the
// driver's, as they are.
type facts struct {
	ctx context.Context
	tx  neo4j.ManagedTransaction
}

var _ statement.Facts = facts{}

// recordedBy gives the statements that a MATCH for each of the ids finds.
func (f facts) recordedBy(match string, p params) ([]*statement.Recorded, error) {
	var found []*statement.Recorded
	err := each(f.ctx, f.tx, "UNWIND $p.ids AS id MATCH (s:"+recordedLabel+") WHERE "+match+" RETURN s."+keyRaw, p, func(v []any) error {
		raw, _ := v[0].(string)
		r := new(statement.Recorded)
		if err := json.Unmarshal([]byte(raw), r); err != nil {
			return fmt.Errorf("a stored statement is no statement: %w", err)
		}
		found = append(found, r)
		return nil
	})
	return found, err
}

// Statements implements statement.Facts.
func (f facts) Statements(ids []string) ([]*statement.Recorded, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return f.recordedBy("s."+keyID+" = id", params{"ids": unrepeated(ids)})
}

// About implements statement.Facts.
func (f facts) About(subjects []string) ([]*statement.Recorded, error) {
	if len(subjects) == 0 {
		return nil, nil
	}
	return f.recordedBy("s."+keyRawSubject+" = id AND s.id IS NOT NULL", params{"ids": unrepeated(subjects)})
}

// Referring implements statement.Facts.
func (f facts) Referring(ids []string, relations ...string) ([]*statement.Recorded, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	match := "s." + keyRawEntity + " = id AND s." + keyRawProperty
	if len(relations) == 0 {
		return f.recordedBy(match+" IS NOT NULL", params{"ids": unrepeated(ids)})
	}
	return f.recordedBy(match+" IN $p.relations", params{"ids": unrepeated(ids), "relations": unrepeated(relations)})
}

// Linked implements statement.Facts.
func (f facts) Linked(links []string) ([]*statement.Recorded, error) {
	links = slices.DeleteFunc(unrepeated(links), func(id string) bool { return id == "" })
	if len(links) == 0 {
		return nil, nil
	}
	return f.recordedBy("s."+keyRawLink+" = id", params{"ids": links})
}

// Sourced implements statement.Facts.
func (f facts) Sourced(sources []string) ([]string, error) {
	if len(sources) == 0 {
		return nil, nil
	}
	var subjects []string
	text := "UNWIND $p.ids AS id MATCH (s:" + recordedLabel + ") WHERE s." + keyRawSource + " = id AND s.id IS NOT NULL RETURN DISTINCT s." + keyRawSubject
	err := each(f.ctx, f.tx, text, params{"ids": unrepeated(sources)}, func(v []any) error {
		id, _ := v[0].(string)
		subjects = append(subjects, id)
		return nil
	})
	return subjects, err
}

// Briefs implements statement.Facts.
func (f facts) Briefs(ids []string) (map[string]statement.Brief, error) {
	briefs := map[string]statement.Brief{}
	if len(ids) == 0 {
		return briefs, nil
	}
	text := "UNWIND $p.ids AS id MATCH (b:" + briefLabel + ") WHERE b.id = id RETURN id, b." + keyBrief
	err := each(f.ctx, f.tx, text, params{"ids": unrepeated(ids)}, func(v []any) error {
		id, _ := v[0].(string)
		raw, _ := v[1].(string)
		var b statement.Brief
		if err := json.Unmarshal([]byte(raw), &b); err != nil {
			return fmt.Errorf("a stored brief is no brief: %w", err)
		}
		briefs[id] = b
		return nil
	})
	return briefs, err
}

// Keys of the nodes of protected people's names.
const (
	nameKey    = fullKey + "key"
	namePerson = fullKey + "person"
	nameTokens = fullKey + "tokens"
)

// ProtectedNames implements statement.Facts.
func (f facts) ProtectedNames(tokens []string) ([]statement.ProtectedName, error) {
	if len(tokens) == 0 {
		return nil, nil
	}
	var names []statement.ProtectedName
	text := "UNWIND $p.keys AS key MATCH (n:" + nameLabel + ") WHERE n." + nameKey + " = key RETURN n." + namePerson + ", n." + nameTokens + ", key"
	err := each(f.ctx, f.tx, text, params{"keys": unrepeated(tokens)}, func(v []any) error {
		person, _ := v[0].(string)
		key, _ := v[2].(string)
		names = append(names, statement.ProtectedName{Person: person, Tokens: texts(v[1]), Key: key})
		return nil
	})
	return names, err
}

// unrepeated gives the distinct texts of a list, in a new one.
func unrepeated(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// texts gives a list of strings as Bolt delivers it.
func texts(data any) []string {
	list, _ := data.([]any)
	out := make([]string, 0, len(list))
	for _, d := range list {
		text, _ := d.(string)
		out = append(out, text)
	}
	return out
}
