package plan

import (
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/vinculo/vinculo/internal/statement"
	"github.com/vinculo/vinculo/internal/store"
	"github.com/vinculo/vinculo/internal/vocab"
)

// Names of the schema that are not the vocabulary's.
const (
	nodeType = "Node"
	linkType = "Link"
)

// words are the schema's names of what the vocabulary holds, looked up once.
type words struct {
	types      map[string][]*ast.Definition // the object types that a name of the schema stands for
	enumNames  map[string]string            // PERSON, by type name
	typeNames  map[string]string            // Person, by the value of EntityType
	properties map[string]string            // birthDate, by the value of Property
	facts      map[string]map[string]fact   // how facts are ordered, by type and property
	noValues   []any                        // what a statement's property says that is no property: type and the relations
}

// fact says where a property's facts stand among those of an entity.
type fact struct {
	index int
	many  bool // every value is shown by the plain field
	one   bool // of a relation: the plain field shows one link
}

func newWords(schema *ast.Schema) *words {
	w := &words{
		types: map[string][]*ast.Definition{}, enumNames: map[string]string{}, typeNames: map[string]string{},
		properties: map[string]string{}, facts: map[string]map[string]fact{}, noValues: []any{vocab.TypeProperty},
	}
	for _, name := range []string{linkType, statement.StatementType} {
		w.types[name] = []*ast.Definition{schema.Types[name]}
	}
	for _, r := range vocab.Relations() {
		w.noValues = append(w.noValues, r.Name)
	}
	for _, t := range vocab.Types() {
		w.enumNames[t.Name], w.typeNames[t.EnumName()] = t.EnumName(), t.Name
		if def := schema.Types[t.Name]; def != nil {
			w.types[t.Name] = []*ast.Definition{def}
			w.types[vocab.AnyEntity] = append(w.types[vocab.AnyEntity], def)
		}
		w.addFacts(t)
	}
	return w
}

func (w *words) addFacts(t *vocab.Type) {
	facts := map[string]fact{}
	for _, p := range t.Properties {
		w.properties[p.EnumName()] = p.Name
		facts[p.Name] = fact{index: len(facts), many: p.Many}
	}
	for _, r := range vocab.Relations() {
		facts[r.Name] = fact{index: foreignFacts + 1 + len(facts), many: true}
	}
	for _, f := range t.Fields() {
		if f.One && !f.Reverse {
			facts[f.Relation.Name] = fact{index: facts[f.Relation.Name].index, one: true}
		}
	}
	w.facts[t.Name] = facts
}

// possible gives the object types that rows of a collection may have where a field
// of this type reads them.
func (w *words) possible(of store.Collection, got collected) []*ast.Definition {
	switch of {
	case store.LinkRows:
		return w.types[linkType]
	case store.StatementRows:
		return w.types[statement.StatementType]
	}
	if types, ok := w.types[got.def().Type.Name()]; ok {
		return types
	}
	return w.types[vocab.AnyEntity]
}
