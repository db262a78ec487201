package vocab

import (
	"slices"
	"strings"
)

// FtMSchema is a schema of FollowTheMoney, and what an import makes of it. Its
// properties are in the table only where their type matters here; all others are text.
type FtMSchema struct {
	Name     string
	Extends  []string
	Type     string   // the entity type that it becomes; empty: Record
	Kind     string   // what is stated as that entity's kind; empty: nothing
	Edge     *FtMEdge // set if it joins two ends
	Personal bool     // it is about one person, or may be: what is Private is not for everybody
	Refs     []string // of its own properties, those of type entity: their values are ids
	Contact  []string // of its own properties, those that lead to a person: of types identifier, phone, email and address

	lineage []*FtMSchema // itself and all that it extends, each once
	unknown bool         // it is not in the table, and may be anything
}

// FtMEdge says what an edge schema joins, and by which relation here.
type FtMEdge struct {
	Source, Target string // the properties that hold the ends
	Relation       string // empty: none here, it becomes a Record
	Role           string // the property that becomes the link's role; empty: none does
	WithRole       string // the relation where a role is stated; empty: the same
	// Via is the property of the target that leads on to the relation's end: an
	// Occupancy's post belongs to an organization.
	Via string
}

// FtMFill is a property of FollowTheMoney that has a counterpart here.
type FtMFill struct {
	Type     string // of the entity, or AnyEntity
	FtM      string
	Property string
	// Main: of those with the same counterpart, the one that it is exported as; the
	// statements of the others tell theirs.
	Main bool
	// Unless is a property of FollowTheMoney beside which this one keeps its own name.
	Unless string
}

// FtMSchemata gives the table of schemata.
func FtMSchemata() []*FtMSchema { return ftmSchemata }

// FtMFills gives the table of counterparts.
func FtMFills() []FtMFill { return ftmFills }

// FtMSchemaOf gives the schema of that name, whatever its case, or nil.
func FtMSchemaOf(name string) *FtMSchema {
	if s := ftmByName[name]; s != nil {
		return s
	}
	for _, s := range ftmSchemata {
		if strings.EqualFold(s.Name, name) {
			return s
		}
	}
	return nil
}

// UnknownFtM stands for a schema that is not in the table: it has what all things
// and intervals have.
func UnknownFtM(name string) *FtMSchema {
	s := &FtMSchema{Name: name, Extends: on("Thing", "Interval"), unknown: true}
	s.lineage = lineageOf(s)
	return s
}

// IsA reports whether it is the schema of that name or extends it.
func (s *FtMSchema) IsA(name string) bool {
	return slices.ContainsFunc(s.lineage, func(a *FtMSchema) bool { return a.Name == name })
}

// Common gives the more specific of two schemata of one entity, or nil if neither
// extends the other.
func (s *FtMSchema) Common(o *FtMSchema) *FtMSchema {
	switch {
	case s.IsA(o.Name):
		return s
	case o.IsA(s.Name):
		return o
	}
	return nil
}

// EntityType gives the type that it becomes.
func (s *FtMSchema) EntityType() string {
	if s.Type == "" {
		return Record
	}
	return s.Type
}

// Ref reports whether the property's values are ids of entities.
func (s *FtMSchema) Ref(property string) bool {
	return slices.ContainsFunc(s.lineage, func(a *FtMSchema) bool { return slices.Contains(a.Refs, property) })
}

// ftmContactWords tell contact data in properties that no schema has.
var ftmContactWords = []string{"phone", "mobile", "mail", "address", "passport"}

// ftmLifeWords tell the properties by which a person is known to be a minor, or that
// a protected person would have withheld. What may be a person, and is none here,
// nothing protects.
var ftmLifeWords = []string{"birth", "death"}

// Private reports whether the property is not for everybody: it holds contact data
// of a person, or the birth or death of what is a Record here and may be a person.
func (s *FtMSchema) Private(property string) bool {
	lower := strings.ToLower(property)
	within := func(word string) bool { return strings.Contains(lower, word) }
	if !s.Personal {
		return s.unknown && slices.ContainsFunc(ftmLifeWords, within)
	}
	return slices.ContainsFunc(s.lineage, func(a *FtMSchema) bool { return slices.Contains(a.Contact, property) }) ||
		slices.ContainsFunc(ftmContactWords, within) || s.EntityType() == Record && slices.ContainsFunc(ftmLifeWords, within)
}

// FtMFillOf gives the counterpart of a property of FollowTheMoney for entities of
// the type, or nil.
func FtMFillOf(typ, property string) *FtMFill {
	for i := range ftmFills {
		if f := &ftmFills[i]; f.FtM == property && (f.Type == typ || f.Type == AnyEntity) {
			return f
		}
	}
	return nil
}

var ftmByName = func() map[string]*FtMSchema {
	byName := map[string]*FtMSchema{}
	for _, s := range ftmSchemata {
		byName[s.Name] = s
	}
	return byName
}()

func init() {
	for _, s := range ftmSchemata {
		s.lineage = lineageOf(s)
	}
}

func lineageOf(s *FtMSchema) []*FtMSchema {
	list := []*FtMSchema{s}
	for i := 0; i < len(list); i++ {
		for _, name := range list[i].Extends {
			if parent := ftmByName[name]; !slices.Contains(list, parent) {
				list = append(list, parent)
			}
		}
	}
	return list
}

// ftmFills are the counterparts, the first that fits counts. A property without one
// is kept as ftm.*.
var ftmFills = []FtMFill{
	{Type: Person, FtM: "alias", Property: "otherNames", Main: true},
	{Type: Person, FtM: "weakAlias", Property: "otherNames"},
	{Type: Person, FtM: "previousName", Property: "otherNames"},
	{Type: Person, FtM: "abbreviation", Property: "otherNames"},
	{Type: Person, FtM: "gender", Property: "gender", Main: true},
	{Type: Person, FtM: "birthDate", Property: "birthDate", Main: true},
	{Type: Person, FtM: "deathDate", Property: "deathDate", Main: true},
	{Type: Person, FtM: "nationality", Property: "nationality", Main: true},
	{Type: Person, FtM: "position", Property: "occupation", Main: true},
	{Type: Person, FtM: "profession", Property: "occupation"},

	{Type: Organization, FtM: "alias", Property: "otherNames", Main: true},
	{Type: Organization, FtM: "weakAlias", Property: "otherNames"},
	{Type: Organization, FtM: "previousName", Property: "otherNames"},
	{Type: Organization, FtM: "abbreviation", Property: "otherNames"},

	{Type: "Place", FtM: "full", Property: "name", Main: true},
	{Type: "Place", FtM: "name", Property: "name", Unless: "full"},
	{Type: "Place", FtM: "country", Property: "country", Main: true},
	{Type: "Place", FtM: "state", Property: "state", Main: true},
	{Type: "Place", FtM: "city", Property: "city", Main: true},

	{Type: Event, FtM: "startDate", Property: "start", Main: true},
	{Type: Event, FtM: "date", Property: "start", Unless: "startDate"},
	{Type: Event, FtM: "endDate", Property: "end", Main: true},

	{Type: "Proceeding", FtM: "caseNumber", Property: "caseNumber", Main: true},
	{Type: "Proceeding", FtM: "fileDate", Property: "start", Main: true},
	{Type: "Proceeding", FtM: "closeDate", Property: "end", Main: true},

	{Type: SourceType, FtM: "title", Property: "title", Main: true},
	{Type: SourceType, FtM: "name", Property: "title", Unless: "title"},
	{Type: SourceType, FtM: "sourceUrl", Property: "url", Main: true},
	{Type: SourceType, FtM: "publishedAt", Property: "publishedAt", Main: true},
	{Type: SourceType, FtM: "language", Property: "language", Main: true},

	{Type: AnyEntity, FtM: "name", Property: "name", Main: true},
	{Type: AnyEntity, FtM: "description", Property: "description", Main: true},
	{Type: AnyEntity, FtM: "notes", Property: "notes", Main: true},
}
