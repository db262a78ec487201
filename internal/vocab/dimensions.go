package vocab

import (
	"fmt"
	"slices"
	"strings"
)

// Dimension is something by which entities of a type are divided into groups: a
// property, what a relation field leads to, or one of these further along a way.
type Dimension struct {
	Name     string // as a value of the GraphQL enumeration: CHARGE
	Doc      string
	Way      []*Field  // over relation fields; none: the entity itself is meant
	Property *Property // of the entity at the end; nil: that entity
	Names    bool      // its values are ids of entities
}

// OfStatements stands for them where a type's name is asked for.
const OfStatements = "Statement"

// DimensionsOf gives the dimensions of a type or, of AnyEntity, those that all entities
// have, in the order of the table: properties, relation fields, ways; or OfStatements.
func DimensionsOf(typ string) []*Dimension { return dimensions[typ] }

// NumbersOf gives the dimensions of a type that are numbers which can be added up.
func NumbersOf(typ string) []*Dimension {
	return selected(typ, func(d *Dimension) bool { return d.Property != nil && d.Property.Summed })
}

// DatesOf gives the dates that entities of a type have themselves.
func DatesOf(typ string) []*Dimension {
	return selected(typ, func(d *Dimension) bool { return len(d.Way) == 0 && d.Property != nil && d.Property.Value == Date })
}

func selected(typ string, is func(*Dimension) bool) []*Dimension {
	return slices.DeleteFunc(slices.Clone(dimensions[typ]), func(d *Dimension) bool { return !is(d) })
}

// ways are the dimensions that lie further than one step away: fields from the type
// on, and perhaps a property at their end.
var ways = []struct{ typ, name, way, doc string }{
	{Person, "STATUS", "detentions.status", "Where their detentions stand."},
	{Person, "CHARGE", "detentions.charges", "The charges that their detentions carry."},
	{Person, "COURT", "detentions.proceedings.courts", "The courts that hear the proceedings of their detentions."},
	{Person, "ARRESTED_BY", "detentions.arrestedBy", "Who arrested them."},
	{Person, "HELD_AT", "detentions.heldAt", "Where they were held."},
	{Detention, "COURT", "proceedings.courts", "The courts that hear its proceedings."},
	{Detention, "PROSECUTOR", "proceedings.prosecutors", "Who prosecutes in its proceedings."},
	{Detention, "JUDGE", "proceedings.judges", "The judges who preside over its proceedings."},
	{Detention, "LENGTH_MONTHS", "sentences.lengthMonths", "The lengths of its sentences in months."},
	{Detention, "GENDER", "person.gender", "The person's gender."},
	{Detention, "NATIONALITY", "person.nationality", "The person's nationalities."},
	{Detention, "OCCUPATION", "person.occupation", "The person's occupations."},
	{Detention, "MEMBER_OF", "person.memberOf", "What the person belongs to."},
	{Sentence, "PERSON", "detention.person", "The person who was sentenced."},
	{Sentence, "COURT", "proceeding.courts", "The courts of the proceeding that it was imposed in."},
}

// plurals are the names of fields that are no plural although they look like one.
var plurals = []string{"owns"}

// singular turns charges and facilities into charge and facility.
func singular(name string) string {
	stem, plural := strings.CutSuffix(name, "s")
	switch {
	case !plural || slices.Contains(plurals, name):
		return name
	case strings.HasSuffix(stem, "ie"):
		return strings.TrimSuffix(stem, "ie") + "y"
	}
	return stem
}

var dimensions = map[string][]*Dimension{}

// makeDimensions fills the table, once types and fields are known.
func makeDimensions() {
	for _, t := range types {
		dimensions[t.Name] = dimensionsIn(t.Properties, t.Fields())
	}
	dimensions[OfStatements] = dimensionsOfStatements()
	for _, w := range ways {
		dimensions[w.typ] = append(dimensions[w.typ], along(w.typ, w.name, w.way, w.doc))
	}
	every := dimensionsIn([]*Property{RowType, typesByName[Record].Property("name"), typesByName[Record].Property("description")}, typesByName[Record].Fields())
	dimensions[AnyEntity] = slices.DeleteFunc(every, func(d *Dimension) bool { return len(d.Way) > 0 && d.Way[0].On[0] != AnyEntity })
}

// dimensionsOfStatements leaves out moments, of which hardly two are alike.
func dimensionsOfStatements() []*Dimension {
	var list []*Dimension
	for _, p := range StatementProperties {
		switch p.Name {
		case "at", "retractedAt":
		case "subject", "entity", "source", "claimedBy":
			list = append(list, &Dimension{Name: p.EnumName(), Doc: strings.Replace(p.Doc, "Id of the", "The", 1), Property: p, Names: true})
		default:
			list = append(list, &Dimension{Name: p.EnumName(), Doc: p.Doc, Property: p})
		}
	}
	return list
}

func dimensionsIn(properties []*Property, fields []*Field) []*Dimension {
	var list []*Dimension
	for _, p := range properties {
		if !p.Hidden && !p.Private {
			list = append(list, &Dimension{Name: p.EnumName(), Doc: p.Doc, Property: p})
		}
	}
	for _, f := range fields {
		list = append(list, &Dimension{Name: UpperSnake(singular(f.Name)), Doc: fmt.Sprintf("What `%s` leads to.", f.Name), Way: []*Field{f}})
	}
	return list
}

func along(typ, name, way, doc string) *Dimension {
	d := &Dimension{Name: name, Doc: doc}
	at := typesByName[typ]
	for part := range strings.SplitSeq(way, ".") {
		f := at.Field(part)
		if f == nil {
			d.Property = at.Property(part)
			break
		}
		d.Way, at = append(d.Way, f), typesByName[f.Target]
	}
	return d
}
