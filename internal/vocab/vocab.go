// Package vocab is the vocabulary as data: entity types, their properties, the
// relations between them, their enumerations, and what protection does to each.
//
// Validation, projection, filters, orders, Cypher, indexes, the repetitive part of
// the GraphQL schema and the documents are all made from this one table. A new
// property or relation is a row here and a test, and nothing else.
package vocab

import (
	"slices"
	"strings"
	"unicode"
)

// ValueType says how the text of a property's value is read.
type ValueType uint8

// The value types. Computed properties alone have Refs.
const (
	Text    ValueType = iota // any text, stored in NFC
	URL                      // an absolute http or https address
	Date                     // EDTF, the subset of package edtf
	Integer                  // a decimal integer of 32 bits
	Boolean                  // true or false
	Choice                   // a value of Property.Enum
	Count                    // a published count: 1085, 65.., ..1000~, 800~..
	Refs                     // ids of other rows, computed only
)

// Shield says what becomes of a property or relation in the public view of a
// protected person, their detentions and their sentences. The zero value withholds.
type Shield uint8

// What protection does.
const (
	Withhold Shield = iota // null, or absent from both ends
	Show                   // shown as it is
	Coarsen                // shown to the month
)

func (s Shield) String() string { return [...]string{"withheld", "shown", "to the month"}[s] }

// Finds says what the words of a text are for those who search. The zero value: nothing.
type Finds uint8

// How texts find entities.
const (
	ByName Finds = iota + 1 // a name, found however it is spelled
	ByText                  // found by its words as they are
)

// Telling says how far a property tells two entities of like names apart, in hundredths:
// what agreement takes away of what is missing to certainty, and disagreement of what there is.
type Telling struct{ Same, Other int }

// Property is one row: a property of the types that list it.
type Property struct {
	Name     string // in statements, GraphQL and Neo4j: birthDate
	Doc      string
	Value    ValueType
	Enum     *Enum   // where Value is Choice
	Many     bool    // all values in force project, not only the best
	Sorted   bool    // an index serves orders by it
	Finds    Finds   // whether its words find the entity
	Tells    Telling `json:"-"` // how far it tells who an entity is; the zero value: not at all
	Shield   Shield
	Private  bool // no part of the public view, whoever it is about
	Decides  bool // decides whether a person is protected: an import writes it first
	Computed bool // made by the projection; no statement may state it
	Hidden   bool // no GraphQL field of its own (lists of ids have theirs)
	Summed   bool `json:"-"` // a number that may be added up and averaged
}

// EnumName is the property's value of the GraphQL enum Property: BIRTH_DATE.
func (p *Property) EnumName() string { return UpperSnake(p.Name) }

// Internal reports whether no interface shows it: rows have it for rules alone.
func (p *Property) Internal() bool { return p.Hidden && p.Value != Refs }

// Orderable reports whether rows can be ordered by it: it has one value.
func (p *Property) Orderable() bool { return !p.Many && p.Value != Refs && p.Value != Count }

// Enum is an enumeration; the declared order of its values is their sort order.
type Enum struct {
	Name   string
	Doc    string
	Values []EnumValue
}

// EnumValue is one value. Types lists the entity types that may take it; none: all.
type EnumValue struct {
	Name, Doc string
	Types     []string
}

// Index gives the position of a value in the declared order, or -1.
func (e *Enum) Index(name string) int {
	return slices.IndexFunc(e.Values, func(v EnumValue) bool { return v.Name == name })
}

// Allows reports whether an entity of the type may take the value.
func (e *Enum) Allows(name, typ string) bool {
	i := e.Index(name)
	return i >= 0 && (e.Values[i].Types == nil || slices.Contains(e.Values[i].Types, typ))
}

// Type is an entity type.
type Type struct {
	Name       string // Person
	Root       string // people, the connection of all of them
	Doc        string
	FtM        []string // the FollowTheMoney schemata it stands for
	Properties []*Property

	fields     []*Field
	properties map[string]*Property
}

// EnumName is the type's value of the GraphQL enum EntityType: PERSON.
func (t *Type) EnumName() string { return UpperSnake(t.Name) }

// Property gives the property of that name, computed ones included, or nil.
func (t *Type) Property(name string) *Property { return t.properties[name] }

// Fields gives the relation fields of the type, in the table's order.
func (t *Type) Fields() []*Field { return t.fields }

// Field gives the relation field of that name, or nil.
func (t *Type) Field(name string) *Field {
	for _, f := range t.fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// AnyEntity as an end or a target stands for every type.
const AnyEntity = "Entity"

// Relation is one kind of link.
type Relation struct {
	Name      string // MEMBER_OF, also the Neo4j relationship type
	Doc       string
	FtM       []string
	From, To  []string // type names, or AnyEntity alone
	Symmetric bool     // one link whichever end states it; from is the lower id
	SameType  bool     // both ends have the same type
	Shield    Shield
	Decides   bool     // like Property.Decides
	Roles     []string // if set, the only roles that its links may have
	Aside     bool     `json:"-"` // left out of paths, neighborhoods and measures unless named: it joins what has nothing else in common
	Episode   bool     `json:"-"` // to is an episode of from, which can stand for it: a detention is its person's
	Fields    []*Field
}

// Field is a relation read from one of its ends.
type Field struct {
	Name      string
	On        []string // the types that carry it, or AnyEntity alone
	Reverse   bool     // read from the to end
	Target    string   // the type at the other end, or AnyEntity
	One       bool     // gives the best statement's entity, not a connection
	Countable bool     // the number of links is stored: it can be ordered by
	Relation  *Relation
	Also      []string // relations that it reads beside its first one
}

// Relations names all relations that it reads.
func (f *Field) Relations() []string { return append([]string{f.Relation.Name}, f.Also...) }

// CountName is the name of the stored number of links: detentionsCount.
func (f *Field) CountName() string { return f.Name + "Count" }

// Connects reports whether a link may go from one type to the other.
func (r *Relation) Connects(from, to string) bool {
	return endAllows(r.From, from) && endAllows(r.To, to) && (!r.SameType || from == to)
}

// HasFrom and HasTo report whether the type may stand at that end.
func (r *Relation) HasFrom(typ string) bool { return endAllows(r.From, typ) }

// HasTo reports whether the type may stand at the to end.
func (r *Relation) HasTo(typ string) bool { return endAllows(r.To, typ) }

func endAllows(end []string, typ string) bool {
	return end[0] == AnyEntity || slices.Contains(end, typ)
}

// Types, Relations and Enums in the order of the table.
func Types() []*Type { return types }

// Relations gives all relations.
func Relations() []*Relation { return relations }

// Enums gives all enumerations that the schema is generated with.
func Enums() []*Enum { return enums }

// TypeOf gives the type of that name, or nil.
func TypeOf(name string) *Type { return typesByName[name] }

// RelationOf gives the relation of that name, or nil.
func RelationOf(name string) *Relation { return relationsByName[name] }

// PropertiesOf gives the properties of that name, one for each type that has it.
func PropertiesOf(name string) []*Property { return propertiesByName[name] }

// Foreign reports whether the name is that of a property kept from another
// vocabulary (ftm.amount): many values of text, withheld where protection is.
func Foreign(name string) bool {
	rest, ok := strings.CutPrefix(name, "ftm.")
	return ok && rest != "" && strings.IndexFunc(rest, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) < 0
}

// ForeignProperty is the row that every Foreign name follows.
var ForeignProperty = &Property{Name: "ftm.*", Doc: "What an import brought that has no counterpart here, under its FollowTheMoney name.", Many: true}

// UpperSnake turns birthDate and ReleaseWave into BIRTH_DATE and RELEASE_WAVE.
func UpperSnake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}

var (
	typesByName      = map[string]*Type{}
	relationsByName  = map[string]*Relation{}
	propertiesByName = map[string][]*Property{}
)

func init() {
	for _, t := range types {
		typesByName[t.Name] = t
		t.Properties = append(slices.Clone(common(t)), t.Properties...)
		t.properties = map[string]*Property{}
		for _, p := range t.Properties {
			t.properties[p.Name] = p
			propertiesByName[p.Name] = append(propertiesByName[p.Name], p)
		}
	}
	for _, r := range relations {
		relationsByName[r.Name] = r
		for _, f := range r.Fields {
			if f.Relation != nil {
				f.Also = append(f.Also, r.Name)
				continue
			}
			f.Relation = r
			for _, t := range types {
				if endAllows(f.On, t.Name) {
					t.fields = append(t.fields, f)
				}
			}
		}
	}
	makeDimensions()
}
