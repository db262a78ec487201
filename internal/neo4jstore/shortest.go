package neo4jstore

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
)

// Shortest implements store.Store.
func (s *Store) Shortest(ctx context.Context, view store.View, q store.Way) (store.Ways, error) {
	ctx, leave, err := s.enter(ctx)
	if err != nil {
		return store.Ways{}, err
	}
	defer leave()
	ways, err := s.shortest(ctx, view, q)
	if err != nil || ways.Length > 0 {
		return ways, err
	}
	// Only where there is no way may one of the two be a former id.
	former, err := s.former(ctx, view, []string{q.From, q.To})
	if err != nil || len(former) == 0 {
		return ways, err
	}
	q.From, q.To = cmp.Or(former[q.From], q.From), cmp.Or(former[q.To], q.To)
	return s.shortest(ctx, view, q)
}

// shortest gives the ways between entities by their own ids.
func (s *Store) shortest(ctx context.Context, view store.View, q store.Way) (ways store.Ways, err error) {
	if len(relationsNamed(q.Relations)) == 0 || q.Length < 1 || q.From == q.To { // of which Neo4j makes an error
		return store.Ways{}, nil
	}
	columns := columnsOf(store.LinkRows, q.Keys, nil)
	piece := waysPiece(view, q, columns)
	err = s.query(ctx, forever, func(ctx context.Context, texts runner) error {
		ways = store.Ways{}
		return each(ctx, texts, piece.text, piece.p, func(v []any) error {
			length, found := v[0].(int64)
			if !found {
				return nil
			}
			ways = store.Ways{From: q.From, To: q.To, Length: int(length)}
			rows, _ := v[1].([]any)
			for _, row := range rows {
				list, _ := row.([]any)
				link, _, _ := head(columns, list)
				ways.Links = append(ways.Links, *link)
			}
			return nil
		})
	})
	slices.SortFunc(ways.Links, func(a, b store.Row) int { return cmp.Compare(a.ID, b.ID) })
	return ways, err
}

// waysPiece has Neo4j look from both ends, which costs it a fraction of what a text
// does that follows links a layer at a time. It gives one row: the length of the ways,
// or null, and their links. The most that the length may be can be no parameter.
func waysPiece(view store.View, q store.Way, columns columns) piece {
	c := &compiler{view: view}
	without := ""
	if len(q.Without) > 0 {
		without = " WHERE none(n IN nodes(p) WHERE n.id IN $p.without) AND none(r IN relationships(p) WHERE r.id IN $p.without)"
	}
	entity := c.label(entityLabel)
	text := "MATCH (a:" + entity + ") WHERE a.id = $p.from WITH a, $p.to AS id MATCH (b:" + entity + ") WHERE b.id = id " + // in this order: no product
		"MATCH p = allShortestPaths((a)-[:" + strings.Join(typesIn(view, relationsNamed(q.Relations)), "|") + "*.." + strconv.Itoa(q.Length) + "]-(b))" + without +
		" WITH p LIMIT $p.limit WITH collect(relationships(p)) AS ways " +
		"CALL (ways) { UNWIND CASE WHEN size(ways) < $p.limit THEN ways ELSE [] END AS way UNWIND way AS r WITH DISTINCT r " +
		"RETURN collect([" + strings.Join(c.head(scope{store.LinkRows, "r"}, columns), ", ") + "]) AS links } " +
		"RETURN size(ways[0]), links"
	return piece{text: text, p: params{"from": q.From, "to": q.To, "limit": int64(max(q.Most, 0)) + 1, "without": unrepeated(q.Without)}}
}
