package neo4jstore

import (
	"container/list"
	"crypto/sha256"
	"sync"
	"time"
)

// seen remembers the operations of late, by hashes of their texts cut nowhere:
// those that gave an answer and may be run so, and those that took too long so.
type seen struct {
	mu    sync.Mutex // guards what follows
	limit int
	texts map[textKey]*list.Element
	order *list.List // of *seenText, the latest first
}

type textKey [sha256.Size]byte

type seenText struct {
	key    textKey
	barred time.Time // until then, since it took too long
}

// barred is how long a text that took too long is not tried again: it may have been
// the planning alone, on a server that had just started.
const barred = 10 * time.Minute

func newSeen(limit int) *seen {
	return &seen{limit: limit, texts: map[textKey]*list.Element{}, order: list.New()}
}

// has reports whether the operation may be run as this text.
func (s *seen) has(text string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.texts[sha256.Sum256([]byte(text))]
	if !ok {
		return false
	}
	s.order.MoveToFront(e)
	return time.Now().After(e.Value.(*seenText).barred)
}

// add remembers that the operation gave an answer.
func (s *seen) add(text string) { s.put(text, time.Time{}) }

// bar remembers that the text took too long.
func (s *seen) bar(text string) { s.put(text, time.Now().Add(barred)) }

func (s *seen) put(text string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := textKey(sha256.Sum256([]byte(text)))
	if e, ok := s.texts[key]; ok {
		s.order.MoveToFront(e)
		if known := e.Value.(*seenText); until.After(known.barred) {
			known.barred = until
		}
		return
	}
	s.texts[key] = s.order.PushFront(&seenText{key, until})
	if s.order.Len() > s.limit {
		oldest := s.order.Remove(s.order.Back()).(*seenText)
		delete(s.texts, oldest.key)
	}
}
