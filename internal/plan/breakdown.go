package plan

import (
	"slices"
	"strconv"

	"github.com/vinculo/vinculo/internal/edtf"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// breakdown reads the arguments of the field of that name.
func (d dividing) breakdown(v *divided) (store.Grouping, error) {
	g := store.Grouping{First: defaultPage, Rows: v.shape.asksFor("nodeCount")}
	by, _ := d.args["by"].([]any)
	if len(by) != 1 && len(by) != 2 {
		return g, badInput(d.at, "by", "%d dimensions: name one, or two for pairs", len(by))
	}
	if first, given := d.args["first"].(int64); given {
		if first < 0 || first > maxPage {
			return g, badInput(d.at, "first", "%d is not between 0 and %d", first, maxPage)
		}
		g.First = int(first)
	}
	order := fieldsOf(d.args["orderBy"])
	g.ByKey = order["field"] == "KEY"
	g.Desc = (order["direction"] == "DESC") == g.ByKey // by their number the most come first in the store's order
	var dimensions []*vocab.Dimension
	for i, name := range by {
		where := "by[" + strconv.Itoa(i) + "]"
		if slices.Contains(by[:i], name) {
			return g, badInput(d.at, where, "%s stands there already", name)
		}
		dimension, err := d.dimension(vocab.DimensionsOf(d.typ), name, where)
		if err != nil {
			return g, err
		}
		dimensions = append(dimensions, dimension)
		g.By = append(g.By, d.stored(dimension))
	}
	if name, given := d.args["number"]; given {
		number, err := d.dimension(vocab.NumbersOf(d.typ), name, "number")
		if err != nil {
			return g, err
		}
		stored := d.stored(number)
		g.Number = &stored
	}
	if v.shape.asksFor("buckets", "keys", "text") && slices.ContainsFunc(dimensions, namesEntities) {
		v.names = v.later.names(d.at)
	}
	v.data = func(groups *store.Groups) (map[string]any, error) { return v.breakdown(&g, groups, dimensions), nil }
	return g, nil
}

// dimension finds what a value of an enumeration names.
func (d dividing) dimension(list []*vocab.Dimension, name any, where string) (*vocab.Dimension, error) {
	i := slices.IndexFunc(list, func(dimension *vocab.Dimension) bool { return dimension.Name == name })
	if i < 0 {
		return nil, unknownField(d.at)
	}
	return list[i], refuseStatus(d.at, list[i].Property, d.in.asOf != "", where)
}

// stored gives a dimension as stores take it: on a day, over links that held on it.
func (d dividing) stored(dimension *vocab.Dimension) store.Dimension {
	var held store.Filter
	if day, err := edtf.Parse(d.in.asOf); err == nil {
		link := about{kind: aboutLinks}
		held = heldOn(day, link.property(keyStart), link.property(keyEnd))
	}
	s := store.Dimension{Property: dimension.Property}
	for _, field := range dimension.Way {
		s.Way = append(s.Way, store.Hop{Step: *store.StepOf(field), Link: held})
	}
	return s
}

// breakdown gives the value of the field.
func (v *divided) breakdown(g *store.Grouping, groups *store.Groups, dimensions []*vocab.Dimension) map[string]any {
	buckets := make([]any, len(groups.Groups))
	for i := range groups.Groups {
		group := &groups.Groups[i]
		keys := make([]any, len(group.Keys))
		for j, key := range group.Keys {
			keys[j] = v.key(dimensions[j], key.Value)
		}
		bucket := map[string]any{"keys": keys, "nodeCount": group.Count}
		if g.Number != nil {
			bucket["numbers"] = numbersData(group.Numbers)
		}
		buckets[i] = bucket
	}
	return map[string]any{
		"nodeCount": groups.Rows, "bucketCount": groups.Total, "leftOut": groups.Total - len(groups.Groups), "buckets": buckets,
	}
}

// namesEntities reports whether the keys of a dimension are entities.
func namesEntities(d *vocab.Dimension) bool { return d.Property == nil || d.Names }

func (v *divided) key(dimension *vocab.Dimension, key any) map[string]any {
	switch {
	case key == nil:
		return map[string]any{"unknown": true}
	case namesEntities(dimension):
		id, _ := key.(string)
		data := map[string]any{"unknown": false, "entity": id}
		if v.names != nil {
			v.names.read(id)
			data["text"] = nameOf{v.names, id}
		}
		return data
	}
	text := asText(key)
	if dimension.Property == vocab.RowType {
		text = vocab.TypeOf(text).EnumName()
	}
	return map[string]any{"unknown": false, "text": text}
}

// asText gives a value as text.
func asText(data any) string {
	switch d := data.(type) {
	case int64:
		return strconv.FormatInt(d, 10)
	case bool:
		return strconv.FormatBool(d)
	}
	text, _ := data.(string)
	return text
}

func numbersData(n store.Numbers) map[string]any {
	data := map[string]any{"numberCount": n.Count, "sum": n.Sum}
	if n.Count > 0 {
		data["min"], data["max"], data["median"] = n.Min, n.Max, n.Median
		data["mean"] = float64(n.Sum) / float64(n.Count)
	}
	return data
}
