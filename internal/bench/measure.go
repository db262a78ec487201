package main

import (
	"fmt"
	"os"
	"slices"
	"sync"
	"time"
)

// contender is one of those that are compared.
type contender struct {
	name     string
	server   *process
	database *process // nil: it has none
	requests func(*shape) stream
}

// stream gives the requests of one contender for one shape, one after the other.
type stream func(n int) request

// result is what was measured of one contender, one shape and one number of clients.
type result struct {
	took     []time.Duration // of each request
	bytes    int64           // of the answers
	wall     time.Duration
	server   time.Duration // its processor time, and so on
	database time.Duration
	client   time.Duration
	sent     int // where the stream goes on
}

func (r *result) perSecond() float64 { return float64(len(r.took)) / r.wall.Seconds() }

// perCPU is how many requests a second of processor time answers, of server and
// database together: other work on the machine hardly changes it.
func (r *result) perCPU() float64 {
	return float64(len(r.took)) / max(r.server+r.database, clockTick).Seconds()
}

// each shares a total evenly among the requests.
func (r *result) each(total time.Duration) time.Duration {
	return total / time.Duration(max(1, len(r.took)))
}

// quantile gives the time within which that part of the requests was answered.
func (r *result) quantile(q float64) time.Duration {
	if len(r.took) == 0 {
		return 0
	}
	slices.Sort(r.took)
	return r.took[min(len(r.took)-1, int(q*float64(len(r.took))))]
}

// slice lets so many clients send requests for a while, each the next as soon as the
// last is answered, and adds what was measured to the result.
func (r *result) slice(c contender, next stream, clients int, length time.Duration) error {
	type share struct {
		took  []time.Duration
		bytes int64
		err   error
	}
	shares := make([]share, clients)
	connections := make([]*client, clients)
	for i := range connections {
		var err error
		if connections[i], err = dial(c.server.addr); err != nil {
			return err
		}
		defer connections[i].close()
	}
	var mu sync.Mutex // guards r.sent
	take := func() request {
		mu.Lock()
		defer mu.Unlock()
		r.sent++
		return next(r.sent - 1)
	}
	before := r.counters(c)
	began := time.Now()
	end := began.Add(length)
	var group sync.WaitGroup
	for i := range shares {
		group.Go(func() {
			s := &shares[i]
			for now := time.Now(); now.Before(end); {
				body, err := connections[i].do(take())
				if err != nil {
					s.err = err
					return
				}
				answered := time.Now()
				s.took = append(s.took, answered.Sub(now))
				s.bytes += int64(len(body))
				now = answered
			}
		})
	}
	group.Wait()
	r.wall += time.Since(began)
	after := r.counters(c)
	r.server += after[0] - before[0]
	r.database += after[1] - before[1]
	r.client += after[2] - before[2]
	for _, s := range shares {
		if s.err != nil {
			return fmt.Errorf("%s: %w", c.name, s.err)
		}
		r.took = append(r.took, s.took...)
		r.bytes += s.bytes
	}
	return nil
}

// counters gives the processor time used so far by server, database and ourselves.
func (r *result) counters(c contender) (t [3]time.Duration) {
	t[0] = used(c.server.pid()).cpu
	if c.database != nil {
		t[1] = used(c.database.pid()).cpu
	}
	t[2] = used(os.Getpid()).cpu
	return t
}
