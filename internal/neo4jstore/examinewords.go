package neo4jstore

import (
	"fmt"
	"slices"

	"github.com/vinculo/vinculo/internal/doctor"
	"github.com/vinculo/vinculo/internal/match"
)

// words compares what entities bear, and what those words are found by. It names no
// word, which may be somebody's who is protected.
func (c *rowComparison) words(rows *doctor.Rows) error {
	have, misspelled := map[string]bearing{}, map[string]int{}
	text := "UNWIND $p.ids AS id MATCH (e:" + fullLabel + entityLabel + " {id: id})-[x:" + anyBears + "]->(w) " +
		"RETURN id, type(x), w." + keyWord + ", COLLECT { MATCH (w)<-[:" + spells + "]-(s) RETURN s." + keySpelling + " }"
	err := each(c.ctx, c.tx, text, params{"ids": idsOf(rows.Entities)}, func(v []any) error {
		id, _ := v[0].(string)
		typ, _ := v[1].(string)
		word, _ := v[2].(string)
		if have[id] == nil {
			have[id] = bearing{}
		}
		have[id][typ] = append(have[id][typ], word)
		if want := match.Keys(word); !slices.Equal(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(texts(v[3])))) {
			misspelled[id]++
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, t := range rows.Entities {
		want := bearingOf(t)
		missing, surplus := 0, 0
		for _, typ := range []string{bears, bearsInPublic, bearsInFull} {
			slices.Sort(have[t.ID][typ])
			missing += len(without(want[typ], have[t.ID][typ]))
			surplus += len(have[t.ID][typ]) - len(want[typ]) + len(without(want[typ], have[t.ID][typ]))
		}
		if missing+surplus+misspelled[t.ID] > 0 {
			c.found = append(c.found, doctor.Finding{Kind: doctor.Index, Text: fmt.Sprintf(
				"%s: by its words: %d lead not to it, %d should not, %d are not found by their spellings", t.ID, missing, surplus, misspelled[t.ID])})
		}
	}
	return nil
}
