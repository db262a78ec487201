package plan

import (
	"context"
	"fmt"
	"slices"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/search"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// maxTexts bounds how many texts one operation may look for.
const maxTexts = 100

// byScore is the order of what is found, for cursors: each key is the score in thousandths.
var byScore = []store.Order{{Property: &vocab.Property{Name: "score", Value: vocab.Integer}, Desc: true}}

// searching compiles a root that finds entities by texts.
func (c *compiler) searching(at *path, r *root) (value, error) {
	if c.req.Search == nil {
		return nil, unknownField(at)
	}
	args, err := c.arguments(at, r.fields[0])
	if err != nil {
		return nil, err
	}
	q := asking{c, at, args}
	seen := newRows(at, store.Nested{Selection: store.Selection{IDs: []string{}}})
	ask, err := map[string]func(*rows) (question, error){"search": q.search, "match": q.match}[r.name()](seen)
	if err != nil {
		return nil, err
	}
	v, err := c.asked(at, r, ask)
	if err != nil {
		return nil, err
	}
	// Of what is told of without its row, by its name say, the row is read too: so the
	// audit learns of it.
	seen.wanted = slices.ContainsFunc(v.shape.fields, func(f plainField) bool { return f.name == "edges" || f.name == "candidates" })
	r.cell.nested = append(r.cell.nested, seen)
	return v, nil
}

// looks counts texts that are looked for.
func (q asking) looks(texts int) error {
	if q.c.texts += texts; q.c.texts > maxTexts {
		return tooComplex(q.at, "the operation looks for more than %d texts: ask for fewer at a time", maxTexts)
	}
	return nil
}

func (q asking) search(seen *rows) (question, error) {
	if q.args["mode"] == nil { // null: a cursor of a query without it goes on
		q.args["mode"] = "WORDS"
	}
	if err := q.looks(1); err != nil {
		return nil, err
	}
	page, err := q.c.page(q.at, q.args)
	if err != nil {
		return nil, err
	}
	text := search.Text{Prefix: q.args["mode"] == "PREFIX", Types: q.scope().Types}
	text.Text, _ = q.args["text"].(string)
	m := markOf("Query.search", canonical(nil, without(q.args, "first", "after")), q.c.req.View)
	if cursor, given := q.args["after"].(string); given {
		if page.After, err = position(cursor, m, byScore, false); err != nil {
			return nil, badInput(q.at, "after", "%v", err)
		}
	}
	return func(ctx context.Context, _ *plain) (map[string]any, error) {
		if text.Types != nil && len(text.Types) == 0 {
			return found(nil, page, m, seen), nil
		}
		hits, err := search.Search(ctx, q.c.req.Search, q.c.req.View, text)
		if err != nil {
			return nil, err
		}
		return found(hits, page, m, seen), nil
	}, nil
}

// found writes a page of hits.
func found(hits []search.Hit, page store.PageOf, m mark, seen *rows) map[string]any {
	from := 0
	if p := page.After; p != nil {
		score, _ := p.Keys[0].(int64)
		from = slices.IndexFunc(hits, func(h search.Hit) bool { return int64(h.Score) < score || int64(h.Score) == score && h.ID > p.ID })
		if from < 0 {
			from = len(hits)
		}
	}
	to := min(from+page.First, len(hits))
	nodes, edges := present{}, []any{}
	info := map[string]any{"hasPreviousPage": from > 0, "hasNextPage": to < len(hits)}
	for _, h := range hits[from:to] {
		cursor := string(appendCursor(nil, m, []any{int64(h.Score)}, h.ID, ""))
		if len(nodes) == 0 {
			info["startCursor"] = cursor
		}
		info["endCursor"] = cursor
		nodes = append(nodes, h.ID)
		edges = append(edges, map[string]any{
			"cursor": cursor, "node": h.ID, "score": thousandths(h.Score), "property": h.Text.Property, "text": h.Text.Text,
			"highlights": each(h.Fragments(), func(f match.Fragment) any { return map[string]any{"text": f.Text, "hit": f.Hit} }),
		})
	}
	seen.IDs = append(seen.IDs, nodes...)
	return map[string]any{"totalCount": len(hits), "pageInfo": info, "edges": edges, "nodes": nodes}
}

func thousandths(n int) float64 { return float64(n) / 1000 }

// Bounds of match.
const (
	maxMatches    = 50
	maxCandidates = 25
	maxStated     = 20
)

func (q asking) match(seen *rows) (question, error) {
	list, _ := q.args["queries"].([]any)
	if len(list) > maxMatches {
		return nil, tooLarge(q.at, "queries", "%d queries; there may be %d at a time", len(list), maxMatches)
	}
	if err := q.looks(len(list)); err != nil {
		return nil, err
	}
	first := 5
	if err := q.numbers(argument{"first", 0, maxCandidates, &first}); err != nil {
		return nil, err
	}
	descriptions := make([]search.Described, len(list))
	for i, each := range list {
		var err error
		if descriptions[i], err = q.described(fieldsOf(each), fmt.Sprintf("queries[%d]", i), first); err != nil {
			return nil, err
		}
	}
	return func(ctx context.Context, _ *plain) (map[string]any, error) {
		answers, err := search.Match(ctx, q.c.req.Search, q.c.req.View, descriptions)
		if err != nil {
			return nil, err
		}
		for _, candidates := range answers {
			for _, c := range candidates {
				seen.IDs = append(seen.IDs, c.ID)
			}
		}
		return map[string]any{wholeList: each(answers, matched)}, nil
	}, nil
}

// described reads one of the queries.
func (q asking) described(fields map[string]any, where string, first int) (search.Described, error) {
	d := search.Described{First: first}
	d.Name, _ = fields["name"].(string)
	if typ, given := fields["type"].(string); given {
		d.Types = []string{q.c.words.typeNames[typ]}
	}
	stated, _ := fields["properties"].([]any)
	if len(stated) > maxStated {
		return d, tooLarge(q.at, where+".properties", "%d values; a query may have %d", len(stated), maxStated)
	}
	state := func(property, text, where string) error {
		earlier := d.Values
		d.Values = append(earlier, search.Stated{Property: property, Text: text})
		if !slices.ContainsFunc(vocab.PropertiesOf(property), func(p *vocab.Property) bool { return p.Value == vocab.Date }) {
			return nil
		}
		date, err := edtf.Parse(text)
		if err != nil {
			return badInput(q.at, where, "%v", err)
		}
		for _, v := range earlier {
			if other, err := edtf.Parse(v.Text); err == nil && v.Property == property && !date.Overlaps(other, true) {
				return badInput(q.at, where, "%s contradicts %s, which the query says of the same property: say one, or ask twice", text, v.Text)
			}
		}
		return nil
	}
	for i, each := range stated {
		value := fieldsOf(each)
		property, _ := value["property"].(string)
		text, _ := value["text"].(string)
		if err := state(q.c.words.properties[property], text, fmt.Sprintf("%s.properties[%d].text", where, i)); err != nil {
			return d, err
		}
	}
	if born, given := fields["birthDate"].(string); given {
		return d, state("birthDate", born, where+".birthDate")
	}
	return d, nil
}

func matched(candidates []search.Candidate) any {
	return map[string]any{"candidates": each(candidates, func(c search.Candidate) any {
		features := each(c.Features, func(f search.Feature) any { return map[string]any{"name": f.Name, "agreement": thousandths(f.Value)} })
		return map[string]any{"node": c.ID, "score": float64(c.Score) / 1e6, "features": features}
	})}
}
