package embedstore

import (
	"github.com/vinculo/vinculo/internal/store"
)

// groups divides what a selection is about, as its groupings ask, in one pass.
func (r *reader) groups(n *store.Nested, f found) []store.Groups {
	if len(n.Groupings) == 0 {
		return nil
	}
	divisions := make([]division, len(n.Groupings))
	for i := range divisions {
		divisions[i] = division{reader: r, Grouping: &n.Groupings[i], byKeys: map[[2]any]*tally{}}
	}
	rows := 0
	seen := map[*node]bool{} // in a relation's rows
	r.each(n, f, func(it item) bool {
		if r.stopped() {
			return false
		}
		if n.Step != nil && seen[it.node] || !r.allowed(n, it) {
			return true
		}
		if n.Step != nil {
			seen[it.node] = true
		}
		rows++
		for i := range divisions {
			divisions[i].add(it)
		}
		return true
	})
	answers := make([]store.Groups, len(divisions))
	for i := range divisions {
		if r.err != nil {
			return nil
		}
		answers[i] = divisions[i].answer()
		answers[i].Rows = rows
		if r.budget -= len(answers[i].Groups); r.budget < 0 {
			r.fail(store.ErrTooExpensive)
		}
	}
	return answers
}

// each gives what was found, before any filter.
func (r *reader) each(n *store.Nested, f found, yield func(item) bool) {
	switch {
	case f.statements:
		r.all(n.Of, n.Types)(yield)
	case f.ordered:
		for i := 0; i < f.n && yield(f.at(i)); i++ {
		}
	default:
		f.some(yield)
	}
}

// division is a grouping being made.
type division struct {
	*reader
	*store.Grouping
	byKeys map[[2]any]*tally
	tail   [2][]any // keys of the row that is added, by dimension
	ends   [2][]*node
}

// tally is what is known of a group.
type tally struct {
	count   int
	numbers []int64
}

// add puts a row into its groups.
func (d *division) add(it item) {
	var numbers []int64
	if d.Number != nil {
		numbers = d.numbers(it)
	}
	for i := range d.By {
		d.tail[i] = d.keys(&d.By[i], it, d.tail[i][:0])
	}
	for _, first := range d.tail[0] {
		if len(d.By) == 1 {
			d.count([2]any{first}, numbers)
			continue
		}
		for _, second := range d.tail[1] {
			d.count([2]any{first, second}, numbers)
		}
	}
}

func (d *division) count(keys [2]any, numbers []int64) {
	t := d.byKeys[keys]
	if t == nil {
		t = &tally{}
		d.byKeys[keys] = t
	}
	t.count++
	t.numbers = append(t.numbers, numbers...)
}

// walk gives the ends of a dimension's way from a row, each once.
func (d *division) walk(dim *store.Dimension, it item) []*node {
	ends, next := append(d.ends[0][:0], it.node), d.ends[1][:0]
	for i := range dim.Way {
		hop := &dim.Way[i]
		next = next[:0]
		for _, from := range ends {
			for far := range d.over(from, &hop.Step) {
				if hop.Link == nil || d.holds(hop.Link, d.relation(far.link)) {
					next = append(next, far.node)
				}
			}
		}
		if len(next) > 1 {
			next = once(next)
		}
		ends, next = next, ends
	}
	d.ends = [2][]*node{ends, next}
	return ends
}

// keys appends the keys of a row: values, nodes, or nil for null.
func (d *division) keys(dim *store.Dimension, it item, list []any) []any {
	if len(dim.Way) == 0 {
		list = appendKeys(list, dim, it.get(dim.Property.Name))
	} else {
		for _, end := range d.walk(dim, it) {
			if dim.Property == nil {
				list = append(list, end)
				continue
			}
			entity := d.entity(end)
			list = appendKeys(list, dim, entity.get(dim.Property.Name))
		}
	}
	if len(list) == 0 {
		return append(list, nil)
	}
	return list
}

// appendKeys appends the keys that are in a value, if they are not there yet.
func appendKeys(list []any, dim *store.Dimension, data any) []any {
	add := func(key any) {
		for _, k := range list {
			if k == key {
				return
			}
		}
		list = append(list, key)
	}
	switch v := data.(type) {
	case nil:
	case []string:
		for _, text := range v {
			add(text)
		}
	case string:
		if dim.Digits > 0 {
			data = dim.KeyOf(v).Value
		}
		add(data)
	default:
		add(data)
	}
	return list
}

func (d *division) numbers(it item) []int64 {
	key := d.Number.Property.Name
	var list []int64
	add := func(data any) {
		if n, ok := data.(int64); ok {
			list = append(list, n)
		}
	}
	if len(d.Number.Way) == 0 {
		add(it.get(key))
		return list
	}
	for _, end := range d.walk(d.Number, it) {
		entity := d.entity(end)
		add(entity.get(key))
	}
	return list
}

// answer puts the groups in order.
func (d *division) answer() store.Groups {
	all := make([]store.Group, 0, len(d.byKeys))
	for keys, t := range d.byKeys {
		g := store.Group{Keys: make([]store.Key, len(d.By)), Count: t.count, Numbers: store.NumbersOf(t.numbers)}
		for i := range d.By {
			g.Keys[i] = d.key(&d.By[i], keys[i])
		}
		all = append(all, g)
	}
	return store.Groups{Total: len(all), Groups: d.Arrange(all)}
}

func (d *division) key(dim *store.Dimension, key any) store.Key {
	if n, ok := key.(*node); ok {
		entity := d.entity(n)
		return store.Key{Value: n.id, Sort: store.SortKey(store.NameOfEntities, entity.get(store.NameOfEntities.Name))}
	}
	if dim.Digits > 0 {
		return store.Key{Value: key, Sort: key}
	}
	return dim.KeyOf(key)
}
