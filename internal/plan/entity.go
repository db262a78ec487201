package plan

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Values of entities that rules here speak of, and what is written for names.
const (
	keyName      = "name"
	keyStart     = "start"
	keyEnd       = "end"
	keyProtected = "protected"

	nameWithheld  = "Name withheld"
	unnamedPerson = "Unnamed person"
)

// entityField compiles a field of an entity. typ stands for all types for which the
// same is selected.
func (c *compiler) entityField(at *path, in *cell, typ *ast.Definition, got collected) (value, error) {
	switch got.name() {
	case "__typename":
		return rowType{}, nil
	case "id":
		return rowID{}, nil
	case "type":
		return entityType{}, nil
	case "name":
		in.want(keyName, keyProtected, keyStart)
		return entityName{}, nil
	case "version":
		in.want(keyProtected, store.KeyVersion)
		return version{}, nil
	case "history":
		return c.history(at, in, got)
	case "snapshot":
		return c.snapshot(at, in, got)
	case "facts":
		return c.facts(at, in, got, "")
	case "statements":
		return c.statements(at, in, got, "Entity", statement.KeySubject)
	case "statusStatements":
		return c.connection(at, in, got, listing{
			identity: "Detention.statusStatements", about: about{kind: aboutStatements},
			rows: store.Nested{Refs: got.name(), Selection: store.Selection{Of: store.StatementRows}},
		})
	case "sources":
		return c.connection(at, in, got, listing{
			identity: "Entity.sources", about: about{typ: vocab.TypeOf(vocab.SourceType)}, rows: store.Nested{Refs: got.name(), Selection: store.Selection{Types: []string{vocab.SourceType}}},
		})
	case "reportedBy":
		return c.reportedBy(at, in, got)
	case "links":
		return c.links(at, in, got)
	case "degree":
		return c.degree(at, in, got)
	case "accounting":
		return c.accounting(at, in, got)
	case vocab.Status:
		if in.asOf != "" {
			in.want(vocab.StatusSteps)
			return statusOn{in.asOf}, nil
		}
	}
	if field := vocab.TypeOf(typ.Name).Field(got.name()); field != nil {
		return c.relation(at, in, got, field)
	}
	if len(got.fields[0].SelectionSet) > 0 {
		return nil, unknownField(at)
	}
	return c.leaf(in, got), nil
}

// statements compiles the statements that name the row in one of their values.
func (c *compiler) statements(at *path, in *cell, got collected, of, theirs string) (value, error) {
	return c.connection(at, in, got, listing{
		identity: of + ".statements", about: about{kind: aboutStatements},
		rows: store.Nested{Theirs: theirs, Mine: vocab.Identity.Name, Selection: store.Selection{Of: store.StatementRows}},
	})
}

// reportedBy compiles a list of organizations, the first ones by id.
func (c *compiler) reportedBy(at *path, in *cell, got collected) (value, error) {
	if err := c.selection(at, 1); err != nil {
		return nil, err
	}
	args, err := c.arguments(at, got.fields[0])
	if err != nil {
		return nil, err
	}
	page, err := c.page(at, args)
	if err != nil {
		return nil, err
	}
	key := statement.KeyReportedBy
	child, r := in.child(at, key+" "+strconv.Itoa(page.First), store.Nested{Refs: key, Selection: store.Selection{Types: referredTypes[key], Page: page}})
	r.wanted = true
	s, err := c.shapeOf(at, &r.cell, c.words.possible(store.Entities, got), got.fields)
	return many{child, s}, err
}

// links compiles the links at an entity, read from either end.
func (c *compiler) links(at *path, in *cell, got collected) (value, error) {
	args, err := c.arguments(at, got.fields[0])
	if err != nil {
		return nil, err
	}
	l := listing{identity: "Entity.links", rows: store.Nested{Step: &store.Step{Out: true, In: true}}, linked: true, links: true}
	if named, ok := args["relation"].([]any); ok {
		for _, name := range named {
			l.rows.Step.Relations = append(l.rows.Step.Relations, name.(string)) // coerced to an enumeration
		}
		if len(named) == 0 {
			l.rows.Where = store.Any{} // none of no relations, where no names would mean all
		}
	}
	return c.connection(at, in, got, l)
}

// relation compiles a relation field.
func (c *compiler) relation(at *path, in *cell, got collected, field *vocab.Field) (value, error) {
	identity := field.Relation.Name + "." + field.Name
	if !field.One {
		return c.connection(at, in, got, listing{
			identity: identity, about: about{typ: vocab.TypeOf(field.Target)}, linked: true, rows: store.Nested{Step: store.StepOf(field)},
		})
	}
	if err := c.selection(at, 1); err != nil {
		return nil, err
	}
	child, r := in.child(at, identity, store.Nested{Step: store.StepOf(field), Selection: store.Selection{Page: store.PageOf{First: store.Everything}}})
	r.wanted = true
	r.link.want(statement.KeyRank, statement.KeyVerification, statement.KeyAttribution)
	s, err := c.shapeOf(at, &r.cell, c.words.possible(store.Entities, got), got.fields)
	return best{child, s}, err
}

// best writes the entity at the far end of the best of the links.
type best struct {
	child int
	shape *shape
}

func (v best) append(b []byte, w *writer, it item) ([]byte, bool) {
	p := it.page(v.child)
	if len(p.Rows) == 0 {
		return b, false
	}
	first := &p.Rows[0]
	for i := range p.Rows {
		if r := &p.Rows[i]; betterLink(r.Link, first.Link) < 0 {
			first = r
		}
	}
	return v.shape.append(b, w, rowOf(first))
}

// betterLink orders links by their best statements: preferred by an editor, then
// best verified, then most firmly put, then by id.
func betterLink(a, b *store.Row) int {
	if order := better(a.Values, b.Values); order != 0 {
		return order
	}
	return cmp.Compare(a.ID, b.ID)
}

func better(a, b store.Values) int {
	index := func(e *vocab.Enum, v store.Values, key string) int { return e.Index(v.Text(key)) }
	return cmp.Or(
		index(vocab.RankEnum, a, statement.KeyRank)-index(vocab.RankEnum, b, statement.KeyRank),
		index(vocab.VerificationEnum, b, statement.KeyVerification)-index(vocab.VerificationEnum, a, statement.KeyVerification),
		index(vocab.AttributionEnum, a, statement.KeyAttribution)-index(vocab.AttributionEnum, b, statement.KeyAttribution),
	)
}

// entityType writes the entity's type as a value of EntityType.
type entityType struct{}

func (entityType) append(b []byte, w *writer, it item) ([]byte, bool) {
	return appendString(b, w.words.enumNames[it.row.Type]), true
}

// entityName writes the name or, where none is stated, one made here: it is stored
// nowhere, so that no filter, order or search finds it.
type entityName struct{}

func (entityName) append(b []byte, w *writer, it item) ([]byte, bool) {
	name := it.row.Values.Text(keyName)
	if it.row.Type == vocab.Person && it.row.Values.Get(keyProtected) == true {
		switch {
		case w.view == statement.PublicView:
			name = nameWithheld
		case name == "":
			name = unnamedPerson
		}
	}
	if name == "" {
		name = it.row.Type + " " + cmp.Or(it.row.Values.Text(keyStart), it.row.ID)
	}
	return appendString(b, name), true
}

// version writes the sequence of the entity's last change.
type version struct{}

// untold reports whether the view is not told when something changed about the
// entity: the public one, of someone protected.
func untold(view store.View, entity *store.Row) bool {
	return view == statement.PublicView && entity.Values.Get(keyProtected) == true
}

func (version) append(b []byte, w *writer, it item) ([]byte, bool) {
	if it.version == 0 || untold(w.view, it.row) {
		return b, false
	}
	b = strconv.AppendUint(append(b, '"'), it.version, 10)
	return append(b, '"'), true
}

// wantedNames gives the names that a list of enumeration values stands for.
func wantedNames(list any, names map[string]string) []any {
	var wanted []any
	items, _ := list.([]any)
	for _, item := range items {
		name, _ := item.(string)
		if names != nil {
			name = names[name]
		}
		if !slices.Contains(wanted, any(name)) {
			wanted = append(wanted, name)
		}
	}
	return wanted
}
