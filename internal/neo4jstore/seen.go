package neo4jstore

import (
	"container/list"
	"context"
	"crypto/sha256"
	"sync"
	"time"
)

// seen remembers the operations of late, by hashes of their texts cut nowhere: which
// of them Neo4j has planned, and which took too long so.
type seen struct {
	mu    sync.Mutex // guards what follows
	limit int
	texts map[textKey]*list.Element
	order *list.List // of *seenText, the latest first
}

type textKey [sha256.Size]byte

func keyOf(text string) textKey { return sha256.Sum256([]byte(text)) }

type seenText struct {
	key     textKey
	answers int       // given in pieces
	planned bool      // it may be run as one text
	barred  time.Time // not until then, since it took too long
}

// hot is how many answers in pieces make an operation worth planning as one text.
const hot = 2

// barred is how long a text that took too long is not tried again: it may have been
// the planning alone, on a server that had just started.
const barred = 10 * time.Minute

func newSeen(limit int) *seen {
	return &seen{limit: limit, texts: map[textKey]*list.Element{}, order: list.New()}
}

// planned reports whether the operation may be run as one text.
func (s *seen) planned(key textKey) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.texts[key]
	if !ok {
		return false
	}
	s.order.MoveToFront(e)
	t := e.Value.(*seenText)
	return t.planned && time.Now().After(t.barred)
}

// answered counts an answer given in pieces, and reports whether the operation is to
// be planned.
func (s *seen) answered(key textKey) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.text(key)
	t.answers++
	return t.answers >= hot && !t.planned && time.Now().After(t.barred)
}

// ready remembers that the operation has been planned.
func (s *seen) ready(key textKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text(key).planned = true
}

// bar remembers that the operation took too long as one text.
func (s *seen) bar(key textKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text(key).barred = time.Now().Add(barred)
}

// text gives what is remembered of an operation, the latest now.
func (s *seen) text(key textKey) *seenText {
	if e, ok := s.texts[key]; ok {
		s.order.MoveToFront(e)
		return e.Value.(*seenText)
	}
	t := &seenText{key: key}
	s.texts[key] = s.order.PushFront(t)
	if s.order.Len() > s.limit {
		oldest := s.order.Remove(s.order.Back()).(*seenText)
		delete(s.texts, oldest.key)
	}
	return t
}

// planTime bounds the planning of one text.
const planTime = 10 * time.Second

// plan has Neo4j plan a text while nobody waits for it, by running it on nothing
// (EXPLAIN leaves no plan behind that is used). One text is planned at a time: another
// that is hot comes again.
func (s *Store) plan(ctx context.Context, whole piece, key textKey) {
	select {
	case s.planning <- struct{}{}:
	default:
		return
	}
	if s.gate.enter() != nil { // the store is being closed
		<-s.planning
		return
	}
	go func() {
		defer func() { <-s.planning }()
		defer s.gate.leave()
		err := s.query(context.WithoutCancel(ctx), planTime, func(ctx context.Context, texts runner) error {
			return exec(ctx, texts, whole.text, onNothing(whole.p))
		})
		if err != nil {
			s.log.Debug("neo4j: planning ahead", "error", explained(err))
			s.seen.bar(key)
			return
		}
		s.seen.ready(key)
	}()
}

// onNothing gives parameters of the same types with which a text finds little or
// nothing: all that it reads is limited by a number.
func onNothing(p params) params {
	idle := make(params, len(p))
	for key, value := range p {
		if _, ok := value.(int64); ok {
			value = int64(0)
		}
		idle[key] = value
	}
	return idle
}
