package main

import (
	"context"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much the heap may grow between two collections: by about spareHeap, but by no
// smaller or larger part of what is alive. Go's own choice is as much as is alive:
// that is a few MB on Neo4j, so that it collects all the time, and too much where a
// large graph is in memory.
const (
	spareHeap  = 96 << 20 // bytes
	leastSpare = 50       // percent
	mostSpare  = 500
)

// tuneCollector sets how often garbage is collected by what is alive, after each
// collection until the context ends. Whoever sets GOGC decides it themselves;
// GOMEMLIMIT holds in any case.
func tuneCollector(ctx context.Context, logger *slog.Logger) {
	if os.Getenv("GOGC") != "" {
		return
	}
	last := 0
	var tune func(struct{})
	tune = func(struct{}) {
		if ctx.Err() != nil {
			return
		}
		alive := []metrics.Sample{{Name: "/gc/heap/live:bytes"}} // by the last collection
		metrics.Read(alive)
		if percent := spare(alive[0].Value.Uint64()); percent != last {
			debug.SetGCPercent(percent)
			logger.Debug("garbage collection", "alive_bytes", alive[0].Value.Uint64(), "gogc", percent)
			last = percent
		}
		runtime.AddCleanup(new([16]byte), tune, struct{}{}) // runs after the next collection
	}
	tune(struct{}{})
}

// spare gives GOGC, in steps, so that it seldom changes.
func spare(alive uint64) int {
	percent := int(min(max(100*spareHeap/max(alive, 1), leastSpare), mostSpare))
	return percent / 25 * 25
}
