package store

import (
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
)

// Holds evaluates the comparison for a value of a row (nil: null), for stores that
// filter in Go.
func (c Compare) Holds(data any) bool {
	if list, ok := data.([]string); ok {
		return c.holdsOfList(list)
	}
	switch c.Op {
	case IsNull:
		return (data == nil) == c.Values[0].(bool)
	case Ne:
		return data == nil || data != c.Values[0]
	}
	return data != nil && c.holdsOf(data)
}

func (c Compare) holdsOfList(list []string) bool {
	switch c.Op {
	case IsNull:
		return (len(list) == 0) == c.Values[0].(bool)
	case Ne:
		for _, text := range list {
			if text == c.Values[0] {
				return false
			}
		}
		return true
	}
	for _, text := range list {
		if c.holdsOf(text) {
			return true
		}
	}
	return false
}

func (c Compare) holdsOf(data any) bool {
	switch c.Op {
	case Eq:
		return data == c.Values[0]
	case In:
		for _, v := range c.Values {
			if data == v {
				return true
			}
		}
		return false
	case Contains, StartsWith:
		text, _ := data.(string)
		wanted, _ := c.Values[0].(string)
		if c.Op == Contains {
			return strings.Contains(match.Fold(text), match.Fold(wanted))
		}
		return strings.HasPrefix(match.Fold(text), match.Fold(wanted))
	case Fuzzy:
		text, _ := data.(string)
		wanted, _ := c.Values[0].(string)
		return match.Fuzzy(text, wanted)
	case Lt, Lte, Gt, Gte:
		order := CompareKeys(SortKey(c.Property, data), SortKey(c.Property, c.Values[0]), false)
		return c.Op.Orders(order)
	}
	text, _ := data.(string)
	date, err := edtf.Parse(text)
	if err != nil {
		return false
	}
	switch c.Op {
	case On:
		return date.On(c.Date, c.Possibly)
	case Before:
		return date.Before(c.Date, c.Possibly)
	case After:
		return date.After(c.Date, c.Possibly)
	}
	return date.Overlaps(c.Date, c.Possibly)
}

// Orders reports whether a result of comparing (-1, 0, 1) fulfils the operator:
// Eq, Ne, Lt, Lte, Gt or Gte.
func (op Op) Orders(order int) bool {
	switch op {
	case Eq:
		return order == 0
	case Ne:
		return order != 0
	case Lt:
		return order < 0
	case Lte:
		return order <= 0
	case Gt:
		return order > 0
	}
	return order >= 0
}
