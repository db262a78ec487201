package neo4jstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Own implements doctor.Store: constraints and indexes, and what nobody finds who
// goes by the labels and keys that every write sets.
func (e *Examination) Own(ctx context.Context, tell func(doctor.Finding)) error {
	found, err := e.schema(ctx)
	if err != nil {
		return told(err)
	}
	err = e.still(ctx, func(s still) error {
		reason, err := s.Stale()
		if reason != "" {
			found = append(found, doctor.Finding{Kind: doctor.Stale, Text: reason})
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range found {
		tell(f)
	}
	for _, check := range shapeChecks() {
		if err := e.shape(ctx, check, tell); err != nil {
			return err
		}
	}
	return nil
}

// schema finds constraints and indexes that are missing or not in use.
func (e *Examination) schema(ctx context.Context) ([]doctor.Finding, error) {
	states := map[string]string{}
	unique := map[string]bool{}
	err := e.store.transact(ctx, schemaTimeout, neo4j.AccessModeRead, func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		clear(states)
		clear(unique)
		text := "SHOW INDEXES YIELD name, owningConstraint, state WHERE name STARTS WITH $p.prefix RETURN name, owningConstraint IS NOT NULL, state"
		return each(ctx, tx, text, params{"prefix": schemaPrefix}, func(v []any) error {
			name, _ := v[0].(string)
			unique[name], _ = v[1].(bool)
			states[name], _ = v[2].(string)
			return nil
		})
	})
	var found []doctor.Finding
	for _, o := range schema() {
		state, there := states[o.name]
		text := ""
		switch {
		case !there:
			text = "is missing: the next start makes it"
		case state != "ONLINE":
			text = "is not in use: " + state
		case strings.HasPrefix(o.text, "CREATE CONSTRAINT") && !unique[o.name]:
			text = "is an index and no constraint"
		default:
			continue
		}
		found = append(found, doctor.Finding{Kind: doctor.Schema, Text: o.name + ": " + text})
	}
	return found, err
}

// shapeCheck is a text that finds what there should not be, and gives each by its id.
type shapeCheck struct {
	kind doctor.Kind
	what string
	text string
}

// shape runs a check. What it finds while others write may be half of their doing,
// so it looks again when they are kept out.
func (e *Examination) shape(ctx context.Context, check shapeCheck, tell func(doctor.Finding)) error {
	var found []string
	look := func(ctx context.Context, tx neo4j.ManagedTransaction) error {
		found = nil
		return each(ctx, tx, check.text+" LIMIT $p.n", params{"n": int64(mostShown)}, func(v []any) error {
			found = append(found, fmt.Sprint(v[0]))
			return nil
		})
	}
	if err := e.store.transact(ctx, schemaTimeout, neo4j.AccessModeRead, look); err != nil || len(found) == 0 {
		return told(err)
	}
	err := e.still(ctx, func(s still) error { return look(s.ctx, s.tx) })
	for _, id := range found {
		tell(doctor.Finding{Kind: check.kind, Text: id + ": " + check.what})
	}
	return err
}

// mostShown is the most that a check of the shape counts.
const mostShown = 10_000

func shapeChecks() []shapeCheck {
	entities := slices.DeleteFunc(labels(), func(label string) bool {
		return slices.Contains([]string{
			metaLabel, commitLabel, touchLabel, nameLabel, briefLabel, recordedLabel, wordLabel, spellingLabel,
			statementLabel, fullLabel + statementLabel, retractedLabel, fullLabel + retractedLabel, fullLabel + entityLabel,
		}, label)
	})
	named := "coalesce(toString(n.id), elementId(n))"
	node := func(what, labels, where string) shapeCheck {
		return shapeCheck{doctor.Shape, what, "MATCH (n:" + labels + ") WHERE " + where + " RETURN " + named}
	}
	list := []shapeCheck{
		node("has a label of an entity, and not "+fullLabel+entityLabel, strings.Join(entities, "|"), "NOT n:"+fullLabel+entityLabel),
		node("is no recorded statement", strings.Join([]string{statementLabel, fullLabel + statementLabel, retractedLabel, fullLabel + retractedLabel}, "|"), "NOT n:"+recordedLabel),
		node("an entity without an id", fullLabel+entityLabel, "n.id IS NULL"),
		node("a statement without id, subject or contents", recordedLabel, "n.id IS NULL OR n."+keyRaw+" IS NULL OR n."+keyRawSubject+" IS NULL"),
		node("a brief without an id", briefLabel, "n.id IS NULL"),
		node("a protected name without person or key", nameLabel, "n."+namePerson+" IS NULL OR n."+nameKey+" IS NULL"),
		node("a commit without sequence", commitLabel, "n.sequence IS NULL"),
		node("a word that nobody bears", wordLabel, "NOT EXISTS { (n)<-[:"+anyBears+"]-() }"),
		node("a spelling of no word", spellingLabel, "NOT EXISTS { (n)-[:"+spells+"]->(:"+wordLabel+") }"),
		node("has a label that is not Vínculo's", fullLabel+entityLabel+"|"+recordedLabel, "any(l IN labels(n) WHERE NOT l IN "+quotedList(labels())+")"),
		{doctor.Shape, "a relationship that is not Vínculo's", "MATCH (:" + fullLabel + entityLabel + ")-[x]->(:" + fullLabel + entityLabel + ") WHERE NOT type(x) IN " +
			quotedList(typesIn(statement.FullView, vocab.Relations())) + " RETURN elementId(x) + ' ' + type(x)"},
		node("a second "+metaLabel, metaLabel, "n.key <> 'vinculo' OR n.key IS NULL"),
	}
	for _, t := range vocab.Types() {
		full := labelIn(statement.FullView, t.Name)
		list = append(list, node("is "+t.Name+" and not "+full, t.Name, "n:"+fullLabel+entityLabel+" AND NOT n:"+full))
	}
	for _, r := range vocab.Relations() {
		list = append(list, linkChecks(r)...)
	}
	return list
}

// quotedList writes labels or types, which are letters and '_' only, as a list.
func quotedList(names []string) string { return "['" + strings.Join(names, "', '") + "']" }

// linkChecks are those of the relationships of a relation. Those that a statement
// speaks of are compared with it elsewhere.
func linkChecks(r *vocab.Relation) []shapeCheck {
	full := fullType + r.Name
	link := func(kind doctor.Kind, what, typ, where string) shapeCheck {
		return shapeCheck{kind, what, "MATCH (a)-[x:" + typ + "]->(b) WHERE " + where + " RETURN coalesce(toString(x.id), elementId(x))"}
	}
	group := column(statement.FullView, store.StatementRows, "s", statement.KeyGroup)
	return []shapeCheck{
		link(doctor.Shape, "a relationship "+r.Name+" without an id", r.Name+"|"+full, "x.id IS NULL"),
		link(doctor.Shape, "a relationship "+r.Name+" whose ends are not those it names", r.Name+"|"+full, "coalesce(x.from <> a.id OR x.to <> b.id, true)"),
		link(doctor.Shape, r.Name+" joins what is not public", r.Name, "NOT a:"+entityLabel+" OR NOT b:"+entityLabel),
		link(doctor.Shape, "stands as "+full+" and as "+r.Name, full, "EXISTS { MATCH ()-[y:"+r.Name+"]->() WHERE y.id = x.id }"),
		link(doctor.Links, "no statement speaks of it", r.Name+"|"+full,
			"x.id IS NOT NULL AND NOT EXISTS { MATCH (s:"+fullLabel+statementLabel+") WHERE "+group+" = x.id AND s.id IS NOT NULL }"),
	}
}
