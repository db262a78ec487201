package embedstore

import (
	"hash/maphash"
	"iter"
)

// named is what a table or a listing holds; names are unique and never change.
type named interface {
	comparable
	name() string
}

// table finds things by name. It is a hash table of nothing but pointers, since the
// names stand in the things: a map takes three times the memory.
type table[T named] struct {
	seed  maphash.Seed
	slots []T // a power of two, of which at most seven eighths are taken; a free one is zero
	n     int
}

func newTable[T named]() table[T] { return table[T]{seed: maphash.MakeSeed(), slots: make([]T, 8)} }

// tableOf makes the table of things, no two of one name.
func tableOf[T named](things []T) table[T] {
	t := newTable[T]()
	size := len(t.slots)
	for size/8*7 < len(things) {
		size *= 2
	}
	t.slots = make([]T, size)
	for _, thing := range things {
		t.add(thing)
	}
	return t
}

// place gives the slot of a name, or the free one where it would be.
func (t *table[T]) place(name string) int {
	var none T
	mask := len(t.slots) - 1
	for i := t.home(name); ; i = (i + 1) & mask {
		if t.slots[i] == none || t.slots[i].name() == name {
			return i
		}
	}
}

func (t *table[T]) home(name string) int {
	return int(maphash.String(t.seed, name) & uint64(len(t.slots)-1))
}

// get gives the thing of a name, or zero.
func (t *table[T]) get(name string) T { return t.slots[t.place(name)] }

// add puts a thing in that is not there.
func (t *table[T]) add(thing T) {
	if t.n++; t.n > len(t.slots)/8*7 {
		old := t.slots
		t.slots = make([]T, 2*len(old))
		var none T
		for _, o := range old {
			if o != none {
				t.slots[t.place(o.name())] = o
			}
		}
	}
	t.slots[t.place(thing.name())] = thing
}

// remove takes out the thing of a name, if there is one.
func (t *table[T]) remove(name string) {
	var none T
	mask := len(t.slots) - 1
	free := t.place(name)
	if t.slots[free] == none {
		return
	}
	t.n--
	t.slots[free] = none
	// What follows may have stood there only because the slot was taken.
	for i := (free + 1) & mask; t.slots[i] != none; i = (i + 1) & mask {
		if home := t.home(t.slots[i].name()); (i-home)&mask >= (i-free)&mask {
			t.slots[free], t.slots[i] = t.slots[i], none
			free = i
		}
	}
}

// all gives everything, in no order.
func (t *table[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) {
		var none T
		for _, thing := range t.slots {
			if thing != none && !yield(thing) {
				return
			}
		}
	}
}
