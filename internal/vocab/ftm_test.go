package vocab

import (
	"slices"
	"testing"
)

func TestTheSchemataAreSound(t *testing.T) {
	for _, s := range FtMSchemata() {
		if FtMSchemaOf(s.Name) != s {
			t.Errorf("%s stands twice", s.Name)
		}
		for _, name := range s.Extends {
			if FtMSchemaOf(name) == nil {
				t.Errorf("%s extends %s, which is not there", s.Name, name)
			}
		}
		typ := TypeOf(s.EntityType())
		if typ == nil || s.Kind != "" && !KindEnum.Allows(s.Kind, s.Type) {
			t.Errorf("%s becomes %s %s", s.Name, s.Type, s.Kind)
		}
		if s.Type != "" && !slices.Contains(typ.FtM, s.Name) {
			t.Errorf("%s becomes %s, which is none of its", s.Name, s.Type)
		}
		e := s.Edge
		if e == nil {
			continue
		}
		if !s.Ref(e.Source) || !s.Ref(e.Target) {
			t.Errorf("%s: its ends are not references", s.Name)
		}
		for _, name := range []string{e.Relation, e.WithRole} {
			if name != "" && (RelationOf(name) == nil || !slices.Contains(RelationOf(name).FtM, s.Name)) {
				t.Errorf("%s becomes %s, which does not say so", s.Name, name)
			}
		}
	}
	for _, r := range Relations() {
		for _, name := range r.FtM {
			if s := FtMSchemaOf(name); name != "addressEntity" && (s == nil || s.Edge == nil || s.Edge.Relation != r.Name && s.Edge.WithRole != r.Name) {
				t.Errorf("%s is of %s, which does not become it", r.Name, name)
			}
		}
	}
}

func TestTheCounterpartsAreSound(t *testing.T) {
	main := map[[2]string]string{}
	for _, f := range FtMFills() {
		for _, typ := range Types() {
			if f.Type != typ.Name && f.Type != AnyEntity || FtMFillOf(typ.Name, f.FtM).Type != f.Type {
				continue
			}
			if p := typ.Property(f.Property); p == nil || p.Computed {
				t.Errorf("%s: %s becomes %s, which cannot be stated", typ.Name, f.FtM, f.Property)
			}
			if key := [2]string{typ.Name, f.Property}; f.Main && main[key] != "" {
				t.Errorf("%s.%s is exported as %s and %s", typ.Name, f.Property, main[key], f.FtM)
			} else if f.Main {
				main[key] = f.FtM
			}
		}
	}
	for _, f := range FtMFills() {
		if f.Type != AnyEntity && main[[2]string{f.Type, f.Property}] == "" {
			t.Errorf("%s.%s is exported as nothing", f.Type, f.Property)
		}
	}
}

func TestWhatSchemataSay(t *testing.T) {
	of := FtMSchemaOf
	for name, got := range map[string]bool{
		"a company is a thing":             of("Company").IsA("Thing"),
		"a person has an address entity":   of("Person").Ref("addressEntity"),
		"a name is no reference":           !of("Person").Ref("name"),
		"sender is one of messages":        of("Message").Ref("sender"),
		"and a text in e-mails":            !of("Email").Ref("sender"),
		"a person's phone is private":      of("Person").Private("phone"),
		"a person's own number too":        of("Person").Private("passportNumber"),
		"and what nobody has listed":       of("LegalEntity").Private("mobilePhone2"),
		"what may be a person's birth is":  of("LegalEntity").Private("birthDate") && of("LegalEntity").Private("deathDate"),
		"and by any name":                  of("LegalEntity").Private("placeOfBirth"),
		"a person's is protection's":       !of("Person").Private("birthDate") && !of("Person").Private("birthPlace"),
		"what is not known may be one":     UnknownFtM("Arrest").Private("BirthDate") && !UnknownFtM("Arrest").Private("phone"),
		"a schema has any case":            of("PERSON") == of("Person") && of("Persona") == nil,
		"a company has none":               !of("Company").Private("birthDate"),
		"a company's phone is not":         !of("Company").Private("phone"),
		"nor is a person's country":        !of("Person").Private("country"),
		"the more specific":                of("LegalEntity").Common(of("Person")) == of("Person"),
		"either way round":                 of("Person").Common(of("LegalEntity")) == of("Person"),
		"no company is a public body":      of("Company").Common(of("PublicBody")) == nil,
		"what is not known is a thing":     UnknownFtM("Arrest").Ref("addressEntity"),
		"and becomes a record":             UnknownFtM("Arrest").EntityType() == Record,
		"but is nothing else":              UnknownFtM("Arrest").Common(of("Person")) == nil,
		"a person's alias":                 FtMFillOf(Person, "alias").Property == "otherNames",
		"a record's is kept as it is":      FtMFillOf(Record, "alias") == nil,
		"a place's name is its address":    FtMFillOf("Place", "full").Main && !FtMFillOf("Place", "name").Main,
		"a source's name is its title":     FtMFillOf(SourceType, "name").Property == "title",
		"an organization has its name":     FtMFillOf(Organization, "name").Property == "name",
		"all contact data of a legal body": of("LegalEntity").Private("address") && of("LegalEntity").Private("wikidataId"),
	} {
		if !got {
			t.Errorf("%s: no", name)
		}
	}
}
