package network

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// bytesPerEntity is about what one entity of an answer takes.
const bytesPerEntity = 96

// cache keeps answers for as long as the data stays as it was, the last used ones up
// to a bound.
type cache struct {
	mu      sync.Mutex // guards everything below
	most    int        // bytes
	used    int
	entries map[string]*entry
	clock   int // rises with every use
}

// entry is an answer, or one in the making.
type entry struct {
	done     chan struct{} // closed when the rest is set
	answer   any
	err      error
	sequence uint64
	bytes    int
	last     int // when it was used
}

// cached gives the answer of make for this question and the data as they are now; if
// another is making it, that one's. make also says how many bytes the answer takes.
func cached[T any](ctx context.Context, n *Network, view store.View, question string, make func(context.Context) (T, int, error)) (T, error) {
	var none T
	sequence, err := n.sequence(ctx) // before the data are read: later data pass for older, and are soon read anew
	if err != nil {
		return none, err
	}
	key := fmt.Sprint(view, " ", question)
	for {
		e, ours := n.cache.enter(key, sequence)
		if ours {
			return fill(ctx, n, key, e, make)
		}
		select {
		case <-e.done:
		case <-ctx.Done():
			return none, ctx.Err()
		}
		if e.err == nil {
			return e.answer.(T), nil
		}
		if bounded(e.err) {
			return none, e.err
		}
		// Who was making it may have run out of time, or been stopped: that is not our answer.
	}
}

var errStopped = errors.New("network: making an answer was stopped")

func fill[T any](ctx context.Context, n *Network, key string, e *entry, make func(context.Context) (T, int, error)) (answer T, err error) {
	bytes := 0
	err = errStopped // should make panic
	defer func() { n.cache.leave(key, e, answer, bytes, err) }()
	select {
	case n.making <- struct{}{}:
		defer func() { <-n.making }()
	case <-ctx.Done():
		err = ctx.Err()
		return answer, err
	}
	answer, bytes, err = make(ctx)
	return answer, err
}

// enter gives the entry of a key, and reports whether the caller has to make it.
func (c *cache) enter(key string, sequence uint64) (e *entry, ours bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clock++
	if e := c.entries[key]; e != nil && e.sequence >= sequence {
		e.last = c.clock
		return e, false
	}
	c.drop(key)
	e = &entry{done: make(chan struct{}), sequence: sequence, last: c.clock}
	c.entries[key] = e
	return e, true
}

// leave ends the making of an entry. It is kept if it is an answer, or says that
// there is too much for one.
func (c *cache) leave(key string, e *entry, answer any, bytes int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e.answer, e.err = answer, err
	close(e.done)
	if c.entries[key] != e {
		return
	}
	if err != nil && !bounded(err) {
		c.drop(key)
		return
	}
	e.bytes = bytes + len(key)
	c.used += e.bytes
	for c.used > c.most {
		oldest := ""
		for k, other := range c.entries {
			if other.bytes > 0 && (oldest == "" || other.last < c.entries[oldest].last) {
				oldest = k
			}
		}
		c.drop(oldest)
	}
}

func (c *cache) drop(key string) {
	if e := c.entries[key]; e != nil {
		c.used -= e.bytes
		delete(c.entries, key)
	}
}

// sequence gives the number of the last commit in the log. The log has no gaps for
// who may see all of it, so that looking for its end takes few readings; when nothing
// has come since the last time, one.
func (n *Network) sequence(ctx context.Context) (uint64, error) {
	n.mu.Lock()
	last := n.seen
	n.mu.Unlock()
	var err error
	reaches := func(sequence uint64) bool {
		if err != nil {
			return false
		}
		var entries []statement.Entry
		entries, err = n.reader.Log(ctx, statement.FullView, "", sequence-1, 1)
		return len(entries) > 0
	}
	step := uint64(1)
	for ; reaches(last + step); step *= 2 {
		last += step
	}
	for most := last + step - 1; last < most; {
		if middle := last + (most-last+1)/2; reaches(middle) {
			last = middle
		} else {
			most = middle - 1
		}
	}
	if err != nil {
		return 0, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.seen = max(n.seen, last)
	return n.seen, nil
}
