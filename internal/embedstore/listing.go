package embedstore

import (
	"slices"
	"strings"
	"sync"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
)

// listing lists things in the order of their names. It is put in order when it is
// asked for, so that many writes in a row cost no more than one.
type listing[T named] struct {
	mu     sync.Mutex // guards list and moved against reads
	list   []T
	moved  map[T]bool // since list was put in order: true for what is in, false for what is out
	counts views[int] // of what is in, by view
}

// join notes that a thing is listed in the views, leave that it was: whoever
// changes a thing calls leave before and join after that.
func (l *listing[T]) join(thing T, in func(store.View) bool)  { l.move(thing, in, 1) }
func (l *listing[T]) leave(thing T, in func(store.View) bool) { l.move(thing, in, -1) }

// load is join for things that come in order, before anything else.
func (l *listing[T]) load(thing T, in func(store.View) bool) {
	l.count(in, 1)
	if in(statement.FullView) {
		l.list = append(l.list, thing)
	}
}

func (l *listing[T]) count(in func(store.View) bool, by int) {
	for _, v := range statement.Views {
		if in(v) {
			l.counts[v] += by
		}
	}
}

func (l *listing[T]) move(thing T, in func(store.View) bool, by int) {
	l.count(in, by)
	if !in(statement.FullView) { // in no view then
		return
	}
	if l.moved == nil {
		l.moved = map[T]bool{}
	}
	l.moved[thing] = by > 0
}

// ordered gives the list. A reader may keep it for as long as it reads.
func (l *listing[T]) ordered() []T {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.moved) > 0 {
		l.settle()
		l.moved = nil
	}
	return l.list
}

// settle puts what has moved in its place. Names may have come back with another thing.
func (l *listing[T]) settle() {
	few := len(l.moved) <= few
	there := func(thing T) (int, bool) {
		i, ok := slices.BinarySearchFunc(l.list, thing, byName[T])
		return i, ok && l.list[i] == thing
	}
	var joined []T
	for thing, in := range l.moved {
		i, is := -1, false
		if few {
			i, is = there(thing)
		}
		switch {
		case in && !is:
			joined = append(joined, thing)
		case few && !in && is:
			l.list = slices.Delete(l.list, i, i+1)
		}
	}
	if !few {
		l.list = slices.DeleteFunc(l.list, func(thing T) bool { _, moved := l.moved[thing]; return moved })
	}
	l.list = merge(l.list, joined, byName[T])
}

// few things are looked for one by one, for more a list is gone through.
const few = 16

// merge adds things to an ordered list, from its end: it touches no more of the
// list than what stands after the first of them.
func merge[T any](list, things []T, compare func(a, b T) int) []T {
	slices.SortFunc(things, compare)
	i, j := len(list)-1, len(things)-1
	list = append(list, things...)
	for k := len(list) - 1; j >= 0; k-- {
		if i >= 0 && compare(list[i], things[j]) > 0 {
			list[k] = list[i]
			i--
		} else {
			list[k] = things[j]
			j--
		}
	}
	return list
}

func byName[T named](a, b T) int { return strings.Compare(a.name(), b.name()) }
