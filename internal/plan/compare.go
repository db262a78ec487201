package plan

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/match"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// operators are the names of operators in filter inputs.
var operators = map[string]store.Op{
	"eq": store.Eq, "ne": store.Ne, "in": store.In, "contains": store.Contains, "startsWith": store.StartsWith, "fuzzy": store.Fuzzy,
	"lt": store.Lt, "lte": store.Lte, "gt": store.Gt, "gte": store.Gte, "isNull": store.IsNull,
	"on": store.On, "before": store.Before, "after": store.After, "overlaps": store.Overlaps,
}

// possibly is no operator: it says how the others of its input compare.
const possibly = "possibly"

// compare compiles the operators on a property, all of which must hold.
func (f filters) compare(a about, p *vocab.Property, value map[string]any, where string) (store.Filter, error) {
	if err := refuseStatus(f.at, p, f.asOf, where); err != nil {
		return nil, err
	}
	var all store.All
	for _, name := range slices.Sorted(maps.Keys(value)) {
		below := where + "." + name
		if value[name] == nil {
			return nil, f.bad(below, "null is no value to compare with: use isNull, or leave it out")
		}
		if name == possibly {
			continue
		}
		op, ok := operators[name]
		if !ok {
			return nil, f.bad(below, "there is no such operator")
		}
		compare := store.Compare{Property: p, Op: op}
		if op >= store.On {
			text, _ := value[name].(string)
			date, err := edtf.Parse(text)
			if err != nil {
				return nil, f.bad(below, "%v", err)
			}
			compare.Date = date
			compare.Possibly, _ = value[possibly].(bool)
		} else if err := f.operands(a, &compare, value[name], below); err != nil {
			return nil, err
		}
		all = with(all, ofReferred(a, compare))
	}
	if len(all) == 0 {
		return nil, f.bad(where, "empty: give an operator, or leave it out to filter nothing")
	}
	return simple(all), nil
}

// ofReferred has a comparison with the id of a statement's source, or of who claims
// it, hold only of what the field gives: an entity of its type that the view has.
func ofReferred(a about, c store.Compare) store.Filter {
	types := referredTypes[c.Property.Name]
	if a.kind != aboutStatements || types == nil {
		return c
	}
	is := store.Referred{Key: c.Property.Name, Of: store.Entities, Filter: store.Compare{Property: vocab.RowType, Op: store.Eq, Values: []any{types[0]}}}
	if c.Op == store.Ne {
		c.Op = store.Eq
		return store.Not{Filter: store.All{c, is}}
	}
	return store.All{c, is}
}

func (f filters) operands(a about, c *store.Compare, value any, where string) error {
	if c.Op == store.IsNull {
		c.Values = []any{value}
		return nil
	}
	items, isList := value.([]any)
	if !isList {
		items = []any{value}
	}
	c.Values = make([]any, len(items))
	for i, item := range items {
		at := where
		if isList {
			at += "[" + strconv.Itoa(i) + "]"
		}
		v, err := f.operand(a, c.Property, item, at)
		if err != nil {
			return err
		}
		if c.Op == store.Contains || c.Op == store.StartsWith || c.Op == store.Fuzzy {
			if v, err = f.needle(v, at); err != nil {
				return err
			}
		}
		if c.Op == store.Fuzzy {
			if err := f.fuzzyWords(v, at); err != nil {
				return err
			}
		}
		c.Values[i] = v
	}
	return nil
}

// maxNeedle bounds what is looked for in texts: it is compared with each row's.
const maxNeedle = 1000 // bytes

// needle gives a text to look for in its fold. Stores compare the folds, and the fold
// of a fold is itself, which for most texts is seen at a glance.
func (f filters) needle(v any, where string) (any, error) {
	text, _ := v.(string)
	if len(text) > maxNeedle {
		return nil, f.bad(where, "a text to look for may have %d bytes; this one has %d", maxNeedle, len(text))
	}
	return match.Fold(text), nil
}

// fuzzyWords refuses a text of which stores would look for a part only, or for nothing.
func (f filters) fuzzyWords(v any, where string) error {
	text, _ := v.(string)
	switch n := len(match.Tokens(text)); {
	case n == 0:
		return f.bad(where, "a text to look for has words: this one has no letter or digit")
	case n > match.FuzzyWords:
		return f.bad(where, "a text to look for so may have %d words; this one has %d", match.FuzzyWords, n)
	}
	return nil
}

// operand gives a value as rows hold it.
func (f filters) operand(a about, p *vocab.Property, v any, where string) (any, error) {
	text, ok := v.(string)
	if !ok {
		return v, nil
	}
	switch {
	case p == vocab.RowType && a.kind == aboutEntities:
		return f.c.words.typeNames[text], nil
	case p == vocab.Identity || p == vocab.RowType:
		return text, nil
	case p.Value != vocab.Choice:
		return match.NFC(strings.ToValidUTF8(text, "\uFFFD")), nil
	case a.kind == aboutEntities && a.typ != nil && !p.Enum.Allows(text, a.typ.Name):
		i := p.Enum.Index(text)
		if i < 0 {
			return nil, f.bad(where, "%s is no %s", text, p.Enum.Name)
		}
		return nil, f.bad(where, "%s is no %s of type %s, but of %s", text, p.Name, a.typ.Name, strings.Join(p.Enum.Values[i].Types, ", "))
	}
	return text, nil
}
