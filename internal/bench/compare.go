package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"
)

// clientNumbers are the loads at which everything is measured.
var clientNumbers = []int{1, 16}

// measured is all that a run has found: for each shape and number of clients, a
// result for each contender.
type measured struct {
	lab        *lab
	contenders []contender
	shapes     []*shape
	results    map[*shape]map[int][]*result
	memory     [3]int64 // the most under load, as lab.memory
	beside     string   // of networkx
	began      time.Time
}

// compare lets the contenders take turns and gives the tables.
func compare(ctx context.Context, o options) (_ string, err error) {
	m := &measured{lab: &lab{}, shapes: o.chosen(), results: map[*shape]map[int][]*result{}, began: time.Now()}
	defer func() { err = errors.Join(err, m.lab.close()) }()
	w, err := m.lab.prepare(ctx, o, o.persons, m.shapes)
	if err != nil {
		return "", err
	}
	if m.beside, err = m.lab.beside(ctx, o.python); err != nil {
		return "", err
	}
	m.contenders = m.lab.contenders(w)
	if err := m.warm(ctx, o); err != nil {
		return "", err
	}
	say("measuring: %d shapes, %d contenders, %v clients, %d turns of %s", len(m.shapes), len(m.contenders), clientNumbers, o.rounds, o.slice)
	for _, s := range m.shapes {
		m.results[s] = map[int][]*result{}
		for _, clients := range clientNumbers {
			if m.results[s][clients], err = m.turns(ctx, o, s, clients); err != nil {
				return "", fmt.Errorf("%s with %d clients: %w", s.name, clients, err)
			}
		}
		if err := m.profile(ctx, o, s); err != nil {
			return "", fmt.Errorf("profiling %s: %w", s.name, err)
		}
	}
	return m.report(o), nil
}

// prepare opens the lab, looks at its world and checks the answers.
func (l *lab) prepare(ctx context.Context, o options, persons int, shapes []*shape) (*world, error) {
	if err := l.open(ctx, o, persons); err != nil {
		return nil, err
	}
	w, err := look(ctx, l.embedded.addr, l.token)
	if err != nil {
		return nil, err
	}
	for _, s := range shapes {
		if err := l.check(ctx, s, w); err != nil {
			return nil, fmt.Errorf("shape %s: %w", s.name, err)
		}
	}
	return w, nil
}

// Names of contenders. The first is what the others are held against.
const (
	theFloor     = "floor"
	neo4jPublic  = "Neo4j, public"
	neo4jFull    = "Neo4j, full"
	filePublic   = "embedded, public"
	fileFull     = "embedded, full"
	coldEachTime = 1_000_000 // texts that one contender may use up in one measurement
)

func (l *lab) contenders(w *world) []contender {
	uses := 0
	of := func(token string) func(*shape) stream {
		return func(s *shape) stream {
			uses++
			return s.vinculo(w, token, uses*coldEachTime)
		}
	}
	list := []contender{
		{theFloor, l.floor, l.database, func(s *shape) stream { return s.floor(w) }},
		{neo4jPublic, l.onNeo4j, l.database, of("")},
		{neo4jFull, l.onNeo4j, l.database, of(l.token)},
		{filePublic, l.embedded, nil, of("")},
		{fileFull, l.embedded, nil, of(l.token)},
	}
	if l.others[inNeo4j] != nil {
		list = append(list, contender{"other: " + neo4jPublic, l.others[inNeo4j], l.database, of("")}, contender{"other: " + filePublic, l.others[inFile], nil, of("")})
	}
	return list
}

// checked is how many questions of a shape are asked of all, before it is measured.
const checked = 25

// check asks all the same and compares the answers: the public view of both stores
// with the floor, and the full view of both with each other.
func (l *lab) check(ctx context.Context, s *shape, w *world) error {
	asks := s.asks(w)
	for i := range checked {
		q := asks[i*len(asks)/checked]
		query := s.query
		if s.cold != nil {
			query = s.cold(i)
		}
		var answers [2][2]any // by view, by store
		for view, token := range []string{"", l.token} {
			for store, p := range []*process{inNeo4j: l.onNeo4j, inFile: l.embedded} {
				body := mustMarshal(map[string]any{"query": query, "variables": q.in(token)})
				var err error
				if answers[view][store], err = data(ctx, "http://"+p.addr+graphQLPath, token, body); err != nil {
					return err
				}
			}
			if a := answers[view]; !reflect.DeepEqual(a[inNeo4j], a[inFile]) {
				return fmt.Errorf("the stores answer %v differently:\n%s", q.in(token), difference(a[inNeo4j], a[inFile]))
			}
		}
		if s.floorOf != nil {
			continue
		}
		floor, err := data(ctx, "http://"+l.floor.addr+"/"+s.name, "", mustMarshal(q.p))
		if err != nil {
			return err
		}
		ours := answers[0][inNeo4j]
		if s.compared != nil {
			floor, ours = s.compared(floor), s.compared(ours)
		}
		if !reflect.DeepEqual(floor, ours) {
			return fmt.Errorf("the floor answers %v otherwise than we do:\n%s", q.variables, difference(floor, ours))
		}
	}
	return nil
}

// difference shows two answers from a little before where they differ.
func difference(a, b any) string {
	one, other := mustMarshal(a), mustMarshal(b)
	same := 0
	for same < min(len(one), len(other)) && one[same] == other[same] {
		same++
	}
	from := max(0, same-300)
	return fmt.Sprintf("%.600s\n%.600s", one[from:], other[from:])
}

func data(ctx context.Context, url, token string, body []byte) (value any, err error) {
	text, err := post(ctx, url, token, body)
	if err != nil {
		return nil, err
	}
	return value, json.Unmarshal(text, &value)
}

// warm puts load on all for a while: a fresh JVM compiles what it runs often, and
// gives a third of its speed before.
func (m *measured) warm(ctx context.Context, o options) error {
	say("warming for %s", o.warm)
	streams := map[*shape][]stream{}
	for _, s := range m.shapes {
		for _, c := range m.contenders {
			streams[s] = append(streams[s], c.requests(s))
		}
	}
	results := map[*shape][]*result{}
	for end := time.Now().Add(o.warm); time.Now().Before(end); {
		for _, s := range m.shapes {
			if results[s] == nil {
				results[s] = newResults(len(m.contenders))
			}
			for i, c := range m.contenders {
				if err := errors.Join(ctx.Err(), results[s][i].slice(c, streams[s][i], 16, 200*time.Millisecond)); err != nil {
					return fmt.Errorf("warming, %s: %w", s.name, err)
				}
			}
		}
	}
	return nil
}

func newResults(n int) []*result {
	list := make([]*result, n)
	for i := range list {
		list[i] = &result{}
	}
	return list
}

// turns measures one shape at one load: the contenders take turns, so that whatever
// happens to the machine meanwhile happens to all.
func (m *measured) turns(ctx context.Context, o options, s *shape, clients int) ([]*result, error) {
	results := newResults(len(m.contenders))
	streams := make([]stream, len(m.contenders))
	for i, c := range m.contenders {
		streams[i] = c.requests(s)
	}
	for range o.rounds {
		for i, c := range m.contenders {
			// A turn begins with what is not counted: connections, and what the last one left behind.
			begin := &result{sent: results[i].sent}
			if err := errors.Join(ctx.Err(), begin.slice(c, streams[i], clients, o.slice/10)); err != nil {
				return nil, err
			}
			results[i].sent = begin.sent
			if err := results[i].slice(c, streams[i], clients, o.slice); err != nil {
				return nil, err
			}
		}
		for i, p := range []*process{m.lab.onNeo4j, m.lab.embedded, m.lab.database} {
			m.memory[i] = max(m.memory[i], used(p.pid()).own)
		}
	}
	say("%s, %d clients: %.0f requests a second at the floor, %.0f on Neo4j, %.0f embedded",
		s.name, clients, results[0].perSecond(), results[1].perSecond(), results[3].perSecond())
	return results, nil
}
