package generate

import "math/bits"

// stream is a sort of thing that has streams of numbers of its own.
type stream uint64

const (
	ofSources stream = iota
	ofPublishers
	ofOrganizations
	ofPlaces
	ofFacilities
	ofCharges
	ofEvents
	ofEventDays
	ofTallies
	ofCauses
	ofHouseholds
	ofNamesakes
	ofCases
	ofPersons
)

// dice is a stream of pseudo-random numbers (splitmix64). It uses whole numbers
// only and no library's generator, so that a seed gives the same on every 64-bit machine
// and with every version of Go.
type dice struct{ state uint64 }

const golden = 0x9e3779b97f4a7c15

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// roll gives the stream of the thing of that sort and index, from its beginning.
func (s *scribe) roll(of stream, index int) *dice {
	return &dice{mix(mix(s.seed+golden*uint64(of+1)) + uint64(index))}
}

func (d *dice) draw() uint64 {
	d.state += golden
	return mix(d.state)
}

// below gives a number from 0 to n-1, each equally likely; 0 for n under 1.
func (d *dice) below(n int) int {
	high, _ := bits.Mul64(d.draw(), uint64(max(n, 1)))
	return int(high)
}

// between gives a number from low to high, both included.
func (d *dice) between(low, high int) int { return low + d.below(high-low+1) }

// chance is true so many times in a thousand.
func (d *dice) chance(permille int) bool { return d.below(1000) < permille }

// weighted gives the index of a weight as often as it says.
func (d *dice) weighted(weights ...int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	n := d.below(sum)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return 0
}

// rank gives a number from 0 to n-1 with a frequency that falls as 1/rank: a power
// of two is drawn, then what lies between it and the next.
func (d *dice) rank(n int) int {
	for n = max(n, 1); ; {
		low := 1 << d.below(bits.Len(uint(n)))
		if r := low - 1 + d.below(low); r < n {
			return r
		}
	}
}

// lean gives a number from 0 to n-1 with a frequency that falls as its square root.
func (d *dice) lean(n int) int {
	const fine = 1 << 10
	u := uint64(d.below(n * fine))
	return int(u * u / (uint64(max(n, 1)) * fine * fine))
}

func pick[T any](d *dice, list []T) T { return list[d.below(len(list))] }
