package storetest

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Selections draws well-formed selections over the graphs of Commits: filters
// within filters, orders, pages that start anywhere, and what is nested.
func Selections(t *rapid.T) []store.Selection {
	return rapid.Custom(func(t *rapid.T) questions {
		list := make(questions, rapid.IntRange(1, 12).Draw(t, "selections"))
		for i := range list {
			list[i] = drawRoot(t)
		}
		return list
	}).Draw(t, "selections")
}

// questions are selections that a failing property prints for people to read.
type questions []store.Selection

// GoString implements fmt.GoStringer.
func (q questions) GoString() string { return "\n" + Describe(q) }

func drawRoot(t *rapid.T) store.Selection {
	of := drawCollection(t)
	s := drawSelection(t, of, drawTypes(t, of), 2)
	if rapid.IntRange(0, 4).Draw(t, "by id") == 4 {
		s.IDs = rapid.SliceOfN(rapid.SampledFrom(slices.Concat(entityIDs, linkIDs, statementIDs, []string{vocab.Editorial, "nobody"})), 0, 6).Draw(t, "ids")
		if len(s.Order) == 0 {
			s.Page.After, s.Page.Before = nil, nil
		}
	}
	return s
}

var (
	statementIDs = []string{"x1", "x2", "x3", "x5", "x8", "x13", "x21", "x34"}
	linkIDs      = []string{"MEMBER.OF-p1-o1-2", "MEMBER.OF-p1-o1-3", "HELD.AT-d1-f1-2", "RELATIVE.OF-P2-p1-2"}
)

func drawCollection(t *rapid.T) store.Collection {
	return pick(t, "of", []store.Collection{store.Entities, store.Entities, store.Entities, store.LinkRows, store.StatementRows})
}

func drawTypes(t *rapid.T, of store.Collection) []string {
	switch of {
	case store.LinkRows:
		return rapid.SliceOfN(rapid.SampledFrom(names(vocab.Relations(), func(r *vocab.Relation) string { return r.Name })), 0, 2).Draw(t, "relations")
	case store.Entities:
		if rapid.IntRange(0, 3).Draw(t, "typed") > 0 {
			return []string{pick(t, "type", typeNames)}
		}
		return rapid.SliceOfN(rapid.SampledFrom(typeNames), 0, 3).Draw(t, "types")
	}
	return nil
}

var typeNames = names(vocab.Types(), func(t *vocab.Type) string { return t.Name })

func names[T any](list []T, name func(T) string) []string {
	var all []string
	for _, each := range list {
		all = append(all, name(each))
	}
	return all
}

func drawSelection(t *rapid.T, of store.Collection, types []string, depth int) store.Selection {
	s := store.Selection{
		Of: of, Types: types,
		Order: drawOrder(t, of, types),
		Total: rapid.Bool().Draw(t, "total"), Ends: rapid.Bool().Draw(t, "ends"),
	}
	if rapid.IntRange(0, 2).Draw(t, "filtered") == 2 {
		s.Where = drawFilter(t, of, types, 3)
	}
	s.Page = drawPage(t, of, s.Order)
	s.Groupings = drawGroupings(t, of, types)
	if rapid.Bool().Draw(t, "values") {
		s.Keys = keysOf(of, types)
	}
	if depth > 0 && rapid.IntRange(0, 2).Draw(t, "nesting") > 0 {
		for range rapid.IntRange(1, 2).Draw(t, "children") {
			s.Nested = append(s.Nested, drawNested(t, of, types, depth-1))
		}
	}
	return s
}

// propertiesOf gives the properties that rows of the types share.
func propertiesOf(of store.Collection, types []string) []*vocab.Property {
	switch {
	case of == store.LinkRows:
		return vocab.LinkProperties
	case of == store.StatementRows:
		return vocab.StatementProperties
	case len(types) == 1:
		return vocab.TypeOf(types[0]).Properties
	}
	return vocab.TypeOf(vocab.Record).Properties
}

func keysOf(of store.Collection, types []string) []string {
	keys := names(propertiesOf(of, types), func(p *vocab.Property) string { return p.Name })
	switch of {
	case store.Entities:
		keys = append(keys, store.KeyVersion)
	case store.LinkRows:
		keys = append(keys, statement.KeyQualifiers)
	case store.StatementRows:
		keys = append(keys, statement.KeyLang, statement.KeyLink, statement.KeyGroup, statement.KeyPlace, statement.KeyLocator,
			statement.KeyWords, statement.KeyReportedBy, statement.KeyQualifiers, statement.KeyBy, statement.KeyTrace)
	}
	return keys
}

func drawOrder(t *rapid.T, of store.Collection, types []string) []store.Order {
	if of == store.StatementRows {
		return nil
	}
	var choices []store.Order
	for _, p := range propertiesOf(of, types) {
		if p.Orderable() {
			choices = append(choices, store.Order{Property: p})
		}
	}
	if of == store.Entities && len(types) == 1 {
		for _, f := range vocab.TypeOf(types[0]).Fields() {
			if f.Countable {
				choices = append(choices, store.Order{Count: f})
			}
		}
	}
	var order []store.Order
	for range rapid.IntRange(0, 2).Draw(t, "orders") {
		o := pick(t, "order", choices)
		o.Desc = rapid.Bool().Draw(t, "desc")
		order = append(order, o)
	}
	return order
}

func drawPage(t *rapid.T, of store.Collection, order []store.Order) store.PageOf {
	page := store.PageOf{
		First:    pick(t, "first", []int{store.Everything, 2, 1, 3, 0, 5}),
		Backward: rapid.Bool().Draw(t, "backward"),
	}
	if rapid.IntRange(0, 2).Draw(t, "after") == 2 {
		page.After = drawPosition(t, of, order)
	}
	if rapid.IntRange(0, 3).Draw(t, "before") == 3 {
		page.Before = drawPosition(t, of, order)
	}
	return page
}

// drawPosition draws a place that need not be that of a row.
func drawPosition(t *rapid.T, of store.Collection, order []store.Order) *store.Position {
	ids := [...][]string{store.Entities: entityIDs, store.LinkRows: linkIDs, store.StatementRows: statementIDs}[of]
	p := &store.Position{Keys: []any{}, ID: pick(t, "at", ids), Link: pick(t, "link", append([]string{""}, linkIDs...))}
	for _, o := range order {
		key := any(int64(pick(t, "key", []int{0, 1, 2, 3, 120, 7})))
		if o.Property != nil {
			switch o.Property.Value {
			case vocab.Text, vocab.URL:
				key = store.SortKey(o.Property, pick(t, "key", texts))
			case vocab.Date:
				key = store.SortKey(o.Property, pick(t, "key", dates))
			}
		}
		if rapid.IntRange(0, 4).Draw(t, "null") == 4 {
			key = nil
		}
		p.Keys = append(p.Keys, key)
	}
	return p
}

// join is a way from a row to others that is no step.
type join struct {
	refs, theirs, mine string
	of                 store.Collection
}

var joins = [...][]join{
	store.Entities: {
		{refs: "sources"}, {refs: "reportedBy"}, {refs: "statusStatements", of: store.StatementRows},
		{theirs: statement.KeySubject, mine: "id", of: store.StatementRows}, {theirs: statement.KeyEntity, mine: "id", of: store.StatementRows},
		{theirs: statement.KeySource, mine: "id", of: store.StatementRows},
	},
	store.LinkRows: {{refs: "from"}, {refs: "to"}, {theirs: statement.KeyLink, mine: "id", of: store.StatementRows}},
	store.StatementRows: {
		{refs: statement.KeySubject}, {refs: statement.KeyEntity}, {refs: statement.KeySource}, {refs: statement.KeyReportedBy}, {refs: statement.KeyClaimedBy},
		{refs: statement.KeyLink, of: store.LinkRows}, {theirs: statement.KeyGroup, mine: statement.KeyGroup, of: store.StatementRows},
		{theirs: statement.KeySubject, mine: statement.KeySource, of: store.StatementRows}, {theirs: statement.KeySubject, mine: statement.KeyEntity, of: store.StatementRows},
	},
}

func drawNested(t *rapid.T, of store.Collection, types []string, depth int) store.Nested {
	if of == store.Entities && rapid.Bool().Draw(t, "step") {
		return drawStepped(t, types, depth)
	}
	j := pick(t, "join", joins[of])
	var wanted []string
	if rapid.IntRange(0, 4).Draw(t, "typed") == 4 {
		wanted = drawTypes(t, j.of)
	}
	return store.Nested{Refs: j.refs, Theirs: j.theirs, Mine: j.mine, Selection: drawSelection(t, j.of, wanted, depth)}
}

func drawStepped(t *rapid.T, types []string, depth int) store.Nested {
	step := drawStep(t, types)
	n := store.Nested{Step: &step, Selection: drawSelection(t, store.Entities, step.Types, depth)}
	if rapid.IntRange(0, 3).Draw(t, "link filtered") == 3 {
		n.LinkWhere = drawFilter(t, store.LinkRows, nil, 1)
	}
	if rapid.Bool().Draw(t, "link values") {
		n.LinkKeys = keysOf(store.LinkRows, nil)
	}
	if depth > 0 && rapid.IntRange(0, 2).Draw(t, "link nesting") == 2 {
		n.LinkNested = append(n.LinkNested, drawNested(t, store.LinkRows, nil, depth-1))
	}
	return n
}

// drawStep draws a step from entities of the types: along a field of theirs, or any.
func drawStep(t *rapid.T, types []string) store.Step {
	if len(types) == 1 && rapid.IntRange(0, 3).Draw(t, "along a field") > 0 {
		return *store.StepOf(pick(t, "field", vocab.TypeOf(types[0]).Fields()))
	}
	step := store.Step{Relations: drawTypes(t, store.LinkRows), Types: drawTypes(t, store.Entities)}
	way := pick(t, "way", []string{"both", "out", "in"})
	step.Out, step.In = way != "in", way != "out"
	return step
}
