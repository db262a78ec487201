package neo4jstore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/statement"
)

// facts is the database as the projection reads it inside a write, which keeps others
// from writing: so what was found once holds to the end. Errors are the driver's, as
// they are.
type facts struct {
	ctx context.Context
	tx  neo4j.ManagedTransaction

	recorded map[string]*statement.Recorded             // all that were read, by id
	found    [ofBriefs]map[string][]*statement.Recorded // by branch, and what it was asked for
	briefs   map[string]statement.Brief
	followed []string // the relations of branch byFollowed
	forgets  bool     // it keeps nothing from one question to the next
}

var _ statement.Facts = (*facts)(nil)

func newFacts(ctx context.Context, tx neo4j.ManagedTransaction) *facts {
	f := &facts{ctx: ctx, tx: tx, followed: statement.Followed()}
	f.forget()
	return f
}

func (f *facts) forget() {
	f.recorded, f.briefs = map[string]*statement.Recorded{}, map[string]statement.Brief{}
	for branch := range f.found {
		f.found[branch] = map[string][]*statement.Recorded{}
	}
}

// The branches of the text that finds facts, each with a list of ids to find by.
const (
	byID = iota
	bySubject
	byLink
	byFollowed // the entity, of some relations
	byEntity
	ofBriefs // by id, the others find statements
	branches
)

// lookup finds facts in several ways at once, so that it is one text, and as few
// round trips as can be.
var lookup = func() string {
	var texts []string
	recorded := func(keys ...string) string { return seek("s", recordedLabel, keys...) }
	followed, any := " = id AND s."+keyRawProperty+" IN $p.followed", " = id AND s."+keyRawProperty+" IS NOT NULL"
	for branch, matches := range [ofBriefs][]string{
		byID: {recorded(keyID) + " = id"},
		bySubject: {
			recorded(keyRawSubject, keyID) + " = id AND s." + keyID + " IS NOT NULL AND s." + keyFormerSubject + " IS NULL",
			recorded(keyFormerSubject) + " = id",
		},
		byLink: {recorded(keyRawLink) + " = id"},
		byFollowed: {
			recorded(keyRawEntity, keyRawProperty) + followed + " AND s." + keyFormerEntity + " IS NULL",
			recorded(keyFormerEntity) + followed,
		},
		byEntity: {
			recorded(keyRawEntity, keyRawProperty) + any + " AND s." + keyFormerEntity + " IS NULL",
			recorded(keyFormerEntity) + any,
		},
	} {
		for _, match := range matches {
			texts = append(texts, branchOf(branch, match, "s."+keyID, "s."+keyRaw))
		}
	}
	return strings.Join(append(texts, branchOf(ofBriefs, seek("b", briefLabel, keyID)+" = id", "id", "b."+keyBrief)), " UNION ALL ")
}()

// seek begins the text that finds nodes by the first of an index's keys. It names the
// index: a text that is planned while there is little to find would read one whole for
// each id, and go on so while an import adds to it.
func seek(variable, label string, keys ...string) string {
	return "MATCH (" + variable + ":" + label + ") USING INDEX SEEK " + variable + ":" + label + "(" + strings.Join(keys, ", ") + ") WHERE " + variable + "." + keys[0]
}

func branchOf(branch int, match, id, raw string) string {
	number := strconv.Itoa(branch)
	return "UNWIND $p.ids" + number + " AS id " + match + " RETURN " + number + " AS branch, id AS key, " + id + " AS id, " + raw + " AS raw"
}

// asked is what facts are asked for, by branch.
type asked [branches][]string

// ahead reads what a commit is sure to be checked against.
func (f *facts) ahead(c statement.Commit) error {
	var a asked
	for _, s := range c.Add {
		for branch, ids := range [branches][]string{
			byID: {s.ID, s.Subject, s.Link}, bySubject: {s.ID, s.Subject, s.Link}, byLink: {s.ID, s.Subject, s.Link}, byFollowed: {s.Subject},
			ofBriefs: {s.Source, s.Entity, s.ClaimedBy},
		} {
			a[branch] = append(a[branch], ids...)
		}
	}
	a[byID] = append(a[byID], c.Retract...)
	for _, s := range c.Set {
		a[byID] = append(a[byID], s.ID)
	}
	return f.read(a)
}

// read finds what is asked for and not known.
func (f *facts) read(a asked) error {
	if f.forgets {
		f.forget()
	}
	p, some := params{"followed": f.followed}, false
	for branch, ids := range a {
		unknown := slices.DeleteFunc(unrepeated(ids), func(id string) bool { return id == "" || f.knows(branch, id) })
		for _, id := range unknown { // of what is not found, nothing is known either
			if branch == ofBriefs {
				f.briefs[id] = statement.Brief{}
			} else {
				f.found[branch][id] = nil
			}
		}
		p["ids"+strconv.Itoa(branch)] = unknown
		some = some || len(unknown) > 0
	}
	if !some {
		return nil
	}
	err := each(f.ctx, f.tx, lookup, p, func(v []any) error {
		branch, _ := v[0].(int64)
		key, _ := v[1].(string)
		id, _ := v[2].(string)
		raw, _ := v[3].(string)
		return f.put(int(branch), key, id, []byte(raw))
	})
	if err != nil {
		f.forget() // what was asked for is not known to be missing
	}
	return err
}

func (f *facts) knows(branch int, id string) bool {
	if branch == ofBriefs {
		_, known := f.briefs[id]
		return known
	}
	_, known := f.found[branch][id]
	return known
}

// put keeps what a branch has found for a key.
func (f *facts) put(branch int, key, id string, raw []byte) error {
	if branch == ofBriefs {
		var b statement.Brief
		if err := json.Unmarshal(raw, &b); err != nil {
			return fmt.Errorf("a stored brief is no brief: %w", err)
		}
		f.briefs[id] = b
		return nil
	}
	r := f.recorded[id]
	if r == nil {
		r = new(statement.Recorded)
		if err := json.Unmarshal(raw, r); err != nil {
			return fmt.Errorf("a stored statement is no statement: %w", err)
		}
		f.recorded[id] = r
	}
	f.found[branch][key] = append(f.found[branch][key], r)
	return nil
}

// statements gives what a branch finds for the ids.
func (f *facts) statements(branch int, ids []string) ([]*statement.Recorded, error) {
	var a asked
	a[branch] = ids
	if branch == bySubject {
		a[byFollowed] = ids // will be asked for next
	}
	if err := f.read(a); err != nil {
		return nil, err
	}
	var list []*statement.Recorded
	for _, id := range unrepeated(ids) {
		list = append(list, f.found[branch][id]...)
	}
	return list, nil
}

// Statements implements statement.Facts.
func (f *facts) Statements(ids []string) ([]*statement.Recorded, error) {
	return f.statements(byID, ids)
}

// About implements statement.Facts.
func (f *facts) About(subjects []string) ([]*statement.Recorded, error) {
	return f.statements(bySubject, subjects)
}

// Linked implements statement.Facts.
func (f *facts) Linked(links []string) ([]*statement.Recorded, error) {
	return f.statements(byLink, links)
}

// Referring implements statement.Facts.
func (f *facts) Referring(ids []string, relations ...string) ([]*statement.Recorded, error) {
	if len(relations) == 0 {
		return f.statements(byEntity, ids)
	}
	if !slices.Equal(relations, f.followed) {
		f.followed = relations
		clear(f.found[byFollowed])
	}
	return f.statements(byFollowed, ids)
}

// Briefs implements statement.Facts.
func (f *facts) Briefs(ids []string) (map[string]statement.Brief, error) {
	if err := f.read(asked{ofBriefs: ids}); err != nil {
		return nil, err
	}
	briefs := make(map[string]statement.Brief, len(ids))
	for _, id := range ids {
		if b := f.briefs[id]; !b.Zero() {
			briefs[id] = b
		}
	}
	return briefs, nil
}

// bySource finds who something is stated of by a source or claimant.
var bySource = func() string {
	by := func(further string, keys ...string) string {
		return "UNWIND $p.ids AS id " + seek("s", recordedLabel, keys...) + " = id" + further + " RETURN coalesce(s." + keyFormerSubject + ", s." + keyRawSubject + ") AS subject"
	}
	return by(" AND s."+keyID+" IS NOT NULL", keyRawSource, keyID) + " UNION " + by("", keyRawClaimant) + " UNION " + by("", fullKey+statement.KeyClaimedBy)
}()

// Sourced implements statement.Facts.
func (f *facts) Sourced(ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var subjects []string
	err := each(f.ctx, f.tx, bySource, params{"ids": unrepeated(ids)}, func(v []any) error {
		id, _ := v[0].(string)
		subjects = append(subjects, id)
		return nil
	})
	return subjects, err
}

// Keys of the nodes of protected people's names.
const (
	nameKey    = fullKey + "key"
	namePerson = fullKey + "person"
	nameTokens = fullKey + "tokens"
)

var namesByKey = "UNWIND $p.keys AS key " + seek("n", nameLabel, nameKey) + " = key RETURN n." + namePerson + ", n." + nameTokens + ", key"

// ProtectedNames implements statement.Facts.
func (f *facts) ProtectedNames(tokens []string) ([]statement.ProtectedName, error) {
	if len(tokens) == 0 {
		return nil, nil
	}
	var names []statement.ProtectedName
	err := each(f.ctx, f.tx, namesByKey, params{"keys": unrepeated(tokens)}, func(v []any) error {
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
