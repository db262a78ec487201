package neo4jstore

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

func (c *rowComparison) links(rows *doctor.Rows) error {
	for relation, list := range rows.Links {
		have, err := c.relationships(relation, idsOf(list))
		if err != nil {
			return err
		}
		for _, t := range list {
			var want contents
			if !t.Gone() {
				props, err := properties(store.LinkRows, t)
				if err != nil {
					return err
				}
				want = wanted(props)
				want["type"], want["start node"], want["end node"], want["number"] = typeOfLink(t), t.Full.From, t.Full.To, 1
			}
			c.compare(doctor.Links, t.ID, want, have[t.ID])
		}
	}
	return nil
}

// typeOfLink gives the relationship type of a link that exists.
func typeOfLink(t statement.Twin) string {
	if t.Public == nil {
		return fullType + t.Full.Type
	}
	return t.Full.Type
}

// relationships gives those of a relation that have these ids. Links have values
// named start and end, so their ends are "start node" and "end node" here.
func (c *rowComparison) relationships(relation string, ids []string) (map[string]contents, error) {
	found := map[string]contents{}
	var branches []string
	for _, typ := range []string{relation, fullType + relation} {
		branches = append(branches, "MATCH (a)-[x:"+typ+"]->(b) WHERE x.id = id RETURN type(x) AS t, properties(x) AS p, a.id AS f, b.id AS g")
	}
	text := "UNWIND $p.ids AS id CALL (id) { " + strings.Join(branches, " UNION ALL ") + " } RETURN id, t, p, f, g"
	err := each(c.ctx, c.tx, text, params{"ids": ids}, func(v []any) error {
		id, _ := v[0].(string)
		number := 1
		if before := found[id]; before != nil {
			number, _ = before["number"].(int)
			number++
		}
		props, _ := v[2].(map[string]any)
		found[id] = contents(props)
		found[id]["type"], found[id]["start node"], found[id]["end node"], found[id]["number"] = v[1], v[3], v[4], number
		return nil
	})
	return found, err
}

func (c *rowComparison) briefs(rows *doctor.Rows) error {
	have := map[string]contents{}
	text := "UNWIND $p.ids AS id MATCH (b:" + briefLabel + ") WHERE b.id = id RETURN id, b." + keyBrief + ", b." + keyShielded + ", b." + keyAnswers + ", b." + fullKey + keyAnswers
	err := each(c.ctx, c.tx, text, params{"ids": slices.Collect(maps.Keys(rows.Briefs))}, func(v []any) error {
		id, _ := v[0].(string)
		raw, _ := v[1].(string)
		stored, err := object(raw)
		if err != nil {
			return fmt.Errorf("the brief of %s is no brief", id)
		}
		have[id] = stored
		maps.Copy(have[id], contents{keyShielded: v[2], keyAnswers: v[3], fullKey + keyAnswers: v[4]})
		return nil
	})
	if err != nil {
		return err
	}
	for id, brief := range rows.Briefs {
		var want contents
		if !brief.Zero() {
			raw, err := json.Marshal(brief)
			if err != nil {
				return err
			}
			if want, err = object(string(raw)); err != nil {
				return err
			}
			maps.Copy(want, contents{
				keyShielded: brief.Protected, keyAnswers: orNull(brief.Answers(statement.PublicView)), fullKey + keyAnswers: orNull(brief.Answers(statement.FullView)),
			})
		}
		c.compare(doctor.Briefs, id, want, have[id])
	}
	return nil
}

func object(raw string) (contents, error) {
	var value contents
	err := json.Unmarshal([]byte(raw), &value)
	if err == nil && value == nil {
		value = contents{}
	}
	return value, err
}

func (c *rowComparison) names(rows *doctor.Rows) error {
	have := map[string][]string{}
	text := "UNWIND $p.ids AS id MATCH (n:" + nameLabel + ") WHERE n." + namePerson + " = id RETURN id, n." + nameKey + ", n." + nameTokens
	err := each(c.ctx, c.tx, text, params{"ids": slices.Collect(maps.Keys(rows.Names))}, func(v []any) error {
		id, _ := v[0].(string)
		key, _ := v[1].(string)
		have[id] = append(have[id], key+" of "+strings.Join(texts(v[2]), " "))
		return nil
	})
	if err != nil {
		return err
	}
	for id, names := range rows.Names {
		var want []string
		for _, n := range names {
			want = append(want, n.Key+" of "+strings.Join(n.Tokens, " "))
		}
		slices.Sort(want)
		slices.Sort(have[id])
		if !slices.Equal(want, have[id]) {
			c.found = append(c.found, doctor.Finding{Kind: doctor.Names, Text: fmt.Sprintf("%s: %d stored, should be %d, or others", id, len(have[id]), len(want))})
		}
	}
	return nil
}
