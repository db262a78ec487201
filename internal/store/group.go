package store

import (
	"slices"

	"github.com/vinculo/vinculo/internal/vocab"
)

// Grouping divides the rows that Where (and LinkWhere) allow, whatever the page, into
// groups of those that have the same keys. In a relation's rows an entity counts
// once, however many links lead to it.
type Grouping struct {
	By     []Dimension // one, or two: then a group is a pair of keys
	Number *Dimension  // of an integer property: Group.Numbers is wanted
	Rows   bool        // wanted: Groups.Rows

	// Groups come by their number of rows, the greatest first, equal ones by their keys
	// as CompareKeys orders them; or with ByKey, by their keys alone.
	ByKey bool
	// Desc turns the first of these orders around: the fewest rows first, the last key
	// first. Null is last even so.
	Desc  bool
	First int // so many of them, and no more
}

// Dimension gives the keys of a row: the values of Property that the ends of Way
// have, each once or, without a property, those ends themselves. A row is in the group
// of each of its keys: the groups can have more rows than there are. One without any
// key is in the group of null.
type Dimension struct {
	Way      []Hop // over links from entity to entity; none: the row is its own end
	Property *vocab.Property
	// Digits, if not 0, cuts the bounds of a date, and the key is both of them with a slash
	// between: to 4 its years, to 7 its months, to 10 its days.
	Digits int
}

// Hop is a step over the links for which Link holds (nil: over all). What the view does
// not show leads nowhere.
type Hop struct {
	Step
	Link Filter
}

// Groups is the answer to a Grouping. The groups given count against the budget as
// rows do.
type Groups struct {
	Groups []Group
	Total  int // of all groups, given or not
	Rows   int // that were divided, each once
}

// Group is the rows that have the same keys.
type Group struct {
	Keys    []Key // one for each dimension
	Count   int   // of rows
	Numbers Numbers
}

// Key is what the rows of a group have in common: a value (string, int64 or bool), the
// id of an entity that the view has, or nil for null.
type Key struct {
	Value any
	Sort  any // what it is ordered by before its value: the SortKey, an entity's that of its name
}

// Numbers are those that the rows of a group have in Grouping.Number: over a way, each
// end's once a row. The sum is exact. The median of an even number of them is the mean
// of the two in the middle. Without any, all are zero.
type Numbers struct {
	Count         int
	Sum, Min, Max int64
	Median        float64
}

func (g *Grouping) check(of Collection) error {
	if len(g.By) != 1 && len(g.By) != 2 {
		return malformed("a grouping is by one thing or by two")
	}
	if g.First < 0 {
		return malformed("less than no groups")
	}
	if g.Number != nil && (g.Number.Property == nil || g.Number.Property.Value != vocab.Integer || g.Number.Property.Many) {
		return malformed("numbers are of an integer property")
	}
	dimensions := g.By
	if g.Number != nil {
		dimensions = append(slices.Clone(dimensions), *g.Number)
	}
	for _, d := range dimensions {
		if err := d.check(of); err != nil {
			return err
		}
	}
	return nil
}

func (d *Dimension) check(of Collection) error {
	switch {
	case len(d.Way) == 0 && d.Property == nil:
		return malformed("a dimension is a way, a property or both")
	case len(d.Way) > 0 && of != Entities:
		return malformed("a way is from entities to entities")
	case d.Property != nil && d.Property.Value == vocab.Refs:
		return malformed(d.Property.Name + " is a list of rows")
	}
	switch d.Digits {
	case 0:
		return nil
	case 4, 7, 10:
		if d.Property != nil && d.Property.Value == vocab.Date {
			return nil
		}
	}
	return malformed("4, 7 or 10 digits are of dates")
}
