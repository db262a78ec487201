package store

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/vocab"
)

// NameOfEntities is the property by which groups are ordered whose keys are entities.
var NameOfEntities = vocab.PropertiesOf("name")[0]

// NumbersOf computes the numbers; it sorts the list.
func NumbersOf(list []int64) Numbers {
	n := Numbers{Count: len(list)}
	if n.Count == 0 {
		return n
	}
	slices.Sort(list)
	for _, x := range list {
		n.Sum += x
	}
	n.Min, n.Max = list[0], list[n.Count-1]
	n.Median = float64(list[(n.Count-1)/2]+list[n.Count/2]) / 2
	return n
}

// Arrange puts all groups in order and gives the first ones.
func (g *Grouping) Arrange(all []Group) []Group {
	slices.SortFunc(all, g.compare)
	return all[:min(len(all), g.First)]
}

func (g *Grouping) compare(a, b Group) int {
	if !g.ByKey {
		order := cmp.Compare(b.Count, a.Count)
		if g.Desc {
			order = -order
		}
		return cmp.Or(order, compareKeyLists(a.Keys, b.Keys, false))
	}
	return compareKeyLists(a.Keys, b.Keys, g.Desc)
}

// compareKeyLists orders by what keys are ordered by, then by the keys themselves.
func compareKeyLists(a, b []Key, desc bool) int {
	for i := range a {
		if c := CompareKeys(a[i].Sort, b[i].Sort, desc); c != 0 {
			return c
		}
	}
	for i := range a {
		if c := compareValues(a[i].Value, b[i].Value, desc); c != 0 {
			return c
		}
	}
	return 0
}

// compareValues orders the values of keys that are ordered alike: null last.
func compareValues(a, b any, desc bool) int {
	x, isText := a.(string)
	y, alsoText := b.(string)
	switch {
	case isText && alsoText && desc:
		return strings.Compare(y, x)
	case isText && alsoText:
		return strings.Compare(x, y)
	case (a == nil) == (b == nil):
		return 0 // numbers are ordered by themselves
	case a == nil:
		return 1
	}
	return -1
}

// KeyOf gives the key of a value of the dimension's property: null where there is none.
func (d *Dimension) KeyOf(data any) Key {
	if text, ok := data.(string); ok && d.Digits > 0 {
		date, err := edtf.Parse(text)
		if err != nil {
			return Key{} // rows hold only what was validated
		}
		text = date.Earliest()[:d.Digits] + "/" + date.Latest()[:d.Digits]
		return Key{text, text}
	}
	return Key{data, SortKey(d.Property, data)}
}
