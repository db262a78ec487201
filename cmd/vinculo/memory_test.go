package main

import "testing"

func TestSpare(t *testing.T) {
	t.Parallel()
	for alive, want := range map[uint64]int{0: 1000, 1 << 20: 1000, 96 << 20: 100, 64 << 20: 150, 192 << 20: 50, 4 << 30: 50} {
		if got := spare(alive); got != want {
			t.Errorf("%d bytes alive: %d %%, want %d", alive, got, want)
		}
	}
}
