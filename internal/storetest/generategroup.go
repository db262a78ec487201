package storetest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// drawGroupings draws groupings of rows that have one of the types; mostly none.
func drawGroupings(t *rapid.T, of store.Collection, types []string) []store.Grouping {
	var list []store.Grouping
	for range max(0, rapid.IntRange(-3, 2).Draw(t, "groupings")) {
		g := store.Grouping{
			By:    []store.Dimension{drawDimension(t, of, types)},
			ByKey: rapid.Bool().Draw(t, "by key"), Desc: rapid.Bool().Draw(t, "turned around"),
			Rows: rapid.Bool().Draw(t, "number of rows"), First: pick(t, "first groups", []int{store.Everything, 1, 2, 3, 0}),
		}
		if rapid.Bool().Draw(t, "pairs") {
			g.By = append(g.By, drawDimension(t, of, types))
		}
		if rapid.Bool().Draw(t, "numbers") {
			g.Number = drawNumber(t, of, types)
		}
		list = append(list, g)
	}
	return list
}

func drawDimension(t *rapid.T, of store.Collection, types []string) store.Dimension {
	var d store.Dimension
	if of == store.Entities {
		d.Way, types = drawWay(t, types)
	}
	if len(d.Way) > 0 && rapid.Bool().Draw(t, "ends") {
		return d
	}
	properties := slices.DeleteFunc(slices.Clone(propertiesOf(of, types)), func(p *vocab.Property) bool { return p.Value == vocab.Refs })
	d.Property = pick(t, "by property", append(properties, vocab.RowType))
	if d.Property.Value == vocab.Date {
		d.Digits = pick(t, "digits", []int{0, 4, 7, 10})
	}
	return d
}

// drawWay draws a way of up to two steps, and gives the types that its ends can have.
func drawWay(t *rapid.T, types []string) ([]store.Hop, []string) {
	var way []store.Hop
	for range rapid.IntRange(0, 2).Draw(t, "steps") {
		hop := store.Hop{Step: drawStep(t, types)}
		if rapid.IntRange(0, 3).Draw(t, "hop filtered") == 3 {
			hop.Link = drawFilter(t, store.LinkRows, nil, 1)
		}
		way, types = append(way, hop), hop.Types
	}
	return way, types
}

func drawNumber(t *rapid.T, of store.Collection, types []string) *store.Dimension {
	d := store.Dimension{Property: prop(pick(t, "number", []string{"Sentence.lengthMonths", "Tally.value", "Tally.min"}))}
	if of == store.Entities {
		d.Way, _ = drawWay(t, types)
	}
	return &d
}

func describeGrouping(g *store.Grouping) string {
	text := fmt.Sprintf("by key=%t desc=%t rows=%t first %d", g.ByKey, g.Desc, g.Rows, g.First)
	for i := range g.By {
		text += " " + describeDimension(&g.By[i])
	}
	if g.Number != nil {
		text += " number " + describeDimension(g.Number)
	}
	return text
}

func describeDimension(d *store.Dimension) string {
	text := "of"
	for _, hop := range d.Way {
		text += fmt.Sprintf(" (%s where %s)", describeStep(&hop.Step), describeFilter(hop.Link))
	}
	if d.Property != nil {
		text += fmt.Sprintf(" %s/%d", d.Property.Name, d.Digits)
	}
	return text
}
