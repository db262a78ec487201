package storetest

import (
	"fmt"
	"strings"

	"github.com/vinculo/vinculo/internal/store"
)

var (
	collectionNames = [...]string{store.Entities: "entities", store.LinkRows: "links", store.StatementRows: "statements"}
	opNames         = [...]string{
		store.Eq: "=", store.Ne: "!=", store.In: "in", store.Contains: "contains", store.StartsWith: "starts with", store.Fuzzy: "nearly has",
		store.Lt: "<", store.Lte: "<=", store.Gt: ">", store.Gte: ">=", store.IsNull: "is null",
		store.On: "on", store.Before: "before", store.After: "after", store.Overlaps: "overlaps",
	}
	quantifierNames = [...]string{store.Some: "some", store.None: "none", store.Every: "every", store.Number: "number"}
)

// describe writes a selection as its parts that say something.
func describe(n *store.Nested) string {
	var b strings.Builder
	add := func(when bool, format string, args ...any) {
		if when {
			fmt.Fprintf(&b, " "+format, args...)
		}
	}
	b.WriteString(collectionNames[n.Of])
	add(n.Step != nil, "by step %s", describeStep(n.Step))
	add(n.Refs != "", "named in %s", n.Refs)
	add(n.Theirs != "", "whose %s is %s", n.Theirs, n.Mine)
	add(len(n.Types) > 0, "of %v", n.Types)
	add(n.IDs != nil, "ids %q", n.IDs)
	add(n.Where != nil, "where %s", describeFilter(n.Where))
	add(n.LinkWhere != nil, "link where %s", describeFilter(n.LinkWhere))
	for _, o := range n.Order {
		name := ""
		if o.Count != nil {
			name = "number of " + o.Count.Name
		} else {
			name = o.Property.Name
		}
		add(true, "order %s desc=%t", name, o.Desc)
	}
	add(true, "first %d", n.Page.First)
	add(n.Page.Backward, "backward")
	add(n.Page.After != nil, "after %+v", n.Page.After)
	add(n.Page.Before != nil, "before %+v", n.Page.Before)
	add(n.Total, "total")
	add(n.Ends, "ends")
	for i := range n.Groupings {
		add(true, "grouped <%s>", describeGrouping(&n.Groupings[i]))
	}
	for i := range n.Nested {
		add(true, "{%s}", describe(&n.Nested[i]))
	}
	for i := range n.LinkNested {
		add(true, "[%s]", describe(&n.LinkNested[i]))
	}
	return b.String()
}

func describeStep(s *store.Step) string {
	if s == nil {
		return ""
	}
	return fmt.Sprintf("%v out=%t in=%t to %v", s.Relations, s.Out, s.In, s.Types)
}

func describeFilter(f store.Filter) string {
	switch f := f.(type) {
	case store.All:
		return "all(" + describeFilters(f) + ")"
	case store.Any:
		return "any(" + describeFilters(f) + ")"
	case store.Not:
		return "not(" + describeFilter(f.Filter) + ")"
	case store.Compare:
		if !f.Date.IsZero() {
			return fmt.Sprintf("%s %s %s possibly=%t", f.Property.Name, opNames[f.Op], f.Date, f.Possibly)
		}
		return fmt.Sprintf("%s %s %q", f.Property.Name, opNames[f.Op], f.Values)
	case store.Linked:
		text := fmt.Sprintf("%s(step %s node %s link %s)", quantifierNames[f.Quantifier], describeStep(&f.Step), describeFilter(f.Node), describeFilter(f.Link))
		if f.Quantifier == store.Number {
			text += fmt.Sprintf(" %s %d", opNames[f.Op], f.Number)
		}
		return text
	case store.Referred:
		return fmt.Sprintf("%s of %s(%s)", f.Key, collectionNames[f.Of], describeFilter(f.Filter))
	}
	return "-"
}

func describeFilters(list []store.Filter) string {
	var texts []string
	for _, f := range list {
		texts = append(texts, describeFilter(f))
	}
	return strings.Join(texts, ", ")
}
