package network

import (
	"context"
	"maps"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
)

// Bounds of what the store is asked for directly.
const (
	maxWays  = 5000 // that are looked through
	maxTries = 3    // as often ways around what is not passed through are asked for
)

// direct has the store find the shortest ways, which it does without giving anything
// that leads nowhere. Where none of them may be taken, it is asked for those around
// what bars them. It gives the first paths, if there are any, and whether they are the
// whole answer: not where longer ones have to be looked for, nor where it could tell
// only by asking often.
func (s *search) direct(ctx context.Context) (found []Path, whole bool, err error) {
	if s.q.First == 0 || len(s.relations) == 0 {
		return nil, true, nil
	}
	if s.types != nil || s.holding.Nodes != nil || s.holding.Links != nil {
		return nil, false, nil
	}
	way := store.Way{
		From: s.q.From, To: s.q.To, Length: s.q.MaxLength, Relations: s.relations, Without: slices.Clone(s.q.Avoid), Keys: s.keys, Most: maxWays,
	}
	for range maxTries {
		ways, err := s.network.reader.Shortest(ctx, s.view, way)
		if err != nil || ways.Length == 0 {
			return nil, true, err
		}
		if len(ways.Links) == 0 {
			break
		}
		if err := s.spend(len(ways.Links)); err != nil {
			return nil, true, err
		}
		s.q.From, s.q.To = ways.From, ways.To
		found, barred, err := s.along(ctx, ways)
		if err != nil || len(found) == s.q.First || ways.Length == s.q.MaxLength && len(found) > 0 {
			return found, true, err
		}
		if len(found) > 0 {
			return found, false, nil
		}
		way.Without = append(way.Without, barred...)
	}
	return nil, false, nil
}

// along gives the first paths among ways, and what is not passed through.
func (s *search) along(ctx context.Context, ways store.Ways) (found []Path, barred []string, err error) {
	through := map[string]bool{}
	for i := range ways.Links {
		link := &ways.Links[i]
		s.keep(link)
		through[link.From], through[link.To] = true, true
	}
	delete(through, ways.From)
	delete(through, ways.To)
	ids := slices.Sorted(maps.Keys(through))
	if err := s.judge(ctx, ids); err != nil {
		return nil, nil, err
	}
	if err := s.weigh(ctx, ids); err != nil {
		return nil, nil, err
	}
	barred = slices.DeleteFunc(slices.Clone(ids), s.pass)
	open := append(slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(barred, id) }), ways.From, ways.To)
	slices.Sort(open)
	found, err = s.first(ctx, order(open, s.neighbors), ways.Length)
	return found, barred, err
}
