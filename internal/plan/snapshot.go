package plan

import (
	"slices"
	"strings"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// snapshot writes what was known of an entity at a moment. The statements that were
// in force then are read as the view has them now; what they added up to is projected
// when it is written.
type snapshot struct {
	moment   string
	evidence []evidence
	*object
}

// snapshot compiles the field of that name.
func (c *compiler) snapshot(at *path, in *cell, got collected) (value, error) {
	args, err := c.arguments(at, got.fields[0])
	if err == nil {
		err = momentIn(at, args)
	}
	if err != nil {
		return nil, err
	}
	in.want(keyProtected)
	v := &snapshot{moment: args[argKnownAt].(string)} // the schema requires it
	if err := v.read(c, at, in, statement.KeySubject, nil); err != nil {
		return nil, err
	}
	v.object, err = c.made(at, got, func(at *path, got collected) (value, error) {
		switch got.name() {
		case argKnownAt:
			return constant(appendString(nil, v.moment)), nil
		case "type":
			return entityType{}, nil
		case keyName:
			return entityName{}, nil
		case "detentionStatus":
			return leaf{key: vocab.Status}, nil
		case "facts":
			if got.fields[0].Arguments.ForName("relations") != nil { // a denial may come from the other end
				if err := v.read(c, at, in, statement.KeyEntity, statement.KnownRelations()); err != nil {
					return nil, err
				}
			}
			return c.facts(at, in, got, v.moment)
		case "links":
			return c.snapshotLinks(at, in, got, v)
		}
		return leaf{key: got.name(), absent: absent(got.def().Type)}, nil
	})
	return v, err
}

// evidence is statements at an entity, and what tells how much they said: where they
// are among the entity's children, and where these have what is nested in them.
type evidence struct{ statements, sources, neighbors int }

// read asks for the evidence that names the entity in a value: of these relations, or
// all of it.
func (v *snapshot) read(c *compiler, at *path, in *cell, theirs string, relations []string) error {
	if err := c.selection(at, 1); err != nil {
		return err
	}
	where := inForceAt(v.moment)
	if relations != nil {
		where = both(where, among(statement.KeyProperty, relations))
	}
	child, r := in.child(at, "known "+v.moment+" "+theirs+" "+strings.Join(relations, " "), said(theirs, vocab.Identity.Name, where))
	return v.weigh(c, at, child, r, theirs == statement.KeySubject)
}

// weigh takes a child for evidence, and asks for what tells how much it said: when its
// sources came out, and whether there was what its links lead to. What the entity itself
// states may rest on more of that.
func (v *snapshot) weigh(c *compiler, at *path, child int, r *rows, own bool) error {
	r.wanted = true
	r.want(
		statement.KeySubject, statement.KeyProperty, statement.KeyText, statement.KeyLang, statement.KeyEntity, statement.KeyLink,
		statement.KeyQualifiers, statement.KeySource, statement.KeyAttribution, statement.KeyVerification, statement.KeyRank,
		statement.KeyDenies, statement.KeyVisibility, statement.KeyTrace,
	)
	e := evidence{statements: child}
	about := func(of *rows, mine string, properties []string) (int, *rows) {
		i, r := of.cell.child(at, "known "+v.moment+" of "+mine, said(statement.KeySubject, mine, both(inForceAt(v.moment), among(statement.KeyProperty, properties))))
		r.wanted = true
		r.want(of.cell.keys...)
		return i, r
	}
	e.sources, _ = about(r, statement.KeySource, statement.KnownOfSource)
	if own {
		var neighbors *rows
		e.neighbors, neighbors = about(r, statement.KeyEntity, statement.KnownOfNeighbor)
		about(neighbors, statement.KeySource, statement.KnownOfSource) // nothing else is nested in them
	} else {
		e.neighbors, _ = about(r, statement.KeySubject, []string{vocab.TypeProperty})
	}
	v.evidence = append(v.evidence, e)
	return c.selection(at, 3)
}

// rows adds the evidence that was read with an item.
func (e evidence) rows(all []*store.Row, it item) []*store.Row {
	add := func(p *store.Page) {
		for i := range p.Rows {
			all = append(all, p.Rows[i].Row)
		}
	}
	p := it.page(e.statements)
	add(p)
	for i := range p.Rows {
		of := rowOf(&p.Rows[i])
		add(of.page(e.sources))
		neighbors := of.page(e.neighbors)
		add(neighbors)
		for j := range neighbors.Rows {
			add(rowOf(&neighbors.Rows[j]).page(0))
		}
	}
	return all
}

// said selects all statements of which a value is the parent's.
func said(theirs, mine string, where store.Filter) store.Nested {
	return store.Nested{Theirs: theirs, Mine: mine, Selection: store.Selection{
		Of: store.StatementRows, Where: where, Page: store.PageOf{First: store.Everything},
	}}
}

// among holds for statements of which a value is one of the texts.
func among(key string, texts []string) store.Filter {
	values := make([]any, len(texts))
	for i, text := range texts {
		values[i] = text
	}
	return store.Compare{Property: named(vocab.StatementProperties, key), Op: store.In, Values: values}
}

func (v *snapshot) append(b []byte, w *writer, it item) ([]byte, bool) {
	if untold(w.view, it.row) {
		return b, false
	}
	var rows []*store.Row
	for _, e := range v.evidence {
		rows = e.rows(rows, it)
	}
	known := statement.Know(w.view, it.row.ID, it.row.Values.Get(keyProtected) == true, v.moment, rows)
	if known.Entity == nil {
		return b, false
	}
	return v.object.append(b, w, item{row: known.Entity, nested: it.nested, known: &known})
}

// then gives a page of statements as they were known, without those that the view
// did not show; the page itself if nothing asks for that.
func then(p *store.Page, known *statement.Known) *store.Page {
	if known == nil {
		return p
	}
	past := &store.Page{}
	for _, r := range p.Rows {
		if row := known.Statements[r.Row.ID]; row != nil {
			r.Row = row
			past.Rows = append(past.Rows, r)
		}
	}
	return past
}

// today gives results as they were read in a page. Both are in the order of ids.
func today(results []*store.Result, read *store.Page) []*store.Result {
	list := make([]*store.Result, len(results))
	for i, r := range results {
		j, _ := slices.BinarySearchFunc(read.Rows, r.Row.ID, func(r store.Result, id string) int { return strings.Compare(r.Row.ID, id) })
		list[i] = &read.Rows[j]
	}
	return list
}
