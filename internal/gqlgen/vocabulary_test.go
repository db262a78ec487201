package main

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/vocab"
)

func frontPage(t *testing.T) *ast.Source {
	t.Helper()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	return &ast.Source{Name: frontPageFile, Input: read(t, root, frontPageFile)}
}

func whole(t *testing.T) *ast.Schema {
	t.Helper()
	page := frontPage(t)
	made, err := schemaOfVocabulary(page)
	if err != nil {
		t.Fatal(err)
	}
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	sources := []*ast.Source{page, {Name: vocabularyFile, Input: made}}
	others, err := otherParts(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range others {
		sources = append(sources, &ast.Source{Name: name, Input: read(t, root, name)})
	}
	return gqlparser.MustLoadSchema(sources...)
}

func TestGenerationIsDeterministic(t *testing.T) {
	first, err := schemaOfVocabulary(frontPage(t))
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		again, err := schemaOfVocabulary(frontPage(t))
		if err != nil || again != first {
			t.Fatal("two runs differ", err)
		}
	}
}

// describes holds a description in the schema to that of the vocabulary's row.
func describes(t *testing.T, what, description, doc string) {
	t.Helper()
	if !strings.Contains(description, strings.TrimSuffix(doc, ".")) {
		t.Errorf("%s is described as %q, the vocabulary says %q", what, description, doc)
	}
}

// isOfADay holds a connection to having asOf, described.
func isOfADay(t *testing.T, what string, f *ast.FieldDefinition) {
	t.Helper()
	if day := f.Arguments.ForName("asOf"); day == nil || day.Type.String() != "EDTF" || day.Description == "" {
		t.Errorf("%s has no asOf: %v", what, day)
	}
}

func TestEachTypeIsInTheSchema(t *testing.T) {
	s := whole(t)
	for _, typ := range vocab.Types() {
		d := s.Types[typ.Name]
		if d == nil {
			t.Fatalf("no type %s", typ.Name)
		}
		describes(t, typ.Name, d.Description, typ.Doc)
		root := s.Query.Fields.ForName(typ.Root)
		if root == nil || root.Type.String() != typ.Name+"Connection" {
			t.Errorf("root %s is %v", typ.Root, root)
			continue
		}
		describes(t, typ.Root, root.Description, typ.Doc)
		isOfADay(t, typ.Root, root)
		for _, p := range typ.Properties {
			f := d.Fields.ForName(p.Name)
			if p.Internal() {
				if f != nil || s.Types["Property"].EnumValues.ForName(p.EnumName()) != nil {
					t.Errorf("%s.%s is shown", typ.Name, p.Name)
				}
				continue
			}
			if f == nil {
				t.Errorf("%s has no field %s", typ.Name, p.Name)
				continue
			}
			if p.Hidden {
				continue // described by the interface
			}
			describes(t, typ.Name+"."+p.Name, f.Description, p.Doc)
			describes(t, p.EnumName(), s.Types["Property"].EnumValues.ForName(p.EnumName()).Description, p.Doc)
			filter := s.Types[typ.Name+"Filter"].Fields.ForName(p.Name)
			if filterable := !p.Private && p.Value != vocab.Count; (filter != nil) != filterable {
				t.Errorf("%sFilter.%s is %v", typ.Name, p.Name, filter)
			}
			order := s.Types[typ.Name+"OrderField"].EnumValues.ForName(p.EnumName())
			if orderable := !p.Private && p.Orderable(); (order != nil) != orderable {
				t.Errorf("%sOrderField.%s is %v", typ.Name, p.EnumName(), order)
			}
		}
	}
}

func TestEachRelationFieldIsInTheSchema(t *testing.T) {
	s := whole(t)
	for _, r := range vocab.Relations() {
		describes(t, r.Name, s.Types["Relation"].EnumValues.ForName(r.Name).Description, r.Doc)
	}
	for _, typ := range vocab.Types() {
		for _, field := range typ.Fields() {
			f := s.Types[typ.Name].Fields.ForName(field.Name)
			filter := s.Types[typ.Name+"Filter"].Fields.ForName(field.Name)
			if f == nil || filter == nil {
				t.Errorf("%s.%s: field %v, filter %v", typ.Name, field.Name, f, filter)
				continue
			}
			describes(t, typ.Name+"."+field.Name, f.Description, lower(field.Relation.Doc))
			if !field.One {
				isOfADay(t, typ.Name+"."+field.Name, f)
			}
			wanted, wantedFilter := field.Target+"LinkConnection!", field.Target+"RelationFilter"
			if field.One {
				wanted, wantedFilter = field.Target, field.Target+"LinkFilter"
			}
			if f.Type.String() != wanted || filter.Type.String() != wantedFilter {
				t.Errorf("%s.%s is %s, filtered by %s", typ.Name, field.Name, f.Type, filter.Type)
			}
			count := s.Types[typ.Name+"OrderField"].EnumValues.ForName(vocab.UpperSnake(field.CountName()))
			if (count != nil) != field.Countable {
				t.Errorf("%sOrderField for the number of %s is %v", typ.Name, field.Name, count)
			}
		}
	}
}

// Descriptions say what fields of one relation tell apart, and nothing of protection
// where there is none.
func TestDescriptionsAreOfTheirType(t *testing.T) {
	s := whole(t)
	for field, wanted := range map[string]string{
		"Organization.members":             "Leads to entities of type Person.",
		"Organization.memberOrganizations": "Leads to entities of type Organization.",
		"OrganizationFilter.members":       "Leads to entities of type Person.",
		"Detention.person":                 "Leads to an entity of type Person. The best link's; any others are in `links`.",
		"Person.linkedTo":                  "Leads to entities of any type.",
	} {
		typ, name, _ := strings.Cut(field, ".")
		if got := s.Types[typ].Fields.ForName(name).Description; !strings.HasSuffix(got, wanted) {
			t.Errorf("%s: %s", field, got)
		}
	}
	for _, typ := range vocab.Types() {
		got := s.Types[typ.Name].Fields.ForName("name").Description
		if strings.Contains(got, "Name withheld") != (typ.Name == vocab.Person) {
			t.Errorf("%s.name: %s", typ.Name, got)
		}
	}
}

func TestEachEnumerationIsInTheSchema(t *testing.T) {
	s := whole(t)
	for _, e := range vocab.Enums() {
		d := s.Types[e.Name]
		if d == nil {
			t.Errorf("no enum %s", e.Name)
			continue
		}
		describes(t, e.Name, d.Description, e.Doc)
		for i, v := range e.Values {
			if d.EnumValues[i].Name != v.Name {
				t.Errorf("%s: %s stands where %s should", e.Name, d.EnumValues[i].Name, v.Name)
			}
			describes(t, e.Name+"."+v.Name, d.EnumValues[i].Description, v.Doc)
		}
	}
	for _, p := range vocab.LinkProperties {
		describes(t, "LinkFilter."+p.Name, s.Types["LinkFilter"].Fields.ForName(p.Name).Description, p.Doc)
	}
	for _, p := range vocab.StatementProperties {
		describes(t, "StatementFilter."+p.Name, s.Types["StatementFilter"].Fields.ForName(p.Name).Description, p.Doc)
	}
}

func TestCheckRefuses(t *testing.T) {
	const head = `
		"Root." type Query { "An a." a: A "A b." b: B }
		"An a." type A { "Its size." size: Int "Its parts." parts: [A!] }`
	cases := map[string]struct{ schema, wanted string }{
		"one name, two types":       {`"A b." type B { "Its size." size: String }`, "field size is Int on A and String on B"},
		"one name, null or not":     {`"A b." type B { "Its size." size: Int! }`, "field size is Int on A and Int! on B"},
		"a value and an object":     {`"A b." type B { "Its parts." parts: Int }`, "field parts is [A!] on A and Int on B"},
		"a type not described":      {`type B { "Its age." age: Int }`, "B has no description"},
		"a field not described":     {`"A b." type B { age: Int }`, "B.age has no description"},
		"a value not described":     {`"A b." enum B { ONE }`, "B.ONE has no description"},
		"a type that is not there":  {`"A b." type B { "Its c." c: C }`, "Undefined type C"},
		"an interface not observed": {`"A b." interface B { "Its id." id: ID! } "A c." type C implements B { "Its age." age: Int }`, "id"},
		"a type that nothing uses":  {`"A b." type B { "Its size." size: Int } "A c." enum C { "One." ONE }`, "nothing uses C"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			err := check(&ast.Source{Input: head + c.schema})
			if err == nil || !strings.Contains(err.Error(), c.wanted) {
				t.Errorf("got %v, want %s", err, c.wanted)
			}
		})
	}
	if err := check(&ast.Source{Input: head + `"A b." type B { "Its parts." parts: [B!] } "By size." input F { "Size." size: String } extend type Query { "Some." some(f: F): A }`}); err != nil {
		t.Errorf("two types of objects, and inputs, may share a name: %v", err)
	}
}

func TestCounterparts(t *testing.T) {
	for _, tt := range [][3]string{
		{vocab.Person, "otherNames", "`alias`, `weakAlias`, `previousName`, `abbreviation`"},
		{vocab.Person, "occupation", "`position`, `profession`"},
		{"Place", "name", "`full`, `name` (without `full`)"},
		{vocab.SourceType, "title", "`title`, `name` (without `title`)"},
		{vocab.SourceType, "name", ""},
		{vocab.Record, "name", "`name`"},
		{vocab.Person, "protection", ""},
	} {
		if got := counterparts(tt[0], tt[1]); got != tt[2] {
			t.Errorf("%s.%s: %s, want %s", tt[0], tt[1], got, tt[2])
		}
	}
}
