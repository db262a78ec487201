package main

import "testing"

func TestSpare(t *testing.T) {
	t.Parallel()
	for alive, want := range map[uint64]int{0: 500, 1 << 20: 500, 64 << 20: 150, 63 << 20: 150, 60 << 20: 150, 32 << 20: 300, 100 << 20: 75, 4 << 30: 50} {
		if got := spare(alive); got != want {
			t.Errorf("%d bytes alive: %d %%, want %d", alive, got, want)
		}
	}
}
