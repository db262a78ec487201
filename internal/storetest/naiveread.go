package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Read implements store.Store.
func (n *Naive) Read(ctx context.Context, view store.View, budget int, selections []store.Selection) ([]store.Page, error) {
	if err := n.enter(ctx); err != nil {
		return nil, err
	}
	defer n.mu.Unlock()
	if err := store.Check(selections); err != nil {
		return nil, err
	}
	r := reader{n: n, view: view, budget: &budget}
	selections = store.Renamed(selections, r.former())
	pages := make([]store.Page, len(selections))
	for i := range selections {
		var err error
		if pages[i], err = r.page(&store.Nested{Selection: selections[i]}, r.roots(&selections[i])); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// reader is one read: the store's rows in one view, and how many more of them the
// answer may hold.
type reader struct {
	n      *Naive
	view   store.View
	budget *int
}

// all gives the rows of a collection that the view has, in no order.
func (r reader) all(of store.Collection) []*store.Row {
	var rows []*store.Row
	for _, twin := range r.n.rows[of] {
		if row := twin.In(r.view); row != nil {
			rows = append(rows, row)
		}
	}
	return rows
}

// former gives the entities of former ids.
func (r reader) former() map[string]string {
	entities := map[string]string{}
	for _, row := range r.all(store.Entities) {
		for _, id := range ids(row.Values.Get(vocab.FormerIDs)) {
			entities[id] = row.ID
		}
	}
	return entities
}

// row gives the row of an id, or nil.
func (r reader) row(of store.Collection, id string) *store.Row { return r.n.rows[of][id].In(r.view) }

// roots gives what a selection that is not nested is about, before Types and Where.
func (r reader) roots(s *store.Selection) []store.Result {
	var found []store.Result
	if s.IDs != nil {
		for i, id := range s.IDs {
			if row := r.row(s.Of, id); row != nil && !slices.Contains(s.IDs[:i], id) {
				found = append(found, store.Result{Row: row})
			}
		}
		return found
	}
	for _, row := range r.all(s.Of) {
		if !row.Unlisted {
			found = append(found, store.Result{Row: row})
		}
	}
	return found
}

// children gives the rows that belong to a parent, before Types, Where and LinkWhere.
func (r reader) children(parent *store.Row, n *store.Nested) []store.Result {
	if n.Step != nil {
		return r.steps(parent, n.Step)
	}
	var found []store.Result
	for _, row := range r.all(n.Of) {
		if n.Refs != "" && slices.Contains(ids(value(parent, n.Refs)), row.ID) || n.Refs == "" && joined(row, parent, n) {
			found = append(found, store.Result{Row: row})
		}
	}
	return found
}

// joined reports whether a row's value of Theirs is the parent's of Mine. A built-in
// entity is found by reference, which this is not.
func joined(row, parent *store.Row, n *store.Nested) bool {
	mine, ok := value(parent, n.Mine).(string)
	return ok && !row.Unlisted && value(row, n.Theirs) == mine
}

// steps gives the far ends of an entity's links.
func (r reader) steps(entity *store.Row, step *store.Step) []store.Result {
	var found []store.Result
	for _, link := range r.all(store.LinkRows) {
		far := ""
		switch {
		case step.Out && link.From == entity.ID:
			far = link.To
		case step.In && link.To == entity.ID:
			far = link.From
		}
		row := r.row(store.Entities, far)
		if row != nil && among(step.Relations, link.Type) && among(step.Types, row.Type) {
			found = append(found, store.Result{Row: row, Link: link})
		}
	}
	return found
}

// page filters, orders and cuts what was found, and fetches what is nested in it.
func (r reader) page(n *store.Nested, found []store.Result) (store.Page, error) {
	found = slices.DeleteFunc(found, func(f store.Result) bool {
		return !among(n.Types, f.Row.Type) || !r.holds(n.Where, f.Row) || f.Link != nil && !r.holds(n.LinkWhere, f.Link)
	})
	for i := range found {
		found[i].Keys = r.keys(n.Order, found[i].Row)
	}
	if n.IDs == nil || len(n.Order) > 0 {
		slices.SortFunc(found, func(a, b store.Result) int { return comparePositions(n.Order, place(a), place(b)) })
	}
	var page store.Page
	if n.Total {
		page.Total = len(found)
	}
	var err error
	if page.Groups, err = r.groups(n.Groupings, found); err != nil {
		return store.Page{}, err
	}
	from, to := cut(&n.Selection, found)
	if n.Ends {
		page.HasPrevious, page.HasNext = from > 0, to < len(found)
	}
	page.Rows = found[from:to]
	if *r.budget -= len(page.Rows); *r.budget < 0 {
		return store.Page{}, store.ErrTooExpensive
	}
	for i := range page.Rows {
		if err := r.fill(n, &page.Rows[i]); err != nil {
			return store.Page{}, err
		}
	}
	return page, nil
}

// fill adds to a result its version and what is nested in it.
func (r reader) fill(n *store.Nested, result *store.Result) error {
	if n.Of == store.Entities {
		result.Version = r.version(result.Row.ID)
	}
	var err error
	if result.Nested, err = r.nested(n.Nested, result.Row); err != nil {
		return err
	}
	result.LinkNested, err = r.nested(n.LinkNested, result.Link)
	return err
}

func (r reader) nested(list []store.Nested, parent *store.Row) ([]store.Page, error) {
	pages := make([]store.Page, len(list))
	for i := range list {
		var err error
		if pages[i], err = r.page(&list[i], r.children(parent, &list[i])); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// version gives the sequence of the last commit that touched the entity in the view.
func (r reader) version(id string) (version uint64) {
	for _, entry := range r.n.log {
		if touches(entry, r.view, id) {
			version = entry.Sequence
		}
	}
	return version
}

// keys gives the sort keys of a row.
func (r reader) keys(order []store.Order, row *store.Row) []any {
	keys := make([]any, len(order))
	for i, o := range order {
		if o.Count != nil {
			keys[i] = int64(len(r.steps(row, store.StepOf(o.Count))))
		} else {
			keys[i] = store.SortKey(o.Property, value(row, o.Property.Name))
		}
	}
	return keys
}

// cut gives the bounds of the page among the ordered rows.
func cut(s *store.Selection, all []store.Result) (from, to int) {
	from, to = 0, len(all)
	for i := range all {
		if s.Page.After != nil && comparePositions(s.Order, place(all[i]), *s.Page.After) <= 0 {
			from = i + 1
		}
		if s.Page.Before != nil && comparePositions(s.Order, place(all[i]), *s.Page.Before) >= 0 {
			to = min(to, i)
		}
	}
	if s.Page.Backward {
		return max(min(from, to), to-s.Page.First), to
	}
	return from, min(max(from, to), from+s.Page.First)
}

func place(r store.Result) store.Position {
	p := store.Position{Keys: r.Keys, ID: r.Row.ID}
	if r.Link != nil {
		p.Link = r.Link.ID
	}
	return p
}

func comparePositions(order []store.Order, a, b store.Position) int {
	for i, o := range order {
		if c := store.CompareKeys(a.Keys[i], b.Keys[i], o.Desc); c != 0 {
			return c
		}
	}
	c := cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Link, b.Link))
	if len(order) > 0 && order[len(order)-1].Desc {
		return -c
	}
	return c
}

// value gives what a row says for a key, or nil.
func value(row *store.Row, key string) any {
	for name, text := range map[string]string{"id": row.ID, "type": row.Type, "from": row.From, "to": row.To} {
		if key == name && text != "" {
			return text
		}
	}
	return row.Values.Get(key)
}

// ids gives the ids in a value: one, a list, or none.
func ids(data any) []string {
	switch d := data.(type) {
	case string:
		return []string{d}
	case []string:
		return d
	}
	return nil
}
