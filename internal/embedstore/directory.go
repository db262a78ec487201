package embedstore

import (
	"slices"
	"strings"
)

// named is what a directory lists; names are unique and never change.
type named interface{ name() string }

// directory lists things by type, in the order of their names.
type directory[T named] map[string][]T

// turnover says what leaves and joins the lists of a directory, by type.
type turnover[T named] struct {
	leave, join map[string][]T
}

// move notes that a thing changes its type; "" is that of what is not listed.
func (t *turnover[T]) move(thing T, from, to string) {
	if from == to {
		return
	}
	if t.leave == nil {
		t.leave, t.join = map[string][]T{}, map[string][]T{}
	}
	if from != "" {
		t.leave[from] = append(t.leave[from], thing)
	}
	if to != "" {
		t.join[to] = append(t.join[to], thing)
	}
}

func (d directory[T]) turn(t turnover[T]) {
	for typ, things := range t.leave {
		for _, thing := range things {
			if i, ok := slices.BinarySearchFunc(d[typ], thing, byName[T]); ok {
				d[typ] = slices.Delete(d[typ], i, i+1)
			}
		}
	}
	for typ, things := range t.join {
		d[typ] = merge(d[typ], things)
	}
}

// merge adds things to an ordered list, from its end: it touches no more of the
// list than what stands after the first of them.
func merge[T named](list, things []T) []T {
	slices.SortFunc(things, byName[T])
	i, j := len(list)-1, len(things)-1
	list = append(list, things...)
	for k := len(list) - 1; j >= 0; k-- {
		if i >= 0 && list[i].name() > things[j].name() {
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
