package plan

import (
	"cmp"
	"context"
	"errors"

	"github.com/vinculo/vinculo/internal/network"
	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

func (q asking) paths(r *root) (question, error) {
	p := network.PathsQuery{From: q.id("from"), To: q.id("to"), First: 5, MaxLength: 6, Scope: q.scope()}
	if p.From == p.To {
		return nil, badInput(q.at, "to", "the same entity as from")
	}
	err := q.numbers(argument{"first", 0, maxPaths, &p.First}, argument{"maxLength", 1, 8, &p.MaxLength})
	if err != nil {
		return nil, err
	}
	if p.Gates, err = q.gates(); err != nil {
		return nil, err
	}
	if p.Holding, err = q.holding(r); err != nil {
		return nil, err
	}
	return func(ctx context.Context, wanted *plain) (map[string]any, error) {
		if wanted.asksFor("paths", "links") || wanted.asksFor("paths", "otherLinks") || wanted.asksFor("paths", "weakest") {
			p.Keys = supporting
		}
		answer, err := q.c.walk.Paths(ctx, p)
		if err != nil && !tooMuch(err) {
			return nil, err
		}
		data := leftOut(answer.LeftOut)
		data["paths"], data["complete"] = each(answer.Paths, q.c.path), err == nil
		return data, err
	}, nil
}

func (q asking) neighborhood(r *root) (question, error) {
	n := network.NeighborhoodQuery{IDs: q.ids("ids"), Depth: 1, First: 100, Scope: q.scope()}
	err := q.numbers(argument{"depth", 1, 3, &n.Depth}, argument{"first", 0, maxAround, &n.First})
	if err != nil {
		return nil, err
	}
	if n.Holding, err = q.holding(r); err != nil {
		return nil, err
	}
	return func(ctx context.Context, _ *plain) (map[string]any, error) {
		answer, err := q.c.walk.Neighborhood(ctx, n)
		if err != nil && !tooMuch(err) {
			return nil, err
		}
		q.c.meets(answer.Links)
		links := present{}
		for _, link := range answer.Links {
			links = append(links, link.ID)
		}
		truncated := []any{}
		for _, relation := range vocab.Relations() {
			if left := answer.LeftOut[relation.Name]; left > 0 {
				truncated = append(truncated, map[string]any{"relation": relation.Name, "totalCount": left})
			}
		}
		return map[string]any{"nodes": present(answer.Nodes), "links": links, "truncated": truncated, "complete": err == nil}, err
	}, nil
}

func (q asking) common(r *root) (question, error) {
	n := network.CommonQuery{IDs: q.ids("ids"), Within: 1, First: defaultPage, Scope: q.scope()}
	n.AtLeast = max(1, len(n.IDs))
	err := q.numbers(argument{"atLeast", 1, q.c.limits.List, &n.AtLeast}, argument{"within", 1, 2, &n.Within}, argument{"first", 0, maxPage, &n.First})
	if err != nil {
		return nil, err
	}
	if n.Gates, err = q.gates(); err != nil {
		return nil, err
	}
	if n.Holding, err = q.holding(r); err != nil {
		return nil, err
	}
	return func(ctx context.Context, wanted *plain) (map[string]any, error) {
		if wanted.asksFor("shared", "paths") {
			n.Keys = supporting
		}
		answer, err := q.c.walk.Common(ctx, n)
		if err != nil && !tooMuch(err) {
			return nil, err
		}
		data := leftOut(answer.LeftOut)
		data["totalCount"], data["complete"] = answer.Total, err == nil
		data["shared"] = each(answer.Shared, func(s network.Shared) any {
			return map[string]any{"node": s.ID, "connected": len(s.Paths), "paths": each(s.Paths, q.c.path)}
		})
		return data, err
	}, nil
}

func (q asking) centrality(r *root) (question, error) {
	first := defaultPage
	measure, _ := q.args["measure"].(string)
	scope, err := q.measured(r)
	if err != nil {
		return nil, err
	}
	if err := q.numbers(argument{"first", 0, maxRanking, &first}); err != nil {
		return nil, err
	}
	return func(ctx context.Context, _ *plain) (map[string]any, error) {
		answer, err := q.c.req.Network.Centrality(ctx, q.c.req.View, network.Measure(measure), scope)
		if err != nil {
			return nil, err
		}
		ranking := []any{}
		for i, id := range answer.IDs[:min(first, len(answer.IDs))] {
			ranking = append(ranking, map[string]any{"position": i + 1, "score": answer.Scores[i], "node": id})
		}
		return map[string]any{"ranking": ranking, "nodeCount": len(answer.IDs), "pairCount": answer.Pairs, "sampled": answer.Sampled}, nil
	}, nil
}

func (q asking) communities(r *root) (question, error) {
	first, members := 10, defaultPage
	scope, err := q.measured(r)
	if err != nil {
		return nil, err
	}
	if err := q.numbers(argument{"first", 0, maxPage, &first}, argument{"members", 0, maxPage, &members}); err != nil {
		return nil, err
	}
	resolution, given := q.args["resolution"].(float64)
	if !given {
		resolution = 1
	}
	if resolution < 0.01 || resolution > 100 {
		return nil, badInput(q.at, "resolution", "%v is not between 0.01 and 100", resolution)
	}
	return func(ctx context.Context, _ *plain) (map[string]any, error) {
		answer, err := q.c.req.Network.Communities(ctx, q.c.req.View, resolution, scope)
		if err != nil {
			return nil, err
		}
		groups := each(answer.Groups[:min(first, len(answer.Groups))], func(group []string) any {
			return map[string]any{"size": len(group), "nodes": present(group[:min(members, len(group))])}
		})
		return map[string]any{
			"communities": groups, "communityCount": len(answer.Groups), "modularity": answer.Modularity,
			"nodeCount": answer.Entities, "pairCount": answer.Pairs,
		}, nil
	}, nil
}

func tooMuch(err error) bool {
	_, is := errors.AsType[*network.TooMuch](err)
	return is
}

// each gives what is written as a list.
func each[T any](all []T, data func(T) any) []any {
	values := make([]any, len(all))
	for i, one := range all {
		values[i] = data(one)
	}
	return values
}

func leftOut(out network.LeftOut) map[string]any {
	hubs := each(out.Hubs[:min(maxHubs, len(out.Hubs))], func(h network.Hub) any {
		return map[string]any{"node": h.ID, "totalCount": h.Links}
	})
	return map[string]any{"hubs": hubs, "hubCount": len(out.Hubs), "unspecifiedBodies": present(out.Unspecified[:min(maxHubs, len(out.Unspecified))])}
}

// path gives a path, of whose links those are first that are best supported, step
// by step; the weakest of them is what the path hangs by.
func (c *compiler) path(p network.Path) any {
	var links, others []string
	var weakest *store.Row
	for _, step := range p.Steps {
		c.meets(step)
		best := &step[0]
		for i := range step {
			if supported(&step[i], best) < 0 {
				best = &step[i]
			}
		}
		for i := range step {
			if &step[i] != best {
				others = append(others, step[i].ID)
			}
		}
		links = append(links, best.ID)
		if weakest == nil || supported(best, weakest) > 0 {
			weakest = best
		}
	}
	return map[string]any{"length": len(p.Steps), "nodes": p.Nodes, "links": links, "otherLinks": others, "weakest": weakest.ID}
}

// supporting are the values of links that supported reads.
var supporting = []string{statement.KeyAttribution, statement.KeyDisputed, statement.KeyRank, statement.KeyVerification}

// supported orders links by what they rest on, undisputed ones first.
func supported(a, b *store.Row) int {
	disputed := func(r *store.Row) int {
		if r.Values.Get(statement.KeyDisputed) == true {
			return 1
		}
		return 0
	}
	return cmp.Or(disputed(a)-disputed(b), better(a.Values, b.Values))
}
