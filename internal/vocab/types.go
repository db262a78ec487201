package vocab

import "slices"

// Names that code outside the table refers to, because rules speak of them.
const (
	TypeProperty  = "type" // the statement by which an entity exists
	Person        = "Person"
	Organization  = "Organization"
	Facility      = "Facility"
	Detention     = "Detention"
	Sentence      = "Sentence"
	Event         = "Event"
	Tally         = "Tally"
	SourceType    = "Source"
	Record        = "Record"
	HasDetention  = "HAS_DETENTION"
	SentencedTo   = "SENTENCED_TO"
	ReleasedIn    = "RELEASED_IN"
	HeldAt        = "HELD_AT"
	ArrestedBy    = "ARRESTED_BY"
	ArrestedAt    = "ARRESTED_AT"
	PublishedBy   = "PUBLISHED_BY"
	DerivedFrom   = "DERIVED_FROM"
	Unspecified   = "unspecified" // of an organization
	SameAs        = "SAME_AS"
	NotSameAs     = "NOT_SAME_AS"
	UnsureSameAs  = "UNSURE_SAME_AS"
	FormerIDs     = "formerIds"
	Status        = "status"      // of a detention
	StatusSteps   = "statusSteps" // of a detention, for that of a day
	HeldUntil     = "heldUntil"   // of a detention, for asOf
	Editorial     = "editorial"   // the built-in source of curators' acts
	EditorialName = "Editorial"
)

// BuiltIn reports whether the id is that of an entity that every graph has.
func BuiltIn(id string) bool { return id == Editorial }

// CuratorsAct reports whether the property or relation is decided by curators, not
// reported by a source: protection, and judgements of sameness.
func CuratorsAct(name string) bool {
	return name == "protection" || slices.Contains([]string{SameAs, NotSameAs, UnsureSameAs}, name)
}

// common gives the properties that every type has.
func common(t *Type) []*Property {
	name := &Property{Name: "name", Doc: "The best name in force; where none is stated, one made from type and start or id.", Sorted: true, Finds: ByName, Decides: t.Name == Person}
	switch t.Name {
	case Person:
		name.Doc += " “Name withheld” for a protected person."
	case SourceType:
		name.Computed, name.Doc = true, "The title of the source."
	}
	return []*Property{
		name,
		{Name: "description", Doc: "A short description.", Finds: ByText},
		{Name: "notes", Doc: "What sources say beyond the other properties.", Many: true},
		{Name: "sources", Doc: "The distinct sources of the statements about it.", Value: Refs, Computed: true, Hidden: true, Shield: Withhold},
		{Name: "reportedBy", Doc: "The organizations that say what is stated about it: who claims it, or who published it.", Value: Refs, Computed: true, Hidden: true, Shield: Show},
		{Name: FormerIDs, Doc: "The ids of the records that it was judged to be the same as.", Value: Refs, Computed: true, Hidden: true, Shield: Withhold},
	}
}

func kind() *Property {
	return &Property{Name: "kind", Doc: "What sort of thing it is, within its type.", Value: Choice, Enum: KindEnum, Sorted: true, Tells: Telling{5, 30}}
}

func otherNames() *Property {
	return &Property{Name: "otherNames", Doc: "Other names and spellings; a name that another one outranks stands here too.", Many: true, Finds: ByName}
}

func start(doc string) *Property {
	return &Property{Name: "start", Doc: doc, Value: Date, Sorted: true, Shield: Coarsen, Tells: Telling{40, 50}}
}

func end(doc string) *Property {
	return &Property{Name: "end", Doc: doc, Value: Date, Sorted: true, Shield: Coarsen}
}

func date(doc string) *Property {
	return &Property{Name: "date", Doc: doc, Value: Date, Sorted: true, Shield: Coarsen}
}

func decides(p *Property) *Property { p.Decides = true; return p }

var types = []*Type{
	{Name: Person, Root: "people", Doc: "A human being: a detainee, a judge, an official, a journalist.", FtM: []string{"Person"}, Properties: []*Property{
		decides(otherNames()),
		{Name: "gender", Doc: "Gender as a source gives it.", Tells: Telling{5, 40}},
		{Name: "birthDate", Doc: "Date of birth.", Value: Date, Sorted: true, Decides: true, Tells: Telling{70, 70}},
		{Name: "deathDate", Doc: "Date of death. It alone says nothing about a detention.", Value: Date, Tells: Telling{50, 50}},
		{Name: "nationality", Doc: "Nationalities, as sources give them.", Many: true, Shield: Show, Tells: Telling{10, 20}},
		{Name: "occupation", Doc: "Occupations, as sources give them.", Many: true, Tells: Telling{25, 5}},
		{Name: "protection", Doc: "A curator's decision about protection; only the full view tells it.", Value: Choice, Enum: ProtectionEnum, Private: true, Decides: true},
		protected(),
	}},
	{Name: Organization, Root: "organizations", Doc: "A body of people: party, union, NGO, court, security force, government, newspaper, company. What it does is told by its relations, since one body can arrest, hold and try.", FtM: []string{"Organization", "PublicBody", "Company"}, Properties: []*Property{
		kind(), otherNames(),
		{Name: Unspecified, Doc: "True where the name stands for a class and not for one body, such as “state security forces”: it is no evidence that two people met the same one.", Value: Boolean},
	}},
	{Name: Facility, Root: "facilities", Doc: "A place that holds people: a prison, a police cell, a military base.", FtM: []string{"PublicBody", "Address"}, Properties: []*Property{kind(), otherNames()}},
	{Name: "Place", Root: "places", Doc: "A geographical place: a country, state, municipality, city or address.", FtM: []string{"Address"}, Properties: []*Property{
		{Name: "country", Doc: "Country it lies in.", Tells: Telling{10, 50}}, {Name: "state", Doc: "State or region it lies in.", Tells: Telling{20, 40}},
		{Name: "municipality", Doc: "Municipality it lies in.", Tells: Telling{30, 30}}, {Name: "city", Doc: "City it lies in.", Tells: Telling{30, 30}},
	}},
	{Name: Detention, Root: "detentions", Doc: "One episode of deprivation of liberty or prosecution of one person. That it exists says neither that custody began nor that it lasts: read status, and what that rests on.", FtM: []string{"Event"}, Properties: []*Property{
		decides(start("When custody began.")), end("When it ended."),
		{Name: "ground", Doc: "The reason that the authority gives. Never a claim that it is true."},
		{Name: "outcome", Doc: "How it ended.", Value: Choice, Enum: OutcomeEnum, Shield: Show},
		{Name: "measure", Doc: "The measure that replaced custody or came with release.", Value: Choice, Enum: MeasureEnum},
		{Name: "minorAtArrest", Doc: "Whether the person was under 18 at arrest; null in the public view of a protected person.", Value: Choice, Enum: MinorEnum, Decides: true},
		{Name: Status, Doc: "Where it stands, computed from the statements in force that the viewer may see; under asOf, where it stood on that day.", Value: Choice, Enum: StatusEnum, Sorted: true, Computed: true, Shield: Show},
		{Name: "statusAsOf", Doc: "When the newest source that status rests on was published; null if unknown.", Value: Date, Computed: true, Shield: Coarsen},
		{Name: "statusStatements", Doc: "The statements that status rests on.", Value: Refs, Computed: true, Hidden: true, Shield: Show},
		{Name: StatusSteps, Doc: "The days from which the status of a day is another one, each with that status.", Many: true, Computed: true, Hidden: true, Shield: Coarsen},
		{Name: HeldUntil, Doc: "The day by which a firm statement has it that the person was released or had died.", Value: Date, Computed: true, Hidden: true, Shield: Coarsen},
		protected(),
	}},
	{Name: "Charge", Root: "charges", Doc: "An offence as charged, in the words of the accusation, shared by the detentions that carry it. It says what someone is accused of, never that they did it.", Properties: []*Property{
		{Name: "statute", Doc: "The law and article invoked.", Tells: Telling{40, 20}}, {Name: "category", Doc: "A grouping of charges."},
	}},
	{Name: "Proceeding", Root: "proceedings", Doc: "A case before a court.", FtM: []string{"CourtCase"}, Properties: []*Property{
		{Name: "caseNumber", Doc: "The court's own number.", Tells: Telling{80, 50}}, {Name: "stage", Doc: "The stage it has reached."},
		start("When it was opened."), end("When it was closed."),
	}},
	{Name: Sentence, Root: "sentences", Doc: "A sentence imposed on someone.", FtM: []string{"CourtCaseParty"}, Properties: []*Property{
		{Name: "lengthMonths", Doc: "Length in months.", Value: Integer, Sorted: true, Summed: true, Shield: Show},
		{Name: "life", Doc: "True for life imprisonment.", Value: Boolean, Shield: Show},
		date("When it was imposed."),
		{Name: "ground", Doc: "The reason that the court gives. Never a claim that it is true."},
		{Name: "standing", Doc: "What became of it.", Value: Choice, Enum: StandingEnum, Shield: Show},
		protected(),
	}},
	{Name: Event, Root: "events", Doc: "Something that happened: a wave of releases, an arrest operation, an election, a protest, a public statement.", FtM: []string{"Event"}, Properties: []*Property{
		kind(), start("When it happened or began."), end("When it ended."),
		{Name: "measure", Doc: "The measure that this event's releases came with, where a source says so for all of them.", Value: Choice, Enum: MeasureEnum},
	}},
	{Name: Tally, Root: "tallies", Doc: "A count that somebody published. Two organizations' counts stand side by side: they are never merged and never averaged.", Properties: []*Property{
		{Name: "metric", Doc: "What is counted.", Value: Choice, Enum: MetricEnum, Sorted: true},
		date("The day or period that the count speaks of."),
		{Name: "criteria", Doc: "Whom the count includes."},
		{Name: "count", Doc: "The count as published: 1085, 65.. (at least), ..1000~ (nearly), 800~.. (just over).", Value: Count},
		{Name: "value", Doc: "The number, where the count is exact; otherwise null.", Value: Integer, Sorted: true, Computed: true},
		{Name: "min", Doc: "The least that the count allows; null if open.", Value: Integer, Sorted: true, Computed: true},
		{Name: "max", Doc: "The most that the count allows; null if open.", Value: Integer, Sorted: true, Computed: true},
		{Name: "approximate", Doc: "True where the bound is “nearly”, “about” or “just over”.", Value: Boolean, Computed: true},
		{Name: "words", Doc: "The source's own words for the count.", Computed: true},
	}},
	{Name: SourceType, Root: "sources", Doc: "A document that says something: an article, a report, a statement, a data set.", FtM: []string{"Article", "Document"}, Properties: []*Property{
		kind(),
		{Name: "title", Doc: "Title.", Sorted: true, Finds: ByName}, {Name: "url", Doc: "Where it is published.", Value: URL, Tells: Telling{90, 10}}, {Name: "archiveUrl", Doc: "Where a copy is archived.", Value: URL},
		{Name: "publishedAt", Doc: "When it was published.", Value: Date, Sorted: true, Tells: Telling{30, 50}}, {Name: "accessedAt", Doc: "When it was read.", Value: Date},
		{Name: "language", Doc: "Language, as a tag such as es or en."},
	}},
	{Name: Record, Root: "records", Doc: "What an import brought that has no type here; its own schema and properties are kept.", Properties: nil},
}

func protected() *Property {
	return &Property{Name: "protected", Doc: "True where most of what is known is withheld to keep someone safe, minors first.", Value: Boolean, Computed: true, Shield: Show}
}
