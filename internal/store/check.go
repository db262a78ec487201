package store

import (
	"fmt"
	"slices"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Check says what is malformed in selections, as ErrInvalid, or gives nil. Every
// store calls it before it reads anything, so that all refuse the same.
func Check(selections []Selection) error {
	for i := range selections {
		s := &selections[i]
		if s.IDs != nil && len(s.Order) == 0 && (s.Page.After != nil || s.Page.Before != nil) {
			return malformed("a list of ids without an order has no positions")
		}
		if err := s.check(); err != nil {
			return err
		}
	}
	return nil
}

// CheckQuestions says what is malformed in questions, as Check does.
func CheckQuestions(questions []Question) error {
	for _, q := range questions {
		if q.First < 0 || q.Most < 0 {
			return fmt.Errorf("question: %w: less than none", ErrInvalid)
		}
	}
	return nil
}

func (s *Selection) check() error {
	switch {
	case s.Of > StatementRows:
		return malformed("no such collection")
	case s.Page.First < 0:
		return malformed("a page of less than no rows")
	}
	for _, o := range s.Order {
		switch {
		case (o.Property == nil) == (o.Count == nil):
			return malformed("an order is by a property or by a number of links")
		case o.Property != nil && !o.Property.Orderable():
			return malformed(o.Property.Name + " has no order")
		case o.Count != nil && (!o.Count.Countable || s.Of != Entities):
			return malformed(o.Count.Name + " is not counted")
		}
	}
	for i := range s.Groupings {
		if err := s.Groupings[i].check(s.Of); err != nil {
			return err
		}
	}
	for _, p := range []*Position{s.Page.After, s.Page.Before} {
		if p != nil && !p.fits(s.Order) {
			return malformed("a position has one key for each order, of its kind")
		}
	}
	return checkNested(s.Of, s.Nested)
}

// fits reports whether the position's keys are what the order gives.
func (p *Position) fits(order []Order) bool {
	if len(p.Keys) != len(order) {
		return false
	}
	for i, o := range order {
		if p.Keys[i] == nil {
			continue
		}
		_, isNumber := p.Keys[i].(int64)
		_, isText := p.Keys[i].(string)
		if !isNumber && !isText || isNumber != o.numeric() {
			return false
		}
	}
	return true
}

// numeric reports whether the sort keys are int64, not string.
func (o Order) numeric() bool {
	if o.Count != nil {
		return true
	}
	v := o.Property.Value
	return v == vocab.Integer || v == vocab.Boolean || v == vocab.Choice
}

func checkNested(parent Collection, list []Nested) error {
	for i := range list {
		n := &list[i]
		set := 0
		for _, is := range []bool{n.Step != nil, n.Refs != "", n.Theirs != ""} {
			if is {
				set++
			}
		}
		switch {
		case set != 1 || (n.Theirs == "") != (n.Mine == ""):
			return malformed("exactly one of Step, Refs and Theirs is set")
		case !textual(n.Theirs) || !textual(n.Mine):
			return malformed("Theirs and Mine are values of text")
		case n.Step != nil && (parent != Entities || n.Of != Entities):
			return malformed("a step is from entities to entities")
		case n.Step == nil && (n.LinkWhere != nil || n.LinkKeys != nil || n.LinkNested != nil):
			return malformed("only a step has links")
		case n.IDs != nil:
			return malformed("only a selection that is not nested names ids")
		}
		if err := n.check(); err != nil {
			return err
		}
		if err := checkNested(LinkRows, n.LinkNested); err != nil {
			return err
		}
	}
	return nil
}

// textual reports whether the values of a key are single texts.
func textual(key string) bool {
	if key == statement.KeyPlace || key == statement.KeyReportedBy || key == statement.KeyTrace {
		return false
	}
	for _, p := range slices.Concat(vocab.PropertiesOf(key), vocab.LinkProperties, vocab.StatementProperties) {
		if p.Name == key && (p.Many || p.Value == vocab.Integer || p.Value == vocab.Boolean || p.Value == vocab.Refs) {
			return false
		}
	}
	return true
}

func malformed(message string) error { return fmt.Errorf("selection: %w: %s", ErrInvalid, message) }
