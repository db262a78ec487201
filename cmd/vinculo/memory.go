package main

import (
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
)

// How much the heap may grow between two collections: by about spareHeap, but by no
// smaller or larger part of what is alive than these. Go's own choice is all that is
// alive: that is a few MB on Neo4j, so that it collects all the time, and far too much where the whole graph
// is in memory.
const (
	spareHeap  = 96 << 20 // bytes
	leastSpare = 50       // percent
	mostSpare  = 1000
)

// tuneCollector sets how often garbage is collected, by what is alive once the store
// is open. Whoever sets GOGC decides it themselves; GOMEMLIMIT holds in any case.
func tuneCollector(logger *slog.Logger) {
	if os.Getenv("GOGC") != "" {
		return
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	percent := spare(m.HeapAlloc)
	debug.SetGCPercent(percent)
	logger.Debug("garbage collection", "alive_bytes", m.HeapAlloc, "gogc", percent)
}

func spare(alive uint64) int {
	return int(min(max(100*spareHeap/max(alive, 1), leastSpare), mostSpare))
}
