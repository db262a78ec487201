package storetest

import (
	"sync/atomic"
	"time"
)

// began is when every Clock starts.
var began = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// Clock gives a time that is a second later at each call. A store under test takes
// the times of commits from one, asked once for each Write, so that it is known when
// each was recorded. Any number of goroutines may ask it.
func Clock() func() time.Time {
	var calls atomic.Int64
	return func() time.Time { return began.Add(time.Duration(calls.Add(1)) * time.Second) }
}

// moment gives the time of a clock's n-th call, as statements hold it.
func moment(n int) string { return began.Add(time.Duration(n) * time.Second).Format(time.RFC3339) }
