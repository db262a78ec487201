package main

import "testing"

func TestSpare(t *testing.T) {
	t.Parallel()
	for alive, want := range map[uint64]int{0: 800, 1 << 20: 800, 64 << 20: 100, 63 << 20: 100, 60 << 20: 100, 32 << 20: 200, 100 << 20: 50, 4 << 30: 50} {
		if got := spare(alive); got != want {
			t.Errorf("%d bytes alive: %d %%, want %d", alive, got, want)
		}
	}
}
